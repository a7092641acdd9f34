"""Settings of the test suite: a demonstration on the database and broker that the environment names."""

import os

os.environ.setdefault("DEMONSTRATION", "1")

from config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The real hasher is slow on purpose; tests sign in thousands of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Sessions come from the database on every broker, so that the number of queries of a page is one number.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Nobody listens: tests of tasks call them, tests of processes start a broker of their own.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
# Static files come from where they are written, not from a folder that something else collected.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests ask for public pages many times in one minute that stands still.
OPEN_REQUESTS_A_MINUTE = 100_000
