"""Counting a sealed box and publishing the result."""

import pytest

from budgeting.counting import RuleSpec, count, read_pabulib
from budgeting.domain.box import freeze, seal
from budgeting.domain.count import count_box, recount
from budgeting.domain.election_file import ballots_file, content_of, natural
from budgeting.domain.publish import publish_result
from budgeting.enums import BallotStyle, BoxEvent, FileKind, PhaseKind, ProjectStatus
from budgeting.models import Ballot, BallotBox, BallotEvent, Project
from participation.domain.follow import follow
from participation.foundation.errors import Conflict, NotAllowed
from participation.models import Notification
from tests.budgeting.elections import counted_box, only_area, published_box, sealed_box
from tests.budgeting.voting import end_voting, make_voting, vote
from tests.factories import (
    AreaFactory,
    ParticipantFactory,
    ProjectFactory,
    ProposalFactory,
    VerifiedParticipantFactory,
    make_budget,
)

VOTES = [*[(0, 1)] * 4, *[(1, 2)] * 3, (3,)]


def another_counted_box(officer):
    area = make_voting(budget=make_budget(phase=PhaseKind.VOTING, slug="second"))
    for _ in range(5):
        vote(area)
    return count_box(seal(end_voting(BallotBox.objects.get(budget=area.budget)), by=officer), by=officer)


def test_count_stores_results_files_and_a_comparison(officer):
    box = count_box(sealed_box(officer, *VOTES), by=officer)

    assert box.counted_at is not None
    assert box.published_at is None
    official, other = box.counts.order_by("-is_official")
    assert (official.rule["rule"], other.rule["rule"]) == ("equal-shares", "greedy")
    assert official.rule["seed"] == box.tie_seed
    assert list(other.results.values_list("project__title", "votes", "is_funded").order_by("project_id")) == [
        (title, votes, votes > 1)
        for title, votes in zip(
            Project.objects.order_by("pk").values_list("title", flat=True), (4, 7, 3, 1), strict=True
        )
    ]
    assert set(box.files.values_list("kind", flat=True)) == {
        FileKind.BALLOTS,
        FileKind.OUTCOME,
        FileKind.TRACKERS,
    }
    assert set(Project.objects.values_list("status", flat=True)) == {ProjectStatus.ON_BALLOT}


def test_count_is_a_pure_function_of_the_published_file(officer):
    box = published_box(officer, *VOTES)
    official = box.counts.get(is_official=True)

    election = read_pabulib(content_of(official.ballots_file)).election

    assert count(election, RuleSpec(**official.rule)).to_json_bytes() == content_of(official.outcome_file)
    assert [again.same for again in recount(box)] == [True, True]


def test_the_file_alone_says_by_which_rule_to_count(officer):
    box = published_box(officer, *VOTES)

    meta = dict(read_pabulib(content_of(box.files.get(kind=FileKind.BALLOTS))).election.meta)

    official = box.counts.get(is_official=True)
    assert {key: meta[f"count_{key}"] for key in ("rule", "utility", "completion", "ties", "seed")} == {
        key: official.rule[key] for key in ("rule", "utility", "completion", "ties", "seed")
    }
    assert meta["count_threshold"] == str(official.rule["threshold"]) == "1"
    assert meta["rules_digest"] == box.rules_digest


def test_recount_notices_a_changed_file(officer):
    box = published_box(officer, *VOTES)
    file = box.files.get(kind=FileKind.BALLOTS)
    box.files.filter(pk=file.pk).update(sha256="0" * 64)

    with pytest.raises(Conflict, match="not the one that was published"):
        recount(box)


def test_recount_needs_a_published_result(officer):
    with pytest.raises(Conflict, match="not published yet"):
        recount(counted_box(officer, *VOTES))


def test_published_ballots_tell_nothing_of_who_cast_them_and_when(officer):
    box = sealed_box(officer, (3,), (0, 1), (2,), (0, 1), (3, 0))
    area = only_area(box)

    content = ballots_file(box, area).content

    rows = read_pabulib(content).tables.vote_rows
    a, b, c, d = Project.objects.order_by("pk").values_list("code", flat=True)
    assert sorted(vote for _number, vote in rows) == sorted([f"{a},{b}", f"{a},{b}", f"{a},{d}", c, d])
    assert [vote for _number, vote in rows] == sorted(vote for _number, vote in rows)
    assert [number for number, _vote in rows] == ["1", "2", "3", "4", "5"]
    hidden = [
        *Ballot.objects.values_list("link_key", flat=True),
        *Ballot.objects.values_list("tracker_digest", flat=True),
    ]
    assert hidden
    assert not any(secret in content.decode() for secret in hidden)
    assert not any(str(pk) in content.decode() for pk in Ballot.objects.values_list("pk", flat=True))


def test_only_current_ballots_are_published(officer):
    area = make_voting()
    voter = VerifiedParticipantFactory()
    vote(area, voter, 0)
    vote(area, voter, 1)
    box = seal(end_voting(BallotBox.objects.get(budget=area.budget)), by=officer)

    chosen = Project.objects.order_by("pk")[1].code
    assert read_pabulib(ballots_file(box, area).content).tables.vote_rows == (("1", chosen),)


def test_trackers_are_sorted_and_joined_to_nothing(officer):
    box = published_box(officer, *VOTES)

    lines = content_of(box.files.get(kind=FileKind.TRACKERS)).decode().splitlines()

    assert lines == sorted(Ballot.objects.values_list("tracker_digest", flat=True))
    assert len(lines) == len(VOTES)


def test_costs_are_the_frozen_ones(officer):
    box = sealed_box(officer, *VOTES)
    Project.objects.update(cost_cents=1)

    election = read_pabulib(ballots_file(box, only_area(box)).content).election

    assert [project.cost for project in election.projects] == [10_000, 20_000, 30_000, 40_000]


def test_a_knapsack_ballot_says_its_limit(officer):
    box = sealed_box(officer, (0,), ballot_style=BallotStyle.KNAPSACK, max_choices=None)

    meta = dict(read_pabulib(ballots_file(box, only_area(box)).content).election.meta)

    assert (meta["max_sum_cost"], meta["vote_type"]) == ("60000", "approval")


def test_several_areas_get_a_file_each(officer):
    area = make_voting(frozen=False)
    second = AreaFactory(budget=area.budget, name="Møllebjerg & Sø")
    ProjectFactory(area=second, code="90")
    freeze(area.budget)
    vote(area)
    box = count_box(
        seal(end_voting(BallotBox.objects.get(budget=area.budget)), by=officer),
        by=officer,
        small_areas_confirmed=True,
    )

    assert list(box.files.filter(kind=FileKind.BALLOTS).values_list("name", flat=True)) == [
        "budget-1-area-0.pb"
        if area.name == "Area 0"
        else f"budget-1-{area.name.lower().replace(' ', '-')}.pb",
        "budget-2-mollebjerg-so.pb",
    ]
    assert box.counts.get(area=second, is_official=True).ballots == 0


def test_an_area_with_few_ballots_needs_a_confirmation(officer):
    box = sealed_box(officer, (0,), (1,))

    with pytest.raises(Conflict) as refusal:
        count_box(box, by=officer)

    assert refusal.value.code == "small_areas"
    assert not box.files.exists()
    assert count_box(box, by=officer, small_areas_confirmed=True).counted_at is not None


def test_count_only_after_the_seal_once_and_by_officers(officer, resident):
    area = make_voting()
    box = BallotBox.objects.get(budget=area.budget)
    with pytest.raises(Conflict, match="Seal"):
        count_box(box, by=officer)
    box = another_counted_box(officer)
    with pytest.raises(Conflict, match="already"):
        count_box(box, by=officer)
    with pytest.raises(NotAllowed):
        count_box(box, by=resident)


def test_publish_sets_statuses_and_tells_authors_and_followers_once(officer):
    box = counted_box(officer, *VOTES)
    proposal = ProposalFactory(area=only_area(box))
    project = Project.objects.order_by("pk").first()
    proposal.discussion.is_public = True
    proposal.discussion.save()
    project.proposals.add(proposal)
    project.discussion = proposal.discussion
    project.save()
    follower = ParticipantFactory()
    follow(proposal.discussion, participant=follower)
    follow(proposal.discussion, participant=proposal.author)

    publish_result(box, by=officer)

    assert list(Project.objects.order_by("pk").values_list("status", flat=True)) == [
        ProjectStatus.FUNDED, ProjectStatus.FUNDED, ProjectStatus.FUNDED, ProjectStatus.NOT_FUNDED
    ]  # fmt: skip
    told = Notification.objects.order_by("participant_id").values_list("participant_id", "title")
    assert list(told) == sorted(
        [(who.pk, f"“{project.title}” is funded") for who in (follower, proposal.author)]
    )


def test_publish_only_after_the_count_once_and_by_officers(officer, resident):
    with pytest.raises(Conflict, match="Count"):
        publish_result(sealed_box(officer, *VOTES), by=officer)
    box = another_counted_box(officer)
    with pytest.raises(NotAllowed):
        publish_result(box, by=resident)
    with pytest.raises(Conflict, match="already"):
        publish_result(publish_result(box, by=officer), by=officer)


def test_turnout_by_channel_is_told_only_of_groups_that_hide_everybody(officer):
    box = counted_box(officer, *VOTES)

    detail = BallotEvent.objects.get(box=box, kind=BoxEvent.COUNTED).detail

    assert detail["channels"] == {}
    assert detail["areas"][0]["gate"]["ballots"] == len(VOTES)


def test_codes_are_sorted_as_people_do():
    assert sorted(["A10", "A2", "B1", "²", "10", "9"], key=natural) == ["A2", "A10", "B1", "²", "9", "10"]
