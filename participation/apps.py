"""Registers the participation plugin with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    name = "participation"
    label = "participation"
    verbose_name = _("Participation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_slug_changed, post_page_move

        from participation import checks  # noqa: F401 - registers the system checks

        for signal in (post_page_move, page_slug_changed):
            signal.connect(_renew_addresses, dispatch_uid=f"participation-{id(signal)}")


def _renew_addresses(instance, **kwargs) -> None:
    from participation.domain.discussing import renew_addresses

    renew_addresses(instance)
