"""Planning a meeting, announcing it, changing it, cancelling it."""

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.agenda.returning import bring_back
from participation.domain.meeting import telling
from participation.domain.meeting.registration import promote
from participation.domain.rights import locked_meeting, refuse_unless_keeper
from participation.enums import MeetingForm, MeetingState
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, invalid_from
from participation.foundation.text import clean_line, clean_text
from participation.foundation.zones import city_zone
from participation.models import Committee, Meeting

LONGEST = dt.timedelta(days=7)
# What people who have the meeting in their calendars must learn of (RFC 5545, section 3.8.7.4).
TELLS_CALENDARS = (
    "title", "form", "starts_at", "ends_at", "zone", "venue_name", "venue_address", "longitude", "latitude",
)  # fmt: skip
# What those who come are told by mail, too: not a spelling mistake that somebody mended.
TELLS_PEOPLE = ("form", "starts_at", "ends_at", "venue_name", "venue_address")
CAN_CHANGE = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.RUNNING)


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What a keeper says of a meeting. Times are aware; degrees in EPSG:4326; `place_key` as in `foundation.venues`."""

    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    text: str = ""
    form: str = MeetingForm.IN_PERSON
    zone: str = ""
    venue_name: str = ""
    venue_address: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    place_key: str = ""
    online_url: str = ""
    is_step_free: bool | None = None
    has_hearing_loop: bool | None = None
    interpretation: str = ""
    access_note: str = ""
    takes_registrations: bool = False
    capacity: int | None = None
    agenda_closes_at: dt.datetime | None = None


def facts_of(meeting: Meeting) -> MeetingFacts:
    """Return what is known of a meeting, to change parts of it with `dataclasses.replace`."""
    return MeetingFacts(**{each.name: getattr(meeting, each.name) for each in fields(MeetingFacts)})


def plan_meeting(committee: Committee, *, by, facts: MeetingFacts) -> Meeting:
    """Plan a meeting, which only the committee's keepers see until it is announced.

    What is still open comes back on its agenda by itself. Raises NotAllowed, Missing, or Invalid naming the field.
    """
    refuse_unless_keeper(committee, by)
    meeting = build_meeting(committee, facts)
    with transaction.atomic():
        meeting.save(force_insert=True)
        record("participation.meeting.plan", meeting, by=by)
        bring_back(committee)
    return meeting


def build_meeting(committee: Committee, facts: MeetingFacts, **more: Any) -> Meeting:
    """Return a checked meeting that is not stored yet; raises Invalid naming the field."""
    meeting = Meeting(committee=committee, **more)
    _write(meeting, facts)
    _check(meeting)
    return meeting


def change_meeting(meeting: Meeting, *, by, facts: MeetingFacts, version: int) -> Meeting:
    """Change a meeting that somebody saw in this `version`; calendars and people hear of what matters to them.

    Raises Conflict when somebody else has changed it meanwhile, or when it is over or cancelled; Invalid naming the field.
    """
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state not in CAN_CHANGE:
            raise Conflict(_("This meeting is over or cancelled; it cannot be changed any more."))
        if meeting.version != version:
            raise Conflict(
                _(
                    "Somebody else has changed this meeting meanwhile. Please look at it again, then change it."
                ),
                code="version",
            )
        before = {name: getattr(meeting, name) for name in (*TELLS_CALENDARS, "capacity")}
        _write(meeting, facts)
        _check(meeting)
        changed = [name for name, value in before.items() if getattr(meeting, name) != value]
        is_known = meeting.state != MeetingState.DRAFT
        if is_known and set(changed) & set(TELLS_CALENDARS):
            meeting.sequence += 1
        meeting.version += 1
        meeting.save()
        record("participation.meeting.change", meeting, by=by, changed=changed)
        promote(meeting)
        if is_known and set(changed) & set(TELLS_PEOPLE):
            telling.changed(meeting)
    return meeting


def announce_meeting(meeting: Meeting, *, by) -> Meeting:
    """Let everybody who may read the committee know of a planned meeting, and invite its people by mail and calendar.

    Doing it twice is as doing it once. Raises Conflict for a meeting that is over, cancelled or in the past.
    """
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state == MeetingState.ANNOUNCED:
            return meeting
        if meeting.state != MeetingState.DRAFT:
            raise Conflict(_("This meeting has been announced already."))
        now = database_now()
        if meeting.ends_at <= now:
            raise Conflict(_("This meeting lies in the past. Please change its day before you announce it."))
        meeting.state, meeting.announced_at = MeetingState.ANNOUNCED, now
        meeting.version += 1
        meeting.save(update_fields=["state", "announced_at", "version", "changed_at"])
        record("participation.meeting.announce", meeting, by=by)
        telling.announced(meeting)
    return meeting


def cancel_meeting(meeting: Meeting, *, by, because: str) -> Meeting:
    """Cancel a meeting with a reason; who was invited or registered hears of it, and their calendars too.

    What was on its agenda returns on the next one. Raises Invalid (field "because"), Conflict for one that has begun.
    """
    refuse_unless_keeper(meeting.committee, by)
    because = clean_line(because)[:300]
    if not because:
        raise Invalid(_("Please say why the meeting is cancelled."), field="because")
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state == MeetingState.CANCELLED:
            return meeting
        if meeting.state not in (MeetingState.DRAFT, MeetingState.ANNOUNCED):
            raise Conflict(_("This meeting has begun or is over; it cannot be cancelled any more."))
        was_known = meeting.state == MeetingState.ANNOUNCED
        meeting.state, meeting.cancelled_because = MeetingState.CANCELLED, because
        meeting.sequence += 1
        meeting.version += 1
        meeting.save(update_fields=["state", "cancelled_because", "sequence", "version", "changed_at"])
        record("participation.meeting.cancel", meeting, by=by, because=because)
        bring_back(meeting.committee)
        if was_known:
            telling.cancelled(meeting)
    return meeting


def _write(meeting: Meeting, facts: MeetingFacts) -> None:
    for each in fields(MeetingFacts):
        value = getattr(facts, each.name)
        if isinstance(value, str):
            value = clean_text(value) if each.name == "text" else clean_line(value)
        setattr(meeting, each.name, value)
    meeting.zone = meeting.zone or city_zone()
    meeting.starts_at = meeting.starts_at.astimezone(dt.UTC)
    meeting.ends_at = meeting.ends_at.astimezone(dt.UTC)


def _check(meeting: Meeting) -> None:
    if not meeting.title:
        raise Invalid(_("Please give the meeting a title."), field="title")
    if meeting.ends_at <= meeting.starts_at:
        raise Invalid(_("The end must lie after the begin."), field="ends_at")
    if meeting.ends_at - meeting.starts_at > LONGEST:
        raise Invalid(_("A meeting lasts at most seven days. Please plan several."), field="ends_at")
    if meeting.form == MeetingForm.IN_PERSON and meeting.online_url:
        raise Invalid(
            _(
                "A meeting in person has no video call. Choose “in person and online”, or leave the address empty."
            ),
            field="online_url",
        )
    if meeting.capacity is not None and meeting.capacity < meeting.taken:
        raise Invalid(
            _("%(taken)d guests are registered already. Please leave at least so many seats.")
            % {"taken": meeting.taken},
            field="capacity",
        )
    if meeting.agenda_closes_at and meeting.agenda_closes_at > meeting.starts_at:
        raise Invalid(_("Suggestions must end before the meeting begins."), field="agenda_closes_at")
    try:
        meeting.clean_fields(exclude=["committee", "series"])
    except ValidationError as error:
        raise invalid_from(error) from None
