"""Which rule counts an area: read from the frozen rules of its ballot box, never from the page."""

from budgeting.counting.rules import RuleSpec
from budgeting.enums import BallotStyle, CountingRule
from budgeting.models import Area, BallotBox

_COMPLETIONS = {CountingRule.GREEDY: "none", CountingRule.EQUAL_SHARES: "add1+utilitarian"}
_WITH_POINTS = (BallotStyle.POINTS, BallotStyle.RANKING)


def area_rules(box: BallotBox, area: Area) -> dict:
    """Return what was frozen for one area (amount, ballot style, limits, rule, projects with their costs)."""
    return next(frozen for frozen in box.rules["areas"] if frozen["id"] == area.pk)


def spec_of(box: BallotBox, area: Area) -> RuleSpec:
    """Return the frozen rule of an area as the counting library takes it; an imported file brings its own `counting`."""
    frozen = area_rules(box, area)
    if "counting" in frozen:
        return RuleSpec(**frozen["counting"])
    return spec_for(
        frozen["rule"], style=frozen["ballot_style"], ties=box.rules["ties"], seed=box.rules["tie_seed"]
    )


def spec_for(rule: str, *, style: str, ties: str, seed: str, threshold: int = 1) -> RuleSpec:
    """Return the full rule behind a choice of `CountingRule`: equal shares is completed by Add1, then by votes.

    A project that nobody supports is never funded, even where money is left.
    """
    return RuleSpec(
        rule=str(rule),
        utility="points-x-cost" if style in _WITH_POINTS else "cost",
        completion=_COMPLETIONS[CountingRule(rule)],
        ties=ties,
        seed=seed,
        threshold=threshold,
    )


def other_spec(spec: RuleSpec, *, style: str) -> RuleSpec:
    """Return the rule to compare with: equal shares beside any greedy rule, greedy beside equal shares."""
    other = CountingRule.EQUAL_SHARES if spec.rule == CountingRule.GREEDY else CountingRule.GREEDY
    return spec_for(other, style=style, ties=spec.ties, seed=spec.seed, threshold=max(1, spec.threshold))
