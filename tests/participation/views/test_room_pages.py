"""A room by plain forms: no script, no socket; and what nobody outside may find of a private one."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from participation.domain.minutes.drafting import told
from participation.domain.room import close_room, come_in, say
from participation.domain.room.opinion import forget_engines, observe
from participation.enums import AccessLevel, Privacy, RoomAccess
from participation.live.board import forget_boards
from participation.models import Room, RoomPerson, StatementVote
from tests.factories import ParticipantFactory
from tests.participation.meetings import keeper_of, let_in, make_committee, make_meeting
from tests.participation.rooms import fill, make_room, the_statement

pytestmark = pytest.mark.django_db
CANARY = "Zaunkönig"
WORDS = [f"Statement {number}" for number in range(8)]


@pytest.fixture(autouse=True)
def _nothing_of_another_test():
    forget_boards()
    forget_engines()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(room: Room, name: str, *more) -> str:
    return room.meeting.committee.url_of(name, room.meeting_id, *more)


def test_room_is_entered_from_the_meeting_and_by_its_code(client):
    room = make_room()

    meeting = client.get(page_of(room, "meeting"))
    typed = client.get(
        reverse("participation:enter_room"), {"code": f" {room.code.lower()[:3]}-{room.code[3:]} "}
    )

    assert page_of(room, "room") in meeting.content.decode()
    assert typed.headers["Location"] == page_of(room, "room")
    assert client.get(reverse("participation:room_by_code", args=[room.code])).status_code == 302
    wrong = client.get(reverse("participation:enter_room"), {"code": "XXXXXX"})
    assert (wrong.status_code, "We could not find that" in wrong.content.decode()) == (404, True)


def test_vote_by_a_form_leads_to_the_next_statement(citizen):
    room = make_room(statements=["Yes.", "No."])
    client = signed_in(citizen)
    first = the_statement(room, "Yes.")

    response = client.post(
        page_of(room, "act_in_room"), {"t": "vote", "statement": first.pk, "choice": "1"}, follow=True
    )

    assert response.status_code == 200
    assert "No." in response.content.decode()
    assert StatementVote.objects.get().statement == first
    wrong = client.post(page_of(room, "act_in_room"), {"t": "vote", "statement": first.pk, "choice": "7"})
    assert wrong.status_code == 400
    assert "agree, disagree or pass" in wrong.content.decode()
    gone = client.post(page_of(room, "act_in_room"), {"t": "vote", "statement": "999999", "choice": "1"})
    assert (gone.status_code, "not there any more" in gone.content.decode()) == (404, True)


def test_same_address_answers_json_to_a_script(citizen):
    room = make_room(statements=["Yes."])
    client = signed_in(citizen)
    sent = {"t": "say", "id": "k", "text": "More benches."}

    answers = [
        client.post(page_of(room, "act_in_room"), sent, headers={"Accept": "application/json"}).json()
        for _each in range(2)
    ]

    assert answers[0] == answers[1]
    assert [own["text"] for own in answers[0]["you"]["own"]] == ["More benches."]
    refused = client.post(
        page_of(room, "act_in_room"), {"t": "say", "text": ""}, headers={"Accept": "application/json"}
    )
    assert (refused.status_code, refused.json()["field"]) == (400, "text")


def test_statement_with_a_mistake_comes_back_with_what_was_typed(citizen):
    room = make_room()

    response = signed_in(citizen).post(page_of(room, "act_in_room"), {"t": "say", "text": "y" * 281})

    assert response.status_code == 400
    assert "y" * 281 in response.content.decode()
    assert not room.statements.exists()


def test_guest_is_known_to_one_browser_alone(client):
    room = make_room(access=RoomAccess.GUESTS, statements=["Yes."])
    vote = {"t": "vote", "statement": the_statement(room, "Yes.").pk, "choice": "-1"}

    refused = client.post(page_of(room, "act_in_room"), vote)
    wrong = client.post(page_of(room, "room_guest"), {"name": ""})
    client.post(page_of(room, "room_guest"), {"name": "Otto"})
    client.post(page_of(room, "room_guest"), {"name": "Otto again"})
    client.post(page_of(room, "act_in_room"), vote)

    assert (refused.status_code, wrong.status_code) == (403, 400)
    assert [person.name for person in RoomPerson.objects.all()] == ["Otto"]
    assert StatementVote.objects.get().choice == -1
    assert Client().post(page_of(room, "act_in_room"), vote).status_code == 403


def test_state_is_sent_once_for_each_version(client):
    room = make_room(statements=["Yes."])

    first = client.get(page_of(room, "room_state"))
    again = client.get(page_of(room, "room_state"), headers={"If-None-Match": first.headers["ETag"]})
    keeper = keeper_of(room.meeting.committee)
    say(room, by=come_in(room, by=keeper), text="Something new")
    newer = client.get(page_of(room, "room_state"), headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, newer.status_code) == (200, 304, 200)
    assert newer.json()["v"] == first.json()["v"] + 1
    assert newer.json()["s"]["counts"]["waiting"] == 1
    api = client.get(f"/api/v1/rooms/{room.pk}/").json()
    assert api["sections"] == newer.json()["s"]
    assert client.get("/api/v1/rooms/?state=open").json()["count"] == 1
    assert client.get("/api/v1/rooms/?state=closed").json()["count"] == 0


def test_desk_does_what_its_buttons_say_and_shows_mistakes_where_they_are():
    committee = make_committee()
    keeper = keeper_of(committee)
    meeting = make_meeting(committee, by=keeper, days=0.01)
    client = signed_in(keeper)
    settings = committee.url_of("room_settings", meeting.pk)
    desk = committee.url_of("run_room", meeting.pk)
    facts = {"prompt": "How?", "access": "guests", "check_statements": "before", "groups_from": "40"}

    assert client.post(settings, facts | {"groups_from": "3"}).status_code == 400
    client.post(settings, facts)
    client.post(settings, facts | {"prompt": "How exactly?"})
    for sent in ({"do": "open"}, {"do": "seed", "seed-text": "Like this."}, {"do": "wall", "wall": "groups"}):
        assert client.post(desk, sent).status_code == 302
    room = Room.objects.get()
    statement = the_statement(room, "Like this.")
    hide = {"do": "hide", "statement": statement.pk, f"hide-{statement.pk}-reason": ""}
    assert client.post(desk, hide).status_code == 400
    assert client.post(desk, hide | {f"hide-{statement.pk}-reason": "A name"}).status_code == 302
    assert client.post(desk, {"do": "close"}).status_code == 400
    assert client.post(desk, {"do": "wall", "wall": "nothing"}).status_code == 400
    assert client.post(desk, {"do": "nothing"}).status_code == 404

    room.refresh_from_db()
    statement.refresh_from_db()
    assert (room.prompt, room.state, room.wall, room.groups_from) == ("How exactly?", "open", "groups", 40)
    assert (statement.state, statement.hidden_because) == ("hidden", "A name")
    client.post(desk, {"do": "close", "sure": "yes"})
    room.refresh_from_db()
    assert room.state == "closed"
    assert client.get(desk).status_code == 200


def test_closed_room_is_a_report_with_files_and_a_part_of_the_minutes(client, citizen):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper, statements=WORDS)
    people = fill(room, people=40)
    observe(room.pk)
    close_room(room, by=keeper)

    report = client.get(page_of(room, "room_report")).content.decode()
    votes = client.get(page_of(room, "room_file", "votes")).content.decode().splitlines()
    comments = client.get(page_of(room, "room_file", "comments")).content.decode().splitlines()
    rows = client.get(page_of(room, "room_file", "participants-votes")).content.decode().splitlines()

    assert all(words in report for words in WORDS)
    assert votes[0] == "timestamp,datetime,comment-id,voter-id,vote"
    assert len(votes) == 1 + 40 * 8
    assert len({line.split(",")[0] for line in votes[1:]}) == 1, "no vote tells its time"
    assert len(comments) == 9
    assert comments[1].endswith(",,40,0,1,Statement 0"), "no author"
    assert len(rows) == 41
    assert not any(person.name in "".join((report, *votes, *rows)) for person in people)
    minutes = " ".join(run.text for block in told(room.meeting) for point in block.items for run in point)
    assert "How shall we use the depot?" in minutes
    assert "Statement 0" in minutes


def test_few_voters_are_not_told_vote_by_vote(client):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper, statements=WORDS[:2])
    fill(room, people=14)
    close_room(room, by=keeper)

    assert len(client.get(page_of(room, "room_file", "votes")).content.splitlines()) == 1
    assert len(client.get(page_of(room, "room_file", "comments")).content.splitlines()) == 3


def test_private_room_leaks_to_nobody_outside():
    committee = make_committee(Privacy.PRIVATE, slug="secret", title="Secret")
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper, prompt=CANARY, statements=[CANARY], access=RoomAccess.GUESTS)
    insider = signed_in(let_in(committee, AccessLevel.READ).user)
    reading = [
        page_of(room, name)
        for name in ("room", "room_state", "room_stream", "room_mine", "room_hall", "run_room")
    ]
    reading += [f"/api/v1/rooms/{room.pk}/", reverse("participation:room_by_code", args=[room.code])]

    assert CANARY in insider.get(reading[0]).content.decode()
    assert CANARY in insider.get(page_of(room, "room_state")).content.decode()
    for client in (Client(), signed_in(ParticipantFactory().user)):
        for path in reading:
            response = client.get(path)
            assert (response.status_code, CANARY in response.content.decode()) == (404, False), path
        for name in ("act_in_room", "room_guest"):
            sent = {"t": "say", "text": "Let me in", "name": "Otto"}
            assert client.post(page_of(room, name), sent).status_code == 404
        assert CANARY not in client.get("/api/v1/rooms/").content.decode()
    assert RoomPerson.objects.count() == 0


def test_where_one_stands_is_told_to_oneself_alone(citizen):
    room = make_room(statements=WORDS)
    fill(room, people=40)
    person = come_in(room, by=citizen)
    for statement in room.statements.all():
        StatementVote.objects.create(room=room, statement=statement, person=person, choice=1)
    observe(room.pk)

    own = signed_in(citizen).get(page_of(room, "room_mine"))
    others = Client().get(page_of(room, "room_mine")).json()

    assert own.json()["spot"]["x"] > 0
    assert own.headers["Cache-Control"] == "private, no-store"
    assert others["spot"] is None
    assert others["you"]["own"] == []


def test_room_page_takes_the_same_queries_however_much_is_said(citizen, django_assert_max_num_queries):
    room = make_room(statements=WORDS)
    fill(room, people=40)
    observe(room.pk)
    client = signed_in(citizen)
    client.get(page_of(room, "room"))

    with django_assert_max_num_queries(40):
        client.get(page_of(room, "room"))


def test_stream_answers_once_where_the_server_has_no_event_loop(client):
    room = make_room()

    response = client.get(page_of(room, "room_stream"))

    assert response.headers["Content-Type"] == "text/event-stream"
    event = response.content.decode().split("data: ", 1)[1].strip()
    assert json.loads(event)["s"]["room"]["state"] == "open"
