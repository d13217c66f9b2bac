"""Programmes of other people's calendars arrive as they were meant, whatever program wrote them."""

import datetime as dt
import json
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from learning_events.calendar.events import SourceCost, SourcePlace
from learning_events.calendar.reading import read_events
from tests.learning_events.calendar.files import (
    BERLIN,
    codes,
    event,
    frab,
    frab_xml,
    ics,
    jsonld,
    read,
    talk,
    xcri,
)
from tests.learning_events.calendar.open_house import as_jsonld

# --- iCalendar ---


def starts(reading, number: int = 0) -> list[str]:
    return [session.start.isoformat() for session in reading.events[number].sessions]


def test_an_entry_brings_its_title_times_place_and_web_addresses():
    reading = read(ics(
        *event(
            "DTEND;TZID=Europe/Berlin:20260907T193000", "DESCRIPTION:Bring a cup\\, please.\\nWe bring the ", " rest.",
            "LOCATION:Library\\, Main Street 1", "GEO:53.55;9.99", "URL:https://example.org/tea", "CATEGORIES:Talk,Food\\, drink",
            "ORGANIZER;CN=\"Tea: the club\":mailto:ada@example.org", "IMAGE;VALUE=URI:https://example.org/a b.png",
            "SEQUENCE:3", "LAST-MODIFIED:20260801T100000Z", start="DTSTART;TZID=Europe/Berlin:20260907T180000",
        ),
        calendar=["X-WR-CALNAME:Tea in town"],
    ))  # fmt: skip

    (tea,) = reading.events
    (session,) = tea.sessions
    assert (reading.source_format, reading.credits, reading.problems, reading.skipped) == (
        "ics",
        "Tea in town",
        (),
        {},
    )
    assert (tea.uid, tea.title, tea.description) == (
        "tea",
        "Tea and talk",
        "Bring a cup, please.\nWe bring the rest.",
    )
    assert tea.place == SourcePlace("Library", "Main Street 1", 53.55, 9.99)
    assert (tea.url, tea.image_url) == ("https://example.org/tea", "https://example.org/a%20b.png")
    assert (tea.categories, tea.organiser) == (("Talk", "Food, drink"), "Tea: the club")
    assert (tea.sequence, tea.changed_at) == (3, dt.datetime(2026, 8, 1, 10, tzinfo=dt.UTC))
    assert session.start == dt.datetime(2026, 9, 7, 18, tzinfo=BERLIN)
    assert session.end == dt.datetime(2026, 9, 7, 19, 30, tzinfo=BERLIN)
    assert (session.uid, session.zone, session.status) == ("tea", "Europe/Berlin", "scheduled")


def test_an_address_of_a_person_is_not_kept():
    reading = read(
        ics(*event("ORGANIZER;CN=ada@example.org:mailto:ada@example.org", "CONTACT:ada@example.org"))
    )

    assert "ada@" not in repr(reading.events)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("DTSTART:20260907T180000Z", "20260907T180000"),
        ("DTSTART:20260907T180000", "20260907T160000"),
        ("DTSTART;TZID=America/New_York:20260907T180000", "20260907T220000"),
        ("DTSTART;TZID=Eastern Standard Time:20260907T180000", "20260907T220000"),
        ('DTSTART;TZID="W. Europe Standard Time":20260907T180000', "20260907T160000"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Asia/Kathmandu:20260907T180000", "20260907T121500"),
        ("DTSTART;TZID=Customized Time Zone:20260907T180000", "20260907T220000"),
        ("DTSTART;TZID=Customized Time Zone:20261207T180000", "20261207T230000"),
    ],
)
def test_every_way_to_name_a_clock_gives_the_same_instant_everywhere(written, instant):
    zone = [
        "BEGIN:VTIMEZONE", "TZID:Customized Time Zone", "BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11", "END:STANDARD", "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400",
        "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
    ]  # fmt: skip

    reading = read(ics(*event(start=written), calendar=zone))

    assert reading.problems == ()
    (session,) = reading.events[0].sessions
    assert f"{session.start.astimezone(dt.UTC):%Y%m%dT%H%M%S}" == instant
    assert isinstance(session.start.tzinfo, ZoneInfo)
    assert session.start.tzinfo.key == session.zone


def test_a_calendar_s_own_zone_holds_for_times_without_one():
    reading = read(ics(*event(), calendar=["X-WR-TIMEZONE:Asia/Kathmandu"]))

    assert starts(reading) == ["2026-09-07T18:00:00+05:45"]


def test_an_unknown_clock_is_read_in_the_city_s_and_said_once():
    reading = read(
        ics(*event("EXDATE;TZID=Moon/Base:20260908T180000", start="DTSTART;TZID=Moon/Base:20260907T180000"))
    )

    assert starts(reading) == ["2026-09-07T18:00:00+02:00"]
    assert [str(problem) for problem in reading.problems] == [
        "Line 6: The time zone “Moon/Base” is not known; the times were read in the clock of Europe/Berlin. Check them."
    ]


def test_a_series_keeps_its_exceptions_changes_and_cancellations():
    reading = read(ics(
        *event("RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE:20260914T180000", "DURATION:PT1H"),
        *event("RECURRENCE-ID:20260921T180000", "DTEND:20260922T200000", start="DTSTART:20260922T190000", title="In the park"),
        *event("RECURRENCE-ID:20260928T180000", "STATUS:CANCELLED", start="DTSTART:20260928T180000"),
    ))  # fmt: skip

    (tea,) = reading.events
    assert [
        (session.uid, session.start.isoformat()[5:16], session.status, session.note)
        for session in tea.sessions
    ] == [
        ("tea#20260907T160000Z", "09-07T18:00", "scheduled", ""),
        ("tea#20260921T160000Z", "09-22T19:00", "moved", "In the park"),
        ("tea#20260928T160000Z", "09-28T18:00", "cancelled", ""),
        ("tea#20261005T160000Z", "10-05T18:00", "scheduled", ""),
    ]
    assert tea.sessions[1].previous_start == dt.datetime(2026, 9, 21, 18, tzinfo=BERLIN)
    assert tea.sessions[1].end - tea.sessions[1].start == dt.timedelta(hours=1)


def test_a_change_from_a_date_on_moves_all_that_follow():
    reading = read(ics(
        *event("RRULE:FREQ=WEEKLY;COUNT=4", "DTEND:20260907T190000"),
        *event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260921T180000", "DTEND:20260921T210000", start="DTSTART:20260921T190000"),
    ))  # fmt: skip

    assert [start[5:16] for start in starts(reading)] == [
        "09-07T18:00",
        "09-14T18:00",
        "09-21T19:00",
        "09-28T19:00",
    ]
    assert [session.status for session in reading.events[0].sessions][1:] == ["scheduled", "moved", "moved"]
    assert reading.events[0].sessions[3].end.hour == 21


def test_f10_a_weekly_class_stays_at_its_hour_over_both_changes_of_the_clock():
    reading = read(
        ics(*event("RRULE:FREQ=WEEKLY;COUNT=40", start="DTSTART;TZID=Europe/Berlin:20260907T180000"))
    )

    assert {start[11:16] for start in starts(reading)} == {"18:00"}
    assert {start[19:] for start in starts(reading)} == {"+02:00", "+01:00"}


def test_dates_may_be_listed_one_by_one_and_as_periods():
    reading = read(
        ics(
            *event(
                "RDATE;VALUE=PERIOD:20260910T160000Z/PT2H,20260912T160000Z/20260912T170000Z",
                "RDATE;VALUE=DATE:20260920",
            )
        )
    )

    assert [start[5:16] for start in starts(reading)] == [
        "09-07T18:00",
        "09-10T18:00",
        "09-12T18:00",
        "09-20T18:00",
    ]


def test_whole_days_end_on_their_last_day():
    reading = read(ics(*event("DTEND;VALUE=DATE:20260910", start="DTSTART;VALUE=DATE:20260907")))

    (session,) = reading.events[0].sessions
    assert (session.start, session.end, session.is_all_day) == (
        dt.date(2026, 9, 7),
        dt.date(2026, 9, 9),
        True,
    )


def test_an_endless_series_is_followed_two_years_from_the_day_that_matters():
    file = ics(*event("RRULE:FREQ=WEEKLY", start="DTSTART:20190107T180000"))

    whole, recent = read(file), read(file, since=dt.date(2026, 9, 1))

    assert (starts(whole)[0][:10], starts(whole)[-1][:10], codes(whole)) == (
        "2019-01-07",
        "2021-01-04",
        ["series-cut"],
    )
    assert (starts(recent)[0][:10], starts(recent)[-1][:10]) == ("2026-09-07", "2028-08-28")


def test_what_is_over_is_passed_over():
    reading = read(
        ics(*event(), *event(uid="old", start="DTSTART:20200101T100000")), since=dt.date(2026, 1, 1)
    )

    assert ([one.uid for one in reading.events], reading.skipped) == (["tea"], {"past": 1})


def test_d2_tasks_alarms_and_private_entries_are_counted_and_left_out():
    reading = read(ics(
        *event("BEGIN:VALARM", "TRIGGER:-PT15M", "REPEAT:2000000000", "DURATION:PT1S", "END:VALARM"),
        "BEGIN:VTODO", "SUMMARY:Buy tea", "END:VTODO",
        *event("CLASS:PRIVATE", uid="secret", title="At the doctor's"),
    ))  # fmt: skip

    assert [one.title for one in reading.events] == ["Tea and talk"]
    assert reading.skipped == {"alarm": 1, "todo": 1, "event": 1}
    assert "doctor" not in repr(reading)


def test_of_an_entry_that_comes_twice_the_newest_counts():
    reading = read(ics(*event("SEQUENCE:2", title="New"), *event("SEQUENCE:1", title="Old")))

    assert ([one.title for one in reading.events], codes(reading)) == (["New"], ["uid-twice"])


def test_f19_letters_come_through_in_every_encoding_and_folding():
    text = ics(*event(title="Café مكتبة 📚")).decode()
    within_a_letter = text.encode().replace(b"Caf\xc3\xa9", b"Caf\xc3\r\n \xa9")

    for content in (
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.replace("\r\n", "\n").encode(),
        within_a_letter,
    ):
        assert read(content).events[0].title == "Café مكتبة 📚"
    western = read(ics(*event(title="Café")).decode().encode("cp1252"))
    assert (western.events[0].title, codes(western)) == ("Café", ["encoding"])


def test_what_is_no_text_is_taken_out_and_said():
    reading = read(ics(*event(title="Tea\x00\x1b[31m and\x07 talk")))

    assert (reading.events[0].title, codes(reading)) == ("Tea[31m and talk", ["bad-character"])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "file:///etc/passwd", "mailto:a@example.org", "https://", "http:///x", "//example.org",
        "https://exa mple.org/",
    ],
)  # fmt: skip
def test_only_web_addresses_are_kept(address):
    reading = read(ics(*event(f"URL:{address}")))

    assert (reading.events[0].url, codes(reading)) == ("", ["address"])


def test_f19_broken_parts_are_listed_with_their_line_and_the_rest_is_brought_in():
    reading = read(ics(
        *event(),
        *event(uid="a", start="DTSTART:tomorrow"),
        *event("DTEND:20260101T000000", uid="b"),
        *event("RRULE:FREQ=SECONDLY", uid="c"),
        "BEGIN:VEVENT", "UID:d", "DTSTART:20260907T180000", "END:VEVENT",
        "this is no line",
    ))  # fmt: skip

    assert [one.uid for one in reading.events] == ["tea", "b"]
    assert reading.skipped == {"event": 3}
    assert [(problem.line, problem.uid, problem.code) for problem in reading.problems] == [
        (29, "", "line"), (11, "a", "start"), (13, "b", "end-before-start"), (23, "c", "rule"), (25, "d", "no-name"),
    ]  # fmt: skip
    assert all(str(problem).startswith("Line ") for problem in reading.problems)


# --- schema.org ---


def test_an_event_of_schema_org_brings_what_it_says():
    reading = read(jsonld({
        "@type": ["Event", "EducationEvent"], "@id": "https://example.org/tea#1", "endDate": "2026-09-07T19:30:00+02:00",
        "description": "Tea.", "url": "https://example.org/tea", "inLanguage": ["de", {"@type": "Language", "name": "English"}],
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode", "keywords": "Talk, Food",
        "location": [
            {"@type": "Place", "name": "Library", "address": {"streetAddress": "Main Street 1", "postalCode": "20095"},
             "geo": {"latitude": "53.55", "longitude": 9.99},
             "amenityFeature": [{"name": "Ramp", "value": True}, {"name": "Lift", "value": False}]},
            {"@type": "VirtualLocation", "url": "https://example.org/live"},
        ],
        "organizer": {"@type": "Organization", "name": "Tea club"}, "performer": [{"name": "Ada"}, "Ben"],
        "audience": {"audienceType": "Everyone"}, "offers": [{"price": 0, "priceCurrency": "EUR"}], "image": {"url": "https://example.org/a.png"},
        "maximumAttendeeCapacity": "30",
    }))  # fmt: skip

    (tea,) = reading.events
    assert reading.problems == ()
    assert (tea.uid, tea.is_uid_made) == ("https://example.org/tea#1", False)
    assert (tea.attendance, tea.online_url) == ("mixed", "https://example.org/live")
    assert tea.place == SourcePlace("Library", "Main Street 1, 20095", 53.55, 9.99)
    assert (tea.languages, tea.leaders, tea.audience) == (("de", "English"), ("Ada", "Ben"), ("Everyone",))
    assert (tea.cost, tea.accessibility) == (SourceCost("free", "0 EUR"), ("Ramp",))
    assert (tea.organiser, tea.categories, tea.image_url) == (
        "Tea club",
        ("Talk", "Food"),
        "https://example.org/a.png",
    )
    assert (tea.sessions[0].capacity, tea.sessions[0].start) == (
        30,
        dt.datetime(2026, 9, 7, 18, tzinfo=BERLIN),
    )


def test_events_are_found_in_graphs_and_lists():
    inside = json.loads(jsonld({}, {"name": "Walk"}))
    for document in (
        {"@graph": inside},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one} for one in inside]},
        {"@type": "Place", "event": inside},
        [[{"@graph": inside}]][0],
    ):
        assert [one.title for one in read(json.dumps(document).encode()).events] == ["Tea and talk", "Walk"]


def test_status_and_previous_start_are_understood():
    reading = read(jsonld(
        {"eventStatus": "https://schema.org/EventCancelled", "identifier": 1},
        {"eventStatus": "EventRescheduled", "previousStartDate": "2026-09-01T18:00", "identifier": 2},
        {"eventStatus": "EventPostponed", "identifier": {"value": "3"}},
    ))  # fmt: skip

    sessions = [one.sessions[0] for one in reading.events]
    assert [(one.uid, session.status) for one, session in zip(reading.events, sessions, strict=True)] == [
        ("1", "cancelled"), ("2", "moved"), ("3", "cancelled"),
    ]  # fmt: skip
    assert sessions[1].previous_start == dt.datetime(2026, 9, 1, 18, tzinfo=BERLIN)
    assert codes(reading) == ["postponed"]


def test_sub_events_of_the_same_name_are_dates_and_others_events_of_their_own():
    reading = read(jsonld({
        "@id": "x", "name": "Open day", "location": "Town hall",
        "subEvent": [
            {"@type": "Event", "startDate": "2026-09-07T10:00"}, {"@type": "Event", "startDate": "2026-09-08T10:00"},
            {"@type": "Event", "name": "Tour", "startDate": "2026-09-08T12:00"},
        ],
    }))  # fmt: skip

    assert [(one.title, len(one.sessions), one.place.name) for one in reading.events] == [
        ("Open day", 2, "Town hall"), ("Tour", 1, "Town hall"),
    ]  # fmt: skip
    assert [session.uid for session in reading.events[0].sessions] == [
        "x#20260907T080000Z",
        "x#20260908T080000Z",
    ]


def test_a_schedule_is_counted_out_on_the_place_s_clock():
    schedule = {
        "@type": "Schedule", "startDate": "2026-10-12", "endDate": "2026-11-02", "repeatFrequency": "P1W",
        "startTime": "18:00:00", "endTime": "19:30", "byDay": "https://schema.org/Monday", "exceptDate": "2026-10-19",
        "scheduleTimezone": "Europe/Berlin",
    }  # fmt: skip

    reading = read(jsonld({"eventSchedule": schedule}))
    refused = read(jsonld({"eventSchedule": {**schedule, "repeatFrequency": "PT1S"}}))

    assert starts(reading) == [
        "2026-10-12T18:00:00+02:00",
        "2026-10-26T18:00:00+01:00",
        "2026-11-02T18:00:00+01:00",
    ]
    assert (len(refused.events[0].sessions), codes(refused)) == (1, ["rule"])


def test_a_day_from_midnight_to_midnight_is_a_whole_day():
    reading = read(jsonld({"startDate": "2026-09-07T00:00:00+02:00", "endDate": "2026-09-08T23:59:00+02:00"}))

    assert (reading.events[0].sessions[0].start, reading.events[0].sessions[0].end) == (
        dt.date(2026, 9, 7),
        dt.date(2026, 9, 8),
    )


def test_events_without_a_name_in_the_source_get_one_that_stays():
    first, second = read(jsonld({}, {"startDate": "2026-09-08"}, {"location": "Elsewhere"})), read(jsonld({}))

    assert all(one.is_uid_made for one in first.events)
    assert len({one.uid for one in first.events}) == 3
    assert first.events[0].uid == second.events[0].uid


@pytest.mark.parametrize(
    "odd", ["1_0", "١٢", True, "NaN", "1e1", 91, -91, [], {}, "53,5", "abc", "0x10", "--1", None]
)
def test_odd_numbers_are_no_position(odd):
    reading = read(jsonld({"location": {"name": "Library", "geo": {"latitude": odd, "longitude": 10}}}))

    assert reading.events[0].place == SourcePlace("Library")
    assert codes(reading) == ([] if odd is None else ["position"])


# --- XCRI-CAP and schedules ---


def test_a_course_is_an_event_and_its_presentations_are_sessions():
    reading = read(xcri(
        "<course><identifier>c1</identifier><title>Karate</title><description>For adults.</description>"
        "<presentation><identifier>p1</identifier><start>2026-09-07</start><end>2026-12-14</end>"
        "<attendanceMode>Part Time Evening</attendanceMode><cost>2.50 per lesson</cost>"
        "<venue><title>Hall</title><town> Town </town><postcode>X1</postcode></venue></presentation>"
        "<presentation><identifier>p2</identifier><start>2027-01-07</start><cost>Free</cost>"
        "<venue><title>Gym</title></venue></presentation></course>"
        "<course><title>Without dates</title></course>"
    ))  # fmt: skip

    (karate,) = reading.events
    assert (reading.source_format, reading.credits, codes(reading)) == (
        "xcri",
        "Evening school",
        ["no-start"],
    )
    assert (karate.uid, karate.cost, karate.organiser) == (
        "c1",
        SourceCost("paid", "2.50 per lesson"),
        "Evening school",
    )
    assert karate.place == SourcePlace("Hall", "Town, X1")
    assert [(session.uid, session.place, session.note) for session in karate.sessions] == [
        ("p1", None, "Part Time Evening"), ("p2", SourcePlace("Gym"), "Free"),
    ]  # fmt: skip


def test_a_schedule_says_the_same_in_json_and_xml():
    written = frab(talk(url="https://example.org/7", track="Food", language="en", abstract="Tea."))
    marked = frab_xml(
        '<event guid="8079583e-8321-506c-95af-fd2903a5f075" id="7"><date>2026-09-07T18:00:00+02:00</date>'
        "<duration>01:30</duration>"
        "<room>Hall</room><title>Tea and talk</title><url>https://example.org/7</url><track>Food</track><language>en</language>"
        '<abstract>Tea.</abstract><persons><person id="1">Ada</person></persons></event>'
    )

    one, other = read(written), read(marked)

    assert one.events == other.events
    (tea,) = one.events
    assert (tea.uid, tea.summary) == ("8079583e-8321-506c-95af-fd2903a5f075", "Tea.")
    assert (tea.leaders, tea.categories) == (("Ada",), ("Food",))
    assert (tea.sessions[0].room, tea.sessions[0].end) == (
        "Hall",
        dt.datetime(2026, 9, 7, 19, 30, tzinfo=BERLIN),
    )


def test_a_schedule_with_a_broken_talk_brings_the_others():
    reading = read(
        frab(
            talk(),
            talk(id="8", guid="x"),
            talk(guid="y", date="soon"),
            talk(guid="z", title=" "),
            talk(guid="d", duration="?"),
        )
    )

    assert [one.uid for one in reading.events] == [talk()["guid"], "d"]
    assert [(problem.unit, problem.line, problem.code) for problem in reading.problems] == [
        ("event", 2, "id"), ("event", 3, "start"), ("event", 4, "no-name"), ("event", 5, "duration"),
    ]  # fmt: skip


# --- real programmes ---


@pytest.mark.parametrize(
    ("path", "format", "events", "sessions", "problems"),
    [
        ("conference-schedules/frab-camp2019.json", "frab", 79, 79, {}),
        ("conference-schedules/pretalx-democon.json", "frab", 36, 36, {}),
        ("edinburgh-xcri-cap/community-learning-courses.xml", "xcri", 137, 146, {}),
        ("ics/niccokunzmann__python-recurring-ical-events/fablab_cottbus.ics", "ics", 28, 52, {"series-cut": 1}),
        ("ics/jens-maus__node-ical/festival-multiday-rrule.ics", "ics", 126, 156, {"address": 1, "twice": 2}),
        (
            "toronto/festivals-events-until-2025-07.jsonld", "jsonld", 849, 849,
            {"twice": 48, "end-before-start": 4, "address": 2},
        ),
    ],
)  # fmt: skip
def test_real_programmes_are_read_whole(shared_data, path, format, events, sessions, problems):
    reading = read((shared_data / "events" / path).read_bytes(), path)

    assert (reading.source_format, len(reading.events), reading.session_count) == (format, events, sessions)
    assert Counter(codes(reading)) == problems


def test_open_house_london_is_730_venues_with_all_their_times(shared_data):
    content = as_jsonld((shared_data / "events/open-house-london/2023.json").read_bytes())

    reading = read_events(content, "2023.json", zone=ZoneInfo("Europe/London"))

    assert (len(reading.events), reading.session_count, reading.problems) == (730, 2402, ())
    assert sum(session.is_all_day for one in reading.events for session in one.sessions) == 8
    flags = Counter(flag for one in reading.events for flag in one.accessibility)
    # One venue with both has no times and cannot come.
    assert (flags["Accessible toilet"], flags["Step free access"], flags["BSL guide available"]) == (
        332,
        223,
        6,
    )


def test_edinburgh_s_prices_say_what_is_free_and_what_costs(shared_data):
    content = (shared_data / "events/edinburgh-xcri-cap/community-learning-courses.xml").read_bytes()

    costs = {event.cost.words: event.cost.kind for event in read(content).events}

    assert (costs["0"], costs["Free"], costs["0.00"]) == ("free", "free", "free")
    assert (costs["2.50 per lesson"], costs["£50, £25, £15"]) == ("paid", "paid")
    assert (costs["fees applie"], costs["Varied Costs"], costs[""]) == ("unknown", "unknown", "unknown")
