"""Who said they will come: guests take the seats there are, and wait in line where there are none.

Whoever wants a seat holds the meeting's row first and its registrations afterwards, so that two people never get the same
seat. Seats are counted from the registrations once the lock is held, never from the counter that others read.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.meeting import telling
from participation.domain.rights import locked_meeting
from participation.enums import AccessLevel, MeetingForm, MeetingState, RegistrationState
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_line
from participation.models import Meeting, MeetingRegistration
from participation.queries.attendance import members_on
from participation.rules import may_read_committee

MOST_WAITING = 500


def register_for(meeting: Meeting, *, by, comes_online: bool = False, needs: str = "") -> MeetingRegistration:
    """Say that somebody comes, or change how; where no seat is left for a guest, put them on the waiting list.

    Members of the committee and who comes online take no seat. Raises Missing, NotAllowed without a public name, Conflict
    for a meeting that takes no registrations (any more), Invalid naming the field.
    """
    person = getattr(by, "participant", None)
    if not may_read_committee(by, meeting.committee):
        raise Missing
    if person is None:
        raise NotAllowed(_("Please sign in and tell us first by what name others may see you here."))
    needs = clean_line(needs)
    if len(needs) > 300:
        raise Invalid(_("Please write this in at most 300 characters."), field="needs")
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        _refuse_closed(meeting)
        if comes_online and meeting.form == MeetingForm.IN_PERSON:
            raise Invalid(_("This meeting is in person only."), field="comes_online")
        comes_online = comes_online or meeting.form == MeetingForm.ONLINE
        registration = meeting.registrations.filter(participant=person).first() or MeetingRegistration(
            meeting=meeting, participant=person, state=RegistrationState.CANCELLED
        )
        registration.meeting = meeting
        was = registration.state
        registration.comes_online, registration.needs = comes_online, needs
        registration.takes_seat = not comes_online and not _is_of_committee(meeting, person)
        if was == RegistrationState.CANCELLED:
            # Whoever comes back stands at the end of the line.
            registration.registered_at = database_now()
        registration.state = _state_for(meeting, registration)
        waiting = meeting.registrations.filter(state=RegistrationState.WAITING)
        begins_to_wait = registration.state == RegistrationState.WAITING != was
        if begins_to_wait and waiting.count() >= MOST_WAITING:
            raise Conflict(_("The waiting list is full, too. Please try again later."), code="full")
        registration.save()
        if was == RegistrationState.CANCELLED:
            MeetingRegistration.objects.filter(pk=registration.pk).update(
                registered_at=registration.registered_at
            )
        promote(meeting)
        if registration.state != was:
            telling.registered(registration)
    return registration


def unregister_from(meeting: Meeting, *, by) -> None:
    """Take back that somebody comes; the first in line gets the seat. Who is not registered has nothing to take back."""
    person = getattr(by, "participant", None)
    if person is None or not may_read_committee(by, meeting.committee):
        raise Missing
    if meeting.state in (MeetingState.ENDED, MeetingState.CANCELLED):
        raise Conflict(_("This meeting is over or cancelled; there is nothing to take back."))
    registration = meeting.registrations.filter(participant=person).first()
    if registration is not None:
        give_back(registration)


def give_back(registration: MeetingRegistration) -> None:
    """Cancel a registration; the first in line gets the seat. For the person, and for the site when they leave it."""
    with transaction.atomic():
        meeting = locked_meeting(registration.meeting)
        MeetingRegistration.objects.filter(pk=registration.pk).update(state=RegistrationState.CANCELLED)
        promote(meeting)


def promote(meeting: Meeting) -> None:
    """Give free seats to those who wait, strictly in their order, and write the counter; the meeting's row is locked."""
    taken = _seats_taken(meeting)
    if meeting.state == MeetingState.ANNOUNCED:
        waiting = meeting.registrations.filter(state=RegistrationState.WAITING).select_related(
            "participant__user"
        )
        for registration in waiting.order_by("registered_at", "pk"):
            if registration.takes_seat and meeting.capacity is not None and taken >= meeting.capacity:
                break
            registration.meeting = meeting
            registration.state = RegistrationState.CONFIRMED
            registration.save(update_fields=["state"])
            taken += registration.takes_seat
            telling.promoted(registration)
    if taken != meeting.taken:
        meeting.taken = taken
        Meeting.objects.filter(pk=meeting.pk).update(taken=taken)


def _seats_taken(meeting: Meeting) -> int:
    return meeting.registrations.filter(state=RegistrationState.CONFIRMED, takes_seat=True).count()


def _state_for(meeting: Meeting, registration: MeetingRegistration) -> RegistrationState:
    """Return whether there is room; who has a seat keeps it, who waits stays in line."""
    if not registration.takes_seat or meeting.capacity is None:
        return RegistrationState.CONFIRMED
    others = meeting.registrations.exclude(pk=registration.pk)
    taken = others.filter(state=RegistrationState.CONFIRMED, takes_seat=True).count()
    if registration.state == RegistrationState.CONFIRMED and taken < meeting.capacity:
        return RegistrationState.CONFIRMED
    in_line = others.filter(state=RegistrationState.WAITING, registered_at__lt=registration.registered_at)
    return (
        RegistrationState.CONFIRMED
        if taken < meeting.capacity and not in_line.exists()
        else RegistrationState.WAITING
    )


def _is_of_committee(meeting: Meeting, person) -> bool:
    accesses = meeting.committee.accesses.filter(participant=person, level__gte=AccessLevel.TAKE_PART)
    members = members_on(meeting.committee, meeting.starts_at.date()).filter(participant=person)
    return accesses.exists() or members.exists()


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state == MeetingState.DRAFT:
        raise Missing
    if meeting.state != MeetingState.ANNOUNCED or database_now() >= meeting.ends_at:
        raise Conflict(_("This meeting is over, has begun or is cancelled. Nobody can register any more."))
    if not meeting.takes_registrations:
        raise Conflict(_("Nobody has to register for this meeting. Just come."))
