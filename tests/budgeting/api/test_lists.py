"""What all lists of the API have in common: pages, parameters from a fixed list, errors in one shape, few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgeting.models import Ballot, Proposal
from tests.budgeting.api.world import NOUNS, make_published
from tests.factories import make_budget

pytestmark = pytest.mark.django_db


def error_of(response) -> dict:
    body = response.json()
    assert list(body) == ["error"]
    assert set(body["error"]) == {"code", "message", "fields", "details"}
    return body["error"]


@pytest.mark.parametrize("noun", NOUNS)
def test_list_is_a_page_of_what_there_is(client, noun):
    make_published(2)

    body = client.get(f"/api/v1/{noun}/?page_size=1").json()

    assert list(body) == ["count", "next", "previous", "results"]
    assert body["count"] == (1 if noun == "budgets" else 2)
    assert len(body["results"]) == 1
    assert body["previous"] is None
    entry = body["results"][0]
    assert client.get(f"/api/v1/{noun}/{entry['id']}/").json().items() >= entry.items()


@pytest.mark.parametrize("noun", NOUNS)
def test_thirty_rows_take_as_many_queries_as_one(client, noun):
    make_published(1)
    client.get(f"/api/v1/{noun}/")  # the cache of the sites' addresses is warm on a running server
    with CaptureQueriesContext(connection) as one:
        assert client.get(f"/api/v1/{noun}/").json()["count"] == 1
    if noun == "budgets":
        for number in range(29):
            make_budget(slug=f"more-{number}")
    else:
        make_published(29, slug="more")

    with CaptureQueriesContext(connection) as thirty:
        assert len(client.get(f"/api/v1/{noun}/").json()["results"]) == 30

    assert len(thirty) == len(one)
    assert len(one) <= 9


UNKNOWN = [
    "author__email__startswith=a",
    "budget__ballot_box__rules=1",
    "author=1",
    "status__in=draft",
    "id__gt=0",
    "format=html",
    "%00=1",
]
ORDERINGS = ["author__email", "-author__user__password", "pk", "?", "", "1;drop table", "support_count"]
ODD_NUMBERS = [
    *(
        "abc",
        "1e999999",
        "1e3",
        "1_0",
        "+1",
        " 1",
        "1.0",
        "-1",
        "0",
        "",
        "١",
        "true",
        "NaN",
        "1'--",
        "\0",
        "9" * 40,
    )
]
NO_PAGES = [
    ("page", "abc"),
    ("page", "last"),
    ("page", "0"),
    ("page", "1_0"),
    ("page_size", "1000000000"),
    ("page_size", "x"),
]


def assert_refused(response, field: str) -> None:
    assert response.status_code == 400
    assert list(error_of(response)["fields"]) == [field]


@pytest.mark.parametrize("noun", NOUNS)
def test_P3_unknown_parameter_is_refused_by_name(client, noun):
    make_published()

    for parameter in UNKNOWN:
        name = parameter.split("=")[0].replace("%00", "\0")
        assert_refused(client.get(f"/api/v1/{noun}/?{parameter}"), name)


@pytest.mark.parametrize("noun", NOUNS)
def test_P3_order_comes_from_a_fixed_list(client, noun):
    for ordering in ORDERINGS:
        assert_refused(client.get(f"/api/v1/{noun}/", {"ordering": ordering}), "ordering")


@pytest.mark.parametrize("noun", ["areas", "proposals", "projects", "results"])
def test_D4_D11_odd_number_is_refused(client, noun):
    for number in ODD_NUMBERS:
        assert_refused(client.get(f"/api/v1/{noun}/", {"budget": number}), "budget")


@pytest.mark.parametrize("noun", NOUNS)
def test_D12_page_that_is_none_is_refused(client, noun):
    for parameter, value in NO_PAGES:
        assert_refused(client.get(f"/api/v1/{noun}/", {parameter: value}), parameter)


@pytest.mark.parametrize("noun", NOUNS)
def test_D12_page_beyond_the_last_is_missing(client, noun):
    response = client.get(f"/api/v1/{noun}/?page=1000000000&page_size=100")

    assert response.status_code == 404
    assert error_of(response)["code"] == "not_found"


@pytest.mark.parametrize("noun", NOUNS)
def test_parameter_given_twice_is_refused(client, noun):
    assert_refused(client.get(f"/api/v1/{noun}/?page=1&page=2"), "page")


@pytest.mark.parametrize("noun", NOUNS)
def test_entry_that_is_not_there_is_missing(client, noun):
    for number in ("1", "999999999999999999999999999999"):
        response = client.get(f"/api/v1/{noun}/{number}/")

        assert response.status_code == 404
        assert error_of(response)["code"] == "not_found"


@pytest.mark.parametrize("noun", NOUNS)
def test_V16_P21_nothing_can_be_written(client, citizen, noun):
    make_published()
    client.force_login(citizen)
    before = list(Proposal.objects.values()), Ballot.objects.count()

    for path in (f"/api/v1/{noun}/", f"/api/v1/{noun}/1/"):
        for method in ("post", "put", "patch", "delete", "options"):
            response = getattr(client, method)(path, '{"status": "accepted"}', content_type="text/plain")
            assert response.status_code == 405

    assert (list(Proposal.objects.values()), Ballot.objects.count()) == before


@pytest.mark.parametrize("noun", NOUNS)
def test_S11_shared_cache_may_keep_what_all_get_alike(client, citizen, noun):
    make_published()

    of_stranger = client.get(f"/api/v1/{noun}/")
    client.force_login(citizen)
    of_citizen = client.get(f"/api/v1/{noun}/")

    assert of_stranger.content == of_citizen.content
    for response in (of_stranger, of_citizen):
        assert response["Cache-Control"] == "public, max-age=60"
        assert not response.cookies


@pytest.mark.parametrize("accept", ["text/html", "*/*", "application/xml", "x"])
def test_answer_is_json_whatever_is_wanted(client, accept):
    response = client.get("/api/v1/budgets/", headers={"Accept": accept})

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


def test_unchanged_answer_is_not_sent_again(client):
    make_published()
    first = client.get("/api/v1/budgets/")

    again = client.get("/api/v1/budgets/", headers={"If-None-Match": first["ETag"]})
    make_budget(slug="another")
    changed = client.get("/api/v1/budgets/", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert changed.status_code == 200


def test_error_is_kept_by_no_cache(client):
    assert client.get("/api/v1/budgets/?x=1")["Cache-Control"] == "no-store"
