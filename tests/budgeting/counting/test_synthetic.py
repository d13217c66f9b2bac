"""Invented ballots: the same for the same seed, and shaped like the elections that they were measured on."""

import numpy as np
import pytest

from budgeting.counting import Project
from budgeting.counting.synthetic import HABITS, Habits, habits_of, synthetic_election

PROJECTS = tuple(
    Project(
        f"p{n}",
        1000 * (1 + n % 7) ** 2,
        columns=(("area", "ABC"[n % 3]), ("category", "xyzw"[n % 4])),
    )
    for n in range(24)
)


def invented(seed="one", voters=4000, habits=HABITS["few"], **options):
    return synthetic_election(PROJECTS, budget=100_000, voters=voters, seed=seed, habits=habits, **options)


def test_the_same_seed_gives_the_same_ballots_and_another_one_others():
    assert invented().digest == invented().digest
    assert invented().digest != invented(seed="two").digest


def test_the_stream_of_chance_never_changes():
    # Published rehearsals can be repeated with any version of numpy: its legacy generator is frozen.
    assert invented(voters=50).supporters == SUPPORTERS


SUPPORTERS = (6, 7, 17, 15, 8, 2, 2, 0, 1, 1, 8, 6, 6, 11, 9, 2, 3, 1, 1, 5, 4, 10, 12, 3)


@pytest.mark.parametrize("name", HABITS)
def test_invented_voters_have_the_habits_they_were_given(name):
    habits = HABITS[name]

    measured = habits_of(invented(habits=habits))

    assert np.allclose(measured.lengths, habits.lengths, atol=0.03)
    assert measured.spread == pytest.approx(habits.spread, abs=0.35)


def supported_together(drawn, same):
    support = np.zeros((len(PROJECTS), len(drawn.ballots)))
    support[drawn.entries.projects, drawn.entries.groups] = 1
    both = (support * np.array([ballot.count for ballot in drawn.ballots])) @ support.T
    alone = np.diag(both)
    lift = np.log((both + 0.5) / (np.outer(alone, alone) / drawn.num_votes + 0.5))
    pairs = [(a, b) for a in range(24) for b in range(a) if same(a, b)]
    return np.mean([lift[pair] for pair in pairs])


def test_projects_of_one_category_and_of_one_area_are_named_together_more_often():
    drawn = invented(voters=8000)

    other = supported_together(drawn, lambda a, b: a % 4 != b % 4 and a % 3 != b % 3)
    category = supported_together(drawn, lambda a, b: a % 4 == b % 4 and a % 3 != b % 3)
    area = supported_together(drawn, lambda a, b: a % 3 == b % 3 and a % 4 != b % 4)
    assert 0.1 < category - other < 0.5
    assert area - other > 0.2


def test_no_ballot_breaks_the_limits_of_its_style():
    few = invented(most_projects=2)
    money = invented(most_cost=20_000)
    points = invented(vote_type="cumulative", points=6)
    ranks = invented(vote_type="ordinal")

    assert max(len(ballot.projects) for ballot in few.ballots) == 2
    assert max(sum(PROJECTS[p].cost for p in ballot.projects) for ballot in money.ballots) <= 20_000
    assert {sum(ballot.points) for ballot in points.ballots} == {6}
    assert all(sorted(b.points) == list(range(1, len(b.points) + 1)) for b in ranks.ballots)


@pytest.mark.parametrize("voters", [0, 1_000_001])
def test_too_few_and_too_many_voters_are_refused(voters):
    with pytest.raises(ValueError, match="from 1 to 1000000"):
        invented(voters=voters)


def test_an_election_without_projects_is_refused():
    with pytest.raises(ValueError, match="at least one project"):
        synthetic_election((), budget=1, voters=1, seed="", habits=Habits((1.0,)))
