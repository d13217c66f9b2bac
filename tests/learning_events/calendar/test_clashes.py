"""Who and what is taken twice at once is found, all of it and nothing else, without comparing everyone with everyone."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning_events.calendar.clashes import Slot, clashes_of
from tests.learning_events.calendar.test_recurrence import work_of

DAY = dt.datetime(2026, 9, 7, tzinfo=dt.UTC)


def slot(key, begin: float, end: float, **more) -> Slot:
    return Slot(key, DAY + dt.timedelta(hours=begin), DAY + dt.timedelta(hours=end), **more)


def found(*slots: Slot) -> list[tuple]:
    return [(clash.kind, clash.what, clash.first.key, clash.second.key) for clash in clashes_of(slots)]


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        ({"place": 1, "room": "Hall"}, {"place": 1, "room": " hall "}, ["place"]),
        ({"place": 1, "room": "Hall"}, {"place": 1, "room": "Garden"}, []),
        ({"place": 1, "room": "Hall"}, {"place": 1}, ["place"]),
        ({"place": 1}, {"place": 1}, ["place"]),
        ({"place": 1, "room": "Hall"}, {"place": 2, "room": "Hall"}, []),
        ({"room": "Hall"}, {"room": "Hall"}, []),
        ({"leaders": frozenset("ab")}, {"leaders": frozenset("bc")}, ["leader"]),
        (
            {"leaders": frozenset("a"), "place": 1},
            {"leaders": frozenset("a"), "place": 1},
            ["leader", "place"],
        ),
        ({"audiences": frozenset(["youth"])}, {"audiences": frozenset(["youth"])}, ["audience"]),
        ({}, {}, []),
    ],
)
def test_what_two_sessions_at_once_may_share(one, other, kinds):
    assert [kind for kind, *_rest in found(slot("a", 10, 12, **one), slot("b", 11, 13, **other))] == kinds


def test_the_end_is_free_again_and_nothing_lasts_no_time():
    assert found(slot("a", 10, 11, place=1), slot("b", 11, 12, place=1)) == []
    assert found(slot("a", 10, 12, place=1), slot("b", 11, 11, place=1)) == []


def test_clashes_come_in_the_order_of_time():
    slots = [slot("c", 15, 17, place=1), slot("a", 9, 16, place=1), slot("b", 10, 11, place=1)]

    assert found(*slots) == [("place", 1, "a", "b"), ("place", 1, "a", "c")]


slots = st.lists(
    st.builds(
        lambda begin, length, place, room, leaders, audiences: (
            begin,
            begin + length,
            place,
            room,
            leaders,
            audiences,
        ),
        st.integers(0, 20),
        st.integers(0, 6),
        st.sampled_from([None, 1, 2]),
        st.sampled_from(["", "Hall", "Garden"]),
        st.frozensets(st.sampled_from("ab")),
        st.frozensets(st.sampled_from("xy"), max_size=1),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(slots)
def test_as_many_as_comparing_everyone_with_everyone(written):
    made = [
        slot(n, begin, end, place=place, room=room, leaders=leaders, audiences=audiences)
        for n, (begin, end, place, room, leaders, audiences) in enumerate(written)
    ]

    slow = set()
    for one in made:
        for other in made[one.key + 1 :]:
            if (
                one.start < other.end
                and other.start < one.end
                and one.start < one.end
                and other.start < other.end
            ):
                pair = frozenset((one.key, other.key))
                if one.place == other.place is not None and (
                    not one.room or not other.room or one.room == other.room
                ):
                    slow.add(("place", one.place, pair))
                slow |= {("leader", leader, pair) for leader in one.leaders & other.leaders}
                slow |= {("audience", audience, pair) for audience in one.audiences & other.audiences}

    fast = [(kind, what, frozenset((first, second))) for kind, what, first, second in found(*made)]
    assert len(fast) == len(set(fast))
    assert set(fast) == slow


def test_ten_times_the_sessions_take_little_more_than_ten_times_the_work():
    def work(rooms: int) -> int:
        made = [
            slot((room, hour), hour, hour + 1, place="school", room=f"Room {room}", leaders=frozenset([room]))
            for room in range(rooms)
            for hour in range(10)
        ]
        return work_of(lambda: clashes_of(made))

    assert work(500) < 13 * work(50)
