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
Where that is too strict, a second argument helps: as long as the same supporters give all they have, purses and prices
are straight lines in the endowment, so that what holds at a and at b holds between them. And two projects whose
supporters have paid for projects of equal price so far are level at every endowment (`exact.Lineage`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.election import Election
from budgeting.counting.exact import ExactPurses, Floats, Ints, Lineage, Price, Support
from budgeting.counting.rules import RuleSpec

_EPS = 2.0**-52
_MAX_OVERLAP_CELLS = 20_000_000
# With more groups than this, the payers change too often between two endowments for the second argument to pay off.
_STRAIGHT_GROUPS = 500


@dataclass(slots=True)
class Run:
    """One run of the rounds with the endowment numerator / denominator (units per voter).

    For each round: bounds of the price of the funded project (`lowest`, `highest`), its `points` as in `_Bounds`, and the
    purses before it was paid with the bound on their error. `ties` holds (round, projects level at the front).
    """

    numerator: int
    denominator: int
    funded: list[int] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    points: list[int] = field(default_factory=list)
    purses: list[Floats] = field(default_factory=list)
    distances: list[float] = field(default_factory=list)
    ties: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    same_as_reference: bool = False
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Bounds of a price per utility, infinite where it cannot be paid; `middle` is the computed price per point.

    Where all supporters who have anything left can certainly pay the full price, `points` are the points they gave, so that
    the price per point is exactly cost / points; otherwise it is 0.
    """

    lowest: float
    middle: float
    highest: float
    points: int = 0


_UNPAYABLE = _Bounds(inf, inf, inf)


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
    broke: NDArray[np.bool_]
    distance: float
    lowest: list[float]
    bounds: list[_Bounds]
    stale: list[bool]
    active: list[int]
    supports: dict[int, Support]
    straight: bool
    waiting: list[int]


class EqualShares:
    """An election made ready for many runs: projects by position, supporters as arrays of groups."""

    def __init__(
        self,
        election: Election,
        spec: RuleSpec,
        *,
        projects: Iterable[int],
        ranks: Sequence[int],
        budget: int,
        funded: Collection[int] = (),
    ) -> None:
        self.election = election
        self.budget = budget
        self.funded = frozenset(funded)
        self.permits = election.permits
        self.spec = spec
        self.ranks = ranks
        self.voters = election.num_votes
        self.supports = _supports(election, spec, projects)
        self.costs = [project.cost for project in election.projects]
        self.factors = [float(cost or 1) if spec.weighs_cost else 1.0 for cost in self.costs]
        supported = [p for p, support in enumerate(self.supports) if support is not None]
        # Under limits a project that costs nothing may have to wait for another one, so that it takes part in the rounds.
        self.free = [] if self.permits.any else [p for p in supported if not self.costs[p]]
        self.free.sort(key=ranks.__getitem__)
        self.candidates = [p for p in supported if p not in self.free]
        self._overlap = self._find_overlap()

    def count(self) -> Shares:
        """Return the decisive run under the completion of the rule (without the greedy part of it)."""
        budget, voters = self.budget, self.voters
        if not voters:
            return Shares(Run(0, 1), self.free)
        run = self.run(budget, voters)
        if not self.spec.add1:
            return Shares(run, self.free)
        return self._add1(run)

    def _add1(self, run: Run) -> Shares:
        budget, voters = self.budget, self.voters
        one = self.election.money_scale * voters
        raised, step = 0, 1
        while True:
            spent = self._cost(run)
            missing = self._open(run)
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

    def _open(self, run: Run) -> list[int]:
        """Return the supported projects that have not won and may be funded beside those that have."""
        won = self.funded.union(run.funded)
        return self.permits.allowed((p for p in self.candidates if p not in won), won)

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
            run.lowest.append(state.bounds[chosen].lowest)
            run.highest.append(state.bounds[chosen].highest)
            run.points.append(state.bounds[chosen].points)
            run.distances.append(state.distance)
            run.purses.append(state.purses)
            state.purses = state.purses.copy()
            self._charge(state, chosen)
            if self.permits.any:
                self._admit(state, run)
        run.given_up = only_if_same and not run.same_as_reference
        return run

    def _start(self, numerator: int, denominator: int) -> _State:
        endowment = numerator / denominator
        size = len(self.costs)
        state = _State(
            purses=np.full(len(self.election.ballots), endowment),
            broke=np.zeros(len(self.election.ballots), dtype=np.bool_),
            distance=4 * _EPS * endowment * self.voters,
            lowest=[inf] * size,
            bounds=[_UNPAYABLE] * size,
            stale=[True] * size,
            active=[],
            supports={},
            straight=len(self.election.ballots) <= _STRAIGHT_GROUPS,
            waiting=[],
        )
        for project in self.candidates:
            support = self.support(project)
            if numerator * support.total_voters < self.costs[project] * denominator:
                continue
            if self.permits.any:
                block = self.permits.block(project, self.funded)
                if block is not None:
                    if not block.for_good:
                        state.waiting.append(project)
                    continue
            state.active.append(project)
            bounds = self._rich(project, support)
            state.lowest[project] = bounds.lowest
            if numerator * support.total_points >= support.most_points * self.costs[project] * denominator:
                state.bounds[project] = bounds
                state.stale[project] = False
        return state

    def _admit(self, state: _State, run: Run) -> None:
        """Take in the projects that waited for another one, and leave out those that may no longer be funded."""
        won = self.funded.union(run.funded)
        blocks = {p: self.permits.block(p, won) for p in (*state.active, *state.waiting)}
        for project in state.waiting:
            if blocks[project] is None:
                state.lowest[project], state.stale[project] = 0.0, True
        state.waiting = [p for p in state.waiting if (block := blocks[p]) is not None and not block.for_good]
        state.active = [p for p, block in blocks.items() if block is None]

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
                limit = min(limit, state.bounds[project].highest)
            if any(state.lowest[project] == inf for project in seen):
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
        support = state.supports.get(project) or self.support(project)
        broke = state.broke[support.groups]
        if broke.any():
            support = _part(support, np.flatnonzero(~broke))
            state.supports[project] = support
        purses = state.purses[support.groups]
        bounds = self._price(project, support, purses, state.distance)
        state.stale[project] = False
        state.bounds[project] = bounds
        state.lowest[project] = bounds.lowest

    def _rich(self, project: int, support: Support) -> _Bounds:
        """Return the bounds of the price that is paid if every supporter can pay it in full."""
        price = self.costs[project] / support.total_points
        each = price / self.factors[project]
        return _Bounds(each * (1 - 8 * _EPS), price, each * (1 + 8 * _EPS), support.total_points)

    def _price(self, project: int, support: Support, purses: Floats, distance: float) -> _Bounds:
        """Bound the price of a project; `support` may leave out supporters who certainly have nothing left."""
        if not len(purses):
            return _UNPAYABLE
        cost = float(self.costs[project])
        ratios = purses if support.most_points == 1 else purses / support.points
        if ratios.min() - distance > cost / support.total_points * (1 + 8 * _EPS):
            return self._rich(project, support)
        slack = distance + 4 * (len(purses) + 16) * _EPS * cost
        order = np.argsort(ratios)
        sorted_ratios = ratios[order]
        voters = support.voters[order]
        points = voters if support.most_points == 1 else voters * support.points[order]
        held = points * sorted_ratios
        paid = np.cumsum(held)
        if paid[-1] < cost - slack:
            return _UNPAYABLE
        poorer = paid - held
        able = points.sum() - (np.cumsum(points) - points)
        collected = poorer + sorted_ratios * able
        prices = []
        for target in (cost - slack, cost, cost + slack):
            at = int(np.searchsorted(collected, target))
            prices.append(float((target - poorer[at]) / able[at]) if at < len(collected) else inf)
        factor = self.factors[project]
        return _Bounds(
            lowest=max(prices[0], 0.0) / factor * (1 - 8 * _EPS),
            middle=prices[1],
            highest=prices[2] / factor * (1 + 8 * _EPS),
        )

    def _settle(self, state: _State, front: list[int], past: "_Past") -> list[int]:
        """Decide exactly between projects that floating point cannot separate; drop those that cannot be paid."""
        if all(state.bounds[project].points for project in front):
            prices = {project: self._full_price(project, state.bounds[project].points) for project in front}
        else:
            alike = {project: past.signature(project) for project in front}
            if len(set(alike.values())) == 1 and all(
                state.bounds[project].highest < inf for project in front
            ):
                return front
            prices = {}
            shared: dict[int, tuple[int, int] | None] = {}
            for project in front:
                if alike[project] not in shared:
                    shared[alike[project]] = past.price(project)
                found = shared[alike[project]]
                if found is None:
                    state.lowest[project] = inf
                    state.bounds[project] = _UNPAYABLE
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

    def _full_price(self, project: int, points: int) -> tuple[int, int]:
        """Return price per utility as a ratio where supporters who gave these points pay in full."""
        cost = self.costs[project]
        return cost, points * (cost if self.spec.weighs_cost else 1)

    def _holds_between(self, state: _State, before: Run, place: int, chosen: int, past: "_Past") -> bool:
        """Return whether this round funds the same project at every endowment from the reference's to this one."""
        if place >= len(before.funded) or before.funded[place] != chosen:
            return False
        highest = before.highest[place]
        for other in state.active:
            if other == chosen or state.lowest[other] > highest:
                continue
            first = self.ranks[chosen] < self.ranks[other]
            if before.points[place] and state.bounds[other].points:
                over, under = self._full_price(chosen, before.points[place])
                other_over, other_under = self._full_price(other, state.bounds[other].points)
                left, right = over * other_under, other_over * under
                if left < right or (left == right and first):
                    continue
            elif (
                first
                and state.lowest[other] <= state.bounds[chosen].highest
                and past.signature(other) == past.signature(chosen)
            ):
                continue
            if not (state.straight and self._same_payers(state, before, place, chosen)):
                return False
            if not self._same_payers(state, before, place, other):
                return False
        state.straight = state.straight and self._same_payers(state, before, place, chosen)
        return True

    def _same_payers(self, state: _State, before: Run, place: int, project: int) -> bool:
        """Return whether certainly the same supporters would give all they have at both endowments."""
        support = self.support(project)
        earlier = before.purses[place][support.groups]
        distance = before.distances[place]
        bounds = self._price(project, support, earlier, distance)
        poor = self._poor(project, support, earlier, distance, bounds)
        if poor is None:
            return False
        later = self._poor(
            project, support, state.purses[support.groups], state.distance, state.bounds[project]
        )
        return later is not None and bool(np.array_equal(poor, later))

    def _poor(
        self, project: int, support: Support, purses: Floats, distance: float, bounds: _Bounds
    ) -> NDArray[np.bool_] | None:
        """Return which supporters cannot pay the price, None where that is uncertain or the price cannot be paid."""
        if bounds.highest == inf:
            return None
        factor = self.factors[project]
        poor: NDArray[np.bool_] = purses + distance < bounds.lowest * factor * (1 - 4 * _EPS) * support.points
        able = purses - distance > bounds.highest * factor * (1 + 4 * _EPS) * support.points
        return poor if bool(np.all(poor | able)) else None

    def _charge(self, state: _State, project: int) -> None:
        support = state.supports.get(project) or self.support(project)
        purses = state.purses[support.groups]
        price = state.bounds[project].middle
        if price == inf:
            # Exactly affordable, though not in floating point: everybody gives everything.
            payments = purses
            state.distance *= 2
        else:
            payments = np.minimum(purses, price * support.points)
            least = state.bounds[project].lowest * self.factors[project] * (1 - 4 * _EPS)
            state.broke[support.groups] |= purses + state.distance < least * support.points
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
    entries = election.entries
    given = np.flatnonzero(entries.points)
    ordered = given[np.argsort(entries.projects[given], kind="stable")]
    starts = np.searchsorted(entries.projects[ordered], np.arange(len(election.projects) + 1))
    supports: list[Support | None] = [None] * len(election.projects)
    for project in projects:
        rows = ordered[starts[project] : starts[project + 1]]
        if len(rows):
            supports[project] = _support(
                entries.groups[rows],
                entries.voters[rows].astype(np.float64),
                entries.points[rows].astype(np.float64) if spec.uses_points else np.ones(len(rows)),
                election.projects[project].cost,
            )
    return supports


def _support(groups: Ints, voters: Floats, points: Floats, cost: int) -> Support:
    return Support(
        groups=groups,
        voters=voters,
        points=points,
        cost=cost,
        total_voters=int(voters.sum()),
        total_points=int(voters @ points),
        most_points=int(points.max()),
    )


def _part(support: Support, kept: Ints) -> Support:
    voters, points = support.voters[kept], support.points[kept]
    return Support(
        groups=support.groups[kept],
        voters=voters,
        points=points,
        cost=support.cost,
        total_voters=support.total_voters,
        total_points=int(voters @ points),
        most_points=support.most_points,
    )
