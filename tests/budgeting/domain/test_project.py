"""What becomes of funded projects, and who hears of it."""

import datetime as dt

import pytest
from django.utils import timezone

from budgeting.domain.milestone import MAX_STEPS, plan_milestone, reach_milestone
from budgeting.domain.project import finish_project, post_update
from budgeting.enums import ProjectStatus
from participation.domain.announcement import tell_followers
from participation.domain.follow import follow
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.models import Notification
from tests.factories import NeighbourhoodFactory, ParticipantFactory, ProjectFactory, ProposalFactory
from tests.participation.following import follow as follow_things


@pytest.fixture
def project(db):
    proposal = ProposalFactory(discussion__is_public=True)
    made = ProjectFactory(area=proposal.area, status=ProjectStatus.FUNDED, discussion=proposal.discussion)
    made.proposals.add(proposal)
    return made


@pytest.fixture
def author(project):
    return project.proposals.get().author


@pytest.fixture
def follower(project):
    person = ParticipantFactory()
    follow(project.discussion, participant=person)
    return person


def told() -> set[tuple[int, str]]:
    return set(Notification.objects.values_list("participant_id", "title"))


def test_news_put_the_project_under_way_and_reach_followers(project, author, follower):
    update = post_update(project, by=author.user, title=" We  begin ", text="Twelve people came.")

    assert (update.title, update.author) == ("We begin", author)
    project.refresh_from_db()
    assert project.status == ProjectStatus.UNDERWAY
    assert told() == {(follower.pk, f"{project.title}: We begin")}


def test_who_wrote_and_follows_hears_of_it_once(project, author, officer):
    follow(project.discussion, participant=author)

    post_update(project, by=officer, title="We begin", text="Twelve people came.")

    assert told() == {(author.pk, f"{project.title}: We begin")}


def test_a_done_project_stays_done(project, officer):
    finish_project(project, by=officer)

    post_update(project, by=officer, title="Thank you", text="To all who came.")

    project.refresh_from_db()
    assert project.status == ProjectStatus.DONE


@pytest.mark.parametrize("status", [ProjectStatus.ON_BALLOT, ProjectStatus.NOT_FUNDED])
def test_only_funded_projects_have_news(project, officer, status):
    project.status = status
    project.save()

    with pytest.raises(NotAllowed):
        post_update(project, by=officer, title="News", text="Text")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"text": "\u200b"}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"spent_cents": 10_000_01}, "spent_cents"),
        ({"spent_cents": -1}, "spent_cents"),
    ],
)
def test_empty_endless_and_impossible_news_are_refused(project, officer, values, field):
    with pytest.raises(Invalid) as refusal:
        post_update(project, by=officer, **{"title": "News", "text": "Text", **values})

    assert refusal.value.field == field
    assert not project.updates.exists()


def test_a_step_is_planned_and_reached_once(project, author, follower):
    step = plan_milestone(project, by=author.user, title="First course", due_on=dt.date(2027, 3, 1))
    assert told() == set()

    reach_milestone(step, by=author.user)

    assert step.done_on == timezone.localdate()
    assert told() == {(follower.pk, f"{project.title}: First course")}
    with pytest.raises(Conflict):
        reach_milestone(step, by=author.user)


def test_steps_have_a_name_and_a_day_in_reach(project, officer):
    with pytest.raises(Invalid):
        plan_milestone(project, by=officer, title="", due_on=dt.date(2027, 3, 1))
    with pytest.raises(Invalid):
        plan_milestone(project, by=officer, title="Step", due_on=dt.date(1, 1, 1))
    step = plan_milestone(project, by=officer, title="Step", due_on=dt.date(2027, 3, 1))
    with pytest.raises(Invalid):
        reach_milestone(step, by=officer, done_on=timezone.localdate() + dt.timedelta(days=1))


def test_steps_are_bounded(project, officer):
    for number in range(MAX_STEPS):
        plan_milestone(project, by=officer, title=f"Step {number}", due_on=dt.date(2027, 3, 1))

    with pytest.raises(Conflict):
        plan_milestone(project, by=officer, title="One more", due_on=dt.date(2027, 3, 1))


def test_strangers_and_residents_report_nothing(project, stranger, resident):
    for person in (stranger, resident):
        with pytest.raises(NotAllowed):
            post_update(project, by=person, title="News", text="Text")
        with pytest.raises(NotAllowed):
            plan_milestone(project, by=person, title="Step", due_on=dt.date(2027, 3, 1))
        with pytest.raises(NotAllowed):
            finish_project(project, by=person)


def test_who_follows_the_project_and_its_neighbourhood_hears_of_its_news_once(project, author, follower):
    harbour, neighbour = NeighbourhoodFactory(), ParticipantFactory()
    project.area.neighbourhood = harbour
    project.area.save()
    follow_things([follower, neighbour, author], "neighbourhood", harbour.pk)

    post_update(project, by=author.user, title="We begin", text="Twelve people came.")
    tell_followers()

    assert sorted(Notification.objects.values_list("participant_id", "title")) == [
        (follower.pk, f"{project.title}: We begin"),
        (neighbour.pk, f"{project.title}: We begin"),
    ]
