"""Changes after the deadline: asked for, granted, which makes them, or declined with a reason."""

import datetime as dt

import pytest

from learning_events.domain.change import ask_for_change, decline_change, grant_change
from learning_events.enums import ChangeState
from learning_events.models import ChangeRequest, EventPage, EventSubmission, Session
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from tests.factories import ParticipantFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to(NOW)
    return clock


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


@pytest.fixture
def event(organiser):
    event = make_event(make_festival(changes_close_on=dt.date(2026, 8, 1)))
    EventSubmission.objects.create(event=event, participant=organiser.participant)
    return event


def test_a_granted_wish_moves_the_session_and_tells_who_asked(event, organiser):
    session = make_session(event)
    wishes = {
        "starts_at": dt.datetime(2026, 9, 12, 19),
        "ends_at": dt.datetime(2026, 9, 12, 21),
        "room": "Hall",
    }

    request = ask_for_change(event, by=organiser, text="An hour later.", session=session, wishes=wishes)
    assert Session.objects.get().room == ""
    request = grant_change(ChangeRequest.objects.get(pk=request.pk), by=an_editor(), answer="Gladly.")

    session = Session.objects.get()
    assert (session.starts_at.hour, session.ends_at.hour, session.room) == (17, 19, "Hall")
    assert (session.announced_at, session.previous_starts_at.hour) == (NOW, 16)
    assert (request.state, request.decided_by) == (ChangeState.GRANTED, an_editor())
    notice = organiser.participant.notifications.get()
    assert (notice.title, notice.text) == ("“Bread for beginners” is changed as you asked", "Gladly.")


def test_a_granted_wish_about_the_event_is_published(event, organiser):
    request = ask_for_change(
        event, by=organiser, text="A spelling mistake.", wishes={"title": "Bread for all"}
    )

    grant_change(request, by=an_editor())

    assert EventPage.objects.get().title == "Bread for all"


def test_a_wish_in_words_alone_changes_nothing_by_itself(event, organiser):
    request = ask_for_change(event, by=organiser, text="Could you swap the pictures?")

    assert grant_change(request, by=an_editor()).state == ChangeState.GRANTED
    assert EventPage.objects.get().title == event.title


def test_a_declined_wish_says_why(event, organiser):
    request = ask_for_change(event, by=organiser, text="Another week, please.")
    with pytest.raises(Invalid) as refusal:
        decline_change(request, by=an_editor(), answer="  ")
    assert refusal.value.field == "answer"

    decline_change(request, by=an_editor(), answer="The programme is printed.")

    assert organiser.participant.notifications.get().text == "The programme is printed."
    with pytest.raises(Conflict, match="decided this already"):
        grant_change(request, by=an_editor())


def test_a_wish_that_is_impossible_by_now_stays_open(event, organiser):
    session = make_session(event, seats=10)
    request = ask_for_change(event, by=organiser, text="Fewer seats.", session=session, wishes={"seats": 4})
    Session.objects.update(taken=6)

    with pytest.raises(Conflict):
        grant_change(request, by=an_editor())

    assert ChangeRequest.objects.get().state == ChangeState.OPEN


def test_who_may_ask_and_decide(event, organiser, citizen):
    with pytest.raises(NotAllowed):
        ask_for_change(event, by=citizen, text="Mine now.")
    request = ask_for_change(event, by=organiser, text="A wish.")
    for decide in (grant_change, decline_change):
        with pytest.raises(NotAllowed):
            decide(request, by=organiser, answer="Yes!")


def test_what_cannot_be_asked(event, organiser):
    foreign = make_session(make_event(make_festival(slug="other"), title="Foreign"))
    with pytest.raises(Missing):
        ask_for_change(event, by=organiser, text="A wish.", session=foreign)
    with pytest.raises(Invalid):
        ask_for_change(event, by=organiser, text=" ")
    EventPage.objects.filter(pk=event.pk).update(live=False)
    with pytest.raises(Conflict):
        ask_for_change(event, by=organiser, text="A wish.")
