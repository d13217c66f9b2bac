"""The agenda: items, suggestions, order, documents, and what returns by itself."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.domain import agenda
from participation.domain.attendance import close_meeting, open_meeting
from participation.domain.decision import close_action, give_action
from participation.domain.meeting import cancel_meeting
from participation.domain.motion import table_motion
from participation.enums import AgendaItemState, MotionState
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import AgendaDocument, AgendaItem, Motion
from participation.queries.agenda import agenda_of
from tests.participation.meetings import a_motion, in_session, keeper_of, let_in, make_committee, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


@pytest.fixture
def meeting(committee, keeper):
    return make_meeting(committee, by=keeper)


def titles(meeting) -> list[str]:
    return [f"{row.number} {row.item.title}" for top in agenda_of(meeting) for row in (top, *top.parts)]


def test_items_are_timed_numbered_and_nested(meeting, keeper):
    first = agenda.add_item(meeting, by=keeper, title="Welcome", minutes=5)
    second = agenda.add_item(meeting, by=keeper, title="Money", minutes=10)
    agenda.add_item(meeting, by=keeper, title="Rent", minutes=20, parent=second)
    agenda.add_item(meeting, by=keeper, title="End", minutes=0)

    rows = agenda_of(meeting)

    assert titles(meeting) == ["1 Welcome", "2 Money", "2.1 Rent", "3 End"]
    start = rows[0].starts_at
    assert [row.starts_at - start for row in rows] == [dt.timedelta(minutes=each) for each in (0, 5, 35)]
    assert rows[1].parts[0].starts_at - start == dt.timedelta(minutes=15)
    agenda.move_item(first, by=keeper, up=False)
    assert titles(meeting) == ["1 Money", "1.1 Rent", "2 Welcome", "3 End"]
    with pytest.raises(Invalid) as refusal:
        agenda.add_item(meeting, by=keeper, title="Too deep", parent=rows[1].parts[0].item)
    assert refusal.value.field == "parent"


def test_a_suggestion_is_decided_on_with_a_reason_and_the_person_hears_of_it(committee, meeting, keeper):
    person = let_in(committee)
    wanted = agenda.suggest_item(meeting, by=person.user, title="Dogs")
    unwanted = agenda.suggest_item(meeting, by=person.user, title="Cats")
    assert titles(meeting) == []

    agenda.accept_item(wanted, by=keeper)
    with pytest.raises(Invalid) as refusal:
        agenda.decline_item(unwanted, by=keeper, answer=" ")
    agenda.decline_item(unwanted, by=keeper, answer="Not ours to decide")

    assert refusal.value.field == "answer"
    assert titles(meeting) == ["1 Dogs"]
    unwanted.refresh_from_db()
    assert (unwanted.state, unwanted.answer) == (AgendaItemState.DECLINED, "Not ours to decide")
    told = (
        person.notifications.filter(kind="participation.agenda")
        .order_by("pk")
        .values_list("title", flat=True)
    )
    assert list(told) == ["Your item is on the agenda: Dogs", "Your item is not on the agenda: Cats"]
    with pytest.raises(Conflict):
        agenda.accept_item(unwanted, by=keeper)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=unwanted.pk).update(answer="")


def test_suggestions_end_at_the_deadline(committee, keeper, clock, citizen):
    closing = make_meeting(committee, by=keeper, agenda_closes_at=timezone.now() + dt.timedelta(days=2))
    person = let_in(committee).user
    agenda.suggest_item(closing, by=person, title="In time")

    clock.shift(dt.timedelta(days=2))

    with pytest.raises(Conflict):
        agenda.suggest_item(closing, by=person, title="Too late")
    with pytest.raises(NotAllowed):
        agenda.suggest_item(closing, by=citizen, title="Not mine")


def test_open_actions_and_motions_put_off_return_once_on_the_next_meeting(committee, keeper, clock):
    meeting, _members = in_session(committee, by=keeper)
    motion = a_motion(meeting, by=keeper)
    action = give_action(committee, by=keeper, text="Ask for paint", who="Mia")
    table_motion(motion, by=keeper)
    close_meeting(meeting, by=keeper)
    clock.shift(dt.timedelta(days=1))
    later = make_meeting(committee, by=keeper, days=30)

    soon = make_meeting(committee, by=keeper, days=10)

    assert titles(later) == []
    assert titles(soon) == ["1 What was to be done", "1.1 Ask for paint (Mia)", "2 Paint it"]
    copy = Motion.objects.get(item__meeting=soon)
    assert (copy.text, copy.state, copy.item.from_motion) == (motion.text, MotionState.DRAFT, motion)
    agenda.bring_back(committee)
    assert len(titles(soon)) == 3
    cancel_meeting(soon, by=keeper, because="Storm")
    assert titles(later) == ["1 What was to be done", "1.1 Ask for paint (Mia)", "2 Paint it"]
    close_action(action, by=keeper, state="done")
    assert titles(later) == ["1 Paint it"]


def test_a_motion_put_off_twice_returns_once(committee, keeper, clock):
    first, _members = in_session(committee, by=keeper)
    a_motion(first, by=keeper)
    close_meeting(first, by=keeper)  # nobody came to it: put off
    second = open_meeting(make_meeting(committee, by=keeper, days=0.1), by=keeper)
    close_meeting(second, by=keeper)

    third = make_meeting(committee, by=keeper, days=9)

    assert titles(second) == titles(third) == ["1 Paint it"]
    assert Motion.objects.filter(item__meeting=third).count() == 1


PDF = b"%PDF-1.7 something"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.svg", b"<svg onload='alert(1)'/>"),
        ("plan.html", b"<script>alert(1)</script>"),
        ("plan.xhtml", b"<html/>"),
        ("plan.xml", b"<?xml version='1.0'?>"),
        ("plan.pdf.html", PDF),
        ("plan.pdf", b"<html>no pdf</html>"),
        ("plan.png", b"<svg/>"),
        ("plan.txt", b"\xff\xfe\x00n"),
        ("plan.txt", b""),
        ("plan", PDF),
        ("plan.exe", b"MZ"),
        ("big.pdf", PDF + b"x" * (5 * 1024 * 1024)),
    ],
)
def test_X10_files_that_are_not_what_we_take_are_refused(meeting, keeper, name, content):
    item = agenda.add_item(meeting, by=keeper, title="Plan")

    with pytest.raises(Invalid) as refusal:
        agenda.add_document(item, by=keeper, upload=SimpleUploadedFile(name, content))

    assert refusal.value.field == "upload"
    assert not AgendaDocument.objects.exists()


def test_a_document_is_kept_under_a_harmless_name(meeting, keeper):
    item = agenda.add_item(meeting, by=keeper, title="Plan")
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = '..\\..\\Plan "final"\r\n.pdf'

    document = agenda.add_document(item, by=keeper, upload=upload)

    assert (document.name, bytes(document.content)) == ("Plan _final_ .pdf", PDF)
    agenda.remove_document(document, by=keeper)
    with pytest.raises(Missing):
        agenda.remove_document(document, by=keeper)
