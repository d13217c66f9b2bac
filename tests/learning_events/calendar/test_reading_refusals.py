"""What cannot be read is refused in words, before it costs anything."""

import re
from contextlib import suppress

import icalendar
import pytest

from learning_events.calendar.problems import PROBLEMS
from learning_events.calendar.reading import WORDS, Limits, Unreadable
from tests.learning_events.calendar.files import codes, event, frab, ics, jsonld, read, talk, xcri
from tests.learning_events.calendar.test_recurrence import work_of

ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><catalog>&x;</catalog>'
)
LAUGHS = b'<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><schedule><conference/>&b;</schedule>'


def refusal(content: bytes, name: str = "", **more) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(content, name, **more)
    assert not re.search(r"%\(", str(caught.value))
    return caught.value


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "x.ics", "empty"),
        (b" \r\n", "x.ics", "empty"),
        (b"hello", "x.txt", "unknown-format"),
        (b"hello", "x.ics", "no-events"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "x.png", "unknown-format"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "x.ics", "no-events"),
        (b"BEGIN:VCARD\nFN:Ada\nEND:VCARD", "x.vcf", "no-events"),
        (ics("SUMMARY:Tea"), "x.ics", "no-event-left"),
        (b"{", "x.json", "json"),
        (b"[1, 2", "x.json", "json"),
        (b"{}", "x.json", "unknown-format"),
        (b'{"@type": "Person", "name": "Ada"}', "x.json", "unknown-format"),
        (b'[{"@type": "Event", "name": "Tea", "startDate": NaN}]', "x.json", "not-a-number"),
        (b"[" * 100_000, "x.json", "too-deep"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "x.json", "too-deep"),
        (b'[{"@type": "Event", "name": "\xff"}]', "x.json", "encoding"),
        (b'{"schedule": {}}', "x.json", "frab-form"),
        (b'{"schedule": {"conference": {"title": "x"}}}', "x.json", "frab-form"),
        (frab(talk(), rooms=[]), "x.json", "frab-form"),
        (frab(talk(), events=[]), "x.json", "frab-draft"),
        (frab(), "x.json", "no-events"),
        (b"<!DOCTYPE html><html><body>Programme</body></html>", "x.html", "html"),
        (b"<html>", "", "html"),
        (ENTITIES, "x.xml", "xml-entities"),
        (LAUGHS, "x.xml", "xml-entities"),
        (b"<catalog>", "x.xml", "xml"),
        (b"<schedule><day/></schedule>", "x.xml", "xml-form"),
        (b"<gpx/>", "x.xml", "xml-form"),
        (b"<a>" * 40 + b"</a>" * 40, "x.xml", "too-deep"),
        (xcri(""), "x.xml", "no-events"),
        (b'<?xml version="1.0" encoding="x-nothing"?><catalog/>', "x.xml", "xml"),
    ],
)
def test_f19_a_file_that_is_no_programme_is_refused(content, name, code):
    assert refusal(content, name).code == code


def test_f19_a_refusal_names_the_line():
    assert (refusal(b'[\n{"a": }]', "x.json").line, refusal(b"<catalog>\n<a></b>", "x.xml").line) == (2, 2)


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (ics(*event()), Limits(max_bytes=20), "too-large"),
        (ics(*event(), *event(uid="b")), Limits(max_events=1), "too-many-events"),
        (jsonld({}, {"name": "b"}), Limits(max_events=1), "too-many-events"),
        (ics(*event("RRULE:FREQ=DAILY;COUNT=30")), Limits(max_sessions=20), "too-many-sessions"),
        (ics(*event()), Limits(max_parts=5), "too-many-parts"),
        (xcri("<course/>" * 10), Limits(max_parts=5), "too-many-parts"),
        (ics(*event(), *event(uid="b")), Limits(max_components=2), "too-many-parts"),
    ],
)
def test_more_than_the_limits_allow_is_refused(content, limits, code):
    assert refusal(content, limits=limits).code == code


def test_d2_ten_thousand_nested_components_are_refused_at_the_ninth():
    nested = (
        b"BEGIN:VCALENDAR\r\n"
        + b"BEGIN:VEVENT\r\n" * 10_000
        + b"END:VEVENT\r\n" * 10_000
        + b"END:VCALENDAR\r\n"
    )

    assert (refusal(nested).code, refusal(nested).line) == ("too-deep", 9)


def test_d2_the_library_is_newer_than_its_known_holes():
    """GHSA-qjcq-q7h7-r74v and GHSA-cv84-9p8j-fj68."""
    assert tuple(map(int, icalendar.__version__.split(".")[:2])) >= (7, 2)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;UNTIL=99991231",
        "FREQ=HOURLY",
        "FREQ=DAILY;COUNT=1000000",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5",
        "FREQ=YEARLY;INTERVAL=99999999999999999999",
    ],
)
def test_d1_a_rule_that_would_never_end_is_left_out_with_its_line(rule):
    file = ics(*event(), *event(f"RRULE:{rule}", uid="endless"))
    reading = read(file)

    assert ([one.uid for one in reading.events], codes(reading)) == (["tea"], ["rule"])
    assert reading.problems[0].line == 12
    assert work_of(lambda: read(file)) < 20_000


def test_d1_many_long_series_share_one_budget():
    file = ics(
        *(line for n in range(20) for line in event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", uid=str(n)))
    )

    reading = read(file, limits=Limits(max_days=5_000))

    assert codes(reading).count("series-work") == 20 - 5_000 // 732


def test_long_texts_and_lists_are_cut_and_said():
    reading = read(
        ics(
            *event(
                "DESCRIPTION:" + "x" * 20_000,
                "CATEGORIES:" + ",".join(map(str, range(500))),
                title="t" * 1_000,
            )
        )
    )

    (tea,) = reading.events
    assert (len(tea.title), len(tea.description), len(tea.categories)) == (250, 10_000, 50)
    assert codes(reading) == ["cut", "cut"]


def test_only_so_many_problems_are_listed():
    reading = read(ics(*event(), *["no line"] * 50), limits=Limits(max_problems=10))

    assert codes(reading) == ["line"] * 10 + ["more"]
    assert "40 are not listed" in str(reading.problems[-1])


@pytest.mark.parametrize(
    "filler",
    [" ", "<", "&", "1", "\\", "\\n", ",", ";", '"', ":", "^", "=", "\t", "\r", "\n ", "é", "P", "é\n "],
)
def test_d9_a_hundred_thousand_signs_anywhere_are_read_in_a_straight_line(filler):
    many = filler * 100_000
    names = (
        "DESCRIPTION:",
        "URL:https://a.b/",
        "CATEGORIES:",
        "GEO:",
        "DURATION:",
        "EXDATE:",
        "RRULE:",
        "SUMMARY;X=",
        "DTSTART;TZID=",
        "X-COST:",
    )

    for name in names:
        file = ics(*event(), *event(name + many, uid="long"))
        assert work_of(lambda file=file: read(file)) < 2_000_000, name
    assert (
        work_of(lambda: read(jsonld({"description": many, "startDate": many, "offers": {"price": many}}, {})))
        < 100_000
    )


def test_every_word_of_a_refusal_and_problem_ends_as_a_sentence_and_tells_its_parameters():
    for words in (*WORDS.values(), *PROBLEMS.values()):
        filled = words % dict.fromkeys(re.findall(r"%\((\w+)\)", words), 7)
        assert filled[-1] in ".7”"


def test_a_value_of_every_kind_in_every_field_is_a_programme_or_refused():
    values = [
        None,
        True,
        1,
        -1.5,
        "",
        "x",
        [],
        {},
        [[]],
        [{}],
        {"name": []},
        {"@type": "Event"},
        10**20,
        "2026-01-01",
    ]
    fields = [
        "name",
        "startDate",
        "endDate",
        "location",
        "organizer",
        "performer",
        "offers",
        "image",
        "keywords",
        "inLanguage",
        "audience",
        "eventStatus",
        "eventSchedule",
        "subEvent",
        "identifier",
        "@id",
        "url",
        "description",
        "maximumAttendeeCapacity",
        "@type",
    ]
    files = [jsonld({field: value}) for field in fields for value in values]
    files += [frab(talk(**{field: value}), talk(guid="other")) for field in talk() for value in values]

    for file in files:
        with suppress(Unreadable):
            read(file)
