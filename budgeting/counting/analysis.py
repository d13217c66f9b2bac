"""What a count meant for the voters: whose money paid, effective votes by round, what each group got, what was missing.

Nothing here decides who wins. Everything is derived from an election and its outcome, so that an old count can be
explained from its published file. Amounts are whole units and add up exactly; effective votes are floating point,
rounded to one decimal for reading.

Sources: effective votes after equalshares.net/explanation; "share" (each supporter of a funded project bears cost /
supporters of it) after Lackner, Maly and Rey, "Fairness in Participatory Budgeting via Equality of Resources" (AAMAS
2023); missing support after Boehmer et al., "Evaluation of Project Performance in Participatory Budgeting" (IJCAI 2024).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.election import Election
from budgeting.counting.needed import more_votes_needed
from budgeting.counting.outcome import Outcome

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Whoever is told apart by a group must be one of at least so many (k-anonymity).
LEAST_GROUP = 5
_MOST_LABELS = 40
_MOST_FOLLOWED_LOSERS = 12
_MOST_OVERLAPPING = 12


@dataclass(frozen=True, slots=True)
class Round:
    """One funded project in its order: who decided (`stage`), supporters, their effective votes, money in decimal text.

    `each` is what a supporter who paid in full paid (for one point where points count); `left` is the budget after it.
    """

    number: int
    stage: str
    project: str
    supporters: int
    effective: float
    in_full: int
    cost: str
    each: str
    left: str


@dataclass(frozen=True, slots=True)
class ProjectAccount:
    """Who paid for a project, or what it lacked. Money is decimal text.

    from_shares: paid by supporters out of equal shares. from_rest: paid out of common money (greedy rules, completions,
        fixed winners). The two add up to the cost of a winner. effective: effective votes before the first round, and when the
        project won or at the end. more_supporters: how many more would have sufficed (`needed`, docs/counting.md), None where
        that is not known.
    """

    project: str
    won: bool
    supporters: int
    effective_first: float
    effective_last: float
    from_shares: str = "0"
    from_rest: str = "0"
    more_supporters: int | None = None


@dataclass(frozen=True, slots=True)
class GroupAccount:
    """What voters of one label got. `paid` is decimal text: what was spent on projects they support, by their part in it."""

    label: str
    voters: int
    paid: str
    projects_per_voter: float
    with_nothing: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """Voters told apart by one column of the file; `untold` are those without a label or in groups that are too small."""

    column: str
    groups: tuple[GroupAccount, ...]
    untold: GroupAccount | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many voters support both of two projects; the diagonal holds the supporters of each."""

    projects: tuple[str, ...]
    both: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Effective:
    """Effective votes of the projects that mattered: before each round, and after the last one."""

    rounds: tuple[str, ...]
    projects: tuple[str, ...]
    votes: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Analysis:
    """Everything `analyse` found out; see the classes above. `winners_by_voters[n]` voters support n funded projects."""

    voters: int
    budget: str
    spent: str
    funded: int
    with_nothing: int
    projects_per_voter: float
    winners_by_voters: tuple[int, ...]
    rounds: tuple[Round, ...]
    projects: tuple[ProjectAccount, ...]
    effective: Effective
    overlap: Overlap
    groupings: tuple[Grouping, ...] = ()
    version: str = field(default="1")

    def as_dict(self) -> dict[str, Any]:
        """Return the analysis as plain data for JSON."""
        return asdict(self)


def analyse(
    election: Election,
    outcome: Outcome,
    *,
    labels: Mapping[str, Mapping[str, Ints]] | None = None,
    least: int = LEAST_GROUP,
) -> Analysis:
    """Explain an outcome of this election.

    `labels` maps a column to {label: voters of that label in each ballot group}, as `labels.voters_by_label` returns it; groups
    of fewer than `least` voters are told together. Raises ValueError for the outcome of another election.
    """
    if outcome.election_digest != election.digest:
        raise ValueError("The outcome is that of another election.")
    return _Analyst(election, outcome).analysis(labels or {}, least)


class _Analyst:
    """Follows the purses of all ballot groups through the rounds of one outcome."""

    def __init__(self, election: Election, outcome: Outcome) -> None:
        self.election = election
        self.outcome = outcome
        self.place = {project.id: at for at, project in enumerate(election.projects)}
        self.costs = [project.cost for project in election.projects]
        self.counts = np.array([ballot.count for ballot in election.ballots], dtype=np.int64)
        self.won = [self.place[project] for project in outcome.winners]
        self.supporters = election.supporters
        entries = election.entries
        given = np.flatnonzero(entries.points)
        ordered = given[np.argsort(entries.projects[given], kind="stable")]
        starts = np.searchsorted(entries.projects[ordered], np.arange(len(self.costs) + 1))
        self.groups = [entries.groups[ordered[starts[p] : starts[p + 1]]] for p in range(len(self.costs))]
        by_points = outcome.rule.uses_points
        self.points = [
            entries.points[ordered[starts[p] : starts[p + 1]]].astype(np.float64)
            if by_points
            else np.ones(len(self.groups[p]))
            for p in range(len(self.costs))
        ]
        self.endowment = self._endowment()
        self.purses = np.full(len(self.counts), float(self.endowment))
        # What one voter of each group paid for each winner, in units.
        self.paid: dict[int, Floats] = {}
        self.from_shares: dict[int, bool] = {}

    def _endowment(self) -> Fraction:
        """Return the exact share of each voter in the run that counts, in units."""
        voters = self.election.num_votes
        if self.outcome.rule.rule != "equal-shares" or not voters:
            return Fraction(0)
        fixed = sum(
            self.costs[self.place[told.project]] for told in self.outcome.explanations if told.kind == "fixed"
        )
        raised = self.outcome.details.get("raised_by", 0)
        return Fraction(self.election.budget - fixed, voters) + int(str(raised)) * self.election.money_scale

    def analysis(self, labels: Mapping[str, Mapping[str, Ints]], least: int) -> Analysis:
        rounds, effective, first, last = self._follow()
        chosen = np.zeros(len(self.counts), dtype=np.int64)
        for project in self.won:
            chosen[self.groups[project]] += 1
        spread = np.bincount(chosen, weights=self.counts, minlength=1)
        missing = more_votes_needed(self.election, self.outcome, self.endowment)
        return Analysis(
            voters=self.election.num_votes,
            budget=self._money(self.election.budget),
            spent=self._money(self.outcome.total_cost),
            funded=len(self.won),
            with_nothing=int(spread[0]) if self.election.num_votes else 0,
            projects_per_voter=self._per_voter(chosen, self.counts),
            winners_by_voters=tuple(int(voters) for voters in spread),
            rounds=rounds,
            projects=tuple(
                self._account(project, first[project], last[project], missing.get(project))
                for project in range(len(self.costs))
            ),
            effective=effective,
            overlap=self._overlap(),
            groupings=tuple(
                grouping
                for column, voters in labels.items()
                if len(voters) <= _MOST_LABELS
                for grouping in [self._grouping(column, voters, chosen, least)]
                if len(grouping.groups) > 1
            ),
        )

    # Rounds ----------------------------------------------------------------------------------------------------

    def _follow(self) -> tuple[tuple[Round, ...], Effective, list[float], list[float]]:
        """Replay the funded projects in their order; return rounds, effective votes by round, and first and last ones."""
        everyone = range(len(self.costs))
        first = [self._effective(project) for project in everyone]
        last = list(first)
        waiting = set(everyone)
        funded = [step for step in self.outcome.steps if step.decision == "funded"]
        shares = [step for step in funded if step.stage == "equal-shares" and "round" in step.numbers]
        followed = self._followed([self.place[step.project] for step in shares])
        table: list[list[float]] = [[] for _ in followed]
        rounds = []
        money = self.election.budget
        for number, step in enumerate(funded, start=1):
            project = self.place[step.project]
            from_shares = "round" in step.numbers and step.stage == "equal-shares"
            if from_shares:
                for row, other in zip(table, followed, strict=True):
                    row.append(round(self._effective(other), 1) if other in waiting else 0.0)
            last[project] = self._effective(project)
            each, in_full = self._charge(project, from_shares=from_shares)
            waiting.discard(project)
            money -= self.costs[project]
            rounds.append(
                Round(
                    number=number,
                    stage=step.stage,
                    project=step.project,
                    supporters=self.supporters[project],
                    effective=round(last[project], 1) if from_shares else float(self.supporters[project]),
                    in_full=in_full,
                    cost=self._money(self.costs[project]),
                    each=f"{each / self.election.money_scale:.2f}",
                    left=self._money(money),
                )
            )
        for project in waiting:
            last[project] = self._effective(project)
        for row, other in zip(table, followed, strict=True):
            row.append(round(last[other], 1) if other in waiting else 0.0)
        ids = [project.id for project in self.election.projects]
        effective = Effective(
            tuple(step.project for step in shares),
            tuple(ids[project] for project in followed) if shares else (),
            tuple(tuple(row) for row in table) if shares else (),
        )
        return tuple(rounds), effective, first, last

    def _followed(self, winners: Sequence[int]) -> list[int]:
        """Return the winners in their order, then the losers with most supporters."""
        losers = [p for p in range(len(self.costs)) if p not in self.won and self.costs[p]]
        losers.sort(key=lambda p: (-self.supporters[p], p))
        return [*winners, *losers[:_MOST_FOLLOWED_LOSERS]]

    def _effective(self, project: int) -> float:
        """Return how many supporters with enough money left (points, where points count) would pay the same price.

        It is the cost divided by the price for one; 0 where the supporters cannot pay. Outside of equal shares everybody's
        support is whole, so that it is the number of supporters.
        """
        if not self.endowment:
            return float(self.supporters[project])
        price = self._price(project)
        weight = float(self.counts[self.groups[project]] @ self.points[project])
        if price is None:
            return 0.0
        return min(self.costs[project] / price, weight) if price else weight

    def _price(self, project: int) -> float | None:
        """Return the price of one point at which the supporters can just pay, in units; None where they cannot."""
        cost = float(self.costs[project])
        purses, given = self.purses[self.groups[project]], self.points[project]
        voters = self.counts[self.groups[project]]
        weights = voters * given
        if not len(purses) or float(voters @ purses) < cost * (1 - 1e-9):
            return None
        ratios = purses / given
        full = cost / float(weights.sum())
        if float(ratios.min()) >= full:
            return full
        order = np.argsort(ratios)
        ratios, weights = ratios[order], weights[order]
        poorer = np.cumsum(weights * ratios) - weights * ratios
        able = weights.sum() - (np.cumsum(weights) - weights)
        at = min(int(np.searchsorted(poorer + ratios * able, cost * (1 - 1e-12))), len(ratios) - 1)
        return float((cost - poorer[at]) / able[at])

    def _charge(self, project: int, *, from_shares: bool) -> tuple[float, int]:
        """Let the supporters pay; return the price of one and how many paid it in full."""
        groups, cost = self.groups[project], float(self.costs[project])
        voters = self.counts[groups]
        self.from_shares[project] = from_shares
        if not from_shares:
            each = cost / self.supporters[project] if self.supporters[project] else 0.0
            self.paid[project] = np.full(len(groups), each)
            return each, self.supporters[project]
        price = self._price(project)
        if price is None:
            raise ArithmeticError("The supporters cannot pay for a project that they paid for.")
        due = price * self.points[project]
        payments = np.minimum(self.purses[groups], due)
        self.purses[groups] -= payments
        self.paid[project] = payments
        return price, int(voters[payments >= due * (1 - 1e-9)].sum())

    # Accounts --------------------------------------------------------------------------------------------------

    def _account(self, project: int, first: float, last: float, missing: int | None) -> ProjectAccount:
        won = project in self.paid
        cost = self._money(self.costs[project]) if won else "0"
        shares = won and self.from_shares[project]
        return ProjectAccount(
            project=self.election.projects[project].id,
            won=won,
            supporters=self.supporters[project],
            effective_first=round(first, 1),
            effective_last=round(last, 1),
            from_shares=cost if shares else "0",
            from_rest="0" if shares else cost,
            more_supporters=missing,
        )

    def _grouping(self, column: str, voters: Mapping[str, Ints], chosen: Ints, least: int) -> Grouping:
        told = {
            label: counts for label, counts in sorted(voters.items()) if label and int(counts.sum()) >= least
        }
        rest = self.counts - sum(told.values(), np.zeros_like(self.counts))
        if 0 < int(rest.sum()) < least and told:
            # Alone they could be found out by subtraction: the smallest group joins them.
            smallest = min(told, key=lambda label: (int(told[label].sum()), label))
            rest = rest + told.pop(smallest)
        parts = [*told.items(), ("", rest)]
        paid = self._paid_by([counts for _label, counts in parts])
        accounts = [
            GroupAccount(
                label=label,
                voters=int(counts.sum()),
                paid=self._money(amount),
                projects_per_voter=self._per_voter(chosen, counts),
                with_nothing=int(counts[chosen == 0].sum()),
            )
            for (label, counts), amount in zip(parts, paid, strict=True)
        ]
        return Grouping(
            column, tuple(accounts[:-1]), accounts[-1] if accounts[-1].voters or paid[-1] else None
        )

    def _paid_by(self, parts: Sequence[Ints]) -> list[int]:
        """Return for each part of the voters what it paid in units; over all parts they add up to the cost of the winners.

        Parts of a unit go to the largest remainders. What nobody supports is paid by the last part.
        """
        totals = [0] * len(parts)
        for project, each in self.paid.items():
            groups, cost = self.groups[project], self.costs[project]
            raw = [float(counts[groups] @ each) for counts in parts]
            whole = [int(amount) for amount in raw]
            if not self.supporters[project]:
                whole[-1] += cost
            missing = cost - sum(whole)
            order = sorted(range(len(parts)), key=lambda at: (whole[at] - raw[at], at))
            for turn in range(abs(missing)):
                at = (
                    order[turn % len(order)] if missing > 0 else max(range(len(whole)), key=whole.__getitem__)
                )
                whole[at] += 1 if missing > 0 else -1
            totals = [total + amount for total, amount in zip(totals, whole, strict=True)]
        return totals

    def _overlap(self) -> Overlap:
        """Return the overlap of the winners, or of the projects with most supporters where few have won."""
        order = sorted(
            (p for p in range(len(self.costs)) if self.supporters[p]),
            key=lambda p: (p not in self.paid, -self.supporters[p], p),
        )[:_MOST_OVERLAPPING]
        support = np.zeros((len(order), len(self.counts)), dtype=np.float64)
        for row, project in enumerate(order):
            support[row, self.groups[project]] = 1
        both = (support * self.counts) @ support.T
        return Overlap(
            tuple(self.election.projects[p].id for p in order),
            tuple(tuple(int(voters) for voters in row) for row in both),
        )

    def _per_voter(self, chosen: Ints, counts: Ints) -> float:
        voters = int(counts.sum())
        return round(int(chosen @ counts) / voters, 2) if voters else 0.0

    def _money(self, units: int) -> str:
        return self.election.money(units)
