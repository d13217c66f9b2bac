"""Tonight's meeting, from the plan to published minutes; with the network cut while the secretary types; and without a script."""

import datetime as dt
import os
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from participation.domain.attendance import save_notes
from participation.enums import AccessLevel, SeatRole
from participation.models import AgendaItem, Meeting, Minutes
from tests.factories import PlaceFactory
from tests.journeys.signing_in import signed_in
from tests.participation.meetings import in_session, keeper_of, let_in, make_committee, seat, the_item

pytestmark = pytest.mark.django_db(transaction=True)
# Where to leave pictures of the pages, for looking at them.
PICTURES = os.environ.get("JOURNEY_PICTURES")


@pytest.fixture
def look(axe, no_sideways_scroll):
    def check(page, name: str) -> None:
        axe(page)
        no_sideways_scroll(page)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/meetings-{name}.png", full_page=True)

    return check


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (320, False)])
def test_from_the_plan_to_published_minutes(new_page, look, roles, width, scripts):
    committee = make_committee(title="Harbour committee")
    secretary, chair = keeper_of(committee), let_in(committee, AccessLevel.LEAD, "Chen Chair").user
    member = seat(committee, "Mia Member")
    seat(committee, "Max Member", role=SeatRole.DEPUTY)
    PlaceFactory(name="Harbour library", street="Quay 1", step_free="yes")
    page = signed_in(new_page(width=width, java_script_enabled=scripts), secretary)
    tag = f"{width}-{'js' if scripts else 'plain'}"
    soon = timezone.localtime() + dt.timedelta(minutes=30)

    page.goto("/harbour/meetings/")
    look(page, f"{tag}-none")
    page.get_by_role("link", name="Plan a meeting").click()
    page.get_by_label("Title", exact=True).fill("Meeting tonight")
    page.get_by_label("Day", exact=True).fill(f"{soon:%Y-%m-%d}")
    page.get_by_label("Begin", exact=True).fill(f"{soon:%H:%M}")
    page.get_by_label("End", exact=True).fill(f"{soon + dt.timedelta(hours=2):%H:%M}")
    page.get_by_label("Look for a place on the map").fill("library")
    page.get_by_role("button", name="Search the map").click()
    page.get_by_label("Harbour library, Quay 1").check()
    look(page, f"{tag}-plan")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_text("Only you see it until you announce it.")).to_be_visible()
    page.get_by_role("button", name="Announce it").click()
    page.get_by_role("link", name="Keep the agenda").click()
    page.get_by_label("Title", exact=True).fill("Paint the hall")
    page.get_by_label("What should happen with it?").select_option(label="decision")
    page.get_by_role("button", name="Put it on the agenda").click()
    page.get_by_role("button", name="Publish the agenda").click()
    look(page, f"{tag}-agenda")

    page.goto("/harbour/meetings/")
    page.get_by_role("link", name="Meeting tonight").click()
    look(page, f"{tag}-meeting")
    page.get_by_role("link", name="Run the meeting").click()
    look(page, f"{tag}-run-before")
    page.get_by_role("button", name="Open the meeting").click()
    page.get_by_label("Mia Member").select_option(label="in the room")
    page.get_by_label("Max Member").select_option(label="online")
    page.get_by_role("button", name="Note attendance").click()
    expect(page.get_by_text("Quorum: 2 of 2 members")).to_be_visible()
    page.get_by_role("button", name="Begin this item Paint the hall").click()
    page.get_by_label("Notes for the minutes Paint the hall").fill("We looked at colours.")
    page.get_by_role("button", name="Save the notes Paint the hall").click()
    expect(page.get_by_text("Saved." if scripts else "The notes are kept.")).to_be_visible()
    page.get_by_text("Somebody moves something").click()
    motion = page.locator("form", has=page.get_by_role("button", name="Note the motion"))
    motion.get_by_label("Title", exact=True).fill("Green")
    motion.get_by_label("Text of the motion").fill("We paint the hall green.")
    motion.get_by_label("Moved by").select_option(label="Mia Member")
    motion.get_by_role("button", name="Note the motion").click()
    page.get_by_text("Somebody moves an amendment").click()
    amendment = page.locator("form", has=page.get_by_role("button", name="Note the amendment"))
    amendment.get_by_label("Title", exact=True).fill("Light green")
    amendment.get_by_label("The whole text, as it should be").fill("We paint the old hall light green.")
    amendment.get_by_role("button", name="Note the amendment").click()
    expect(page.locator("ins").first).to_have_text("old ")
    look(page, f"{tag}-run-motion")
    page.get_by_role("button", name="Open the vote Green").click()
    expect(page.get_by_text("There are amendments to this motion.").first).to_be_visible()
    for title in ("Light green", "Green"):
        page.get_by_role("button", name=f"Open the vote {title}").click()
        for label, number in (("Yes", "2"), ("No", "0"), ("Abstained", "0")):
            page.get_by_label(label, exact=True).fill(number)
        if title == "Green":
            look(page, f"{tag}-run-vote")
        page.get_by_role("button", name="Close the vote with these numbers").click()
    page.get_by_text("Something is to be done").click()
    action = page.locator("form", has=page.get_by_role("button", name="Note who does it"))
    action.get_by_label("What is to be done?").fill("Buy paint")
    action.get_by_label("By whom?").select_option(label="Mia Member")
    action.get_by_role("button", name="Note who does it").click()
    page.get_by_role("button", name="Close the meeting").click()
    look(page, f"{tag}-run-after")

    page.get_by_role("button", name="Draft the minutes").click()
    text = page.get_by_label("Minutes", exact=True)
    expect(text).to_have_value(re.compile("We paint the old hall light green"))
    look(page, f"{tag}-minutes-write")
    text.fill(text.input_value() + "\n\nIt was a good evening.")
    page.get_by_role("button", name="Save").click()
    look(page, f"{tag}-minutes-draft")
    page.get_by_role("link", name="Compare versions").click()
    expect(page.locator("ins").first).to_contain_text("It was a good evening.")
    look(page, f"{tag}-minutes-versions")
    assert member.participant.notifications.filter(kind="participation.action").exists()

    # The next meeting approves them; the action is back on its agenda.
    minutes = Minutes.objects.get()
    lead = signed_in(new_page(width=width, java_script_enabled=scripts), chair)
    lead.goto(f"/harbour/meetings/{minutes.meeting_id}/minutes/")
    lead.get_by_role("button", name="They are right").click()
    later = timezone.localtime() + dt.timedelta(minutes=50)
    lead.goto("/harbour/meetings/new/")
    lead.get_by_label("Title", exact=True).fill("Meeting after")
    lead.get_by_label("Day", exact=True).fill(f"{later:%Y-%m-%d}")
    lead.get_by_label("Begin", exact=True).fill(f"{later:%H:%M}")
    lead.get_by_label("End", exact=True).fill(f"{later + dt.timedelta(hours=1):%H:%M}")
    lead.get_by_role("button", name="Plan it").click()
    expect(lead.get_by_text("Buy paint (Mia Member)")).to_be_visible()
    lead.get_by_role("button", name="Announce it").click()
    lead.get_by_role("link", name="Run the meeting").click()
    lead.get_by_role("button", name="Open the meeting").click()
    lead.get_by_role("button", name="The meeting approves these minutes").click()
    lead.goto(f"/harbour/meetings/{minutes.meeting_id}/minutes/")
    lead.get_by_role("button", name="Publish the minutes").click()

    stranger = new_page(width=width, java_script_enabled=scripts)
    stranger.goto(f"/harbour/meetings/{minutes.meeting_id}/")
    look(stranger, f"{tag}-stranger-meeting")
    stranger.get_by_role("link", name="Read the minutes").click()
    expect(stranger.get_by_text("It was a good evening.")).to_be_visible()
    look(stranger, f"{tag}-stranger-minutes")
    for name in ("decisions", "actions"):
        stranger.goto(f"/harbour/{name}/")
        look(stranger, f"{tag}-{name}")


def test_typing_goes_on_without_a_network_and_nothing_is_lost(new_page, look, roles):
    committee = make_committee()
    keeper = keeper_of(committee)
    meeting, _members = in_session(committee, by=keeper)
    item = the_item(meeting)
    page = signed_in(new_page(), keeper)
    page.goto(f"/harbour/meetings/{meeting.pk}/run/")
    notes = page.get_by_label("Notes for the minutes Paint the hall")
    state = page.locator("[data-notes-state]").first

    page.context.set_offline(True)
    notes.fill("Typed in a tunnel")
    expect(state).to_have_text("Kept in this browser, not sent yet.")
    look(page, "run-offline")
    assert AgendaItem.objects.get(pk=item.pk).notes == ""
    page.context.set_offline(False)
    expect(state).to_have_text("Saved.")
    assert AgendaItem.objects.get(pk=item.pk).notes == "Typed in a tunnel"

    # The page is closed while there is no network, and opened again: what was typed is there and goes out.
    page.context.set_offline(True)
    notes.fill("Typed before the battery died")
    expect(state).to_have_text("Kept in this browser, not sent yet.")
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(f"/harbour/meetings/{meeting.pk}/run/")
    state = page.locator("[data-notes-state]").first
    expect(state).to_have_text("Saved.")
    found = AgendaItem.objects.get(pk=item.pk)
    assert found.notes == "Typed before the battery died"

    # Somebody else writes meanwhile: both texts are shown, and only a choice saves.
    save_notes(found, by=keeper, text="Written by the chair", version=found.notes_version)
    page.get_by_label("Notes for the minutes Paint the hall").fill("Written by the secretary")
    expect(page.locator("[data-notes-theirs]").first).to_have_text("Written by the chair")
    look(page, "run-conflict")
    assert AgendaItem.objects.get(pk=item.pk).notes == "Written by the chair"
    page.get_by_role("button", name="Put theirs below mine").click()
    expect(state).to_have_text("Saved.")
    assert AgendaItem.objects.get(pk=item.pk).notes == "Written by the secretary\n\nWritten by the chair"
    assert Meeting.objects.get().state == "running"
