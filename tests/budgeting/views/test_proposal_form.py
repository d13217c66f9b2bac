"""Writing a proposal: handing in, drafts, refusals, withdrawing."""

import re

import pytest
from django.core.cache import cache

from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Proposal
from tests.budgeting.proposing import posted
from tests.factories import AreaFactory, ProposalFactory, make_budget

pytestmark = pytest.mark.django_db

LIST = "/budget/proposals/"
NEW = "/budget/proposals/new/"
SECRET = [ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN, ProposalStatus.HIDDEN]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def area():
    return AreaFactory(name="Old Harbour")


def test_a_stranger_is_sent_to_sign_in_and_back(area, client):
    response = client.get(NEW)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/account/login/?next={NEW}"


def test_handing_in_from_the_form(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, submit="1"))

    proposal = Proposal.objects.get()
    assert response.headers["Location"] == f"{LIST}{proposal.pk}/"
    assert (proposal.status, proposal.author, proposal.cost_cents) == (
        "submitted",
        citizen.participant,
        12_500_00,
    )


def test_saving_a_draft_from_the_form(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, {"title": "An idea", "draft": "1"})

    assert response.headers["Location"] == "/budget/proposals/mine/"
    assert Proposal.objects.get().status == ProposalStatus.DRAFT
    assert "An idea" in client.get("/budget/proposals/mine/").content.decode()


def test_what_is_missing_is_told_at_its_field_and_the_text_stays(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, {"title": "An idea", "description": "My text", "submit": "1"})

    body = response.content.decode()
    assert response.status_code == 400
    assert "Please check this" in body
    assert 'href="#id_summary"' in body
    assert "My text" in body
    assert not Proposal.objects.exists()


def test_p21_extra_fields_change_nothing(area, client, citizen, resident):
    client.force_login(citizen)

    client.post(
        NEW,
        posted(
            area,
            draft="1",
            status="accepted",
            author=str(resident.participant.pk),
            id="999",
            submitted_at="2020-01-01",
            budget="1",
            discussion="1",
        ),
    )

    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.author, proposal.submitted_at) == ("draft", citizen.participant, None)
    assert proposal.pk != 999


def test_f22_a_conflict_keeps_the_text_and_the_next_save_works(area, client, citizen):
    proposal = ProposalFactory(area=area, author=citizen.participant)
    client.force_login(citizen)
    address = f"{LIST}{proposal.pk}/edit/"
    assert client.post(address, posted(area, title="First")).status_code == 302

    response = client.post(address, posted(area, title="Second"))

    body = response.content.decode()
    proposal.refresh_from_db()
    assert response.status_code == 409
    assert proposal.title == "First"
    assert 'value="Second"' in body
    assert "Somebody else has changed this proposal" in body
    version = re.search(r'name="version" value="(\d+)"', body)[1]
    assert client.post(address, posted(area, title="Second", version=version)).status_code == 302


@pytest.mark.parametrize(
    "cost",
    [
        "1_0", "１２", "١٢", "true", "NaN", "Infinity", "1e5", "1E999999", "-5", "+5", "0x10", "12,5,0", "1.234",
        "0", "0.00", "12.", ".5", "12 €", "1,00", "99999999999999999999", "١٢٫٥", "12\u200b0", "½", "1 2",
    ],
)  # fmt: skip
def test_d4_odd_amounts_are_refused(cost, area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, cost_cents=cost, submit="1"))

    assert response.status_code == 400
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "coordinate",
    ["1_0", "١٢", "NaN", "inf", "1e1", "91", "-91", "true", "0x1", "53,5,1", "--5", "5.5.5", "north"],
)
def test_x15_odd_coordinates_are_refused(coordinate, area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, place_latitude=coordinate, place_longitude="9.9", submit="1"))

    assert response.status_code == 400
    assert not Proposal.objects.exists()


def test_half_a_place_is_refused(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, place_latitude="53.5", submit="1"))

    assert "both numbers" in response.content.decode()


@pytest.mark.parametrize("learners", ["0", "-1", "1.5", "1e3", "١٢", "99999999", "many", "1_0"])
def test_d4_odd_numbers_of_learners_are_refused(learners, area, client, citizen):
    client.force_login(citizen)

    assert client.post(NEW, posted(area, learners=learners, submit="1")).status_code == 400


def test_the_form_is_closed_outside_the_call(client, citizen):
    make_budget(phase=PhaseKind.REVIEW)
    client.force_login(citizen)

    response = client.get(NEW)

    assert response.status_code == 409
    assert "call for proposals is not open" in response.content.decode()


def test_withdrawing_asks_first(area, client, citizen):
    proposal = ProposalFactory(area=area, author=citizen.participant)
    client.force_login(citizen)
    address = f"{LIST}{proposal.pk}/withdraw/"

    assert "Yes, withdraw it" in client.get(address).content.decode()
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED
    client.post(address)

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.WITHDRAWN


def test_p22_my_proposals_are_only_mine(area, client, citizen, resident):
    ProposalFactory(area=area, author=citizen.participant, title="Mine", status="draft")
    ProposalFactory(area=area, author=resident.participant, title="Theirs", status="draft")
    client.force_login(citizen)

    body = client.get("/budget/proposals/mine/").content.decode()

    assert "Mine" in body
    assert "Theirs" not in body
