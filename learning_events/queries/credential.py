"""Finding awards by the addresses that open them, and checking credentials."""

from django.db.models import QuerySet

from learning_events.credentials import bits
from learning_events.credentials.facts import Outcome, Verdict
from learning_events.credentials.reading import check
from learning_events.enums import AwardState
from learning_events.models import Achievement, Award, EventPage
from learning_events.queries.issuer import issuer, public_pems, status_list_by_url
from participation.foundation.errors import Missing
from participation.models import Participant

PUBLIC = (AwardState.ACCEPTED, AwardState.REVOKED)


def _awards() -> QuerySet[Award]:
    return Award.objects.select_related(
        "achievement__organisation", "achievement__picture", "event", "pathway", "participant"
    )


def public_award(key: str) -> Award:
    """Return a signed award by the key of its public page; raises Missing."""
    award = _awards().filter(key=key, state__in=PUBLIC).first()
    if award is None:
        raise Missing
    return award


def award_of_holder(holder_key: str) -> Award:
    """Return an award by the holder's own key, in whatever state; raises Missing."""
    award = _awards().filter(holder_key=holder_key).first()
    if award is None:
        raise Missing
    return award


def awards_of(participant: Participant) -> QuerySet[Award]:
    """Return the awards of a person that are open or signed, newest first."""
    return _awards().filter(participant=participant).exclude(state=AwardState.DECLINED)


def achievements_at(event: EventPage) -> QuerySet[Achievement]:
    """Return the badges that can be earned at an event at present, whichever language its page is in."""
    return (
        Achievement.objects.filter(is_active=True, event_links__event__translation_key=event.translation_key)
        .select_related("organisation", "picture")
        .distinct()
    )


def awards_at(event: EventPage) -> QuerySet[Award]:
    """Return what was offered at an event, newest first."""
    return _awards().filter(event__translation_key=event.translation_key)


def all_awards() -> QuerySet[Award]:
    """Return everything that was offered, newest first, for staff."""
    return _awards().order_by("-offered_at", "-pk")


def is_in_use(achievement: Achievement) -> bool:
    """Say whether anybody was offered the badge, or a pathway leads to it."""
    return achievement.awards.exists() or achievement.pathways.exists()


def verdict_on(content: bytes | str) -> tuple[Verdict, Award | None]:
    """Check a credential against our own keys and lists; with it our award, where it is genuine and still known."""
    verdict = check(content, did=issuer().did, public_pems=public_pems(), is_revoked=_is_revoked)
    award = None
    if verdict.outcome in (Outcome.VALID, Outcome.REVOKED):
        known = verdict.credential_id.removeprefix("urn:uuid:")
        award = _awards().filter(credential_id=known, state__in=PUBLIC).first()
    return verdict, award


def _is_revoked(url: str, index: int) -> bool | None:
    found = status_list_by_url(url)
    if found is None or not 0 <= index < bits.SIZE:
        return None
    return bits.is_set(bytes(found.revoked), index)
