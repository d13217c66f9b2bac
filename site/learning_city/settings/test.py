"""Tests: fast, silent and the same on every machine."""

import tempfile
from pathlib import Path

from learning_city.settings.base import *
from learning_city.settings.base import DATABASES

SECRET_KEY = "only-for-tests-and-never-in-production-0123456789"
REGISTER_SECRET = "only-for-tests-register-secret"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("de", "German"), ("ar", "Arabic")]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
REQUIRE_STAFF_SECOND_FACTOR = False
# Tests of held comments ask for it.
PARTICIPATION_HOLD_FIRST_COMMENTS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
_scratch = Path(tempfile.mkdtemp(prefix="learning-city-test-"))
MEDIA_ROOT = _scratch / "media"
STATIC_ROOT = _scratch / "static"
BALLOT_SECRETS_DIR = _scratch / "ballot-secrets"
CREDENTIAL_KEYS_DIR = _scratch / "credential-keys"
STATIC_ROOT.mkdir()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF;"
# Threads of test servers come and go, and a lasting connection would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Each worker has its own cache; what Redis does is tested by name in tests/site/test_cache.py.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Processes that tell each other are tested by name, too.
CHANNEL_LAYERS = {}
