"""System checks of the budgeting plugin's settings; each names the fix."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register


@register()
def ballot_secrets_have_a_home(app_configs, **kwargs):
    """BALLOT_SECRETS_DIR is where link secrets lie, apart from the database and from public files."""
    folder = getattr(settings, "BALLOT_SECRETS_DIR", None)
    if not folder:
        return [
            Error(
                "BALLOT_SECRETS_DIR is not set.",
                hint="Set it to a folder that only the server can read and that is not in the database's backup.",
                id="budgeting.E001",
            )
        ]
    public = [Path(path).resolve() for path in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if path]
    home = Path(folder).resolve()
    if any(home == path or path in home.parents for path in public):
        return [
            Error(
                "BALLOT_SECRETS_DIR lies inside a folder that the web server shows to everybody.",
                hint="Move it out of MEDIA_ROOT and STATIC_ROOT.",
                id="budgeting.E002",
            )
        ]
    return []
