"""Taking one's data along, and leaving."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection

from budgeting.enums import Channel, ProposalStatus
from budgeting.models import Area, Proposal, RollEntry, Support
from participation.domain.participant import verify_by_register
from participation.domain.personal_data import erase_person, export_archive
from participation.enums import CommentState
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, NotAllowed
from participation.foundation.person_key import person_key
from participation.models import Comment, Discussion, Participant, RegisterEntry
from participation.queries.personal_data import all_held, counts_about, undeclared_models
from tests.factories import (
    AreaFactory,
    DiscussionFactory,
    ParticipantFactory,
    ProposalFactory,
    RegisterEntryFactory,
    make_budget,
)

pytestmark = pytest.mark.django_db

CANARY = "Quokka77"
BORN = dt.date(1984, 7, 31)


def read(archive: bytes) -> dict[str, dict]:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return {name: json.loads(files.read(name)) for name in files.namelist() if name.endswith(".json")}


def everything_of(name: str):
    """Make a person and one row of everything a citizen can have, all bearing `name`."""
    person = ParticipantFactory(display_name=name, user__email=f"{name.lower()}@example.org")
    discussion = DiscussionFactory()
    Comment.objects.create(discussion=discussion, author=person, text=f"{name} says")
    Comment.objects.create(
        discussion=discussion, author=person, text=f"{name} said", state=CommentState.WITHDRAWN
    )
    discussion.follows.create(participant=person)
    person.notifications.create(kind="participation.answer", title=name, path="/", dedupe_key="1")
    person.user.outgoing_mails.create(kind="x", subject=name, text=name, dedupe_key=name)
    person.unsubscriptions.create(kind="participation.answer")
    area = Area.objects.first() or AreaFactory()
    proposal = ProposalFactory(area=area, author=person, title=f"Public idea {person.pk}", summary="Ours")
    ProposalFactory(
        author=person,
        title=f"{name} draft",
        status=ProposalStatus.DRAFT,
        discussion__title=f"{name} draft",
        area=proposal.area,
        budget=proposal.budget,
    )
    Support.objects.create(proposal=proposal, participant=person)
    record("participation.export_own_data", person, by=person.user)
    return person


def test_every_model_with_a_link_to_a_person_is_declared():
    assert undeclared_models() == set()


def test_a_model_that_nobody_declared_is_found(monkeypatch):
    held = [each for each in all_held() if each.model != "participation.Follow"]
    monkeypatch.setattr("participation.queries.personal_data.all_held", lambda: held)

    assert undeclared_models() == {"participation.Follow"}


def test_declarations_name_models_and_columns_that_exist(citizen):
    for held in all_held():
        apps.get_model(held.model)
        assert str(held.why)
        list(held.rows(citizen).values(*held.columns))


def test_the_archive_holds_what_is_the_persons(citizen):
    person = everything_of(CANARY)
    verify_by_register(
        person, register_number="A1", born_on=RegisterEntryFactory(person_key=person_key("A1", BORN)) and BORN
    )

    files = read(export_archive(person.user, by=person.user))

    assert files["accounts.user.json"]["rows"][0]["email"] == person.user.email
    assert files["participation.participant.json"]["rows"][0]["display_name"] == CANARY
    assert {row["text"] for row in files["participation.comment.json"]["rows"]} == {
        f"{CANARY} says",
        f"{CANARY} said",
    }
    assert len(files["budgeting.proposal.json"]["rows"]) == 2
    assert len(files["budgeting.support.json"]["rows"]) == 1
    assert len(files["participation.registerentry.json"]["rows"]) == 1
    assert "password" not in json.dumps(files)


def test_p14_no_archive_holds_anything_of_another(db):
    people = [everything_of(f"Canary{number}x") for number in range(20)]

    archives = {
        person.display_name: str(read(export_archive(person.user, by=person.user))) for person in people
    }

    for name, archive in archives.items():
        assert name in archive
        assert [other for other in archives if other != name and other.lower() in archive.lower()] == []


def test_p13_nobody_else_gets_the_archive(citizen, resident, administrator, stranger):
    for somebody in (resident, administrator, stranger):
        with pytest.raises(NotAllowed):
            export_archive(citizen, by=somebody)


def test_nobody_else_can_erase_a_person(citizen, resident, administrator, stranger):
    for somebody in (resident, administrator, stranger):
        with pytest.raises(NotAllowed):
            erase_person(citizen, by=somebody)

    assert get_user_model().objects.filter(pk=citizen.pk).exists()


@pytest.mark.parametrize("role", ["officer", "administrator"])
def test_staff_give_back_their_role_first(role, request):
    somebody = request.getfixturevalue(role)

    with pytest.raises(Conflict):
        erase_person(somebody, by=somebody)

    assert get_user_model().objects.filter(pk=somebody.pk).exists()


def tables_with(word: str) -> set[str]:
    """Return the tables in which any text column holds `word`, in whatever letters."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            columns = [
                connection.ops.quote_name(field.column)
                for field in model._meta.local_fields
                if field.get_internal_type()
                in {"CharField", "TextField", "EmailField", "SlugField", "JSONField", "URLField", "FileField"}
            ]
            if not columns:
                continue
            text = "LOWER(CAST({} AS TEXT)) LIKE %s"
            cursor.execute(
                f"SELECT COUNT(*) FROM {connection.ops.quote_name(model._meta.db_table)} WHERE "
                + " OR ".join(text.format(column) for column in columns),
                [f"%{word.lower()}%"] * len(columns),
            )
            if cursor.fetchone()[0]:
                found.add(model._meta.label)
    return found


def test_after_leaving_the_name_is_in_no_table(client):
    from participation.domain.comment import post_comment

    person = everything_of(CANARY)
    neighbour = ParticipantFactory()
    discussion = Discussion.objects.get(follows__participant=person)
    discussion.follows.create(participant=neighbour)
    post_comment(discussion, author=person, text="I agree")
    client.force_login(person.user)
    before = tables_with(CANARY)

    Comment.objects.filter(author=person).exclude(state=CommentState.WITHDRAWN).update(text="kept")
    erase_person(person.user, by=person.user)

    assert {
        "accounts.User",
        "participation.Participant",
        "participation.Comment",
        "participation.Notification",
        "participation.OutgoingMail",
        "budgeting.Proposal",
        "participation.Discussion",
        "wagtailcore.ModelLogEntry",
    } <= before
    assert tables_with(CANARY) == set()
    assert not Session.objects.exists()


def test_what_was_said_in_public_stays_without_a_name():
    person = everything_of(CANARY)

    erase_person(person.user, by=person.user)

    assert Comment.objects.get(state=CommentState.VISIBLE).author is None
    assert Proposal.objects.get().author is None
    assert not Support.objects.exists()
    assert not Participant.objects.filter(pk=person.pk).exists()


def test_others_keep_what_is_theirs():
    leaving, staying = everything_of(CANARY), everything_of("Wombat")
    before = {held.model: number for held, number in counts_about(staying.user)}

    erase_person(leaving.user, by=leaving.user)

    assert {held.model: number for held, number in counts_about(staying.user)} == before


def test_v11_leaving_and_coming_back_brings_no_second_vote():
    budget = make_budget(phase="voting")
    entry = RegisterEntryFactory(person_key=person_key("A1", BORN))
    first = ParticipantFactory()
    verify_by_register(first, register_number="A1", born_on=BORN)
    RollEntry.objects.create(
        budget=budget, person_key=entry.person_key, channel=Channel.WEB, voted_on=dt.date(2026, 11, 1)
    )
    erase_person(first.user, by=first.user)

    second = ParticipantFactory()
    verify_by_register(second, register_number="A1", born_on=BORN)

    again = RegisterEntry.objects.get(participant=second)
    assert RollEntry.objects.get(budget=budget, person_key=again.person_key).voted_on == dt.date(2026, 11, 1)
    assert RollEntry.objects.count() == 1


def test_the_audit_log_keeps_that_somebody_left_but_not_who():
    from wagtail.models import ModelLogEntry

    person = everything_of(CANARY)
    erase_person(person.user, by=person.user)

    line = ModelLogEntry.objects.get(action="participation.erase")
    assert line.label == "former participant"
