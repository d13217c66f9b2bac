"""System checks of the participation plugin's settings; each names the fix."""

from django.conf import settings
from django.core.checks import Error, register


@register()
def register_secret_is_set(app_configs, **kwargs):
    """REGISTER_SECRET keys the residents' register; without it nobody could be verified."""
    if getattr(settings, "REGISTER_SECRET", ""):
        return []
    return [
        Error(
            "REGISTER_SECRET is not set.",
            hint="Set it to a long random text that never changes, and keep it apart from SECRET_KEY.",
            id="participation.E001",
        )
    ]
