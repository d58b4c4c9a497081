"""The product's own settings with a throw-away data folder; servers are handed in by `conftest.py`."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

for name in (
    "DATABASE_URL",
    "CELERY_BROKER_URL",
    "CACHE_URL",
    "DEBUG",
    "SITE_URL",
    "ADMIN_PATH",
    "PORT",
    "REMOTE_MODEL_URL",
    "EMAIL_URL",
):
    # Empty rather than removed: a developer's .env must not reach the tests either.
    os.environ[name] = ""
os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 3
os.environ["FACTCHECK_DATA_DIR"] = tempfile.mkdtemp(prefix="factcheck-test-")
atexit.register(shutil.rmtree, os.environ["FACTCHECK_DATA_DIR"], ignore_errors=True)

from factcheck.settings import *  # noqa: E402, F403

# A page in a test names assets by their own names; hashing needs `collectstatic`, which tests of pages do
# without.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The honest hasher costs half a second a person.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Servers of the tests stand here; everything else on loopback stays somebody's own.
FETCH_FROM_IN_TESTS = "127.0.0.1"
