"""A month without a secretary: what is due, told on a page and once a month by mail."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.domain.attendance import close_meeting
from participation.domain.decision import give_action
from participation.domain.due import tell_leaders_what_is_due
from participation.domain.minutes import check_minutes, draft_minutes
from participation.enums import AccessLevel
from participation.models import Membership
from participation.queries.due import due_for
from tests.participation.meetings import in_session, keeper_of, let_in, make_committee, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


def words(committee) -> list[str]:
    return [each.words for each in due_for(committee, timezone.now())]


def test_what_is_due_from_the_plan_to_the_minutes(committee, keeper, clock):
    assert words(committee) == ["Plan the next meeting: none is planned for the next three months."]
    meeting, members = in_session(committee, by=keeper, members=1)
    close_meeting(meeting, by=keeper)
    make_meeting(committee, by=keeper, days=10, announced=False, title="Next")
    give_action(committee, by=keeper, text="Old", who="Mia", due_on=dt.date(2026, 5, 1))
    Membership.objects.filter(pk=members[0].pk).update(until_on=dt.date(2026, 6, 1))

    assert words(committee) == [
        "1 thing that somebody wanted to do is overdue.",
        "Announce the meeting “Next” of 14 May 2026.",
        "Draft the minutes of “Meeting” of 4 May 2026.",
        "The term of Member 1 ends on 1 June 2026. Plan an election, or prolong it.",
    ]
    minutes = draft_minutes(meeting, by=keeper)
    assert "Check the minutes of “Meeting” of 4 May 2026." in words(committee)
    check_minutes(minutes, by=let_in(committee, AccessLevel.LEAD).user)
    assert "Let a meeting approve the minutes of “Meeting” of 4 May 2026." in words(committee)


def test_a_list_ten_times_as_long_costs_the_same(committee, keeper, clock):
    def cost() -> int:
        due_for(committee, timezone.now())  # what is kept of the site's paths
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert due_for(committee, timezone.now())
        return len(queries)

    make_meeting(committee, by=keeper, days=1, announced=False)
    few = cost()
    for day in range(2, 12):
        make_meeting(committee, by=keeper, days=day, announced=False)

    assert cost() == few


def test_who_leads_hears_of_it_once_a_month(committee, keeper, clock, capsys):
    chair = let_in(committee, AccessLevel.LEAD)

    call_command("tell_what_is_due")
    call_command("tell_what_is_due")
    clock.shift(dt.timedelta(days=31))

    assert capsys.readouterr().out.split("\n")[:2] == ["1 told", "0 told"]
    assert tell_leaders_what_is_due() == 1
    notice = chair.notifications.order_by("pk").first()
    assert notice.title == "What is due: Harbour committee"
    assert notice.text == "• Plan the next meeting: none is planned for the next three months."
    assert notice.path == committee.url_of("due")
    assert not keeper.participant.notifications.filter(kind="participation.due").exists()
