"""Calendars: of all public committees for everybody, and one's own behind a secret address that can be taken away."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.enums import AccessLevel, Privacy
from participation.models import CalendarKey, CommitteeAccess, CommitteesPage
from tests.factories import let_in, make_committee
from tests.participation.meetings import keeper_of, make_meeting

pytestmark = pytest.mark.django_db

OWN = "/notices/calendar/"


@pytest.fixture
def committees(clock):
    """A public committee and a private one, each with a meeting to come and one being planned."""
    made = {}
    for privacy in (Privacy.TRANSPARENT, Privacy.PRIVATE):
        committee = make_committee(f"{privacy} committee", privacy=privacy, slug=str(privacy))
        keeper = keeper_of(committee)
        make_meeting(committee, by=keeper, title=f"{privacy} meeting")
        make_meeting(committee, by=keeper, announced=False, title=f"{privacy} plan")
        made[privacy] = committee
    return made


@pytest.fixture
def page(committees):
    home = committees[Privacy.PRIVATE].get_parent()
    return home.add_child(instance=CommitteesPage(title="Committees", slug="committees"))


def summaries(response) -> list[str]:
    return re.findall(r"SUMMARY:(.*)\r\n", response.content.decode())


def make_address(client) -> str:
    html = client.post(OWN).content.decode()
    return re.search(rf"{OWN}[\w-]+/meetings\.ics", html)[0]


def test_everybody_subscribes_to_all_public_committees(client, page, committees, administrator):
    for user in (None, administrator):
        if user:
            client.force_login(user)
        for address in (page.url_of("committees_calendar"), "/api/v1/meetings/calendar.ics"):
            response = client.get(address)
            assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
            # The same for everybody, as caches keep it: not even who oversees all finds private ones here.
            assert summaries(response) == ["transparent meeting"]


def test_ones_own_calendar_has_private_committees_and_needs_no_session(client, committees, citizen):
    let_in(committees[Privacy.PRIVATE], citizen.participant, AccessLevel.READ)
    client.force_login(citizen)
    address = make_address(client)
    client.logout()

    response = client.get(address)

    assert summaries(response) == ["private meeting"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    key = address.split("/")[-2]
    assert len(key) == 43
    assert key not in str(CalendarKey.objects.values())


def test_it_shows_no_more_once_the_person_has_left(client, committees, citizen):
    let_in(committees[Privacy.PRIVATE], citizen.participant, AccessLevel.TAKE_PART)
    client.force_login(citizen)
    address = make_address(client)
    assert summaries(client.get(address)) == ["private meeting"]

    CommitteeAccess.objects.filter(participant=citizen.participant).delete()
    assert summaries(client.get(address)) == []


def test_a_new_address_and_none_at_all(client, citizen, committees):
    client.force_login(citizen)
    first = make_address(client)
    second = make_address(client)
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]
    assert second not in client.get(OWN).content.decode()

    client.post(OWN, {"revoke": "1"})
    assert client.get(second).status_code == 404
    assert not CalendarKey.objects.exists()


def test_wrong_keys_and_closed_accounts_find_nothing(client, citizen, committees):
    client.force_login(citizen)
    address = make_address(client)
    for wrong in ("x", "x" * 43, address.split("/")[-2][:-1]):
        assert client.get(f"{OWN}{wrong}/meetings.ics").status_code == 404
    type(citizen).objects.filter(pk=citizen.pk).update(is_active=False)
    client.logout()
    assert client.get(address).status_code == 404


def test_a_calendar_costs_the_same_with_many_meetings(client, committees, citizen):
    committee = committees[Privacy.PRIVATE]
    let_in(committee, citizen.participant, AccessLevel.READ)
    client.force_login(citizen)
    address = make_address(client)

    def cost() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    before = cost()
    keeper = keeper_of(committee)
    for day in range(1, 5):
        make_meeting(committee, by=keeper, days=day)
    assert cost() == before
