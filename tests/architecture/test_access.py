"""The role x address table (P10): every address has a declared answer for every role, and an undeclared one fails.

The tables lie in `access/`, an app a file.
"""

import re

import pytest
from django.core import mail
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client

from tests.architecture.access import (
    EVERYBODY,
    MAY_ACT_FOR_STRANGERS,
    OPEN_TO_ALL,
    OPEN_TO_STAFF,
    OUTSIDERS,
    SECTIONS,
    STAFF_ROLES,
    visit,
    word_for,
)
from tests.architecture.admin_paths import ADMIN, admin_paths, matches, section_of
from tests.architecture.urls import addresses
from tests.architecture.world import ROLES, STRANGER

pytestmark = pytest.mark.django_db


# These see every page written here; test_columns.py writes them for a stranger, a citizen and a chair.
SEE_PAGES_WRITTEN = ("officer", "administrator")


def write_nothing(monkeypatch) -> None:
    """Leave pages empty: who gets in is asked here, not what is shown, and thousands of pages would take minutes to write."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", property(lambda _response: ""))


def test_every_address_is_declared_and_every_declared_one_exists():
    existing = {name for name, route in addresses() if not route.startswith(ADMIN)}

    declared = {row.name for row in EVERYBODY}

    assert declared - existing == set(), "declared, but there is no such address"
    assert existing - declared == set(), "add these to the table"


def test_every_section_of_the_admin_is_declared_and_exists():
    existing = {section_of(route) for _name, route in addresses() if route.startswith(ADMIN)}
    names = {name for name, _route in addresses()}

    assert set(SECTIONS) - existing == set(), "declared, but there is no such section"
    assert existing - set(SECTIONS) == set(), "add these to the sections"
    assert names >= OPEN_TO_STAFF | OPEN_TO_ALL


@pytest.mark.parametrize("role", ROLES)
def test_P10_every_role_gets_the_declared_answer(world, role, monkeypatch):
    if role not in SEE_PAGES_WRITTEN:
        write_nothing(monkeypatch)
    client = world.client(role)

    wrong = []
    for row in EVERYBODY:
        path = row.path_in(world)
        answer = word_for(visit(client, path))
        if answer != row.answer(role):
            wrong.append(f"{row.address} ({path}): {answer}, declared is {row.answer(role)}")

    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
@pytest.mark.parametrize("role", ROLES)
def test_P10_admin_opens_only_the_declared_sections(world, role, monkeypatch):
    write_nothing(monkeypatch)
    client = world.client(role)

    entered: dict[str, set[str]] = {section: set() for section in SECTIONS}
    refused = []
    for name, section, path in admin_paths(world):
        response = visit(client, path)
        if response.status_code == 200:
            entered[section].add(name)
        if (
            role in OUTSIDERS
            and word_for(response) not in ("login", "away", "none")
            and name not in OPEN_TO_ALL
        ):
            refused.append(f"{name} ({path}): {response.status_code}")

    too_open = {
        name
        for section, names in entered.items()
        if role not in SECTIONS[section]
        for name in names - OPEN_TO_ALL - (OPEN_TO_STAFF if role in STAFF_ROLES else set())
    }
    closed = {section for section, roles in SECTIONS.items() if role in roles and not entered[section]}
    assert not refused, "\n".join(refused)
    assert too_open == set(), f"{role} gets in, but is not declared"
    assert closed == set(), f"{role} is declared, but gets in nowhere"


def test_admin_paths_lead_where_they_should(world):
    """Otherwise the table would only show that what does not exist is not there."""
    leads_elsewhere = [
        f"{name}: {path}" for name, _section, path in admin_paths(world) if not matches(name, path)
    ]

    assert leads_elsewhere == []


WRITING = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# What merely coming by leaves behind.
TRACES = {"django_session", "participation_attemptcount"}


def changes(client: Client, path: str) -> set[str]:
    """Post to the address; return the tables that were written to, with "mail" when some was sent."""
    written = set()

    def note(execute, sql, *rest):
        found = WRITING.match(sql)
        if found:
            written.add(found[1])
        return execute(sql, *rest)

    mails = len(mail.outbox)
    with connection.execute_wrapper(note):
        response = visit(client, path, "post", data=FILLED_IN)
    assert response.status_code < 500, path
    return written - TRACES | ({"mail"} if len(mail.outbox) != mails else set())


def test_changes_are_noticed(world):
    changed = changes(world.client("citizen"), f"/comments/discussion/{world.shown.discussion_id}/")

    assert "participation_comment" in changed


FILLED_IN = {
    "text": "Something",
    "reason": "A reason",
    "title": "A title",
    "email": "somebody@example.org",
    "confirm": "on",
    "action": "save",
    "choices": "1",
    "status": "accepted",
    "display_name": "Somebody",
    "role": "manager",
}


def test_P10_stranger_changes_nothing_anywhere(world):
    client = world.client(STRANGER)

    wrong = {
        row.address: changed
        for row in EVERYBODY
        if row.name not in MAY_ACT_FOR_STRANGERS and (changed := changes(client, row.path_in(world)))
    }
    wrong |= {
        name: changed for name, _section, path in admin_paths(world) if (changed := changes(client, path))
    }

    assert wrong == {}


def test_V15_nothing_is_changed_without_the_token_of_the_page(world):
    """A form on somebody else's site can send what it wants in the person's name, but not our token."""
    for role in ("resident", "administrator"):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(world.people[role].user)

        wrong = {
            row.address: changed
            for row in EVERYBODY
            if row.name != "participation:unsubscribe" and (changed := changes(client, row.path_in(world)))
        }

        assert wrong == {}, role
