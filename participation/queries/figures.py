"""Who takes part, in figures that hide every small group, beside who lives in the city."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.enums import AgeBand, Gender
from participation.foundation.small_groups import Shown, shown
from participation.models import Membership, Neighbourhood, OwnFigures
from participation.queries.committee import public_committees

NOT_SAID = ""
GAP = 0.67


@dataclass(frozen=True)
class Group:
    """One line: a group of people, its share of the city (0 to 1; None if unknown), and what may be shown of who takes part."""

    label: str
    population: float | None
    members: int | None
    others: int | None


@dataclass(frozen=True)
class Figures:
    """One table: what it is by, its lines, the totals of those who said it, and the gaps in sentences."""

    title: str | Promise
    groups: list[Group]
    members: Shown
    others: Shown
    gaps: list[str]


def figures_of_city() -> list[Figures]:
    """Return the tables by age, gender and neighbourhood; members of public committees apart from all others.

    The two are different people, so that neither can be taken from the other. Five queries.
    """
    today = timezone.localdate()
    members = set(
        Membership.objects.on(today)
        .filter(committee__in=public_committees(), participant__isnull=False)
        .values_list("participant_id", flat=True)
    )
    rows = list(
        OwnFigures.objects.filter(participant__user__is_active=True).values_list(
            "participant_id",
            "age_band",
            "gender",
            "with_neighbourhood",
            "participant__neighbourhood_id",
        )
    )
    places = list(Neighbourhood.objects.only("name", "population"))
    by_age: Counter[str] = Counter()
    for place in places:
        by_age.update({band: number for band, number in place.population.items() if band in AgeBand.values})
    people = {str(place.pk): place.inhabitants for place in places}
    tables = (
        (
            gettext_lazy("Age"),
            {value: str(label) for value, label in AgeBand.choices},
            _shares(by_age),
            [(pk, age) for pk, age, _gender, _counts, _home in rows],
        ),
        (
            gettext_lazy("Gender"),
            {value: str(label) for value, label in Gender.choices},
            dict(getattr(settings, "PARTICIPATION_GENDER_SHARES", {})),
            [(pk, gender) for pk, _age, gender, _counts, _home in rows],
        ),
        (
            gettext_lazy("Neighbourhood"),
            {str(place.pk): place.name for place in places},
            _shares(people),
            [(pk, str(home) if counts and home else NOT_SAID) for pk, _age, _gender, counts, home in rows],
        ),
    )
    return [_table(title, labels, shares, said, members) for title, labels, shares, said in tables]


def _shares(numbers: Mapping[str, int]) -> dict[str, float]:
    total = sum(numbers.values())
    return {key: number / total for key, number in numbers.items()} if total else {}


def _table(title, labels: dict[str, str], shares: Mapping[str, float], said, members: set[int]) -> Figures:
    """Make one table. Who did not say it is in no group and in no total, so that silence is not counted either."""
    inside, outside = Counter(dict.fromkeys(labels, 0)), Counter(dict.fromkeys(labels, 0))
    for person, key in said:
        if key in labels:
            (inside if person in members else outside)[key] += 1
    of_members, of_others = shown(inside), shown(outside)
    groups = [
        Group(label, shares.get(key), of_members.cells[key], of_others.cells[key])
        for key, label in labels.items()
    ]
    gaps = [
        *_gaps(labels, shares, of_members, _("members of committees")),
        *_gaps(labels, shares, of_others, _("others who take part")),
    ]
    return Figures(title, groups, of_members, of_others, gaps)


def _gaps(labels: dict[str, str], shares: Mapping[str, float], who: Shown, name: str) -> list[str]:
    """Name the groups that have clearly fewer than their share; hidden ones only all together."""
    if not who.total:
        return []
    found = []
    hidden = [key for key, number in who.cells.items() if number is None]
    for key, number in who.cells.items():
        if number is not None and key in shares and number / who.total < GAP * shares[key]:
            found.append(_gap_words(labels[key], shares[key], number / who.total, name))
    if hidden and who.rest and all(key in shares for key in hidden):
        share = sum(shares[key] for key in hidden)
        if who.rest / who.total < GAP * share:
            found.append(
                _gap_words(", ".join(labels[key] for key in hidden), share, who.rest / who.total, name)
            )
    return found


def _gap_words(label: str, population: float, share: float, name: str) -> str:
    return _(
        "%(group)s: %(population)d %% of the city, but only about %(share)d %% of the %(who)s. Invite them first."
    ) % {"group": label, "population": round(100 * population), "share": round(100 * share), "who": name}
