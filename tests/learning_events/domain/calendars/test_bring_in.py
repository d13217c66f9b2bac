"""Calendars of organisers become drafts, stay up to date, and never overwrite what somebody wrote here."""

import datetime as dt
import re

import pytest

from learning_events.domain.calendars import (
    add_source,
    bring_in,
    forget_keeper,
    stop_source,
    sync_due,
    sync_source,
    take_over,
)
from learning_events.domain.calendars.source import Given
from learning_events.domain.event import change_event, delete_draft
from learning_events.domain.fetching import Fetched, NotFetched
from learning_events.domain.session import change_session
from learning_events.enums import RunState, SessionStatus, SourceState
from learning_events.models import CalendarSource, EventPage, ImportedEvent, Session
from mapping.models import Topic
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from tests import factories
from tests.learning_events.calendar.files import event, ics
from tests.learning_events.festivals import an_editor, make_festival

pytestmark = pytest.mark.django_db
ADDRESS = "https://club.example.org/calendar.ics"
START = "DTSTART;TZID=Europe/Berlin:20260914T180000"


@pytest.fixture(autouse=True)
def _in_summer(clock):
    clock.move_to(dt.datetime(2026, 8, 1, 10, tzinfo=dt.UTC))


class Server:
    """Somebody else's server, as `fetch` asks it."""

    def __init__(self, content: bytes):
        self.content, self.asked, self.down = content, 0, False

    def __call__(self, _address, *, etag="", last_modified=""):
        self.asked += 1
        if self.down:
            raise NotFetched("The server does not answer as it should.", code="unreachable")
        tag = str(hash(self.content))
        if etag == tag:
            return Fetched(None, "", tag, "")
        return Fetched(self.content, "text/calendar", tag, "")


def calendar(*events: list[str]) -> bytes:
    return ics(*[line for each in events for line in each])


def tea(*lines: str, start: str = START, **more) -> list[str]:
    return event("DURATION:PT2H", "LOCATION:Club house", *lines, start=start, **more)


@pytest.fixture
def festival(db):
    return make_festival()


@pytest.fixture
def brought(festival, citizen):
    """Return what brings a calendar in and gives its server and source."""

    def begin(content: bytes, by=citizen, **more):
        server = Server(content)
        source, _run = add_source(festival, Given(address=ADDRESS, **more), by=by, fetch=server)
        bring_in(source, by=by)
        return server, CalendarSource.objects.get(pk=source.pk)

    return begin


def only_event() -> EventPage:
    return EventPage.objects.get()


def publish(page: EventPage) -> EventPage:
    page.get_latest_revision().publish(user=an_editor())
    return EventPage.objects.get(pk=page.pk)


def shown(page: EventPage) -> list[tuple[str, str]]:
    return [(f"{row.starts_at:%d %H:%M}", row.status) for row in page.sessions.all()]


# Giving and looking


def test_looking_changes_nothing(festival, citizen):
    source, run = add_source(festival, Given(address=ADDRESS), by=citizen, fetch=Server(calendar(tea())))

    assert run.counts == {
        "new": 1, "changed": 0, "gone": 0, "left": 0, "sessions": 1, "unchanged": 0, "outside": 0, "held_back": 0,
        "problems": 0,
    }  # fmt: skip
    assert source.state == SourceState.PREVIEW
    assert not EventPage.objects.exists()


def test_entries_become_drafts_of_who_gave_the_calendar(brought, citizen):
    topic = Topic.objects.create(name="Food", slug="food")
    brought(
        calendar(
            tea(
                "DESCRIPTION:We drink tea. Then we talk.",
                "CATEGORIES:Food",
                "URL:https://club.example.org/tea",
            )
        )
    )

    page = only_event()
    assert (page.live, page.title, page.summary) == (False, "Tea and talk", "We drink tea. Then we talk.")
    assert (page.venue_name, page.website) == ("Club house", "https://club.example.org/tea")
    assert list(page.topics.all()) == [topic]
    assert page.submission.participant == citizen.participant
    assert page.get_latest_revision_as_object().title == "Tea and talk"
    assert shown(page) == [("14 16:00", "planned")]
    assert page.get_parent().get_children().count() == page.get_parent().numchild == 1


def test_the_tree_is_as_add_child_would_have_made_it(brought, festival):
    festival.refresh_from_db()
    festival.add_child(instance=EventPage(title="First", summary="x"))
    brought(calendar(tea(uid="a"), tea(uid="b"), tea(uid="c", title="Calendar")))
    festival.refresh_from_db()
    festival.add_child(instance=EventPage(title="Last", summary="x"))

    assert EventPage.find_problems() == ([], [], [], [], [])
    assert [page.slug for page in EventPage.objects.order_by("path")] == [
        "first", "tea-and-talk", "tea-and-talk-2", "calendar", "last",
    ]  # fmt: skip
    assert all(page.url_path == f"{festival.url_path}{page.slug}/" for page in EventPage.objects.all())


def test_what_lies_outside_of_the_festival_is_counted_and_left_out(brought):
    _server, source = brought(calendar(tea(uid="a"), tea(uid="b", start="DTSTART:20261224T180000")))

    assert [row.uid for row in ImportedEvent.objects.all()] == ["a"]
    assert source.runs.first().counts["outside"] == 1


def test_courses_may_run_all_year(brought):
    brought(calendar(tea("RRULE:FREQ=WEEKLY;COUNT=20")), any_day=True)

    assert only_event().sessions.count() == 20


def test_broken_parts_are_listed_and_the_rest_is_brought_in(brought):
    _server, source = brought(calendar(tea(uid="a"), tea(uid="b", start="DTSTART:20269999T000000")))

    run = source.runs.first()
    assert EventPage.objects.count() == 1
    assert [problem["code"] for problem in run.problems] == ["start"]


def test_bringing_in_again_changes_nothing(brought):
    server, source = brought(calendar(tea()))
    revisions = only_event().revisions.count()

    assert sync_source(source, fetch=server) is None
    source.etag = ""
    assert sync_source(source, fetch=server) is None
    assert only_event().revisions.count() == revisions


def test_a_file_can_be_given_instead_of_an_address(festival, citizen):
    source, _run = add_source(festival, Given(content=calendar(tea()), file_name="club.ics"), by=citizen)
    bring_in(source, by=citizen)

    source.refresh_from_db()
    assert (source.title, source.state, source.next_at) == ("club.ics", SourceState.ACTIVE, None)
    assert EventPage.objects.count() == 1


def test_after_the_deadline_new_entries_are_left_out_with_the_reason(festival, citizen):
    festival.submissions_close_on = dt.date(2026, 7, 31)
    festival.save()
    source, _run = add_source(festival, Given(content=calendar(tea()), file_name="a.ics"), by=citizen)

    run = bring_in(source, by=citizen)

    assert not EventPage.objects.exists()
    assert (run.counts["left"], run.differences[0]["state"]) == (1, "left")
    assert "deadline" in run.differences[0]["words"]


# Refusals


def test_f19_what_is_no_calendar_is_refused_in_words_and_nothing_is_kept(festival, citizen):
    with pytest.raises(Invalid, match="web page") as refused:
        add_source(
            festival, Given(address=ADDRESS), by=citizen, fetch=Server(b"<!doctype html><title>x</title>")
        )

    assert refused.value.field == "address"
    assert not CalendarSource.objects.exists()


def test_f19_a_server_that_is_down_is_told_at_the_address(festival, citizen):
    server = Server(b"")
    server.down = True

    with pytest.raises(Invalid) as refused:
        add_source(festival, Given(address=ADDRESS), by=citizen, fetch=server)

    assert (refused.value.field, refused.value.code) == ("address", "unreachable")


def test_s14_an_inner_address_is_refused_by_the_real_door(festival, citizen):
    with pytest.raises(Invalid) as refused:
        add_source(festival, Given(address="http://169.254.169.254/latest/"), by=citizen)

    assert refused.value.code == "not_public"


def test_nothing_given_is_asked_for(festival, citizen):
    with pytest.raises(Invalid):
        add_source(festival, Given(), by=citizen)


def test_nobody_brings_in_for_an_organisation_that_is_not_theirs(festival, citizen):
    with pytest.raises(NotAllowed):
        add_source(
            festival,
            Given(content=calendar(tea()), organisation=factories.OrganisationFactory()),
            by=citizen,
        )


def test_others_may_not_touch_a_calendar(brought, resident):
    _server, source = brought(calendar(tea()))

    for action in (stop_source, bring_in, sync_source):
        with pytest.raises(NotAllowed):
            action(source, by=resident)


def test_what_was_brought_in_is_not_brought_in_twice(brought, citizen):
    _server, source = brought(calendar(tea()))

    with pytest.raises(Conflict):
        bring_in(source, by=citizen)


# Keeping up to date


def test_a_draft_follows_its_calendar(brought):
    server, source = brought(calendar(tea()))
    server.content = calendar(
        tea(title="Tea, talk and cake", start="DTSTART;TZID=Europe/Berlin:20260915T190000")
    )

    run = sync_source(source, fetch=server)

    page = only_event()
    assert page.title == "Tea, talk and cake"
    assert shown(page) == [("15 17:00", "planned")]
    assert run.state == RunState.DONE
    assert run.differences[0]["fields"] == [["title", "Tea and talk", "Tea, talk and cake", False]]


def test_what_the_organiser_wrote_here_stays_and_is_listed(brought, citizen):
    server, source = brought(calendar(tea("DESCRIPTION:Old words of the calendar.")))
    change_event(only_event(), facts={"title": "Our tea"}, by=citizen)
    server.content = calendar(tea("DESCRIPTION:New words of the calendar.", title="Your tea"))

    run = sync_source(source, fetch=server)

    page = only_event().get_latest_revision_as_object()
    assert (page.title, page.description) == ("Our tea", "New words of the calendar.")
    assert ["title", "Our tea", "Your tea", True] in run.differences[0]["fields"]


def test_a_time_that_the_organiser_changed_here_stays(brought, citizen):
    server, source = brought(calendar(tea()))
    session = Session.objects.get()
    change_session(
        session,
        facts={
            "starts_at": session.starts_at + dt.timedelta(hours=1),
            "ends_at": session.ends_at + dt.timedelta(hours=1),
        },
        by=citizen,
    )
    server.content = calendar(tea(start="DTSTART;TZID=Europe/Berlin:20260915T100000"))

    sync_source(source, fetch=server)

    assert shown(only_event()) == [("14 17:00", "planned")]


def test_what_is_gone_is_cancelled_and_never_deleted(brought):
    server, source = brought(calendar(tea(uid="a"), tea(uid="b", title="Coffee")))
    server.content = calendar(tea(uid="a"))

    run = sync_source(source, fetch=server)

    coffee = EventPage.objects.get(title="Coffee")
    assert shown(coffee) == [("14 16:00", "cancelled")]
    assert coffee.imported_as.is_gone
    assert run.counts["gone"] == 1


def test_what_comes_back_takes_place_after_all(brought):
    server, source = brought(calendar(tea(uid="a"), tea(uid="b", title="Coffee")))
    both = server.content
    server.content = calendar(tea(uid="a"))
    sync_source(source, fetch=server)
    server.content = both

    sync_source(CalendarSource.objects.get(), fetch=server)

    assert shown(EventPage.objects.get(title="Coffee")) == [("14 16:00", "planned")]
    assert Session.objects.count() == 2


def test_what_is_over_is_not_cancelled_when_the_calendar_drops_it(brought, clock):
    server, source = brought(calendar(tea(uid="a"), tea(uid="b", start="DTSTART:20260912T080000")))
    server.content = calendar(tea(uid="a"))

    clock.move_to(dt.datetime(2026, 9, 13, 10, tzinfo=dt.UTC))
    sync_source(source, fetch=server)

    assert set(Session.objects.values_list("status", flat=True)) == {SessionStatus.PLANNED}


def test_a_calendar_that_loses_nearly_everything_is_asked_about(brought, citizen):
    server, source = brought(calendar(*[tea(uid=f"e{n}", title=f"Tea {n}") for n in range(8)]))
    server.content = calendar(tea(uid="e0", title="Tea 0"))

    run = sync_source(source, fetch=server)

    assert run.counts["held_back"] == 1
    assert not Session.objects.filter(status=SessionStatus.CANCELLED).exists()

    bring_in(CalendarSource.objects.get(), by=citizen, cancels_many=True)

    assert Session.objects.filter(status=SessionStatus.CANCELLED).count() == 7


def test_a_cancelled_session_of_the_source_is_cancelled_here(brought):
    server, source = brought(calendar(tea()))
    server.content = calendar(tea("STATUS:CANCELLED"))

    sync_source(source, fetch=server)

    assert shown(only_event()) == [("14 16:00", "cancelled")]


def test_words_of_a_published_event_wait_for_an_editor(brought):
    server, source = brought(calendar(tea("DESCRIPTION:Old.")))
    publish(only_event())
    server.content = calendar(tea("DESCRIPTION:New."))

    sync_source(source, fetch=server)

    page = only_event()
    assert (page.description, page.get_latest_revision_as_object().description) == ("Old.", "New.")
    assert page.has_unpublished_changes


def test_times_of_a_published_event_wait_for_one_click(brought, citizen):
    server, source = brought(calendar(tea()))
    publish(only_event())
    server.content = calendar(
        tea(start="DTSTART;TZID=Europe/Berlin:20260915T190000"),
    )

    sync_source(source, fetch=server)

    imported = ImportedEvent.objects.get()
    assert shown(only_event()) == [("14 16:00", "planned")]
    assert [entry["what"] for entry in imported.waiting] == ["moved"]

    take_over(imported, by=citizen)

    assert shown(only_event()) == [("15 17:00", "planned")]
    assert Session.objects.get().announced_at is not None
    with pytest.raises(Conflict):
        take_over(imported, by=citizen)


def test_a_new_date_of_a_published_event_waits_too_and_moves_with_its_calendar(brought, citizen):
    server, source = brought(calendar(tea("RRULE:FREQ=DAILY;COUNT=1")))
    publish(only_event())
    server.content = calendar(tea("RRULE:FREQ=DAILY;COUNT=2"))

    sync_source(source, fetch=server)
    assert Session.objects.count() == 1
    take_over(ImportedEvent.objects.get(), by=citizen)

    assert shown(only_event()) == [("14 16:00", "planned"), ("15 16:00", "planned")]


# The clockwork


def test_f16_a_server_that_is_down_changes_nothing_and_is_left_alone_longer_each_time(brought):
    server, source = brought(calendar(tea()))
    server.down = True
    waits = []

    for _try in range(6):
        run = sync_source(CalendarSource.objects.get(), fetch=server)
        source.refresh_from_db()
        waits.append((source.next_at - source.fetched_at).total_seconds() / 3600)

    assert waits == [1, 2, 4, 8, 16, 24]
    assert (source.state, source.trouble) == (SourceState.TROUBLE, "The server does not answer as it should.")
    assert run.state == RunState.REFUSED
    assert source.runs.filter(state=RunState.REFUSED).count() == 1
    assert shown(only_event()) == [("14 16:00", "planned")]

    server.down = False
    sync_source(source, fetch=server)
    source.refresh_from_db()
    assert (source.state, source.failures, source.trouble) == (SourceState.ACTIVE, 0, "")


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"BEGIN:VCALENDAR\nEND:VCALENDAR", b"{}", b"\xff\xfe\x00"]
)
def test_f19_a_broken_calendar_changes_nothing(brought, content):
    server, source = brought(calendar(tea()))
    server.content = content

    run = sync_source(source, fetch=server)

    assert run.state == RunState.REFUSED
    assert re.search(r"\.$", run.words)
    assert shown(only_event()) == [("14 16:00", "planned")]


def test_only_what_is_due_is_asked(brought, clock):
    server, _source = brought(calendar(tea()))

    assert sync_due(fetch=server) == {"changed": 0, "failed": 0, "unchanged": 0}
    clock.shift(dt.timedelta(minutes=90))
    assert sync_due(fetch=server) == {"changed": 0, "failed": 0, "unchanged": 1}
    assert sync_due(fetch=server) == {"changed": 0, "failed": 0, "unchanged": 0}


def test_a_stopped_calendar_is_asked_no_more_and_its_events_stay(brought, clock, citizen):
    server, source = brought(calendar(tea()))

    stop_source(source, by=citizen)

    clock.shift(dt.timedelta(days=2))
    assert sync_due(fetch=server)["unchanged"] == 0
    with pytest.raises(Conflict):
        sync_source(CalendarSource.objects.get(), by=citizen, fetch=server)
    assert shown(only_event()) == [("14 16:00", "planned")]


def test_a_calendar_whose_keeper_is_gone_says_so(brought):
    server, _source = brought(calendar(tea()))
    CalendarSource.objects.update(participant=None)

    run = sync_source(CalendarSource.objects.get(), fetch=server)

    assert run.state == RunState.REFUSED


def test_v5_whoever_leaves_takes_the_calendar_along_and_the_events_stay(brought, citizen):
    _server, source = brought(calendar(tea()))

    forget_keeper(citizen)

    source.refresh_from_db()
    assert (source.participant, source.state, source.next_at) == (None, SourceState.STOPPED, None)
    assert shown(only_event()) == [("14 16:00", "planned")]


def test_a_draft_that_was_deleted_does_not_come_back(brought, citizen):
    server, source = brought(calendar(tea(uid="a"), tea(uid="b", title="Coffee")))
    delete_draft(EventPage.objects.get(title="Coffee"), by=citizen)
    server.content = calendar(tea(uid="a"), tea(uid="b", title="Coffee and cake"))

    sync_source(source, fetch=server)

    assert only_event().title == "Tea and talk"
    assert ImportedEvent.objects.get(uid="b").event is None


def test_whoever_left_the_organisation_brings_nothing_in_for_it(brought, citizen):
    organisation = factories.OrganisationFactory()
    role = organisation.roles.create(participant=citizen.participant, role="member")
    server, source = brought(calendar(tea(uid="a")), organisation=organisation)
    role.delete()
    server.content = calendar(tea(uid="a"), tea(uid="b", title="Coffee"))

    run = sync_source(CalendarSource.objects.get(pk=source.pk), fetch=server)

    assert (run.state, run.words) == (RunState.REFUSED, "You do not act for this organisation.")
    assert only_event().title == "Tea and talk"
