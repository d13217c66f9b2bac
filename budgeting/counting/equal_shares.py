"""The Method of Equal Shares: every voter gets an equal share of the budget and pays for what they support.

Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021), and
https://equalshares.net for the completion Add1. In each round the project with the lowest price per unit of utility
is funded; the price is what its supporters pay when everybody pays in proportion, or all they have.

Speed and exactness. Rounds are computed in floating point with a proven bound on the error; whenever the bound
cannot separate two projects, whole-number arithmetic (`exact.ExactPurses`) decides. The bound rests on one fact:
charging supporters for a given project keeps the order between two states of the purses (whoever had more keeps no
less) and takes the same sum from both, so that it never increases the distance, summed over all voters, between the
true purses and the computed ones (Crandall and Tartar, Proc. AMS 78, 1980). Errors add up, they are not amplified.

Add1 may skip ahead for the same reason. For a given sequence of funded projects every price falls and every purse
grows with the endowment. So if the sequence is the same at endowments a and b, and in each round the funded
project is cheaper at a than every other project at b, the sequence is the same at every endowment between them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from budgeting.counting.election import Election
from budgeting.counting.exact import ExactPurses, Floats, Ints, Lineage, Price, Support
from budgeting.counting.rules import RuleSpec

_EPS = 2.0**-52
_MAX_OVERLAP_CELLS = 20_000_000


@dataclass(slots=True)
class Run:
    """One run of the rounds with the endowment numerator / denominator (units per voter).

    `highest` bounds the price of the funded project in each round from above; `rich` says that all supporters could
    pay the full price, so that the price is exactly cost / points. `ties` holds (round, projects level at the front).
    """

    numerator: int
    denominator: int
    funded: list[int] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    rich: list[bool] = field(default_factory=list)
    ties: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    same_as_reference: bool = False
    given_up: bool = False


@dataclass(slots=True)
class Shares:
    """The run that counts, and how far Add1 raised the endowment (whole currency units) and why it stopped there."""

    run: Run
    free: list[int]
    raised_by: int = 0
    stopped_because: str = ""


@dataclass(slots=True)
class _State:
    """What changes during one run."""

    purses: Floats
    distance: float
    lowest: list[float]
    middle: list[float]
    highest: list[float]
    rich: list[bool]
    stale: list[bool]
    active: list[int]
    supports: dict[int, Support]


class EqualShares:
    """An election made ready for many runs: projects by position, supporters as arrays of groups."""

    def __init__(
        self, election: Election, spec: RuleSpec, *, projects: Iterable[int], ranks: Sequence[int]
    ) -> None:
        self.election = election
        self.spec = spec
        self.ranks = ranks
        self.voters = election.num_votes
        self.supports = _supports(election, spec, projects)
        self.costs = [project.cost for project in election.projects]
        self.factors = [float(cost) if spec.weighs_cost else 1.0 for cost in self.costs]
        self.candidates = [
            p for p, support in enumerate(self.supports) if support is not None and self.costs[p]
        ]
        self.free = sorted(
            (p for p, support in enumerate(self.supports) if support is not None and not self.costs[p]),
            key=ranks.__getitem__,
        )
        self._overlap = self._find_overlap()

    def count(self) -> Shares:
        """Return the decisive run under the completion of the rule (without the greedy part of it)."""
        budget, voters = self.election.budget, self.voters
        if not voters:
            return Shares(Run(0, 1), self.free)
        run = self.run(budget, voters)
        if not self.spec.add1:
            return Shares(run, self.free)
        return self._add1(run)

    def _add1(self, run: Run) -> Shares:
        budget, voters = self.election.budget, self.voters
        one = self.election.money_scale * voters
        raised, step = 0, 1
        while True:
            spent = self._cost(run)
            missing = [p for p in self.candidates if p not in run.funded]
            if not missing:
                return Shares(run, self.free, raised, "everything-funded")
            if self.spec.stops_when_nothing_fits and all(self.costs[p] > budget - spent for p in missing):
                return Shares(run, self.free, raised, "nothing-more-fits")
            further = self.run(budget + (raised + step) * one, voters, reference=run, only_if_same=step > 1)
            if further.given_up:
                step = max(1, step // 4)
                continue
            if not further.same_as_reference and self._cost(further) > budget:
                return Shares(run, self.free, raised, "next-step-overspends")
            raised += step
            run = further
            if further.same_as_reference:
                step *= 2
            else:
                step = 1

    def support(self, project: int) -> Support:
        """Return who supports a project; raise ValueError where nobody does or the rule leaves it out."""
        support = self.supports[project]
        if support is None:
            raise ValueError("The project has no supporters.")
        return support

    def _cost(self, run: Run) -> int:
        return sum(self.costs[project] for project in run.funded)

    # One run ---------------------------------------------------------------------------------------------------

    def run(
        self, numerator: int, denominator: int, *, reference: Run | None = None, only_if_same: bool = False
    ) -> Run:
        """Run all rounds with this endowment, which must not be below that of the reference.

        With a reference the run says whether every endowment between the two gives the same sequence of projects;
        with `only_if_same` it gives up as soon as that cannot be shown.
        """
        run = Run(numerator, denominator, same_as_reference=reference is not None)
        state = self._start(numerator, denominator)
        past = _Past(self, run)
        while True:
            place = len(run.funded)
            before = reference if run.same_as_reference else None
            bound = -inf
            if before is not None:
                bound = before.highest[place] if place < len(before.funded) else inf
            level = self._front(state, bound, past)
            if not level:
                if before is not None and place != len(before.funded):
                    run.same_as_reference = False
                break
            chosen = min(level, key=self.ranks.__getitem__)
            if before is not None and not self._holds_between(state, before, place, chosen, past):
                run.same_as_reference = False
            if only_if_same and not run.same_as_reference:
                run.given_up = True
                return run
            if len(level) > 1:
                run.ties.append((place + 1, tuple(sorted(level, key=self.ranks.__getitem__))))
            run.funded.append(chosen)
            run.highest.append(state.highest[chosen])
            run.rich.append(state.rich[chosen])
            self._charge(state, chosen)
        run.given_up = only_if_same and not run.same_as_reference
        return run

    def _start(self, numerator: int, denominator: int) -> _State:
        endowment = numerator / denominator
        size = len(self.costs)
        state = _State(
            purses=np.full(len(self.election.ballots), endowment),
            distance=4 * _EPS * endowment * self.voters,
            lowest=[inf] * size,
            middle=[inf] * size,
            highest=[inf] * size,
            rich=[False] * size,
            stale=[True] * size,
            active=[],
            supports={},
        )
        for project in self.candidates:
            support = self.support(project)
            if numerator * support.total_voters < self.costs[project] * denominator:
                continue
            state.active.append(project)
            price = self.costs[project] / support.total_points
            state.lowest[project] = price / self.factors[project] * (1 - 8 * _EPS)
            if numerator * support.total_points >= support.most_points * self.costs[project] * denominator:
                state.middle[project] = price
                state.highest[project] = price / self.factors[project] * (1 + 8 * _EPS)
                state.rich[project] = True
                state.stale[project] = False
        return state

    def _front(self, state: _State, bound: float, past: "_Past") -> list[int]:
        """Return the projects that are exactly level at the lowest price, none if nothing can be paid.

        All projects whose price might not be above `bound` are looked at too.
        """
        while True:
            state.active.sort(key=state.lowest.__getitem__)
            limit = inf
            seen = []
            for project in state.active:
                if state.lowest[project] > max(limit, bound):
                    break
                if state.stale[project]:
                    self._look_at(state, project)
                seen.append(project)
                limit = min(limit, state.highest[project])
            state.active = [project for project in state.active if state.lowest[project] < inf]
            front = [
                project for project in seen if state.lowest[project] <= limit and state.lowest[project] < inf
            ]
            if not front or (len(front) == 1 and limit < inf):
                return front
            level = self._settle(state, front, past)
            if level:
                return level

    def _look_at(self, state: _State, project: int) -> None:
        """Bound the price of a project by what its supporters have left."""
        state.stale[project] = False
        state.rich[project] = False
        support = state.supports.get(project) or self.support(project)
        purses = state.purses[support.groups]
        if np.count_nonzero(purses) * 4 < len(purses) * 3:
            kept = np.flatnonzero(purses)
            support = _part(support, kept)
            state.supports[project] = support
            purses = purses[kept]
        cost = float(self.costs[project])
        factor = self.factors[project]
        slack = state.distance + 4 * (len(purses) + 16) * _EPS * cost
        whole = self.support(project)
        ratios = purses if support.most_points == 1 else purses / support.points
        price = cost / whole.total_points
        if support.total_voters == whole.total_voters and ratios.min() - state.distance > price * (
            1 + 8 * _EPS
        ):
            state.rich[project] = True
            state.middle[project] = price
            state.lowest[project] = price / factor * (1 - 8 * _EPS)
            state.highest[project] = price / factor * (1 + 8 * _EPS)
            return
        order = np.argsort(ratios)
        sorted_ratios = ratios[order]
        voters = support.voters[order]
        points = voters if support.most_points == 1 else voters * support.points[order]
        paid = np.cumsum(points * sorted_ratios)
        if not len(paid) or paid[-1] < cost - slack:
            state.lowest[project] = state.highest[project] = inf
            return
        poorer = paid - points * sorted_ratios
        able = points.sum() - (np.cumsum(points) - points)
        collected = poorer + sorted_ratios * able
        prices = []
        for target in (cost - slack, cost, cost + slack):
            at = int(np.searchsorted(collected, target))
            prices.append(float((target - poorer[at]) / able[at]) if at < len(collected) else inf)
        state.lowest[project] = max(prices[0], 0.0) / factor * (1 - 8 * _EPS)
        state.middle[project] = prices[1]
        state.highest[project] = prices[2] / factor * (1 + 8 * _EPS)

    def _settle(self, state: _State, front: list[int], past: "_Past") -> list[int]:
        """Decide exactly between projects that floating point cannot separate; drop those that cannot be paid."""
        if all(state.rich[project] for project in front):
            prices = {project: self._full_price(project) for project in front}
        else:
            alike = {project: past.signature(project) for project in front}
            if len(set(alike.values())) == 1 and all(state.highest[project] < inf for project in front):
                return front
            prices = {}
            shared: dict[int, tuple[int, int] | None] = {}
            for project in front:
                if alike[project] not in shared:
                    shared[alike[project]] = past.price(project)
                found = shared[alike[project]]
                if found is None:
                    state.lowest[project] = state.highest[project] = inf
                else:
                    prices[project] = found
        level: list[int] = []
        for project, (over, under) in prices.items():
            best = prices[level[0]] if level else None
            if best is None or over * best[1] < best[0] * under:
                level = [project]
            elif over * best[1] == best[0] * under:
                level.append(project)
        return level

    def _full_price(self, project: int) -> tuple[int, int]:
        """Return price per utility as a ratio where every supporter can pay in full."""
        support = self.support(project)
        cost = self.costs[project]
        return cost, support.total_points * (cost if self.spec.weighs_cost else 1)

    def _holds_between(self, state: _State, before: Run, place: int, chosen: int, past: "_Past") -> bool:
        """Return whether this round funds the same project at every endowment from the reference's to this one."""
        if place >= len(before.funded) or before.funded[place] != chosen:
            return False
        highest = before.highest[place]
        for other in state.active:
            if other == chosen or state.lowest[other] > highest:
                continue
            first = self.ranks[chosen] < self.ranks[other]
            if before.rich[place] and state.rich[other] and not state.stale[other]:
                over, under = self._full_price(chosen)
                other_over, other_under = self._full_price(other)
                left, right = over * other_under, other_over * under
                if left < right or (left == right and first):
                    continue
            elif first and past.signature(other) == past.signature(chosen):
                continue
            return False
        return True

    def _charge(self, state: _State, project: int) -> None:
        support = state.supports.get(project) or self.support(project)
        purses = state.purses[support.groups]
        price = state.middle[project]
        if price == inf:
            # Exactly affordable, though not in floating point: everybody gives everything.
            payments = purses
            state.distance *= 2
        else:
            payments = np.minimum(purses, price * support.points)
        cost = float(self.costs[project])
        state.purses[support.groups] = purses - payments
        collected = float((support.voters * payments).sum())
        held = float((support.voters * purses).sum())
        state.distance += abs(collected - cost) + 64 * _EPS * cost + 2 * _EPS * held
        state.active.remove(project)
        if self._overlap is None:
            for other in state.active:
                state.stale[other] = True
        else:
            for other in self._overlap[project]:
                state.stale[other] = True

    # Preparation -----------------------------------------------------------------------------------------------

    def _find_overlap(self) -> list[list[int]] | None:
        """Return for each project those that share a supporter with it, None where that table would be too large."""
        size = len(self.costs)
        groups = len(self.election.ballots)
        if size * groups > _MAX_OVERLAP_CELLS:
            return None
        table = np.zeros((groups, size), dtype=np.float32)
        for project, support in enumerate(self.supports):
            if support is not None:
                table[support.groups, project] = 1
        shared = table.T @ table
        return [np.flatnonzero(row).tolist() for row in shared]


class _Past:
    """What a run has done so far in exact terms, brought up to the present round only when somebody asks."""

    def __init__(self, engine: EqualShares, run: Run) -> None:
        self._engine = engine
        self._run = run
        self._purses: ExactPurses | None = None
        self._lineage: Lineage | None = None
        self._paid = 0
        self._named = 0

    def price(self, project: int) -> tuple[int, int] | None:
        """Return price per utility over the purses' present denominator as a ratio, None if it cannot be paid."""
        engine, run = self._engine, self._run
        if self._purses is None:
            self._purses = ExactPurses(len(engine.election.ballots), run.numerator, run.denominator)
        for funded in run.funded[self._paid :]:
            self._purses.charge(engine.support(funded))
        self._paid = len(run.funded)
        price: Price | None = self._purses.price(engine.support(project))
        if price is None:
            return None
        return price.numerator, price.points * (engine.costs[project] if engine.spec.weighs_cost else 1)

    def signature(self, project: int) -> int:
        """Return a number that two projects share only if their prices are equal at every endowment."""
        engine, run = self._engine, self._run
        if self._lineage is None:
            self._lineage = Lineage(len(engine.election.ballots))
        for funded in run.funded[self._named :]:
            self._lineage.charge(engine.support(funded))
        self._named = len(run.funded)
        return self._lineage.signature(engine.support(project))


def _supports(election: Election, spec: RuleSpec, projects: Iterable[int]) -> list[Support | None]:
    groups: list[list[int]] = [[] for _ in election.projects]
    given: list[list[int]] = [[] for _ in election.projects]
    for group, ballot in enumerate(election.ballots):
        for project, points in zip(ballot.projects, ballot.points, strict=True):
            if points:
                groups[project].append(group)
                given[project].append(points if spec.uses_points else 1)
    weights = np.array([ballot.count for ballot in election.ballots], dtype=np.float64)
    allowed = set(projects)
    supports: list[Support | None] = []
    for project in range(len(election.projects)):
        if project not in allowed or not groups[project]:
            supports.append(None)
            continue
        members: Ints = np.array(groups[project], dtype=np.int64)
        supports.append(
            _support(
                members,
                weights[members],
                np.array(given[project], dtype=np.float64),
                election.projects[project].cost,
            )
        )
    return supports


def _support(groups: Ints, voters: Floats, points: Floats, cost: int) -> Support:
    return Support(
        groups=groups,
        voters=voters,
        points=points,
        cost=cost,
        total_voters=int(voters.sum()),
        total_points=int((voters * points).sum()),
        most_points=int(points.max()) if len(points) else 1,
    )


def _part(support: Support, kept: Ints) -> Support:
    return _support(support.groups[kept], support.voters[kept], support.points[kept], support.cost)
