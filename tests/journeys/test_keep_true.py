"""The map is kept true: a steward answers a mail, a neighbour looks, a stranger reports, a moderator merges."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from mapping.enums import PlaceStatus, VerifiedBy
from mapping.models import PlaceReport, Stewardship
from participation.domain.mail import send_outgoing_mail
from tests.factories import (
    NeighbourhoodFactory,
    ParticipantFactory,
    PlaceFactory,
    make_places_page,
)
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def place(roles):
    cache.clear()
    make_places_page(title="Learning places")
    return PlaceFactory(
        name="Mending room",
        summary="We mend things together.",
        street="Mill Lane 3",
        opening_hours="Mo-Fr 10:00-18:00",
        neighbourhood=NeighbourhoodFactory(name="Old Quay", slug="old-quay"),
        verified_on=timezone.localdate() - dt.timedelta(days=400),
        verified_by=VerifiedBy.STEWARD,
    )


def test_a_group_without_an_account_answers_the_yearly_mail_on_a_phone(
    new_page, axe, no_sideways_scroll, place
):
    Stewardship.objects.create(place=place, email="group@example.org")
    call_command("ask_if_correct")
    send_outgoing_mail()
    link = re.search(r"https?://[^/\s]+(/places/verify/\S+)", mail.outbox[-1].body)[1]
    page = new_page(width=320, java_script_enabled=True)

    page.goto(link)
    page.get_by_role("heading", name="Is “Mending room” still correct?").wait_for()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("link", name="Something is wrong").click()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="It has closed for good").click()
    axe(page)
    page.get_by_role("link", name="No, go back").click()
    place.refresh_from_db()
    assert place.verified_on < timezone.localdate()

    page.get_by_role("button", name="Everything is still correct").click()

    page.get_by_text("The map says now that it was checked today.").wait_for()
    axe(page)
    place.refresh_from_db()
    assert place.verified_by == VerifiedBy.STEWARD


def test_a_neighbour_becomes_a_scout_and_looks(page, axe, no_sideways_scroll, place):
    signed_in(page, ParticipantFactory(display_name="Carla Citizen").user).goto("/places/scout/")
    axe(page)
    page.get_by_label("Neighbourhood").select_option("old-quay")
    page.get_by_role("button", name="Become a scout here").click()
    page.get_by_text("You are a scout in Old Quay now.").wait_for()
    axe(page)
    no_sideways_scroll(page)

    page.get_by_role("link", name="Mending room").click()
    axe(page)
    page.get_by_role("button", name="Everything is still correct").click()

    page.get_by_text("You help to keep the map true").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("You are not a scout in Old Quay any more").wait_for()


def test_a_stranger_reports_an_error_and_the_steward_answers(new_page, axe, no_sideways_scroll, place):
    steward = ParticipantFactory(display_name="Stella Steward").user
    Stewardship.objects.create(place=place, participant=steward.participant)
    stranger = new_page(width=360, java_script_enabled=False)
    stranger.goto(f"/places/{place.pk}/")
    stranger.get_by_role("link", name="Report an error").click()
    stranger.get_by_role("button", name="Send").click()
    stranger.get_by_text("Please choose what is wrong.").first.wait_for()
    stranger.get_by_label("The opening hours are wrong").check()
    stranger.get_by_label("What should it say instead?").fill("Open until 19:00.")
    stranger.get_by_role("button", name="Send").click()
    stranger.get_by_text("Somebody will look at it").wait_for()

    page = signed_in(new_page(width=360), steward)
    page.goto(f"/places/{place.pk}/report/")
    axe(page)
    no_sideways_scroll(page)
    page.goto("/places/reports/")
    axe(page)
    page.get_by_role("link", name=re.compile("^Answer")).click()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("I have mended the entry").check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("One report is answered.").wait_for()

    assert PlaceReport.objects.get().state == "mended"


def test_a_steward_closes_and_the_address_leads_to_the_successor(page, axe, no_sideways_scroll, place):
    steward = ParticipantFactory(display_name="Stella Steward").user
    Stewardship.objects.create(place=place, participant=steward.participant)
    hall = PlaceFactory(name="Town hall workshop")
    signed_in(page, steward).goto(f"/places/{place.pk}/close/")
    page.get_by_label("What should people know?").fill("We have moved.")
    page.get_by_label("Has another place taken over? Look for it").fill("town hall")
    page.keyboard.press("Enter")
    page.get_by_label("Town hall workshop").check()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Close it for good").click()
    page.get_by_text("Its address leads to the place that has taken over").wait_for()

    page.goto(f"/places/{place.pk}/")

    page.get_by_role("heading", name="Town hall workshop").wait_for()
    place.refresh_from_db()
    assert (place.successor, place.status_reason) == (hall, "We have moved.")


def test_a_moderator_answers_reports_and_merges_doubles(page, place):
    moderator = ParticipantFactory(display_name="Mona Moderator", user__is_staff=True).user
    moderator.groups.add(Group.objects.get(name="Comment moderators"))
    double = PlaceFactory(name="The mending room")
    PlaceReport.objects.create(place=double, kind="duplicate")
    signed_in(page, moderator).goto("/admin/places/reports/")
    page.get_by_role("link", name="The mending room").click()
    page.get_by_role("heading", name="What people say is wrong").wait_for()
    page.get_by_role("link", name="Possible doubles").last.click()
    page.get_by_role("link", name="Compare Mending room, The mending room").or_(
        page.get_by_role("link", name="Compare The mending room, Mending room")
    ).click()

    page.get_by_role("button", name=re.compile(r": Mending room$")).click()

    page.get_by_text("They are one entry now").wait_for()
    double.refresh_from_db()
    assert (double.status, double.successor) == (PlaceStatus.MERGED, place)
