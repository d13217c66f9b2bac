"""How many more supporters would have sufficed for a project that lost: a number that is always enough.

Equal shares: so many more voters, each with the same share as everybody else in the run that counts and with this project
alone on the ballot, as cover what its supporters lacked at the end. That is enough: until the project is funded, new voters
who support nothing else change nothing for others, so that the rounds go on as they did, and at their end its supporters can
pay. It may be more than necessary, because the project might have come earlier. The share stays the same, that is, the
budget grows by the shares of the new voters; with a fixed budget shares would shrink a little.

Greedy: the smallest number found by counting again with so many more ballots (points, where points decide) for this project
alone. More votes never harm a project under this rule. Of the 40 losers with most votes only.

Of other rules and of elections with fixed winners, quotas and the like nothing is said.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from budgeting.counting.election import Ballot, Ballots, Election
from budgeting.counting.outcome import Outcome
from budgeting.counting.tally import count

_MOST_LOSERS = 40
_SHARES_KINDS = ("shares-missing", "completion-does-not-fit")
_GREEDY_KINDS = ("does-not-fit", "lost-tie", "after-stop", "below-threshold", "no-support")


def more_votes_needed(election: Election, outcome: Outcome, endowment: Fraction) -> dict[int, int]:
    """Return {position of a loser: how many more supporters (or points) would have sufficed} where that is known.

    `endowment` is the share of each voter in units in the run that counts, 0 for other rules.
    """
    losers = [
        (at, told)
        for at, told in enumerate(outcome.explanations)
        if not told.won and told.kind != "over-budget"
    ]
    if getattr(election, "limits", None):
        return {}
    if outcome.rule.rule == "equal-shares" and endowment:
        scale = election.money_scale
        return {
            at: max(1, ceil(Fraction(Decimal(str(told.numbers["missing"]))) * scale / endowment))
            for at, told in losers
            if told.kind in _SHARES_KINDS and "missing" in told.numbers
        }
    if outcome.rule.rule == "greedy":
        return _by_counting_again(election, outcome, (at for at, t in losers if t.kind in _GREEDY_KINDS))
    return {}


def _by_counting_again(election: Election, outcome: Outcome, losers: Iterable[int]) -> dict[int, int]:
    spec = outcome.rule
    if election.has_points and not spec.uses_points:
        return {}
    best = sorted(losers, key=lambda at: (-election.scores[at], at))[:_MOST_LOSERS]
    # Greedy looks at sums alone: one ballot for each project carries them all.
    sums = [
        Ballot((at,), (score,), 1) if election.has_points else Ballot((at,), (1,), score)
        for at, score in enumerate(election.scores)
        if score
    ]
    found: dict[int, int] = {}
    for at in best:
        guess = _guess(election, outcome, at) if spec.weighs_cost else None
        if guess is not None and _wins(election, outcome, sums, at, guess):
            # Just as many as the project that it would have to pass: then the tie rule decides.
            level = guess > 1 and _wins(election, outcome, sums, at, guess - 1)
            found[at] = guess - 1 if level else guess
        elif guess is None and (more := _search(election, outcome, sums, at)):
            found[at] = more
    return found


def _guess(election: Election, outcome: Outcome, at: int) -> int | None:
    """Return the votes with which the project passes the last one before which its cost was still left."""
    score, cost = election.scores[at], election.projects[at].cost
    place = {project.id: number for number, project in enumerate(election.projects)}
    most: int | None = None
    for step in outcome.steps:
        other = place[step.project]
        before = Fraction(Decimal(str(step.numbers["money_before"]))) * election.money_scale
        if other != at and before >= cost and election.scores[other] >= score:
            most = election.scores[other] + 1 - score
    if outcome.money_left >= cost and score < outcome.rule.threshold:
        return outcome.rule.threshold - score
    return None if most is None else max(most, outcome.rule.threshold - score)


def _search(election: Election, outcome: Outcome, sums: list[Ballot], at: int) -> int | None:
    spec = outcome.rule
    low, high = 0, max(election.scores) * _dearest(election, at, spec.weighs_cost) + spec.threshold + 1
    if not _wins(election, outcome, sums, at, high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _wins(election, outcome, sums, at, middle):
            high = middle
        else:
            low = middle
    return high


def _dearest(election: Election, at: int, weighs_cost: bool) -> int:
    """Return by which factor a project may have to exceed the best score: more than 1 where votes per cost decide."""
    if weighs_cost:
        return 1
    costs = [project.cost for project in election.projects if project.cost]
    return election.projects[at].cost // max(1, min(costs, default=1)) + 1


def _wins(election: Election, outcome: Outcome, sums: list[Ballot], at: int, more: int) -> bool:
    extra = Ballot((at,), (more,), 1) if election.has_points else Ballot((at,), (1,), more)
    changed = replace(election, ballots=Ballots.of((*sums, extra)))
    return election.projects[at].id in count(changed, outcome.rule).winners
