"""The choice of a counting rule: what is frozen and published before voting opens."""

from dataclasses import dataclass

RULES = ("greedy", "equal-shares", "phragmen", "maximin")
UTILITIES = ("cost", "cardinality", "points", "points-x-cost")
COMPLETIONS = (
    "none",
    "utilitarian",
    "add1",
    "add1-until-overspend",
    "add1+utilitarian",
    "add1-until-overspend+utilitarian",
)
TIES = ("lexicographic", "cost-score-name", "cost-votes-lot")


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule with all its settings; raises ValueError in words for settings that do not go together.

    rule: `greedy` goes down the list, `equal-shares` is the Method of Equal Shares, `phragmen` is sequential Phragmén and
        `maximin` maximin support. The last two ask only whom a voter supports.
    utility: what a voter gains from a project. `cost` (its cost), `cardinality` (one), `points` (the points given),
        `points-x-cost` (points times cost). Greedy sorts by utility per cost: by votes, by votes per cost, by points
        per cost and by points. On approval ballots `points` is `cardinality` and `points-x-cost` is `cost`.
    completion: how equal shares spends what is left (docs/counting.md); Phragmén may be completed by `utilitarian`.
    ties: the tie rule; `seed` feeds the lot of `cost-votes-lot`.
    threshold: projects with a lower score (votes, or points where voters gave points) cannot win.
    skip: greedy only; False stops at the first project that does not fit.
    """

    rule: str = "greedy"
    utility: str = "cost"
    completion: str = "none"
    ties: str = "cost-votes-lot"
    seed: str = ""
    threshold: int = 0
    skip: bool = True

    def __post_init__(self) -> None:
        for name, value, choices in (
            ("rule", self.rule, RULES),
            ("utility", self.utility, UTILITIES),
            ("completion", self.completion, COMPLETIONS),
            ("ties", self.ties, TIES),
        ):
            if value not in choices:
                raise ValueError(f"{name} is “{value}”; choose one of {', '.join(choices)}.")
        if self.rule in ("greedy", "maximin") and self.completion != "none":
            raise ValueError(f"A {self.rule} count has no completion; choose completion none.")
        if self.rule == "phragmen" and self.completion not in ("none", "utilitarian"):
            raise ValueError("A phragmen count may be completed by utilitarian only.")
        if self.rule != "greedy" and not self.skip:
            raise ValueError("Only a greedy count can stop at the first project that does not fit.")
        if self.threshold < 0:
            raise ValueError("The threshold must be zero or more.")

    @property
    def uses_points(self) -> bool:
        """Return whether the number of points a voter gave matters, not only whom the voter supports."""
        return self.utility in ("points", "points-x-cost")

    @property
    def weighs_cost(self) -> bool:
        """Return whether a voter gains more from a dearer project."""
        return self.utility in ("cost", "points-x-cost")

    @property
    def add1(self) -> bool:
        return self.completion.startswith("add1")

    @property
    def stops_when_nothing_fits(self) -> bool:
        return self.completion.removesuffix("+utilitarian") == "add1"

    @property
    def completes_greedily(self) -> bool:
        return self.completion.endswith("utilitarian")
