"""Areas in the API."""

import pytest

from tests.factories import AreaFactory, NeighbourhoodFactory, make_budget

pytestmark = pytest.mark.django_db


def test_area_tells_its_money_and_its_ballot(client):
    area = AreaFactory(
        name="Harbour",
        amount_cents=12_345_67,
        ballot_style="knapsack",
        max_choices=None,
        rule="greedy",
        neighbourhood=NeighbourhoodFactory(name="Old Harbour"),
    )

    entry = client.get(f"/api/v1/areas/{area.pk}/").json()

    assert entry == {
        "id": area.pk,
        "budget": area.budget_id,
        "name": "Harbour",
        "neighbourhood": "Old Harbour",
        "amount_cents": 12_345_67,
        "currency": "EUR",
        "ballot_style": "knapsack",
        "max_choices": None,
        "rule": "greedy",
    }


def test_whole_city_has_no_neighbourhood(client):
    area = AreaFactory()

    assert client.get(f"/api/v1/areas/{area.pk}/").json()["neighbourhood"] is None


def test_areas_are_narrowed_to_a_budget_and_found_by_name(client):
    north = AreaFactory(name="North", amount_cents=5)
    south = AreaFactory(name="South", amount_cents=9, budget=north.budget)
    other = AreaFactory(name="North", budget=make_budget(slug="other"))

    def ids(query: str) -> list[int]:
        return [area["id"] for area in client.get(f"/api/v1/areas/?{query}").json()["results"]]

    assert ids("") == [north.pk, south.pk, other.pk]
    assert ids(f"budget={north.budget_id}&ordering=-amount") == [south.pk, north.pk]
    assert ids("q=north") == [north.pk, other.pk]


def test_P4_area_of_a_draft_is_missing(client):
    area = AreaFactory(budget=make_budget(live=False))

    assert client.get("/api/v1/areas/").json()["count"] == 0
    assert client.get(f"/api/v1/areas/{area.pk}/").status_code == 404
