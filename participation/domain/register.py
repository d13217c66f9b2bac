"""The residents' register: reading a file without changing anything, and bringing it in as a whole or not at all."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.foundation.person_key import birth_date, may_vote_from, person_key
from participation.foundation.spreadsheets import read_csv
from participation.models import Participant, RegisterEntry, RegisterImport
from participation.queries.register import chunks, entries_by_key, neighbourhoods_by_word
from participation.rules import may_import_register

COLUMNS = ("register_number", "date_of_birth", "neighbourhood")
MAX_BYTES = 200 * 1024 * 1024
PROBLEMS_SHOWN = 200


@dataclass(frozen=True)
class Resident:
    """One row of the file as the register will hold it: no number, no birthday."""

    key: str
    neighbourhood: int
    may_vote_from: dt.date


@dataclass(frozen=True)
class Problem:
    """What is wrong on a line of the file and how to mend it."""

    line: int
    message: str


@dataclass
class RegisterReport:
    """What a file holds and what bringing it in would change; nothing was changed to find out."""

    sha256: str
    rows: int = 0
    new: int = 0
    unchanged: int = 0
    moved: int = 0
    returned: int = 0
    corrected: int = 0
    not_in_file: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list, repr=False)
    to_write: list[Resident] = field(default_factory=list, repr=False)

    @property
    def is_importable(self) -> bool:
        return self.rows > 0 and not self.problem_count

    def add_problem(self, line: int, message: object) -> None:
        self.problem_count += 1
        if len(self.problems) < PROBLEMS_SHOWN:
            self.problems.append(Problem(line, str(message)))


def read_register(content: bytes, *, today: dt.date | None = None) -> RegisterReport:
    """Read a CSV with register_number, date_of_birth (ISO 8601) and neighbourhood (name or short name): a dry run.

    The report counts what is new, moved, returned or the same, and names each line that cannot be used. Raises Invalid
    for a file that is no such CSV at all. The file's numbers and birthdays are turned into keys and forgotten.
    """
    report = _parse(content, today=today or timezone.localdate())
    _compare(report)
    return report


def _parse(content: bytes, *, today: dt.date) -> RegisterReport:
    if len(content) > MAX_BYTES:
        raise Invalid(_("This file is larger than 200 MB. Please cut it into several files."), field="file")
    report = RegisterReport(sha256=hashlib.sha256(content).hexdigest())
    neighbourhoods = neighbourhoods_by_word()
    age = voting_age()
    line_of: dict[str, int] = {}
    for line, row in read_csv(content, required=COLUMNS):
        report.rows += 1
        try:
            born_on = birth_date(row["date_of_birth"], today=today)
            key = person_key(row["register_number"], born_on)
        except ValidationError as error:
            report.add_problem(line, error.messages[0])
            continue
        neighbourhood = neighbourhoods.get(row["neighbourhood"].casefold())
        if neighbourhood is None:
            report.add_problem(
                line,
                _("There is no neighbourhood “%(name)s”. Write its name or short name as on this site.")
                % {"name": row["neighbourhood"][:60]},
            )
        elif key in line_of:
            report.add_problem(
                line,
                _("This person is on line %(first)d already. Remove one of the two lines.")
                % {"first": line_of[key]},
            )
        else:
            line_of[key] = line
            report.residents.append(Resident(key, neighbourhood, may_vote_from(born_on, age=age)))
    if not report.rows:
        report.add_problem(1, _("The file has no rows below the first line."))
    return report


def _compare(report: RegisterReport) -> None:
    known = entries_by_key(resident.key for resident in report.residents)
    for resident in report.residents:
        before = known.get(resident.key)
        if before is None:
            report.new += 1
        else:
            _pk, neighbourhood, since, is_active = before
            if not is_active:
                report.returned += 1
            elif neighbourhood != resident.neighbourhood:
                report.moved += 1
            elif since != resident.may_vote_from:
                report.corrected += 1
            else:
                report.unchanged += 1
                continue
        report.to_write.append(resident)
    active = RegisterEntry.objects.filter(is_active=True).count()
    report.not_in_file = active - sum(1 for before in known.values() if before[3])


def import_register(
    content: bytes, *, by, is_complete: bool = False, expected_sha256: str = ""
) -> RegisterImport:
    """Bring the file into the register, all of it or nothing; return the import.

    With `is_complete`, people who are not in the file no longer count as living in the city. Verified accounts follow
    their entry to its neighbourhood. Raises NotAllowed without the permission, Conflict when the file is not the one with
    `expected_sha256`, Invalid when any line cannot be used. 100,000 rows take a few seconds and a few hundred statements.
    """
    if not may_import_register(by):
        raise NotAllowed(_("Only staff with the right to import the register may do this."))
    if expected_sha256 and hashlib.sha256(content).hexdigest() != expected_sha256:
        raise Conflict(
            _("This is not the file of the report. Please check this file first."), code="other_file"
        )
    # Reading takes longest and needs no lock, so others wait only while rows are compared and written.
    report = _parse(content, today=timezone.localdate())
    if not report.is_importable:
        first = report.problems[0]
        raise Invalid(
            _("Line %(line)d: %(message)s Nothing was imported.")
            % {"line": first.line, "message": first.message},
            field="file",
        )
    with transaction.atomic():
        _compare(report)
        done = RegisterImport.objects.create(imported_by=by, file_sha256=report.sha256)
        _write(report.to_write, done)
        gone = _mark_gone({resident.key for resident in report.residents}) if is_complete else 0
        done.added = report.new
        done.changed = report.moved + report.returned + report.corrected + gone
        done.save(update_fields=["added", "changed"])
        record(
            "participation.import_register",
            done,
            by=by,
            sha256=report.sha256,
            rows=report.rows,
            new=report.new,
            moved=report.moved,
            returned=report.returned,
            gone=gone,
        )
    return done


def _write(residents: list[Resident], done: RegisterImport) -> None:
    entries = [
        RegisterEntry(
            person_key=resident.key,
            neighbourhood_id=resident.neighbourhood,
            may_vote_from=resident.may_vote_from,
            is_active=True,
            brought_in_by=done,
        )
        for resident in residents
    ]
    RegisterEntry.objects.bulk_create(
        entries,
        batch_size=5_000,
        update_conflicts=True,
        unique_fields=["person_key"],
        update_fields=["neighbourhood", "may_vote_from", "is_active"],
    )
    entry = RegisterEntry.objects.filter(pk=OuterRef("register_entry"))
    for chunk in chunks([resident.key for resident in residents]):
        Participant.objects.filter(register_entry__person_key__in=chunk).update(
            neighbourhood=Subquery(entry.values("neighbourhood")[:1])
        )


def _mark_gone(present: set[str]) -> int:
    gone = [
        pk
        for pk, key in RegisterEntry.objects.filter(is_active=True).values_list("pk", "person_key").iterator()
        if key not in present
    ]
    for chunk in chunks(gone):
        RegisterEntry.objects.filter(pk__in=chunk).update(is_active=False)
    return len(gone)


def voting_age() -> int:
    """Return the setting PARTICIPATION_VOTING_AGE in whole years (16 by default)."""
    return getattr(settings, "PARTICIPATION_VOTING_AGE", 16)
