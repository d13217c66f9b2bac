"""Somebody finds an event on a small phone without JavaScript, and takes it into a calendar."""

import datetime as dt

import icalendar
import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from learning_events.domain.session import cancel_session
from learning_events.models import EventKind
from participation.foundation.clock import database_now
from tests.factories import NeighbourhoodFactory, PlaceFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db(transaction=True)
ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture
def festival(roles):
    """A festival that begins in a week, with seven tracks at once on its first day."""
    cache.clear()
    first = database_now().date() + dt.timedelta(days=7)
    festival = make_festival(
        starts_on=first, ends_on=first + dt.timedelta(days=8), summary="Nine days to learn."
    )
    mill = PlaceFactory(
        name="Harbour mill", neighbourhood=NeighbourhoodFactory(name="Harbour", slug="harbour")
    )

    def at(event, hour: int, day: int = 0):
        starts = dt.datetime.combine(first + dt.timedelta(days=day), dt.time(hour))
        return make_session(event, starts_at=starts, ends_at=starts + dt.timedelta(hours=1))

    for number in range(7):
        kind = EventKind.objects.create(
            name=f"Track {number}", slug=f"track-{number}", series=number % 6 + 1, sort_order=number
        )
        event = make_event(
            festival, title=f"Learning {number}", kind=kind, place=mill if number == 3 else None
        )
        for hour in (10, 15):
            at(event, hour)
    at(make_event(festival, title=ATTACK), 18)
    off = make_event(festival, title="Night walk")
    cancel_session(at(off, 22, day=2), reason="Storm is coming.", by=an_editor())
    return festival


def test_an_event_is_found_on_a_phone_without_javascript(new_page, axe, no_sideways_scroll, festival, client):
    page = new_page(width=320, height=640, java_script_enabled=False)
    page.goto(festival.url)
    expect(page.get_by_text("Storm is coming.").first).to_be_visible()

    page.get_by_label("Neighbourhood").select_option("harbour")
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("heading", name="2 sessions")).to_be_visible()

    page.get_by_role("link", name="By day").click()
    expect(page.get_by_role("heading", name="10:00")).to_be_visible()
    page.get_by_role("link", name="Learning 3").first.click()
    expect(page.get_by_role("heading", name="Learning 3", level=1)).to_be_visible()
    address = page.get_by_role("link", name="All sessions as a calendar file").get_attribute("href")
    calendar = icalendar.Calendar.from_ical(client.get(address).content)
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Learning 3"] * 2


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible_and_fit(new_page, axe, no_sideways_scroll, festival, width):
    page = new_page(width=width)
    event = festival.get_children().first().specific
    addresses = [
        festival.url,
        festival.url_of("week_of", festival.starts_on.isoformat()),
        festival.url_of("list"),
        festival.url_of("map"),
    ]
    for address in (*addresses, festival.url_of("changes"), event.url):
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)
        assert page.locator("img[src='x']").count() == 0


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["script", "no script"])
def test_the_map_leads_to_what_happens_at_a_place(new_page, festival, options):
    page = new_page(width=390, height=800, **options)
    page.goto(festival.url)
    page.get_by_role("link", name="On the map").click()
    expect(page.get_by_role("heading", name="1 place")).to_be_visible()
    expect(page.get_by_text("online or at places that are not on the map")).to_be_visible()

    if options:
        page.get_by_role("link", name="Harbour mill").click()
    else:
        page.get_by_role("button", name="Harbour mill: 2 sessions").click()
        page.get_by_role("link", name="Harbour mill: 2 sessions").click()

    expect(page.get_by_role("heading", name="2 sessions")).to_be_visible()
    assert page.get_by_role("link", name="Learning 3").count() == 2
