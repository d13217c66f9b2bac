"""An event in steps: beginning a draft, and what every step keeps or gives back."""

import datetime as dt

import pytest
from django.test import Client

from learning_events.models import EventPage
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.learning_events.festivals import make_festival
from tests.learning_events.views.organise.addresses import SUBMIT, page_of

pytestmark = pytest.mark.django_db


def test_strangers_sign_in_first_and_come_back(festival):
    answer = Client().get(SUBMIT)

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={SUBMIT}")


def test_who_has_no_public_name_is_asked_for_one(festival, client):
    client.force_login(UserFactory())

    assert "next=" in client.get(SUBMIT).url


def test_the_first_step_begins_a_draft(festival, client, organiser, kind):
    assert client.get(SUBMIT).status_code == 200

    answer = client.post(SUBMIT, {"title": "Bread", "kind": kind.pk})

    event = EventPage.objects.get()
    assert answer.url == page_of(event, "step", "about")
    assert (event.title, event.kind, event.live, event.owner) == ("Bread", kind, False, organiser)
    assert client.get(answer.url).headers["Cache-Control"] == "private, no-store"


def test_a_title_is_needed_and_what_was_typed_stays(festival, client):
    answer = client.post(SUBMIT, {"title": " ", "summary": "We bake."})

    assert answer.status_code == 400
    assert "We bake." in answer.content.decode()
    assert not EventPage.objects.exists()


def test_only_organisations_that_one_acts_for_can_be_chosen(festival, client, organiser):
    mine, foreign = OrganisationFactory(name="Ours"), OrganisationFactory(name="Theirs")
    mine.roles.create(participant=organiser.participant)

    page = client.get(SUBMIT).content.decode()
    answer = client.post(SUBMIT, {"title": "Bread", "organisation": foreign.pk})

    assert ("Ours" in page, "Theirs" in page) == (True, False)
    assert answer.status_code == 400
    client.post(SUBMIT, {"title": "Bread", "organisation": mine.pk})
    assert EventPage.objects.get().organisation == mine


def test_after_the_deadline_nothing_is_begun(client, kind):
    make_festival(submissions_close_on=dt.date(2026, 5, 31))

    assert "deadline for new events is over" in client.get(SUBMIT).content.decode()
    assert client.post(SUBMIT, {"title": "Bread"}).status_code == 400
    assert not EventPage.objects.exists()


# The steps

STEPS = {
    "what": {"title": "Bread", "summary": "We bake bread."},
    "about": {"description": "Knead, wait, bake.", "leaders": "Ida Oven"},
    "people": {"age_from": "6", "age_to": "99", "languages": ["de", "en"]},
    "where": {"attendance": "in-person", "place": "", "venue_name": "Yard", "venue_address": "Quay 3"},
    "access": {"step_free": "yes", "sign_language": "yes", "cost": "free"},
    "booking": {"booking": "seats", "contact_phone": "040 1234"},
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_saved_and_leads_on(client, draft, step):
    form = client.get(page_of(draft, "step", step))
    assert form.status_code == 200

    answer = client.post(page_of(draft, "step", step), STEPS[step])

    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get(answer.url).status_code == 200
    event = EventPage.objects.get()
    for name, value in STEPS[step].items():
        stored = getattr(event, name)
        assert str(stored or "") == (" ".join(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("what", {"title": ""}, "title"),
        ("people", {"age_from": "12", "age_to": "6"}, "age_to"),
        ("booking", {"booking": "elsewhere"}, "booking_url"),
        ("booking", {"booking": "open", "contact_phone": "call me"}, "contact_phone"),
        ("where", {"attendance": "in-person", "place": "999"}, "place"),
        ("where", {"attendance": "on the moon"}, "attendance"),
        ("about", {"description": "x" * 6001}, "description"),
    ],
)
def test_what_contradicts_itself_comes_back_at_its_field(client, draft, step, data, field):
    answer = client.post(page_of(draft, "step", step), data)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_a_place_is_searched_without_losing_what_was_typed(client, draft):
    bakery = PlaceFactory(name="Harbour bakery")
    PlaceFactory(name="Library")
    typed = {"attendance": "mixed", "online_url": "https://example.org/meet", "words": "bakery"}

    found = client.post(page_of(draft, "step", "where"), {**typed, "search": "1"})

    page = found.content.decode()
    assert found.status_code == 200
    assert ("Harbour bakery" in page, "Library" in page) == (True, False)
    assert "https://example.org/meet" in page
    assert EventPage.objects.get().place is None
    client.post(page_of(draft, "step", "where"), {**typed, "place": bakery.pk, "venue_name": "Old bakery"})
    event = EventPage.objects.get()
    assert (event.place, event.venue_name, event.attendance) == (bakery, "", "mixed")


def test_places_that_nobody_may_see_are_neither_found_nor_chosen(client, draft):
    hidden = PlaceFactory(name="Hidden bakery", status="draft")

    found = client.post(
        page_of(draft, "step", "where"), {"attendance": "mixed", "words": "bakery", "search": "1"}
    )
    chosen = client.post(page_of(draft, "step", "where"), {"attendance": "mixed", "place": hidden.pk})

    assert "Hidden bakery" not in found.content.decode()
    assert chosen.status_code == 400


def test_f19_the_second_tab_is_told_and_may_save_knowingly(client, draft):
    url = page_of(draft, "step", "what")
    version = client.get(url).context["form"]["version"].value()
    client.post(url, {"title": "First tab", "version": version})

    second = client.post(url, {"title": "Second tab", "version": version})

    assert second.status_code == 409
    assert EventPage.objects.get().title == "First tab"
    assert "Somebody has changed this event" in second.content.decode()
    again = second.context["form"]["version"].value()
    assert client.post(url, {"title": "Second tab", "version": again}).status_code == 302
    assert EventPage.objects.get().title == "Second tab"


def test_unknown_steps_and_foreign_events_are_not_found(client, draft, citizen):
    assert client.get(page_of(draft, "step", "nonsense")).status_code == 404
    client.force_login(citizen)
    for tail in (
        (),
        ("step", "what"),
        ("sessions",),
        ("check",),
        ("withdraw",),
        ("copy",),
        ("delete",),
        ("ask",),
    ):
        assert client.get(page_of(draft, *tail)).status_code == 404, tail
        assert client.post(page_of(draft, *tail)).status_code in (404, 405), tail
