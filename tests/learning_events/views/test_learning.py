"""My learning and the learning pathways, as pages."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learning_events.domain.credential import accept_award, offer_to_person
from learning_events.domain.pathway import place_token, take_step, write_note
from learning_events.enums import Earned
from learning_events.models import Award, LearningNote, StepDone
from tests import factories
from tests.learning_events.badges import make_badge, make_pathway
from tests.learning_events.festivals import an_editor, make_event, make_festival

pytestmark = pytest.mark.django_db

MINE = "/my-learning/"


def held_badge(user, name: str = "Bread baker") -> Award:
    offer = offer_to_person(make_badge(name=name), user.participant, earned=Earned.GIVEN)
    return accept_award(offer, by=user, name="", is_minor=False)


def test_record_is_for_who_is_signed_in_and_for_their_eyes_only(client, resident, citizen):
    held_badge(resident)
    write_note(by=resident, text="Sourdough needs time.", learned_on=dt.date(2026, 5, 3))

    assert client.get(MINE).status_code == 302
    client.force_login(citizen)
    assert "Sourdough" not in client.get(MINE).text
    client.force_login(resident)
    page = client.get(MINE)
    assert "Sourdough needs time." in page.text
    assert "Bread baker" in page.text
    assert "no-store" in page["Cache-Control"]


def test_note_is_written_and_deleted_from_the_page(client, resident):
    client.force_login(resident)

    assert client.post(MINE, {"learned_on": "2026-05-03", "text": "=1+1 <b>"}).status_code == 302
    note = LearningNote.objects.get()
    assert "=1+1 &lt;b&gt;" in client.get(MINE).text
    assert client.post(MINE, {"learned_on": "yesterday", "text": ""}).status_code == 400
    client.post(reverse("learning_events:delete_note", args=[note.pk]))
    assert not LearningNote.objects.exists()


def test_others_can_delete_nothing_of_mine(client, resident, citizen):
    award = held_badge(resident)
    note = write_note(by=resident, text="Mine.", learned_on=dt.date(2026, 5, 3))
    client.force_login(citizen)

    assert client.post(reverse("learning_events:delete_note", args=[note.pk])).status_code == 404
    assert client.post(reverse("learning_events:erase_badge", args=[award.pk])).status_code == 404
    assert (Award.objects.count(), LearningNote.objects.count()) == (1, 1)
    client.force_login(resident)
    client.post(reverse("learning_events:erase_badge", args=[award.pk]))
    assert not Award.objects.exists()


def test_record_is_taken_along_as_table_and_with_its_badges(client, resident):
    award = held_badge(resident)
    write_note(by=resident, text="=HYPERLINK(1)", learned_on=dt.date(2026, 5, 3))
    client.force_login(resident)

    table = client.get(reverse("learning_events:learning_csv")).content.decode("utf-8-sig")
    taken = json.loads(client.get(reverse("learning_events:learning_json")).content)

    assert table.splitlines()[0] == "Day,Kind,What,How"
    assert "2026-05-03,Note,'=HYPERLINK(1)," in table
    assert [entry["kind"] for entry in taken["record"]] == ["badge", "note"]
    assert taken["credentials"][0]["id"].endswith(award.credential)


def test_record_costs_the_same_with_one_and_with_thirty(client, resident, django_assert_num_queries):
    place = factories.PlaceFactory()
    client.force_login(resident)

    def grow(number):
        for each in range(number):
            held_badge(resident, name=f"Badge {number} {each}")
            take_step(make_pathway(place, slug=f"p-{number}-{each}").steps.get(), by=resident)
            write_note(by=resident, text=f"Note {each}", learned_on=dt.date(2026, 5, 3))

    grow(1)
    client.get(MINE)
    with CaptureQueriesContext(connection) as few:
        client.get(MINE)
    grow(12)
    with django_assert_num_queries(len(few)):
        client.get(MINE)


def test_profile_leads_to_ones_own_learning(client, resident):
    client.force_login(resident)

    assert MINE in client.get(reverse("participation:profile")).text


def test_everybody_reads_a_pathway_and_nobody_a_hidden_one(client):
    place = factories.PlaceFactory(name="Old mill")
    event = make_event(make_festival(), title="Secret draft", live=False)
    pathway = make_pathway(place, event)
    make_pathway(place, slug="hidden", title="Hidden one", is_public=False)

    page = client.get(reverse("learning_events:pathway", args=[pathway.slug]))

    assert "Old mill" in page.text
    assert "Secret draft" not in page.text
    assert "I was here" not in page.text
    assert client.get("/pathways/hidden/").status_code == 404
    listed = client.get("/pathways/").text
    assert "Food of the city" in listed
    assert "Hidden one" not in listed


def test_resident_takes_a_step_and_takes_it_back(client, resident):
    badge = make_badge(name="City walker")
    pathway = make_pathway(factories.PlaceFactory(), achievement=badge)
    step = pathway.steps.get()
    client.force_login(resident)

    client.post(reverse("learning_events:do_step", args=[pathway.slug, step.pk]))
    page = client.get(reverse("learning_events:pathway", args=[pathway.slug]))

    assert "You have taken 1 of 1 steps." in page.text
    assert "You have walked the whole pathway" in page.text
    assert "You are offered this badge." in client.get(MINE).text
    client.post(reverse("learning_events:undo_step", args=[pathway.slug, step.pk]))
    assert not StepDone.objects.exists()


def test_step_of_another_pathway_is_not_there(client, resident):
    first = make_pathway(factories.PlaceFactory())
    second = make_pathway(factories.PlaceFactory(), slug="second")
    client.force_login(resident)

    answer = client.post(reverse("learning_events:do_step", args=[first.slug, second.steps.get().pk]))

    assert answer.status_code == 404
    assert not StepDone.objects.exists()


def test_code_at_a_place_asks_before_it_counts(client, resident):
    place = factories.PlaceFactory()
    pathway = make_pathway(place, trusts_word=False)
    address = reverse("learning_events:at_place", args=[place_token(place)])
    client.force_login(resident)

    assert client.get(address).status_code == 200
    assert not StepDone.objects.exists()
    assert client.post(address).headers["Location"] == reverse("learning_events:pathway", args=[pathway.slug])
    assert StepDone.objects.get().way == "door"


def test_pathway_costs_the_same_with_two_steps_and_with_twenty(client, resident, django_assert_num_queries):
    short = make_pathway(*factories.PlaceFactory.create_batch(2), slug="short")
    long = make_pathway(*factories.PlaceFactory.create_batch(20), slug="long")
    client.force_login(resident)
    client.get("/pathways/short/")

    with CaptureQueriesContext(connection) as few:
        client.get(f"/pathways/{short.slug}/")
    with django_assert_num_queries(len(few)):
        client.get(f"/pathways/{long.slug}/")


def test_code_of_a_place_is_for_staff_and_stewards(client, resident):
    place = factories.PlaceFactory()
    make_pathway(place)
    address = reverse("learning_events:place_code", args=[place.pk])

    client.force_login(resident)
    assert client.get(address).status_code == 404
    client.force_login(an_editor())
    assert "data:image/svg+xml" in client.get(address).text
