"""Registers the mapping plugin with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MappingConfig(AppConfig):
    name = "mapping"
    label = "mapping"
    verbose_name = _("Map of learning places")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from mapping import checks  # noqa: F401
