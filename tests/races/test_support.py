"""Supports given at the same moment, on PostgreSQL with real connections."""

import threading
from functools import partial

from django.db import connection
from django.test import Client

from budgeting.domain import support as supporting
from budgeting.domain.proposal import hide_proposal
from budgeting.domain.review import decide
from budgeting.enums import PhaseKind
from budgeting.models import Project, Support
from participation.foundation.errors import Missing
from tests.factories import AreaFactory, ParticipantFactory, ProposalFactory, make_budget
from tests.races.conftest import at_once

AT_ONCE = 8


def all_at_once(work) -> list:
    return at_once([partial(work, number) for number in range(AT_ONCE)], workers=AT_ONCE)


def test_v1_eight_parallel_supports_make_one(citizen):
    proposal = ProposalFactory(area=AreaFactory())
    clients = [Client() for _number in range(AT_ONCE)]
    for client in clients:
        client.force_login(citizen)

    answers = all_at_once(lambda n: clients[n].post(f"/budget/proposals/{proposal.pk}/support/").status_code)

    assert answers == [302] * AT_ONCE
    assert Support.objects.filter(proposal=proposal).count() == 1


def test_v1_only_one_of_them_is_told_that_it_was_new(citizen):
    proposal = ProposalFactory(area=AreaFactory())

    answers = all_at_once(lambda _number: supporting.give_support(proposal, by=citizen))

    assert sorted(answers) == [False] * (AT_ONCE - 1) + [True]


def test_v1_without_the_constraint_there_would_be_more(citizen):
    """The negative control: check-then-insert and no constraint let several in, so the test above can fail."""
    proposal = ProposalFactory(area=AreaFactory())
    constraint = next(each for each in Support._meta.constraints if each.name == "one_support_per_person")
    both_looked = threading.Barrier(AT_ONCE)

    def careless(number):
        is_there = Support.objects.filter(proposal=proposal, participant=citizen.participant).exists()
        both_looked.wait(10)
        if not is_there:
            Support.objects.create(proposal=proposal, participant=citizen.participant)

    with connection.schema_editor() as editor:
        editor.remove_constraint(Support, constraint)
    try:
        all_at_once(careless)
        count = Support.objects.filter(proposal=proposal).count()
    finally:
        Support.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Support, constraint)

    assert count == AT_ONCE


def test_f29_supports_while_it_is_hidden_end_in_a_support_or_a_refusal(officer):
    proposal = ProposalFactory(area=AreaFactory())
    people = [ParticipantFactory().user for _number in range(AT_ONCE - 1)]

    def act(number):
        if number == 0:
            return hide_proposal(proposal, by=officer, reason="Insult").status
        return supporting.give_support(proposal, by=people[number - 1])

    answers = all_at_once(act)

    assert answers[0] == "hidden"
    assert all(answer is True or isinstance(answer, Missing) for answer in answers[1:])
    assert Support.objects.count() == sum(answer is True for answer in answers[1:])


def test_projects_decided_at_once_get_different_numbers(officer):
    area = AreaFactory(budget=make_budget(phase=PhaseKind.REVIEW))
    proposals = [ProposalFactory(area=area) for _number in range(AT_ONCE)]

    answers = all_at_once(
        lambda n: (
            decide(
                proposals[n], reviewer=officer, outcome="feasible", cost_cents=100_00, public_reason="Yes"
            ).outcome
        )
    )

    assert answers == ["feasible"] * AT_ONCE
    assert sorted(Project.objects.values_list("code", flat=True), key=int) == [
        str(n + 1) for n in range(AT_ONCE)
    ]
