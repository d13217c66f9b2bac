"""People's way in, through their own pages, and out again."""

import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from participation.foundation.person_key import person_key
from participation.models import Participant, RegisterEntry
from tests.factories import NeighbourhoodFactory, RegisterEntryFactory
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "nia@example.org"


@pytest.fixture(autouse=True)
def _city(transactional_db):
    """A home page (a transactional test begins without one), two neighbourhoods and a person in the register."""
    from wagtail.models import Collection, Locale, Page, Site

    cache.clear()
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Site.objects.filter(is_default_site=True).exists():
        Locale.objects.get_or_create(language_code="en")
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        Site.objects.create(
            hostname="localhost", root_page=root.add_child(title="Home", slug="home"), is_default_site=True
        )
    harbour = NeighbourhoodFactory(name="Old Harbour", slug="old-harbour")
    NeighbourhoodFactory(name="Mill Hill", slug="mill-hill")
    RegisterEntryFactory(person_key=person_key("HH-2041-77", dt.date(1984, 7, 31)), neighbourhood=harbour)


def code_in_mail() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()


def sign_in(page: Page, email: str, then: str = "/me/") -> None:
    page.goto(f"/account/login/?next={then}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code from the mail").fill(code_in_mail())
    page.get_by_role("button", name="Sign in").click()


def test_a_new_person_joins_verifies_takes_the_data_along_and_leaves(page, axe, no_sideways_scroll):
    page.goto("/me/verify/")
    expect(page).to_have_url(re.compile(r"/account/login/\?next=/me/verify/"))
    axe(page)
    page.get_by_label("E-mail address").fill("nia")
    page.get_by_role("button", name="Send me a code").click()
    axe(page)
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Send me a code").click()
    axe(page)
    page.get_by_label("Code from the mail").fill("12")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("six digits")
    axe(page)
    page.get_by_label("Code from the mail").fill(code_in_mail())
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("What may others call you?")
    axe(page)
    page.get_by_label("Name that others see").fill("Nia")
    page.get_by_label("Neighbourhood").select_option("Mill Hill")
    page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Show that you live here")
    axe(page)
    page.get_by_label("Register number").fill("HH-2041-78")
    page.get_by_label("Date of birth").fill("1984-07-31")
    page.get_by_role("button", name="Verify me").click()
    expect(page.get_by_role("alert")).to_contain_text("come to the desk")
    axe(page)
    page.get_by_label("Register number").fill("hh 2041 77")
    page.get_by_label("Date of birth").fill("1984-07-31")
    page.get_by_role("button", name="Verify me").click()

    expect(page.get_by_text("You can vote.")).to_be_visible()
    expect(page.get_by_label("Neighbourhood")).to_be_disabled()
    axe(page)
    no_sideways_scroll(page)

    page.get_by_role("link", name="My data").click()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my data").click()
    archive = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert json.loads(files.read("participation.participant.json"))["rows"][0]["display_name"] == "Nia"

    page.get_by_role("link", name="Delete my account").click()
    axe(page)
    page.get_by_role("button", name="Delete my account for good").click()
    expect(page.get_by_role("alert")).to_contain_text("tick the box")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Delete my account for good").click()

    expect(page).to_have_url(re.compile(r"/$"))
    page.goto("/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in or join")
    assert not get_user_model().objects.filter(email=ADDRESS).exists()
    assert RegisterEntry.objects.count() == 1


def test_f27_the_whole_way_works_without_javascript_on_a_small_phone(new_page):
    page = new_page(width=320, java_script_enabled=False)
    sign_in(page, ADDRESS)
    expect(page).to_have_url(re.compile("/me/welcome/"))
    page.get_by_label("Name that others see").fill("Nia")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("link", name="Verify me").click()
    page.get_by_label("Register number").fill("HH-2041-77")
    page.get_by_label("Date of birth").fill("1984-07-31")
    page.get_by_role("button", name="Verify me").click()

    expect(page.get_by_text("You can vote.")).to_be_visible()
    assert Participant.objects.get(user__email=ADDRESS).is_verified


def test_every_page_fits_a_small_phone(new_page, no_sideways_scroll, citizen):
    page = new_page(width=320)
    for path in ("/account/login/", "/account/login/password/", "/account/password/reset/"):
        page.goto(path)
        no_sideways_scroll(page)
    sign_in(page, citizen.email)
    for path in ("/me/", "/me/verify/", "/me/data/", "/me/data/erase/", "/me/welcome/", "/account/email/"):
        page.goto(path)
        no_sideways_scroll(page)


def test_the_accounts_pages_are_in_the_citys_look_and_accessible(page, axe, citizen):
    for path in (
        "/account/login/password/",
        "/account/password/reset/",
        "/account/inactive/",
        "/account/password/reset/done/",
    ):
        page.goto(path)
        axe(page)
        expect(page.locator(".site-header")).to_be_visible()
    citizen.set_unusable_password()
    citizen.save()
    sign_in(page, citizen.email)
    for path in (
        "/account/email/",
        "/account/password/set/",
        "/account/logout/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
    ):
        page.goto(path)
        axe(page)
        expect(page.locator(".site-header")).to_be_visible()

    page.goto("/account/email/")
    page.get_by_label("New e-mail address").fill("new@example.org")
    page.get_by_role("button", name="Change my address").click()
    axe(page)


def test_an_officer_sets_up_a_second_factor_and_verifies_at_the_desk(page, axe, officer, citizen, settings):
    settings.REQUIRE_STAFF_SECOND_FACTOR = True
    officer.set_unusable_password()
    officer.save()

    def code() -> str:
        return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    sign_in(page, officer.email, then="/admin/desk/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up the second factor")
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Code from the app").fill(code())
    page.get_by_role("button", name="Switch on").click()
    axe(page)
    page.goto("/account/2fa/recovery-codes/")
    axe(page)
    page.goto("/admin/desk/")
    axe(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Confirm").click()

    page.get_by_label("E-mail address of the account").fill(citizen.email)
    page.get_by_label("Register number").fill("HH-2041-77")
    page.get_by_label("Date of birth").fill("1984-07-31")
    page.get_by_label("I have seen the person's identity card.").check()
    page.get_by_role("button", name="Verify this person").click()

    expect(page.get_by_text("is now verified as a resident")).to_be_visible()
    assert Participant.objects.get(user=citizen).is_verified


def test_an_officer_checks_and_imports_the_register(page, officer, tmp_path):
    signed_in(page, officer)
    file = tmp_path / "register.csv"
    file.write_text(
        "register_number,date_of_birth,neighbourhood\nA-1,1990-01-31,Mill Hill\nA-2,1990-01-31,nowhere\n"
    )
    page.goto("/admin/register/")
    page.get_by_label("Register as CSV").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert")).to_contain_text("1 line cannot be used")

    file.write_text("register_number,date_of_birth,neighbourhood\nA-1,1990-01-31,Mill Hill\n")
    page.get_by_label("Register as CSV").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_label("The same file once more").set_input_files(file)
    page.get_by_role("button", name="Import this file").click()

    expect(page.get_by_text("1 new, 0 changed")).to_be_visible()
    assert RegisterEntry.objects.filter(person_key=person_key("A1", dt.date(1990, 1, 31))).exists()


def test_an_editor_adds_a_budget_under_the_strict_policy(page, administrator):
    """Date pickers, choosers, inline panels and rich text work in the admin without any inline script."""
    from wagtail.models import Page as WagtailPage

    signed_in(page, administrator)
    home = WagtailPage.objects.filter(depth=2).first()
    page.goto(f"/admin/pages/add/budgeting/participatorybudget/{home.pk}/")
    page.locator("#id_phases-ADD").click()
    expect(page.locator("#id_phases-1-opens_at")).to_be_visible()
    page.locator("#id_phases-1-opens_at").focus()
    expect(page.locator(".xdsoft_datetimepicker:visible").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Choose an image").first.click()
    expect(page.locator(".modal-content")).to_contain_text("Search term")
    assert page.locator("script[data-admin-widget]").count() == 0
