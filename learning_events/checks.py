"""System checks of the festival's settings; each names the fix."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register


@register()
def keys_of_badges_have_a_home(app_configs, **kwargs):
    """CREDENTIAL_KEYS_DIR is where the private keys of badges lie, apart from public files."""
    folder = getattr(settings, "CREDENTIAL_KEYS_DIR", None)
    if not folder:
        return [
            Error(
                "CREDENTIAL_KEYS_DIR is not set.",
                hint="Set it to a folder that only the server can read and that all servers share.",
                id="learning_events.E001",
            )
        ]
    public = [Path(path).resolve() for path in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if path]
    home = Path(folder).resolve()
    if any(home == path or path in home.parents for path in public):
        return [
            Error(
                "CREDENTIAL_KEYS_DIR lies inside a folder that the web server shows to everybody.",
                hint="Move it out of MEDIA_ROOT and STATIC_ROOT.",
                id="learning_events.E002",
            )
        ]
    return []
