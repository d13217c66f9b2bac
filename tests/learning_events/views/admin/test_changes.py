"""Changes that organisers ask for, decided in the admin."""

import pytest

from learning_events.domain.change import ask_for_change
from learning_events.enums import ChangeState
from learning_events.models import ChangeRequest, EventPage, EventSubmission
from tests.learning_events.festivals import make_event, make_session

pytestmark = pytest.mark.django_db
PATH = "/admin/festival/changes/"


@pytest.fixture
def asked(festival, organiser):
    event = make_event(festival)
    make_session(event)
    EventSubmission.objects.create(event=event, participant=organiser.participant)
    return ask_for_change(event, by=organiser, text="Our name is new.", wishes={"title": "Bread for all"})


def test_list_shows_what_waits(client, editor, asked):
    client.force_login(editor)

    page = client.get(PATH).content.decode()

    assert "Our name is new." in page
    assert f"{PATH}{asked.pk}/" in page


def test_change_is_made_with_one_click(client, editor, asked):
    client.force_login(editor)
    assert "Bread for all" in client.get(f"{PATH}{asked.pk}/").content.decode()

    answer = client.post(f"{PATH}{asked.pk}/", {"grant": "1", "answer": ""})

    assert answer.status_code == 302
    assert EventPage.objects.get(pk=asked.event_id).title == "Bread for all"


def test_no_needs_a_reason(client, editor, asked):
    client.force_login(editor)

    without = client.post(f"{PATH}{asked.pk}/", {"decline": "1", "answer": " "})
    client.post(f"{PATH}{asked.pk}/", {"decline": "1", "answer": "It is printed."})

    asked.refresh_from_db()
    assert without.status_code == 400
    assert (asked.state, asked.answer) == (ChangeState.DECLINED, "It is printed.")


def test_decided_once(client, editor, asked):
    client.force_login(editor)
    client.post(f"{PATH}{asked.pk}/", {"decline": "1", "answer": "It is printed."})

    again = client.post(f"{PATH}{asked.pk}/", {"grant": "1", "answer": ""}, follow=True)

    assert "Somebody has decided this already." in again.content.decode()
    assert ChangeRequest.objects.get().state == ChangeState.DECLINED


def test_only_who_runs_the_festival_gets_in(client, organiser, moderator, asked):
    for user in (organiser, moderator):
        client.force_login(user)
        assert client.get(f"{PATH}{asked.pk}/").status_code == 302
        assert client.post(f"{PATH}{asked.pk}/", {"grant": "1"}).status_code == 302
    assert ChangeRequest.objects.get().state == ChangeState.OPEN


def test_number_that_nobody_has_asked_for(client, editor):
    client.force_login(editor)

    for number in ("999999", "9" * 40):
        assert client.get(f"{PATH}{number}/").status_code == 404
