"""Signing a badge when everybody who has to has agreed, and revoking it."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from learning_events.credentials import writing
from learning_events.credentials.facts import Statement, StatusEntry
from learning_events.domain.credential.awards import holder_path, locked
from learning_events.domain.issuer import set_revoked, signing_key, take_index
from learning_events.enums import AwardState, Earned
from learning_events.models import Award
from learning_events.queries.issuer import badge_facts, issuer, status_list_url
from learning_events.rules import may_give_any_badge
from participation.domain.mail import without_links
from participation.domain.notification import notify
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.foundation.text import clean_line


def issue(award: Award) -> None:
    """Sign the credential, inside a transaction, and forget every address."""
    private, key_name = signing_key()
    status_list, index = take_index()
    award.issued_at = database_now()
    award.status_list, award.status_index = status_list, index
    award.guardian_email = ""
    award.credential = writing.sign(
        Statement(
            id=f"urn:uuid:{award.credential_id}",
            # Another number in each credential, so that two of the same person cannot be joined by it.
            subject=f"urn:uuid:{uuid.uuid4()}",
            name=award.name,
            badge=badge_facts(award.achievement),
            issuer=issuer(),
            issued_at=award.issued_at,
            status=StatusEntry(status_list_url(status_list.pk), index),
            evidence=_evidence(award),
        ),
        private_pem=private,
        key_name=key_name,
    )
    award.state = AwardState.ACCEPTED
    award.save()
    record("learning_events.issue_badge", award.achievement, award=award.pk)


def revoke_award(award: Award, *, reason: str, by) -> Award:
    """Revoke a badge for a reason that everybody reads who checks it. Raises NotAllowed, Invalid or Conflict."""
    if not may_give_any_badge(by):
        raise NotAllowed(_("Only the festival's staff can revoke badges."))
    reason = clean_line(reason)
    if not reason:
        raise Invalid(_("Please say why. Whoever checks the badge reads it."), field="reason")
    if len(reason) > 300:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": 300}, field="reason")
    with transaction.atomic():
        award = locked(award)
        if award.state != AwardState.ACCEPTED or award.status_list is None or award.status_index is None:
            raise Conflict(_("Only a badge that was accepted can be revoked."))
        set_revoked(award.status_list, award.status_index)
        award.state, award.revoked_at, award.revoked_reason = AwardState.REVOKED, database_now(), reason
        award.save()
        record("learning_events.revoke_badge", award.achievement, by=by, award=award.pk, reason=reason)
        if award.participant is not None:
            notify(
                award.participant,
                kind="learning_events.badge",
                title=format_lazy(
                    _("Your badge was revoked: {name}"), name=without_links(award.achievement.name)
                ),
                text=without_links(reason),
                path=holder_path(award),
                dedupe_key=f"badge:{award.pk}:revoked",
            )
    return award


def _evidence(award: Award) -> str:
    """Return in the site's language, whoever's page it is that causes the signing, how the badge was earned."""
    thing = award.event or award.pathway
    with translation.override(settings.LANGUAGE_CODE):
        how = str(Earned(award.earned).label)
    return f"{how}: {thing.title}" if thing is not None else how
