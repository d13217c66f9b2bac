"""What committees do, on other pages."""

import pytest

from participation.blocks import NextMeetingsBlock
from participation.domain.meeting import cancel_meeting
from participation.enums import Privacy
from tests.participation.meetings import keeper_of, make_committee, make_meeting

pytestmark = pytest.mark.django_db


def drawn(page, number: int = 3) -> str:
    block = NextMeetingsBlock()
    return block.render(block.to_python({"heading": "Sit in", "page": page.pk, "number": number})).strip()


def test_the_next_meetings_stand_there_in_order_without_what_is_planned_or_cancelled():
    committee = make_committee()
    keeper = keeper_of(committee)
    make_meeting(committee, by=keeper, days=9, title="Second")
    make_meeting(committee, by=keeper, days=2, title="First")
    make_meeting(committee, by=keeper, days=20, title="Third")
    make_meeting(committee, by=keeper, days=1, title="Not announced", announced=False)
    cancel_meeting(
        make_meeting(committee, by=keeper, days=1, title="Called off"), by=keeper, because="Storm."
    )

    body = drawn(committee, number=2)

    assert "Sit in" in body
    assert body.index("First") < body.index("Second")
    for absent in ("Third", "Not announced", "Called off"):
        assert absent not in body


def test_a_private_committee_is_not_shown_to_all():
    open_one, private = make_committee(), make_committee(Privacy.PRIVATE, slug="quiet")
    make_meeting(open_one, by=keeper_of(open_one), title="Open evening")
    make_meeting(private, by=keeper_of(private), title="Behind doors")

    assert "Behind doors" not in drawn(private)
    assert "Open evening" in drawn(open_one)


def test_without_meetings_it_says_so_and_without_its_page_nothing():
    committee = make_committee()

    assert "No meeting is planned" in drawn(committee)
    committee.unpublish()
    assert drawn(committee) == ""
