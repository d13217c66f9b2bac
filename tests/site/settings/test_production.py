"""Production refuses to start where a setting would be unsafe (S16)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GOOD = {
    "SECRET_KEY": "kP3v9sW1xQ7tB5nM2cZ8yR4uE6aH0jLfGdSoIqXwTbVr-production",
    "REGISTER_SECRET": "7Hn2bV5mQx9Lw4Rk8Ts1Yd6Gc3Jz0FpAeUoIqNvXrBtM-register",
    "ALLOWED_HOSTS": "city.example.org",
    "BASE_URL": "https://city.example.org",
}


def start(*arguments, **changes):
    """Run manage.py with production settings and GOOD as its environment, changed by `changes` (None leaves one out)."""
    values = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "learning_city.settings.production", **values}
    command = [sys.executable, str(ROOT / "site" / "manage.py"), *(arguments or ("check",))]
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_s16_a_good_environment_passes_the_deploy_check_without_a_warning(tmp_path):
    done = start("check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "1"),
        ("DEBUG", "True"),
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "demo-only-key-that-production-refuses-to-start-with"),
        ("SECRET_KEY", "django-insecure-kP3v9sW1xQ7tB5nM2cZ8yR4uE6aH0jLfGdSoI"),
        ("SECRET_KEY", "a" * 60),
        ("REGISTER_SECRET", None),
        ("REGISTER_SECRET", "demo-only-register-secret"),
        ("REGISTER_SECRET", GOOD["SECRET_KEY"]),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "city.example.org,*"),
        ("ALLOWED_HOSTS", "."),
        ("BASE_URL", "http://city.example.org"),
        ("BASE_URL", None),
    ],
)
def test_s16_an_unsafe_setting_is_refused_by_name(name, value):
    done = refused(name, value)

    assert done.returncode != 0
    assert f"ImproperlyConfigured: {name}" in done.stderr
    assert value is None or len(value) < 10 or value not in done.stderr


def refused(name, value):
    """Only load the settings: that is where the refusal must come, before anything else."""
    values = {each: given for each, given in {**GOOD, name: value}.items() if given is not None}
    kept = {each: os.environ[each] for each in ("PATH", "HOME", "LANG") if each in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import learning_city.settings.production"],
        env={**kept, **values, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_s17_production_cookies_and_transport_are_safe(tmp_path):
    names = [
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "REQUIRE_STAFF_SECOND_FACTOR",
        "SESSION_COOKIE_HTTPONLY",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    ]
    program = (
        "from django.conf import settings as s;"
        f"print([n for n in {names!r} if getattr(s, n) is not True], s.SECURE_HSTS_SECONDS >= 31536000, s.DEBUG, s.DEMO,"
        " s.SESSION_COOKIE_NAME.startswith('__Host-'), s.CSRF_COOKIE_NAME.startswith('__Host-'),"
        " s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    )
    done = start("shell", "--no-imports", "-c", program, VAR_DIR=str(tmp_path))

    assert done.stdout.strip().splitlines()[-1] == "[] True False False True True 1", done.stderr
