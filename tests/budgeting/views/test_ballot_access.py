"""Who has a ballot at all, and what no request may do to it."""

import json
import uuid

import pytest
from django.test import Client

from budgeting.enums import PhaseKind
from budgeting.models import Ballot, RollEntry
from tests.budgeting.booth import Booth, box_of, queries_of, without_tokens
from tests.budgeting.voting import contents, current_choices, ids, make_voting, vote
from tests.factories import (
    NeighbourhoodFactory,
    RegisterEntryFactory,
    VerifiedParticipantFactory,
    make_budget,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(db):
    return make_voting()


STEPS = ["", "check/", "receipt/"]


@pytest.mark.parametrize("step", STEPS)
def test_strangers_are_sent_to_sign_in(area, step):
    response = Client().get(Booth().url(area, step))

    assert (response.status_code, response.url.split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("role", ["citizen", "moderator", "officer", "editor", "administrator"])
def test_who_is_not_a_verified_resident_has_no_ballot(area, request, role):
    booth = Booth(request.getfixturevalue(role))

    assert booth.client.get(booth.url(area)).status_code == 409
    assert booth.choose(area, 0, action="save").status_code == 409
    response = booth.client.post(
        booth.url(area, "check/"), {"choices": ids(area, 0), "idempotency_key": str(uuid.uuid4())}
    )
    assert response.status_code == 409
    assert contents(box_of(area)) == {**contents(box_of(area)), "ballots": 0, "drafts": 0, "roll": 0}


def test_v14_ballots_of_other_neighbourhoods_are_like_none(resident):
    area = make_voting(neighbourhood=NeighbourhoodFactory())
    booth = Booth(resident)

    for number in (area.pk, area.pk + 999, 10**30):
        url = area.budget.url_of("vote") + f"{number}/"
        assert booth.client.get(url).status_code == 404
        assert booth.client.post(url, {"choices": ids(area, 0), "action": "save"}).status_code == 404


def test_v15_a_get_changes_nothing(resident, area):
    booth = Booth(resident)
    booth.cast(area, 0)
    booth.choose(area, 1, action="save")
    before = contents(box_of(area)), current_choices(area), dict(booth.client.session.items())
    values = f"?choices={ids(area, 2)[0]}&action=save&idempotency_key={uuid.uuid4()}"

    for step in STEPS:
        for method in (booth.client.get, booth.client.head):
            method(booth.url(area, step) + values)
    booth.client.get(area.budget.url_of("vote") + values)

    assert (contents(box_of(area)), current_choices(area), dict(booth.client.session.items())) == before


def test_v15_a_post_without_the_token_is_refused(resident, area):
    booth = Booth(resident, enforce_csrf_checks=True)

    for step in STEPS:
        response = booth.client.post(
            booth.url(area, step), {"choices": ids(area, 0), "idempotency_key": str(uuid.uuid4())}
        )
        assert response.status_code == 403

    assert not Ballot.objects.exists()


def test_v16_json_from_elsewhere_is_refused(resident, area):
    booth = Booth(resident, enforce_csrf_checks=True)
    body = json.dumps({"choices": ids(area, 0), "idempotency_key": str(uuid.uuid4())})

    response = booth.client.post(
        booth.url(area, "check/"), body, content_type="text/plain", headers={"origin": "https://evil.example"}
    )

    assert response.status_code == 403
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(resident, area, method):
    booth = Booth(resident)

    for url in (area.budget.url_of("vote"), *(booth.url(area, step) for step in STEPS)):
        assert getattr(booth.client, method)(url).status_code == 405


def test_s11_nothing_of_a_vote_may_be_cached(resident, area):
    booth = Booth(resident)
    responses = [
        Client().get(area.budget.url_of("vote")),
        Client().get(booth.url(area)),
        booth.client.get(area.budget.url_of("vote")),
        booth.client.get(booth.url(area)),
        booth.choose(area, 0, action="save"),
        booth.cast(area, 0),
        booth.client.get(booth.url(area, "receipt/")),
        booth.client.get(booth.url(area, "check/")),
    ]

    assert {response.headers["Cache-Control"] for response in responses} == {"private, no-store"}


def test_v14_no_address_names_a_ballot(resident, area):
    booth = Booth(resident)
    urls = [booth.choose(area, 0).url, booth.cast(area, 0).url]
    ballot = Ballot.objects.get()

    html = "".join(booth.client.get(url).content.decode() for url in [*urls, area.budget.url_of("vote")])

    assert str(ballot.pk) not in html
    assert ballot.link_key not in html


def test_v19_before_the_close_pages_are_the_same_with_and_without_votes(resident, area, officer):
    viewers = [Client(), Booth(resident).client, Booth(officer).client]
    urls = [area.budget.url_of("vote"), Booth().url(area)]

    def told():
        return [without_tokens(client.get(url).content.decode()) for client in viewers for url in urls]

    before = told()
    for _voter in range(7):
        vote(area, None, 1)

    assert told() == before
    assert Ballot.objects.count() == 7  # there was something to leak


def test_the_ballot_takes_the_same_number_of_queries(resident):
    numbers = []
    for projects in (3, 60):
        budget = make_budget(phase=PhaseKind.VOTING, slug=f"budget-{projects}")
        area = make_voting(costs=(1_000_00,) * projects, max_choices=None, budget=budget)
        booth = Booth(resident)
        booth.choose(area, 0, action="save")
        numbers.append(queries_of(booth.client, booth.url(area)))

    assert numbers[0] == numbers[1] <= 26


def test_v11_an_account_made_anew_sees_the_ballot_in_the_box(area):
    entry = RegisterEntryFactory()
    first = VerifiedParticipantFactory(register_entry=entry)
    Booth(first.user).cast(area, 1)
    first.user.delete()

    second = Booth(VerifiedParticipantFactory(register_entry=entry).user)

    assert "Your ballot in the box:" in second.client.get(area.budget.url_of("vote")).content.decode()
    second.cast(area, 2)
    assert current_choices(area) == [ids(area, 2)]
    assert RollEntry.objects.count() == 1
