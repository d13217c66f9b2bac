"""Finding a date."""

import datetime as dt

import pytest
from django.utils import timezone

from participation.domain.date_poll import answer_dates, ask_for_dates, settle_date
from participation.enums import MeetingState, Privacy
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import DateAnswer, DatePoll
from tests.participation.meetings import keeper_of, let_in, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


def dates(*days: float):
    return [
        (timezone.now() + dt.timedelta(days=day), timezone.now() + dt.timedelta(days=day, hours=2))
        for day in days
    ]


def ask(committee, keeper, **more):
    return ask_for_dates(
        committee,
        by=keeper,
        **{"title": "Summer fair", "options": dates(5, 6), "closes_on": dt.date(2026, 5, 7), **more},
    )


def test_people_are_asked_answer_and_the_date_becomes_a_planned_meeting(committee, keeper):
    member = let_in(committee)
    poll = ask(committee, keeper)
    first, second = poll.options.all()
    answer_dates(poll, by=member.user, choices={first.pk: "no", second.pk: "yes"})
    answer_dates(poll, by=member.user, choices={first.pk: "maybe"})

    meeting = settle_date(poll, second, by=keeper)

    assert member.notifications.get().title == "When can you come? Summer fair"
    assert list(DateAnswer.objects.order_by("option").values_list("choice", flat=True)) == ["maybe", "yes"]
    assert (meeting.state, meeting.starts_at, meeting.title) == (
        MeetingState.DRAFT,
        second.starts_at,
        "Summer fair",
    )
    with pytest.raises(Conflict):
        answer_dates(poll, by=member.user, choices={first.pk: "yes"})
    with pytest.raises(Conflict):
        settle_date(poll, first, by=keeper)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"options": []}, "options"),
        ({"options": "past"}, "options"),
        ({"options": "many"}, "options"),
        ({"closes_on": dt.date(2026, 5, 1)}, "closes_on"),
        ({"closes_on": dt.date(2027, 5, 1)}, "closes_on"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(committee, keeper, wrong, field):
    given = {"past": dates(-1, 5), "many": dates(*range(1, 25))}
    wrong = {
        name: given.get(value, value) if isinstance(value, str) else value for name, value in wrong.items()
    }

    with pytest.raises(Invalid) as refusal:
        ask(committee, keeper, **wrong)

    assert refusal.value.field == field
    assert not DatePoll.objects.exists()


def test_only_who_takes_part_answers_and_only_to_what_is_offered(committee, keeper, citizen):
    poll, other = ask(committee, keeper), ask(committee, keeper)
    hidden = make_committee(Privacy.PRIVATE, "hidden")
    their = ask(hidden, let_in(hidden, 30).user)

    with pytest.raises(NotAllowed):
        answer_dates(poll, by=citizen, choices={})
    with pytest.raises(Missing):
        answer_dates(their, by=citizen, choices={})
    with pytest.raises(Invalid):
        answer_dates(poll, by=let_in(committee).user, choices={other.options.first().pk: "yes"})
    with pytest.raises(Missing):
        settle_date(poll, other.options.first(), by=keeper)
