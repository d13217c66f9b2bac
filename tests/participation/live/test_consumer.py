"""The socket of a room: who is let in, what it answers, and that nothing anybody sends gets further than that."""

import asyncio
import json

import pytest
from django.db import connection

from participation.domain.room import cast_vote, come_in, pause_room
from participation.enums import Privacy
from participation.live.admission import outsiders
from participation.live.hub import the_hub
from participation.models import CommitteeAccess, Room, StatementVote
from tests.factories import ParticipantFactory
from tests.participation.live.sockets import ORIGIN, connected, handshake, in_thread, run
from tests.participation.meetings import keeper_of, let_in, make_committee
from tests.participation.rooms import make_room, the_statement

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _several_connections():
    if connection.vendor != "postgresql":
        pytest.skip(
            "sockets ask in threads of their own, and SQLite in memory lets one at a time in: set DATABASE_URL"
        )


@pytest.fixture
def keeper():
    return keeper_of(make_committee())


@pytest.fixture
def room(keeper) -> Room:
    return make_room(
        keeper.participant.committee_accesses.get().committee, by=keeper, statements=["Yes.", "No."]
    )


@pytest.fixture
def citizen():
    return ParticipantFactory(display_name="Carla Citizen").user


def test_W1_only_pages_of_this_site_open_a_socket(room, citizen):
    async def story():
        for origin in (
            None, b"null", b"https://evil.example", b"https://testserver", b"http://testserver:81",
            b"http://testserver.evil.example", b"http://testserver/",
        ):  # fmt: skip
            communicator = await handshake(room.pk, user=citizen, origin=origin)
            assert not await communicator.connect(), origin
        communicator = await handshake(room.pk, user=citizen, origin=ORIGIN)
        assert await communicator.connect()
        await communicator.disconnect()

    run(story)


def test_everybody_in_the_room_sees_what_one_does(room, keeper, citizen):
    yes = the_statement(room, "Yes.").pk

    async def story():
        async with connected(room, user=citizen) as voter, connected(room) as reader:
            hello = await voter.answer()
            first = await reader.until(lambda sections: "counts" in sections)
            assert hello["you"]["left"] == 2
            assert set(first) == {"room", "agenda", "counts", "statements", "groups", "presence"}
            assert first["counts"]["voters"] == 0

            answer = await voter.ask(t="vote", id="a", statement=yes, choice=1)

            assert (answer["t"], answer["id"], answer["you"]["voted"]) == ("ok", "a", 1)
            for socket in (voter, reader):
                await socket.until(lambda sections: sections["counts"]["voters"] == 1)
            await in_thread(pause_room, room, by=keeper)
            await reader.until(lambda sections: sections["room"]["state"] == "paused")
            refused = await voter.ask(t="vote", id="b", statement=yes, choice=-1)
            assert (refused["t"], refused["id"], refused["code"]) == ("err", "b", "closed")
            await reader.until(lambda sections: sections["presence"] == {"here": 2})

    run(story)

    assert StatementVote.objects.get().choice == 1


def test_reader_without_an_account_follows_and_is_told_how_to_act(room):
    async def story():
        async with connected(room) as socket:
            await socket.answer()
            answer = await socket.ask(t="vote", id="a", statement=1, choice=1)
            assert (answer["code"], answer["status"]) == ("sign_in", 403)

    run(story)

    assert not StatementVote.objects.exists()


def test_F11_late_and_doubled_messages_change_nothing_twice(room, citizen):
    async def story():
        async with connected(room, user=citizen) as socket:
            await socket.answer()
            for _each in range(3):
                assert (await socket.ask(t="say", id="same-key", text="More benches."))["t"] == "ok"
            version = socket.version

        async with connected(room, user=citizen) as again:
            await again.answer()
            await again.until(lambda sections: sections.get("counts", {}).get("waiting") == 1)
            assert again.version >= version
            await again.send(t="hello", v=again.version)
            await again.answer()

    run(story)

    assert room.statements.filter(text="More benches.").count() == 1


def test_W8_nothing_but_messages_of_the_protocol_does_anything(room, citizen):
    wrong = [
        "", "no json", "[]", "1", "null", '"text"', "[" * 5000, '{"id": "x"}', '{"t": 1}', '{"t": ["vote"]}',
        '{"t": "vote", "id": 7}', '{"t": "vote", "id": "' + "x" * 41 + '"}',
        '{"t": "vote", "id": "a"}', '{"t": "vote", "id": "a", "statement": [1], "choice": {}}',
        '{"t": "vote", "id": "a", "statement": 1e400, "choice": 1}',
        '{"t": "vote", "id": "a", "statement": ' + "9" * 400 + ', "choice": 1}',
        '{"t": "vote", "id": "a", "statement": true, "choice": 1}',
        '{"t": "chat.message", "type": "chat.message"}', '{"t": "websocket.disconnect"}', '{"t": "__class__"}',
    ]  # fmt: skip

    async def story():
        for at in range(0, len(wrong), 10):
            async with connected(room, user=citizen) as socket:
                await socket.answer()
                for text in wrong[at : at + 10]:
                    await socket.communicator.send_text(text)
                    answer = await socket.answer()
                    assert (answer["t"], answer["status"] in (400, 404)) == ("err", True), (text[:60], answer)
                await socket.communicator.send_input({"type": "websocket.receive", "bytes": b"\x00\xff"})
                assert (await socket.answer())["code"] == "bad_message"
                assert (await socket.ask(t="ping"))["t"] == "pong"

    run(story)


def test_W2_W7_too_large_and_too_many_messages_close_the_socket(room, citizen):
    async def story():
        async with connected(room, user=citizen) as socket:
            await socket.communicator.send_text("x" * 20_000)
            assert await socket.closes_with() == 1009
        async with connected(room, user=citizen) as flood, connected(room) as other:
            await flood.answer()
            for _each in range(140):
                await flood.send(t="ping")
            assert await flood.closes_with() == 4429
            await other.answer()
            assert (await other.ask(t="ping"))["t"] == "pong"

    run(story)


def test_W4_W6_private_room_is_closed_to_strangers_and_to_who_has_to_go():
    committee = make_committee(Privacy.PRIVATE, slug="secret")
    insider, leaver = let_in(committee).user, let_in(committee).user
    room = make_room(committee, statements=["Zaunkönig."])
    stranger = ParticipantFactory().user

    async def story():
        for user in (None, stranger):
            communicator = await handshake(room.pk, user=user)
            await communicator.connect()
            message = await communicator.receive_output()
            assert message == {"type": "websocket.close", "code": 4403}
            unknown = await handshake(room.pk + 1000, user=user)
            await unknown.connect()
            assert await unknown.receive_output() == message, "the same as a room that there is not"
        async with connected(room, user=insider) as stays, connected(room, user=leaver) as goes:
            await goes.until(lambda sections: "statements" in sections)
            await in_thread(CommitteeAccess.objects.filter(participant=leaver.participant).delete)
            assert await goes.closes_with() == 4403
            await stays.answer()
            assert (await stays.ask(t="ping"))["t"] == "pong"

    run(story)


def test_W4_who_signs_out_is_answered_no_more(room, citizen):
    from django.contrib.sessions.models import Session

    async def story():
        async with connected(room, user=citizen) as asks, connected(room, user=citizen) as waits:
            await asks.answer()
            assert await in_thread(outsiders, room.pk, [asks_admission()]) == {}
            await in_thread(Session.objects.all().delete)
            await asks.send(t="vote", id="a", statement=1, choice=1)
            assert await asks.closes_with() == 4401
            assert await waits.closes_with() == 4401, "found without asking, within five seconds"

    def asks_admission():
        return next(iter(next(iter(the_hub().rooms.values())).mailboxes)).admission

    run(story)


def test_W5_no_frame_of_one_room_reaches_another(keeper, citizen):
    committee = keeper.participant.committee_accesses.get().committee
    rooms = [make_room(committee, by=keeper, statements=[f"Canary {number}."]) for number in range(4)]

    async def story():
        people = [await in_thread(come_in, room, by=citizen) for room in rooms]
        sockets = [connected(room) for room in rooms for _each in range(3)]
        opened = [await socket.__aenter__() for socket in sockets]
        for room, person in zip(rooms, people, strict=True):
            pk = (await in_thread(the_statement, room, f"Canary {rooms.index(room)}.")).pk
            await in_thread(cast_vote, room, by=person, statement=pk, choice=1)
        for at, socket in enumerate(opened):
            await socket.until(lambda sections: sections.get("counts", {}).get("voters") == 1)
            heard = json.dumps(socket.frames)
            assert f"Canary {at // 3}." in heard
            assert not any(f"Canary {other}." in heard for other in range(4) if other != at // 3)
        await asyncio.gather(*(socket.__aexit__(None, None, None) for socket in sockets))

    run(story)
