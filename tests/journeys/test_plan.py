"""Somebody with a telephone plans two evenings at once, without an account and without JavaScript."""

import icalendar
import pytest
from playwright.sync_api import expect

from learning_events.domain.session import cancel_session
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def festival(roles):
    """Two sessions that overlap by an hour."""
    festival = make_festival()
    make_session(make_event(festival, title="Bread for beginners"), hour=18)
    make_session(make_event(festival, title="Stars above the roofs"), hour=19)
    return festival


def test_two_sessions_at_once_are_starred_and_the_overlap_is_told(
    new_page, festival, axe, no_sideways_scroll
):
    page = new_page(width=320, java_script_enabled=False)
    page.goto(festival.url_of("day", "2026-09-12"))
    for title in ("Bread for beginners", "Stars above the roofs"):
        page.get_by_role("button", name=f"Plan {title}").click()
        page.get_by_role("button", name=f"In my programme {title}. Take out").wait_for()

    page.goto(festival.url_of("my_plan"))

    expect(page.get_by_text("Some sessions overlap")).to_be_visible()
    assert page.get_by_role("link", name="Stars above the roofs").count() == 2
    no_sideways_scroll(page)

    address = page.locator("#feed-address").inner_text()
    cancel_session(
        festival.get_children().first().specific.sessions.get(), reason="The oven broke.", by=an_editor()
    )
    feed = page.request.get(address)
    entries = icalendar.Calendar.from_ical(feed.body()).walk("VEVENT")
    assert [(str(each["SUMMARY"]), str(each["STATUS"])) for each in entries] == [
        ("Bread for beginners", "CANCELLED"),
        ("Stars above the roofs", "CONFIRMED"),
    ]

    page.reload()
    expect(page.get_by_text("1 session has changed")).to_be_visible()
    page.get_by_role("button", name="I have seen the changes").click()
    assert page.get_by_text("has changed").count() == 0
    page.get_by_role("button", name="Take out Stars above the roofs").click()
    page.get_by_role("link", name="Delete my programme").click()
    page.get_by_role("button", name="Delete my programme").click()
    expect(page.get_by_text("Nothing planned yet")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_programme_can_be_read_by_everybody(new_page, festival, axe, no_sideways_scroll, colours):
    page = new_page(width=320, color_scheme=colours)
    page.goto(festival.url_of("day", "2026-09-12"))
    page.get_by_role("button", name="Plan Bread for beginners").click()
    page.goto(festival.url_of("my_plan"))

    axe(page)
    no_sideways_scroll(page)
    page.goto(festival.url_of("prints"))
    axe(page)
