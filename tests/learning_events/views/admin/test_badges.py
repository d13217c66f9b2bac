"""Badges in the admin: made, listed and revoked by those who may."""

import pytest
from django.urls import reverse

from learning_events.enums import AwardState
from learning_events.models import Achievement, Pathway
from tests.learning_events.badges import make_award, make_badge, make_pathway, offered_award
from tests.learning_events.festivals import make_event, make_festival

pytestmark = pytest.mark.django_db

AWARDS = "/admin/festival/awards/"


def test_editor_makes_a_badge_for_an_event(client, editor):
    event = make_event(make_festival())
    client.force_login(editor)

    answer = client.post(
        "/admin/snippets/learning_events/achievement/add/",
        {
            "name": "Bread baker",
            "description": "Can bake.",
            "criteria": "Baked a loaf.",
            "is_active": "on",
            "event_links-TOTAL_FORMS": "1",
            "event_links-INITIAL_FORMS": "0",
            "event_links-MIN_NUM_FORMS": "0",
            "event_links-MAX_NUM_FORMS": "1000",
            "event_links-0-event": event.pk,
        },
    )

    assert answer.status_code == 302
    assert Achievement.objects.get().event_links.get().event == event


def test_step_of_a_pathway_is_one_thing(client, editor):
    badge = make_badge()
    client.force_login(editor)
    steps = {
        "steps-TOTAL_FORMS": "1",
        "steps-INITIAL_FORMS": "0",
        "steps-MIN_NUM_FORMS": "0",
        "steps-MAX_NUM_FORMS": "1000",
        "steps-0-ORDER": "1",
    }
    said = {"title": "Food", "slug": "food", "summary": "From field to table.", "is_public": "on", **steps}
    address = "/admin/snippets/learning_events/pathway/add/"

    assert "one thing for each step" in client.post(address, said).text
    assert not Pathway.objects.exists()
    assert client.post(address, {**said, "steps-0-achievement": badge.pk}).status_code == 302
    assert Pathway.objects.get().steps.get().achievement == badge


def test_editor_revokes_a_badge_with_a_reason(client, editor):
    award = make_award()
    offered_award(make_badge(name="Other"), email="b@example.org")
    client.force_login(editor)
    address = reverse("learning_events_revoke_award", args=[award.pk])

    assert "Ana Azevedo" in client.get(AWARDS).text
    assert client.post(address, {"reason": ""}).status_code == 400
    client.post(address, {"reason": "Given by mistake."})

    award.refresh_from_db()
    assert (award.state, award.revoked_reason) == (AwardState.REVOKED, "Given by mistake.")
    assert client.get(address).status_code == 404


def test_others_neither_see_nor_revoke(client, moderator, resident):
    award = make_award()
    address = reverse("learning_events_revoke_award", args=[award.pk])

    for user in (moderator, resident):
        client.force_login(user)
        for path in (AWARDS, address):
            assert client.get(path).status_code == 302
        client.post(address, {"reason": "No"})
    award.refresh_from_db()
    assert award.state == AwardState.ACCEPTED


def test_badge_that_was_given_cannot_be_deleted_under_its_holders(client, editor):
    award = make_award()
    make_pathway(award.achievement)
    client.force_login(editor)

    client.post(f"/admin/snippets/learning_events/achievement/delete/{award.achievement_id}/")

    assert Achievement.objects.filter(pk=award.achievement_id).exists()
