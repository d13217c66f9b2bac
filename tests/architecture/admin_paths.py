"""Fills the routes of the admin with things that exist, so that an answer says who may enter and not what is missing."""

import re
from collections.abc import Iterator

from django.urls import resolve

from tests.architecture.urls import addresses
from tests.architecture.world import World

ADMIN = "admin/"
WORDS = {
    "content_type_app_name": "budgeting",
    "content_type_model_name": "participatorybudget",
    "action_name": "publish",
    "action": "delete",
    "act": "publish",
    "filter_spec": "max-10x10",
    "mode": "live",
    "uidb64": "x",
    "token": "x",
    "revision_id_a": "live",
    "revision_id_b": "latest",
}


def section_of(route: str) -> str:
    """Return the part of the admin a route belongs to: its first word, of snippets also app and model."""
    parts = route.removeprefix(ADMIN).split("/")
    if parts[0] != "snippets":
        return parts[0]
    if parts[1] == "choose":
        return "/".join(["snippets", *parts[2:4]])
    return "/".join(part for part in parts[:3] if part)


def admin_paths(world: World) -> Iterator[tuple[str, str, str]]:
    """Yield (name, section, path) of every address of the admin."""
    for name, route in addresses():
        if route.startswith(ADMIN):
            path = "/" + _filled(route, world)
            yield name, section_of(route), path


def _filled(route: str, world: World) -> str:
    things = _things(route, world)

    def fill(found: re.Match) -> str:
        name = found["name"]
        return str(things.get(name) or WORDS.get(name, 1))

    if route == "admin/^.*/$":
        return "admin/there/is/nothing/"
    route = (
        re.sub(r"\(\?P<(?P<name>\w+)>[^)]*\)", fill, route)
        .replace("\\.", ".")
        .replace("^", "")
        .replace("$", "")
    )
    return re.sub(r"<(?:\w+:)?(?P<name>\w+)>", fill, route)


def _things(route: str, world: World) -> dict[str, object]:
    section = section_of(route)
    page = world.call.pk
    things = dict.fromkeys(["page_id", "page_to_move_id", "parent_page_id", "page_pk"], page)
    things |= {"destination_id": world.root.pk, "image_id": world.image.pk, "app_label": "budgeting"}
    things |= {"model_name": "participatorybudget", "object_id": page, "app_name": "wagtailimages"}
    if ("/add/" in route and section == "pages") or section == "choose-page":
        things["parent_page_id"] = world.site.root_page_id
    pk = {
        "pages": page,
        "images": world.image.pk,
        "users": world.people["citizen"].user.pk,
        "groups": world.group.pk,
        "sites": world.site.pk,
        "settings": world.site.pk,
        "locales": world.locale.pk,
        "comments": world.comment.pk,
        "workflows": world.workflow.pk if world.workflow else 1,
        "snippets/participation/organisation": world.organisation.pk,
        "snippets/participation/neighbourhood": world.neighbourhood.pk,
        "snippets/budgeting/project": world.published_project.pk,
        "snippets/mapping/learningplace": world.place.pk,
        "snippets/mapping/placecategory": world.kind_of_place.pk,
        "places": (world.waiting_registration if "registrations" in route else world.kept_place).pk,
        "festival": _of_festival(route, world).pk,
        "snippets/learning_events/achievement": world.badge.pk,
        "snippets/learning_events/pathway": world.pathway.pk,
        "snippets/learning_events/eventkind": world.event.kind_id,
        "snippets/learning_events/keyfeature": world.key_feature.pk,
        "snippets/learning_events/room": world.room.pk,
        "budgets": _of_budgets(route, world).pk,
    }
    things["pk"] = pk.get(section, page if "/pages/" in route else 1)
    things["session_pk"] = world.session.pk
    things |= {"first": world.kept_place.pk, "second": world.place.pk}
    if section == "settings":
        things |= {"app_name": "participation", "model_name": "discussionsettings"}
    if section == "bulk":
        things |= {"app_label": "wagtailcore", "model_name": "page"}
    return things


def matches(name: str, path: str) -> bool:
    """Say whether the path leads to the address it was made for."""
    found = resolve(path)
    # Our own door to the admin stands before Wagtail's, and whatever leads nowhere ends in an address without a name.
    if name in ("wagtailadmin_login", "admin/^.*/$"):
        return True
    return name in (found.view_name, found.route)


def _of_budgets(route: str, world: World):
    """What a page of the budgets' part of the admin is about."""
    if "rehearsals" in route:
        return world.rehearsal
    return world.shown if "review" in route else world.voting


def _of_festival(route: str, world: World):
    """What a page of the festival's part of the admin is about."""
    if "prints/file" in route:
        return world.printed_file
    if "prints" in route:
        return world.printed_file.edition
    return world.change_request if "changes" in route else world.event
