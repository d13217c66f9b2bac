"""Development and the demo: everything local, nothing to install, mail kept in a folder."""

import os

from learning_city.settings.base import *
from learning_city.settings.base import LOGGING, SECRET_KEY, VAR_DIR

DEBUG = os.environ.get("DEBUG") == "1"  # the demo looks like the real site, its error pages too
SECRET_KEY = SECRET_KEY or "demo-only-key-that-production-refuses-to-start-with"
REGISTER_SECRET = "demo-only-register-secret"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
REQUIRE_STAFF_SECOND_FACTOR = False
DEMO = True
WAGTAIL_SITE_NAME = os.environ.get("SITE_NAME", "Aldermouth")
MAPPING_CENTRE = (54.72, 2.6)
MAPPING_POPULATION_SOURCE = "figures made up for this demo city"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}}
