"""The pages of committees: what a resident finds and does, and that nothing of a private one is seen from outside."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.domain.membership import add_seat, declare_interest, seat_person
from participation.enums import AccessLevel, JoinRequestState, Privacy, SeatRole
from participation.map_layers import LAYERS
from participation.models import Committee, CommitteesPage, Membership, Seat
from participation.queries.committee import vacant_seats
from tests.factories import NeighbourhoodFactory, ParticipantFactory, let_in, make_committee

pytestmark = pytest.mark.django_db
SECRET = "Zebra Panel"


@pytest.fixture
def committee():
    return make_committee("Quarter Committee", neighbourhood=NeighbourhoodFactory(name="Old Quay"))


@pytest.fixture
def listing(committee):
    return committee.get_parent().add_child(
        instance=CommitteesPage(title="Committees", slug="committees", show_in_menus=True)
    )


@pytest.fixture
def leader(committee):
    return let_in(committee, ParticipantFactory(display_name="Lea Lead"), AccessLevel.LEAD).user


@pytest.fixture
def hidden(leader):
    committee = make_committee(SECRET, privacy=Privacy.PRIVATE, summary=f"{SECRET} decides")
    let_in(committee, leader.participant, AccessLevel.LEAD)
    seat = add_seat(committee, role=SeatRole.MEMBER, title=f"{SECRET} seat", by=leader)
    membership = seat_person(
        seat, participant=None, name=f"{SECRET} person", from_on=timezone.localdate(), by=leader
    )
    declare_interest(membership, text=f"{SECRET} interest", by=leader)
    add_seat(committee, role=SeatRole.MEMBER, title=f"{SECRET} vacant", by=leader)
    return committee


def test_a_resident_finds_the_committee_applies_and_is_seated(client, listing, committee, leader, resident):
    seat = add_seat(committee, role=SeatRole.MEMBER, title="Parents", by=leader)
    assert "Quarter Committee" in client.get(listing.url, {"q": "quarter"}).content.decode()
    client.force_login(resident)
    assert f"join/seat/{seat.pk}/" in client.get(committee.url).content.decode()

    client.post(committee.url_of("apply", seat.pk), {"why": "Two children there."})
    asked = committee.join_requests.get()
    client.force_login(leader)
    assert "Two children there." in client.get(committee.url_of("request", asked.pk)).content.decode()
    client.post(committee.url_of("request", asked.pk), {"accept": "1", "answer": ""})

    assert Membership.objects.get(seat=seat).participant == resident.participant
    page = client.get(committee.url_of("members")).content.decode()
    assert resident.participant.display_name in page


def test_no_without_a_reason_changes_nothing_and_says_so(client, committee, leader, citizen):
    client.force_login(citizen)
    client.post(committee.url_of("join"), {"why": ""})
    asked = committee.join_requests.get()
    client.force_login(leader)

    answer = client.post(committee.url_of("request", asked.pk), {"decline": "1", "answer": " "})

    assert "Please write a reason" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == JoinRequestState.OPEN


def test_a_taken_seat_names_who_has_it(client, committee, leader):
    seat = add_seat(committee, role=SeatRole.MEMBER, by=leader)
    today = timezone.localdate()
    seat_person(seat, participant=None, name="Frau Krause", from_on=today, by=leader)
    client.force_login(leader)

    answer = client.post(
        committee.url_of("seat", seat.pk), {"action": "give", "name": "Herr Kurz", "from_on": str(today)}
    )

    assert "Frau Krause has this seat" in answer.content.decode()
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "citizen", "moderator", "editor"])
def test_p4_nothing_of_a_private_committee_is_seen_from_outside(client, hidden, listing, who, request):
    if who != "stranger":
        client.force_login(request.getfixturevalue(who))

    for address in (
        listing.url,
        f"{listing.url}?q=zebra",
        f"{listing.url}?kind=neighbourhood",
        "/api/v1/committees/",
        "/api/v1/committees/?q=zebra",
        "/api/v1/committees/?ordering=newest",
        "/",
    ):
        assert SECRET not in client.get(address).content.decode(), address
    for name in ("committee", "members", "join", "lead", "settings", "people"):
        answer = client.get(hidden.url_of(name))
        assert (answer.status_code, SECRET in answer.content.decode()) == (404, False), name
    assert SECRET not in str([point.title for layer in LAYERS for point in layer.points()])
    assert not vacant_seats(timezone.localdate()).filter(committee=hidden).exists()
    assert hidden.get_sitemap_urls() == []


def test_p4_there_was_something_to_see(client, hidden, listing, leader):
    client.force_login(leader)

    assert SECRET in client.get(listing.url).content.decode()
    assert SECRET in client.get(hidden.url).content.decode()
    assert f"{SECRET} interest" in client.get(hidden.url_of("members")).content.decode()
    Committee.objects.filter(pk=hidden.pk).update(privacy=Privacy.TRANSPARENT)
    client.logout()
    assert SECRET in client.get("/api/v1/committees/").content.decode()
    assert Committee.objects.get(pk=hidden.pk).get_sitemap_urls() != []


def test_list_asks_the_same_whatever_the_number_of_committees(client, listing):
    by = ParticipantFactory(user__is_superuser=True).user

    def fill(number: int, start: int) -> None:
        for each in range(start, start + number):
            made = make_committee(f"Circle {each}", neighbourhood=NeighbourhoodFactory())
            add_seat(made, role=SeatRole.MEMBER, by=by)

    def asked() -> int:
        client.get(listing.url)  # what menus and choices need is kept for a while
        with CaptureQueriesContext(connection) as queries:
            assert client.get(listing.url).status_code == 200
        return len(queries)

    fill(2, 0)
    few = asked()
    fill(28, 2)

    assert asked() == few
    assert few <= 14


def rows(*lines: str) -> io.BytesIO:
    file = io.BytesIO("\n".join(lines).encode())
    file.name = "members.csv"
    return file


def test_a_list_of_members_is_looked_at_first_and_then_brought_in(client, committee, leader):
    client.force_login(leader)
    address = committee.url_of("members_in")
    lines = (
        "name,role,seat,from_on,until_on,email",
        "Ada Able,chair,,2026-01-01,2036-01-01,",
        "Bo Best,member,Parents,,,",
        "Cy Cole,member,,,,cy@example.org",
    )

    looked_at = client.post(address, {"file": rows(*lines)})
    assert Seat.objects.count() == 0
    sha256 = looked_at.context["again"].initial["sha256"]
    answer = client.post(address, {"file": rows(*lines), "sha256": sha256})
    assert answer.status_code == 302, answer.context["again"].errors

    assert sorted(Membership.objects.values_list("name", flat=True)) == ["Ada Able", "Bo Best"]
    assert committee.invitations.get().email == "cy@example.org"
    assert committee.seats.count() == 3


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Bo Best,king,,,,", "There is no role “king”"),
        (",member,,,,", "Write a name"),
        ("Bo Best,member,,31.12.2026,,", "“31.12.2026” in from_on is no day"),
        ("Bo Best,member,,,2020-01-01,", "The term is over already"),
        ("Bo Best,member,,2026-01-01,2099-01-01,", "A term lasts at most twelve years"),
        ("Bo Best,member,,,,bo at home", "“bo at home” is no e-mail address"),
        ("Ada Able,member,,,,", "Ada Able is on line 2 already"),
        ("Bo Best,chair,,,,", "The committee has a chair already"),
        ("Bo Best,member,,", "Line 3 has 4 cells"),
    ],
)
def test_f19_a_wrong_line_is_named_and_nothing_is_brought_in(client, committee, leader, line, words):
    client.force_login(leader)
    lines = ("name,role,seat,from_on,until_on,email", "Ada Able,chair,,,,", line)

    answer = client.post(committee.url_of("members_in"), {"file": rows(*lines)})

    assert words in answer.content.decode()
    assert answer.context["again"] is None
    assert not Membership.objects.exists()


def test_a_circle_is_started_as_a_draft_that_only_editors_see(client, listing, citizen):
    client.force_login(citizen)

    client.post(listing.url_of("start_circle"), {"title": "Bees", "topic": "beekeeping", "summary": "Hives."})

    circle = Committee.objects.get(title="Bees")
    assert (circle.live, circle.privacy, circle.topic) == (False, Privacy.OPEN, "beekeeping")
    assert client.get(circle.get_url() or "/committees/bees/").status_code == 404
    assert "Bees" not in client.get(listing.url).content.decode()
    assert circle.memberships.get().participant == citizen.participant


def test_x1_names_are_text(client, committee, leader):
    seat = add_seat(committee, role=SeatRole.MEMBER, title="<svg onload=alert(1)>", by=leader)
    seat_person(
        seat, participant=None, name="<img src=x onerror=alert(1)>", from_on=timezone.localdate(), by=leader
    )

    for name in ("committee", "members"):
        page = client.get(committee.url_of(name)).content.decode()
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
