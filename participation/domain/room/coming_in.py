"""Coming into a room: by one's name on the site, or as a guest where the room takes guests; and who may act in it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.room.events import note
from participation.enums import RoomAccess, RoomState
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.locks import stand_in_line
from participation.foundation.text import clean_line
from participation.models import Room, RoomPerson
from participation.queries.room import may_read_room
from participation.rules import has_access_to_take_part, has_public_name, is_signed_in
from participation.validators import validate_display_name

MOST_GUESTS = 5000


def come_in(room: Room, *, by) -> RoomPerson:
    """Return who `by` is in the room, new where they have not been in it yet.

    Raises Missing for who may not know of the room, NotAllowed for who may read only.
    """
    if not may_read_room(by, room):
        raise Missing
    refuse_unless_may_act(room, by)
    found = RoomPerson.objects.filter(room=room, participant__user=by).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return RoomPerson.objects.create(
                room=room, participant=by.participant, name=by.participant.display_name
            )
    except IntegrityError:  # the other of two clicks was quicker
        return RoomPerson.objects.get(room=room, participant=by.participant)


def come_in_as_guest(room: Room, *, name: str) -> RoomPerson:
    """Return a new guest with this name; the caller keeps its number in the browser's session, and only there.

    Raises Missing where strangers may not know of the room, NotAllowed where it takes no guests, Invalid (field "name").
    """
    if room.meeting.committee.is_private or room.state == RoomState.DRAFT:
        raise Missing
    if room.access != RoomAccess.GUESTS:
        raise NotAllowed(_("This room takes no guests. Please sign in to take part."))
    name = clean_line(name)
    if not name or len(name) > 40:
        raise Invalid(
            _("Please write by what name others may see you, in at most 40 characters."), field="name"
        )
    try:
        validate_display_name(name)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="name") from None
    with transaction.atomic():
        if RoomPerson.objects.filter(room=room, is_guest=True).count() >= MOST_GUESTS:
            raise Conflict(_("So many guests do not fit into this room."))
        guest = RoomPerson.objects.create(room=room, name=name, is_guest=True)
        note(room, "guest", by=guest)
    return guest


def refuse_unless_may_act(room: Room, by) -> None:
    """Let a signed-in person pass who may act in the room; raises NotAllowed with what they can do."""
    if not is_signed_in(by):
        raise NotAllowed(_("Please sign in to take part."), code="sign_in")
    if not has_public_name(by):
        raise NotAllowed(_("Please tell us first by what name others may see you here."), code="name")
    committee = room.meeting.committee
    if room.access == RoomAccess.PEOPLE and not has_access_to_take_part(by, committee):
        raise NotAllowed(_("In this room the people of the committee act; everybody may follow."))


def acting(room: Room, person: RoomPerson) -> Room:
    """Return the room, held open until the transaction ends, for somebody who acts in it now.

    People do not wait for each other here, only for who closes or pauses the room. Raises Conflict when it is not open,
    NotAllowed for who was muted or may no longer act.
    """
    stand_in_line(Room, room.pk)
    found = Room.objects.select_related("meeting__committee").filter(pk=room.pk).first()
    who = RoomPerson.objects.select_related("participant__user").filter(pk=person.pk, room=room.pk).first()
    if found is None or who is None:
        raise Missing
    if found.state != RoomState.OPEN:
        raise Conflict(_CLOSED[RoomState(found.state)], code="closed")
    if who.is_muted:
        raise NotAllowed(_("Who runs this room has muted you. You can still follow it."), code="muted")
    if who.is_guest:
        if found.access != RoomAccess.GUESTS or found.meeting.committee.is_private:
            raise NotAllowed(_("This room takes no guests any more. Please sign in to take part."))
    elif who.participant is None:
        raise Missing
    else:
        if not may_read_room(who.participant.user, found):
            raise Missing
        refuse_unless_may_act(found, who.participant.user)
    return found


_CLOSED = {
    RoomState.DRAFT: _("This room is not open yet."),
    RoomState.PAUSED: _("There is a break. Please try again when the room goes on."),
    RoomState.CLOSED: _("This room is closed. You find what came of it on its page."),
}
