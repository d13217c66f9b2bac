"""Results in the API, and none before they are published."""

import hashlib

import pytest
from django.test import Client

from budgeting.models import BallotBox, Count
from tests.budgeting.api.world import make_published

pytestmark = pytest.mark.django_db


def test_result_tells_who_won_and_where_to_check(client):
    box = make_published()
    count = Count.objects.get()
    project = count.results.get().project

    entry = client.get(f"/api/v1/results/{count.pk}/").json()

    for moment in ("counted_at", "published_at"):
        assert entry.pop(moment)
    page = "http://testserver/published/"
    assert entry == {
        "id": count.pk,
        "budget": box.budget_id,
        "area": count.area_id,
        "is_official": True,
        "rule": {"rule": "equal-shares"},
        "engine_version": "1",
        "ballots": 12,
        "amount_cents": 100_000_00,
        "spent_cents": 10_000_00,
        "comparison": {},
        "analysis": {},
        "currency": "EUR",
        "funded_projects": [project.pk],
        "files": [
            {
                "kind": kind,
                "name": name,
                "size": 7,
                "sha256": hashlib.sha256(b"content").hexdigest(),
                "url": f"{page}files/{name.replace('.', '-')}/",
            }
            for kind, name in (("ballots", f"{count.area_id}.pb"), ("outcome", f"{count.area_id}.json"))
        ],
        "url": f"{page}results/{count.area_id}/",
        "projects": [
            {
                "project": project.pk,
                "code": project.code,
                "title": project.title,
                "cost_cents": 10_000_00,
                "position": 0,
                "votes": 11,
                "score": 11,
                "is_funded": True,
                "reason": {"kind": "bought"},
            }
        ],
    }


def test_file_is_where_the_result_says(client):
    make_published()

    for file in client.get("/api/v1/results/").json()["results"][0]["files"]:
        content = client.get(file["url"]).content

        assert len(content) == file["size"]
        assert hashlib.sha256(content).hexdigest() == file["sha256"]


@pytest.mark.parametrize("who", ["stranger", "citizen", "resident", "moderator", "editor", "officer"])
def test_V19_nothing_is_told_before_publication(who, request):
    box = make_published()
    published_at = box.published_at
    BallotBox.objects.update(published_at=None)
    count = Count.objects.get()
    client = Client()
    if who != "stranger":
        client.force_login(request.getfixturevalue(who))

    def seen() -> list:
        lists = [
            client.get(f"/api/v1/results/{query}").json()["count"] for query in ("", f"?area={count.area_id}")
        ]
        return [*lists, client.get(f"/api/v1/results/{count.pk}/").status_code]

    assert seen() == [0, 0, 404]
    BallotBox.objects.update(published_at=published_at)
    assert seen() == [1, 1, 200]


def test_list_is_narrowed_and_ordered(client):
    make_published(2)
    first, second = Count.objects.order_by("area")
    Count.objects.filter(pk=second.pk).update(is_official=False, ballots=99)

    def ids(query: str = "") -> list[int]:
        return [count["id"] for count in client.get(f"/api/v1/results/?{query}").json()["results"]]

    assert sorted(ids()) == [first.pk, second.pk]
    assert ids("ordering=-ballots") == [second.pk, first.pk]
    assert ids("kind=official") == [first.pk]
    assert ids(f"area={second.area_id}&kind=comparison") == [second.pk]
    assert ids(f"budget={first.box.budget_id + 1}") == []
