"""A person's own learning as one list: sessions they came to, badges, steps of pathways, and their notes."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from learning_events.enums import AwardState
from learning_events.models import StepDone
from learning_events.queries.credential import awards_of
from learning_events.queries.pathway import attended_by, notes_of
from participation.models import Participant


@dataclass(frozen=True)
class Entry:
    """One line of the record: which day, what kind of thing ("session", "badge", "step", "note"), what, and how."""

    day: dt.date
    kind: str
    kind_name: str
    title: str
    note: str = ""


def record_of(participant: Participant) -> list[Entry]:
    """Return everything, newest first, in a constant number of queries."""
    entries = [*_sessions(participant), *_badges(participant), *_steps(participant), *_notes(participant)]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def _sessions(participant: Participant) -> Iterator[Entry]:
    for registration in attended_by(participant):
        session = registration.session
        day = session.starts_at.astimezone(ZoneInfo(session.zone)).date()
        yield Entry(day, "session", _("Session"), session.event.title)


def _badges(participant: Participant) -> Iterator[Entry]:
    for award in awards_of(participant).filter(state=AwardState.ACCEPTED):
        yield Entry(
            (award.issued_at or award.offered_at).date(),
            "badge",
            _("Badge"),
            award.achievement.name,
            str(award.get_earned_display()),
        )


def _steps(participant: Participant) -> Iterator[Entry]:
    taken = StepDone.objects.filter(participant=participant)
    for done in taken.select_related("step__pathway", "step__event", "step__place", "step__achievement"):
        yield Entry(
            done.done_at.date(),
            "step",
            _("Step of “%(pathway)s”") % {"pathway": done.step.pathway.title},
            str(done.step),
            str(done.get_way_display()),
        )


def _notes(participant: Participant) -> Iterator[Entry]:
    for note in notes_of(participant):
        yield Entry(note.learned_on, "note", _("Note"), note.text)
