"""An evening in one room: who runs it, the big screen, a phone, and browsers without scripts, sockets or streams."""

import json

import pytest
from playwright.sync_api import Page, expect

from participation.domain.room import come_in
from participation.domain.room.opinion import observe
from participation.models import Room
from tests.factories import ParticipantFactory
from tests.participation.live.server import cookie_of, served
from tests.participation.meetings import keeper_of, make_committee
from tests.participation.rooms import fill, make_room

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    # WhiteNoise hands its files out piece by piece; a real site has a proxy for them.
    pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume"),
]
WORDS = [f"Thing number {number} comes first." for number in range(6)]
NO_SOCKETS = "delete window.WebSocket;"
NO_STREAMS = "delete window.EventSource;"


@pytest.fixture
def address():
    with served() as address:
        yield address


@pytest.fixture
def enter(address, browser):
    """Open a browser of its own as `enter(path, user=..., script=...)`; none of them may throw an error."""
    contexts, faults = [], []

    def open_page(path: str, *, user=None, script: str = "", **options) -> Page:
        context = browser.new_context(base_url=address, locale="en", reduced_motion="reduce", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([cookie_of(user)])
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(path)
        return page

    yield open_page

    for context in contexts:
        context.close()
    assert faults == []


def test_everybody_in_the_room_ends_with_the_same_state(enter, axe, no_sideways_scroll):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper, statements=WORDS)
    fill(room, people=33)
    observe(room.pk)
    carla, nora = (ParticipantFactory(display_name=name).user for name in ("Carla", "Nora"))
    come_in(room, by=carla)
    path = committee.url_of("room", room.meeting_id)

    desk = enter(committee.url_of("run_room", room.meeting_id), user=keeper)
    hall = enter(committee.url_of("room_hall", room.meeting_id))
    phone = enter(path, user=carla, viewport={"width": 320, "height": 640})
    plain = enter(path, user=nora, java_script_enabled=False)
    stream = enter(path, script=NO_SOCKETS)
    poll = enter(path, script=NO_SOCKETS + NO_STREAMS)
    ways = {hall: "socket", phone: "socket", stream: "stream", poll: "poll"}
    for page, way in ways.items():
        expect(page.locator(f"[data-room][data-way={way}]")).to_have_count(1)

    # A phone answers by the socket, without leaving the page; a browser without scripts by its forms.
    phone.get_by_role("button", name="Disagree").click()
    expect(phone.get_by_text("1 answered")).to_be_visible()
    plain.get_by_role("button", name="Agree", exact=True).click()
    expect(plain.get_by_text("1 answered")).to_be_visible()
    phone.get_by_label("Your statement").fill("Nobody should stand outside.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("waits for a check", exact=True)).to_be_visible()

    # Who runs the room sees it come in, shows it, and sends the groups to the wall.
    expect(desk.get_by_text("Nobody should stand outside.")).to_be_visible()
    desk.get_by_role("button", name="Show it").click()
    expect(desk.get_by_role("heading", name="Shown (7)")).to_be_visible()
    desk.get_by_label("opinion groups").check()
    desk.get_by_role("button", name="Show this").click()
    expect(hall.get_by_role("heading", name="Opinion groups")).to_be_visible()
    expect(hall.get_by_role("heading", name="Group A")).to_be_visible()
    for page in (hall, phone, stream, poll):
        expect(page.locator("[data-live=counts] [data-text=voters]").first).to_have_text("35")
        expect(
            page.locator("[data-live=statements] q", has_text="Nobody should stand outside.").first
        ).to_be_attached()
    for page in (phone, plain):
        axe(page)
        no_sideways_scroll(page)
    axe(hall)
    axe(desk)

    # Whatever way they came by, all of them have what the API has.
    plain.reload()
    version = Room.objects.get().version
    for page in (hall, phone, stream, poll):
        expect(page.locator("[data-room]")).to_have_attribute("data-version", str(version))
    state = json.loads(hall.request.get(committee.url_of("room_state", room.meeting_id)).text())
    entry = hall.request.get(f"/api/v1/rooms/{room.pk}/").json()
    assert entry["sections"] == state["s"]
    figures = ".room-figures dd[data-text]:not([data-text=here])"
    told = {tuple(page.locator(figures).all_inner_texts()) for page in (phone, plain, stream, poll)}
    counts = state["s"]["counts"]
    assert told == {tuple(str(counts[name]) for name in ("voters", "votes", "statements"))}

    # A break closes the forms of all, without a reload.
    desk.get_by_role("button", name="Begin a break").click()
    expect(phone.get_by_text("There is a break.")).to_be_visible()
    expect(phone.get_by_role("button", name="Disagree")).to_be_hidden()
    desk.get_by_label("Yes, close it for good").check()
    desk.get_by_role("button", name="Close the room").click()
    expect(stream.get_by_text("This room is closed.")).to_be_visible()
    plain.goto(committee.url_of("room_report", room.meeting_id))
    expect(plain.get_by_role("rowheader", name="Nobody should stand outside.")).to_be_attached()
    axe(plain)
