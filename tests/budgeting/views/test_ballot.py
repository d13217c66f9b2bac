"""The voter's pages: the own ballots, filling one in, and casting it."""

import re
import uuid

import pytest

from budgeting import link_secret
from budgeting.enums import BallotStyle, PhaseKind
from budgeting.models import Ballot, BallotDraft, Project
from tests.budgeting.booth import Booth, box_of, queries_of
from tests.budgeting.voting import contents, current_choices, end_voting, ids, make_voting
from tests.factories import (
    NeighbourhoodFactory,
    VerifiedParticipantFactory,
    make_budget,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(db):
    return make_voting()


def test_a_resident_sees_the_own_ballots_and_their_stages(resident):
    budget = make_budget(phase=PhaseKind.VOTING)
    city = make_voting(budget=budget, name="Whole city", frozen=False)
    home = make_voting(
        budget=budget, name="Home", neighbourhood=resident.participant.neighbourhood, frozen=False
    )
    make_voting(budget=budget, name="Elsewhere", neighbourhood=NeighbourhoodFactory())
    booth = Booth(resident)
    booth.choose(home, 1, action="save")
    booth.cast(city, 0)

    html = booth.client.get(budget.url_of("vote")).content.decode()

    stages = re.findall(r'<span class="status[^>]*>(?:<svg.*?</svg>)?([^<]+)</span>\s*<h3[^>]*>([^<]+)', html)
    assert stages == [("cast", "Whole city"), ("draft saved", "Home")]
    assert city.projects.first().title in html


@pytest.mark.parametrize("who", ["stranger", "citizen"])
def test_who_cannot_vote_yet_is_told_the_way(area, request, who):
    user = request.getfixturevalue(who)
    booth = Booth(user if user.is_authenticated else None)

    html = booth.client.get(area.budget.url_of("vote")).content.decode()

    assert (html.count("/account/login/?next=%2Fbudget%2Fvote%2F") == 2) is (who == "stranger")
    assert ('href="/me/verify/"' in html) is (who == "citizen")
    assert area.projects.first().title not in html


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (PhaseKind.REVIEW, "Voting opens on"),
        (PhaseKind.VOTING, "Voting is open until"),
        (PhaseKind.COUNTING, "Voting closed on"),
    ],
)
def test_the_page_says_what_time_it_is(resident, phase, words):
    area = make_voting(phase=phase, frozen=False)

    html = Booth(resident).client.get(area.budget.url_of("vote")).content.decode()

    assert words in html


def test_a_vote_without_projects_says_so(resident):
    area = make_voting(costs=(), frozen=False)

    response = Booth(resident).client.get(area.budget.url_of("vote"))

    assert response.status_code == 200
    assert "There is no project on the ballot yet" in response.content.decode()


def test_after_the_close_only_the_taking_part_is_told(resident, area):
    booth = Booth(resident)
    booth.cast(area, 1)
    end_voting(box_of(area))

    html = booth.client.get(area.budget.url_of("vote")).content.decode()

    assert "You took part in this vote." in html
    assert area.projects.all()[1].title not in html


def test_my_ballots_take_the_same_number_of_queries(resident):
    numbers = []
    for areas in (1, 5):
        budget = make_budget(phase=PhaseKind.VOTING, slug=f"budget-{areas}")
        for number in range(areas):
            area = make_voting(budget=budget, frozen=number == areas - 1)
        booth = Booth(resident)
        booth.choose(area, 0, action="save")
        numbers.append(queries_of(booth.client, budget.url_of("vote")))

    # Six of them are about the vote; the rest finds the page and fills the frame.
    assert numbers[0] == numbers[1] <= 26


def test_the_ballot_lists_each_project_with_cost_and_own_name(resident, area):
    html = Booth(resident).client.get(Booth().url(area)).content.decode()

    boxes = re.findall(r'<input type="checkbox" id="([^"]+)" name="choices" value="(\d+)"', html)
    assert sorted(int(value) for _id, value in boxes) == ids(area, 0, 1, 2, 3)
    labels = re.findall(r'<label class="ballot__label" for="([^"]+)">([^<]+)', html)
    assert [name for name, _text in labels] == [name for name, _value in boxes]
    assert len({text for _name, text in labels}) == 4
    assert "€40,000" in html


def test_v22_each_voter_has_an_own_order_that_stays():
    area = make_voting(costs=(1_000_00,) * 12)
    orders = set()
    for _number in range(4):
        booth = Booth(VerifiedParticipantFactory().user)
        pages = [booth.client.get(booth.url(area)).content.decode() for _again in range(2)]
        first, second = (tuple(re.findall(r'name="choices" value="(\d+)"', page)) for page in pages)
        assert first == second
        orders.add(first)

    assert len(orders) > 1


def test_a_draft_is_saved_and_found_again(resident, area):
    booth = Booth(resident)

    response = booth.choose(area, 0, 2, action="save")
    html = booth.client.get(response.url).content.decode()

    assert response.status_code == 302
    assert "Your draft is saved." in html
    checked = re.findall(r'value="(\d+)" data-cents="\d+" checked', html)
    assert sorted(map(int, checked)) == ids(area, 0, 2)
    assert not Ballot.objects.exists()


def test_f27_without_javascript_a_button_tells_the_total(resident):
    area = make_voting(ballot_style=BallotStyle.KNAPSACK, max_choices=None)
    booth = Booth(resident)

    response = booth.choose(area, 0, 3, action="total")
    html = response.content.decode()

    assert response.status_code == 200
    assert "€10,000 left" in html
    assert "With this project your ballot costs €10,000 too much." in html
    assert not BallotDraft.objects.exists()


def test_a_project_beyond_the_limit_stays_choosable_and_says_why(resident):
    area = make_voting(ballot_style=BallotStyle.KNAPSACK, max_choices=None)

    html = Booth(resident).choose(area, 0, 3, action="total").content.decode()

    described = re.findall(
        r'<input type="checkbox" id="(\S+)"[^>]*aria-describedby="\1-cost \1-reason"', html
    )
    assert len(described) == 2
    assert "disabled" not in re.sub(
        r'aria-disabled="false"', "", html.split("<fieldset>")[1].split("</fieldset>")[0]
    )


@pytest.mark.parametrize(
    ("style", "places", "words"),
    [
        (BallotStyle.APPROVAL, (0, 1, 2, 3), "Please choose at most 3 projects."),
        (BallotStyle.APPROVAL, (), "Please choose at least one project."),
        (BallotStyle.KNAPSACK, (2, 3), "which is €10,000 too much"),
    ],
)
def test_a_ballot_beyond_the_limits_comes_back_with_the_reason(resident, style, places, words):
    area = make_voting(ballot_style=style)
    response = Booth(resident).choose(area, *places)
    html = response.content.decode()

    assert response.status_code == 400
    assert words in html
    assert html.count(" checked ") == len(places)
    assert not BallotDraft.objects.exists()


@pytest.mark.parametrize(
    "value", ["abc", "-1", "1.0", "٣", "9" * 400, "0", "999999", "1\x00", "{{7*7}}", "' OR 1=1"]
)
@pytest.mark.parametrize("action", ["save", "check", "total"])
def test_v13_f20_anything_but_a_project_of_this_ballot_is_refused(resident, area, value, action):
    booth = Booth(resident)
    booth.cast(area, 0)
    before = contents(box_of(area)), current_choices(area)

    response = booth.client.post(
        booth.url(area), {"choices": [str(ids(area, 1)[0]), value], "action": action}
    )
    summary = booth.client.post(
        booth.url(area, "check/"), {"choices": [value], "idempotency_key": str(uuid.uuid4())}
    )

    assert (response.status_code, summary.status_code) == (
        200 if action == "total" and value in ("0", "999999") else 400,
        400,
    )
    assert (contents(box_of(area)), current_choices(area)) == before


def test_a_ballot_is_checked_cast_and_receipted(resident, area):
    booth = Booth(resident)

    chosen = booth.choose(area, 2, 0)
    summary = booth.client.get(chosen.url).content.decode()
    cast = booth.cast(area, 2, 0)
    receipt = booth.client.get(cast.url).content.decode()

    assert chosen.url == booth.url(area, "check/")
    assert "€40,000" in summary
    assert cast.url == booth.url(area, "receipt/")
    tracker = re.search(r'id="receipt">([A-Z2-7-]+)<', receipt)[1]
    assert link_secret.tracker_digest(tracker) == Ballot.objects.get().tracker_digest
    assert "<svg" in receipt.split('id="receipt"')[1].split("</section>")[0]
    assert current_choices(area) == [ids(area, 0, 2)]


def test_v17_the_same_page_sent_five_times_casts_once(resident, area):
    booth = Booth(resident)
    booth.choose(area, 1)
    page = booth.summary(area)

    receipts = []
    for _press in range(5):
        response = booth.client.post(booth.url(area, "check/"), page)
        receipts.append(
            re.search(r'id="receipt">([^<]+)<', booth.client.get(response.url).content.decode())[1]
        )

    assert len(set(receipts)) == 1
    assert Ballot.objects.count() == 1


def test_v17_the_same_page_with_other_choices_is_refused(resident, area):
    booth = Booth(resident)
    booth.choose(area, 1)
    page = booth.summary(area)
    booth.client.post(booth.url(area, "check/"), page)

    response = booth.client.post(booth.url(area, "check/"), {**page, "choices": ids(area, 2)})

    assert response.status_code == 422
    assert current_choices(area) == [ids(area, 1)]


def test_v18_after_a_refusal_the_corrected_ballot_is_taken(resident, area):
    booth = Booth(resident)
    booth.choose(area, 1)
    page = booth.summary(area)

    refused = booth.client.post(booth.url(area, "check/"), {**page, "choices": ids(area, 0, 1, 2, 3)})
    taken = booth.client.post(booth.url(area, "check/"), page)

    assert (refused.status_code, taken.status_code) == (400, 302)
    assert current_choices(area) == [ids(area, 1)]


@pytest.mark.parametrize("key", ["", "nonsense", "0" * 40])
def test_a_cast_without_a_key_is_sent_back(resident, area, key):
    response = Booth(resident).client.post(
        Booth().url(area, "check/"), {"choices": ids(area, 0), "idempotency_key": key}
    )

    assert response.status_code == 400
    assert not Ballot.objects.exists()


def test_v7_a_ballot_that_comes_late_is_told_closed(resident, area):
    booth = Booth(resident)
    booth.choose(area, 1)
    page = booth.summary(area)
    end_voting(box_of(area))

    response = booth.client.post(booth.url(area, "check/"), page)

    assert response.status_code == 409
    assert "Voting has closed" in response.content.decode()
    assert not Ballot.objects.exists()


def test_v8_p21_fields_that_are_not_asked_for_decide_nothing(resident):
    early = make_voting(frozen=False, phase=PhaseKind.REVIEW)
    late = make_voting(budget=make_budget(phase=PhaseKind.VOTING, slug="now"))
    forged = {
        "now": "2030-01-01T00:00:00Z",
        "opens_at": "2000-01-01",
        "phase": "voting",
        "status": "cast",
        "version": "9",
        "channel": "paper",
        "link_key": "a" * 64,
        "is_current": "",
        "voter": "1",
        "box": "1",
        "id": str(uuid.uuid4()),
    }
    booth = Booth(resident)

    refused = booth.client.post(
        booth.url(early, "check/"), {"choices": ids(early, 0), "idempotency_key": str(uuid.uuid4()), **forged}
    )
    booth.choose(late, 0)
    booth.client.post(booth.url(late, "check/"), {**booth.summary(late), **forged})

    assert refused.status_code == 409
    ballot = Ballot.objects.get()
    assert (ballot.version, ballot.channel, ballot.is_current, ballot.area) == (1, "web", True, late)
    assert str(ballot.pk) != forged["id"]
    assert ballot.link_key != forged["link_key"]


def test_a_lost_secret_is_a_clear_refusal(resident, area):
    booth = Booth(resident)
    link_secret.path_of(box_of(area).public_id).unlink()

    response = booth.client.get(booth.url(area))

    assert response.status_code == 503
    assert "cannot take votes at this moment" in response.content.decode()


def test_x1_a_title_that_looks_like_code_is_only_text(resident):
    area = make_voting(frozen=False, name="<b>Pots</b>")
    title = "<img src=x onerror=alert(1)>{{7*7}}"
    Project.objects.update(title=title, summary="<script>alert(2)</script>")
    booth = Booth(resident)

    pages = [
        booth.client.get(booth.url(area)),
        booth.choose(area, 0, action="total"),
        booth.client.get(booth.choose(area, 0).url),
        booth.client.get(booth.cast(area, 0).url),
        booth.client.get(area.budget.url_of("vote")),
    ]

    for page in pages:
        html = page.content.decode()
        assert "<img src=x" not in html
        assert "<script>alert" not in html
        assert "<b>Pots" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in pages[0].content.decode()
