"""Registers the learning_events plugin with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningEventsConfig(AppConfig):
    name = "learning_events"
    label = "learning_events"
    verbose_name = _("Festival of learning")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from learning_events import checks, receivers  # noqa: F401
