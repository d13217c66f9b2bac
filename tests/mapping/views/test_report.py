"""The pages on which errors are reported and answered, and places are closed."""

import pytest

from mapping.domain.report import report_error
from mapping.enums import PlaceStatus, ReportState
from mapping.models import PlaceReport, Stewardship
from mapping.views.person import _KEY
from tests.factories import PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


@pytest.fixture
def place(db):
    return PlaceFactory(name="Mending room")


def reported(place, by, **kwargs):
    return report_error(place, by=by, **({"kind": "hours", "text": "Open until six."} | kwargs))


def test_a_stranger_reports_with_or_without_an_address(client, place):
    address = f"/places/{place.pk}/report/"
    page = client.get(address).content.decode()
    assert 'name="email"' in page

    first = client.post(address, {"kind": "hours", "text": "Open until six."}, follow=True)
    client.post(address, {"kind": "moved", "email": "me@example.org"})

    assert first.redirect_chain == [(f"/places/{place.pk}/", 302)]
    assert "Thank you! Somebody will look at it" in first.content.decode()
    assert list(PlaceReport.objects.order_by("pk").values_list("kind", "email")) == [
        ("hours", ""),
        ("moved", "me@example.org"),
    ]


def test_who_has_an_account_is_not_asked_for_an_address(client, place, citizen):
    client.force_login(citizen)
    address = f"/places/{place.pk}/report/"
    assert 'name="email"' not in client.get(address).content.decode()

    client.post(address, {"kind": "hours", "text": "x", "email": "me@example.org"})

    report = PlaceReport.objects.get()
    assert (report.participant, report.email) == (citizen.participant, "")


def test_mistakes_keep_what_was_typed(client, place):
    response = client.post(f"/places/{place.pk}/report/", {"text": "It is <b>late</b>", "email": "me"})

    words = response.content.decode()
    assert response.status_code == 400
    assert "Please choose what is wrong." in words
    assert "It is &lt;b&gt;late&lt;/b&gt;" in words
    assert not PlaceReport.objects.exists()


def test_what_is_not_public_is_missing(client):
    for status in (PlaceStatus.DRAFT, PlaceStatus.HIDDEN, PlaceStatus.CLOSED):
        address = f"/places/{PlaceFactory(status=status).pk}/report/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"kind": "hours"}).status_code == 404


def test_a_steward_answers_all_reports_of_a_place_at_once(client, place, citizen, stranger):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    rows = [reported(place, stranger), reported(place, stranger, kind="moved")]
    client.force_login(citizen)
    listed = client.get("/places/reports/").content.decode()
    assert "Open until six." in listed
    assert "It has moved" in listed

    response = client.post(
        f"/places/reports/{place.pk}/",
        {"reports": [row.pk for row in rows], "state": "mended", "answer": "Thank you!"},
        follow=True,
    )

    assert "2 reports are answered." in response.content.decode()
    assert not PlaceReport.objects.filter(state=ReportState.OPEN).exists()


def test_keeping_without_words_is_refused_in_the_form(client, place, citizen, stranger):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    row = reported(place, stranger)
    client.force_login(citizen)

    response = client.post(f"/places/reports/{place.pk}/", {"reports": row.pk, "state": "kept"})

    assert response.status_code == 400
    assert "Please write why the entry stays as it is." in response.content.decode()


def test_somebody_with_a_mailed_link_sees_and_answers_reports(client, place, stranger):
    from datetime import timedelta

    from django.utils import timezone

    Stewardship.objects.create(place=place, email="group@example.org")
    row = reported(place, stranger)
    assert "Mending room" not in client.get("/places/reports/").content.decode()
    session = client.session
    session[_KEY] = {
        "email": "group@example.org",
        "until": (timezone.now() + timedelta(hours=1)).isoformat(),
    }
    session.save()

    assert "Mending room" in client.get("/places/reports/").content.decode()
    client.post(f"/places/reports/{place.pk}/", {"reports": row.pk, "state": "mended"})

    row.refresh_from_db()
    assert (row.state, row.decided_by) == (ReportState.MENDED, None)


def test_others_do_not_see_that_there_are_reports(client, place, resident, stranger):
    reported(place, stranger)
    assert client.get(f"/places/reports/{place.pk}/").status_code == 404
    client.force_login(resident)
    assert client.get(f"/places/reports/{place.pk}/").status_code == 404
    assert "Mending room" not in client.get("/places/reports/").content.decode()


def test_a_steward_closes_with_a_successor_found_by_search(client, place, citizen):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    hall = PlaceFactory(name="Town hall workshop")
    client.force_login(citizen)
    address = f"/places/{place.pk}/close/"

    found = client.post(address, {"search": "1", "q": "town hall", "reason": "We move."})
    assert found.status_code == 200
    assert "Town hall workshop" in found.content.decode()
    assert "We move." in found.content.decode()
    client.post(address, {"q": "town hall", "successor": hall.pk, "reason": "We move."})

    place.refresh_from_db()
    assert (place.status, place.successor, place.status_reason) == (PlaceStatus.CLOSED, hall, "We move.")
    away = client.get(f"/places/{place.pk}/")
    assert (away.status_code, away.headers["Location"]) == (301, f"/places/{hall.pk}/")


def test_a_successor_that_was_not_offered_is_refused(client, place, citizen):
    Stewardship.objects.create(place=place, participant=citizen.participant)
    hidden = PlaceFactory(name="Hidden hall", status=PlaceStatus.HIDDEN)
    client.force_login(citizen)

    for successor in (hidden.pk, place.pk, "x", "9" * 40):
        response = client.post(f"/places/{place.pk}/close/", {"q": "hall", "successor": successor})
        assert response.status_code == 400
    place.refresh_from_db()
    assert place.is_public


def test_strangers_close_nothing_and_moderators_open_again(client, place, resident, moderator):
    address = f"/places/{place.pk}/close/"
    for user in (None, resident):
        if user:
            client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404
    client.force_login(moderator)
    client.post(address, {})
    assert "has closed" in client.get(f"/places/{place.pk}/").content.decode()
    assert client.get(address).status_code == 200

    client.post(address)

    place.refresh_from_db()
    assert place.is_public
