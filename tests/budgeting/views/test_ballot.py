"""The voter's pages: what they show to whom, and what each press of a button does."""

import json
import re
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgeting import link_secret
from budgeting.domain.box import seal
from budgeting.enums import BallotStyle, PhaseKind
from budgeting.models import Ballot, BallotBox, BallotDraft, Project, RollEntry
from tests.budgeting.voting import contents, current_choices, end_voting, ids, make_voting, vote
from tests.factories import (
    NeighbourhoodFactory,
    RegisterEntryFactory,
    VerifiedParticipantFactory,
    make_budget,
)

pytestmark = pytest.mark.django_db

NUMBER = r'name="{name}" value="([^"]+)"'


class Booth:
    """A voter's browser at one budget."""

    def __init__(self, user=None, **options):
        self.client = Client(**options)
        if user is not None:
            self.client.force_login(user)

    def url(self, area, step="") -> str:
        return area.budget.url_of("vote") + f"{area.pk}/{step}"

    def choose(self, area, *places, action="check", **fields):
        return self.client.post(self.url(area), {"choices": ids(area, *places), "action": action, **fields})

    def summary(self, area):
        page = self.client.get(self.url(area, "check/"))
        html = page.content.decode()
        return {
            "choices": re.findall(NUMBER.format(name="choices"), html),
            "idempotency_key": re.search(NUMBER.format(name="idempotency_key"), html)[1],
        }

    def cast(self, area, *places):
        self.choose(area, *places)
        return self.client.post(self.url(area, "check/"), self.summary(area))


@pytest.fixture
def area(db):
    return make_voting()


def box_of(area) -> BallotBox:
    return BallotBox.objects.get(budget=area.budget)


# My ballots


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


def queries_of(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


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


# Filling in


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


# Casting


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


# The receipt


def test_the_receipt_is_mailed_once_and_kept_nowhere(resident, area):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    tracker = re.search(r'id="receipt">([^<]+)<', booth.client.get(url).content.decode())[1]

    for _press in range(3):
        booth.client.post(url)

    assert [message.to for message in mail.outbox] == [[resident.email]]
    assert tracker in mail.outbox[0].body
    from participation.models import OutgoingMail

    assert not OutgoingMail.objects.exists()
    session = json.dumps(dict(booth.client.session.items()))
    assert tracker not in session
    assert Ballot.objects.get().tracker_digest not in session


def test_a_mail_that_cannot_be_sent_is_told(resident, area, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    booth = Booth(resident)
    url = booth.cast(area, 0).url

    html = booth.client.post(url, follow=True).content.decode()

    assert "The mail could not be sent." in html
    assert "Mail it to me" in html


def test_v14_a_receipt_is_a_404_to_everybody_else(resident, area):
    own, other = Booth(resident), Booth(VerifiedParticipantFactory().user)
    url = own.cast(area, 0).url

    missing = other.client.get(own.url(area, "receipt/").replace(f"/{area.pk}/", "/999999/"))
    refused = other.client.get(url)

    assert own.client.get(url).status_code == 200
    assert (missing.status_code, refused.status_code) == (404, 404)

    pages = [without_tokens(answer.content.decode()) for answer in (missing, refused)]
    assert pages[0].replace("999999", str(area.pk)) == pages[1]


def test_a_session_taken_over_by_somebody_else_shows_no_receipt(resident, area):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    kept = booth.client.session["ballot_receipt"]
    thief = Booth(VerifiedParticipantFactory().user)
    session = thief.client.session
    session["ballot_receipt"] = kept
    session.save()

    assert thief.client.get(url).status_code == 404


def test_a_receipt_is_not_shown_after_a_while(resident, area):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    session = booth.client.session
    session["ballot_receipt"] = {**session["ballot_receipt"], "at": timezone.now().timestamp() - 1801}
    session.save()

    assert booth.client.get(url).status_code == 404


def test_a_receipt_goes_with_the_seal(resident, area, officer, django_capture_on_commit_callbacks):
    booth = Booth(resident)
    url = booth.cast(area, 0).url
    with django_capture_on_commit_callbacks(execute=True):
        seal(end_voting(box_of(area)), by=officer)

    assert booth.client.get(url).status_code == 404


# Who and how


def without_tokens(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


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
