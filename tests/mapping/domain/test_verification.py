"""Keeping the map true: who is asked when, what one link can do, and what the entry says when nobody answers."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from mapping.domain.scout import become_scout, stop_scouting
from mapping.domain.stewardship import MANAGE
from mapping.domain.verification import (
    PER_STEWARD_AND_DAY,
    answer_question,
    ask_if_correct,
    forget_old_questions,
    question_about,
    question_in,
    token_of,
)
from mapping.enums import PlaceStatus, ReportKind, VerificationAnswer, VerifiedBy
from mapping.models import LearningPlace, PlaceReport, Scout, Stewardship, Verification
from mapping.queries.verification import truth_of
from participation.domain.mail import send_outgoing_mail
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.link_tokens import link_token
from participation.models import Notification, OrganisationPerson
from tests.factories import (
    NeighbourhoodFactory,
    OrganisationFactory,
    ParticipantFactory,
    PlaceFactory,
    make_places_page,
)

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def clock(clock):
    clock.move_to(START)
    return clock


@pytest.fixture
def place(clock):
    """A place that was confirmed a year and a day ago."""
    return PlaceFactory(
        name="Mending room",
        neighbourhood=NeighbourhoodFactory(),
        verified_on=(START - dt.timedelta(days=366)).date(),
        verified_by=VerifiedBy.STEWARD,
    )


def later(clock, days: int) -> None:
    clock.shift(dt.timedelta(days=days))


def scouts_around(place, number: int):
    people = ParticipantFactory.create_batch(number)
    for person in people:
        Scout.objects.create(participant=person, neighbourhood=place.neighbourhood)
    return people


def test_after_a_year_everybody_who_looks_after_the_place_is_asked_once(place, citizen, resident):
    organisation = OrganisationFactory()
    OrganisationPerson.objects.create(organisation=organisation, participant=resident.participant)
    LearningPlace.objects.update(organisation=organisation)
    Stewardship.objects.create(place=place, participant=citizen.participant)
    Stewardship.objects.create(place=place, email="group@example.org")

    first, second = ask_if_correct(), ask_if_correct()

    assert (first.places, first.stewards, second.places) == (1, 3, 0)
    send_outgoing_mail()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [citizen.email, resident.email, "group@example.org"]
    )
    assert all("/verify/" in message.body for message in mail.outbox)


def test_a_place_confirmed_within_the_year_is_left_alone(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    LearningPlace.objects.update(verified_on=(START - dt.timedelta(days=364)).date())

    assert ask_if_correct().places == 0
    later(clock, 1)
    assert ask_if_correct().places == 1


def test_places_that_are_not_public_and_closed_accounts_are_left_alone(place, citizen):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    hidden = PlaceFactory(status=PlaceStatus.HIDDEN, verified_on=place.verified_on)
    Stewardship.objects.create(place=hidden, email="group@example.org")
    citizen.is_active = False
    citizen.save()

    assert ask_if_correct().places == 0


def test_who_looks_after_many_places_is_asked_over_some_days(place, citizen, clock):
    rows = [place, *PlaceFactory.create_batch(PER_STEWARD_AND_DAY, verified_on=place.verified_on)]
    for row in rows:
        Stewardship.objects.create(place=row, participant=citizen.participant)

    assert ask_if_correct().places == PER_STEWARD_AND_DAY
    assert ask_if_correct().places == 0
    later(clock, 1)
    assert ask_if_correct().places == 1


def test_scouts_are_asked_when_stewards_are_silent_for_a_month(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    scouts = scouts_around(place, 4)
    elsewhere = ParticipantFactory()
    Scout.objects.create(participant=elsewhere, neighbourhood=NeighbourhoodFactory())
    ask_if_correct()
    later(clock, 29)
    assert ask_if_correct().scouts == 0

    later(clock, 1)
    asked = ask_if_correct()

    assert (asked.places, asked.scouts) == (1, 3)
    told = set(Notification.objects.filter(kind="mapping.scout").values_list("participant", flat=True))
    assert len(told) == 3
    assert told < {person.pk for person in scouts}
    assert ask_if_correct().scouts == 0


def test_without_stewards_scouts_are_asked_at_once(place):
    scouts_around(place, 1)

    assert ask_if_correct().scouts == 1


def test_no_scout_is_asked_once_a_steward_has_answered(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    scouts_around(place, 2)
    ask_if_correct()
    answer_question(question_in(token_of(Verification.objects.get())), VerificationAnswer.WRONG)

    later(clock, 40)

    assert ask_if_correct().places == 0


def test_who_stops_being_a_scout_makes_room_for_another(place, citizen, resident):
    become_scout(place.neighbourhood, by=citizen)
    ask_if_correct()

    stop_scouting(place.neighbourhood, by=citizen)
    become_scout(place.neighbourhood, by=resident)

    assert ask_if_correct().scouts == 1
    assert Verification.objects.get().participant == resident.participant


def test_a_scout_gets_one_notice_a_day_however_many_places(place, citizen):
    become_scout(place.neighbourhood, by=citizen)
    PlaceFactory.create_batch(2, neighbourhood=place.neighbourhood, verified_on=place.verified_on)

    assert ask_if_correct().scouts == 3
    assert Notification.objects.filter(participant=citizen.participant).count() == 1


def test_the_command_says_what_it_did(place, citizen, capsys):
    Stewardship.objects.create(place=place, participant=citizen.participant)

    call_command("ask_if_correct")

    assert capsys.readouterr().out == "1 stewards and 0 scouts asked about 1 places.\n"


def test_one_press_confirms_the_entry(place, citizen):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    ask_if_correct()
    row = Verification.objects.get()

    answer_question(question_in(token_of(row)), VerificationAnswer.CORRECT)

    place.refresh_from_db()
    row.refresh_from_db()
    assert (place.verified_on, place.verified_by) == (START.date(), VerifiedBy.STEWARD)
    assert (row.answer, row.answered_at) == (VerificationAnswer.CORRECT, START)
    assert ask_if_correct().places == 0


def test_s7_s19_no_other_token_opens_the_question_and_this_one_opens_nothing_else(place, citizen):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    ask_if_correct()
    row = Verification.objects.get()

    for token in (
        "",
        "x/y/z",
        token_of(row)[:-1],
        link_token([row.pk, row.place_id, row.round], purpose=MANAGE),
        link_token([row.pk, row.place_id, row.round + 1], purpose="answer whether a place is correct"),
        link_token("group@example.org", purpose="answer whether a place is correct"),
    ):
        with pytest.raises(Missing):
            question_in(token)
    from mapping.domain.stewardship import address_of_link

    with pytest.raises(Missing):
        address_of_link(token_of(row))


def test_the_link_ends_after_sixty_days_and_with_the_stewardship(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    Stewardship.objects.create(place=place, email="group@example.org")
    ask_if_correct()
    tokens = [token_of(row) for row in Verification.objects.order_by("pk")]
    assert [question_in(token).part for token in tokens] == [VerifiedBy.STEWARD] * 2

    Stewardship.objects.all().delete()
    for token in tokens:
        with pytest.raises(Missing):
            question_in(token)

    Stewardship.objects.create(place=place, participant=citizen.participant)
    later(clock, 61)
    with pytest.raises(Missing):
        question_in(tokens[0])


def test_a_steward_closes_with_the_link(place):
    Stewardship.objects.create(place=place, email="group@example.org")
    ask_if_correct()

    answer_question(question_in(token_of(Verification.objects.get())), VerificationAnswer.CLOSED)

    place.refresh_from_db()
    assert place.status == PlaceStatus.CLOSED
    with pytest.raises(Conflict):
        answer_question(question_in(token_of(Verification.objects.get())), VerificationAnswer.CORRECT)


def test_a_neighbour_who_says_closed_only_makes_a_report(place, citizen):
    become_scout(place.neighbourhood, by=citizen)
    ask_if_correct()

    answer_question(question_about(place, by=citizen), VerificationAnswer.CLOSED)

    place.refresh_from_db()
    report = PlaceReport.objects.get()
    assert place.status == PlaceStatus.PUBLISHED
    assert (report.kind, report.participant) == (ReportKind.CLOSED, citizen.participant)
    assert Verification.objects.get().answer == VerificationAnswer.CLOSED


def test_wrong_words_of_who_cannot_mend_wait_for_the_moderators(place):
    Stewardship.objects.create(place=place, email="group@example.org")
    ask_if_correct()
    question = question_in(token_of(Verification.objects.get()))

    with pytest.raises(Invalid):
        answer_question(question, VerificationAnswer.WRONG, kind="other", text=" ")
    assert Verification.objects.get().answer == VerificationAnswer.NONE
    answer_question(question, VerificationAnswer.WRONG, kind="hours", text="Open until six.")

    report = PlaceReport.objects.get()
    assert (report.kind, report.text, report.email) == (
        ReportKind.HOURS,
        "Open until six.",
        "group@example.org",
    )
    place.refresh_from_db()
    assert place.verified_by == VerifiedBy.STEWARD
    assert place.verified_on < START.date()


def test_cannot_tell_changes_nothing(place, citizen):
    become_scout(place.neighbourhood, by=citizen)
    ask_if_correct()

    answer_question(question_about(place, by=citizen), VerificationAnswer.UNKNOWN)

    assert truth_of(LearningPlace.objects.get()).tone == "quiet"
    assert not PlaceReport.objects.exists()


def test_a_scout_may_look_without_being_asked(place, citizen, clock):
    become_scout(place.neighbourhood, by=citizen)

    for _time in range(2):
        answer_question(question_about(place, by=citizen), VerificationAnswer.CORRECT)

    row = Verification.objects.get()
    place.refresh_from_db()
    assert (row.round, row.asked, place.verified_by) == (0, VerifiedBy.SCOUT, VerifiedBy.SCOUT)
    later(clock, 366)
    assert ask_if_correct().scouts == 1


def test_strangers_and_neighbours_who_are_no_scouts_do_not_decide(place, citizen, stranger, moderator):
    for by in (citizen, stranger):
        with pytest.raises(NotAllowed):
            question_about(place, by=by)
    assert question_about(place, by=moderator).part == VerifiedBy.STAFF
    with pytest.raises(Missing):
        question_about(PlaceFactory(status=PlaceStatus.DRAFT), by=moderator)


def test_no_empty_answer_is_kept(place, citizen):
    become_scout(place.neighbourhood, by=citizen)
    for answer in ("", "yes", "CORRECT"):
        with pytest.raises(Invalid):
            answer_question(question_about(place, by=citizen), answer)


def test_the_entry_itself_says_when_nobody_answers(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    scouts_around(place, 1)
    words = [truth_of(place).words]
    for days in (0, 30, 29):
        later(clock, days)
        ask_if_correct()
        words.append(truth_of(place).words)
    later(clock, 1)
    truth = truth_of(place)

    assert set(words) == {"Checked on 1 March 2025 by the people who look after it"}
    assert (truth.words, truth.tone) == ("Nobody has confirmed this since 1 March 2025", "warn")


def test_a_late_answer_takes_the_words_away(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    ask_if_correct()
    later(clock, 59)
    token = token_of(Verification.objects.get())
    later(clock, 1)
    assert truth_of(place).tone == "warn"

    place = answer_question(question_in(token), VerificationAnswer.CORRECT)

    assert truth_of(place).tone == "quiet"


def test_where_nobody_could_be_asked_the_entry_says_so_after_the_same_time(place, clock):
    later(clock, 58)
    assert truth_of(place).tone == "quiet"
    later(clock, 1)
    assert truth_of(place).tone == "warn"


def test_a_new_entry_that_was_never_checked_says_that_and_an_old_one_says_more(clock):
    place = PlaceFactory()
    assert truth_of(place).words == "Nobody has checked this entry yet"

    later(clock, 430)

    assert truth_of(place).words == "Nobody has confirmed this since it came onto the map on 2 March 2026"


def test_a_new_round_begins_a_year_after_the_last(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    ask_if_correct()
    later(clock, 364)
    assert ask_if_correct().places == 0

    later(clock, 1)

    assert ask_if_correct().stewards == 1
    assert list(Verification.objects.order_by("pk").values_list("round", flat=True)) == [1, 2]


def test_truth_takes_at_most_one_query(place, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        truth_of(place)
    place.verified_on = timezone.localdate()
    with django_assert_max_num_queries(0):
        truth_of(place)


def test_old_questions_and_addresses_that_left_are_forgotten(place, citizen, clock):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    Stewardship.objects.create(place=place, email="group@example.org")
    ask_if_correct()
    assert forget_old_questions() == 0

    Stewardship.objects.exclude(email="").delete()
    assert forget_old_questions() == 1
    assert Verification.objects.get().participant == citizen.participant
    later(clock, 731)
    assert forget_old_questions() == 1
    assert truth_of(place).tone == "warn"
