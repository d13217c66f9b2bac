"""Whatever bytes arrive, the answer is a programme or a refusal in words."""

import json
import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning_events.calendar.events import Reading
from learning_events.calendar.reading import Unreadable, read_events
from tests.learning_events.calendar.files import BERLIN, event, frab, frab_xml, ics, jsonld, talk, xcri

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "150"))

TALK = (
    '<event guid="a-b" id="7"><date>2026-09-07T18:00:00+02:00</date><duration>01:30</duration><room>Hall</room><title>Tea</title>'
    '<persons><person id="1">Ada</person></persons></event>'
)
COURSE = (
    "<course><identifier>c</identifier><title>Karate</title><presentation><start>2026-09-07</start><end>2026-12-14</end>"
    "<cost>2.50</cost><venue><title>Hall</title></venue></presentation></course>"
)
SEEDS = {
    "x.ics": ics(
        *event(
            "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;COUNT=9",
            "EXDATE:20260914T180000",
            "DURATION:PT1H30M",
            "GEO:53.5;10",
        ),
        *event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE:20260921T180000",
            "DTEND:20260922T200000",
            start="DTSTART:20260922T190000",
        ),
        *event(
            "RDATE;VALUE=PERIOD:20260910T160000Z/PT2H",
            uid="b",
            start='DTSTART;TZID="My, zone":20260907T180000',
        ),
        calendar=[
            "BEGIN:VTIMEZONE",
            "TZID:My\\, zone",
            "BEGIN:STANDARD",
            "DTSTART:16010101T020000",
            "TZOFFSETFROM:-0400",
            "TZOFFSETTO:-0500",
            "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
            "END:STANDARD",
            "END:VTIMEZONE",
        ],
    ),
    "x.jsonld": jsonld(
        {
            "location": {"name": "Hall", "geo": {"latitude": 53.5, "longitude": 10}},
            "endDate": "2026-09-07T20:00",
        },
        {"name": "b"},
    ),
    "x.json": frab(talk(), talk(guid="b", duration="00:45")),
    "schedule.xml": frab_xml(TALK),
    "courses.xml": xcri(COURSE),
}


def read(content: bytes, name: str) -> Reading | None:
    try:
        reading = read_events(content, name, zone=BERLIN)
    except Unreadable as error:
        str(error)  # each sentence has its parameters
        return None
    for one in reading.events:
        assert one.uid
        assert one.title
        assert one.sessions
        json.dumps([one.title, one.description, one.url], ensure_ascii=False).encode()
    for problem in reading.problems:
        str(problem)
    return reading


def test_the_seeds_are_good():
    assert all(read(content, name).events for name, content in SEEDS.items())


@quick
@given(st.binary(max_size=300))
def test_d13_any_bytes_are_a_programme_or_refused(content):
    for start in (b"", b"BEGIN:VCALENDAR\n", b"{", b"[", b"<", b"<schedule>", b"\xff\xfe", b"\xef\xbb\xbf"):
        read(start + content, "x.ics")


lines = st.sampled_from(
    [
        "BEGIN",
        "END",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "SUMMARY",
        "UID",
        "GEO",
        "TZID",
        "SEQUENCE",
        "STATUS",
        "URL",
        "LOCATION",
        "CATEGORIES",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "CLASS",
        "X-LIC-LOCATION",
        "X-WR-TIMEZONE",
    ]
)
values = st.sampled_from(
    [
        "VEVENT",
        "VCALENDAR",
        "VTIMEZONE",
        "STANDARD",
        "VALARM",
        "20260907T180000",
        "20260907",
        "20260907T160000Z",
        "99991231T235959Z",
        "00010101T000000",
        "19000101",
        "22001231T235959",
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY",
        "PT1H",
        "-PT1H",
        "P99999D",
        "+2359",
        "-2359",
        "+0000",
        "Europe/Berlin",
        "America",
        "../../etc",
        "CANCELLED",
        "x",
        "",
        "a,b;c\\",
    ]
)
params = st.sampled_from(
    [
        "",
        ";VALUE=DATE",
        ";TZID=Europe/Berlin",
        ";TZID=x",
        ";RANGE=THISANDFUTURE",
        ';X="',
        ";",
        ";=",
        ';TZID="a:b"',
    ]
)


@quick
@given(st.lists(st.tuples(lines, params, values | st.text(max_size=12)), max_size=25))
def test_d13_any_lines_are_a_programme_or_refused(written):
    body = [f"{name}{param}:{value}" for name, param, value in written]
    read(ics("BEGIN:VEVENT", "UID:a", "SUMMARY:Tea", *body, "END:VEVENT"), "x.ics")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.integers()
    | st.text(max_size=10)
    | st.sampled_from(
        ["Event", "2026-09-07", "2026-09-07T18:00", "P1W", "EventCancelled", "https://schema.org/Monday"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=6)
            | st.sampled_from(
                ["name", "@type", "startDate", "latitude", "longitude", "geo", "address", "price", "value"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
fields = st.sampled_from(
    [
        "name",
        "startDate",
        "endDate",
        "location",
        "offers",
        "subEvent",
        "eventSchedule",
        "eventStatus",
        "keywords",
        "identifier",
        "image",
        "organizer",
        "performer",
        "audience",
        "inLanguage",
        "amenityFeature",
        "previousStartDate",
        "@id",
        "isAccessibleForFree",
    ]
)


@quick
@given(st.lists(st.dictionaries(fields, json_values, max_size=6), min_size=1, max_size=3))
def test_d13_any_event_of_schema_org_is_a_programme_or_refused(events):
    read(jsonld(*events), "x.json")


@quick
@given(
    st.lists(st.dictionaries(st.sampled_from(sorted(talk())), json_values, max_size=4), max_size=3),
    json_values,
)
def test_d13_any_schedule_is_a_programme_or_refused(talks, odd):
    read(frab(*[talk(**one) for one in talks]), "x.json")
    read(frab(conference={"days": odd, "time_zone_name": odd}), "x.json")


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_d13_a_file_with_a_few_wrong_bytes_is_a_programme_or_refused(name):
    dice = random.Random(name)
    for _round in range(ROUNDS):
        content = bytearray(SEEDS[name])
        for _change in range(dice.randint(1, 6)):
            at = dice.randrange(len(content))
            match dice.randrange(5):
                case 0:
                    content[at] = dice.randrange(256)
                case 1:
                    del content[at : at + dice.randint(1, 40)]
                case 2:
                    content[at:at] = content[max(0, at - 40) : at]
                case 3:
                    digits = [i for i, byte in enumerate(content) if chr(byte).isdigit()]
                    content[dice.choice(digits or [at])] = dice.choice(b"0123456789-")
                case _:
                    content[at : at + 4] = dice.choice(
                        [b"\xff" * 4, b"\0" * 4, b"9999", b'"', b"\r\n ", b"\n"]
                    )
            content = content or bytearray(b" ")
        read(bytes(content), name)


def test_d13_a_real_calendar_with_wrong_bytes_is_a_programme_or_refused(shared_data):
    files = sorted((shared_data / "events/ics").glob("*/*.ics"))
    dice = random.Random("corpus")
    for _round in range(ROUNDS):
        content = bytearray(dice.choice(files).read_bytes()[:5_000])
        for _change in range(dice.randint(1, 10)):
            content[dice.randrange(len(content))] = dice.choice(b'\x00\xff:;,"\n 0123456789TZBEGIN')
        read(bytes(content), "x.ics")
