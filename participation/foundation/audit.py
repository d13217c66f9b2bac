"""The audit trail: domain functions write it through here, into Wagtail's log."""

from typing import Any

from django.db import models
from django.db.models import Max
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry


def record(action: str, instance: models.Model, *, by=None, **data: Any) -> None:
    """Write that `by` (a user, or None for the system itself) did `action` to `instance`; `data` must be JSON."""
    _write(action, instance, None, by, data)


def record_change(action: str, instance: models.Model, left: models.Model, *, by=None, **data: Any) -> None:
    """Like `record`, with the revision the action left: the admin's history then offers to compare and restore it."""
    _write(action, instance, left, by, data)


def _write(
    action: str, instance: models.Model, revision: models.Model | None, by: Any, data: dict[str, Any]
) -> None:
    user = by if getattr(by, "is_authenticated", False) else None
    log(
        instance=instance,
        action=action,
        user=user,
        data=data or None,
        revision=revision,
        content_changed=revision is not None,
    )


def edition() -> str:
    """Return a short word that changes whenever something goes on record: what is kept under it is never older than that.

    Two queries, each for the end of an index.
    """
    return "-".join(
        str(entries.objects.aggregate(last=Max("pk"))["last"]) for entries in (PageLogEntry, ModelLogEntry)
    )
