"""What the holder decides: yes or no to an offer, and later the end of it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learning_events.domain.credential.awards import checked_wishes, forget, locked, may_hold
from learning_events.domain.credential.guardian import ask_guardian
from learning_events.domain.credential.signing import issue
from learning_events.enums import AwardState
from learning_events.models import Award
from participation.domain.limits import spend_attempt
from participation.domain.participant import TooManyTries
from participation.foundation.audit import record
from participation.foundation.errors import Conflict

GUARDIAN_MAILS_A_DAY = 3


def accept_award(award: Award, *, by, name: str, is_minor: bool, guardian_email: str = "") -> Award:
    """Accept an offered badge: it is signed at once, or for a minor when a guardian has agreed by mail.

    While a guardian's answer is awaited the address can be corrected this way. Raises Missing for an award of somebody else,
    Conflict for one that is decided, Invalid, or TooManyTries. Call it outside of a transaction, for it counts tries.
    """
    may_hold(award, by)
    name, guardian = checked_wishes(name, is_minor, guardian_email)
    if is_minor and not spend_attempt(
        "badges.guardian", award.pk, limit=GUARDIAN_MAILS_A_DAY, per=dt.timedelta(days=1)
    ):
        raise TooManyTries(
            _("We have written to a parent or guardian several times today. Please wait a day.")
        )
    with transaction.atomic():
        award = locked(award)
        if not award.is_open:
            raise Conflict(_("This badge is decided already."))
        accept(award, name, is_minor, guardian)
    return award


def decline_award(award: Award, *, by) -> Award:
    """Say no to an offered badge; what was kept to reach the person is erased. Raises Missing or Conflict."""
    may_hold(award, by)
    with transaction.atomic():
        award = locked(award)
        if not award.is_open:
            raise Conflict(_("This badge is decided already."))
        forget(award)
        award.state = AwardState.DECLINED
        award.save()
    return award


def erase_award(award: Award, *, by) -> None:
    """Erase a badge from this site as its holder wishes; copies the holder has go on being valid, revoked ones revoked."""
    may_hold(award, by)
    with transaction.atomic():
        award = locked(award)
        achievement, pk = award.achievement, award.pk
        award.delete()
        record("learning_events.erase_badge", achievement, award=pk)


def accept(award: Award, name: str, is_minor: bool, guardian: str) -> None:
    """Take the holder's wishes over into a locked award; who has said once that they are a minor stays one."""
    if award.is_minor and not is_minor:
        raise Conflict(
            _(
                "You have said that you are younger. We wait for your parent or guardian, or correct their address."
            )
        )
    award.name, award.is_minor, award.email = name, is_minor, ""
    if not is_minor:
        award.guardian_email = ""
        issue(award)
        return
    award.state, award.guardian_email = AwardState.WAITING, guardian
    award.save()
    ask_guardian(award)
