"""Which places somebody should look at, whom to ask about them, and what an entry says of its own truth."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mapping.enums import PlaceStatus, VerificationAnswer, VerifiedBy
from mapping.models import LearningPlace, Scout, Stewardship, Verification
from mapping.words import verified_words
from participation.models import Neighbourhood, OrganisationPerson, Participant

ASK_AFTER = dt.timedelta(days=365)
WAIT = dt.timedelta(days=30)
# Of a look that nobody asked for; rounds of questions are numbered from one.
UNASKED = 0
CLEAR_ANSWERS = (VerificationAnswer.CORRECT, VerificationAnswer.WRONG, VerificationAnswer.CLOSED)


@dataclass(frozen=True)
class Truth:
    """How far an entry can be believed, in words; the tone (quiet, warn) only repeats it."""

    words: str
    tone: str


def truth_of(place: LearningPlace, *, now: dt.datetime | None = None) -> Truth:
    """Say when the entry was last confirmed, or that nobody has answered for too long; at most one query."""
    now = now or timezone.now()
    since = place.verified_on or timezone.localdate(place.created_at)
    words = verified_words(place.verified_on, place.get_verified_by_display())
    if since > timezone.localdate(now - ASK_AFTER) or not _waited_in_vain(place, since, now):
        return Truth(words, "quiet")
    date = date_format(since, "DATE_FORMAT")
    if place.verified_on is None:
        return Truth(
            _("Nobody has confirmed this since it came onto the map on %(date)s") % {"date": date}, "warn"
        )
    return Truth(_("Nobody has confirmed this since %(date)s") % {"date": date}, "warn")


def _waited_in_vain(place: LearningPlace, since: dt.date, now: dt.datetime) -> bool:
    """Say whether those who were asked since the entry was last known to be true have let the time pass."""
    asked = (
        Verification.objects.filter(place=place, round__gt=UNASKED, asked_at__date__gt=since)
        .order_by()
        .aggregate(first=Min("asked_at"), scouts=Min("asked_at", filter=Q(asked=VerifiedBy.SCOUT)))
    )
    if asked["first"] is None:  # there was nobody to ask
        return since + ASK_AFTER + 2 * WAIT <= timezone.localdate(now)
    return now >= (asked["scouts"] + WAIT if asked["scouts"] else asked["first"] + 2 * WAIT)


def is_old(now: dt.datetime) -> Q:
    """Fits places that nobody has confirmed for a year; those never confirmed count from when they were written down."""
    year_ago = now - ASK_AFTER
    return Q(verified_on__lte=timezone.localdate(year_ago)) | Q(verified_on=None, created_at__lte=year_ago)


def places_to_ask_about(now: dt.datetime) -> QuerySet[LearningPlace]:
    """Return published places that nobody has confirmed or been asked about for a year, and that somebody could be asked
    about; the longest unconfirmed first.
    """
    somebody = (
        Exists(
            Stewardship.objects.filter(place=OuterRef("pk")).filter(
                Q(participant=None) | Q(participant__user__is_active=True)
            )
        )
        | Exists(
            OrganisationPerson.objects.filter(
                organisation=OuterRef("organisation"), participant__user__is_active=True
            )
        )
        | _has_scouts()
    )
    return _published().filter(is_old(now), ~Exists(_asked_lately(now)), somebody).order_by(*_OLDEST_FIRST)


def places_to_ask_scouts_about(now: dt.datetime) -> QuerySet[LearningPlace]:
    """Return places whose stewards have not answered for 30 days, and whose neighbourhood has scouts not asked yet."""
    asked = _asked_lately(now)
    return (
        _published()
        .filter(
            is_old(now),
            Exists(asked.filter(asked=VerifiedBy.STEWARD)),
            ~Exists(asked.filter(asked_at__gt=now - WAIT)),
            ~Exists(asked.filter(Q(asked=VerifiedBy.SCOUT) | Q(answer__in=CLEAR_ANSWERS))),
            _has_scouts(),
        )
        .order_by(*_OLDEST_FIRST)
    )


_OLDEST_FIRST = (F("verified_on").asc(nulls_first=True), "pk")


def _published() -> QuerySet[LearningPlace]:
    return LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED)


def _asked_lately(now: dt.datetime) -> QuerySet[Verification]:
    return Verification.objects.filter(place=OuterRef("pk"), round__gt=UNASKED, asked_at__gt=now - ASK_AFTER)


def _has_scouts() -> Exists:
    return Exists(
        Scout.objects.filter(neighbourhood=OuterRef("neighbourhood"), participant__user__is_active=True)
    )


def stewards_of(place: LearningPlace) -> QuerySet[Participant]:
    """Return the people with an account who look after the place, alone or for its organisation."""
    mine = Q(stewardships__place=place)
    if place.organisation_id is not None:
        mine |= Q(organisation_roles__organisation=place.organisation_id)
    return Participant.objects.filter(mine, user__is_active=True).order_by("pk").distinct()


def steward_addresses(place: LearningPlace) -> list[str]:
    """Return the addresses of those who look after the place without an account."""
    rows = place.stewardships.exclude(email="").order_by("pk")
    return list(rows.values_list("email", flat=True))


def round_of(place: LearningPlace) -> int:
    """Return the number of the latest round of questions about the place, 0 before the first."""
    return place.verifications.aggregate(last=Max("round"))["last"] or 0


def asked_since(moment: dt.datetime, kind: VerifiedBy) -> dict[int | str, int]:
    """Return how many questions each person was asked after `moment`, by participant id or by address."""
    rows = (
        Verification.objects.filter(asked_at__gt=moment, asked=kind, round__gt=UNASKED)
        .order_by()
        .values_list("participant", "email")
        .annotate(number=Count("pk"))
    )
    return {participant or email: number for participant, email, number in rows}


def open_questions(participant: Participant, now: dt.datetime) -> QuerySet[Verification]:
    """Return what this scout was asked and has not answered, as long as an answer still helps; the oldest first."""
    return (
        Verification.objects.filter(
            participant=participant,
            asked=VerifiedBy.SCOUT,
            round__gt=UNASKED,
            answer=VerificationAnswer.NONE,
            asked_at__gt=now - ASK_AFTER,
            place__status=PlaceStatus.PUBLISHED,
            place__neighbourhood__scouts__participant=participant,
        )
        .select_related("place__category", "place__neighbourhood")
        .order_by("asked_at", "pk")
    )


def places_to_look_at(participant: Participant, now: dt.datetime) -> QuerySet[LearningPlace]:
    """Return the places of this scout's neighbourhoods that nobody has confirmed for a year, the longest first."""
    around = participant.scouting.values("neighbourhood")
    never = Q(verified_on=None) | is_old(now)
    # Who has said "not correct" or "cannot tell" need not say it again at once.
    said = Verification.objects.filter(
        place=OuterRef("pk"), participant=participant, answered_at__gt=now - WAIT
    )
    return (
        _published()
        .filter(never, ~Exists(said), neighbourhood__in=around)
        .select_related("category", "neighbourhood")
        .order_by(*_OLDEST_FIRST)
    )


def scouting_of(participant: Participant) -> list[Scout]:
    """Return the neighbourhoods in which this person is a scout, by name."""
    return list(participant.scouting.select_related("neighbourhood").order_by("neighbourhood__name", "pk"))


def neighbourhoods_to_scout(participant: Participant) -> QuerySet[Neighbourhood]:
    """Return the neighbourhoods in which this person is not a scout yet."""
    return Neighbourhood.objects.exclude(scouts__participant=participant).order_by("name")
