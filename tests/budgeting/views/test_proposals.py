"""The list of proposals and its map: what is in it, for whom, in which order, at which cost."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from budgeting.enums import ProposalStatus
from budgeting.models import Area, Proposal, Support
from budgeting.queries.proposal import cards_of
from budgeting.templatetags import proposals as proposal_cards
from participation.models import Comment
from tests.budgeting.proposing import crowded
from tests.factories import AreaFactory, OrganisationFactory, ParticipantFactory, ProposalFactory, make_budget
from tests.participation.payloads import PAYLOADS

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


def titles(response):
    return re.findall(r'class="card__link" href="[^"]+">([^<]+)<', response.content.decode())


def test_the_list_shows_public_proposals_only(area, client):
    shown = {
        ProposalFactory(area=area, status=status).title for status in ("submitted", "accepted", "rejected")
    }
    hidden = [ProposalFactory(area=area, status=status, title=f"Secret {status}") for status in SECRET]

    response = client.get(LIST)

    assert set(titles(response)) == shown
    assert "Secret" not in response.content.decode()
    assert len(hidden) == 3


def test_p4_drafts_leak_into_no_list_map_or_page_of_the_budget(area, client):
    for status in SECRET:
        ProposalFactory(area=area, status=status, title=f"Canary {status}", latitude=50, longitude=9)
    ProposalFactory(area=area, latitude=50, longitude=9)

    for address in ("/budget/", LIST, LIST + "?q=canary", LIST + "points/", LIST + "points/?q=canary"):
        body = client.get(address).content.decode()
        # The searched word itself stands in the search field.
        assert "Canary" not in body


def test_other_budgets_proposals_stay_there(area, client):
    ProposalFactory(area=AreaFactory(budget=make_budget(slug="other")), title="Elsewhere")

    assert titles(client.get(LIST)) == []


def test_s11_the_filter_kept_for_all_shows_nobodys_search(area, client):
    ProposalFactory(area=area, title="Harbour school")
    plain = client.get(LIST).content.decode()

    searched = client.get(LIST, {"q": "canary", "status": "accepted"}).content.decode()
    again = client.get(LIST).content.decode()

    form = re.compile(r'<form class="filter".*?</form>', re.DOTALL)
    assert 'value="canary"' in searched
    assert '<option value="accepted" selected>' in searched
    assert form.search(again)[0] == form.search(plain)[0]
    assert "canary" not in again
    assert f'<option value="{area.pk}">Old Harbour</option>' in again


def test_filters_narrow_the_list_and_the_map_alike(area, client):
    harbour = ProposalFactory(area=area, title="Harbour school", latitude=50, longitude=9)
    hill = AreaFactory(budget=area.budget, name="Hill")
    school = OrganisationFactory(name="School 7")
    ProposalFactory(
        area=hill, title="Hill choir", status="accepted", organisation=school, latitude=50, longitude=9
    )

    for query, expected in [
        (f"area={area.pk}", ["Harbour school"]),
        (f"organisation={school.pk}", ["Hill choir"]),
        ("status=accepted", ["Hill choir"]),
        ("q=choir+HILL", ["Hill choir"]),
        ("q=school&status=accepted", []),
    ]:
        cache.clear()
        listed = titles(client.get(f"{LIST}?{query}"))
        points = client.get(f"{LIST}points/?{query}").json()["points"]
        assert listed == expected
        assert [point[3] for point in points] == expected
    assert harbour.area == area


@pytest.mark.parametrize("words", ["CAFÉ", "cafe", "café", "mend CAFE"])
def test_search_minds_neither_case_nor_accents(words, area, client):
    ProposalFactory(area=area, title="Repair Café", description="We mend lamps")
    ProposalFactory(area=area, title="Choir")

    assert titles(client.get(LIST, {"q": words})) == ["Repair Café"]


def test_search_takes_signs_as_they_are(area, client):
    ProposalFactory(area=area, title="100 % (really) [all]")
    ProposalFactory(area=area, title="Choir")

    for words in ("100 %", "(really)", "[all]"):
        assert titles(client.get(LIST, {"q": words})) == ["100 % (really) [all]"]
    for words in (".*", "^", "%", "_", "\\"):
        assert "Choir" not in titles(client.get(LIST, {"q": words}))


def test_no_result_and_no_proposal_yet_say_what_to_do(area, client):
    assert "There are no proposals yet" in client.get(LIST).content.decode()

    ProposalFactory(area=area)

    assert "No proposal fits your search" in client.get(LIST, {"q": "zzz"}).content.decode()


def test_v22_each_visitor_has_an_own_order_that_stays(area, client, client_factory):
    for number in range(12):
        ProposalFactory(area=area, title=f"Proposal {number}")

    first = titles(client.get(LIST))
    again = titles(client.get(LIST))
    others = {tuple(titles(client_factory().get(LIST))) for _visitor in range(5)}

    assert first == again
    assert sorted(first) == sorted(titles(client_factory().get(LIST)))
    assert len(others) > 1


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client


def test_newest_and_most_supported_first(area, client):
    old, new = ProposalFactory(area=area, title="Old"), ProposalFactory(area=area, title="New")
    Support.objects.create(proposal=old, participant=ParticipantFactory())

    assert titles(client.get(LIST, {"order": "newest"})) == ["New", "Old"]
    assert titles(client.get(LIST, {"order": "supported"})) == ["Old", "New"]
    assert new.pk > old.pk


def test_pages_of_24_hold_everything_once(area, client):
    for number in range(30):
        ProposalFactory(area=area, title=f"Proposal {number}")

    first, second = titles(client.get(LIST)), titles(client.get(LIST, {"page": 2}))

    assert (len(first), len(second)) == (24, 6)
    assert len(set(first) | set(second)) == 30


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1e9", "9" * 6, "9" * 5000, "١", "\x00", "1' OR 1=1"])
def test_d12_odd_page_numbers_give_a_page(page, area, client):
    ProposalFactory(area=area, title="Only one")

    response = client.get(LIST, {"page": page})

    assert response.status_code == 200
    assert titles(response) == ["Only one"]


def test_p3_parameters_that_are_no_filters_change_nothing(area, client):
    for number in range(3):
        ProposalFactory(area=area, title=f"Proposal {number}")
    plain = titles(client.get(LIST))

    for query in [
        "author__email__startswith=a",
        "author__user__password__regex=.*",
        "ordering=author__password",
        "order=author__user__email",
        "status=draft",
        "status=hidden",
        "area=abc",
        "area=1e9999",
        "organisation=-1",
        "area__budget__id=1",
        "budget=1",
    ]:
        assert titles(client.get(f"{LIST}?{query}")) == plain


@pytest.mark.parametrize("name", ["q", "area", "status", "organisation", "order", "page"])
def test_x3_no_parameter_comes_back_unescaped(name, area, client):
    ProposalFactory(area=area)

    for payload in PAYLOADS:
        response = client.get(LIST, {name: payload})
        assert response.status_code == 200
        if "<" in payload:
            assert payload not in response.content.decode()


def test_the_list_costs_twelve_queries_at_any_size(area, client):
    def cost():
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    for number in range(3):
        crowded(ProposalFactory(area=area, latitude=50, longitude=9), number)
    small = cost()
    for number in range(27):
        crowded(ProposalFactory(area=area, latitude=50, longitude=9), number)

    assert cost() == small
    assert small <= 12


def test_map_points_are_small_and_hold_no_person(area, client):
    proposal = ProposalFactory(area=area, latitude="53.551234", longitude="9.993456")
    ProposalFactory(area=area)

    response = client.get(LIST + "points/")

    assert response.json() == {
        "base": "/budget/proposals/",
        "points": [[proposal.pk, 53.55123, 9.99346, proposal.title]],
    }
    assert response.headers["Cache-Control"] == "public, max-age=60"
    tag = response.headers["ETag"]
    assert client.get(LIST + "points/", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_itself_holds_no_point(area, client):
    ProposalFactory(area=area, latitude="53.551234", longitude="9.993456")

    body = client.get(LIST).content.decode()

    assert "53.55" not in body
    assert 'data-points="/budget/proposals/points/"' in body


def changes_of(proposal):
    """Every change that a card tells, as (what is done, the words it must show at once)."""
    return [
        (lambda: Proposal.objects.filter(pk=proposal.pk).update(title="Bread school"), "Bread school"),
        (lambda: Proposal.objects.filter(pk=proposal.pk).update(summary="We bake."), "We bake."),
        (lambda: Proposal.objects.filter(pk=proposal.pk).update(cost_cents=777_00), "777"),
        (lambda: Proposal.objects.filter(pk=proposal.pk).update(status="rejected"), "Not feasible"),
        (lambda: Area.objects.filter(pk=proposal.area.pk).update(name="New Harbour"), "New Harbour"),
        (
            lambda: Support.objects.create(proposal=proposal, participant=ParticipantFactory()),
            "1 supports it",
        ),
        (
            lambda: Comment.objects.create(
                discussion=proposal.discussion, author=ParticipantFactory(), text="Yes"
            ),
            "1 comment",
        ),
    ]


def test_a_card_that_is_kept_tells_every_change_at_once(area, client):
    proposal = ProposalFactory(area=area, title="Cake school")

    def cards():
        return re.search(r'<ul class="grid">.*?</ul>\s*<', client.get(LIST).content.decode(), re.DOTALL)[0]

    for change, words in changes_of(proposal):
        assert words not in cards()
        change()
        assert words in cards()
    Proposal.objects.filter(pk=proposal.pk).update(status="hidden")
    assert titles(client.get(LIST)) == []


def test_a_card_that_is_kept_is_not_drawn_twice_nor_in_another_language(area, client):
    ProposalFactory(area=area, cost_cents=12_345_00)
    client.get(LIST)
    drawn = proposal_cards._drawn.cache_info().misses

    client.get(LIST)
    assert proposal_cards._drawn.cache_info().misses == drawn

    with override("de"):
        render_card(area)
    assert proposal_cards._drawn.cache_info().misses == drawn + 1


def render_card(area):
    proposal = cards_of(list(Proposal.objects.filter(area=area).values_list("pk", flat=True)))[0]
    return proposal_cards.proposal_card(proposal, area.budget, LIST, "h2")
