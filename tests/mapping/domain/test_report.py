"""Errors that anybody reports, and the answers of those who can mend them."""

import pytest
from django.core import mail

from mapping.domain.place import LinkHolder
from mapping.domain.report import (
    BY_STRANGERS_ON_A_PLACE,
    PER_PERSON_AND_DAY,
    answer_reports,
    close_for_good,
    report_error,
)
from mapping.enums import PlaceStatus, ReportKind, ReportState
from mapping.models import PlaceReport, Stewardship
from mapping.queries.report import places_with_reports, reported_places_of, reported_places_of_address
from participation.domain.mail import send_outgoing_mail
from participation.domain.participant import TooManyTries
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Notification
from tests.factories import PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def place():
    return PlaceFactory(name="Mending room")


def tell(place, by, **kwargs):
    return report_error(place, by=by, **({"kind": "hours", "text": "Open until six."} | kwargs))


def letters() -> list[str]:
    mail.outbox.clear()
    send_outgoing_mail()
    return [message.to[0] for message in mail.outbox]


def test_a_stranger_reports_without_an_address(place, stranger):
    report = tell(place, stranger)

    assert (report.kind, report.text, report.email, report.participant, report.state) == (
        ReportKind.HOURS,
        "Open until six.",
        "",
        None,
        ReportState.OPEN,
    )


def test_f3_the_same_words_twice_are_one_report(place, stranger, citizen):
    assert tell(place, stranger) == tell(place, stranger)
    assert tell(place, citizen) == tell(place, citizen)
    assert PlaceReport.objects.count() == 2


def test_refusals_name_the_field(place, stranger):
    for wrong, field in (
        ({"kind": "nothing"}, "kind"),
        ({"kind": "other", "text": "\u200b "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"email": "nobody"}, "email"),
    ):
        with pytest.raises(Invalid) as refusal:
            tell(place, stranger, **wrong)
        assert refusal.value.field == field
    assert not PlaceReport.objects.exists()


def test_what_is_not_public_cannot_be_reported(stranger):
    for status in (PlaceStatus.DRAFT, PlaceStatus.HIDDEN, PlaceStatus.CLOSED):
        with pytest.raises(Missing):
            tell(PlaceFactory(status=status), stranger)


def test_limits_count_persons_and_for_strangers_the_place(place, citizen, stranger):
    for number in range(PER_PERSON_AND_DAY):
        tell(place, citizen, text=f"Error {number}")
    with pytest.raises(TooManyTries):
        tell(place, citizen)
    for number in range(BY_STRANGERS_ON_A_PLACE):
        tell(place, stranger, text=f"Error {number}")
    with pytest.raises(TooManyTries):
        tell(place, stranger)
    tell(PlaceFactory(), stranger)


def test_the_reporter_gets_the_answer_and_the_address_is_forgotten(place, stranger, citizen, moderator):
    rows = [tell(place, stranger, email="Somebody@Example.org "), tell(place, citizen)]

    assert answer_reports(place, pks=[row.pk for row in rows], by=moderator, state="mended") == 2

    assert letters() == ["somebody@example.org", citizen.email]
    assert "Mending room" in mail.outbox[0].body
    row = PlaceReport.objects.get(pk=rows[0].pk)
    assert (row.state, row.email, row.decided_by) == (ReportState.MENDED, "", moderator)
    assert (
        Notification.objects.get(participant=citizen.participant).title
        == "Thank you: “Mending room” was mended"
    )


def test_keeping_the_entry_needs_an_answer_that_the_reporter_reads(place, stranger, moderator):
    report = tell(place, stranger, email="somebody@example.org")

    with pytest.raises(Invalid) as refusal:
        answer_reports(place, pks=[report.pk], by=moderator, state="kept", answer=" ")
    assert refusal.value.field == "answer"
    answer_reports(place, pks=[report.pk], by=moderator, state="kept", answer="We called: it is so.")

    letters()
    assert "We called: it is so." in mail.outbox[0].body


def test_stewards_answer_for_their_own_places_only(place, stranger, citizen, resident):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    Stewardship.objects.create(place=place, email="group@example.org")
    first, second = tell(place, stranger), tell(place, stranger, kind="moved")

    for other in (resident, stranger, LinkHolder(place.pk + 1, "x@example.org")):
        with pytest.raises(NotAllowed):
            answer_reports(place, pks=[first.pk], by=other, state="mended")
    answer_reports(place, pks=[first.pk], by=citizen, state="mended")
    answer_reports(place, pks=[second.pk], by=LinkHolder(place.pk, "group@example.org"), state="mended")

    assert not PlaceReport.objects.filter(state=ReportState.OPEN).exists()


def test_reports_of_another_place_and_answered_ones_stay(place, stranger, citizen, moderator):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    elsewhere = tell(PlaceFactory(), stranger)
    with pytest.raises(Conflict):
        answer_reports(place, pks=[elsewhere.pk], by=citizen, state="mended")
    mine = tell(place, stranger)
    answer_reports(place, pks=[mine.pk], by=moderator, state="mended")
    with pytest.raises(Conflict):
        answer_reports(place, pks=[mine.pk], by=citizen, state="kept", answer="No.")


def test_stewards_are_told_of_the_first_report_and_find_the_others_beside_it(
    place, stranger, citizen, resident
):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    Stewardship.objects.create(place=place, email="group@example.org")
    tell(place, stranger)
    tell(place, resident, kind="moved")

    assert sorted(letters()) == sorted([citizen.email, "group@example.org"])
    mine, theirs = reported_places_of(citizen.participant), reported_places_of_address("group@example.org")
    assert [(row.name, [each.kind for each in row.waiting]) for row in mine] == [
        ("Mending room", ["hours", "moved"])
    ]
    assert [row.pk for row in theirs] == [place.pk]
    assert reported_places_of(resident.participant) == []


def test_who_said_that_it_has_closed_is_thanked_when_it_closes(place, stranger, citizen, moderator):
    tell(place, citizen, kind="closed", text="")
    other = tell(place, stranger)

    close_for_good(place, by=moderator)

    assert Notification.objects.filter(participant=citizen.participant, kind="mapping.report").exists()
    assert list(PlaceReport.objects.filter(state=ReportState.OPEN)) == [other]


def test_the_queue_groups_by_place_in_a_constant_number_of_queries(
    place, stranger, django_assert_num_queries
):
    for number in range(3):
        tell(place, stranger, text=f"Error {number}")
    tell(PlaceFactory(), stranger)
    with django_assert_num_queries(1):
        assert [row.report_count for row in places_with_reports()] == [3, 1]
