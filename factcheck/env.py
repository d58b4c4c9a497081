"""Typed readers of the environment: the only place that knows the names.

A value set in the process wins over the same name in `.env`; an empty value counts as not set, because
that is what `NAME=` in a file or in a compose list means to the person who wrote it.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# Every name that the product reads. `.env.example` explains each one; a test holds the two together.
NAMES = (
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "SITE_URL",
    "TRUSTED_PROXIES",
    "ADMIN_PATH",
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "CACHE_URL",
    "PORT",
    "WEB_CONCURRENCY",
    "WORKER_CONCURRENCY",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "STATIC_ROOT",
    "REMOTE_MODEL_URL",
    "REMOTE_MODEL_NAME",
    "REMOTE_MODEL_KEY",
    "REMOTE_MODEL_TIMEOUT",
    "EMAIL_URL",
    "EMAIL_FROM",
    "FACTCHECK_DATA_DIR",
    "FACTCHECK_PG_BIN",
    "FACTCHECK_EMBEDDED_USER",
    "FACTCHECK_NO_USERNS",
)

environ.Env.read_env(str(BASE_DIR / ".env"))


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}; write true or false.")
    return default


def number(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def listing(name: str, default: list[str] | None = None) -> list[str]:
    values = [part.strip() for part in text(name).split(",")]
    return [part for part in values if part] or list(default or [])


def data_dir() -> Path:
    """Where everything that outlives a run is kept: servers, keys, collected assets."""
    return Path(text("FACTCHECK_DATA_DIR", str(BASE_DIR / "var"))).expanduser().resolve()


def embedded_database() -> bool:
    return not text("DATABASE_URL")


def embedded_broker() -> bool:
    return not text("CELERY_BROKER_URL")


def database() -> dict[str, Any]:
    """DATABASE_URL as Django wants it. `?host=/a/socket/folder` is moved to HOST, where Django looks."""
    config: dict[str, Any] = environ.Env.db_url_config(text("DATABASE_URL"))
    if "postgresql" not in str(config.get("ENGINE", "")):
        raise ImproperlyConfigured(
            "DATABASE_URL must name a PostgreSQL server: postgres://user:password@host/name"
        )
    options = config.setdefault("OPTIONS", {})
    if "host" in options:
        config["HOST"] = options.pop("host")
    return config


def mail_server() -> tuple[bool, dict[str, Any]]:
    """Whether there is one, and Django's settings for it. EMAIL_URL: `smtp+tls://user:password@host:587`."""
    url = text("EMAIL_URL")
    if not url:
        return False, {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    scheme = url.partition(":")[0]
    if scheme not in {"smtp", "smtp+tls", "smtps", "smtp+ssl", "filemail"}:
        raise ImproperlyConfigured(
            "EMAIL_URL must name a mail server: smtp://host:25, smtp+tls://user:password@host:587 or smtp+ssl://…"
        )
    config: dict[str, Any] = environ.Env.email_url_config(url)
    return True, {name: value for name, value in config.items() if name.startswith("EMAIL_")}


def remote_model() -> tuple[str, str, str, int]:
    """Address, model, key and seconds. Off without an address; a half-made configuration is refused."""
    url, name, key = (text(f"REMOTE_MODEL_{part}") for part in ("URL", "NAME", "KEY"))
    seconds = number("REMOTE_MODEL_TIMEOUT", 60)
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        is_plain = False
    if url and (not is_plain or parts.query or parts.fragment):
        raise ImproperlyConfigured(
            "REMOTE_MODEL_URL is no plain address; write http(s)://host:port/v1, with the key in REMOTE_MODEL_KEY."
        )
    if url and not name:
        raise ImproperlyConfigured(
            "REMOTE_MODEL_URL is set and REMOTE_MODEL_NAME is not: say which model to ask."
        )
    if not 1 <= seconds <= 120:
        raise ImproperlyConfigured("REMOTE_MODEL_TIMEOUT is the seconds for one article: write 1 to 120.")
    if not (key.isascii() and key.isprintable()):
        raise ImproperlyConfigured("REMOTE_MODEL_KEY has characters that no key has.")
    return url, name, key, seconds


def cache(socket: Path) -> dict[str, Any]:
    """Limits on sign-in are counted here, so web processes should share one. Without any: each its own memory."""
    location = text("CACHE_URL")
    if not location and embedded_broker():
        location = f"unix://{socket}?db=1"
    if not location:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": location,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }


def process() -> str:
    """Which kind of process this is: the database is given less patience by a page than by a worker."""
    named = text("FACTCHECK_PROCESS")
    if named:
        return named
    program = Path(sys.argv[0]) if sys.argv else Path()
    if program.name == "celery" or program.parent.name == "celery":
        return "worker"
    return "command"


def kept_secret(path: Path) -> str:
    """A random key made on the first start and kept where only this account can read it.

    Written under another name and linked into place, so that two processes starting at once agree on one key.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
