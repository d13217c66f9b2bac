"""What a reading found and did, in sentences."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning_events.calendar.problems import PROBLEMS
from learning_events.calendar.reading import Unreadable
from learning_events.models import EventPage

_SESSIONS = {
    "added": gettext_lazy("New date: %(now)s."),
    "moved": gettext_lazy("Moved from %(was)s to %(now)s."),
    "changed": gettext_lazy("Changed: the date on %(now)s."),
    "cancelled": gettext_lazy("Cancelled: %(was)s."),
    "restored": gettext_lazy("Takes place after all: %(now)s."),
    "gone": gettext_lazy("Not in the calendar any more: %(was)s."),
}


def refusal_words(error: Unreadable) -> str:
    """Return why a programme cannot be read at all, in the reader's language, with the line where there is one."""
    words = _(error.message_id) % error.params
    if error.line is None:
        return words
    where = _("Event %(number)d: %(words)s") if error.unit == "event" else _("Line %(number)d: %(words)s")
    return where % {"number": error.line, "words": words}


def problem_words(problem: Mapping[str, Any]) -> str:
    """Return one problem of a run as a sentence."""
    message = PROBLEMS.get(problem["code"], "")
    try:
        words = _(message) % problem.get("params", {})
    except (KeyError, ValueError, TypeError):
        words = message
    if problem.get("line") is None:
        return words
    where = (
        _("Event %(number)s: %(words)s")
        if problem.get("unit") == "event"
        else _("Line %(number)s: %(words)s")
    )
    return where % {"number": problem["line"], "words": words}


def sentences(line: Mapping[str, Any]) -> list[str]:
    """Return what one line of a run says besides its title: fields, dates and why it was left out."""
    told = []
    for name, was, now, is_kept in line.get("fields", ()):
        label = capfirst(str(getattr(EventPage._meta.get_field(name), "verbose_name", name)))
        if is_kept:
            told.append(
                _("%(field)s: stays as you wrote it here; the calendar says “%(now)s”.")
                % {"field": label, "now": _short(now)}
            )
        elif isinstance(now, str) and name not in ("kind", "place"):
            told.append(
                _("%(field)s: “%(was)s” becomes “%(now)s”.")
                % {"field": label, "was": _short(was), "now": _short(now)}
            )
        else:
            told.append(_("%(field)s has changed.") % {"field": label})
    for session in line.get("sessions", ()):
        told.append(
            _SESSIONS[session["what"]]
            % {"was": moment_words(session.get("was")), "now": moment_words(session.get("now"))}
        )
    if line.get("words"):
        told.append(line["words"])
    return told


def moment_words(text: str | None) -> str:
    """Return a kept date or time in the reader's words, on its own clock."""
    if not text:
        return "–"
    with suppress(ValueError):
        if len(text) == 10:
            return date_format(dt.date.fromisoformat(text), "DATE_FORMAT")
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
        return f"{date_format(moment, 'DATE_FORMAT')}, {date_format(moment, 'TIME_FORMAT')}"
    return text


def _short(text: Any) -> str:
    text = str(text or "–")
    return text if len(text) <= 80 else f"{text[:79]}…"
