"""Rehearsing a count in the admin: any rules on invented or published ballots, never on those of an unpublished vote (V19)."""

import pytest
from django.urls import reverse

from budgeting.domain.rehearsal import RULES_TO_TRY, rehearse, run_rehearsal
from budgeting.models import Rehearsal
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from tests.budgeting.elections import counted_box, import_small, only_area, published_box, sealed_box
from tests.budgeting.voting import make_voting
from tests.factories import AreaFactory, ProjectFactory, make_budget

VOTES = [*[(0, 1)] * 4, *[(1, 2)] * 3, (3,)]
ALL = list(RULES_TO_TRY)


@pytest.fixture
def area(db):
    """An area with projects that nobody has voted on yet."""
    area = AreaFactory(budget=make_budget(title="Next year"), amount_cents=60_000_00, max_choices=3)
    for number in range(8):
        ProjectFactory(area=area, title=f"Plan {number}", cost_cents=(number + 1) * 5_000_00)
    return area


def asked(area, officer, django_capture_on_commit_callbacks, **given) -> Rehearsal:
    with django_capture_on_commit_callbacks(execute=True):
        made = rehearse(
            area, by=officer, **({"ballots": "few", "voters": 300, "seed": "x", "rules": ALL} | given)
        )
    return Rehearsal.objects.get(pk=made.pk)


def test_invented_ballots_are_counted_under_every_rule_and_the_seed_repeats_them(
    area, officer, django_capture_on_commit_callbacks
):
    first = asked(area, officer, django_capture_on_commit_callbacks)
    again = asked(area, officer, django_capture_on_commit_callbacks)
    other = asked(area, officer, django_capture_on_commit_callbacks, seed="y")

    assert (first.state, first.progress, first.outcome["voters"]) == ("ready", 100, 300)
    assert [told["name"] for told in first.outcome["rules"]] == ALL
    assert first.outcome == again.outcome
    assert first.outcome["digest"] != other.outcome["digest"]
    assert all(told["winners"] for told in first.outcome["rules"])


def test_a_rehearsal_is_counted_once_however_often_the_task_runs(
    area, officer, django_capture_on_commit_callbacks
):
    made = asked(area, officer, django_capture_on_commit_callbacks)

    assert run_rehearsal(made.pk) is False


def test_published_ballots_give_the_published_winners(officer, django_capture_on_commit_callbacks):
    box = published_box(officer, *VOTES)
    official = box.counts.get(is_official=True)
    winners = {
        line.project.code for line in official.results.filter(is_funded=True).select_related("project")
    }

    made = asked(only_area(box), officer, django_capture_on_commit_callbacks, ballots="published")

    told = {each["name"]: set(each["winners"]) for each in made.outcome["rules"]}
    assert told["equal-shares"] == winners
    assert made.outcome["voters"] == len(VOTES)


def test_ballots_of_an_imported_election_can_be_tried(officer, django_capture_on_commit_callbacks):
    box = import_small().budget.ballot_box

    made = asked(only_area(box), officer, django_capture_on_commit_callbacks, ballots="published")

    assert made.outcome["voters"] == 12


@pytest.mark.parametrize("stage", ["voting", "sealed", "counted"])
def test_V19_real_ballots_are_refused_until_the_result_is_published(officer, stage):
    if stage == "voting":
        area = make_voting()
    else:
        area = only_area((sealed_box if stage == "sealed" else counted_box)(officer, *VOTES))

    with pytest.raises(Conflict, match="secret until its result is published") as refusal:
        rehearse(area, ballots="published", rules=ALL, by=officer)

    assert refusal.value.code == "secret"
    assert not Rehearsal.objects.exists()


def test_wrong_choices_are_refused_in_words(area, officer, resident):
    with pytest.raises(NotAllowed):
        rehearse(area, ballots="few", voters=5, rules=ALL, by=resident)
    for wrong, field in (
        ({"rules": []}, "rules"),
        ({"rules": ["drawing-lots"]}, "rules"),
        ({"ballots": "all"}, "ballots"),
        ({"voters": 0}, "voters"),
        ({"voters": 100_001}, "voters"),
        ({"voters": None}, "voters"),
    ):
        with pytest.raises(Invalid) as refusal:
            rehearse(area, by=officer, **({"ballots": "few", "voters": 5, "rules": ALL} | wrong))
        assert refusal.value.field == field
    assert not Rehearsal.objects.exists()


def test_an_officer_rehearses_in_the_admin_and_compares(
    client, area, officer, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    officer.is_staff = True
    officer.save()
    client.force_login(officer)
    given = {
        "area": area.pk,
        "ballots": "few",
        "voters": "200",
        "seed": "x",
        "rules": ["most-votes", "equal-shares"],
    }
    page = client.get(reverse("budgeting_rehearsals"))
    wrong = client.post(reverse("budgeting_rehearsals"), given | {"ballots": "published"})

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("budgeting_rehearsals"), given)
    rehearsal = Rehearsal.objects.get()
    shown = client.get(answer.url)

    assert "Next year" in page.content.decode()
    assert wrong.status_code == 400
    assert "secret until its result is published" in wrong.content.decode()
    assert answer.url == reverse("budgeting_rehearsal", args=[rehearsal.pk])
    assert len(shown.context_data["compared"]["names"]) == 2
    assert shown.context_data["budget"] == "€60,000"
    assert "These ballots are invented" in shown.content.decode()
    Rehearsal.objects.bulk_create(
        Rehearsal(area=area, ballots="few", voters=1, rules=["most-votes"]) for _ in range(18)
    )
    with django_assert_max_num_queries(25):
        client.get(reverse("budgeting_rehearsals"))
