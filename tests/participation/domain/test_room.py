"""A room from its preparation to its report: who may do what, statements and votes, versions and groups."""

import pytest

from participation.domain.room import (
    add_seed,
    cast_vote,
    close_room,
    come_in,
    come_in_as_guest,
    hide_statement,
    open_room,
    pause_room,
    prepare_room,
    say,
    show_on_wall,
    show_statement,
)
from participation.domain.room.opinion import forget_engines, observe, place_of
from participation.enums import AccessLevel, Privacy, RoomAccess, StatementCheck, StatementState
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import OpinionPicture, Room, RoomEvent, RoomPerson, StatementVote
from participation.queries.room import sections_of
from participation.queries.room.own import own_section
from tests.participation.meetings import keeper_of, let_in, make_committee, make_meeting
from tests.participation.rooms import fill, make_room, the_statement

pytestmark = pytest.mark.django_db
WORDS = [f"Statement {number}" for number in range(8)]


@pytest.fixture(autouse=True)
def _no_engine_of_another_test():
    forget_engines()


def test_room_is_prepared_once_by_who_keeps_the_meetings(citizen):
    committee = make_committee()
    keeper = keeper_of(committee)
    meeting = make_meeting(committee, by=keeper)

    room = prepare_room(meeting, by=keeper, prompt=" How  shall we? ")

    assert (room.prompt, room.state, len(room.code)) == ("How shall we?", "draft", 6)
    with pytest.raises(Conflict, match="has a live room already"):
        prepare_room(meeting, by=keeper, prompt="Again?")
    with pytest.raises(NotAllowed):
        prepare_room(make_meeting(committee, by=keeper, days=8), by=citizen, prompt="Mine?")
    with pytest.raises(Invalid, match="one question"):
        prepare_room(make_meeting(committee, by=keeper, days=9), by=keeper, prompt=" ")


def test_room_that_is_prepared_is_nowhere_for_others(citizen):
    room = make_room(is_open=False)

    with pytest.raises(Missing):
        come_in(room, by=citizen)


def test_people_come_in_as_the_room_allows(citizen, stranger):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper)

    person = come_in(room, by=citizen)

    assert come_in(room, by=citizen) == person
    assert person.name == "Carla Citizen"
    with pytest.raises(NotAllowed, match="sign in"):
        come_in(room, by=stranger)
    with pytest.raises(NotAllowed, match="takes no guests"):
        come_in_as_guest(room, name="Gast")
    Room.objects.update(access=RoomAccess.PEOPLE)
    room.refresh_from_db()
    with pytest.raises(NotAllowed, match="people of the committee"):
        come_in(room, by=citizen)
    assert come_in(room, by=let_in(committee).user).name


def test_guests_come_in_by_a_name_where_the_room_takes_them():
    room = make_room(access=RoomAccess.GUESTS, statements=["Yes."])

    guest = come_in_as_guest(room, name=" Otto ")
    cast_vote(room, by=guest, statement=the_statement(room, "Yes.").pk, choice=1)

    assert (guest.name, guest.participant) == ("Otto", None)
    assert StatementVote.objects.get().person == guest
    for name in ("", "x" * 41):
        with pytest.raises(Invalid, match="at most 40"):
            come_in_as_guest(room, name=name)
    private = make_room(make_committee(Privacy.PRIVATE, slug="secret"), access=RoomAccess.GUESTS)
    with pytest.raises(Missing):
        come_in_as_guest(private, name="Otto")


def test_statement_waits_for_its_check_and_its_author_agrees_with_it(citizen):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper)
    person = come_in(room, by=citizen)

    said = say(room, by=person, text="More  benches.", key="form-1")

    assert (said.text, said.state) == ("More benches.", "waiting")
    assert say(room, by=person, text="More benches.", key="form-1") == said, "the same form makes one"
    assert StatementVote.objects.get().choice == 1
    assert sections_of(room)["counts"]["waiting"] == 1
    assert sections_of(room)["statements"]["latest"] == []
    show_statement(said, by=keeper)
    assert sections_of(room)["statements"]["latest"] == [{"id": said.pk, "text": "More benches."}]
    hide_statement(said, by=keeper, reason="Names somebody")
    assert sections_of(room)["statements"]["latest"] == []
    assert own_section(room, person)["own"][0]["reason"] == "Names somebody"
    with pytest.raises(Invalid, match="say why"):
        hide_statement(said, by=keeper, reason=" ")
    with pytest.raises(NotAllowed):
        show_statement(said, by=citizen)


def test_statement_is_shown_at_once_where_checks_come_after_and_nobody_says_it_twice(citizen):
    room = make_room(check_statements=StatementCheck.AFTER)
    person = come_in(room, by=citizen)

    said = say(room, by=person, text="More benches.")

    assert said.state == StatementState.SHOWN
    with pytest.raises(Conflict, match="said this already"):
        say(room, by=person, text="more BENCHES.")
    for text in ("", "x" * 281):
        with pytest.raises(Invalid, match="280"):
            say(room, by=person, text=text)


def test_nobody_floods_who_checks(citizen):
    room = make_room()
    person = come_in(room, by=citizen)
    for number in range(5):
        say(room, by=person, text=f"Thought {number}")

    with pytest.raises(Conflict, match="wait for a check"):
        say(room, by=person, text="One more")


def test_vote_counts_once_and_its_last_word_counts(citizen):
    room = make_room(statements=["Yes."])
    person = come_in(room, by=citizen)
    statement = the_statement(room, "Yes.")

    for choice in (1, -1, -1):
        cast_vote(room, by=person, statement=statement.pk, choice=choice)

    assert list(StatementVote.objects.values_list("person", "choice")) == [(person.pk, -1)]
    with pytest.raises(Invalid, match="agree, disagree or pass"):
        cast_vote(room, by=person, statement=statement.pk, choice=2)
    for other in (0, 2**70, statement.pk + 1):
        with pytest.raises(Missing):
            cast_vote(room, by=person, statement=other, choice=1)


def test_nobody_acts_in_a_break_or_muted_or_after_the_end(citizen):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper, statements=["Yes."])
    person = come_in(room, by=citizen)
    statement = the_statement(room, "Yes.")

    def vote():
        cast_vote(room, by=person, statement=statement.pk, choice=1)

    pause_room(room, by=keeper)
    with pytest.raises(Conflict, match="break"):
        vote()
    open_room(room, by=keeper)
    RoomPerson.objects.update(is_muted=True)
    with pytest.raises(NotAllowed, match="muted"):
        vote()
    RoomPerson.objects.update(is_muted=False)
    vote()
    close_room(room, by=keeper)
    with pytest.raises(Conflict, match="closed"):
        vote()
    for act in (open_room, pause_room):
        with pytest.raises(Conflict, match="stays as it is"):
            act(room, by=keeper)


def test_version_rises_with_each_event_without_a_gap(citizen, django_capture_on_commit_callbacks):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper, statements=["Yes."])
    person = come_in(room, by=citizen)

    with django_capture_on_commit_callbacks(execute=True):
        cast_vote(room, by=person, statement=the_statement(room, "Yes.").pk, choice=1)
    say(room, by=person, text="More benches.")
    show_on_wall(room, "groups", by=keeper)
    show_on_wall(room, "groups", by=keeper)

    room.refresh_from_db()
    events = list(RoomEvent.objects.order_by("seq").values_list("seq", "kind"))
    assert [seq for seq, _kind in events] == list(range(1, room.version + 1))
    assert [kind for _seq, kind in events] == ["prepared", "said", "open", "votes", "said", "wall"]


def test_next_statement_comes_by_lot_and_stays_until_the_answer(citizen):
    room = make_room(statements=WORDS)
    person = come_in(room, by=citizen)
    met = []

    while (following := own_section(room, person)["next"]) is not None:
        assert own_section(room, person)["next"] == following, "a reload does not change it"
        met.append(following["text"])
        cast_vote(room, by=person, statement=following["id"], choice=0)

    assert sorted(met) == WORDS
    assert own_section(room, person) | {"next": None} == {"next": None, "voted": 8, "left": 0, "own": []}


def test_groups_are_hidden_until_enough_people_have_voted():
    room = make_room(statements=WORDS)
    fill(room, people=29)

    observe(room.pk)

    assert sections_of(room)["groups"] == {"needed": 30, "is_shown": False}
    assert OpinionPicture.objects.get().content == {}


def test_groups_tell_what_unites_and_divides_and_where_one_stands():
    room = make_room(statements=WORDS)
    people = fill(room, people=40)

    observe(room.pk)

    groups = sections_of(room)["groups"]
    assert groups["is_shown"]
    assert sorted(group["people"] for group in groups["groups"]) == [20, 20]
    assert groups["unites"][0]["text"] == "Statement 0"
    assert groups["divides"][0]["text"] in WORDS[1:]
    assert {place_of(room, person).label for person in people[::2]} != {
        place_of(room, person).label for person in people[1::2]
    }
    version = Room.objects.get().version
    observe(room.pk)
    assert Room.objects.get().version == version, "nothing new, so nobody is told"
    assert not {person.name for person in people} & set(str(groups).split("'"))


def test_report_keeps_what_the_room_said_and_names_nobody(citizen):
    committee = make_committee()
    keeper = keeper_of(committee)
    room = make_room(committee, by=keeper, statements=WORDS)
    fill(room, people=40)
    say(room, by=come_in(room, by=citizen), text="Never checked")
    observe(room.pk)

    report = close_room(room, by=keeper)

    assert close_room(room, by=keeper) == report
    assert report.content["statements"][1] == {
        "id": the_statement(room, "Statement 1").pk,
        "text": "Statement 1",
        "is_seed": True,
        "agree": 20,
        "disagree": 20,
        "pass": 0,
    }
    assert report.content["sections"]["groups"]["is_shown"]
    assert "Carla" not in str(report.content)
    assert "Never checked" not in str(report.content)


def test_who_leaves_the_committee_acts_no_more():
    committee = make_committee(Privacy.PRIVATE)
    room = make_room(committee, statements=["Yes."])
    insider = let_in(committee, AccessLevel.TAKE_PART)
    person = come_in(room, by=insider.user)

    insider.committee_accesses.all().delete()

    with pytest.raises(Missing):
        cast_vote(room, by=person, statement=the_statement(room, "Yes.").pk, choice=1)


def test_sections_take_the_same_queries_however_much_is_said(django_assert_num_queries):
    room = make_room(statements=WORDS[:1])
    with django_assert_num_queries(6):
        sections_of(room)
    fill(room, people=40)
    keeper = keeper_of(room.meeting.committee)
    for text in WORDS[1:]:
        add_seed(room, by=keeper, text=text)
    with django_assert_num_queries(6):
        sections_of(room)
