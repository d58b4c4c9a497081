"""The one settings file. Every value that differs between installations is read from the environment.

Nothing set means the embedded default: own PostgreSQL and Valkey, own random key, this machine only.
As soon as a database is named it is somebody's installation, and then the start refuses to guess.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from factcheck import api, env, logs
from factcheck.embedded.places import socket_dir

BASE_DIR = env.BASE_DIR
DATA_DIR = env.data_dir()
DEBUG = env.flag("DEBUG")
EMBEDDED = env.embedded_database()
LOCAL_ONLY = EMBEDDED or DEBUG
PROCESS = env.process()

# --- Who we are -------------------------------------------------------------------------------------------

PORT = env.number("PORT", 8000)
SITE_URL = env.text("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
SECURE = urlsplit(SITE_URL).scheme == "https"
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
ADMIN_PATH = env.text("ADMIN_PATH").strip("/")


def _secret_key() -> str:
    given = env.text("SECRET_KEY")
    if not given and LOCAL_ONLY:
        return env.kept_secret(DATA_DIR / "secret_key")
    how = "make one with `python -c 'import secrets; print(secrets.token_urlsafe(50))'`"
    if not given:
        raise ImproperlyConfigured(f"SECRET_KEY is not set. It signs sessions; {how}.")
    guessable = len(given) < 32 or len(set(given)) < 8 or given.startswith(("django-insecure", "change-me"))
    if guessable and not DEBUG:
        raise ImproperlyConfigured(f"SECRET_KEY is an example or too short to be secret; {how}.")
    return given


def _allowed_hosts() -> list[str]:
    given = env.listing("ALLOWED_HOSTS")
    if not given and LOCAL_ONLY:
        return ["localhost", "127.0.0.1", "[::1]"]
    if not given:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set. List the names that people type to reach this site, separated by commas."
        )
    if "*" in given and not DEBUG:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is *, so that links could be forged with any name. List the names of this site instead."
        )
    return given


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _allowed_hosts()
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS", [SITE_URL] if SECURE else [])

# --- What is in it ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.contrib.postgres",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "axes",
    "csp",
    "factcheck.apps.FactcheckConfig",
    "annotations.apps.AnnotationsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the files, for those that were not compressed ahead. It pads each answer at random, so that its size tells
    # nothing of the secrets in it.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "annotations.web.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last, as it asks: it turns a locked sign-in into an answer of its own.
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
ASGI_APPLICATION = "factcheck.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "factcheck.pages.csp_nonce",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
# What the pages can be read in; the API, exports and what is published stay as they are. See decision 0021.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- Database and broker ----------------------------------------------------------------------------------

# How long a statement may take, in milliseconds. A page that waits longer is broken for its reader; a worker
# may chew on a long article; a command (a migration, a backup) is watched by the person who typed it.
_PATIENCE = {"web": 15_000, "worker": 120_000}


def _database() -> dict[str, Any]:
    config: dict[str, Any] = (
        {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "factcheck",
            "USER": "factcheck",
            "HOST": str(socket_dir(DATA_DIR)),
        }
        if EMBEDDED
        else env.database()
    )
    limits = {
        "statement_timeout": _PATIENCE.get(PROCESS, 0),
        "lock_timeout": 3_000 if PROCESS in _PATIENCE else 0,
        "idle_in_transaction_session_timeout": 60_000,
    }
    options = config.setdefault("OPTIONS", {})
    options["options"] = " ".join(f"-c {name}={value}" for name, value in limits.items())
    options.setdefault("application_name", f"factcheck-{PROCESS}")
    if PROCESS == "web":
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return config | {"ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 0}


_VALKEY_SOCKET = socket_dir(DATA_DIR) / "valkey.sock"

DATABASES = {"default": _database()}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", f"redis+socket://{_VALKEY_SOCKET}")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than any task may run, else the broker hands a running task to a second worker.
    "visibility_timeout": 600,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    # Somebody waits for the page while it rings: a broker that is away is told at once, and the sweep rings again.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 150
CELERY_TASK_TIME_LIMIT = 180
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    # Rings again for every job that was not picked up, or whose worker died.
    "sweep-jobs": {"task": "annotations.tasks.sweep_jobs", "schedule": 10.0, "options": {"expires": 10}},
    "notice-changes": {
        "task": "annotations.tasks.notice_changes",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "send-digests": {
        "task": "annotations.tasks.send_digests",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Feeds carry their own times; the clock asks which of them have come.
    "poll-due-feeds": {
        "task": "annotations.tasks.poll_due_feeds",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Reads articles again that an editor has watched.
    "read-watched": {"task": "annotations.tasks.read_watched", "schedule": 60.0, "options": {"expires": 60}},
    "forget-notices": {"task": "annotations.tasks.forget_notices", "schedule": 6 * 60 * 60.0},
}


CACHES = {"default": env.cache(_VALKEY_SOCKET)}

# --- Remote model -----------------------------------------------------------------------------------------


REMOTE_MODEL_URL, REMOTE_MODEL_NAME, REMOTE_MODEL_KEY, REMOTE_MODEL_TIMEOUT = env.remote_model()

# --- Mail: off without EMAIL_URL ---------------------------------------------------------------------------

MAIL_ON, _MAIL_SERVER = env.mail_server()
globals().update(_MAIL_SERVER)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Fact-check workbench <workbench@localhost>")

# --- Files ------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "assets"]
MEDIA_ROOT = DATA_DIR / "files"


def _asset_storage() -> str:
    """Compressing ahead costs a first start many seconds; on one's own machine it is done when a file is asked for."""
    if DEBUG:
        return "django.contrib.staticfiles.storage.StaticFilesStorage"
    if EMBEDDED:
        return "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    return "whitenoise.storage.CompressedManifestStaticFilesStorage"


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _asset_storage()},
}
# Source maps are read by developers' tools only, and are the largest files of all.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "png", "webp", "gz", "br", "woff", "woff2", "map"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Signing in -------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "annotations.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "queue"
LOGOUT_REDIRECT_URL = "sign-in"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# A working day. Nobody is signed out in the middle of a sentence, and a forgotten screen does not stay open.
SESSION_COOKIE_AGE = 12 * 60 * 60
# The __Host- prefix makes browsers refuse the cookie unless it came over TLS from this very host.
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Ten wrong passwords for one name from one address lock that pair for a quarter of an hour. Not the name
# alone: else anybody could lock a colleague out.
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "factcheck.pages.client_address"
AXES_LOCKOUT_CALLABLE = "factcheck.pages.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- What the browser is told -----------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_SSL_REDIRECT = SECURE
# The container's own health check speaks plain HTTP from inside.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if SECURE and TRUSTED_PROXIES:
    # Only when an operator says that a proxy of theirs sets this header: anybody else can send it too.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# --- API --------------------------------------------------------------------------------------------------

REST_FRAMEWORK = api.rest_framework(is_browsable=DEBUG, proxies=TRUSTED_PROXIES)
SPECTACULAR_SETTINGS = api.DESCRIPTION

# --- Logs -------------------------------------------------------------------------------------------------

LOGGING = logs.configured(level=env.text("LOG_LEVEL", "INFO"), is_json=env.text("LOG_FORMAT") == "json")
