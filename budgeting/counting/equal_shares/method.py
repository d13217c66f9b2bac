"""The run that counts: the first one, or under Add1 the last one that keeps the budget."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from budgeting.counting.equal_shares.rounds import Rounds, Run

# A step is taken a little shorter than it might be, and never grows by more than this at once.
_CAUTION, _MOST_GROWTH = 0.8, 4


@dataclass(slots=True)
class Shares:
    """The run that counts, and how far Add1 raised the endowment (whole currency units) and why it stopped there."""

    run: Run
    free: list[int]
    raised_by: int = 0
    stopped_because: str = ""


class EqualShares(Rounds):
    """The Method of Equal Shares under the completion of the rule (without the greedy part of it)."""

    def count(self, progress: Callable[[str, int], None]) -> Shares:
        """Return the decisive run."""
        if not self.voters:
            return Shares(Run(0, 1), self.free)
        run = self.run(self.budget, self.voters)
        return self._add1(run, progress) if self.spec.add1 else Shares(run, self.free)

    def _add1(self, run: Run, progress: Callable[[str, int], None]) -> Shares:
        one = self.election.money_scale * self.voters
        raised, step = 0, 1
        paces: list[float] = []
        while True:
            progress("add1", raised)
            spent = sum(self.costs[project] for project in run.funded)
            missing = self._open(run)
            if not missing:
                return Shares(run, self.free, raised, "everything-funded")
            if self.spec.stops_when_nothing_fits and all(
                self.costs[p] > self.budget - spent for p in missing
            ):
                return Shares(run, self.free, raised, "nothing-more-fits")
            further = self.run(
                self.budget + (raised + step) * one, self.voters, reference=run, only_if_same=step > 1
            )
            if further.given_up:
                step = max(1, step // 3)
                continue
            if not further.same_as_reference:
                if sum(self.costs[project] for project in further.funded) > self.budget:
                    return Shares(run, self.free, raised, "next-step-overspends")
            else:
                paces = _paces(run, further, step)
            raised += step
            run = further
            step = _next_step(run, paces, step)

    def _open(self, run: Run) -> list[int]:
        """Return the supported projects that have not won and may be funded beside those that have."""
        won = self.funded.union(run.funded)
        return self.permits.allowed((p for p in self.candidates if p not in won), won)


def _paces(before: Run, after: Run, step: int) -> list[float]:
    """Return for each round by which part its price fell for each unit of the endowment."""
    return [
        (earlier / later - 1) / step if 0 < later < earlier < inf else 0.0
        for earlier, later in zip(before.lowest, after.lowest, strict=True)
    ]


def _next_step(run: Run, paces: list[float], step: int) -> int:
    """Guess how far the endowment may be raised until another project comes first in some round.

    A wrong guess costs time, never the result: a longer step counts only if `Rounds.run` proves it.
    """
    reach = min(
        (margin / pace for margin, pace in zip(run.margins, paces, strict=False) if pace), default=inf
    )
    longest = _MOST_GROWTH * step
    return max(1, int(_CAUTION * reach)) if _CAUTION * reach < longest else longest
