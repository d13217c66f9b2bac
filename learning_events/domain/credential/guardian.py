"""A guardian's answer to a minor's badge, by a mailed link."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning_events.domain.credential.awards import consent_age, forget, locked
from learning_events.domain.credential.signing import issue
from learning_events.domain.letter import write_to
from learning_events.enums import AwardState
from learning_events.models import Award
from participation.domain.mail import without_links
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.foundation.link_tokens import link_token, read_link_token

GUARDIAN_HAS = dt.timedelta(days=30)
GUARDIAN = "badge.guardian"


def ask_guardian(award: Award) -> None:
    """Mail the guardian a link that can answer this one question."""
    write_to(
        award.guardian_email,
        template="badge_guardian",
        subject=_("Do you agree to a badge for your child?"),
        context={
            "badge": without_links(award.achievement.name),
            "event": without_links(award.event.title) if award.event is not None else "",
            "name": without_links(award.name),
            "age": consent_age(),
            "days": GUARDIAN_HAS.days,
            "path": reverse("learning_events:guardian", args=[guardian_token(award)]),
        },
        kind="learning_events.badge",
    )


def guardian_token(award: Award) -> str:
    return link_token([award.pk, _digest(award.guardian_email)], purpose=GUARDIAN)


def award_for_guardian(token: str) -> Award:
    """Return the award that waits for this guardian; raises Missing for a link that is old, decided or corrected."""
    content = read_link_token(token, purpose=GUARDIAN, lasts=GUARDIAN_HAS)
    award = (
        Award.objects.select_related("achievement__organisation", "event")
        .filter(pk=content[0], state=AwardState.WAITING)
        .first()
    )
    if award is None or _digest(award.guardian_email) != content[1]:
        raise Missing(_("This link is not valid any more: it was answered already, or is too old."))
    return award


def answer_for_minor(token: str, *, agrees: bool) -> Award:
    """Agree or not, as the guardian whom the mailed link names; raises Missing."""
    with transaction.atomic():
        asked = award_for_guardian(token)
        award = locked(asked)
        if award.state != AwardState.WAITING or award.guardian_email != asked.guardian_email:
            raise Missing
        if agrees:
            award.consent_at = database_now()
            issue(award)
        else:
            forget(award)
            award.state = AwardState.DECLINED
            award.save()
    return award


def _digest(address: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{address}".encode()).hexdigest()[:16]
