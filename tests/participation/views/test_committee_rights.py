"""Each action of a committee's meetings x role x privacy, as one table; and a search for what a private one must not leak."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from participation.domain import agenda
from participation.domain.attendance import close_meeting, save_notes
from participation.domain.date_poll import ask_for_dates
from participation.domain.decision import give_action
from participation.domain.meeting import announce_meeting
from participation.domain.minutes import draft_minutes
from participation.domain.motion import amend_motion, close_vote, open_vote
from participation.enums import AccessLevel, Privacy, VoteMethod
from participation.models import Committee, Minutes
from tests.architecture.access.visiting import visit, word_for
from tests.factories import ParticipantFactory
from tests.participation.meetings import (
    a_motion,
    in_session,
    let_in,
    make_committee,
    make_meeting,
    the_item,
)

pytestmark = pytest.mark.django_db
CANARY = "Zaunkönig"
ROLES = ("stranger", "citizen", "reads", "takes-part", "keeps", "leads")
LEVELS = {
    "reads": AccessLevel.READ,
    "takes-part": AccessLevel.TAKE_PART,
    "keeps": AccessLevel.KEEP,
    "leads": AccessLevel.LEAD,
}

# What each of ROLES gets from a transparent committee. From a private one the first two get 404 for all of it.
EVERYBODY = "ok ok ok ok ok ok"
KEEPERS = "login no no no ok ok"
KEEPERS_DO = "login no no no away away"
LEADERS = "login no no no no ok"
SIGNED_IN_DO = "login away away away away away"
TABLE = {
    "GET meetings": EVERYBODY,
    "GET meetings_calendar": EVERYBODY,
    "GET meeting ended": EVERYBODY,
    "GET meeting draft": "none none none none ok ok",
    "GET meeting_calendar draft": "none none none none ok ok",
    "GET meeting_calendar coming": EVERYBODY,
    "GET agenda_print ended": EVERYBODY,
    "GET agenda_print coming": "none none none none ok ok",
    "GET agenda_pdf coming": "none none none none ok ok",
    "GET agenda_document ended document": EVERYBODY,
    "GET agenda_document coming early": "none none none none ok ok",
    "GET agenda coming": KEEPERS,
    "GET agenda_item coming item": KEEPERS,
    "GET suggest_item coming": "login no no ok ok ok",
    "GET decide_item coming suggestion": KEEPERS,
    "GET new_meeting": KEEPERS,
    "GET change_meeting coming": KEEPERS,
    "GET cancel_meeting coming": KEEPERS,
    "GET new_date_poll": KEEPERS,
    "GET date_poll poll": EVERYBODY,
    "GET run_meeting ended": KEEPERS,
    "GET minutes ended": "none none none none ok ok",
    "GET minutes_pdf ended": "none none none none ok ok",
    "GET edit_minutes ended": KEEPERS,
    "GET minutes_versions ended": KEEPERS,
    "GET decisions": EVERYBODY,
    "GET decision decision": EVERYBODY,
    "GET decisions_file csv": EVERYBODY,
    "GET decisions_file json": EVERYBODY,
    "GET attendance_file csv": EVERYBODY,
    "GET actions": EVERYBODY,
    "GET action action": "login ok ok ok ok ok",
    "POST announce_meeting draft": "login no no no away away",
    "POST register_for_meeting coming": SIGNED_IN_DO,
    "POST unregister_from_meeting coming": SIGNED_IN_DO,
    "POST date_poll poll": "no no no away away away",
    "POST suggest_item coming": "login no no away away away",
    "POST publish_agenda coming": KEEPERS_DO,
    "POST move_item coming item up": KEEPERS_DO,
    "POST remove_item coming item": KEEPERS_DO,
    "POST remove_document coming early": KEEPERS_DO,
    "POST meeting_notes ended noted": KEEPERS_DO,
    "POST draft_minutes ended": KEEPERS_DO,
    "POST minutes_step ended check": "login no no no away away",
    "POST actions": "no no no no away away",
    "POST action action": "login no no no away away",
    "POST cast_vote ended motion": "login no no no no no",
}
# Where an open committee differs: every resident with a public name takes part.
OPEN = {
    "GET suggest_item coming": "login ok ok ok ok ok",
    "POST suggest_item coming": "login away away away away away",
    "POST date_poll poll": "no away away away away away",
}
SENT = {
    "title": f"{CANARY} title",
    "text": f"{CANARY} text",
    "kind": "discussion",
    "minutes": "5",
    "state": "done",
    "who": "Somebody",
    "choice": "yes",
    "notes": "Other notes",
    "version": "1",
}


@pytest.fixture
def people(db):
    """One person a role; levels are given by each committee."""
    return {role: ParticipantFactory(display_name=f"Role {role}") for role in ROLES[1:]}


def furnish(privacy: str, people, slug: str) -> tuple[Committee, dict]:
    """Return a committee full of things that tell of it, and their keys by name."""
    committee = make_committee(privacy, slug, title=f"{CANARY} committee")
    for role, level in LEVELS.items():
        committee.accesses.create(participant=people[role], level=level)
    # Somebody else has done all this, so that nobody of the table is its author.
    by = let_in(committee, AccessLevel.LEAD, f"{CANARY} chair").user
    ended, members = in_session(committee, by=by, members=2)
    item = the_item(ended)
    save_notes(item, by=by, text=f"{CANARY} notes", version=0)
    document = agenda.add_document(
        item, by=by, upload=SimpleUploadedFile("plan.txt", f"{CANARY} file".encode()), title=f"{CANARY} plan"
    )
    amend_motion(a_motion(ended, by=by, title=f"{CANARY} open"), by=by, title="x", text=f"{CANARY} text")
    motion = open_vote(a_motion(ended, by=by, title=f"{CANARY} motion", method=VoteMethod.ROLL_CALL), by=by)
    from participation.domain.motion import cast_vote

    for member in members:
        cast_vote(motion, member, choice="yes", by=by)
    close_vote(motion, by=by)
    action = give_action(committee, by=by, text=f"{CANARY} action", who=f"{CANARY} who", item=item)
    close_meeting(ended, by=by)
    minutes = draft_minutes(ended, by=by)
    draft = make_meeting(committee, by=by, days=30, announced=False, title=f"{CANARY} draft")
    coming = make_meeting(committee, by=by, days=20, takes_registrations=True, title=f"{CANARY} coming")
    own = agenda.add_item(coming, by=by, title=f"{CANARY} item")
    agenda.add_item(coming, by=by, title="Another")
    early = agenda.add_document(own, by=by, upload=SimpleUploadedFile("e.txt", f"{CANARY} early".encode()))
    suggestion = agenda.suggest_item(coming, by=by, title=f"{CANARY} suggestion")
    dates = [
        (timezone.now() + dt.timedelta(days=day), timezone.now() + dt.timedelta(days=day, hours=1))
        for day in (3, 4)
    ]
    poll = ask_for_dates(
        committee,
        by=by,
        title=f"{CANARY} poll",
        options=dates,
        closes_on=timezone.localdate() + dt.timedelta(days=2),
    )
    return committee, {
        "ended": ended,
        "draft": draft,
        "coming": coming,
        "item": own,
        "noted": item,
        "document": document,
        "early": early,
        "suggestion": suggestion,
        "poll": poll,
        "decision": committee.decisions.get(),
        "motion": motion,
        "action": action,
        "minutes": minutes,
    }


def ask(client: Client, committee: Committee, things: dict, row: str):
    method, name, *args = row.split()
    path = committee.url_of(name, *(things[each].pk if each in things else each for each in args))
    sent = {"data": SENT} if method == "POST" else {}
    return visit(client, path, method.lower(), **sent)


@pytest.mark.parametrize("privacy", Privacy.values)
def test_P10_each_action_by_role_and_privacy(clock, people, privacy, monkeypatch):
    monkeypatch.setattr("participation.printing.papers.press_sheet", _no_press)
    committee, things = furnish(privacy, people, "committee")
    table = TABLE | OPEN if privacy == Privacy.OPEN else TABLE
    wrong = []
    for number, role in enumerate(ROLES):
        client = Client()
        if role != "stranger":
            client.force_login(people[role].user)
        for row, answers in table.items():
            expected = answers.split()[number]
            if privacy == Privacy.PRIVATE and number < 2:
                expected = "none"
            answer = word_for(ask(client, committee, things, row))
            if answer != expected:
                wrong.append(f"{role}: {row}: {answer}, declared is {expected}")

    assert wrong == []


def _no_press(_sheet, _data):
    """Who gets a PDF is asked here, not what it looks like: typesetting dozens of them would take a minute."""
    from participation.foundation.press import Pressed

    return Pressed(b"%PDF-", 1, "")


@pytest.mark.parametrize("role", ["stranger", "citizen", "somebody of another committee"])
def test_a_private_committee_leaks_nothing(clock, people, role):
    hidden, things = furnish(Privacy.PRIVATE, people, "hidden")
    shown, their = furnish(Privacy.TRANSPARENT, people, "shown")
    Committee.objects.filter(pk=shown.pk).update(title="Shown committee")
    client, keeper = Client(), Client()
    keeper.force_login(people["keeps"].user)
    if role != "stranger":
        person = people["citizen"]
        client.force_login(person.user)
        if role != "citizen":
            shown.accesses.create(participant=person, level=AccessLevel.LEAD)
    bodies = {
        row: (ask(client, hidden, things, row), ask(keeper, hidden, things, row))
        for row in TABLE
        if row.startswith("GET") and "_pdf" not in row
    }

    sung = [
        row
        for row, (answer, _own) in bodies.items()
        if CANARY in text_of(answer) or answer.status_code != 404
    ]
    heard = [row for row, (_answer, own) in bodies.items() if CANARY in text_of(own)]

    assert sung == []
    assert len(heard) > 25, "there must be something to leak"
    # Its things are not to be had under the address of another committee either.
    mixed = [
        ("meeting", "ended"), ("meeting_calendar", "coming"), ("agenda_print", "ended"), ("decision", "decision"),
        ("date_poll", "poll"), ("minutes", "ended"), ("action", "action"),
    ]  # fmt: skip
    for name, thing in mixed:
        assert word_for(visit(client, shown.url_of(name, things[thing].pk))) in ("none", "login"), name
    path = shown.url_of("agenda_document", their["ended"].pk, things["document"].pk)
    assert word_for(visit(client, path)) == "none"


def text_of(response) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode(errors="replace")


def test_published_minutes_and_announced_agenda_are_for_everybody(clock, people):
    committee, things = furnish(Privacy.TRANSPARENT, people, "committee")
    Minutes.objects.update(state="published")
    agenda.publish_agenda(things["coming"], by=people["keeps"].user)
    announce_meeting(things["draft"], by=people["keeps"].user)

    for row in (
        "GET minutes ended",
        "GET agenda_print coming",
        "GET meeting draft",
        "GET agenda_document coming early",
    ):
        assert word_for(ask(Client(), committee, things, row)) == "ok", row


def test_X10_documents_are_downloads_that_run_nothing(clock, people):
    committee, things = furnish(Privacy.TRANSPARENT, people, "committee")

    response = ask(Client(), committee, things, "GET agenda_document ended document")

    assert response.headers["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_pages_of_private_committees_are_kept_by_no_cache(clock, people):
    committee, things = furnish(Privacy.PRIVATE, people, "committee")
    client = Client()
    client.force_login(people["reads"].user)

    response = ask(client, committee, things, "GET meeting ended")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
