"""Somebody scans the code at the door on a narrow phone, takes the badge, shows it, and another checks the file."""

import pytest
from django.core.cache import cache

from learning_events.domain.credential import revoke_award
from learning_events.models import Award
from tests.journeys.signing_in import signed_in
from tests.learning_events.badges import make_badge, make_pathway, running_session
from tests.learning_events.festivals import an_editor

pytestmark = pytest.mark.django_db(transaction=True)


def test_badge_is_picked_up_shown_checked_and_revoked(
    roles, new_page, axe, no_sideways_scroll, tmp_path, live_server
):
    cache.clear()
    session = running_session()
    badge = make_badge(session.event)
    make_pathway(session.event, badge)

    def look(page):
        axe(page)
        no_sideways_scroll(page)

    organiser = new_page(width=320)
    signed_in(organiser, an_editor())
    organiser.goto(f"/badges/give/{session.event_id}/")
    look(organiser)
    organiser.get_by_role("link", name="Bread baker").click()
    organiser.get_by_role("heading", name="Pick up your badge here").wait_for()
    look(organiser)
    code = organiser.get_by_role("link", name="The same address as a link").get_attribute("href")

    phone = new_page(width=320, java_script_enabled=False)
    phone.goto("/badges/door/" + code.split("/badges/door/")[1])
    phone.get_by_role("button", name="Yes, I want this badge").click()
    phone.get_by_text("Please say how old you are.").first.wait_for()
    phone.get_by_label("Name on the badge").fill("Ana Azevedo")
    phone.get_by_label("16 or older").check()
    phone.get_by_role("button", name="Yes, I want this badge").click()
    phone.get_by_text("The badge is yours").wait_for()
    no_sideways_scroll(phone)
    award = Award.objects.get()

    employer = new_page(width=320)
    employer.goto(f"/badges/{award.key}/")
    employer.get_by_role("heading", name="Bread baker").wait_for()
    look(employer)
    with employer.expect_download() as download:
        employer.get_by_role("link", name="For a wallet of badges").click()
    file = tmp_path / "badge.jwt"
    download.value.save_as(file)
    employer.get_by_role("link", name="Check it here").click()
    look(employer)
    employer.get_by_label("Or choose its file").set_input_files(file)
    employer.get_by_role("button", name="Check").click()
    employer.get_by_text("This badge is genuine and valid").wait_for()
    look(employer)

    revoke_award(award, reason="Given by mistake.", by=an_editor())
    employer.get_by_label("Paste the badge here").fill(file.read_text())
    employer.get_by_role("button", name="Check").click()
    employer.get_by_text("This badge was revoked").wait_for()

    organiser.goto("/pathways/food/")
    look(organiser)
    organiser.goto("/my-learning/")
    look(organiser)
