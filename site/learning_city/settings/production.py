"""Production: refuses to start where a setting would be unsafe, and says which and how to mend it."""

import os

from django.core.exceptions import ImproperlyConfigured

from learning_city.settings.base import *
from learning_city.settings.base import ALLOWED_HOSTS, BASE_URL, REGISTER_SECRET, SECRET_KEY


def _refuse(setting: str, why: str, fix: str) -> None:
    raise ImproperlyConfigured(f"{setting}: {why} {fix}")


if os.environ.get("DEBUG", "0").lower() not in ("", "0", "false", "no"):
    _refuse(
        "DEBUG", "is switched on, which shows secrets to strangers.", "Remove DEBUG from the environment."
    )
for _name, _value in (("SECRET_KEY", SECRET_KEY), ("REGISTER_SECRET", REGISTER_SECRET)):
    if len(_value) < 40 or "demo-only" in _value or "insecure" in _value or len(set(_value)) < 10:
        _refuse(
            _name,
            "is missing, too short or a default.",
            f'Set {_name} to the output of: python -c "import secrets; print(secrets.token_urlsafe(50))"',
        )
if SECRET_KEY == REGISTER_SECRET:
    _refuse("REGISTER_SECRET", "is the same as SECRET_KEY.", "Make a second one.")
if not ALLOWED_HOSTS or any(host.strip() in ("*", ".") for host in ALLOWED_HOSTS):
    _refuse(
        "ALLOWED_HOSTS", "is empty or allows any host.", "Set it to the names of your site: city.example.org"
    )
if not BASE_URL.startswith("https://"):
    _refuse("BASE_URL", "is not an https address.", "Set it to https://city.example.org")

SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "1") == "1"
if os.environ.get("BEHIND_PROXY", "1") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # The nearest proxy's word about the visitor's address counts, not what the visitor wrote before it.
    ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1"))
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS", str(365 * 24 * 3600)))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrftoken"
