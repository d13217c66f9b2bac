"""What a festival's search finds, as a calendar, as schedules in frab's form, and as an Atom feed of changes."""

import datetime as dt
import json
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning_events.calendar.writing import Conference, calendar_of, schedule_json, schedule_xml
from learning_events.models import EventPage
from learning_events.queries.found import FoundSessions
from learning_events.queries.programme import ShownSession
from learning_events.queries.source import source_events

# Stamps a programme that has never changed, so that asking again gives the same bytes.
NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
MOST_NEWS = 60
Absolute = Callable[[str], str]


def calendar(asked: FoundSessions, absolute: Absolute) -> bytes:
    """Return iCalendar with all sessions found, cancelled ones too; `absolute` makes a whole address of a path."""
    events = source_events(asked.sessions_of_day, asked.events, _address(absolute))
    made_at = asked.version.changed_at or NEVER
    return b"".join(calendar_of(events, name=asked.festival.title, made_at=made_at))


def schedule_as_json(asked: FoundSessions, absolute: Absolute) -> bytes:
    """Return the sessions found as a schedule of frab, in JSON."""
    events = source_events(asked.sessions_of_day, asked.events, _address(absolute))
    return json.dumps(schedule_json(events, conference_of(asked, absolute)), ensure_ascii=False).encode()


def schedule_as_xml(asked: FoundSessions, absolute: Absolute) -> bytes:
    """Return the sessions found as a schedule of frab, in XML."""
    events = source_events(asked.sessions_of_day, asked.events, _address(absolute))
    return b"".join(schedule_xml(events, conference_of(asked, absolute)))


def conference_of(asked: FoundSessions, absolute: Absolute) -> Conference:
    """Return the festival as schedules call it."""
    festival = asked.festival
    name = re.sub(r"[^a-z0-9]+", "_", festival.slug.lower()).strip("_") or "festival"
    return Conference(
        title=festival.title,
        acronym=f"{name}_{festival.starts_on.year}",
        zone=ZoneInfo(festival.zone),
        base_url=absolute(festival.url or "/"),
        version=str(asked.version.number),
    )


def atom(asked: FoundSessions, absolute: Absolute) -> bytes:
    """Return the latest changes of what was found as an Atom feed (RFC 4287), one entry for each change."""
    from django.utils.feedgenerator import Atom1Feed

    festival = asked.festival
    home = absolute(festival.url or "/")
    feed = Atom1Feed(
        title=_("Late changes: %(festival)s") % {"festival": festival.title},
        link=home,
        description=festival.summary,
        feed_url=absolute(festival.url_of("atom")),
        feed_guid=f"urn:uuid:{festival.translation_key}",
    )
    latest = asked.sessions.filter(announced_at__isnull=False).order_by(F("announced_at").desc(), "-pk")
    (rows,) = asked.shown(latest[:MOST_NEWS])
    for row in rows:
        feed.add_item(
            title=_plain(f"{what_changed(row)}: {row.event.title}"),
            link=absolute(row.url),
            description=_plain(words_of_change(row)),
            unique_id=f"{home}#{row.session.uid}-{row.session.sequence}",
            pubdate=row.session.announced_at,
            updateddate=row.session.announced_at,
        )
    return feed.writeString("utf-8").encode()


def what_changed(row: ShownSession) -> str:
    """Return in a word or two what happened to a session."""
    if row.session.is_cancelled:
        return _("Cancelled")
    return _("New time") if row.is_moved else _("Changed")


def words_of_change(row: ShownSession) -> str:
    """Return in whole sentences what happened to a session."""
    when = {"day": date_format(row.starts, "l, j F Y"), "time": date_format(row.starts, "TIME_FORMAT")}
    if row.session.is_cancelled:
        words = _("It does not take place on %(day)s, %(time)s.") % when
        return f"{words} {row.session.status_reason}".strip()
    words = _("It takes place on %(day)s, %(time)s.") % when
    before = row.previous_starts
    if row.is_moved and before is not None:
        was = {"day": date_format(before, "l, j F Y"), "time": date_format(before, "TIME_FORMAT")}
        words = f"{words} {_('It was planned for %(day)s, %(time)s.') % was}"
    return words


def _address(absolute: Absolute) -> Callable[[EventPage], str]:
    return lambda event: absolute(event.url or "/")


def _plain(text: str) -> str:
    from participation.foundation.calendar_text import NOT_TEXT

    return NOT_TEXT.sub("", text)
