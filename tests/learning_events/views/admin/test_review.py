"""One event as editors decide about it."""

import pytest

from learning_events.enums import EventStage
from learning_events.models import EventPage
from learning_events.queries.event import stage_of
from tests.learning_events.festivals import make_event, make_session
from tests.learning_events.handing_in import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(festival, organiser):
    return hand_in(festival, organiser)


@pytest.fixture
def path(event):
    return f"/admin/festival/events/{event.pk}/"


def stage(event):
    return stage_of(EventPage.objects.get(pk=event.pk))


def test_page_says_what_a_decision_needs(client, editor, event, path):
    client.force_login(editor)

    page = client.get(path).content.decode()

    for words in ("Mend a chair", "With glue.", "Please.", "Oda Organiser", "Festival editors", "18:00"):
        assert words in page, words


def test_editor_publishes(client, editor, event, path):
    client.force_login(editor)

    answer = client.post(path, {"publish": "1", "text": ""})

    assert answer.status_code == 302
    assert stage(event) == EventStage.PUBLISHED


def test_editor_sends_back_and_is_told_that_a_question_is_needed(client, editor, event, path):
    client.force_login(editor)

    without = client.post(path, {"return": "1", "text": ""})
    client.post(path, {"return": "1", "text": "Who leads it?"})

    assert without.status_code == 400
    assert "Please write what the organiser shall answer" in without.content.decode()
    assert stage(event) == EventStage.RETURNED


def test_editor_declines_with_a_reason(client, editor, event, path):
    client.force_login(editor)

    client.post(path, {"decline": "1", "text": "It is a sale."})

    assert stage(event) == EventStage.DECLINED


def test_decided_event_has_no_buttons(client, editor, festival):
    client.force_login(editor)

    page = client.get(f"/admin/festival/events/{make_event(festival).pk}/").content.decode()

    assert "Nothing waits for a decision here." in page


def test_change_of_a_published_event_is_read_before_it_is_published(client, editor, festival):
    event = make_event(festival, title="Old title")
    make_session(event)
    event.title = "New title"
    event.save_revision()
    event.get_workflow().start(event, editor)
    client.force_login(editor)

    page = client.get(f"/admin/festival/events/{event.pk}/").content.decode()
    client.post(f"/admin/festival/events/{event.pk}/", {"publish": "1", "text": ""})

    assert "New title" in page
    assert EventPage.objects.get(pk=event.pk).title == "New title"


def test_post_without_a_button_changes_nothing(client, editor, event, path):
    client.force_login(editor)

    client.post(path, {"text": "x"})

    assert stage(event) == EventStage.IN_REVIEW


def test_only_who_runs_the_festival_gets_in(client, moderator, organiser, event, path):
    for user in (moderator, organiser):
        client.force_login(user)
        assert client.get(path).status_code == 302
        assert client.post(path, {"publish": "1"}).status_code == 302
    assert stage(event) == EventStage.IN_REVIEW


def test_number_that_no_event_has(client, editor):
    client.force_login(editor)

    for number in ("999999", "9" * 40):
        assert client.get(f"/admin/festival/events/{number}/").status_code == 404
