"""Somebody follows a neighbourhood and their surroundings, chooses when to hear of it, and reads the digest."""

import datetime as dt

import pytest
from django.core import mail as outbox
from django.utils import timezone
from playwright.sync_api import expect

from participation.domain.announcement import tell_followers
from participation.domain.digest import make_digests
from participation.domain.mail import send_outgoing_mail
from participation.models import Notification
from tests.factories import NeighbourhoodFactory, ParticipantFactory, TopicFactory
from tests.journeys.signing_in import signed_in
from tests.participation.following import tell_news

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "options",
    [{"width": 1280}, {"width": 320, "java_script_enabled": False}],
    ids=["desk", "phone-no-script"],
)
def test_people_follow_choose_and_get_their_digest(new_page, axe, no_sideways_scroll, roles, options):
    carla, harbour = ParticipantFactory(), NeighbourhoodFactory(name="Old Harbour")
    TopicFactory(name="Repairing things")
    tell_news(1, where=harbour)
    page = signed_in(new_page(**options), carla.user)

    def looks_right():
        if options.get("java_script_enabled", True):
            axe(page)
            no_sideways_scroll(page)

    page.goto("/news/")
    looks_right()
    page.get_by_label("Neighbourhood").select_option("Old Harbour")
    page.get_by_role("button", name="Show results").click()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Stop following")).to_be_visible()
    looks_right()

    page.get_by_role("link", name="Choose what we tell you").click()
    assert page.get_by_label("Old Harbour").is_checked()
    page.get_by_label("Repairing things").check()
    page.get_by_label("Hour of the mail").select_option("18:00")
    page.get_by_label("Quiet from").select_option("17:00")
    page.get_by_label("Quiet until").select_option("19:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This hour lies in your quiet hours.").first).to_be_visible()
    looks_right()
    page.get_by_label("Hour of the mail").select_option("20:00")
    page.get_by_role("button", name="Save").click()
    looks_right()
    assert carla.subscriptions.count() == 2
    page.get_by_role("button", name="Undo my last change").click()
    assert carla.subscriptions.count() == 1

    page.get_by_role("link", name="Follow what happens around a point").click()
    looks_right()
    page.get_by_label("Name").fill("Around my flat")
    page.get_by_label("In the middle of").select_option("Old Harbour")
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_text("1000 metres around")).to_be_visible()

    tell_news(2, where=harbour)
    tell_followers()
    Notification.objects.update(digest_due_at=timezone.now() - dt.timedelta(minutes=1))
    make_digests()
    send_outgoing_mail()
    (mail,) = (each for each in outbox.outbox if each.to == [carla.user.email])
    assert "News 2" in mail.body
    stop = mail.extra_headers["List-Unsubscribe"].strip("<>")
    page.goto("/notices/unsubscribe/" + stop.split("/notices/unsubscribe/")[1])
    page.get_by_role("button", name="Stop these mails").click()
    assert carla.unsubscriptions.get().kind == "participation.digest"
