"""Frames and mailboxes: what waits is replaced by what is newer, section by section, and never becomes a queue."""

import json

from participation.live.admission import Admission
from participation.live.board import Frame
from participation.live.hub import Mailbox


def test_frame_is_one_json_text_written_once_for_all():
    frame = Frame(7, {"counts": '{"votes":3}', "room": '{"state":"open"}'})

    assert json.loads(frame.text) == {
        "t": "snap",
        "v": 7,
        "s": {"counts": {"votes": 3}, "room": {"state": "open"}},
    }
    assert frame.text is frame.text


def test_newer_section_takes_the_place_of_one_that_still_waits():
    mailbox = Mailbox(Admission(1))
    for version in range(1000):
        mailbox.put(Frame(version, {"counts": f'{{"votes":{version}}}'}))
    mailbox.put(Frame(1000, {"room": '{"state":"open"}'}))
    mailbox.answer('{"t":"ok"}')

    first, then = mailbox.taken(), mailbox.taken()

    assert [json.loads(text) for text in first] == [
        {"t": "ok"},
        {"t": "snap", "v": 1000, "s": {"counts": {"votes": 999}, "room": {"state": "open"}}},
    ]
    assert then == []
