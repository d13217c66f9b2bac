"""Our programme is understood by other programs as it was meant, and stays theirs when something changes."""

import datetime as dt
import json
import re
from dataclasses import replace
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from learning_events.calendar.events import SourceCost, SourceEvent, SourcePlace, SourceSession
from learning_events.calendar.reading import read_events
from learning_events.calendar.writing import Conference, calendar_of, json_ld_of, schedule_json, schedule_xml
from tests.learning_events.calendar.files import BERLIN

MADE = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
ODD = "Tea; talk, \\n cake\nתה 📚 \u200d \u2028 „Ende“ BEGIN:VEVENT"
FESTIVAL = Conference("Festival", "festival", BERLIN, "https://example.org/festival/", "3")


def session(
    start=dt.datetime(2026, 9, 7, 18, tzinfo=BERLIN), *, hours: float = 1.5, uid: str = "tea", **more
) -> SourceSession:
    end = start + dt.timedelta(hours=hours) if isinstance(start, dt.datetime) else start
    return SourceSession(uid, start, end, more.pop("zone", "Europe/Berlin"), **more)


def event(*sessions: SourceSession, **more) -> SourceEvent:
    return SourceEvent(
        **{"uid": "tea", "title": "Tea and talk", "sessions": sessions or (session(),), **more}
    )


def written(*events: SourceEvent, **more) -> bytes:
    return b"".join(calendar_of(events, name="Festival", made_at=MADE, **more))


def entries(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


# --- iCalendar ---


def test_another_parser_reads_what_was_written():
    tea = event(
        session(room="Room 1", status="moved", note="New room"),
        title=ODD, description="x" * 300, url="https://example.org/a?b=1&c=2", categories=("Talk", "a,b"), sequence=4,
        place=SourcePlace("Library", "Main Street 1", 53.55, 9.99), changed_at=MADE, online_url="https://example.org/live",
    )  # fmt: skip

    (entry,) = entries(written(tea))

    assert str(entry["SUMMARY"]) == ODD
    assert str(entry["DESCRIPTION"]) == "New room\n\n" + "x" * 300
    assert entry["LOCATION"] == "Room 1, Library, Main Street 1"
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == ("tea", 4, "CONFIRMED")
    assert entry["URL"] == "https://example.org/a?b=1&c=2"
    assert [str(one) for one in entry["CATEGORIES"].cats] == ["Talk", "a,b"]
    assert entry.start == dt.datetime(2026, 9, 7, 18, tzinfo=BERLIN)
    assert entry.end == dt.datetime(2026, 9, 7, 19, 30, tzinfo=BERLIN)
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == (53.55, 9.99)
    assert (entry.DTSTAMP, entry.LAST_MODIFIED) == (MADE, MADE)


def test_every_line_ends_and_folds_as_the_standard_asks():
    content = written(event(title="ü" * 200, description="📚" * 100 + "\r\n\ttext\x00\x1b"))

    assert content.count(b"\n") == content.count(b"\r\n")
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or line == b"" for line in lines)  # no letter is cut in two
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", content)


def test_the_zone_is_defined_before_it_is_used_and_only_once():
    times = [
        session(uid=str(n), zone=zone)
        for n, zone in enumerate(["Europe/Berlin", "Europe/Berlin", "Asia/Kathmandu", "UTC"])
    ]

    content = written(event(*times))

    assert sorted(re.findall(rb"\r\nTZID:(\S+)", content)) == [b"Asia/Kathmandu", b"Europe/Berlin"]
    assert content.index(b"BEGIN:VTIMEZONE") < content.index(b"BEGIN:VEVENT")
    assert {entry.start.astimezone(dt.UTC).isoformat() for entry in entries(content)} == {
        "2026-09-07T16:00:00+00:00"
    }
    assert b"DTSTART:20260907T160000Z" in content


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"])
def test_every_instant_of_both_nights_comes_back(zone):
    instants = [
        dt.datetime(2026, month, day, tzinfo=dt.UTC) + dt.timedelta(minutes=30 * n)
        for month, day in ((3, 7), (3, 28), (10, 24), (10, 31))
        for n in range(72)
    ]
    clock = ZoneInfo(zone)
    times = [session(at.astimezone(clock), uid=str(n), zone=zone) for n, at in enumerate(instants)]

    content = written(event(*times))

    assert [entry.start.astimezone(dt.UTC) for entry in entries(content)] == instants
    assert [entry.end - entry.start for entry in entries(content)] == [dt.timedelta(hours=1.5)] * len(
        instants
    )
    again = read_events(content, zone=BERLIN).events
    assert sorted(one.sessions[0].start.astimezone(dt.UTC) for one in again) == instants


def test_a_cancelled_session_reaches_whoever_subscribed():
    times = (session(uid="a"), session(uid="b", start=dt.datetime(2026, 9, 14, 18, tzinfo=BERLIN)))
    before = event(*times, sequence=1)
    after = replace(before, sequence=2, sessions=(times[0], replace(times[1], status="cancelled")))

    first, second = entries(written(before)), entries(written(after))

    assert [entry["UID"] for entry in first] == [entry["UID"] for entry in second] == ["a", "b"]
    assert [(entry["STATUS"], entry["SEQUENCE"]) for entry in second] == [("CONFIRMED", 2), ("CANCELLED", 2)]
    shown = recurring_ical_events.of(icalendar.Calendar.from_ical(written(after))).between(
        "20260901", "20260930"
    )
    assert [entry["UID"] for entry in shown if entry["STATUS"] != "CANCELLED"] == ["a"]


def test_whole_days_are_written_with_the_day_after_as_their_end():
    days = SourceSession("tea", dt.date(2026, 9, 7), dt.date(2026, 9, 9))

    (entry,) = entries(written(event(days)))

    assert (entry.start, entry.end) == (dt.date(2026, 9, 7), dt.date(2026, 9, 10))


def test_the_same_events_give_the_same_bytes_in_pieces():
    events = [event(session(uid=str(n)), uid=str(n)) for n in range(50)]

    pieces = list(calendar_of(iter(events), name="Festival", made_at=MADE))

    assert len(pieces) > 50
    assert b"".join(pieces) == written(*events)


texts = st.text(max_size=200)
moments = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2037, 1, 1)).map(
    lambda at: at.replace(microsecond=0, tzinfo=dt.UTC)
)


@settings(max_examples=100, deadline=None)
@given(texts, texts, moments, st.sampled_from(["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "UTC"]))
def test_any_text_and_time_survive_both_parsers(title, description, start, zone):
    tea = event(
        session(start.astimezone(ZoneInfo(zone)), zone=zone), title=f"T{title}", description=description
    )

    content = written(tea)

    (entry,) = entries(content)
    (again,) = read_events(content, zone=BERLIN).events
    assert entry.start.astimezone(dt.UTC) == again.sessions[0].start.astimezone(dt.UTC) == start
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\r]", "", f"T{title}")
    assert again.title == kept.strip()[:250].rstrip()
    assert str(entry["SUMMARY"]) == kept


# --- schedules ---


def programme() -> list[SourceEvent]:
    return [
        event(
            session(room="Room 1"), session(dt.datetime(2026, 9, 8, 10, tzinfo=BERLIN), uid="tea-2", status="cancelled"),
            title=ODD, summary="Tea.", description="<b>Long</b> & odd \x00", leaders=("Ada", "Ben"), languages=("de",),
            categories=("Food",), url="https://example.org/tea", place=SourcePlace("Library"), online_url="https://example.org/live",
        ),
        event(SourceSession("day", dt.date(2026, 9, 8)), uid="day", title="Open day", place=SourcePlace("Museum")),
    ]  # fmt: skip


def test_the_json_schedule_is_what_its_schema_asks_for(shared_data):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((shared_data / "events/conference-schedules/schema/schedule.schema.json").read_text())
    made = json.loads(json.dumps(schedule_json(programme(), FESTIVAL)))

    jsonschema.Draft6Validator(schema).validate(made)

    assert made["schedule"]["conference"]["daysCount"] == 2


def test_schedules_are_read_back_as_the_same_sessions():
    as_json = json.dumps(schedule_json(programme(), FESTIVAL)).encode()
    as_xml = b"".join(schedule_xml(programme(), FESTIVAL))

    for content in (as_json, as_xml):
        tea, day = read_events(content, zone=BERLIN).events
        assert (tea.title, tea.leaders, tea.categories[0]) == (ODD, ("Ada", "Ben"), "Food")
        assert (tea.sessions[0].start, tea.sessions[0].end, tea.sessions[0].room) == (*_times(), "Room 1")
        assert (day.title, day.sessions[0].room) == ("Open day", "Museum")
    assert (
        json.loads(as_json)["schedule"]["conference"]["days"][0]["rooms"]["Room 1"][0]["guid"]
        in as_xml.decode()
    )


def _times():
    return session().start, session().end


def test_an_empty_programme_is_still_a_schedule():
    assert schedule_json([], FESTIVAL)["schedule"]["conference"]["days"] == []
    assert b"<conference>" in b"".join(schedule_xml([], FESTIVAL))


XS = "{http://www.w3.org/2001/XMLSchema}"


class Schema:
    """As much of XML Schema as schedule.xml.xsd uses: names, counts, patterns, required attributes, unique fields."""

    def __init__(self, content: str) -> None:
        root = ElementTree.fromstring(content)  # noqa: S314 — our own copy of the schema
        self.root = root.find(f"{XS}element")
        self.types = {
            one.get("name"): one for one in root if one.tag in (f"{XS}complexType", f"{XS}simpleType")
        }

    def faults(self, element: ElementTree.Element) -> list[str]:
        found = self._element(element, self.root.find(f"{XS}complexType"), element.tag)
        for unique in self.root.iter(f"{XS}unique"):
            field = unique.find(f"{XS}field").get("xpath")
            values = [
                one.text if field == "." else one.get(field[1:])
                for one in element.findall(unique.find(f"{XS}selector").get("xpath"))
            ]
            values = [value for value in values if value is not None]
            if len(set(values)) != len(values):
                found.append(f"{unique.get('name')} is not unique")
        return found

    def _element(self, element: ElementTree.Element, kind: ElementTree.Element, path: str) -> list[str]:
        found = []
        allowed = {one.get("name"): one for one in self._children(kind)}
        for child in element:
            if child.tag not in allowed:
                found.append(f"{path}: {child.tag} is not allowed")
                continue
            rule = allowed[child.tag]
            inner = rule.find(f"{XS}complexType")
            inner = self.types.get(rule.get("type")) if inner is None else inner
            if inner is not None and inner.tag == f"{XS}complexType":
                found += self._element(child, inner, f"{path}/{child.tag}")
            else:
                found += self._value(child.text or "", rule.get("type"), f"{path}/{child.tag}")
        for name, rule in allowed.items():
            many = len(element.findall(name))
            if rule.get("minOccurs", "1") != "0" and not self._in_choice(kind) and many == 0:
                found.append(f"{path}: {name} is missing")
            if rule.get("maxOccurs", "1") != "unbounded" and many > 1:
                found.append(f"{path}: {name} comes {many} times")
        return found + self._attributes(element, kind, path)

    def _attributes(self, element: ElementTree.Element, kind: ElementTree.Element, path: str) -> list[str]:
        found = []
        rules = {one.get("name"): one for one in kind.iter(f"{XS}attribute") if one in self._own(kind)}
        for name, value in element.attrib.items():
            found += (
                self._value(value, rules[name].get("type"), f"{path}@{name}")
                if name in rules
                else [f"{path}@{name}?"]
            )
        missing = [
            name
            for name, rule in rules.items()
            if rule.get("use") == "required" and name not in element.attrib
        ]
        return found + [f"{path}@{name} is missing" for name in missing]

    def _value(self, value: str, kind: str | None, path: str) -> list[str]:
        builtin = {
            "xs:integer": r"-?[0-9]+", "xs:positiveInteger": r"0*[1-9][0-9]*", "xs:boolean": "true|false|0|1",
            "xs:date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "xs:dateTime": r"[0-9-]{10}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?",
            "xs:anyURI": r"\S*",
        }  # fmt: skip
        simple = self.types.get(kind)
        if simple is None:
            return (
                []
                if re.fullmatch(builtin.get(kind, r"[\s\S]*"), value)
                else [f"{path}: {value!r} is no {kind}"]
            )
        union = simple.find(f"{XS}union")
        if union is not None:
            each = [self._value(value, one, path) for one in union.get("memberTypes").split()]
            return [] if [] in each else each[0]
        restriction = simple.find(f"{XS}restriction")
        found = self._value(value, restriction.get("base"), path)
        for pattern in restriction.findall(f"{XS}pattern"):
            if not re.fullmatch(pattern.get("value"), value):
                found.append(f"{path}: {value!r} is no {kind}")
        return found

    def _own(self, kind: ElementTree.Element) -> list[ElementTree.Element]:
        return [
            *kind.findall(f"{XS}attribute"),
            *kind.findall(f"{XS}simpleContent/{XS}extension/{XS}attribute"),
        ]

    def _children(self, kind: ElementTree.Element) -> list[ElementTree.Element]:
        paths = (f"{XS}sequence/{XS}element", f"{XS}all/{XS}element", f"{XS}sequence/{XS}choice/{XS}element")
        return [one for path in paths for one in kind.findall(path)]

    def _in_choice(self, kind: ElementTree.Element) -> bool:
        return kind.find(f"{XS}sequence/{XS}choice") is not None


@pytest.fixture(scope="module")
def schema(shared_data):
    return Schema((shared_data / "events/conference-schedules/schema/schedule.xml.xsd").read_text())


def test_the_xml_schedule_is_what_its_schema_asks_for(schema):
    many = [event(session(uid=f"s{n}"), uid=str(n), title=f"{n}") for n in range(30)]

    root = ElementTree.fromstring(b"".join(schedule_xml([*programme(), *many], FESTIVAL)))  # noqa: S314 — just written

    assert schema.faults(root) == []
    assert [day.get("date") for day in root.findall("day")] == ["2026-09-07", "2026-09-08"]


def test_the_schema_would_have_noticed(schema):
    whole = b"".join(schedule_xml(programme(), FESTIVAL)).decode()
    for old, new, fault in [
        ("<duration>01:30</duration>", "<duration>90</duration>", "'90' is no duration"),
        ("<track>Food</track>", "", "track is missing"),
        ("<type>other</type>", "<type>other</type><cost>1</cost>", "cost is not allowed"),
        ('index="2"', 'index="1"', "day_index_unique is not unique"),
        ("<acronym>festival</acronym>", "<acronym>F</acronym>", "'F' is no acronym"),
    ]:
        assert old in whole
        faults = schema.faults(ElementTree.fromstring(whole.replace(old, new)))  # noqa: S314 — just written
        assert fault in " ".join(faults)


# --- schema.org ---


def test_a_session_says_all_that_search_engines_ask_for():
    before = dt.datetime(2026, 9, 6, 18, tzinfo=BERLIN)
    tea = event(
        session(room="Room 1", status="moved", previous_start=before, capacity=30),
        place=SourcePlace("Library", "Main Street 1", 53.55, 9.99), attendance="mixed", online_url="https://example.org/live",
        organiser="Tea club", leaders=("Ada",), cost=SourceCost("free", "0"), languages=("de",),
    )  # fmt: skip

    said = json_ld_of(tea, tea.sessions[0], url="https://example.org/tea/", seats_left=0)

    assert said["@id"] == "https://example.org/tea/#tea"
    assert (said["startDate"], said["previousStartDate"]) == (
        "2026-09-07T18:00:00+02:00",
        "2026-09-06T18:00:00+02:00",
    )
    assert said["eventStatus"] == "https://schema.org/EventRescheduled"
    assert said["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert (said["maximumAttendeeCapacity"], said["remainingAttendeeCapacity"]) == (30, 0)
    assert said["offers"]["availability"] == "https://schema.org/SoldOut"
    assert [place["@type"] for place in said["location"]] == ["Place", "VirtualLocation"]
    assert said["isAccessibleForFree"] is True


def test_our_own_json_ld_is_read_back():
    library = SourcePlace("Library", "Main Street 1", 53.55, 9.99)
    tea = event(session(capacity=12), organiser="Tea club", place=library, attendance="in-person")

    (again,) = read_events(json.dumps(json_ld_of(tea, tea.sessions[0])).encode(), zone=BERLIN).events

    assert replace(again, sessions=()) == replace(tea, sessions=())
    assert replace(again.sessions[0], uid="tea") == tea.sessions[0]


def test_what_is_not_known_is_not_said():
    said = json_ld_of(
        event(SourceSession("day", dt.date(2026, 9, 8))),
        SourceSession("day", dt.date(2026, 9, 8), status="cancelled"),
    )

    assert set(said) == {"@context", "@type", "identifier", "name", "startDate", "eventStatus"}
    assert (said["startDate"], said["eventStatus"]) == ("2026-09-08", "https://schema.org/EventCancelled")
