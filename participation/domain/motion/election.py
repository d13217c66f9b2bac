"""An election: the motion that is adopted gives its candidate the seat."""

import datetime as dt

from django.db import transaction

from participation.domain.membership import seat_person
from participation.enums import TermEnd
from participation.foundation.errors import Refused
from participation.models import Membership, Motion
from participation.queries.meeting import local


def seat_who_was_elected(motion: Motion) -> Membership | None:
    """Give the candidate of an adopted motion the seat; who had it leaves it that day, and the new term begins the next.

    None for a motion that elects nobody, and where the rules of seats refuse it (somebody has two seats, a term is planned
    already): the decision stands, and who leads the committee seats the person by hand.
    """
    seat, candidate = motion.elects_seat, motion.candidate
    if seat is None or candidate is None or motion.vote_closed_at is None:
        return None
    today = local(motion.vote_closed_at, motion.item.meeting.zone).date()
    try:
        with transaction.atomic():
            held = seat.memberships.on(today)
            begin = today + dt.timedelta(days=1) if held.exists() else today
            held.update(until_on=today, ended_because=TermEnd.REPLACED)
            return seat_person(seat, participant=candidate, from_on=begin, elected_by=motion)
    except Refused:
        return None
