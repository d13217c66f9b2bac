"""The editors' board in the admin: where events stand, and decisions about many."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning_events.domain.review import decline_event, publish_event, return_event
from learning_events.enums import EditionState, EventStage
from learning_events.models import EventPage, PrintEdition
from learning_events.queries.board import CHANGE_WAITS, board_of, count_waiting
from learning_events.queries.event import stage_of
from learning_events.views.admin.board import organiser_of
from tests.factories import OrganisationFactory
from tests.learning_events.festivals import make_event, make_festival, make_session
from tests.learning_events.handing_in import hand_in

pytestmark = pytest.mark.django_db
BOARD = "/admin/festival/board/"


def bulk(name: str, *events) -> str:
    query = "&".join(f"id={event.pk}" for event in events)
    return f"/admin/bulk/learning_events/eventpage/{name}/?{query}&next={BOARD}"


def one_of_each(festival, organiser, editor) -> dict[str, EventPage]:
    """An event at every stage, by the board's word for it."""
    events = {
        "draft": make_event(festival, title="Being written", live=False),
        "review": hand_in(festival, organiser, title="In review"),
        "returned": return_event(
            hand_in(festival, organiser, title="Sent back"), question="Where?", by=editor
        ),
        "declined": decline_event(hand_in(festival, organiser, title="Left out"), reason="No.", by=editor),
        "published": make_event(festival, title="Published"),
        CHANGE_WAITS: make_event(festival, title="Changed"),
    }
    scheduled = hand_in(festival, organiser, title="Scheduled")
    scheduled.go_live_at = timezone.now() + dt.timedelta(days=3)
    scheduled.save_revision()
    events["accepted"] = publish_event(scheduled, by=editor)
    changed = events[CHANGE_WAITS]
    changed.summary = "Something new."
    changed.save_revision()
    changed.get_workflow().start(changed, organiser)
    return events


def test_board_names_who_organises_an_event(client, festival, organiser, editor):
    choir = OrganisationFactory(name="Harbour Choir")
    hand_in(festival, organiser, title="By a person")
    make_event(festival, title="By an organisation", organisation=choir)
    make_event(festival, title="By nobody")
    client.force_login(editor)

    rows = client.get(BOARD).context["object_list"]

    assert {row.title: organiser_of(row) for row in rows} == {
        "By a person": "Oda Organiser",
        "By an organisation": "Harbour Choir",
        "By nobody": "",
    }


def test_board_says_of_each_event_what_the_event_itself_says(festival, organiser, editor):
    events = one_of_each(festival, organiser, editor)

    stages = dict(board_of([festival]).values_list("pk", "stage"))

    assert stages == {event.pk: stage for stage, event in events.items()}
    for stage, event in events.items():
        fresh = EventPage.objects.get(pk=event.pk)
        assert stage_of(fresh) == (EventStage.PUBLISHED if stage == CHANGE_WAITS else stage)
    assert count_waiting() == 2


def test_board_shows_counts_and_filters(client, festival, organiser, editor):
    one_of_each(festival, organiser, editor)
    client.force_login(editor)

    everything = client.get(BOARD)
    waiting = client.get(BOARD, {"stage": ["review", CHANGE_WAITS]})
    found = client.get(BOARD, {"q": "left"})

    counts = {each["count"].stage: each["count"].number for each in everything.context["stages"]}
    assert counts == {
        "draft": 1, "submitted": 0, "review": 1, "returned": 1, "accepted": 1, "withdrawn": 0, "declined": 1,
        "published": 1, CHANGE_WAITS: 1,
    }  # fmt: skip
    assert [row.title for row in waiting.context["object_list"]] == ["In review", "Changed"]
    assert [row.title for row in found.context["object_list"]] == ["Left out"]


def test_board_is_about_the_next_festival_unless_another_is_asked_for(client, festival, editor):
    today = timezone.localdate()
    later = make_festival(
        slug="next", title="Next", starts_on=today + dt.timedelta(400), ends_on=today + dt.timedelta(401)
    )
    make_event(festival, title="This year")
    make_event(later, title="Next year")
    client.force_login(editor)

    asked = client.get(BOARD, {"festival": later.pk})

    assert [row.title for row in asked.context["object_list"]] == ["Next year"]


def test_board_without_a_festival_is_empty(client, editor):
    client.force_login(editor)

    assert client.get(BOARD).status_code == 200


def test_board_is_for_who_runs_the_festival(client, festival, moderator, officer, citizen):
    for user in (moderator, officer, citizen):
        client.force_login(user)
        for path in (
            BOARD,
            "/admin/festival/clashes/",
            "/admin/festival/changes/",
            bulk("publish", festival),
        ):
            assert client.get(path).status_code in (302, 404), (user, path)


def test_board_asks_the_same_with_one_event_and_with_many(
    client, festival, organiser, editor, django_assert_num_queries
):
    client.force_login(editor)
    hand_in(festival, organiser, title="First")
    client.get(BOARD)
    with CaptureQueriesContext(connection) as one:
        client.get(BOARD)
    for number in range(30):
        event = make_event(festival, title=f"Event {number}", live=number % 2 == 0)
        make_session(event, day=number % 9)

    with django_assert_num_queries(len(one)):
        client.get(BOARD)


def test_events_are_published_many_at_a_time_and_the_rest_is_named(client, festival, organiser, editor):
    ready, second = (hand_in(festival, organiser, title=title) for title in ("Ready", "Ready too"))
    empty = make_event(festival, title="Empty", live=False)
    client.force_login(editor)
    assert "Ready" in client.get(bulk("publish", ready, empty)).content.decode()

    answer = client.post(bulk("publish", ready, second, empty), {"comment": "", "next": BOARD}, follow=True)

    assert EventPage.objects.get(pk=ready.pk).live
    assert EventPage.objects.get(pk=second.pk).live
    assert not EventPage.objects.get(pk=empty.pk).live
    words = " ".join(str(message) for message in answer.context["messages"])
    assert "Done for 2 events." in words
    assert "Empty" in words


def test_events_go_back_with_one_question(client, festival, organiser, editor):
    events = [hand_in(festival, organiser, title=title) for title in ("One", "Two")]
    client.force_login(editor)

    client.post(bulk("return", *events), {"question": "Is it free?"})

    for event in events:
        fresh = EventPage.objects.get(pk=event.pk)
        assert stage_of(fresh) == EventStage.RETURNED
        assert fresh.submission.answer == "Is it free?"


def test_question_is_needed(client, festival, organiser, editor):
    event = hand_in(festival, organiser)
    client.force_login(editor)

    client.post(bulk("return", event), {"question": " "})

    assert stage_of(EventPage.objects.get(pk=event.pk)) == EventStage.IN_REVIEW


def test_events_are_declined_and_called_off(client, festival, organiser, editor):
    declined = hand_in(festival, organiser)
    off = make_event(festival)
    session = make_session(off)
    session.ends_at = timezone.now() + dt.timedelta(days=2, hours=1)
    session.starts_at = timezone.now() + dt.timedelta(days=2)
    session.save()
    client.force_login(editor)

    client.post(bulk("decline", declined), {"reason": "Too late."})
    client.post(bulk("call_off", off), {"reason": "Storm."})

    assert stage_of(EventPage.objects.get(pk=declined.pk)) == EventStage.DECLINED
    session.refresh_from_db()
    assert (session.is_cancelled, session.status_reason) == (True, "Storm.")


def test_organiser_cannot_decide_by_the_address(client, festival, organiser):
    event = hand_in(festival, organiser)
    client.force_login(organiser)

    answer = client.post(bulk("publish", event), {"comment": ""})

    assert answer.status_code in (302, 403)
    assert not EventPage.objects.get(pk=event.pk).live


def test_menu_counts_what_waits(client, festival, organiser, editor):
    hand_in(festival, organiser)
    client.force_login(editor)

    assert "Events on their way (1)" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_board_shows_what_changed_since_print(client, festival, editor):
    make_event(festival, title="As printed")
    changed = make_event(festival, title="Came later")
    make_session(changed)
    now = timezone.now()
    PrintEdition.objects.create(
        festival=festival,
        number=1,
        state=EditionState.READY,
        printed_at=now,
        touched_at=now,
        published_at=now,
    )
    client.force_login(editor)

    page = client.get(BOARD, {"print": "changed"})

    assert [row.title for row in page.context["object_list"]] == ["Came later"]
    assert page.context["changed"] == 1
