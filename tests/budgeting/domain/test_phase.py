"""A phase that has begun is told once to who follows the budget or its neighbourhoods."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from budgeting.domain.phase import announce_phases
from budgeting.enums import PhaseKind
from participation.domain.announcement import tell_followers
from participation.models import Announcement
from participation.queries.announcement import readable_things
from tests.factories import AreaFactory, NeighbourhoodFactory, ParticipantFactory, make_budget
from tests.participation.following import follow

pytestmark = pytest.mark.django_db


def beginning(kind, *, since=dt.timedelta(hours=1), **facts):
    budget = make_budget(phase=kind, **facts)
    budget.phases.filter(kind=kind).update(opens_at=timezone.now() - since)
    return budget


def test_a_phase_that_begins_is_told_once(capsys):
    budget = beginning(PhaseKind.VOTING)
    harbour, hill = NeighbourhoodFactory(), NeighbourhoodFactory()
    AreaFactory(budget=budget, neighbourhood=harbour)
    of_budget, at_harbour, at_hill = (ParticipantFactory() for _number in range(3))
    follow([of_budget], "budget", budget.pk)
    follow([at_harbour], "neighbourhood", harbour.pk)
    follow([at_hill], "neighbourhood", hill.pk)

    call_command("announce_phases")
    assert announce_phases() == 0
    tell_followers()

    assert capsys.readouterr().out == "1 phases announced\n"
    for person in (of_budget, at_harbour):
        assert person.notifications.get().title == "Learning budget: voting has begun"
    assert not at_hill.notifications.exists()


def test_a_city_wide_budget_concerns_every_neighbourhood():
    AreaFactory(budget=beginning(PhaseKind.SUBMISSION))
    neighbour = ParticipantFactory()
    follow([neighbour], "neighbourhood", NeighbourhoodFactory().pk)

    announce_phases()
    tell_followers()

    assert neighbour.notifications.get().title == "Learning budget: the call for proposals is open"


def test_what_is_old_imported_or_not_public_is_no_news():
    beginning(PhaseKind.VOTING, since=dt.timedelta(days=4), slug="old")
    beginning(PhaseKind.VOTING, slug="imported", is_imported=True)
    beginning(PhaseKind.VOTING, slug="draft", live=False)

    assert announce_phases() == 0
    assert not Announcement.objects.exists()


def test_a_budget_behind_a_sign_in_is_nothing_to_follow():
    shown, closed = make_budget(slug="shown"), make_budget(slug="closed")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_budget(slug="draft", live=False)

    assert list(readable_things("budget", None)) == [str(shown.pk)]
