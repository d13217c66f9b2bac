"""Organisers bring their own calendar from the site, without seeing the admin."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learning_events.domain.calendars import add_source, bring_in
from learning_events.domain.calendars.source import Given
from learning_events.models import CalendarSource, EventKind, EventPage, ImportedEvent
from tests import factories
from tests.learning_events.calendar.files import event, ics
from tests.learning_events.domain.calendars.test_bring_in import START, calendar, publish, tea
from tests.learning_events.festivals import an_editor, make_festival

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival(db):
    return make_festival()


@pytest.fixture
def organiser(client, citizen):
    client.force_login(citizen)
    return client


def file_of(content: bytes, name: str = "club.ics"):
    return SimpleUploadedFile(name, content, content_type="text/calendar")


def brought(festival, citizen, content: bytes) -> CalendarSource:
    source, _run = add_source(festival, Given(content=content, file_name="club.ics"), by=citizen)
    bring_in(source, by=citizen)
    return CalendarSource.objects.get(pk=source.pk)


def test_strangers_are_asked_to_sign_in(client, festival):
    answer = client.get(festival.url_of("calendars"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_file_is_looked_at_first_and_then_brought_in(organiser, festival):
    answer = organiser.post(festival.url_of("new_calendar"), {"file": file_of(calendar(tea()))}, follow=True)

    source = CalendarSource.objects.get()
    assert answer.redirect_chain[-1][0] == festival.url_of("calendar_source", source.pk)
    assert "Nothing is brought in yet" in answer.text
    assert "Tea and talk" in answer.text
    assert not EventPage.objects.exists()

    answer = organiser.post(answer.redirect_chain[-1][0], {"action": "bring-in"}, follow=True)

    assert "1 event is a draft of yours now." in answer.text
    assert festival.url_of("own_event", EventPage.objects.get().pk) in answer.text


def test_what_is_wrong_stands_at_its_field(organiser, festival):
    new = festival.url_of("new_calendar")

    for posted, words in (
        ({}, "Please give the address of a calendar, or choose a file."),
        ({"address": "http://127.0.0.1/a.ics"}, "does not lead to a public place"),
        ({"address": "file:///etc/passwd"}, "begins with https://"),
        ({"file": file_of(b"hello", "club.txt")}, "no programme that can be read here"),
        ({"address": "https://a.example/", "file": file_of(b"x")}, "either an address or a file"),
    ):
        answer = organiser.post(new, posted)
        assert answer.status_code == 400
        assert words in answer.text
    assert not CalendarSource.objects.exists()


def test_others_do_not_learn_that_there_is_such_a_calendar(client, resident, citizen, festival):
    source = brought(festival, citizen, calendar(tea()))
    client.force_login(resident)

    address = festival.url_of("calendar_source", source.pk)
    assert client.get(address).status_code == 404
    for action in ("bring-in", "stop", "sync", "take-over", "hand-in", "throw-away"):
        assert client.post(address, {"action": action}).status_code == 404
    assert "club.ics" not in client.get(festival.url_of("calendars")).text


def test_who_acts_for_the_organisation_keeps_its_calendars_too(client, resident, citizen, festival):
    organisation = factories.OrganisationFactory()
    for person in (resident, citizen):
        organisation.roles.create(participant=person.participant, role="member")
    source, _run = add_source(
        festival,
        Given(content=calendar(tea()), file_name="club.ics", organisation=organisation),
        by=citizen,
    )
    client.force_login(resident)

    assert "club.ics" in client.get(festival.url_of("calendars")).text
    assert client.get(festival.url_of("calendar_source", source.pk)).status_code == 200


def test_the_next_file_shows_what_differs(organiser, citizen, festival):
    source = brought(festival, citizen, calendar(tea()))

    answer = organiser.post(
        festival.url_of("calendar_source", source.pk),
        {"action": "file", "file": file_of(calendar(tea(title="Tea and cake")))},
        follow=True,
    )

    assert "Title: “Tea and talk” becomes “Tea and cake”." in answer.text
    assert EventPage.objects.get().title == "Tea and talk"


def test_a_next_file_that_is_none_is_told_at_the_field(organiser, citizen, festival):
    source = brought(festival, citizen, calendar(tea()))
    address = festival.url_of("calendar_source", source.pk)

    for posted in ({}, {"file": file_of(b"nonsense")}):
        assert organiser.post(address, {"action": "file", **posted}).status_code == 400
    assert CalendarSource.objects.get().content is None


def test_other_times_of_a_published_event_are_taken_over_with_one_click(organiser, citizen, festival):
    brought(festival, citizen, calendar(tea()))
    publish(EventPage.objects.get())
    source = CalendarSource.objects.get()
    address = festival.url_of("calendar_source", source.pk)
    moved = calendar(tea(start="DTSTART;TZID=Europe/Berlin:20260915T190000"))
    organiser.post(address, {"action": "file", "file": file_of(moved)})
    organiser.post(address, {"action": "bring-in"})

    assert "Published events with other times" in organiser.get(address).text
    row = ImportedEvent.objects.get()
    answer = organiser.post(address, {"action": "take-over", "event": row.pk}, follow=True)

    assert "now has the times of your calendar" in answer.text
    assert "Published events with other times" not in answer.text
    assert f"{row.event.sessions.get().starts_at:%d %H:%M}" == "15 17:00"


def test_complete_drafts_are_handed_in_at_once(organiser, citizen, festival):
    kind = EventKind.objects.create(name="Talk", slug="talk")
    content = calendar(
        tea("DESCRIPTION:Tea for all.", uid="a"), event(uid="b", title="No place", start=START)
    )
    source, _run = add_source(festival, Given(content=content, file_name="a.ics", kind=kind), by=citizen)
    bring_in(source, by=citizen)

    answer = organiser.post(festival.url_of("calendar_source", source.pk), {"action": "hand-in"}, follow=True)

    assert "1 event is handed in. 1 event still misses something" in answer.text
    assert EventPage.objects.get(title="Tea and talk").submission.sent_at is not None
    assert EventPage.objects.get(title="No place").submission.sent_at is None


def test_a_calendar_that_brought_nothing_in_is_forgotten(organiser, citizen, festival):
    source, _run = add_source(festival, Given(content=calendar(tea()), file_name="a.ics"), by=citizen)

    organiser.post(festival.url_of("calendar_source", source.pk), {"action": "throw-away"})

    assert not CalendarSource.objects.exists()


def test_unknown_actions_are_not_there(organiser, citizen, festival):
    source = brought(festival, citizen, calendar(tea()))

    assert organiser.post(festival.url_of("calendar_source", source.pk), {"action": "x"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_however_many(
    organiser, citizen, festival, number, django_assert_max_num_queries
):
    for each in range(number):
        add_source(
            festival,
            Given(content=ics(*event(uid=f"e{each}", start=START)), file_name=f"{each}.ics"),
            by=an_editor() if each > 15 else citizen,
        )
    CalendarSource.objects.update(participant=citizen.participant)
    organiser.get(festival.url_of("calendars"))

    with django_assert_max_num_queries(16):
        assert organiser.get(festival.url_of("calendars")).text.count("panel") >= number
