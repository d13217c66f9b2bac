"""Who has which seat and until when: seats, terms, stepping down, declared interests.

Whoever changes terms locks the seat's row first; a trigger of the database refuses two terms at once whatever happens here.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from participation.domain.access import raise_access
from participation.domain.notification import notify
from participation.enums import AccessLevel, SeatRole, TermEnd
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_line
from participation.models import (
    Committee,
    DeclaredInterest,
    Membership,
    Motion,
    Participant,
    Seat,
)
from participation.rules import may_lead_committee

ACCESS_OF_ROLE = {
    SeatRole.CHAIR: AccessLevel.LEAD,
    SeatRole.DEPUTY: AccessLevel.LEAD,
    SeatRole.SECRETARY: AccessLevel.KEEP,
    SeatRole.MEMBER: AccessLevel.TAKE_PART,
    SeatRole.ADVISER: AccessLevel.TAKE_PART,
}
LONGEST_TERM = dt.timedelta(days=366 * 12)


@transaction.atomic
def add_seat(committee: Committee, *, role: str, title: str = "", is_open: bool = True, by) -> Seat:
    """Add a seat at the end of the list. Raises NotAllowed, Invalid ("role"), and Conflict for a second chair."""
    _refuse_who_does_not_lead(by, committee)
    if role not in SeatRole.values:
        raise Invalid(_("Please choose the role of the seat."), field="role")
    Committee.objects.select_for_update().get(pk=committee.pk)
    if role == SeatRole.CHAIR and committee.seats.filter(role=role, is_abolished=False).exists():
        raise Conflict(
            _("The committee has a seat of the chair already. Add a deputy instead."), field="role"
        )
    last = committee.seats.aggregate(last=Max("position"))["last"]
    seat = Seat.objects.create(
        committee=committee,
        role=role,
        title=clean_line(title)[:120],
        is_open=is_open,
        position=0 if last is None else last + 1,
    )
    record("participation.seat.add", committee, by=by, seat=seat.pk, role=str(role))
    return seat


@transaction.atomic
def change_seat(seat: Seat, *, title: str, is_open: bool, by) -> Seat:
    """Change the seat's name and whether people can apply for it when it is vacant."""
    _refuse_who_does_not_lead(by, seat.committee)
    seat.title, seat.is_open = clean_line(title)[:120], is_open
    seat.save(update_fields=["title", "is_open"])
    record("participation.seat.change", seat.committee, by=by, seat=seat.pk)
    return seat


@transaction.atomic
def abolish_seat(seat: Seat, *, by) -> None:
    """Take the seat off the list; its past terms stay in the history. Raises Conflict while somebody has it."""
    _refuse_who_does_not_lead(by, seat.committee)
    seat = _locked(seat)
    if _terms_from(seat, timezone.localdate()).exists():
        raise Conflict(_("Somebody has this seat. End that term first."))
    seat.is_abolished = True
    seat.save(update_fields=["is_abolished"])
    record("participation.seat.abolish", seat.committee, by=by, seat=seat.pk)


@transaction.atomic
def seat_person(
    seat: Seat,
    *,
    participant: Participant | None,
    name: str = "",
    from_on: dt.date,
    until_on: dt.date | None = None,
    by=None,
    elected_by: Motion | None = None,
) -> Membership:
    """Give the seat to somebody from a day on (until the last day, or open-ended), and the access that goes with it.

    `participant` may be None for somebody without an account, who is then known by `name`. `by` None is the site itself: a
    motion that was adopted. Raises NotAllowed, Invalid with its field, and Conflict for a seat that is taken or abolished.
    """
    if by is not None:
        _refuse_who_does_not_lead(by, seat.committee)
    seat = _locked(seat)
    name = clean_line(name or (participant.display_name if participant else ""))[:80]
    if not name:
        raise Invalid(_("Please write the person's name."), field="name")
    if until_on is not None and until_on < from_on:
        raise Invalid(_("The term ends before it begins. Choose a later day."), field="until_on")
    if until_on is not None and until_on - from_on > LONGEST_TERM:
        raise Invalid(_("A term lasts at most twelve years."), field="until_on")
    if seat.is_abolished:
        raise Conflict(_("This seat does not exist any more."), field="seat")
    _refuse_overlap(seat, from_on, until_on)
    _refuse_second_seat(seat, participant, from_on, until_on)
    membership = Membership.objects.create(
        committee=seat.committee,
        seat=seat,
        participant=participant,
        name=name,
        from_on=from_on,
        until_on=until_on,
        elected_by=elected_by,
    )
    if participant is not None:
        raise_access(seat.committee, participant, ACCESS_OF_ROLE[SeatRole(seat.role)])
        notify(
            participant,
            kind="participation.committee",
            title=format_lazy(
                _("You have a seat: {seat}, {committee}"), seat=seat, committee=seat.committee.title
            ),
            text=_("From now on you see what is planned there, and can take part."),
            path=seat.committee.url or "/",
            dedupe_key=f"seated-{membership.pk}",
        )
    record("participation.membership.begin", seat.committee, by=by, seat=seat.pk, membership=membership.pk)
    return membership


@transaction.atomic
def end_term(membership: Membership, *, because: str, on: dt.date | None = None, by) -> Membership:
    """End a term on a day (default today) that lies in it: its person may step down, who leads may end every other one.

    The access that came with the seat goes with it, unless it was the committee's last who leads. Raises NotAllowed,
    Invalid ("on", "because"), and Conflict for a term that is over.
    """
    if because not in TermEnd.values:
        raise Invalid(_("Please choose why the term ends."), field="because")
    own = membership.participant is not None and membership.participant.user_id == getattr(by, "pk", None)
    if not (own and because == TermEnd.STEPPED_DOWN):
        _refuse_who_does_not_lead(by, membership.committee)
    seat = _locked(membership.seat)
    membership = seat.memberships.get(pk=membership.pk)
    today = timezone.localdate()
    on = on or today
    if membership.until_on is not None and membership.until_on < today:
        raise Conflict(_("This term is over already."))
    if on < membership.from_on:
        raise Invalid(_("The term cannot end before it began."), field="on")
    membership.until_on, membership.ended_because = on, because
    membership.save(update_fields=["until_on", "ended_because"])
    record(
        "participation.membership.end", membership.committee, by=by, membership=membership.pk, because=because
    )
    return membership


@transaction.atomic
def declare_interest(membership: Membership, *, text: str, by) -> DeclaredInterest:
    """Put on record what others should know to judge conflicts: one's own, or for somebody as who leads."""
    _refuse_whose_it_is_not(membership, by)
    text = clean_line(text)[:300]
    if not text:
        raise Invalid(_("Please write what you declare."), field="text")
    interest = DeclaredInterest.objects.create(
        membership=membership, text=text, declared_on=timezone.localdate()
    )
    record("participation.interest.declare", membership.committee, by=by, membership=membership.pk)
    return interest


@transaction.atomic
def end_interest(interest: DeclaredInterest, *, by) -> None:
    """Say that a declared interest does not exist any more; it stays on record with both days."""
    _refuse_whose_it_is_not(interest.membership, by)
    if interest.ended_on is None:
        interest.ended_on = timezone.localdate()
        interest.save(update_fields=["ended_on"])
        record("participation.interest.end", interest.membership.committee, by=by, interest=interest.pk)


def _refuse_who_does_not_lead(user, committee: Committee) -> None:
    if not may_lead_committee(user, committee):
        raise NotAllowed(_("Only who leads the committee may do this."))


def _refuse_whose_it_is_not(membership: Membership, by) -> None:
    own = membership.participant is not None and membership.participant.user_id == by.pk
    if not own and not may_lead_committee(by, membership.committee):
        raise NotAllowed(_("You can declare interests for yourself only."))


def _locked(seat: Seat) -> Seat:
    locked = Seat.objects.select_for_update().select_related("committee").filter(pk=seat.pk).first()
    if locked is None:
        raise Missing
    return locked


def _terms_from(seat: Seat, day: dt.date):
    return seat.memberships.filter(Q(until_on=None) | Q(until_on__gte=day))


def _refuse_overlap(seat: Seat, from_on: dt.date, until_on: dt.date | None) -> None:
    overlapping = _terms_from(seat, from_on)
    if until_on is not None:
        overlapping = overlapping.filter(from_on__lte=until_on)
    other = overlapping.order_by("from_on").first()
    if other is not None:
        raise Conflict(
            _("%(name)s has this seat from %(from_on)s. End that term first, or choose other days.")
            % {"name": other.name, "from_on": other.from_on.isoformat()},
            field="from_on",
            details={"membership": other.pk},
        )


def _refuse_second_seat(
    seat: Seat, participant: Participant | None, from_on: dt.date, until_on: dt.date | None
) -> None:
    if participant is None:
        return
    others = Membership.objects.filter(committee=seat.committee, participant=participant).filter(
        Q(until_on=None) | Q(until_on__gte=from_on)
    )
    if until_on is not None:
        others = others.filter(from_on__lte=until_on)
    other = others.select_related("seat").first()
    if other is not None:
        raise Conflict(
            _("%(name)s already has a seat in this committee: %(seat)s. A person has one vote.")
            % {"name": participant.display_name, "seat": other.seat},
            field="participant",
        )
