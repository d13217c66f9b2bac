"""Meetings for calendar programs (RFC 5545): feeds to subscribe to, and the invitation that a mail carries."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings

from participation.enums import MeetingState
from participation.foundation.calendar_text import (
    address,
    calendar_head,
    escaped,
    in_utc,
    on_clock,
    written,
    zone_definition,
    zone_named,
)
from participation.models import Meeting
from participation.queries.meeting import path_of, where_words

PRODID = "-//wagtail-learning-city//committees//EN"
REFRESH = dt.timedelta(hours=1)


def calendar_of(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """Return meetings with their committees as a calendar; cancelled ones stay in it as cancelled.

    The same meetings give the same bytes. The address of a video call is never in it: it is on the meeting's page.
    """
    return b"".join(_calendar(meetings, name=name, method="PUBLISH", refresh=REFRESH))


def invitation_of(meeting: Meeting, *, attendee: str) -> tuple[bytes, str]:
    """Return (calendar, method) for the mail to one person: REQUEST, or CANCEL for a cancelled meeting (RFC 5546)."""
    method = "CANCEL" if meeting.state == MeetingState.CANCELLED else "REQUEST"
    organiser = meeting.committee.contact_email or settings.DEFAULT_FROM_EMAIL
    people = [
        f"ORGANIZER;CN={_quoted(meeting.committee.title)}:mailto:{_mailbox(organiser)}",
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:{_mailbox(attendee)}",
    ]
    name = meeting.committee.title
    return b"".join(_calendar([meeting], name=name, method=method, people=people)), method


def _calendar(
    meetings: Iterable[Meeting],
    *,
    name: str,
    method: str,
    people: Iterable[str] = (),
    refresh: dt.timedelta | None = None,
) -> Iterator[bytes]:
    yield calendar_head(name=name, prodid=PRODID, method=method, refresh=refresh)
    defined = {""}
    for meeting in meetings:
        zone = zone_named(meeting.zone)
        if zone not in defined:
            defined.add(zone)
            yield zone_definition(zone)
        yield _entry(meeting, people)
    yield b"END:VCALENDAR\r\n"


def _entry(meeting: Meeting, people: Iterable[str]) -> bytes:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    zone, changed = zone_named(meeting.zone), in_utc(meeting.changed_at)
    is_cancelled = meeting.state == MeetingState.CANCELLED
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(meeting.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{meeting.sequence}",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        f"DTSTART{on_clock(meeting.starts_at, zone)}",
        f"DTEND{on_clock(meeting.ends_at, zone)}",
        f"SUMMARY:{escaped(meeting.title)}",
        f"URL:{address(base + path_of(meeting))}",
        *people,
    ]
    about = "\n\n".join(filter(None, (meeting.committee.title, meeting.cancelled_because, meeting.text)))
    lines.append(f"DESCRIPTION:{escaped(about)}")
    if where := where_words(meeting):
        lines.append(f"LOCATION:{escaped(where)}")
    if meeting.latitude is not None and meeting.longitude is not None:
        lines.append(f"GEO:{meeting.latitude:.6f};{meeting.longitude:.6f}")
    return written([*lines, "END:VEVENT"])


def _quoted(text: str) -> str:
    """Return a text as the value of a parameter (RFC 5545, 3.1), which knows no escapes."""
    return '"' + "".join(letter for letter in escaped(text) if letter not in '"\\;,:') + '"'


def _mailbox(email: str) -> str:
    """Return the bare address of `Name <name@example.org>`."""
    from email.utils import parseaddr

    return address(parseaddr(email)[1])
