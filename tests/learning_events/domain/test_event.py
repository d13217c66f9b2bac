"""An event on its way: written by an organiser, handed in, returned, published, changed and taken back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowPage, WorkflowTask

from learning_events.domain.event import (
    call_off_event,
    change_event,
    delete_draft,
    discard_changes,
    draft_event,
    missing_for_sending,
    send_event,
    version_of,
    withdraw_event,
)
from learning_events.domain.session import add_session
from learning_events.enums import Booking, EventStage
from learning_events.models import EventKind, EventPage, ProgrammeVersion
from learning_events.queries.event import events_of, stage_of, standing_of, standings_of
from mapping.models import Topic
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.models import Notification
from tests.factories import OrganisationFactory, ParticipantFactory, PlaceFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to(NOW)
    return clock


@pytest.fixture
def festival():
    return make_festival()


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


@pytest.fixture
def workflow(festival, editor):
    task = GroupApprovalTask.objects.create(name="Editors")
    task.groups.set(editor.groups.all())
    workflow = Workflow.objects.create(name="Editors")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=festival, workflow=workflow)
    return workflow


def whole_event(festival, by, **facts):
    """An event that lacks nothing."""
    kind = EventKind.objects.get_or_create(slug="workshop", defaults={"name": "Workshop"})[0]
    organisation = facts.pop("organisation", None)
    facts = {"title": "Bread", "summary": "We bake.", "kind": kind, "venue_name": "Old bakery", **facts}
    event = draft_event(festival, facts=facts, by=by, organisation=organisation)
    make_session(event)
    return event


def reject(event, editor, question):
    event.current_workflow_task_state.task.specific.on_action(
        event.current_workflow_task_state, editor, "reject", comment=question
    )


def approve(event, editor):
    event.current_workflow_task_state.task.specific.on_action(
        event.current_workflow_task_state, editor, "approve"
    )


def test_a_draft_lies_below_the_festival_and_nobody_else_sees_it(festival, organiser):
    topic = Topic.objects.create(name="Baking", slug="baking")

    event = draft_event(festival, facts={"title": "  Bread   for all ", "topics": [topic]}, by=organiser)

    stored = EventPage.objects.get(pk=event.pk)
    assert (stored.title, stored.slug, stored.live) == ("Bread for all", "bread-for-all", False)
    assert stored.get_parent().pk == festival.pk
    assert list(stored.topics.all()) == [topic]
    assert list(stored.get_latest_revision_as_object().topics.all()) == [topic]
    assert stored.submission.participant == organiser.participant
    assert stage_of(stored) == EventStage.DRAFT
    assert list(events_of(organiser.participant)) == [stored]


def test_drafts_of_many_lie_side_by_side_whatever_the_writers_knew_of_the_festival(festival, organiser):
    """Each works with the festival as it was when the page was opened."""
    known = [type(festival).objects.get(pk=festival.pk) for _ in range(3)]

    slugs = [draft_event(each, facts={"title": "Bread"}, by=organiser).slug for each in known]

    assert slugs == ["bread", "bread-2", "bread-3"]
    assert type(festival).objects.get().get_children().count() == 3


@pytest.mark.parametrize(
    ("title", "slug"), [("My events", "my-events-2"), ("☕☕", "event"), ("Käse & Brot", "käse-brot")]
)
def test_addresses_never_hide_behind_the_festivals_own_pages(festival, organiser, title, slug):
    assert draft_event(festival, facts={"title": title}, by=organiser).slug == slug


@pytest.mark.parametrize("title", ["", "   ", "x" * 161])
def test_an_event_needs_a_title_that_fits(festival, organiser, title):
    with pytest.raises(Invalid) as refusal:
        draft_event(festival, facts={"title": title}, by=organiser)

    assert refusal.value.field == "title"
    assert not EventPage.objects.exists()


def test_contradictions_are_refused_by_name_and_leave_nothing_behind(festival, organiser):
    with pytest.raises(Invalid) as refusal:
        draft_event(festival, facts={"title": "Bread", "age_from": 12, "age_to": 6}, by=organiser)

    assert refusal.value.field == "age_to"
    assert not EventPage.objects.exists()


def test_nobody_writes_for_an_organisation_of_others(festival, organiser):
    foreign = OrganisationFactory(is_trusted=True)
    with pytest.raises(NotAllowed):
        draft_event(festival, facts={"title": "Bread"}, by=organiser, organisation=foreign)
    event = draft_event(festival, facts={"title": "Bread"}, by=organiser)
    with pytest.raises(NotAllowed):
        change_event(event, facts={"organisation": foreign}, by=organiser)

    assert EventPage.objects.get().organisation is None


def test_the_deadline_ends_with_the_day_in_the_festivals_own_zone(organiser, clock):
    """At 22:30 UTC on the last day it is the next day in Berlin."""
    festival = make_festival(submissions_close_on=dt.date(2026, 6, 1))
    clock.move_to(dt.datetime(2026, 6, 1, 21, 59, tzinfo=dt.UTC))
    draft_event(festival, facts={"title": "In time"}, by=organiser)
    clock.move_to(dt.datetime(2026, 6, 1, 22, 30, tzinfo=dt.UTC))

    with pytest.raises(Conflict) as refusal:
        draft_event(festival, facts={"title": "Late"}, by=organiser)

    assert refusal.value.code == "closed"
    assert draft_event(festival, facts={"title": "By an editor"}, by=an_editor()).pk


def test_a_festival_may_take_no_events_at_all(organiser):
    with pytest.raises(Conflict, match="takes no events at present"):
        draft_event(make_festival(takes_submissions=False), facts={"title": "Bread"}, by=organiser)


def test_what_is_missing_is_told_all_at_once(festival, organiser):
    event = draft_event(festival, facts={"title": "Bread"}, by=organiser)

    with pytest.raises(Invalid) as refusal:
        send_event(event, by=organiser)

    assert set(refusal.value.details) == {"summary", "kind", "place", "sessions"}
    assert stage_of(EventPage.objects.get()) == EventStage.DRAFT


def test_who_takes_registrations_says_how_many_seats_there_are(festival, organiser):
    event = whole_event(festival, organiser, booking=Booking.SEATS)
    assert set(missing_for_sending(event)) == {"seats"}

    event.sessions.update(seats=12)

    assert missing_for_sending(event) == {}


def test_handed_in_without_a_workflow_it_waits_and_its_writer_is_told(festival, organiser):
    WorkflowPage.objects.all().delete()

    event = send_event(whole_event(festival, organiser), by=organiser, message="Please early.")

    assert (stage_of(event), event.live) == (EventStage.SUBMITTED, False)
    assert event.submission.message == "Please early."
    assert [notice.title for notice in organiser.participant.notifications.all()] == ["“Bread” is handed in"]
    with pytest.raises(Conflict, match="already handed in"):
        send_event(event, by=organiser)


def test_what_an_editor_looks_at_is_not_changed_behind_their_back(festival, organiser, workflow):
    event = send_event(whole_event(festival, organiser), by=organiser)
    assert stage_of(event) == EventStage.IN_REVIEW

    with pytest.raises(Conflict) as refusal:
        change_event(event, facts={"summary": "Something else."}, by=organiser)
    with pytest.raises(Conflict):
        add_session(event, facts={"starts_at": NOW, "ends_at": NOW + dt.timedelta(hours=1)}, by=organiser)
    with pytest.raises(Conflict):
        delete_draft(event, by=organiser)

    assert refusal.value.code == "in_review"


def test_taken_back_it_can_be_changed_and_handed_in_again(festival, organiser, workflow):
    event = send_event(whole_event(festival, organiser), by=organiser)

    event = withdraw_event(event, by=organiser)
    assert stage_of(event) == EventStage.WITHDRAWN
    event = change_event(event, facts={"summary": "We bake rolls."}, by=organiser)
    event = send_event(event, by=organiser)

    assert stage_of(event) == EventStage.IN_REVIEW
    assert event.current_workflow_task_state.revision.as_object().summary == "We bake rolls."


def test_an_editors_question_comes_back_and_the_answer_goes_to_the_same_step(
    festival, organiser, workflow, editor, clock
):
    festival.submissions_close_on = NOW.date()
    festival.save()
    event = send_event(whole_event(festival, organiser), by=organiser)
    state = event.current_workflow_state.pk
    reject(event, editor, "Is there an oven?")
    clock.shift(dt.timedelta(days=2))

    standing = standing_of(EventPage.objects.get())
    assert (standing.stage, standing.question) == (EventStage.RETURNED, "Is there an oven?")
    notice = Notification.objects.get(title__contains="question")
    assert (notice.participant, notice.text) == (organiser.participant, "Is there an oven?")

    event = change_event(event, facts={"description": "There are two ovens."}, by=organiser)
    event = send_event(event, by=organiser)  # after the deadline: somebody has asked

    assert stage_of(event) == EventStage.IN_REVIEW
    assert event.current_workflow_state.pk == state
    approve(event, editor)
    event = EventPage.objects.get()
    assert (event.live, event.description) == (True, "There are two ovens.")
    assert Notification.objects.filter(title="“Bread” is in the programme").count() == 1


def test_an_editors_own_draft_is_what_the_organiser_goes_on_writing(festival, organiser, editor):
    """Wagtail keeps the drafts of pages that are not live in revisions alone."""
    event = whole_event(festival, organiser)
    edited = event.get_latest_revision_as_object()
    edited.summary = "Edited by the city."
    edited.save_revision(user=editor)

    event = change_event(event, facts={"description": "Bring an apron."}, by=organiser)

    assert (event.summary, event.description) == ("Edited by the city.", "Bring an apron.")


def test_a_trusted_organisation_publishes_without_an_editor(festival, organiser, workflow):
    trusted = OrganisationFactory(is_trusted=True)
    trusted.roles.create(participant=organiser.participant)
    before = version()

    event = send_event(whole_event(festival, organiser, organisation=trusted), by=organiser)

    assert (event.live, stage_of(event)) == (True, EventStage.PUBLISHED)
    assert version() > before
    with pytest.raises(PermissionDenied):
        event.get_latest_revision().publish(user=organiser)  # Wagtail itself would not let them


def test_acting_for_a_trusted_organisation_publishes_only_its_own_events(festival, organiser, workflow):
    OrganisationFactory(is_trusted=True).roles.create(participant=organiser.participant)

    event = send_event(whole_event(festival, organiser), by=organiser)

    assert stage_of(event) == EventStage.IN_REVIEW


def test_the_change_of_a_public_event_waits_for_an_editor(festival, organiser, workflow, editor, clock):
    event = send_event(whole_event(festival, organiser), by=organiser)
    approve(event, editor)
    clock.shift(dt.timedelta(minutes=1))

    event = change_event(EventPage.objects.get(), facts={"title": "Rolls"}, by=organiser, hand_in=False)
    assert (event.title, event.has_unpublished_changes, event.workflow_in_progress) == ("Bread", True, False)
    event = change_event(event, facts={"summary": "Rolls now."}, by=organiser, hand_in=False)
    event = send_event(event, by=organiser)

    assert (event.title, event.workflow_in_progress) == ("Bread", True)
    assert standing_of(event).is_reviewed
    approve(event, editor)
    event = EventPage.objects.get()
    assert (event.title, event.summary) == ("Rolls", "Rolls now.")
    assert Notification.objects.filter(title__contains="in the programme").count() == 2


def test_the_change_of_a_public_event_can_be_taken_back_and_thrown_away(
    festival, organiser, workflow, editor
):
    event = send_event(whole_event(festival, organiser), by=organiser)
    approve(event, editor)
    event = change_event(EventPage.objects.get(), facts={"title": "Rolls"}, by=organiser)

    event = withdraw_event(event, by=organiser)
    assert (event.live, event.workflow_in_progress, event.has_unpublished_changes) == (True, False, True)
    event = discard_changes(event, by=organiser)

    assert not event.has_unpublished_changes
    assert event.get_latest_revision_as_object().title == event.title == event.draft_title == "Bread"
    with pytest.raises(Conflict):
        send_event(event, by=organiser)
    with pytest.raises(Conflict):
        withdraw_event(event, by=organiser)


def test_after_the_deadline_for_changes_only_editors_change_what_is_public(festival, organiser, clock):
    festival.changes_close_on = NOW.date()
    festival.save()
    trusted = OrganisationFactory(is_trusted=True)
    trusted.roles.create(participant=organiser.participant)
    event = send_event(whole_event(festival, organiser, organisation=trusted), by=organiser)
    event = change_event(event, facts={"title": "Rolls"}, by=organiser)
    clock.shift(dt.timedelta(days=1))

    with pytest.raises(Conflict) as refusal:
        change_event(event, facts={"title": "Cake"}, by=organiser)
    assert refusal.value.code == "closed"
    assert change_event(event, facts={"title": "Cake"}, by=an_editor()).title == "Cake"


def test_f19_the_second_of_two_tabs_is_told_instead_of_overwriting(festival, organiser):
    event = draft_event(festival, facts={"title": "Bread"}, by=organiser)
    seen = version_of(event)
    change_event(event, facts={"summary": "First tab."}, by=organiser, expected_version=seen)

    with pytest.raises(Conflict) as refusal:
        change_event(event, facts={"summary": "Second tab."}, by=organiser, expected_version=seen)

    event = EventPage.objects.get()
    assert (event.summary, refusal.value.code) == ("First tab.", "changed_meanwhile")
    newest = refusal.value.details["version"]
    assert change_event(
        event, facts={"summary": "Second tab."}, by=organiser, expected_version=newest
    ).summary


def test_saving_the_same_again_writes_no_revision(festival, organiser):
    topic = Topic.objects.create(name="Baking", slug="baking")
    event = draft_event(festival, facts={"title": "Bread", "topics": [topic]}, by=organiser)

    again = change_event(event, facts={"title": "Bread", "topics": [topic]}, by=organiser)

    assert version_of(again) == version_of(event)


def test_a_foreign_organiser_changes_and_hands_in_nothing(festival, organiser, citizen):
    event = whole_event(festival, organiser)

    for act in (
        lambda: change_event(event, facts={"title": "Mine"}, by=citizen),
        lambda: send_event(event, by=citizen),
        lambda: withdraw_event(event, by=citizen),
        lambda: call_off_event(event, reason="No.", by=citizen),
        lambda: delete_draft(event, by=citizen),
        lambda: make_session(event, day=1) and add_session(event, facts={}, by=citizen),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert EventPage.objects.get().title == "Bread"


def test_calling_off_cancels_what_is_to_come_and_keeps_what_was(festival, organiser, clock):
    event = whole_event(festival, organiser)
    make_session(event, day=3)
    clock.move_to(dt.datetime(2026, 9, 14, 12, tzinfo=dt.UTC))

    with pytest.raises(Invalid):
        call_off_event(event, reason="  ", by=organiser)
    call_off_event(event, reason="The oven is broken.", by=organiser)

    assert [session.is_cancelled for session in event.sessions.order_by("starts_at")] == [False, True]


def test_a_draft_is_deleted_with_its_sessions_but_not_what_was_public(festival, organiser):
    delete_draft(whole_event(festival, organiser), by=organiser)
    assert not EventPage.objects.exists()
    assert draft_event(type(festival).objects.get(), facts={"title": "Again"}, by=organiser).slug == "again"

    public = make_event(type(festival).objects.get())
    with pytest.raises(Conflict):
        delete_draft(public, by=an_editor())


def test_a_translation_shares_the_sessions_and_lies_below_its_own_festival(festival, organiser):
    event = whole_event(festival, organiser)
    german = Locale.objects.create(language_code="de")
    festival.get_parent().copy_for_translation(german)
    festival.copy_for_translation(german)

    translated = event.copy_for_translation(german)

    assert missing_for_sending(translated) == {}
    assert translated.get_parent().locale == german


def test_where_many_events_stand_takes_the_same_queries_as_one(
    festival, organiser, workflow, editor, django_assert_num_queries
):
    events = [whole_event(festival, organiser, title=f"Event {number}") for number in range(5)]
    send_event(events[0], by=organiser)
    reject(send_event(events[1], by=organiser), editor, "Why?")
    approve(send_event(events[2], by=organiser), editor)
    withdraw_event(send_event(events[3], by=organiser), by=organiser)
    list(standings_of(events_of(organiser.participant)))  # content types are kept

    with django_assert_num_queries(3):
        standings = standings_of(events_of(organiser.participant))

    assert [standings[event.pk].stage for event in events] == [
        EventStage.IN_REVIEW,
        EventStage.RETURNED,
        EventStage.PUBLISHED,
        EventStage.WITHDRAWN,
        EventStage.DRAFT,
    ]
    with django_assert_num_queries(3):
        standings_of(events_of(organiser.participant)[:1])


def test_places_are_named_by_the_map(festival, organiser):
    place = PlaceFactory()
    event = whole_event(festival, organiser, place=place, venue_name="")

    assert missing_for_sending(event) == {}


def version() -> int:
    return ProgrammeVersion.objects.get_or_create(pk=1)[0].number
