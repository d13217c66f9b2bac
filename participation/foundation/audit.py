"""The audit trail: domain functions write it through here, into Wagtail's log."""

from typing import Any

from django.db import models
from wagtail.log_actions import log


def record(action: str, instance: models.Model, *, by=None, **data: Any) -> None:
    """Write that `by` (a user, or None for the system itself) did `action` to `instance`; `data` must be JSON."""
    user = by if getattr(by, "is_authenticated", False) else None
    log(instance=instance, action=action, user=user, data=data or None)
