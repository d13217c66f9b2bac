"""Opening hours and dates of places in words, as lists, maps and places say them alike."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mapping.city import city_of_hours
from mapping.opening_hours import NotUnderstood, Span, Timetable


@dataclass(frozen=True)
class Opening:
    """Whether a place is open, in words; the tone (good, quiet, warn) only repeats it in colour."""

    words: str
    tone: str


def timetable_of(osm: str) -> Timetable | None:
    """Return the timetable of hours in OSM's syntax, None for none or for hours that are not understood any more."""
    try:
        return Timetable(osm, **city_of_hours()) if osm else None
    except NotUnderstood:
        return None


def opening_now(osm: str, remark: str = "", *, now: dt.datetime | None = None) -> Opening:
    """Say whether a place with these hours is open at `now` (aware), and until when or from when on."""
    table = timetable_of(osm)
    if table is None:
        return Opening(_("Hours: see the remark") if remark or osm else _("Hours not stated"), "quiet")
    now = timezone.localtime(now)
    coming = table.next_openings(now, 1)
    if not coming:
        return Opening(_("Not open in the coming year"), "warn")
    span = coming[0]
    if span.state == "unknown":
        return Opening(_("Hours vary: please ask there"), "quiet")
    if span.start > now:
        return Opening(_opens(span.start, now), "quiet")
    if span.end is None:
        return Opening(_("Open around the clock"), "good")
    time = date_format(span.end, "TIME_FORMAT")
    if span.end.date() > now.date() + dt.timedelta(days=1):
        words = _("Open until %(day)s %(time)s") % {"day": _day(span.end, now), "time": time}
        return Opening(words, "good")
    return Opening(_("Open until %(time)s") % {"time": time}, "good")


def _opens(start: dt.datetime, now: dt.datetime) -> str:
    time = date_format(start, "TIME_FORMAT")
    if start.date() == now.date():
        return _("Opens today %(time)s") % {"time": time}
    if start.date() == now.date() + dt.timedelta(days=1):
        return _("Opens tomorrow %(time)s") % {"time": time}
    return _("Opens %(day)s %(time)s") % {"day": _day(start, now), "time": time}


def _day(moment: dt.datetime, now: dt.datetime) -> str:
    if moment.date() < now.date() + dt.timedelta(days=7):
        return date_format(moment, "l")
    return date_format(moment, "MONTH_DAY_FORMAT")


def span_words(span: Span) -> str:
    """Return the hours of one opening, such as "10:00 – 18:00", with what must be said about it."""
    start = date_format(span.start, "TIME_FORMAT")
    end = date_format(span.end, "TIME_FORMAT") if span.end else "…"
    if span.end and span.end - span.start == dt.timedelta(days=1):
        words = _("all day")
    else:
        words = f"{start} – {end}"
    if span.state == "unknown":
        words = _("%(hours)s (not certain)") % {"hours": words}
    return f"{words}: {span.comment}" if span.comment else words


def distance_words(metres: float) -> str:
    """Return a distance as people say it: by 50 metres, from one kilometre on in kilometres."""
    if metres < 975:
        return _("%(number)d m") % {"number": max(50, round(metres / 50) * 50)}
    kilometres = round(metres / 1000, 1)
    return _("%(number)s km") % {"number": f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:.0f}"}


def shown_address(url: str) -> str:
    """Return a web address as people write it, without scheme and last slash."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def verified_words(verified_on: dt.date | None, how: str = "") -> str:
    """Say when somebody last looked whether an entry is correct, and who; `how` is the label of a `VerifiedBy`."""
    if verified_on is None:
        return _("Nobody has checked this entry yet")
    date = date_format(verified_on, "DATE_FORMAT")
    if how:
        return _("Checked on %(date)s by %(who)s") % {"date": date, "who": how}
    return _("Checked on %(date)s") % {"date": date}


def week_rows(table: Timetable, today: dt.date) -> list[tuple[str, list[str], bool]]:
    """Return (day, hours, whether it is today) of the seven days from `today` on."""
    return [
        (
            f"{capfirst(date_format(day.on, 'l'))}, {date_format(day.on, 'MONTH_DAY_FORMAT')}",
            [span_words(span) for span in day.spans],
            day.on == today,
        )
        for day in table.week(today)
    ]


def week_words(table: Timetable, today: dt.date) -> str:
    """Return the hours of the seven days from `today` on in one line: "Mon – Fri 10:00 – 18:00; Sat 10:00 – 14:00".

    The week begins with Monday, and days with the same hours next to each other are told together.
    """
    runs: list[tuple[list[dt.date], str]] = []
    for day in sorted(table.week(today), key=lambda day: day.on.weekday()):
        hours = ", ".join(span_words(span) for span in day.spans)
        if runs and runs[-1][1] == hours and runs[-1][0][-1].weekday() == day.on.weekday() - 1:
            runs[-1][0].append(day.on)
        else:
            runs.append(([day.on], hours))
    return "; ".join(f"{_days_words(days)} {hours}" for days, hours in runs if hours) or _("closed")


def _days_words(days: list[dt.date]) -> str:
    first, last = (date_format(day, "D") for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    return f"{first}, {last}" if len(days) == 2 else f"{first} – {last}"
