"""Hostile parameters on every page (X3, X14, D4, D11, D12): never an error of the server, never markup of the sender's."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture.access import EVERYBODY, TAKE_PARAMETERS, visit
from tests.architecture.admin_paths import admin_paths
from tests.architecture.world import STRANGER

pytestmark = pytest.mark.django_db

MARKUP = "\"'><svg onload=alert(1)>{{7*7}}</script><script>"
VALUES = [
    MARKUP,
    "-1",
    "9" * 40,
    "1e999999",
    "١٢",
    "null\x00byte",
    "1) UNION SELECT password FROM accounts_user --",
    "(((((a+)+)+)+)+)+$" + "a" * 60,
    "[" * 2000,
    "__class__",
]
# The lists of the admin are Wagtail's, which reads them with Django's forms: one of each sort is enough there.
VALUES_IN_THE_ADMIN = [MARKUP, "-1", "9" * 40, "1e999999", "null\x00byte", "[" * 2000, "__class__"]
# What the lists, forms and searches of the site take, and what somebody may try.
NAMES = ["page", "q", "area", "status", "sort", "order", "ordering", "organisation", "budget", "kind", "next"]
MORE_NAMES = [
    "page_size",
    "p",
    "neighbourhood",
    "seed",
    "format",
    "author__email__startswith",
    "id__in",
    "bbox",
    "zoom",
    "near",
    "category",
    "open",
    "language",
    "audience",
    "topic",
    "step_free",
    "distance",
    "group",
    "at",
    "latitude",
    "longitude",
]


def paths(world, addresses: list[str]) -> list[str]:
    rows = {row.address: row for row in EVERYBODY}
    return [rows[address].path_in(world) for address in addresses]


def all_at_once(values: list[str], *, without: str = "") -> list[dict]:
    """Every value in all parameters at once."""
    names = [name for name in [*NAMES, *MORE_NAMES] if name != without]
    return [dict.fromkeys(names, value) for value in values]


def faults(client, path: str, tries: list[dict]) -> list[str]:
    wrong = []
    for query in tries:
        response = visit(client, path, data=query)
        if response.status_code >= 500:
            wrong.append(f"{path} {query!r:.120}: {response.status_code}")
        if "svg onload" in response.headers.get("Location", ""):
            wrong.append(f"{path} {query!r:.120}: in Location")
        if response.headers.get("Content-Type") != "application/json" and is_reflected(response):
            wrong.append(f"{path} {query!r:.120}: reflected")
    return wrong


def is_reflected(response) -> bool:
    body = response.content.decode(errors="replace")
    return any(sign in body for sign in ("<svg onload", "</script><script>", "alert(1)>49"))


@pytest.mark.parametrize("role", TAKE_PARAMETERS)
def test_X3_X14_hostile_parameters_are_harmless(world, role):
    client = world.client(role)

    tries = [*all_at_once(VALUES), *({name: MARKUP} for name in NAMES)]

    wrong = [fault for path in paths(world, TAKE_PARAMETERS[role]) for fault in faults(client, path, tries)]

    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
def test_X3_X14_hostile_parameters_are_harmless_in_our_part_of_the_admin(world):
    ours = {
        "budgets",
        "comments",
        "desk",
        "festival",
        "neighbourhood-imports",
        "outgoing-mail",
        "place-imports",
        "places",
        "register",
        "snippets",
    }
    client = world.client("administrator")
    found = [
        path
        for _name, section, path in admin_paths(world)
        if section.split("/")[0] in ours
        and not re.search(r"/(history|usage|choose|delete|results)", path)
        and visit(client, path).status_code == 200
    ]

    # Words are left to Wagtail: on SQLite its search is an error of the server for a quotation mark.
    tries = all_at_once(VALUES_IN_THE_ADMIN, without="q")
    wrong = [fault for path in found for fault in faults(client, path, tries)]

    assert len(found) > 10
    assert not wrong, "\n" + "\n".join(wrong)


def test_P3_parameters_of_other_tables_change_nothing(world):
    client = world.client(STRANGER)
    for address in (
        "budget:proposals",
        "budget:proposal_points",
        "budget:projects",
        "participation:organisations",
        "places:places",
    ):
        path = paths(world, [address])[0]
        plain = shown(client, path)
        for query in (
            "author__user__email__startswith=a",
            "author__user__password__gt=a",
            "status__in=draft",
            "ordering=author__user__password",
            "order_by=-author",
        ):
            assert shown(client, f"{path}?{query}") == plain, query


def shown(client, path: str) -> set[str]:
    """Return where the page leads to: with the same rows, to the same places."""
    body = visit(client, path).content.decode()
    return {link.split("?")[0] for link in re.findall(r'href="(/[^"]*)"', body)}


def test_D12_no_page_is_longer_because_somebody_asks(world):
    client = world.client(STRANGER)
    for path in paths(
        world, ["budget:proposals", "budget:projects", "participation:organisations", "places:places"]
    ):
        visit(client, path)
        with CaptureQueriesContext(connection) as plain:
            visit(client, path)
        for query in ("page=1000000000", "page_size=1000000000", "per_page=1000000000", "page=abc"):
            with CaptureQueriesContext(connection) as asked:
                response = visit(client, f"{path}?{query}")
            assert response.status_code in (200, 404)
            assert len(asked) <= len(plain) + 1, query


@pytest.mark.parametrize("number", ["9" * 19, "9" * 40, "9" * 400])
def test_number_in_an_address_that_no_database_holds_is_missing(world, number):
    client = world.client("resident")
    page = world.call.url
    for path in (
        f"{page}proposals/{number}/",
        f"{page}proposals/{number}/support/",
        f"{page}proposals/{number}/edit/",
        f"{page}projects/{number}/",
        f"{page}results/{number}/",
        f"{world.voting.url}vote/{number}/",
        f"{world.map.url}{number}/",
        f"{world.map.url}{number}/history/",
        f"{world.map.url}{number}/look/",
        f"{world.map.url}{number}/report/",
        f"{world.map.url}{number}/close/",
        f"{world.map.url}reports/{number}/",
        f"/admin/places/reports/{number}/",
        f"/admin/places/merge/{number}/{number}/",
        f"/comments/{number}/",
        f"/comments/discussion/{number}/",
        f"/notices/{number}/read/",
        f"/notices/mails/{number}/again/",
        f"/notices/surroundings/{number}/stop/",
        f"/news/follow/neighbourhood/{number}/",
        f"/news/follow/topic/{number}/stop/",
        f"/organisations/menders/people/{number}/",
        f"/api/v1/budgets/{number}/",
        f"/api/v1/proposals/{number}/",
        f"/api/v1/results/{number}/",
    ):
        assert visit(client, path).status_code < 500, path
