"""One run of the rounds: who is funded in which order when every voter starts with the same endowment."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.election import Election
from budgeting.counting.equal_shares.prices import EPS, UNPAYABLE, Bounds, bounds_of, full_price, who_is_poor
from budgeting.counting.equal_shares.supports import find_overlap, find_supports, part_of
from budgeting.counting.exact import ExactPurses, Floats, Lineage, Price, Support
from budgeting.counting.rules import RuleSpec

# With more groups than this, the payers change too often between two endowments for the second argument to pay off.
_STRAIGHT_GROUPS = 500


@dataclass(slots=True)
class Run:
    """One run of the rounds with the endowment numerator / denominator (units per voter).

    For each round: bounds of the price of the funded project (`lowest`, `highest`), its `points` as in `Bounds`, and the
    purses before it was paid with the bound on their error. `ties` holds (round, projects level at the front).
    `margins` is how far above the price of the funded project the next price may be, as a part of it. `left` are the purses at
    the end, and `distance` bounds their summed error.
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
    margins: list[float] = field(default_factory=list)
    left: Floats = field(default_factory=lambda: np.zeros(0))
    distance: float = inf


@dataclass(slots=True)
class _State:
    """What changes during one run."""

    purses: Floats
    broke: NDArray[np.bool_]
    distance: float
    lowest: list[float]
    bounds: list[Bounds]
    stale: list[bool]
    active: list[int]
    supports: dict[int, Support]
    straight: bool
    waiting: list[int]
    seen: list[int] = field(default_factory=list)
    unseen: float = inf


class Rounds:
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
        self.supports = find_supports(election, spec, projects)
        self.costs = [project.cost for project in election.projects]
        self.factors = [float(cost or 1) if spec.weighs_cost else 1.0 for cost in self.costs]
        supported = [p for p, support in enumerate(self.supports) if support is not None]
        # Under limits a project that costs nothing may have to wait for another one, so that it takes part in the rounds.
        self.free = [] if self.permits.any else [p for p in supported if not self.costs[p]]
        self.free.sort(key=ranks.__getitem__)
        self.candidates = [p for p in supported if p not in self.free]
        # Where the price of a project was last found in each round: the next run will find it close by.
        self._guesses: dict[tuple[int, int], float] = {}
        self._overlap = find_overlap(election) if spec.add1 else None

    def support(self, project: int) -> Support:
        """Return who supports a project; raise ValueError where nobody does or the rule leaves it out."""
        support = self.supports[project]
        if support is None:
            raise ValueError("The project has no supporters.")
        return support

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
            level = self._front(state, bound, past, place)
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
            lowest = state.bounds[chosen].lowest
            second = min((state.lowest[p] for p in state.seen if p != chosen), default=inf)
            second = min(second, state.unseen)
            run.margins.append(second / lowest - 1 if lowest > 0 and len(level) == 1 else inf)
            run.lowest.append(lowest)
            run.highest.append(state.bounds[chosen].highest)
            run.points.append(state.bounds[chosen].points)
            run.distances.append(state.distance)
            run.purses.append(state.purses)
            state.purses = state.purses.copy()
            self._charge(state, chosen)
            if self.permits.any:
                self._admit(state, run)
        run.given_up = only_if_same and not run.same_as_reference
        run.left, run.distance = state.purses, state.distance
        return run

    def _start(self, numerator: int, denominator: int) -> _State:
        endowment = numerator / denominator
        size = len(self.costs)
        state = _State(
            purses=np.full(len(self.election.ballots), endowment),
            broke=np.zeros(len(self.election.ballots), dtype=np.bool_),
            distance=4 * EPS * endowment * self.voters,
            lowest=[inf] * size,
            bounds=[UNPAYABLE] * size,
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
            bounds = full_price(support, self.factors[project])
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

    def _front(self, state: _State, bound: float, past: "_Past", place: int) -> list[int]:
        """Return the projects that are exactly level at the lowest price, none if nothing can be paid.

        All projects whose price might not be above `bound` are looked at too.
        """
        while True:
            state.active.sort(key=state.lowest.__getitem__)
            limit = inf
            seen: list[int] = []
            state.unseen = inf
            for project in state.active:
                if state.lowest[project] > max(limit, bound):
                    state.unseen = state.lowest[project]
                    break
                if state.stale[project]:
                    self._look_at(state, project, place)
                seen.append(project)
                limit = min(limit, state.bounds[project].highest)
            state.seen = seen
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

    def _look_at(self, state: _State, project: int, place: int) -> None:
        """Bound the price of a project by what its supporters have left."""
        support = state.supports.get(project) or self.support(project)
        broke = state.broke[support.groups]
        if broke.any():
            support = part_of(support, np.flatnonzero(~broke))
            state.supports[project] = support
        purses = state.purses[support.groups]
        spot = (place, project)
        bounds = bounds_of(
            support, purses, state.distance, self.factors[project], self._guesses.get(spot, inf)
        )
        self._guesses[spot] = bounds.middle
        state.stale[project] = False
        state.bounds[project] = bounds
        state.lowest[project] = bounds.lowest

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
                    state.bounds[project] = UNPAYABLE
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
        support, factor = self.support(project), self.factors[project]
        earlier = before.purses[place][support.groups]
        distance = before.distances[place]
        bounds = bounds_of(support, earlier, distance, factor)
        poor = who_is_poor(support, earlier, distance, bounds, factor)
        if poor is None:
            return False
        later = who_is_poor(
            support, state.purses[support.groups], state.distance, state.bounds[project], factor
        )
        return later is not None and bool(np.array_equal(poor, later))

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
            least = state.bounds[project].lowest * self.factors[project] * (1 - 4 * EPS)
            state.broke[support.groups] |= purses + state.distance < least * support.points
        cost = float(self.costs[project])
        state.purses[support.groups] = purses - payments
        collected = float((support.voters * payments).sum())
        held = float((support.voters * purses).sum())
        state.distance += abs(collected - cost) + 64 * EPS * cost + 2 * EPS * held
        state.active.remove(project)
        if self._overlap is None:
            for other in state.active:
                state.stale[other] = True
        else:
            for other in self._overlap[project]:
                state.stale[other] = True


class _Past:
    """What a run has done so far in exact terms, brought up to the present round only when somebody asks."""

    def __init__(self, engine: Rounds, run: Run) -> None:
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
