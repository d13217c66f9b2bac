"""Reports and doubles in the Wagtail admin: who gets in, what is shown, and what a press does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.domain.report import report_error
from mapping.enums import PlaceStatus, ReportState
from mapping.models import LearningPlace, PlaceReport, Stewardship
from mapping.queries.doubles import possible_doubles
from tests.factories import PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db

QUEUE = "/admin/places/reports/"


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def place(db):
    return PlaceFactory(name="Mending room")


def reported(place, by, **kwargs):
    return report_error(place, by=by, **({"kind": "hours", "text": "Open until six."} | kwargs))


def test_the_queue_shows_each_place_once_with_its_number_and_a_badge(client, place, moderator, stranger):
    reported(place, stranger)
    reported(place, stranger, kind="moved")
    reported(PlaceFactory(name="Town hall"), stranger)
    client.force_login(moderator)

    response = client.get(QUEUE)

    rows = [(row.name, row.report_count) for row in response.context["object_list"]]
    assert rows == [("Mending room", 2), ("Town hall", 1)]
    assert "Reported errors (3)" in response.content.decode()
    assert [row.name for row in client.get(f"{QUEUE}?kind=moved").context["object_list"]] == ["Mending room"]
    assert [row.name for row in client.get(f"{QUEUE}?q=hall").context["object_list"]] == ["Town hall"]


def test_the_queue_costs_the_same_for_thirty_places(client, place, moderator, stranger):
    reported(place, stranger)
    client.force_login(moderator)
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        client.get(QUEUE)
    for other in PlaceFactory.create_batch(20):
        reported(other, stranger)

    with CaptureQueriesContext(connection) as many:
        client.get(QUEUE)

    assert len(many) <= len(few)


def test_a_moderator_answers_and_goes_on_with_the_rest(client, place, moderator, stranger):
    first, second = reported(place, stranger), reported(place, stranger, kind="moved")
    client.force_login(moderator)
    address = f"{QUEUE}{place.pk}/"
    assert "Open until six." in client.get(address).content.decode()

    refused = client.post(address, {"reports": first.pk, "state": "kept"})
    assert refused.status_code == 400
    assert "Please write why the entry stays" in refused.content.decode()
    rest = client.post(address, {"reports": first.pk, "state": "kept", "answer": "We called."})
    done = client.post(address, {"reports": second.pk, "state": "mended"})

    assert (rest.headers["Location"], done.headers["Location"]) == (address, QUEUE)
    assert sorted(PlaceReport.objects.values_list("state", flat=True)) == [
        ReportState.KEPT,
        ReportState.MENDED,
    ]
    assert "We called." in client.get(address).content.decode()


def test_who_does_not_moderate_the_map_gets_nowhere(client, place, officer, citizen, stranger):
    reported(place, stranger)
    double = PlaceFactory(name="Mending room")
    for user in (officer, citizen):
        client.force_login(user)
        for address in (
            QUEUE,
            f"{QUEUE}{place.pk}/",
            "/admin/places/doubles/",
            f"/admin/places/merge/{place.pk}/{double.pk}/",
        ):
            assert client.get(address).status_code == 302
            assert client.post(address, {"keep": place.pk}).status_code == 302
    double.refresh_from_db()
    assert double.status == PlaceStatus.PUBLISHED


def test_a_place_without_reports_has_no_page_of_them(client, place, moderator):
    client.force_login(moderator)
    assert client.get(f"{QUEUE}{place.pk}/").status_code == 404


def test_doubles_are_near_and_called_alike_or_have_no_point(place):
    near = PlaceFactory(name="The mending-room", latitude="53.550500")
    PlaceFactory(name="Mending room", latitude="53.560000")  # a kilometre away
    PlaceFactory(name="Chess club")
    pointless = PlaceFactory(name="Digital garden", latitude=None, longitude=None)
    garden = PlaceFactory(name="Digital garden", latitude="53.600000")

    doubles = possible_doubles()

    assert [({pair.first, pair.second}, pair.metres) for pair in doubles.pairs] == [
        ({pointless, garden}, None),
        ({place, near}, 56),
    ]
    assert (doubles.number, doubles.is_complete) == (2, True)


def test_doubles_are_found_across_the_edges_of_the_grid_and_each_once():
    """Against the plain way: every pair of sixty places that lie around many edges."""
    import random

    from participation.foundation.distance import distance_m

    rng = random.Random(7)
    rows = [
        PlaceFactory(
            name="Quince and Juniper",
            latitude=f"{53.55 + rng.uniform(0, 0.004):.6f}",
            longitude=f"{9.99 + rng.uniform(0, 0.008):.6f}",
        )
        for _number in range(30)
    ]
    points = [(row.pk, float(row.latitude), float(row.longitude)) for row in rows]
    plain = {
        frozenset((one[0], two[0]))
        for number, one in enumerate(points)
        for two in points[:number]
        if distance_m(*one[1:], *two[1:]) <= 100
    }

    found = [frozenset((pair.first.pk, pair.second.pk)) for pair in possible_doubles().pairs]

    assert len(found) == len(set(found))
    assert set(found) == plain
    assert plain


def test_doubles_take_the_same_queries_however_many(place):
    PlaceFactory(name="Mending room")
    with CaptureQueriesContext(connection) as few:
        assert len(possible_doubles().pairs) == 1
    PlaceFactory.create_batch(4, name="Mending room")

    with CaptureQueriesContext(connection) as many:
        assert len(possible_doubles().pairs) == 15

    assert len(many) == len(few)


def test_a_moderator_compares_merges_and_takes_apart_again(client, place, citizen, moderator, stranger):
    double = PlaceFactory(name="The mending room", street="Mill Lane 3")
    Stewardship.objects.create(place=double, participant=citizen.participant)
    reported(double, stranger)
    client.force_login(moderator)
    page = client.get("/admin/places/doubles/").content.decode()
    address = f"/admin/places/merge/{place.pk}/{double.pk}/"
    assert address in page
    assert "Mill Lane 3" in client.get(address).content.decode()

    client.post(address, {"keep": place.pk})

    double.refresh_from_db()
    assert (double.status, double.successor) == (PlaceStatus.MERGED, place)
    assert place.stewardships.get().participant == citizen.participant
    assert place.reports.count() == 1
    assert client.get(f"/places/{double.pk}/").status_code == 301

    client.post(address, {"apart": double.pk})

    double.refresh_from_db()
    assert (double.status, double.successor) == (PlaceStatus.PUBLISHED, None)
    assert client.get(f"/places/{double.pk}/").status_code == 200


def test_any_two_entries_are_compared_by_number_or_address(client, place, moderator):
    other = PlaceFactory(name="Chess club")
    client.force_login(moderator)

    def ask(first, second):
        return client.post("/admin/places/doubles/", {"first": first, "second": second})

    assert ask(place.pk, f"http://city.example/places/{other.pk}/").headers["Location"] == (
        f"/admin/places/merge/{place.pk}/{other.pk}/"
    )
    for second in (place.pk, "", "nothing", "9" * 19, "9" * 40):
        assert ask(place.pk, second).status_code == 400
    assert client.get(f"/admin/places/merge/{place.pk}/{place.pk}/").status_code == 404


def test_a_press_without_a_choice_changes_nothing(client, place, moderator):
    other = PlaceFactory()
    client.force_login(moderator)
    for keep in ("", "x", "0"):
        client.post(f"/admin/places/merge/{place.pk}/{other.pk}/", {"keep": keep})
    assert LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).count() == 2
