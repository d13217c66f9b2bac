"""Offering a badge: by organisers and staff to an address, by the site to somebody with an account."""

import datetime as dt

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from learning_events.domain.credential.awards import clean_address, holder_path
from learning_events.domain.letter import write_to
from learning_events.enums import AwardState, Earned
from learning_events.models import Achievement, Award, EventPage, Pathway
from learning_events.queries.credential import achievements_at
from learning_events.rules import may_give_any_badge, may_give_badges_at
from participation.domain.limits import spend_attempt
from participation.domain.mail import without_links
from participation.domain.notification import notify
from participation.domain.participant import TooManyTries
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, NotAllowed
from participation.models import Participant

OFFER_LASTS = dt.timedelta(days=90)
GIVEN_A_DAY = 300


def offer_award(achievement: Achievement, *, by, email: str, event: EventPage | None = None) -> Award:
    """Offer a badge to an address; a mail leads to where it is accepted or declined. Who writes `event` may give its badges.

    Raises NotAllowed, Invalid, Conflict (not to be earned at present) or TooManyTries. Call it outside of a transaction.
    """
    _may_give(achievement, event, by)
    address = clean_address(email, "email")
    if not spend_attempt("badges.give", by.pk, limit=GIVEN_A_DAY, per=dt.timedelta(days=1)):
        raise TooManyTries(
            _("You have offered very many badges today. Please ask the festival's staff for more.")
        )
    with transaction.atomic():
        before = Award.objects.filter(
            achievement=achievement, email=address, state=AwardState.OFFERED, participant=None
        ).first()
        if before is not None:
            raise Conflict(_("This address has been offered the badge already."), field="email")
        award = Award.objects.create(
            achievement=achievement, email=address, event=event, given_by=by, offered_at=database_now()
        )
        record("learning_events.offer_badge", achievement, by=by, award=award.pk)
        write_to(
            address,
            template="badge_offer",
            subject=format_lazy(_("A badge for you: {name}"), name=without_links(achievement.name)),
            context={
                "badge": without_links(achievement.name),
                "event": without_links(event.title) if event is not None else "",
                "path": holder_path(award),
                "days": OFFER_LASTS.days,
            },
            kind="learning_events.badge",
        )
    return award


def offer_to_person(
    achievement: Achievement,
    participant: Participant,
    *,
    earned: Earned,
    event: EventPage | None = None,
    pathway: Pathway | None = None,
    by=None,
) -> Award | None:
    """Offer a badge to somebody with an account who has earned it, inside a transaction; None if they had it offered before."""
    if (
        not achievement.is_active
        or Award.objects.filter(achievement=achievement, participant=participant).exists()
    ):
        return None
    award = Award.objects.create(
        achievement=achievement,
        participant=participant,
        earned=earned,
        event=event,
        pathway=pathway,
        given_by=by,
        offered_at=database_now(),
    )
    record("learning_events.offer_badge", achievement, by=by, award=award.pk)
    notify(
        participant,
        kind="learning_events.badge",
        title=format_lazy(_("A badge for you: {name}"), name=without_links(achievement.name)),
        text=_("Look at it and decide whether you want it. Nothing is issued before."),
        path=holder_path(award),
        dedupe_key=f"badge:{award.pk}",
    )
    return award


def forget_old_offers() -> int:
    """Erase offers that nobody has answered in time, with the addresses they went to; return how many."""
    old = Award.objects.filter(
        state__in=[AwardState.OFFERED, AwardState.WAITING],
        participant=None,
        offered_at__lt=database_now() - OFFER_LASTS,
    )
    return old.delete()[1].get("learning_events.Award", 0)


def _may_give(achievement: Achievement, event: EventPage | None, by) -> None:
    if not may_give_any_badge(by):
        if event is None or not may_give_badges_at(by, event):
            raise NotAllowed(_("Only the people who organise this event can give its badges."))
        if not achievements_at(event).filter(pk=achievement.pk).exists():
            raise NotAllowed(_("This badge cannot be earned at this event."))
    if not achievement.is_active:
        raise Conflict(_("This badge cannot be earned at present."))
