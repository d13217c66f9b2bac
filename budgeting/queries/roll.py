"""Who may vote in a budget and where, and for what reason somebody may not (yet)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgeting.enums import Channel
from budgeting.models import RollEntry
from budgeting.queries.box import FrozenArea
from participation.models import Participant

ONLINE = {Channel.WEB, Channel.CODE}


class Obstacle(models.TextChoices):
    """Why somebody cannot vote here; the words say what to do."""

    SIGNED_OUT = "signed_out", _("Sign in to vote. You only need an e-mail address.")
    NOT_VERIFIED = (
        "not_verified",
        _("Only residents can vote. Please show once that you live in the city; it takes two minutes."),
    )
    MOVED_AWAY = (
        "moved_away",
        _(
            "The residents' register says that you do not live in the city any more. If that is wrong, ask the city."
        ),
    )
    TOO_YOUNG = "too_young", _("You have not reached the voting age yet.")
    BLOCKED = "blocked", _("Your vote is kept for the polling desk. Please ask there.")
    VOTED_ELSEWHERE = (
        "voted_elsewhere",
        _("You have voted already, at the desk or on paper. That vote counts."),
    )


@dataclass(frozen=True)
class Voter:
    """Somebody who may vote in a budget: the register's key, the home that counts, and the roll entry if there is one."""

    person_key: str
    neighbourhood: int
    entry: RollEntry | None

    @property
    def has_voted(self) -> bool:
        return self.entry is not None and self.entry.voted_on is not None

    def may_vote_in(self, area: FrozenArea) -> bool:
        return area.neighbourhood is None or area.neighbourhood == self.neighbourhood


def voter_or_obstacle(
    budget_id: int, participant: Participant | None, day: dt.date, *, hold: bool = False
) -> Voter | Obstacle:
    """Return who `participant` is as a voter on `day` (local date), or what stands in the way; read anew, two queries.

    With `hold` the roll entry is locked FOR UPDATE (inside a transaction). The home that counts is that of the roll once
    the person is on it, so a move during voting gives no second area.
    """
    if participant is None:
        return Obstacle.NOT_VERIFIED
    person = Participant.objects.select_related("register_entry", "user").filter(pk=participant.pk).first()
    if person is None or not person.user.is_active or not person.is_verified:
        return Obstacle.NOT_VERIFIED
    resident = person.register_entry
    assert resident is not None  # noqa: S101 - is_verified says so; the type checker cannot know
    entries = RollEntry.objects.filter(budget_id=budget_id, person_key=resident.person_key)
    entry = (entries.select_for_update() if hold else entries).first()
    if not resident.is_active:
        return Obstacle.MOVED_AWAY
    if resident.may_vote_from is not None and resident.may_vote_from > day:
        return Obstacle.TOO_YOUNG
    if entry is not None and entry.is_blocked:
        return Obstacle.BLOCKED
    if entry is not None and entry.channel and entry.channel not in ONLINE:
        return Obstacle.VOTED_ELSEWHERE
    home = (
        entry.neighbourhood_id if entry is not None and entry.neighbourhood_id else resident.neighbourhood_id
    )
    return Voter(resident.person_key, home, entry)


def areas_open_to(voter: Voter, areas: Iterable[FrozenArea]) -> list[FrozenArea]:
    """Return the areas in which `voter` has a ballot: the whole city and the own neighbourhood."""
    return [area for area in areas if voter.may_vote_in(area)]
