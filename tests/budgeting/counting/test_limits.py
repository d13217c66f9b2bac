"""Fixed winners, projects that exclude or need each other, and quotas."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import COMPLETIONS, Limits, Quota, RuleSpec, count
from tests.budgeting.counting.elections import election, elections

SPECS = [
    RuleSpec("greedy", ties="lexicographic"),
    RuleSpec("phragmen", completion="utilitarian", ties="lexicographic"),
    RuleSpec("maximin", ties="lexicographic"),
    *(RuleSpec("equal-shares", completion=completion, ties="lexicographic") for completion in COMPLETIONS),
]
NAMES = [f"{spec.rule} {spec.completion}" for spec in SPECS]


def town(**limits):
    """Three projects of 10; the first has most supporters, the last fewest; 30 pays for all."""
    an_election = election([10, 10, 10], [[0, 1, 2]] * 2 + [[0, 1]] * 2 + [[0]], budget=30)
    return replace(an_election, limits=Limits(**limits))


@st.composite
def limited_elections(draw):
    an_election = draw(elections())
    ids = [project.id for project in an_election.projects]
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True).map(tuple)
    pairs = st.tuples(st.integers(0, len(ids) - 1), st.integers(0, len(ids) - 1))
    quota = st.builds(
        Quota, st.just("group"), some, st.none() | st.integers(0, 60), st.none() | st.integers(0, 2)
    )
    limits = Limits(
        conflicts=tuple(draw(st.lists(some, max_size=2))),
        # Needs point backwards, so that they form no circle.
        requires=tuple(
            (ids[max(pair)], ids[min(pair)])
            for pair in draw(st.lists(pairs, max_size=2))
            if len(set(pair)) > 1
        ),
        quotas=tuple(draw(st.lists(quota, max_size=2))),
    )
    return replace(an_election, limits=limits)


@pytest.mark.parametrize("spec", SPECS, ids=NAMES)
@given(an_election=limited_elections())
@settings(deadline=None, max_examples=40)
def test_no_rule_breaks_the_limits_and_each_loser_has_a_reason(spec, an_election):
    outcome = count(an_election, spec)

    won, limits = set(outcome.winners), an_election.limits
    costs = {project.id: project.cost for project in an_election.projects}
    assert all(len(won & set(group)) <= 1 for group in limits.conflicts)
    assert all(needed in won for project, needed in limits.requires if project in won)
    for quota in limits.quotas:
        members = won & set(quota.projects)
        assert quota.most_projects is None or len(members) <= quota.most_projects
        assert quota.most_cost is None or sum(costs[p] for p in members) <= quota.most_cost
    assert outcome.total_cost == sum(costs[p] for p in won) <= an_election.budget
    assert all(explanation.text for explanation in outcome.explanations)


@pytest.mark.parametrize("spec", SPECS, ids=NAMES)
def test_limits_decide_who_wins(spec):
    assert count(town(), spec).winners == ("p0", "p1", "p2") or spec.rule == "equal-shares"
    assert "p1" not in count(town(conflicts=(("p0", "p1"),)), spec).winners
    assert count(town(fixed=("p2",)), spec).winners[-1] == "p2"
    assert "p0" not in count(town(quotas=(Quota("dear", ("p0",), most_cost=9),)), spec).winners
    assert len(count(town(quotas=(Quota("all", ("p0", "p1", "p2"), most_projects=1),)), spec).winners) == 1
    assert (
        "p0"
        not in count(town(requires=(("p0", "p1"),), conflicts=(("p1", "p2"),), fixed=("p2",)), spec).winners
    )


@pytest.mark.parametrize("rule", ["greedy", "equal-shares", "phragmen", "maximin"])
def test_a_project_waits_for_the_one_it_needs(rule):
    outcome = count(town(requires=(("p0", "p1"),)), RuleSpec(rule, ties="lexicographic"))

    assert [step.project for step in outcome.steps][:2] == ["p1", "p0"]


def test_fixed_winners_are_paid_before_shares_are_made():
    outcome = count(town(fixed=("p2",)), RuleSpec("equal-shares"))

    assert outcome.details["endowment"] == "4"
    assert outcome.explanation("p2").text == "Funded: it was fixed as a winner before the vote; it cost 10."


def test_reasons_name_the_limit():
    limits = {
        "conflicts": (("p0", "p1"),),
        "quotas": (Quota("parks", ("p2",), most_cost=5),),
    }

    outcome = count(town(**limits), RuleSpec("greedy", ties="lexicographic"))

    assert [outcome.explanation(p).text for p in ("p1", "p2")] == [
        "Not funded: it excludes p0, which was funded first.",
        "Not funded: it cost 10, but for parks only 5 was left.",
    ]


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"fixed": ("p9",)}, "The limits name the project “p9”, which is not in the list."),
        (
            {"fixed": ("p0", "p1"), "conflicts": (("p0", "p1"),)},
            "These fixed winners may not win together: p1.",
        ),
        ({"requires": (("p0", "p1"), ("p1", "p0"))}, "These projects need each other in a circle: p0, p1."),
        ({"fixed": ("p0",), "requires": (("p0", "p1"),)}, "These fixed winners may not win together: p0."),
    ],
)
def test_limits_that_contradict_themselves_are_refused(limits, words):
    with pytest.raises(ValueError, match=r"limits|fixed|circle") as refused:
        town(**limits)

    assert str(refused.value) == words


def test_limits_are_part_of_what_a_count_depends_on():
    assert town(conflicts=(("p0", "p1"),)).digest != town().digest
