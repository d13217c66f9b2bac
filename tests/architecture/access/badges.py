"""Badges, learning pathways and one's own learning."""

from collections.abc import Callable

from django.urls import reverse

from learning_events.domain.credential import door_token, guardian_token
from learning_events.domain.pathway import place_token
from tests.architecture.access.rows import EDITOR, Row, choosers, of
from tests.architecture.world import World


def badge(name: str, award: str, key: str = "key") -> Callable[[World], str]:
    """The path of a page of an award, which its key opens."""
    return lambda world: reverse(f"learning_events:{name}", args=[getattr(getattr(world, award), key)])


def door(session: str) -> Callable[[World], str]:
    return lambda world: reverse(
        "learning_events:door", args=[door_token(getattr(world, session), world.badge)]
    )


def on_pathway(name: str, pathway: str, *things: str) -> Callable[[World], str]:
    return lambda world: reverse(
        f"learning_events:{name}",
        args=[getattr(world, pathway).slug, *(getattr(world, thing).pk for thing in things)],
    )


GIVERS = "login none editor=ok administrator=ok"
ROWS = [
    Row("learning:did", "ok", "/learning/did.json"),
    Row("learning:issuer", "ok", "/learning/issuer.json"),
    Row("learning:badge", "ok", lambda w: reverse("learning:badge", args=[w.badge.key])),
    Row("learning:status", "ok", lambda w: reverse("learning:status", args=[w.award.status_list_id])),
    Row("learning:status unknown", "none", "/learning/status/99999/"),
    Row("learning_events:verify_badge", "ok", "/badges/verify/"),
    Row("learning_events:give_badges", GIVERS, of("learning_events:give_badges", "badge_event")),
    Row(
        "learning_events:door_code",
        GIVERS,
        of("learning_events:door_code", "badge_event", "badge_session", "badge"),
    ),
    Row("learning_events:door", "ok", door("badge_session")),
    Row("learning_events:door of another event", "none", door("session")),
    Row("learning_events:door forged", "none", "/badges/door/x/y/z/"),
    Row(
        "learning_events:guardian",
        "ok",
        lambda w: reverse("learning_events:guardian", args=[guardian_token(w.waiting_award)]),
    ),
    Row("learning_events:guardian forged", "none", "/badges/guardian/x/y/z/"),
    Row("learning_events:own_badge", "ok", badge("own_badge", "offered_award", "holder_key")),
    Row(
        "learning_events:own_badge of the author",
        "login none",
        badge("own_badge", "authors_award", "holder_key"),
    ),
    Row("learning_events:own_badge by the public key", "none", badge("own_badge", "award")),
    Row("learning_events:badge", "ok", badge("badge", "award")),
    Row("learning_events:badge not accepted", "none", badge("badge", "offered_award")),
    Row("learning_events:badge_token", "ok", badge("badge_token", "award")),
    Row("learning_events:badge_json", "ok", badge("badge_json", "award")),
    Row("learning_events:badge_picture", "ok", badge("badge_picture", "award")),
    Row("learning_events:badge_sheet not accepted", "none", badge("badge_sheet", "waiting_award")),
    Row("learning_events:my_learning", "login ok", "/my-learning/"),
    Row("learning_events:learning_json", "login ok", "/my-learning/learning.json"),
    Row("learning_events:learning_csv", "login ok", "/my-learning/learning.csv"),
    Row("learning_events:delete_note", "post", of("learning_events:delete_note", "note")),
    Row("learning_events:erase_attendance", "post", "/my-learning/sessions/1/erase/"),
    Row("learning_events:erase_badge", "post", of("learning_events:erase_badge", "authors_award")),
    Row("learning_events:pathways", "ok", "/pathways/"),
    Row("learning_events:pathway", "ok", on_pathway("pathway", "pathway")),
    Row("learning_events:pathway hidden", "none", on_pathway("pathway", "hidden_pathway")),
    Row("learning_events:check_steps", "post", on_pathway("check_steps", "pathway")),
    Row("learning_events:do_step", "post", on_pathway("do_step", "pathway", "pathway_step")),
    Row("learning_events:undo_step", "post", on_pathway("undo_step", "pathway", "pathway_step")),
    Row("learning_events:step_place", "away", of("learning_events:step_place", "pathway_step")),
    Row(
        "learning_events:at_place",
        "login ok",
        lambda w: reverse("learning_events:at_place", args=[place_token(w.place)]),
    ),
    Row("learning_events:place_code", GIVERS, of("learning_events:place_code", "place")),
]
SECTIONS = {
    "snippets/learning_events/achievement": EDITOR,
    "snippets/learning_events/pathway": EDITOR,
}
OPEN_TO_STAFF = {
    *choosers(
        "wagtailsnippetchoosers_learning_events_achievement",
        "wagtailsnippetchoosers_learning_events_pathway",
    ),
}
MAY_ACT_FOR_STRANGERS = {
    # Nobody needs an account for a badge: the code at the door, the key of one's own page and the guardian's letter let in.
    "learning_events:door",
    "learning_events:guardian",
    "learning_events:own_badge",
}
# Rows with parameters to try, as strangers and as residents.
TAKE_PARAMETERS = ["learning_events:pathways", "learning_events:verify_badge"]
TAKE_PARAMETERS_OF_RESIDENTS = ["learning_events:my_learning"]
