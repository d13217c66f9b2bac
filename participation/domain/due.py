"""The monthly mail to who leads a committee: what is due there."""

from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from participation.domain.notification import notify_many
from participation.enums import AccessLevel
from participation.foundation.clock import database_now
from participation.models import Committee, Participant
from participation.queries.due import due_for

_lazily = lazy(lambda write: write(), str)


def tell_leaders_what_is_due() -> int:
    """Tell who leads a committee, or keeps it where nobody leads, what is due; once a month each; return how many.

    Run it every day: it goes out on the first run of a month. Where nothing is due nobody gets a mail.
    """
    now = database_now()
    told = 0
    for committee in Committee.objects.live().order_by("pk").iterator():
        if not due_for(committee, now):
            continue
        told += notify_many(
            _leaders(committee),
            kind="participation.due",
            title=_("What is due: %(committee)s") % {"committee": committee.title},
            text=_lazily(
                lambda committee=committee: "\n".join(f"• {each.words}" for each in due_for(committee, now))
            ),
            path=committee.url_of("due"),
            dedupe_key=f"due-{committee.pk}-{now:%Y-%m}",
        )
    return told


def _leaders(committee: Committee) -> models.QuerySet[Participant]:
    accesses = committee.accesses.filter(level__gte=AccessLevel.KEEP)
    highest = accesses.aggregate(highest=models.Max("level"))["highest"] or AccessLevel.LEAD
    return Participant.objects.filter(
        committee_accesses__committee=committee, committee_accesses__level__gte=highest
    )
