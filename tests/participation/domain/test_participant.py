"""Public names, and becoming known as a resident."""

import datetime as dt

import pytest
from django.core import mail

from participation.domain import participant as domain
from participation.domain.participant import (
    ensure_participant,
    introduce,
    verify_at_desk,
    verify_by_register,
    verify_externally,
)
from participation.enums import VerificationMethod
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refused
from participation.foundation.person_key import person_key
from participation.models import Notification, Participant
from tests.factories import NeighbourhoodFactory, ParticipantFactory, RegisterEntryFactory, UserFactory

pytestmark = pytest.mark.django_db

NUMBER = "HH-2041-77"
BORN = dt.date(1984, 7, 31)


@pytest.fixture
def entry():
    return RegisterEntryFactory(person_key=person_key(NUMBER, BORN))


def test_who_has_no_name_yet_gets_a_neutral_one_without_the_address():
    user = UserFactory(email="rosa.secret@example.org")

    made = ensure_participant(user)

    assert ensure_participant(user).pk == made.pk
    assert "rosa" not in made.display_name.lower()


def test_a_person_says_name_and_neighbourhood():
    user, quarter = UserFactory(), NeighbourhoodFactory()

    introduce(user, display_name="  Rosa \u202eNeri ", neighbourhood=quarter)

    person = Participant.objects.get(user=user)
    assert (person.display_name, person.neighbourhood) == ("Rosa Neri", quarter)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "42",
        "rosa@example.org",
        "see www.example.org",
        "[Pay](http://evil)",
        "\u0410dministrator",
        "\u200b\u202e",
    ],
)
def test_x12_x20_a_name_that_imitates_or_advertises_is_refused(name):
    with pytest.raises(Invalid):
        introduce(UserFactory(), display_name=name, neighbourhood=None)

    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    "name", ["Åse Ødegård", "Владимир", "李 小龍", "محمد علي", "O'Neil-Rosa", "José (JJ)", "نرگس‌ها"]
)
def test_names_of_the_world_are_kept(name):
    assert introduce(UserFactory(), display_name=name, neighbourhood=None).display_name == name


def test_a_verified_neighbourhood_stays_what_the_register_says(resident):
    before = resident.participant.neighbourhood

    introduce(resident, display_name="Rosa", neighbourhood=NeighbourhoodFactory(), wants_mail=False)

    person = Participant.objects.get(user=resident)
    assert (person.neighbourhood, person.wants_mail) == (before, False)


def test_number_and_birthday_make_a_verified_resident(citizen, entry):
    person = verify_by_register(citizen.participant, register_number="hh 2041 77", born_on=BORN)

    person.refresh_from_db()
    assert person.is_verified
    assert person.register_entry == entry
    assert person.neighbourhood == entry.neighbourhood
    assert person.verified_by == VerificationMethod.REGISTER
    assert Notification.objects.get().participant == person


def refusal(participant, **entered) -> Refused:
    with pytest.raises(Refused) as refused:
        verify_by_register(participant, **{"register_number": NUMBER, "born_on": BORN, **entered})
    assert not Participant.objects.get(pk=participant.pk).is_verified
    return refused.value


def test_v10_a_second_account_of_one_person_gets_the_same_words_as_a_wrong_number(citizen, entry):
    verify_by_register(ParticipantFactory(), register_number=NUMBER, born_on=BORN)
    Notification.objects.all().delete()
    mail.outbox.clear()

    taken = refusal(citizen.participant)
    wrong_number = refusal(citizen.participant, register_number="HH-2041-78")
    wrong_day = refusal(citizen.participant, born_on=dt.date(1984, 8, 1))
    no_number = refusal(citizen.participant, register_number="?")

    answers = {
        (str(each.message), each.code, each.status) for each in (taken, wrong_number, wrong_day, no_number)
    }
    assert len(answers) == 1
    assert not Notification.objects.exists()
    assert mail.outbox == []


def test_who_moved_away_gets_the_same_words(citizen, entry):
    entry.is_active = False
    entry.save()

    assert refusal(citizen.participant).code == "not_verified"


def test_a_verified_account_cannot_become_somebody_else(resident, entry):
    with pytest.raises(Conflict):
        verify_by_register(resident.participant, register_number=NUMBER, born_on=BORN)

    assert Participant.objects.get(user=resident).register_entry == resident.participant.register_entry


def test_after_five_tries_even_the_right_number_has_to_wait(citizen, entry):
    for _try in range(5):
        refusal(citizen.participant, register_number="HH-0000-00")

    assert refusal(citizen.participant).status == 429


def test_many_accounts_cannot_guess_one_persons_birthday(entry):
    for day in range(1, domain.TRIES_PER_NUMBER_AND_DAY + 1):
        refusal(ParticipantFactory(), born_on=dt.date(1984, 6, day))

    assert refusal(ParticipantFactory()).code == "not_verified"


def test_the_desk_verifies_and_the_person_is_told(citizen, officer, entry):
    verify_at_desk(citizen.participant, register_number=NUMBER, born_on=BORN, by=officer)

    person = Participant.objects.get(user=citizen)
    assert person.verified_by == VerificationMethod.DESK
    assert Notification.objects.get().participant == person


def test_the_audit_log_keeps_which_officer_it_was(citizen, officer, entry):
    from wagtail.models import ModelLogEntry

    verify_at_desk(citizen.participant, register_number=NUMBER, born_on=BORN, by=officer)

    line = ModelLogEntry.objects.get(action="participation.verify")
    assert (line.user, line.object_id, line.data) == (
        officer,
        str(citizen.participant.pk),
        {"method": "desk"},
    )


def test_the_desk_is_told_which_part_was_wrong(citizen, officer, entry):
    def code(person, **entered):
        with pytest.raises(Refused) as refused:
            verify_at_desk(person, **{"register_number": NUMBER, "born_on": BORN, "by": officer, **entered})
        return type(refused.value), refused.value.code

    first = ParticipantFactory()
    assert code(None) == (Missing, "not_found")
    assert code(first, register_number="?") == (Invalid, "invalid")
    assert code(first, born_on=dt.date(1990, 1, 1)) == (Invalid, "unknown")
    verify_at_desk(first, register_number=NUMBER, born_on=BORN, by=officer)
    assert code(citizen.participant) == (Conflict, "taken")
    entry.is_active = False
    entry.save()
    assert code(citizen.participant) == (Invalid, "moved")


@pytest.mark.parametrize("role", ["citizen", "resident", "moderator", "editor", "chair"])
def test_others_cannot_verify_at_the_desk(role, entry, request):
    somebody = request.getfixturevalue(role)
    person = ParticipantFactory()

    with pytest.raises(NotAllowed):
        verify_at_desk(person, register_number=NUMBER, born_on=BORN, by=somebody)

    assert not Participant.objects.get(pk=person.pk).is_verified


def test_another_service_can_verify(citizen, entry):
    person = verify_externally(
        citizen.participant, register_number=NUMBER, born_on=BORN, verifier="city-card"
    )

    assert person.verified_by == VerificationMethod.EXTERNAL
