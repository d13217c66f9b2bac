"""An editor brings Hamburg's libraries in: a wrong file first, then the right one, and takes it back."""

import pytest
from playwright.sync_api import expect

from mapping.models import LearningPlace
from tests.factories import PlaceCategoryFactory, make_places_page
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_brings_places_in_after_a_wrong_file(page, axe, shared_data, roles, editor):
    make_places_page()
    PlaceCategoryFactory(name="Library", slug="library")
    signed_in(page, editor)
    places = shared_data / "places"

    page.goto("/admin/place-imports/")
    page.get_by_label("File of places").set_input_files(places / "opening-hours/valid-samples.txt")
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("heading", name="Bring places in")).to_be_visible()
    expect(page.locator(".error-message, .w-field__errors").first).to_contain_text("Line")

    page.get_by_label("File of places").set_input_files(places / "hamburg/libraries.csv")
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_label("zip_code")).to_have_value("postal_code")
    axe(page)
    page.get_by_label("Name of the new source").fill("OpenStreetMap")
    page.get_by_label("Kind of place").select_option(label="Library")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would happen")
    expect(page.get_by_role("link", name="new: 157")).to_be_visible()
    axe(page)
    assert not LearningPlace.objects.exists()

    page.get_by_role("button", name="Bring the places in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What has happened")
    assert LearningPlace.objects.filter(status="published").count() == 157
    page.goto("/places/?q=barmbek")
    expect(page.get_by_text("Bücherhalle Barmbek").first).to_be_visible()

    page.go_back()
    page.get_by_role("button", name="Take the import back").click()
    expect(page.get_by_text("This import was taken back.")).to_be_visible()
    assert not LearningPlace.objects.filter(status="published").exists()
