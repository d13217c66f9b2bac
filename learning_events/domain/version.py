"""The version of the programme: raised in the transaction of every change that the public can see."""

from django.db.models import F

from learning_events.models import ProgrammeVersion
from participation.foundation.clock import database_now


def raise_programme_version() -> None:
    """Say that the public programme changes with this transaction."""
    ProgrammeVersion.objects.get_or_create(pk=1)
    ProgrammeVersion.objects.filter(pk=1).update(number=F("number") + 1, changed_at=database_now())
