"""Registers the budgeting plugin with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetingConfig(AppConfig):
    name = "budgeting"
    label = "budgeting"
    verbose_name = _("Participatory budgeting")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_slug_changed, post_page_move

        from budgeting import checks  # noqa: F401 - registers the system checks

        for signal in (post_page_move, page_slug_changed):
            signal.connect(_renew_addresses, dispatch_uid=f"budgeting-{id(signal)}")


def _renew_addresses(instance, **kwargs) -> None:
    from budgeting.domain.budget import renew_addresses

    renew_addresses(instance)
