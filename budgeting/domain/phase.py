"""Telling that a phase of a budget has begun. Dates alone open and close phases; this only spreads the word."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from budgeting.enums import PhaseKind
from budgeting.models import Phase
from budgeting.queries.budget import phases_begun
from participation.domain.announcement import announce
from participation.foundation.clock import database_now
from participation.models import Announcement, Neighbourhood

NEWS_FOR = dt.timedelta(days=3)
TITLES = {
    PhaseKind.SUBMISSION: _("{budget}: the call for proposals is open"),
    PhaseKind.REVIEW: _("{budget}: the city looks at the proposals"),
    PhaseKind.VOTING: _("{budget}: voting has begun"),
    PhaseKind.COUNTING: _("{budget}: the ballots are counted"),
    PhaseKind.IMPLEMENTATION: _("{budget}: the projects begin"),
}
_lazily = lazy(lambda moment: date_format(localtime(moment), "DATETIME_FORMAT"), str)


def announce_phases() -> int:
    """Announce each phase of a public budget that began in the last three days, once; return how many were new.

    Whoever follows the budget, or a neighbourhood with money in it, hears of it; where the whole city has an area, all
    neighbourhoods. Running it twice, or two at once, tells nobody twice.
    """
    now, new = database_now(), 0
    for phase in phases_begun(since=now - NEWS_FOR, until=now):
        key = f"phase:{phase.budget_id}:{phase.kind}"
        if Announcement.objects.filter(dedupe_key=key).exists():
            continue
        _announce(phase, key)
        new += 1
    return new


def _announce(phase: Phase, key: str) -> None:
    budget = phase.budget
    homes = {area.neighbourhood_id for area in budget.areas.all()}
    if None in homes:
        homes = set(Neighbourhood.objects.values_list("pk", flat=True))
    announce(
        kind="budgeting.phase",
        title=format_lazy(TITLES[PhaseKind(phase.kind)], budget=budget.title),
        text=format_lazy(_("Until {end}. {note}"), end=_lazily(phase.closes_at), note=phase.note),
        path=budget.url or "/",
        dedupe_key=key,
        targets=[("budget", budget.pk), *(("neighbourhood", pk) for pk in sorted(homes))],
        page=budget,
    )
