"""Count an election under a rule and say for every project why it won or lost."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import inf

from budgeting.counting.election import Election
from budgeting.counting.equal_shares import EqualShares, Run, Shares
from budgeting.counting.exact import ExactPurses
from budgeting.counting.greedy import Taken, greedy_scores, run_greedy
from budgeting.counting.limits import Block
from budgeting.counting.maximin import run_maximin
from budgeting.counting.money import format_fraction
from budgeting.counting.outcome import Explanation, Numbers, Outcome, Step, Tie
from budgeting.counting.phragmen import run_phragmen
from budgeting.counting.rules import RuleSpec
from budgeting.counting.ties import tie_ranks


def count(
    election: Election, rule: RuleSpec, *, progress: Callable[[str, int], None] | None = None
) -> Outcome:
    """Return the outcome of the election under the rule; the same input gives the same outcome, byte for byte.

    `progress` is called now and then in a long count with what is being done and how far it has come: the currency units by
    which Add1 has raised the endowment, or the rounds of maximin support.
    """
    return _Tally(election, rule, progress or _silent).outcome()


def _silent(stage: str, number: int) -> None:
    """Tell nobody."""


class _Tally:
    """Collects winners, steps, ties and reasons of one count."""

    def __init__(self, election: Election, rule: RuleSpec, progress: Callable[[str, int], None]) -> None:
        self.election = election
        self.progress = progress
        self.rule = rule
        self.ranks = tie_ranks(election, rule.ties, rule.seed)
        self.supporters = election.supporters
        self.permits = election.permits
        self.allowed = [
            p
            for p, score in enumerate(election.scores)
            if score >= rule.threshold and p not in self.permits.fixed
        ]
        self.won: set[int] = set()
        self.money = election.budget
        self.steps: list[Step] = []
        self.ties: list[tuple[int, str, tuple[int, ...]]] = []
        self.reasons: dict[int, tuple[str, Numbers]] = {}
        self.details: dict[str, int | str | list[str]] = {}

    def outcome(self) -> Outcome:
        self._fixed_winners()
        if self.rule.rule == "greedy":
            self._greedy("greedy", self.allowed)
        elif self.rule.rule == "equal-shares":
            self._equal_shares()
        elif self.rule.rule == "phragmen":
            self._phragmen()
        else:
            self._maximin()
        if self.rule.completes_greedily:
            self._greedy("completion", [project for project in self.allowed if project not in self.won])
        projects = self.election.projects
        return Outcome(
            rule=self.rule,
            election_digest=self.election.digest,
            winners=tuple(project.id for at, project in enumerate(projects) if at in self.won),
            budget=self.election.budget,
            total_cost=self.election.budget - self.money,
            money_scale=self.election.money_scale,
            num_votes=self.election.num_votes,
            steps=tuple(self.steps),
            ties=tuple(
                Tie(
                    step, stage, self._ids(level), decisive=0 < len(self.won.intersection(level)) < len(level)
                )
                for step, stage, level in self.ties
            ),
            explanations=tuple(self._explanation(at) for at in range(len(projects))),
            details=self.details,
        )

    def _ids(self, projects: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.election.projects[project].id for project in projects)

    def _cost(self, project: int) -> int:
        return self.election.projects[project].cost

    def _step(self, stage: str, project: int, decision: str, numbers: Numbers) -> None:
        self.steps.append(
            Step(len(self.steps) + 1, stage, self.election.projects[project].id, decision, numbers)
        )

    def _fund(self, project: int) -> None:
        self.won.add(project)
        self.money -= self._cost(project)

    def _fixed_winners(self) -> None:
        for project in self.permits.fixed:
            numbers: Numbers = {"cost": self._money(self._cost(project))}
            self._fund(project)
            self._step("fixed", project, "funded", numbers)
            self.reasons[project] = ("fixed", numbers)

    # Greedy ----------------------------------------------------------------------------------------------------

    def _greedy(self, stage: str, projects: Sequence[int]) -> None:
        scores = greedy_scores(self.election, self.rule)
        met = run_greedy(
            self.election, self.rule, projects=projects, money=self.money, ranks=self.ranks, funded=self.won
        )
        stopped_by = (
            next((t for t in met if not t.funded and t.block is None), None) if not self.rule.skip else None
        )
        for taken in met:
            numbers: dict[str, int | str | list[str]] = {
                "rank": taken.rank,
                "score": scores[taken.project],
                "cost": self._money(self._cost(taken.project)),
                "money_before": self._money(taken.money_before),
            }
            if taken.level_with[0] == taken.project and len(taken.level_with) > 1:
                funded = sum(other.funded for other in met if other.project in taken.level_with)
                if 0 < funded < len(taken.level_with):
                    self.ties.append((len(self.steps) + 1, stage, taken.level_with))
            decision = "funded" if taken.funded else "passed-over"
            if taken is stopped_by:
                decision = "stopped"
            if not taken.stopped:
                self._step(stage, taken.project, decision, numbers)
            if taken.funded:
                self._fund(taken.project)
            self._greedy_reason(stage, taken, numbers, stopped_by)

    def _greedy_reason(self, stage: str, taken: Taken, numbers: Numbers, stopped_by: Taken | None) -> None:
        project, cost = taken.project, self._cost(taken.project)
        earlier = self.reasons.get(project, ("", {}))
        left = {"money_left": self._money(taken.money_before)}
        if taken.funded:
            kind = "completion-funded" if stage == "completion" and self.supporters[project] else "funded"
            self.reasons[project] = (kind, {**earlier[1], **numbers})
        elif taken.stopped and stopped_by is not None:
            by = self.election.projects[stopped_by.project].id
            self.reasons[project] = ("after-stop", {**numbers, "stopped_by": by})
        elif taken.block is not None:
            self.reasons[project] = (taken.block.kind, {**numbers, **self._shown(taken.block)})
        elif taken.lost_tie(cost):
            winners = [other for other in taken.level_with if other in self.won]
            tied: Numbers = {**numbers, **left, "tied_with": list(self._ids(winners))}
            self.reasons[project] = ("lost-tie", tied)
        elif stage == "completion" and earlier[0] == "shares-missing":
            self.reasons[project] = ("completion-does-not-fit", {**earlier[1], **numbers, **left})
        elif cost <= self.election.budget:
            self.reasons[project] = ("does-not-fit", {**numbers, **left})

    # Equal shares ----------------------------------------------------------------------------------------------

    def _equal_shares(self) -> None:
        engine = EqualShares(
            self.election,
            self.rule,
            projects=self.allowed,
            ranks=self.ranks,
            budget=self.money,
            funded=self.won,
        )
        shares = engine.count(self.progress)
        run = shares.run
        for project in shares.free:
            self._fund(project)
            numbers: Numbers = {"supporters": self.supporters[project], "cost": self._money(0)}
            self._step("equal-shares", project, "funded", numbers)
            self.reasons[project] = ("shares-free", numbers)
        first = len(self.steps)
        self.ties = [(first + place, "equal-shares", level) for place, level in run.ties]
        self._describe_endowment(shares)
        purses = ExactPurses(len(self.election.ballots), run.numerator, run.denominator)
        for place, project in enumerate(run.funded):
            payment = purses.charge(engine.support(project))
            price = payment.price
            if run.highest[place] < float("inf"):
                bound = Fraction(run.highest[place]) * (self._cost(project) if self.rule.weighs_cost else 1)
                if price > bound:
                    raise ArithmeticError(f"The exact price of round {place + 1} is above its bound.")
            self._fund(project)
            numbers = {
                "round": place + 1,
                "supporters": self.supporters[project],
                "in_full": payment.in_full,
                "cost": self._money(self._cost(project)),
                "share": self._fraction(price),
                "endowment": self.details["endowment"],
                "money_after": self._money(self.money),
            }
            self._step("equal-shares", project, "funded", numbers)
            by_points = self.rule.uses_points and self.election.has_points
            self.reasons[project] = ("shares-funded-by-points" if by_points else "shares-funded", numbers)
        for project in engine.candidates:
            if project in self.won or self._cost(project) > self.election.budget:
                continue
            block = self.permits.block(project, self.won)
            if block is not None:
                self.reasons[project] = self._blocked(project, block)
                continue
            cost = self._cost(project)
            money, missing = self._left_together(engine, run, purses, project)
            self.reasons[project] = (
                "shares-missing",
                {
                    "supporters": self.supporters[project],
                    "supporters_money": money,
                    "cost": self._money(cost),
                    "missing": missing,
                },
            )

    def _left_together(
        self, engine: EqualShares, run: Run, purses: ExactPurses, project: int
    ) -> tuple[str, str]:
        """Return what the supporters have left together, and what they lack, as decimal text.

        The purses of the run are sure up to a bound; only where that leaves two answers are they added up exactly.
        """
        support, cost = engine.support(project), self._cost(project)
        about = float(support.voters @ run.left[support.groups])
        error = run.distance + len(support.groups) * 2.0**-50 * about
        if error < inf:
            answers = {
                (self._fraction(max(left, Fraction(0))), self._fraction(cost - left, up=True))
                for left in (Fraction(about - error), Fraction(about + error))
            }
            if len(answers) == 1:
                return answers.pop()
        left = purses.money(support)
        return self._fraction(left), self._fraction(cost - left, up=True)

    def _describe_endowment(self, shares: Shares) -> None:
        run, budget, voters = shares.run, self.money, self.election.num_votes
        self.details["endowment"] = self._fraction(Fraction(run.numerator, run.denominator))
        self.details["endowment_at_first"] = self._fraction(Fraction(budget, voters or 1))
        if self.rule.add1:
            self.details["raised_by"] = shares.raised_by
            self.details["stopped_because"] = shares.stopped_because or "no-voters"

    # Phragmén and maximin support ------------------------------------------------------------------------------

    def _phragmen(self) -> None:
        flow = run_phragmen(
            self.election, projects=self.allowed, money=self.money, ranks=self.ranks, funded=self.won
        )
        for place, bought in enumerate(flow.bought, start=1):
            if len(bought.level) > 1:
                self.ties.append((len(self.steps) + 1, "phragmen", bought.level))
            numbers = self._round(place, bought.project, bought.load)
            self._step("phragmen", bought.project, "funded", numbers)
            self.reasons[bought.project] = (
                "funded-without-support" if bought.load is None else "phragmen-funded",
                numbers,
            )
        if len(flow.stopped_at) > 1:
            self.ties.append((len(self.steps) + 1, "phragmen", flow.stopped_at))
        stopped_by = next((p for p in flow.stopped_at if self._cost(p) > self.money), None)
        for project, needed in flow.loads.items():
            block = self.permits.block(project, self.won)
            if block is not None:
                self.reasons[project] = self._blocked(project, block)
            elif stopped_by is not None and self.supporters[project]:
                self._too_late(project, stopped_by, needed or Fraction(0), flow.stopped_load or Fraction(0))
        if stopped_by is not None:
            self._step(
                "phragmen",
                stopped_by,
                "stopped",
                self._round(len(flow.bought) + 1, stopped_by, flow.stopped_load),
            )

    def _too_late(self, project: int, stopped_by: int, needed: Fraction, load: Fraction) -> None:
        numbers: dict[str, int | str | list[str]] = {
            "supporters": self.supporters[project],
            "cost": self._money(self._cost(project)),
            "load": self._fraction(load),
            "money_left": self._money(self.money),
        }
        kind = "phragmen-stopped"
        if project != stopped_by:
            kind = "phragmen-too-late"
            numbers["stopped_by"] = self.election.projects[stopped_by].id
            numbers["needed"] = self._fraction(needed)
        self.reasons[project] = (kind, numbers)

    def _maximin(self) -> None:
        spreads = run_maximin(
            self.election,
            projects=self.allowed,
            money=self.money,
            ranks=self.ranks,
            funded=self.won,
            progress=self.progress,
        )
        for place, spread in enumerate(spreads, start=1):
            if len(spread.level) > 1:
                self.ties.append((len(self.steps) + 1, "maximin", spread.level))
            numbers = self._round(place, spread.project, spread.load)
            self._step("maximin", spread.project, "funded", numbers)
            self.reasons[spread.project] = (
                "funded-without-support" if spread.load is None else "maximin-funded",
                numbers,
            )
        for project in self.allowed:
            if project in self.won:
                continue
            block = self.permits.block(project, self.won)
            if block is not None:
                self.reasons[project] = self._blocked(project, block)
            else:
                numbers = {"cost": self._money(self._cost(project)), "money_left": self._money(self.money)}
                self.reasons[project] = ("maximin-does-not-fit", numbers)

    def _round(self, place: int, project: int, load: Fraction | None) -> Numbers:
        """Fund the project where it still can be and return the numbers of the round."""
        numbers: dict[str, int | str | list[str]] = {
            "round": place,
            "supporters": self.supporters[project],
            "cost": self._money(self._cost(project)),
            "money_before": self._money(self.money),
        }
        if load is not None:
            numbers["load"] = self._fraction(load)
        if self._cost(project) <= self.money:
            self._fund(project)
        return numbers

    # Reasons ---------------------------------------------------------------------------------------------------

    def _explanation(self, project: int) -> Explanation:
        kind, numbers = self._reason(project)
        return Explanation(self.election.projects[project].id, project in self.won, kind, numbers)

    def _reason(self, project: int) -> tuple[str, Numbers]:
        cost, score = self._cost(project), self.election.scores[project]
        if project in self.won:
            return self.reasons[project]
        if cost > self.election.budget:
            return "over-budget", {"cost": self._money(cost), "budget": self._money(self.election.budget)}
        if score < self.rule.threshold:
            return "below-threshold", {"score": score, "threshold": self.rule.threshold}
        block = self.permits.block(project, self.won)
        if project not in self.reasons and block is not None:
            return self._blocked(project, block)
        return self.reasons.get(project, ("no-support", {"supporters": 0, "cost": self._money(cost)}))

    def _blocked(self, project: int, block: Block) -> tuple[str, Numbers]:
        return block.kind, {"cost": self._money(self._cost(project)), **self._shown(block)}

    def _shown(self, block: Block) -> Numbers:
        return {
            key: self._money(value) if key == "left" and isinstance(value, int) else value
            for key, value in block.numbers.items()
        }

    def _money(self, units: int) -> str:
        return self.election.money(units)

    def _fraction(self, units: Fraction, *, up: bool = False) -> str:
        """Return units as currency with two decimals, cut off, or rounded up so that a lack never reads as 0."""
        value = units / self.election.money_scale
        if up:
            value = Fraction(-((-value.numerator * 100) // value.denominator), 100)
        return format_fraction(value, 2)
