"""Picking a badge up where one has learned: the code at the door works during the session and half an hour longer."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from learning_events.domain.credential.awards import checked_wishes, clean_address, holder_path, locked
from learning_events.domain.credential.holding import accept
from learning_events.domain.letter import write_to
from learning_events.enums import AwardState, Earned
from learning_events.models import Achievement, Award, Session
from learning_events.queries.credential import achievements_at
from participation.domain.limits import spend_attempt
from participation.domain.mail import without_links
from participation.domain.participant import TooManyTries
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Missing
from participation.foundation.link_tokens import link_token, read_link_token
from participation.models import Participant

DOOR_STAYS_OPEN = dt.timedelta(minutes=30)
DOOR_LASTS = dt.timedelta(days=400)
AT_DOOR_A_DAY = 600
DOOR = "badge.door"


def door_token(session: Session, achievement: Achievement) -> str:
    """Return the signed end of the address that hangs as a QR code at the door of this session."""
    return link_token([session.pk, achievement.pk], purpose=DOOR)


def behind_door(token: str) -> tuple[Session, Achievement]:
    """Return session and badge of a code at the door; raises Missing, or Conflict outside of the session's hours."""
    content = read_link_token(token, purpose=DOOR, lasts=DOOR_LASTS)
    session = Session.objects.select_related("event").filter(pk=content[0]).first()
    if session is None or not session.event.live:
        raise Missing
    achievement = achievements_at(session.event).filter(pk=content[1]).first()
    if achievement is None:
        raise Missing
    now = database_now()
    if session.is_cancelled or now < session.starts_at:
        raise Conflict(_("This code works while the session takes place. Please scan it again then."))
    if now > session.ends_at + DOOR_STAYS_OPEN:
        raise Conflict(
            _(
                "This code worked until half an hour after the session. Please ask the organisers for your badge."
            )
        )
    return session, achievement


def accept_at_door(
    token: str, *, by, name: str, is_minor: bool, guardian_email: str = "", email: str = ""
) -> Award:
    """Accept the badge behind a code at the door; with `email` the address of one's own page is mailed, and not kept.

    Somebody with an account has each badge once. Raises Missing, Conflict, Invalid or TooManyTries. Call it outside of a
    transaction, for it counts tries.
    """
    session, achievement = behind_door(token)
    participant = getattr(by, "participant", None)
    address = clean_address(email, "email") if email.strip() else ""
    name, guardian = checked_wishes(name, is_minor, guardian_email)
    if not spend_attempt("badges.door", session.pk, limit=AT_DOOR_A_DAY, per=dt.timedelta(days=1)):
        raise TooManyTries(
            _("Very many people have picked up this badge. Please ask the organisers for yours.")
        )
    with transaction.atomic():
        award = _award_at_door(session, achievement, participant)
        accept(award, name, is_minor, guardian)
        if address and participant is None:
            _mail_own_page(award, address)
    return award


def _award_at_door(session: Session, achievement: Achievement, participant: Participant | None) -> Award:
    new = Award(
        achievement=achievement,
        participant=participant,
        earned=Earned.DOOR,
        event=session.event,
        offered_at=database_now(),
    )
    if participant is None:
        new.save()
        return new
    held = Award.objects.filter(
        achievement=achievement,
        participant=participant,
        state__in=[AwardState.OFFERED, AwardState.WAITING, AwardState.ACCEPTED],
    ).first()
    if held is None:
        try:
            with transaction.atomic():
                new.save()
            return new
        except IntegrityError:
            held = Award.objects.get(
                achievement=achievement,
                participant=participant,
                state__in=[AwardState.OFFERED, AwardState.WAITING, AwardState.ACCEPTED],
            )
    held = locked(held)
    if not held.is_open:
        raise Conflict(_("You have this badge already."), code="held")
    return held


def _mail_own_page(award: Award, address: str) -> None:
    write_to(
        address,
        template="badge_own_page",
        subject=format_lazy(_("Your badge: {name}"), name=without_links(award.achievement.name)),
        context={"badge": without_links(award.achievement.name), "path": holder_path(award)},
        kind="learning_events.badge",
    )
