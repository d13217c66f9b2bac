"""Starring sessions: nameless, with an account, and from one to the other."""

import datetime as dt
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import call_command

from learning_events.domain import plan as plans
from learning_events.domain.plan import (
    adopt_plan,
    forget_old_plans,
    mail_plan_link,
    mark_seen,
    note_use,
    remove_plan,
    star_session,
    take_plan,
    unstar_session,
)
from learning_events.domain.session import cancel_session
from learning_events.models import Plan, PlannedSession
from learning_events.queries.plan import plan_of, plan_with_key, planned_ids, unseen_count
from participation.foundation.errors import Conflict, Invalid, Missing
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

NOBODY = AnonymousUser()


@pytest.fixture
def festival(db):
    return make_festival()


@pytest.fixture
def session(festival):
    return make_session(make_event(festival))


def another(festival, **facts):
    return make_session(make_event(festival, title="Stars above the roofs"), **facts)


def test_a_first_star_begins_a_nameless_programme(session):
    plan = star_session(session.pk, by=NOBODY)

    assert plan.participant is None
    assert planned_ids(NOBODY, plan.key) == {session.pk}


def test_keys_cannot_be_guessed(festival, session):
    keys = {star_session(session.pk, by=NOBODY).key for _each in range(5)}

    assert len(keys) == 5
    assert all(len(key) >= 32 for key in keys)


def test_starring_twice_is_starring_once(session):
    plan = star_session(session.pk, by=NOBODY)

    star_session(session.pk, by=NOBODY, key=plan.key)

    assert PlannedSession.objects.count() == 1
    assert Plan.objects.count() == 1


def test_a_session_nobody_may_see_cannot_be_starred(festival):
    hidden = make_session(make_event(festival, live=False))

    with pytest.raises(Missing):
        star_session(hidden.pk, by=NOBODY)
    assert not Plan.objects.exists()


def test_a_programme_is_full_at_some_point(festival, session, monkeypatch):
    monkeypatch.setattr(plans, "MOST_PLANNED", 1)
    plan = star_session(session.pk, by=NOBODY)

    with pytest.raises(Conflict):
        star_session(another(festival).pk, by=NOBODY, key=plan.key)


def test_a_star_can_be_taken_out(session):
    plan = star_session(session.pk, by=NOBODY)

    unstar_session(session.pk, by=NOBODY, key=plan.key)
    unstar_session(session.pk, by=NOBODY, key=plan.key)

    assert planned_ids(NOBODY, plan.key) == set()


def test_signing_in_takes_the_browsers_programme_into_the_account(session, citizen):
    plan = star_session(session.pk, by=NOBODY)

    adopt_plan(citizen, plan.key)

    assert plan_of(citizen, "").key == plan.key
    assert plan_of(NOBODY, plan.key) is None


def test_an_account_with_a_programme_gets_the_browsers_stars_and_both_feeds_go_on(festival, session, citizen):
    own = star_session(session.pk, by=citizen)
    nameless = star_session(another(festival).pk, by=NOBODY)

    adopt_plan(citizen, nameless.key)

    assert len(planned_ids(citizen, "")) == 2
    assert plan_with_key(nameless.key) == plan_with_key(own.key) == own


def test_the_next_star_takes_in_what_the_browser_kept(festival, session, citizen):
    nameless = star_session(session.pk, by=NOBODY)

    star_session(another(festival).pk, by=citizen, key=nameless.key)

    assert len(planned_ids(citizen, "")) == 2


def test_a_browsers_key_does_not_open_the_programme_of_an_account(session, citizen):
    own = star_session(session.pk, by=citizen)

    assert planned_ids(NOBODY, own.key) == set()
    assert star_session(session.pk, by=NOBODY, key=own.key) != own


def test_a_mailed_link_makes_two_browsers_share_one_programme(festival, session):
    laptop = star_session(session.pk, by=NOBODY)
    phone = star_session(another(festival).pk, by=NOBODY)

    taken = take_plan(laptop, by=NOBODY, key=phone.key)

    assert taken == laptop == plan_with_key(phone.key)
    assert len(planned_ids(NOBODY, laptop.key)) == 2


def test_the_link_of_somebodys_account_gives_a_copy(festival, session, citizen):
    own = star_session(session.pk, by=citizen)

    copy = take_plan(own, by=NOBODY)
    unstar_session(session.pk, by=NOBODY, key=copy.key)

    assert copy != own
    assert planned_ids(citizen, "") == {session.pk}


def test_taking_a_nameless_programme_into_an_account(session, citizen):
    nameless = star_session(session.pk, by=NOBODY)

    taken = take_plan(nameless, by=citizen)

    assert taken.participant == citizen.participant
    assert planned_ids(citizen, "") == {session.pk}
    assert plan_with_key(nameless.key) == taken


def test_what_changed_is_told_until_it_is_seen(session):
    plan = star_session(session.pk, by=NOBODY)
    cancel_session(session, reason="The oven is broken.", by=an_editor())
    assert unseen_count(plan) == 1

    mark_seen(plan)

    assert unseen_count(plan) == 0


@pytest.mark.django_db(transaction=True)
def test_the_link_is_mailed_and_the_address_forgotten():
    festival = make_festival()
    plan = star_session(make_session(make_event(festival)).pk, by=NOBODY)

    mail_plan_link(plan, festival, email="rosa@example.org")

    (letter,) = mail.outbox
    assert letter.to == ["rosa@example.org"]
    assert festival.url_of("plan", plan.key) in letter.body
    assert festival.url_of("plan_feed", plan.key) in letter.body


@pytest.mark.django_db(transaction=True)
def test_an_address_gets_few_links_an_hour_and_none_that_is_no_address():
    festival = make_festival()
    plan = star_session(make_session(make_event(festival)).pk, by=NOBODY)
    for _time in range(plans.LINKS_PER_HOUR):
        mail_plan_link(plan, festival, email="rosa@example.org")

    with pytest.raises(Conflict):
        mail_plan_link(plan, festival, email="Rosa@example.org")
    with pytest.raises(Invalid):
        mail_plan_link(plan, festival, email="rosa")


def test_a_removed_programme_is_gone(session):
    plan = star_session(session.pk, by=NOBODY)

    remove_plan(plan)

    assert plan_with_key(plan.key) is None


def test_nameless_programmes_are_forgotten_after_400_days_and_those_of_accounts_stay(session, citizen, clock):
    clock.move_to(dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    star_session(session.pk, by=NOBODY)
    kept = star_session(session.pk, by=citizen)

    clock.move_to(dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    call_command("forget_old_plans", stdout=(told := io.StringIO()))

    assert told.getvalue() == "1 forgotten\n"
    assert list(Plan.objects.all()) == [kept]


def test_a_programme_that_is_only_read_is_not_forgotten(session, clock):
    clock.move_to(dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    plan = star_session(session.pk, by=NOBODY)
    clock.move_to(dt.datetime(2025, 12, 1, tzinfo=dt.UTC))
    note_use(plan)

    clock.move_to(dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    assert forget_old_plans() == 0
