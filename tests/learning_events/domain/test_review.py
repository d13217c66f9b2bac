"""What editors decide about events that were handed in."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Workflow, WorkflowPage

from learning_events.domain.event import send_event, withdraw_event
from learning_events.domain.review import decline_event, publish_event, return_event
from learning_events.domain.workflow import ensure_workflow
from learning_events.enums import EventStage
from learning_events.models import EventPage
from learning_events.queries.event import stage_of
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from tests.factories import ParticipantFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session
from tests.learning_events.handing_in import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival(roles):
    festival = make_festival()
    ensure_workflow(festival)
    return festival


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Oda", user__email="oda@example.org").user


@pytest.fixture
def handed_in(festival, organiser):
    return hand_in(festival, organiser)


def test_publishing_ends_the_workflow_and_shows_the_event(handed_in, editor):
    assert stage_of(handed_in) == EventStage.IN_REVIEW

    event = publish_event(handed_in, by=editor)

    assert event.live
    assert not event.workflow_in_progress
    assert event.workflow_states.get().status == "approved"


def test_event_that_is_scheduled_is_accepted_and_not_yet_public(handed_in, editor):
    handed_in.go_live_at = timezone.now() + dt.timedelta(days=3)
    handed_in.save_revision()

    event = publish_event(handed_in, by=editor)

    assert not event.live
    assert stage_of(event) == EventStage.ACCEPTED


def test_question_goes_back_and_the_event_can_be_handed_in_again(handed_in, editor, organiser):
    event = return_event(handed_in, question="Where is the entrance?", by=editor)
    assert stage_of(event) == EventStage.RETURNED
    assert event.current_workflow_state.current_task_state.comment == "Where is the entrance?"
    assert event.submission.answer == "Where is the entrance?"

    event = send_event(event, by=organiser)

    assert stage_of(event) == EventStage.IN_REVIEW
    assert publish_event(event, by=editor).live


def test_declined_event_stays_a_draft_with_a_reason(handed_in, editor, organiser):
    event = decline_event(handed_in, reason="It is a sales event.", by=editor)

    assert not event.live
    assert stage_of(event) == EventStage.DECLINED
    assert event.submission.answer == "It is a sales event."
    with pytest.raises(Conflict):
        send_event(event, by=organiser)


def test_declined_event_is_published_after_all(handed_in, editor):
    event = decline_event(handed_in, reason="Too late.", by=editor)

    event = publish_event(event, by=editor)

    assert stage_of(event) == EventStage.PUBLISHED
    assert event.submission.declined_at is None


def test_declining_stops_what_was_scheduled(handed_in, editor):
    handed_in.go_live_at = timezone.now() + dt.timedelta(days=3)
    handed_in.save_revision()
    event = publish_event(handed_in, by=editor)

    event = decline_event(event, reason="The room burnt down.", by=editor)

    assert not event.approved_schedule


def test_only_who_runs_the_festival_decides(handed_in, organiser):
    for decide in (
        lambda: publish_event(handed_in, by=organiser),
        lambda: return_event(handed_in, question="Why?", by=organiser),
        lambda: decline_event(handed_in, reason="No.", by=organiser),
    ):
        with pytest.raises(NotAllowed):
            decide()


def test_question_and_reason_are_needed(handed_in, editor):
    with pytest.raises(Invalid) as question:
        return_event(handed_in, question="  ", by=editor)
    with pytest.raises(Invalid) as reason:
        decline_event(handed_in, reason="", by=editor)

    assert (question.value.field, reason.value.field) == ("question", "reason")


def test_event_without_a_session_is_not_published(festival, editor):
    event = make_event(festival, live=False)

    with pytest.raises(Invalid) as refusal:
        publish_event(event, by=editor)

    assert refusal.value.field == "sessions"


def test_published_event_is_called_off_not_declined(festival, editor):
    event = make_event(festival)
    make_session(event)

    with pytest.raises(Conflict):
        decline_event(event, reason="No.", by=editor)
    with pytest.raises(Conflict):
        publish_event(event, by=editor)


def test_nothing_goes_back_that_was_not_handed_in(festival, editor, organiser, handed_in):
    with pytest.raises(Conflict):
        return_event(make_event(festival, live=False), question="Why?", by=editor)
    withdraw_event(handed_in, by=organiser)
    with pytest.raises(Conflict):
        return_event(handed_in, question="Why?", by=editor)


def test_event_goes_back_once(handed_in, editor):
    return_event(handed_in, question="Where?", by=editor)

    with pytest.raises(Conflict):
        return_event(handed_in, question="Where?", by=editor)


def test_question_needs_a_workflow_and_gets_that_of_the_festival(editor, organiser):
    Workflow.objects.all().delete()
    festival = make_festival()
    event = hand_in(festival, organiser)
    assert stage_of(event) == EventStage.SUBMITTED

    event = return_event(event, question="Where?", by=editor)

    assert stage_of(event) == EventStage.RETURNED


def test_step_of_others_is_left_to_others(festival, organiser, handed_in):
    user = ParticipantFactory(user__email="runs-only@example.org").user
    user.user_permissions.add(Permission.objects.get(codename="run_festival"))

    with pytest.raises(NotAllowed) as refusal:
        publish_event(handed_in, by=type(user).objects.get(pk=user.pk))

    assert refusal.value.code == "others"


def test_workflow_is_assigned_once_and_approved_by_those_who_run_the_festival(festival):
    again = ensure_workflow(festival)

    assert Page.objects.get(pk=festival.pk).workflowpage.workflow == again
    assert [group.name for group in again.tasks.get().specific.groups.all()] == ["City editors"]
    assert ensure_workflow(make_festival(slug="next")) == again


def test_workflow_that_the_city_chose_stays():
    festival = make_festival()
    own = Workflow.objects.create(name="Mayor first")
    WorkflowPage.objects.create(page=Page.objects.get(pk=festival.pk), workflow=own)

    assert ensure_workflow(festival) == own


def test_decisions_are_on_record(handed_in, editor):
    event = return_event(handed_in, question="Where?", by=editor)
    decline_event(event, reason="No answer.", by=editor)
    publish_event(event, by=an_editor())

    actions = PageLogEntry.objects.filter(page=event.pk, action__startswith="learning_events.")
    assert [each.action.split(".")[1] for each in actions.order_by("timestamp", "pk")] == [
        "write_event", "add_session", "send_event", "return_event", "decline_event", "accept_event",
    ]  # fmt: skip
    assert EventPage.objects.get(pk=event.pk).live


def test_organiser_hears_of_each_decision_once(handed_in, editor, organiser):
    event = return_event(handed_in, question="Where is the entrance?", by=editor)
    event = decline_event(event, reason="No answer.", by=editor)
    publish_event(event, by=editor)

    heard = organiser.participant.notifications.order_by("pk").values_list("text", flat=True)

    assert [words for words in heard if words in ("Where is the entrance?", "No answer.")] == [
        "Where is the entrance?", "No answer.",
    ]  # fmt: skip
    assert sum("Everybody can see it now" in words for words in heard) == 1
