"""Ending and taking up again the mails of one source, also from a link in a mail without signing in."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Missing
from participation.foundation.notices import all_kinds, kind_named
from participation.models import Discussion, Notification, Participant, Unsubscription

# A token made for another purpose, or signed with another salt, is refused here and the other way round (S7, S19).
TOKEN_SALT = "participation.unsubscription"  # noqa: S105 - names the purpose, is no secret
TOKEN_AGE_S = 2 * 365 * 24 * 3600


@dataclass(frozen=True)
class Source:
    """Where mails come from: a kind of notice to one person, about one discussion or about everything."""

    participant: Participant
    kind: str
    discussion: Discussion | None

    @property
    def label(self) -> str:
        return str(kind_named(self.kind).label)


def token_of(notification: Notification) -> str:
    """Return what the unsubscribe link of this notice carries; it can do nothing but unsubscribe."""
    return token_for(notification.participant_id, notification.kind, notification.discussion_id)


def token_for(participant_id: int, kind: str, discussion_id: int | None = None) -> str:
    """Return what the unsubscribe link of a whole kind carries, or of one discussion of it."""
    return signing.dumps([participant_id, kind, discussion_id], salt=TOKEN_SALT)


def source_of(token: str) -> Source:
    """Return what the token may unsubscribe; raises Missing when it is forged, too old or about nobody any more."""
    gone = Missing(_("This link is not valid any more. You can choose your mails after signing in."))
    try:
        participant_id, kind, discussion_id = signing.loads(token, salt=TOKEN_SALT, max_age=TOKEN_AGE_S)
        participant = Participant.objects.get(pk=participant_id)
        discussion = Discussion.objects.get(pk=discussion_id) if discussion_id else None
    except (signing.BadSignature, ValueError, TypeError, Participant.DoesNotExist, Discussion.DoesNotExist):
        raise gone from None
    if kind not in all_kinds():
        raise gone
    return Source(participant, kind, discussion)


def unsubscribe(participant: Participant, *, kind: str, discussion: Discussion | None = None) -> None:
    """Send no more mails of this kind (or of this kind about `discussion`); asking twice changes nothing."""
    kind_named(kind)
    Unsubscription.objects.bulk_create(
        [Unsubscription(participant=participant, kind=kind, discussion=discussion)], ignore_conflicts=True
    )


def resubscribe(participant: Participant, *, kind: str, discussion: Discussion | None = None) -> None:
    """Send mails of this source again."""
    Unsubscription.objects.filter(participant=participant, kind=kind, discussion=discussion).delete()


@transaction.atomic
def choose_mails(participant: Participant, *, wants_mail: bool, kinds: Collection[str]) -> None:
    """Keep what the settings page was told: mails at all or none, and of which kinds."""
    Participant.objects.filter(pk=participant.pk).update(wants_mail=wants_mail)
    participant.wants_mail = wants_mail
    for name, kind in all_kinds().items():
        if name in kinds:
            resubscribe(participant, kind=name)
        elif kind.by_mail:
            unsubscribe(participant, kind=name)
