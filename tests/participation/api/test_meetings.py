"""Meetings, decisions and action items in the API and as tables: what everybody may read, at a constant cost."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participation.domain.decision import give_action
from participation.domain.motion import cast_vote, close_vote, open_vote
from participation.enums import Privacy, VoteMethod
from tests.participation.meetings import a_motion, in_session, keeper_of, make_committee, make_meeting

pytestmark = pytest.mark.django_db
LISTS = ("meetings", "decisions", "action-items")


def a_committee(privacy: str = Privacy.TRANSPARENT, slug: str = "harbour"):
    """Return a committee with a meeting, a decision by roll call and an action item, and its keeper."""
    committee = make_committee(privacy, slug)
    keeper = keeper_of(committee)
    meeting, members = in_session(committee, by=keeper, members=2)
    motion = open_vote(a_motion(meeting, by=keeper, title="=1+1", method=VoteMethod.ROLL_CALL), by=keeper)
    for member in members:
        cast_vote(motion, member, choice="yes", by=keeper)
    close_vote(motion, by=keeper)
    give_action(committee, by=keeper, text="Buy paint", who="Mia")
    return committee, keeper


def test_everybody_reads_what_open_committees_do_and_nothing_of_private_ones(client, clock):
    committee, keeper = a_committee()
    a_committee(Privacy.PRIVATE, "hidden")
    make_meeting(committee, by=keeper, announced=False, title="Draft")

    found = {name: client.get(f"/api/v1/{name}/").json() for name in LISTS}

    assert {name: answer["count"] for name, answer in found.items()} == dict.fromkeys(LISTS, 1)
    assert {answer["results"][0]["committee"] for answer in found.values()} == {committee.pk}
    (decision,) = found["decisions"]["results"]
    assert (decision["number"], decision["method"], decision["yes"], decision["entitled"]) == (
        "2026-1",
        "roll-call",
        2,
        2,
    )
    assert "Member 1" not in str(found), "nobody's vote is in the open data"


@pytest.mark.parametrize("name", LISTS)
def test_a_private_entry_is_not_there(client, clock, name):
    a_committee(Privacy.PRIVATE, "hidden")
    hidden = {
        "meetings": "participation.Meeting",
        "decisions": "participation.Decision",
        "action-items": "participation.ActionItem",
    }[name]
    from django.apps import apps

    for row in apps.get_model(hidden).objects.all():
        assert client.get(f"/api/v1/{name}/{row.pk}/").status_code == 404
    assert apps.get_model(hidden).objects.exists()


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_with_one_row_and_with_five(client, clock, name):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/v1/{name}/").status_code == 200
        return len(queries)

    a_committee()
    client.get(f"/api/v1/{name}/")
    few = cost()
    for number in range(4):
        a_committee(slug=f"c{number}")

    assert cost() <= few


def test_lists_can_be_narrowed_and_refuse_what_they_do_not_know(client, clock):
    committee, _keeper = a_committee()
    a_committee(slug="other")

    assert client.get(f"/api/v1/decisions/?committee={committee.pk}").json()["count"] == 1
    assert (
        client.get("/api/v1/meetings/?state=running&starts_after=2026-05-01T00:00:00Z").json()["count"] == 2
    )
    assert client.get("/api/v1/meetings/?state=draft").status_code == 400
    assert client.get("/api/v1/action-items/?q=paint&state=open&ordering=newest").json()["count"] == 2
    assert client.get("/api/v1/action-items/?who=Mia").status_code == 400


def test_decisions_and_attendance_as_tables_without_names_and_formulas(client, clock):
    committee, keeper = a_committee()

    decisions = list(
        csv.DictReader(io.StringIO(client.get(committee.url_of("decisions_file", "csv")).content.decode()))
    )
    as_json = client.get(committee.url_of("decisions_file", "json")).json()
    attendance = client.get(committee.url_of("attendance_file", "json")).json()

    assert [(row["number"], row["title"], row["yes"]) for row in decisions] == [("2026-1", "'=1+1", "2")]
    assert [(row["number"], row["title"], row["yes"]) for row in as_json] == [("2026-1", "=1+1", 2)]
    assert attendance == [], "the meeting is still in session"
    assert client.get(committee.url_of("decisions_file", "xml")).status_code == 404
    from participation.domain.attendance import close_meeting

    close_meeting(committee.meetings.get(), by=keeper)
    (row,) = client.get(committee.url_of("attendance_file", "json")).json()
    assert (row["members"], row["members_came"], row["guests_came"]) == (2, 2, 0)
