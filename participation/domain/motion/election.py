"""An election: the motion that is adopted gives its candidate the seat."""

import datetime as dt

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participation.domain.membership import seat_person
from participation.domain.notification import notify_many
from participation.enums import TermEnd
from participation.foundation.errors import Refused
from participation.models import Membership, Motion
from participation.queries.committee import leads_of
from participation.queries.meeting import local


def seat_who_was_elected(motion: Motion) -> Membership | None:
    """Give the candidate of an adopted motion the seat; who had it leaves it that day, and the new term begins the next.

    None for a motion that elects nobody, and where the rules of seats refuse it (somebody has two seats, a term is planned
    already): the decision stands, and who leads the committee is told and seats the person by hand.
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


def tell_of_empty_seat(motion: Motion) -> None:
    """Tell who leads the committee that an adopted election gave nobody the seat; nothing for a motion that elects nobody."""
    if motion.elects_seat is None:
        return
    committee = motion.item.meeting.committee
    notify_many(
        leads_of(committee),
        kind="participation.due",
        title=format_lazy(_("{title}: elected, but not seated"), title=motion.title),
        text=format_lazy(
            _(
                "{name} was elected, but the rules of seats did not let us give the seat: perhaps the person has one already, "
                "or somebody's term is planned there. The decision stands. Please look at the seat, and seat the person by hand."
            ),
            name=motion.candidate.display_name if motion.candidate else _("Somebody"),
        ),
        path=committee.url_of("seat", motion.elects_seat.pk),
        dedupe_key=f"not-seated-{motion.pk}",
    )
