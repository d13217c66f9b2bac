"""Races around accounts and residents on PostgreSQL, each with a negative control that shows the race without its guard."""

import datetime as dt
import io
import json
import re
import zipfile
from functools import partial

from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from learning_city.accounts import sign_in

from participation.domain import limits
from participation.domain import participant as domain
from participation.domain.limits import spend_attempt
from participation.domain.participant import verify_by_register
from participation.domain.personal_data import export_archive
from participation.foundation.person_key import person_key
from participation.models import AttemptCount, Participant
from tests.factories import ParticipantFactory, RegisterEntryFactory, UserFactory
from tests.races.conftest import at_once

HOUR = dt.timedelta(hours=1)
BORN = dt.date(1984, 7, 31)


def naive_spend(purpose, subject, *, limit, per):
    """The counter as one would write it first: look, then add. With a pause where requests overlap."""
    count, _is_new = AttemptCount.objects.get_or_create(
        key=f"{purpose}:{subject}", defaults={"started_at": timezone.now()}
    )
    if count.used >= limit:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05)")
    AttemptCount.objects.filter(pk=count.pk).update(used=count.used + 1)
    return True


def test_s4_of_fifty_parallel_tries_five_are_allowed():
    answers = at_once([partial(spend_attempt, "guess", "x", limit=5, per=HOUR)] * 50)

    assert sorted(answers) == [False] * 45 + [True] * 5


def test_s4_control_a_counter_that_looks_first_allows_more():
    answers = at_once([partial(naive_spend, "guess", "x", limit=5, per=HOUR)] * 50)

    assert answers.count(True) > 5


def judged_guesses(monkeypatch, spend) -> int:
    """Send fifty wrong codes of one sign-in at once; return how many were compared with the right one."""
    cache.clear()
    compared = []
    whole = sign_in.constant_time_compare
    monkeypatch.setattr(sign_in, "constant_time_compare", lambda a, b: compared.append(1) or whole(a, b))
    monkeypatch.setattr(sign_in, "spend_attempt", spend)
    client = Client()
    client.post("/account/login/", {"email": "rosa@example.org"})
    right = int(re.search(r"\b\d{6}\b", mail.outbox[-1].body).group())
    session = client.cookies["sessionid"].value

    def guess(number):
        one = Client()
        one.cookies["sessionid"] = session
        return one.post(
            "/account/login/code/confirm/", {"code": f"{(right + 1 + number) % 10**6:06}"}
        ).status_code

    at_once([partial(guess, number) for number in range(50)])
    return len(compared)


def test_s4_of_fifty_parallel_code_guesses_at_most_five_are_judged(monkeypatch):
    assert judged_guesses(monkeypatch, limits.spend_attempt) <= 5


def test_s4_control_without_the_conditional_update_more_are_judged(monkeypatch):
    assert judged_guesses(monkeypatch, naive_spend) > 5


def test_v10_of_eight_accounts_one_becomes_the_resident():
    RegisterEntryFactory(person_key=person_key("A1", BORN))
    people = [ParticipantFactory() for _account in range(8)]

    answers = at_once(
        [partial(verify_by_register, person, register_number="A1", born_on=BORN) for person in people]
    )

    assert sum(isinstance(answer, Participant) for answer in answers) == 1
    refusals = {
        (type(answer).__name__, answer.code) for answer in answers if not isinstance(answer, Participant)
    }
    assert refusals == {("Invalid", "not_verified")}
    assert Participant.objects.exclude(register_entry=None).count() == 1


def test_v10_without_the_lock_the_constraint_still_allows_one(monkeypatch):
    RegisterEntryFactory(person_key=person_key("A1", BORN))
    people = [ParticipantFactory() for _account in range(8)]
    whole = domain.database_now

    def slowly():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.1)")
        return whole()

    class Unlocked:
        def __getattr__(self, name):
            return getattr(domain_entries, name)

        def select_for_update(self):
            return domain_entries

    from participation.models import RegisterEntry

    domain_entries = RegisterEntry.objects
    monkeypatch.setattr(domain, "database_now", slowly)
    monkeypatch.setattr(domain.RegisterEntry, "objects", Unlocked())

    answers = at_once(
        [partial(verify_by_register, person, register_number="A1", born_on=BORN) for person in people]
    )

    assert sum(isinstance(answer, Participant) for answer in answers) == 1
    assert {type(answer).__name__ for answer in answers} == {"Participant", "Invalid"}


def test_one_account_verifies_once_when_it_asks_eight_times():
    RegisterEntryFactory(person_key=person_key("A1", BORN))
    person = ParticipantFactory()

    answers = at_once(
        [partial(verify_by_register, person, register_number="A1", born_on=BORN)] * 5, workers=5
    )

    assert sum(isinstance(answer, Participant) for answer in answers) == 1
    assert person.notifications.count() == 1


def test_two_windows_of_a_new_person_make_one_account():
    answers = at_once([partial(sign_in.account_of, "new@example.org")] * 8)

    assert {type(answer) for answer in answers} == {tuple}
    assert len({user.pk for user, _is_new in answers}) == 1
    assert sum(is_new for _user, is_new in answers) == 1


def test_p14_twenty_archives_made_at_once_hold_only_their_owner():
    people = [
        ParticipantFactory(
            display_name=f"Canary{number}x", user=UserFactory(email=f"canary{number}x@example.org")
        )
        for number in range(20)
    ]

    archives = at_once([partial(export_archive, person.user, by=person.user) for person in people])

    for person, archive in zip(people, archives, strict=True):
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            text = json.dumps([files.read(name).decode() for name in files.namelist()])
        assert {word.lower() for word in re.findall(r"canary\d+x", text, re.IGNORECASE)} == {
            person.display_name.lower()
        }
