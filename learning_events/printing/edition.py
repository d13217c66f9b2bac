"""Making an edition: one file after the other, with how far it is for those who wait."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning_events.domain.printing import FILES, begin_edition, fail_edition, finish_edition, keep_file
from learning_events.enums import PrintForm
from learning_events.models import EventPage, Festival, PrintEdition, Session
from learning_events.printing import sheets
from learning_events.printing.press import Pressed, press
from learning_events.queries.printing import PrintChange
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing


def print_edition(pk: int) -> bool:
    """Make all files of an edition; False when somebody else does, it was thrown away, or it failed and says why."""
    begun = begin_edition(pk)
    if begun is None:
        return False
    edition, sessions = begun
    try:
        with translation.override(edition.festival.locale.language_code):
            missing = _make_files(edition, sessions)
            told = _("No font has these letters, an empty square stands for them: %(letters)s") % {
                "letters": " ".join(sorted(missing))
            }
    except Missing:
        return False
    except Exception:
        fail_edition(
            edition, problem=_("The press stopped. Please ask whoever runs the site to look at its log.")
        )
        raise
    finish_edition(edition, problem=told if missing else "")
    return True


def _make_files(edition: PrintEdition, sessions: Sequence[Session]) -> set[str]:
    """Make one file after the other, and return the letters that could not be printed."""
    missing: set[str] = set()
    for number, (form, order) in enumerate(FILES, start=1):
        data = sheets.booklet(
            edition.festival, sessions, order=order, form=form, edition=edition_line(edition)
        )
        pressed = press("easy" if form == PrintForm.EASY else "booklet", data)
        keep_file(
            edition,
            form=form,
            order=order,
            content=pressed.content,
            pages=pressed.pages,
            progress=100 * number // (len(FILES) + 1),
        )
        missing |= set(pressed.missing)
    return missing


def edition_line(edition: PrintEdition) -> str:
    """Return what the cover says of the edition."""
    return _("Edition %(number)d, as of %(date)s") % {
        "number": edition.number,
        "date": date_format(_there(edition.festival, edition.printed_at), "DATE_FORMAT"),
    }


def _there(festival: Festival, moment: dt.datetime) -> dt.datetime:
    """Return the moment on the festival's clock."""
    return moment.astimezone(ZoneInfo(festival.zone))


def print_poster(festival: Festival, event: EventPage, sessions) -> Pressed:
    """Return the poster of an event; raises Misprint."""
    with translation.override(festival.locale.language_code):
        return press("poster", sheets.poster(festival, event, sessions))


def print_changes(festival: Festival, edition, changed: list[PrintChange]) -> Pressed:
    """Return the sheet of changes since an edition; raises Misprint."""
    with translation.override(festival.locale.language_code):
        as_of = _("Changes since %(edition)s. This sheet is of %(now)s.") % {
            "edition": edition_line(edition),
            "now": date_format(_there(festival, database_now()), "DATETIME_FORMAT"),
        }
        return press("changes", sheets.changes(festival, changed, as_of=as_of))
