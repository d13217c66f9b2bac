"""The programme with 10,000 sessions: its pages beside those of 250, and its feed beside a bare serialisation."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from learning_events.domain.version import raise_programme_version
from learning_events.enums import Booking
from learning_events.models import EventKind, EventPage, Festival, Session
from tests.benchmarks.processor import processor_s
from tests.factories import NeighbourhoodFactory, PlaceFactory
from tests.learning_events.festivals import FIRST_DAY, make_festival

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]

FEW, MANY, EVENTS, LATE = 250, 10_000, 1_000, 50
MOST_QUERIES, MOST_BYTES, MOST_GROWTH, MOST_TIMES_BARE = 15, 80_000, 2.0, 2.0
TURNS, ROUNDS = 3, 4
BERLIN = ZoneInfo("Europe/Berlin")


def fill_events(festival: Festival, number: int) -> list[EventPage]:
    """Put published events below the festival, without what Wagtail does for each."""
    kinds = [
        EventKind.objects.create(name=f"Kind {each}", slug=f"kind-{each}", sort_order=each)
        for each in range(7)
    ]
    hoods = [NeighbourhoodFactory() for _each in range(10)]
    places = [
        PlaceFactory(
            neighbourhood=hoods[each % 10], latitude="53.55", longitude="9.99", street="Main Street 1"
        )
        for each in range(50)
    ]
    kind_of_page = ContentType.objects.get_for_model(EventPage)
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(festival.path, festival.depth + 1, each + 1),
            depth=festival.depth + 1,
            title=f"Learn something new, number {each}",
            draft_title=f"Learn something new, number {each}",
            slug=f"event-{each}",
            url_path=f"{festival.url_path}event-{each}/",
            content_type=kind_of_page,
            locale=festival.locale,
            translation_key=uuid.uuid4(),
            live=True,
        )
        for each in range(number)
    )
    Page.objects.filter(pk=festival.pk).update(numchild=number)
    events = []
    for each, page in enumerate(pages):
        event = EventPage(
            page_ptr_id=page.pk,
            summary="Neighbours teach each other, in the library and on the square.",
            description="Bring a cup, and a friend. Nobody needs to know anything before.",
            kind=kinds[each % 7],
            place=places[each % 50],
            cost="free" if each % 3 else "paid",
            languages="de en",
            step_free="yes" if each % 2 else "",
            booking=Booking.SEATS if each % 4 else Booking.OPEN,
        )
        event.__dict__.update({name: value for name, value in page.__dict__.items() if name != "_state"})
        events.append(event)
    # The page itself is there already, and `bulk_create` takes no children of another table.
    EventPage._base_manager.all()._insert(
        events, fields=EventPage._meta.local_concrete_fields, using="default"
    )
    return events


def fill_sessions(events: list[EventPage], number: int) -> None:
    """Spread sessions over the nine days, from eight to eight."""
    Session.objects.all().delete()
    begin = dt.datetime.combine(FIRST_DAY, dt.time(8), BERLIN)
    Session.objects.bulk_create(
        (
            Session(
                event=events[each % len(events)],
                uid=uuid.uuid5(uuid.NAMESPACE_URL, str(each)).hex,
                starts_at=(starts := begin + dt.timedelta(days=each % 9, minutes=15 * (each // 9 % 48))),
                ends_at=starts + dt.timedelta(minutes=90),
                zone="Europe/Berlin",
                seats=20,
                taken=each % 21,
                # As many late changes in a small festival as in a large one: their page is filled by them.
                announced_at=begin if each < LATE else None,
            )
            for each in range(number)
        ),
        batch_size=2_000,
    )
    raise_programme_version()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def clock(clock):
    clock.move_to("2026-09-12 07:00+00:00")
    return clock


def test_pages_cost_hardly_more_with_ten_thousand_sessions(client, clock):
    festival = make_festival()
    events = fill_events(festival, EVENTS)
    day, week = festival.url_of("day", "2026-09-15"), festival.url_of("week_of", "2026-09-15")
    addresses = {
        "overview": festival.url,
        "day": day,
        "day, page 5": f"{day}?page=5",
        "week": week,
        "list": festival.url_of("list"),
        "list, filters": festival.url_of("list") + "?kind=kind-1&free=1&seats=1&step_free=1",
        "list, words": festival.url_of("list") + "?q=neighbours+library",
        "map": festival.url_of("map"),
        "points of the map": festival.url_of("map_points"),
        "changes": festival.url_of("changes"),
    }
    times: dict[int, dict[str, float]] = {FEW: {}, MANY: {}}
    asked: dict[int, dict[str, int]] = {FEW: {}, MANY: {}}
    weight: dict[str, int] = {}
    # In turns, so that whatever slows the machine for a while slows both.
    for number in (FEW, MANY) * TURNS:
        fill_sessions(events, number)
        for name, address in addresses.items():
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                weight[name] = len(client.get(address).content)
            asked[number][name] = len(queries)
            spent = processor_s(lambda address=address: client.get(address), ROUNDS)
            times[number][name] = min(spent, times[number].get(name, spent))

    print(f"\n{connection.vendor}, {EVENTS:,} events")
    for name in addresses:
        few, many = times[FEW][name] * 1000, times[MANY][name] * 1000
        print(
            f"{name:14} {few:6.1f} ms of CPU at {FEW}, {many:6.1f} ms at {MANY:,}: {many / few:.2f} times;"
            f" {asked[MANY][name]} queries, {weight[name] / 1000:.1f} kB"
        )
    assert asked[FEW] == asked[MANY]
    assert max(asked[MANY].values()) <= MOST_QUERIES
    assert max(weight.values()) < MOST_BYTES
    for name in addresses:
        assert times[MANY][name] <= MOST_GROWTH * times[FEW][name], name


def bare(sessions: list[Session]) -> bytes:
    """Write the same sessions with the library alone."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//bare//EN")
    calendar.add_component(icalendar.Timezone.from_tzinfo(BERLIN, "Europe/Berlin"))
    for session in sessions:
        event = session.event
        entry = icalendar.Event()
        entry.add("uid", session.uid)
        entry.add("dtstamp", session.changed_at)
        entry.add("dtstart", session.starts_at.astimezone(BERLIN))
        entry.add("dtend", session.ends_at.astimezone(BERLIN))
        entry.add("sequence", session.sequence)
        entry.add("status", "CONFIRMED")
        entry.add("summary", event.title)
        entry.add("description", f"{event.summary}\n\n{event.description}")
        entry.add("location", f"{event.place.name}, {event.place.address}")
        entry.add("geo", (event.place.latitude, event.place.longitude))
        entry.add("url", f"http://testserver/festival/{event.slug}/")
        entry.add("categories", [event.kind.name])
        calendar.add_component(entry)
    return calendar.to_ical()


def test_a_feed_of_ten_thousand_sessions_costs_no_more_than_twice_a_bare_one(client, clock):
    festival = make_festival()
    fill_sessions(fill_events(festival, EVENTS), MANY)
    address = festival.url_of("calendar")

    def cold() -> None:
        cache.clear()
        assert client.get(address).content.count(b"BEGIN:VEVENT") == MANY

    ours = processor_s(cold, rounds=3)
    kept = processor_s(lambda: client.get(address), rounds=3)
    tag = client.get(address).headers["ETag"]
    unchanged = processor_s(lambda: client.get(address, headers={"If-None-Match": tag}), rounds=3)
    loaded = list(Session.objects.select_related("event__kind", "event__place"))
    theirs = processor_s(lambda: bare(loaded), rounds=1)

    print(
        f"\nfeed of {MANY:,} sessions over HTTP: cold {ours:.2f} s, kept {kept:.3f} s, unchanged {unchanged:.4f} s;"
        f" bare icalendar {theirs:.2f} s, ratio {ours / theirs:.2f} (at most {MOST_TIMES_BARE})"
    )
    assert ours <= MOST_TIMES_BARE * theirs
    assert kept < ours
