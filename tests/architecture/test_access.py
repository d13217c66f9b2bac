"""The role x address table (P10): every address has a declared answer for every role, and an undeclared one fails.

A row reads: address, answers, path. The answers are those of the stranger, of everybody signed in, and then the exceptions;
a single word is everybody's. The words:

    ok      200          login   sent to sign in and back     post    405, wants another method
    no      403          away    sent somewhere else          closed  409, not now or not for you
    none    404          bad     400
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from participation.domain.unsubscription import token_of
from tests.architecture.admin_paths import ADMIN, admin_paths, matches, section_of
from tests.architecture.urls import addresses
from tests.architecture.world import GROUPS, ROLES, STRANGER, World, undone

pytestmark = pytest.mark.django_db

WORDS = {200: "ok", 400: "bad", 403: "no", 404: "none", 405: "post", 409: "closed"}


@dataclass(frozen=True)
class Row:
    """One address with what each role gets there; what stands behind the first space only tells rows apart."""

    address: str
    answers: str
    path: str | Callable[[World], str]

    @property
    def name(self) -> str:
        return self.address.split(" ")[0]

    def answer(self, role: str) -> str:
        plain = [word for word in self.answers.split() if "=" not in word]
        special = dict(word.split("=") for word in self.answers.split() if "=" in word)
        return special.get(role, plain[0] if role == STRANGER else plain[-1])

    def path_in(self, world: World) -> str:
        return self.path if isinstance(self.path, str) else self.path(world)


def at(budget: str, name: str, *things: str) -> Callable[[World], str]:
    """The path of a page of a budget; `things` name what the address is about."""
    return lambda world: getattr(world, budget).url_of(name, *(getattr(world, thing).pk for thing in things))


def of(name: str, *things: str) -> Callable[[World], str]:
    """The path of a named address about these things."""
    return lambda world: reverse(name, args=[getattr(world, thing).pk for thing in things])


API = [
    Row("api-docs", "ok", "/api/v1/"),
    Row("api-schema", "ok", "/api/v1/schema.json"),
    Row("api-missing", "none", "/api/v1/nothing/"),
    Row("api-budgets", "ok", "/api/v1/budgets/"),
    Row("api-budget", "ok", of("api-budget", "call")),
    Row("api-budget unpublished", "none", of("api-budget", "unpublished")),
    Row("api-budget members only", "none", of("api-budget", "members")),
    Row("api-areas", "ok", "/api/v1/areas/"),
    Row("api-area", "ok", of("api-area", "call_area")),
    Row("api-proposals", "ok", "/api/v1/proposals/"),
    Row("api-proposal", "ok", of("api-proposal", "shown")),
    Row("api-proposal draft", "none", of("api-proposal", "draft")),
    Row("api-proposal hidden", "none", of("api-proposal", "hidden")),
    Row("api-proposal members only", "none", of("api-proposal", "inside")),
    Row("api-projects", "ok", "/api/v1/projects/"),
    Row("api-project", "ok", of("api-project", "published_project")),
    Row("api-results", "ok", "/api/v1/results/"),
    Row("api-result", "ok", lambda w: reverse("api-result", args=[w.published_box.counts.first().pk])),
    Row(
        "api-result not published",
        "none",
        lambda w: reverse("api-result", args=[w.counted_box.counts.first().pk]),
    ),
]

SITE = [
    Row("set_language", "away", "/language/setlang/"),
    Row("mapping:neighbourhoods", "ok", "/map/neighbourhoods.json"),
    Row("gallery", "ok", "/design/"),
    Row("media", "ok", lambda w: w.image.file.url),
    Row("wagtail_serve", "ok", "/call/"),
    Row("wagtail_serve unpublished", "none", "/unpublished/"),
    Row("wagtail_serve members only", "login ok", "/members/"),
    Row("wagtailcore_login", "ok", "/_util/login/"),
    Row("wagtailcore_authenticate_with_password", "ok", "/_util/authenticate_with_password/1/1/"),
    Row("wagtaildocs_serve", "ok", lambda w: w.document.url),
    Row("wagtaildocs_serve locked", "login ok", lambda w: w.locked_document.url),
    Row("wagtaildocs_authenticate_with_password", "ok", "/documents/authenticate_with_password/1/"),
]

ACCOUNT = [
    Row("account_login", "ok away", "/account/login/"),
    Row("account_request_login_code", "away", "/account/login/code/"),
    Row("account_confirm_login_code", "away", "/account/login/code/confirm/"),
    Row("account_login_password", "ok away", "/account/login/password/"),
    Row("account_signup", "away", "/account/signup/"),
    Row("account_logout", "away ok", "/account/logout/"),
    Row("account_inactive", "ok", "/account/inactive/"),
    Row("account_reauthenticate", "login ok", "/account/reauthenticate/"),
    Row("account_email", "login ok", "/account/email/"),
    Row("account_email_verification_sent", "away", "/account/confirm-email/"),
    Row("account_change_password", "login ok", "/account/password/change/"),
    Row("account_set_password", "login away", "/account/password/set/"),
    Row("account_reset_password", "ok", "/account/password/reset/"),
    Row("account_reset_password_done", "ok", "/account/password/reset/done/"),
    Row("account_reset_password_from_key", "ok", "/account/password/reset/key/1-none/"),
    Row("account_reset_password_from_key_done", "ok", "/account/password/reset/key/done/"),
    Row("mfa_index", "login ok", "/account/2fa/"),
    Row("mfa_authenticate", "away", "/account/2fa/authenticate/"),
    Row("mfa_reauthenticate", "login away", "/account/2fa/reauthenticate/"),
    Row("mfa_activate_totp", "login away", "/account/2fa/totp/activate/"),
    Row("mfa_deactivate_totp", "login none", "/account/2fa/totp/deactivate/"),
    Row("mfa_view_recovery_codes", "login none", "/account/2fa/recovery-codes/"),
    Row("mfa_generate_recovery_codes", "login away", "/account/2fa/recovery-codes/generate/"),
    Row("mfa_download_recovery_codes", "login none", "/account/2fa/recovery-codes/download/"),
]

PARTICIPATION = [
    Row("participation:comment", "away", of("participation:comment", "comment")),
    Row(
        "participation:comment hidden",
        "none moderator=away administrator=away",
        of("participation:comment", "hidden_comment"),
    ),
    Row("participation:comment_post", "login ok", lambda w: f"/comments/discussion/{w.shown.discussion_id}/"),
    Row(
        "participation:comment_post draft",
        "login none moderator=ok administrator=ok",
        lambda w: f"/comments/discussion/{w.draft.discussion_id}/",
    ),
    Row("participation:comment_answer", "login ok", of("participation:comment_answer", "comment")),
    Row(
        "participation:comment_answer hidden",
        "login none moderator=ok administrator=ok",
        of("participation:comment_answer", "hidden_comment"),
    ),
    Row("participation:comment_edit", "login no", of("participation:comment_edit", "comment")),
    Row("participation:comment_withdraw", "login no", of("participation:comment_withdraw", "comment")),
    Row(
        "participation:comment_hide",
        "login no moderator=ok administrator=ok",
        of("participation:comment_hide", "comment"),
    ),
    Row(
        "participation:comment_restore",
        "login no moderator=ok administrator=ok",
        of("participation:comment_restore", "comment"),
    ),
    Row(
        "participation:follow",
        "login away",
        lambda w: f"/comments/discussion/{w.shown.discussion_id}/follow/",
    ),
    Row(
        "participation:follow draft",
        "login none moderator=away administrator=away",
        lambda w: f"/comments/discussion/{w.draft.discussion_id}/follow/",
    ),
    Row(
        "participation:unfollow",
        "login away",
        lambda w: f"/comments/discussion/{w.shown.discussion_id}/unfollow/",
    ),
    Row("participation:notifications", "login ok", "/notices/"),
    Row("participation:notifications_read", "login away", "/notices/read/"),
    Row("participation:notification_read", "login away", of("participation:notification_read", "notice")),
    Row("participation:mail_choices", "login ok", "/notices/mails/"),
    Row("participation:resubscribe", "login away", "/notices/mails/1/again/"),
    Row("participation:unsubscribe", "ok", lambda w: f"/notices/unsubscribe/{token_of(w.notice)}/"),
    Row("participation:unsubscribe forged", "none", "/notices/unsubscribe/WzEsIngiLDFd:x:y/"),
    Row("participation:organisations", "ok", "/organisations/"),
    Row("participation:organisation", "ok", "/organisations/menders/"),
    Row(
        "participation:organisation_people",
        "login no editor=ok administrator=ok",
        "/organisations/menders/people/",
    ),
    Row(
        "participation:organisation_person",
        "login no editor=ok administrator=ok",
        lambda w: f"/organisations/menders/people/{w.author.pk}/",
    ),
    Row("participation:organisation_invitation", "login none", "/organisations/menders/invitation/"),
    Row("participation:organisation_leave", "login none", "/organisations/menders/leave/"),
    Row("participation:profile", "login ok", "/me/"),
    Row("participation:welcome", "login ok", "/me/welcome/"),
    Row("participation:verify", "login ok", "/me/verify/"),
    Row("participation:begin_verifier", "post", "/me/verify/x/"),
    Row("participation:my_data", "login ok", "/me/data/"),
    Row("participation:export_my_data", "post", "/me/data/export/"),
    Row("participation:erase_me", "login ok", "/me/data/erase/"),
]

BUDGET = [
    Row("budget:overview", "ok", at("call", "overview")),
    Row("budget:overview unpublished", "none", at("unpublished", "overview")),
    Row("budget:proposals", "ok", at("call", "proposals")),
    Row("budget:proposals members only", "login ok", at("members", "proposals")),
    Row("budget:proposals unpublished", "none", at("unpublished", "proposals")),
    Row("budget:proposal_points", "ok", at("call", "proposal_points")),
    Row("budget:proposal_points members only", "login ok", at("members", "proposal_points")),
    Row("budget:proposal", "ok", at("call", "proposal", "shown")),
    Row("budget:proposal draft", "none", at("call", "proposal", "draft")),
    Row(
        "budget:proposal hidden",
        "none moderator=ok officer=ok administrator=ok",
        at("call", "proposal", "hidden"),
    ),
    Row("budget:proposal of another budget", "none", at("voting", "proposal", "shown")),
    Row("budget:proposal members only", "login ok", at("members", "proposal", "inside")),
    Row("budget:new_proposal", "login ok", at("call", "new_proposal")),
    Row("budget:own_proposals", "login ok", at("call", "own_proposals")),
    Row("budget:edit_proposal", "login none", at("call", "edit_proposal", "shown")),
    Row("budget:edit_proposal draft", "login none", at("call", "edit_proposal", "draft")),
    Row("budget:withdraw_proposal", "login none", at("call", "withdraw_proposal", "shown")),
    Row(
        "budget:hide_proposal",
        "login none moderator=ok officer=ok administrator=ok",
        at("call", "hide_proposal", "shown"),
    ),
    Row("budget:support", "login away", at("call", "support", "shown")),
    Row("budget:support draft", "login none", at("call", "support", "draft")),
    Row("budget:vote", "ok", at("voting", "vote")),
    Row("budget:ballot", "login closed resident=ok", at("voting", "ballot", "voting_area")),
    Row("budget:ballot of another budget", "login closed resident=none", at("voting", "ballot", "call_area")),
    Row("budget:ballot_check", "login closed resident=away", at("voting", "ballot_check", "voting_area")),
    Row("budget:ballot_receipt", "login none", at("voting", "ballot_receipt", "voting_area")),
    Row("budget:projects", "ok", at("published", "projects")),
    Row("budget:project", "ok", at("published", "project", "published_project")),
    Row("budget:project_update", "post", at("published", "project_update", "published_project")),
    Row("budget:project_milestone", "post", at("published", "project_milestone", "published_project")),
    Row(
        "budget:milestone_reached",
        "post",
        at("published", "milestone_reached", "published_project", "milestone"),
    ),
    Row("budget:project_finish", "post", at("published", "project_finish", "published_project")),
    Row("budget:results", "ok", at("published", "results")),
    Row("budget:results not published", "ok", at("counted", "results")),
    Row("budget:area_results", "ok", at("published", "area_results", "published_area")),
    Row(
        "budget:area_results not published",
        "none officer=ok administrator=ok",
        at("counted", "area_results", "counted_area"),
    ),
    Row("budget:file", "ok", lambda w: w.published.url_of("file", w.file.name.replace(".", "-"))),
    Row(
        "budget:file not published",
        "none",
        lambda w: w.counted.url_of("file", w.counted_box.files.first().name.replace(".", "-")),
    ),
]

EVERYBODY = [*API, *SITE, *ACCOUNT, *PARTICIPATION, *BUDGET]

# Who gets a page of the admin, section by section; nobody else gets a single one there. Outsiders get none anywhere.
STAFF_ROLES = (*(role for role in GROUPS if role != "chair"), "administrator")
OUTSIDERS = tuple(role for role in ROLES if role not in STAFF_ROLES)
ALL = set(STAFF_ROLES)
ADMINISTRATOR = {"administrator"}
EDITOR = {"editor", "administrator"}
OFFICER = {"officer", "administrator"}
MODERATOR = {"moderator", "administrator"}
SECTIONS: dict[str, set[str]] = {
    "": ALL,
    "account": ALL,
    "api": ALL,
    "block-preview": set(),
    "budgets": OFFICER,
    "bulk": set(),
    "choose-anchor-link": ALL,
    "choose-email-link": ALL,
    "choose-external-link": ALL,
    "choose-page": ALL,
    "choose-phone-link": ALL,
    "collections": ADMINISTRATOR,
    "comments": MODERATOR,
    "desk": OFFICER,
    "dismissibles": ALL,
    "documents": EDITOR,
    "editing-sessions": set(),
    "embeds": ALL,
    "failwhale": set(),
    "groups": ADMINISTRATOR,
    "images": EDITOR,
    "locales": ADMINISTRATOR,
    "localize": ADMINISTRATOR,
    "login": set(),
    "logout": set(),
    "outgoing-mail": ADMINISTRATOR,
    "pages": EDITOR,
    "password_reset": set(),
    "redirects": ADMINISTRATOR,
    "register": OFFICER,
    "reports": EDITOR,
    "settings": set(),
    "sites": ADMINISTRATOR,
    "snippets": set(),
    "snippets/budgeting/project": OFFICER,
    "snippets/participation/neighbourhood": EDITOR,
    "snippets/participation/organisation": EDITOR,
    "tag-autocomplete": ALL,
    "test404": ALL,
    "users": ADMINISTRATOR,
    "workflows": ADMINISTRATOR,
    "^.*": set(),
}
# Addresses that Wagtail opens to all staff: empty dialogs, lists of what the person may see, a title.
OPEN_TO_STAFF = {
    "wagtail_localize:javascript_catalog",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
    "wagtailadmin_pages:choose_parent",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chooser_results",
    "wagtailadmin_workflows:task_chosen",
    *(
        f"{chooser}:{view}"
        for chooser in (
            "wagtaildocs_chooser",
            "wagtailimages_chooser",
            "wagtailsnippetchoosers_budgeting_project",
            "wagtailsnippetchoosers_participation_neighbourhood",
            "wagtailsnippetchoosers_participation_organisation",
        )
        for view in ("choose", "choose_results", "chosen", "chosen_multiple")
    ),
}
# Code and pictures of the admin itself, without anybody's data.
OPEN_TO_ALL = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
SECTIONS |= {"sprite": ALL, "jsi18n": ALL}


def word_for(response) -> str:
    """Return the answer as a word of the table."""
    if response.status_code in (301, 302, 303):
        target = urlsplit(response.headers["Location"])
        is_login = target.path in ("/account/login/", "/_util/login/") and "next" in parse_qs(target.query)
        return "login" if is_login else "away"
    return WORDS.get(response.status_code, str(response.status_code))


def visit(client: Client, path: str, method: str = "get", **sent):
    """Ask, and undo what that did to the database and to the browser's cookies."""
    cookies = copy.deepcopy(client.cookies)
    with undone():
        response = getattr(client, method)(path, **sent)
        if response.streaming:
            b"".join(response)  # reads to the end, and so closes the file
    client.cookies = cookies
    return response


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
def test_P10_every_role_gets_the_declared_answer(world, role):
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
    # Who gets in is asked here, not what is shown: 2,000 pages of the admin would take minutes to write.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", property(lambda _response: ""))
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
# The mail with the code to sign in; leaving a source of mails with its own key.
MAY_ACT_FOR_STRANGERS = {"account_login", "account_reset_password", "participation:unsubscribe"}


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
