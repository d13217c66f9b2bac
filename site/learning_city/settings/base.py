"""What every way of running the site shares; the environment decides the rest."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from learning_city.settings.wheels import library_beside
from mapping.tiles import tiles_origin

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "learning_city.accounts",
    "learning_city.home",
    "learning_city.demo",
    "budgeting",
    "learning_events",
    "mapping",
    "participation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "leaflet",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "django_tasks_db",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "learning_city.health.HealthMiddleware",
    "learning_city.streaming.StreamingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "learning_city.headers.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learning_city.headers.PrivateCacheMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learning_city.accounts.middleware.StaffSecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "learning_city.urls"
ASGI_APPLICATION = "learning_city.asgi.application"

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
                "participation.context.site",
                "learning_city.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'city.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Measured: Django's defaults gave up to 412 "database is locked" in 480 parallel votes, these settings none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
# Requests run in a few lasting threads (asgi.py), each with its own lasting connection.
DATABASES["default"]["CONN_MAX_AGE"] = 60
# A server may have hung up in between; a file cannot.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = not DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": (
        {
            "BACKEND": "learning_city.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
# Live rooms: processes tell each other what has changed, and no more; a single process needs nobody to tell.
CHANNEL_LAYERS = (
    {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {
                "hosts": [{"address": REDIS_URL, "socket_timeout": None, "socket_connect_timeout": 1}],
                "prefix": "live",
            },
        }
    }
    if REDIS_URL
    else {}
)
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "learning_city.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the old one hears of the change
# Signing in by code is ours (learning_city.accounts.sign_in); allauth does passwords, second factor and address changes.
ACCOUNT_FORMS = {"confirm_email_verification_code": "learning_city.accounts.forms.NewAddressCodeForm"}
MFA_FORMS = {
    "authenticate": "learning_city.accounts.forms.SecondFactorForm",
    "reauthenticate": "learning_city.accounts.forms.SecondFactorAgainForm",
}
# A first brake in the cache; the limits that must hold are counted in the database. One address may be a whole school.
ACCOUNT_RATE_LIMITS = {"request_login_code": "60/m/ip,5/m/key"}
# How many proxies in front of us write X-Forwarded-For; 0 trusts nobody's word about addresses (S3).
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BASE_URL.startswith("https://") else "http"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "learning_city.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Learning city"
# Staff pages ask for a second factor; only the demo and tests of other things switch this off.
REQUIRE_STAFF_SECOND_FACTOR = True

# Language and time
_NAMES = {
    "en": _("English"),
    "de": _("German"),
    "ar": _("Arabic"),
    "fr": _("French"),
    "pl": _("Polish"),
    "tr": _("Turkish"),
}
# The languages of this city, the default first; a language is offered once its texts are there.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    (code, _NAMES.get(code, code)) for code in os.environ.get("LANGUAGES", "en").split(",")
]
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / "site" / "learning_city" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["learning_city.formats"]
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/Berlin")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR_DIR / "static"))
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
MEDIA_URL = os.environ.get("MEDIA_URL", "/media/")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o644

# Mail leaves through the outbox after the commit.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "city@example.org")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Wagtail
WAGTAIL_SITE_NAME = os.environ.get("SITE_NAME", "Learning City")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pb", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

# Maps: the wheels of pyogrio and shapely bring the libraries that django-leaflet's form widgets want.
GDAL_LIBRARY_PATH = library_beside("pyogrio", "libgdal")
GEOS_LIBRARY_PATH = library_beside("shapely", "libgeos_c")
# Where the city is: whose public holidays count in opening hours, and where its sun rises (latitude, longitude).
MAPPING_COUNTRY = os.environ.get("CITY_COUNTRY", "DE")
MAPPING_CENTRE = (53.55, 9.99)
# Who counted the residents of the neighbourhoods, and when: shown beside the figures of coverage.
MAPPING_POPULATION_SOURCE = os.environ.get("POPULATION_SOURCE", "")
# The drawn map below the outlines, none by default (docs/map.md): from one's own server, or after the visitor agrees.
MAPPING_TILES = (
    {
        "url": os.environ.get("MAP_TILES_URL", ""),
        "pmtiles": os.environ.get("MAP_TILES_FILE", ""),
        "attribution": os.environ.get("MAP_TILES_ATTRIBUTION", ""),
        "max_zoom": int(os.environ.get("MAP_TILES_MAX_ZOOM", "18")),
    }
    if os.environ.get("MAP_TILES_URL") or os.environ.get("MAP_TILES_FILE")
    else None
)
# Which sites may show the map in a frame: everybody, for there is nothing to press in it and no cookie reaches it.
MAPPING_EMBED_ANCESTORS = os.environ.get("MAP_EMBED_ANCESTORS", "*").split()
LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False, "SCALE": "metric", "NO_GLOBALS": True}

# The ballot box: secrets live outside the database (see docs/architecture.md).
BALLOT_SECRETS_DIR = Path(os.environ.get("BALLOT_SECRETS_DIR", VAR_DIR / "ballot-secrets"))
# The private keys that sign badges (docs/festival.md), and from what age people take a badge without a parent's consent.
CREDENTIAL_KEYS_DIR = Path(os.environ.get("CREDENTIAL_KEYS_DIR", VAR_DIR / "credential-keys"))
CREDENTIAL_CONSENT_AGE = int(os.environ.get("CREDENTIAL_CONSENT_AGE", "16"))
# Keys of register entries; rotating it would let nobody in again, so it is not SECRET_KEY.
REGISTER_SECRET = os.environ.get("REGISTER_SECRET", "")
# From how many years on people may vote, and which other services can prove who they are (docs/verification.md).
PARTICIPATION_VOTING_AGE = int(os.environ.get("VOTING_AGE", "16"))
PARTICIPATION_VERIFIERS = []
# How many first comments of somebody new wait for a moderator; 0 lets everybody write at once.
PARTICIPATION_HOLD_FIRST_COMMENTS = int(os.environ.get("HOLD_FIRST_COMMENTS", "1"))

# The demo city has a page of sign-ins; nothing of it exists on a real site.
DEMO = False

# API
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["participation.foundation.api.BoundedJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "participation.foundation.api.Pagination",
    "EXCEPTION_HANDLER": "participation.foundation.api.error_response",
    "PAGE_SIZE": 30,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Learning city",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "PREPROCESSING_HOOKS": ["learning_city.api_docs.only_the_public_interface"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "StatedEnum": "mapping.enums.Stated",
        "RoomStateEnum": "participation.api.room.STATES",
        "PointTypeEnum": ["Point"],
        "FeatureTypeEnum": ["Feature"],
        "FeatureCollectionTypeEnum": ["FeatureCollection"],
    },
}

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
if MAPPING_TILES and tiles_origin(MAPPING_TILES["url"]):
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(tiles_origin(MAPPING_TILES["url"]))
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"spare_secrets": {"()": "learning_city.log_secrets.SpareSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["spare_secrets"]}
    },
    # uvicorn's list of requests: on its logger, because uvicorn may give it handlers of its own again.
    "loggers": {"uvicorn.access": {"filters": ["spare_secrets"], "propagate": True}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
