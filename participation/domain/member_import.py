"""Members from a list: reading a file without changing anything, and bringing it in as a whole or not at all."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.domain.joining import INVITATIONS_A_DAY, invite_person
from participation.domain.membership import ACCESS_OF_ROLE, LONGEST_TERM, add_seat, seat_person
from participation.enums import SeatRole
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from participation.foundation.spreadsheets import read_csv
from participation.foundation.text import clean_line
from participation.models import Committee, Seat
from participation.queries.membership import is_vacant_on
from participation.rules import may_lead_committee

COLUMNS = ("name", "role")
OPTIONAL = ("seat", "from_on", "until_on", "email")
MAX_BYTES = 1024 * 1024
MOST_ROWS = 500


@dataclass(frozen=True)
class MemberRow:
    """One line of the list: who gets which seat, or who is invited to it."""

    line: int
    name: str
    role: str
    seat: str
    from_on: dt.date
    until_on: dt.date | None
    email: str

    @property
    def is_invited(self) -> bool:
        return bool(self.email)


@dataclass
class MemberReport:
    """What a list holds and what bringing it in would do; nothing was changed to find out."""

    sha256: str
    rows: list[MemberRow] = field(default_factory=list)
    new_seats: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_importable(self) -> bool:
        return bool(self.rows) and not self.problems

    @property
    def seated(self) -> int:
        return sum(1 for row in self.rows if not row.is_invited)

    @property
    def invited(self) -> int:
        return sum(1 for row in self.rows if row.is_invited)


def read_members(committee: Committee, content: bytes, *, today: dt.date | None = None) -> MemberReport:
    """Read a CSV with name and role, and if wanted seat, from_on, until_on (ISO 8601) and email: a dry run.

    A line with an address becomes an invitation, one without a term that begins at once. Raises Invalid for a file that is
    no such CSV at all; the report names each line that cannot be used.
    """
    if len(content) > MAX_BYTES:
        raise Invalid(_("This file is larger than 1 MB. A committee is smaller than that."), field="file")
    today = today or timezone.localdate()
    report = MemberReport(sha256=hashlib.sha256(content).hexdigest())
    vacant = _vacant_seats(committee, today)
    chairs = committee.seats.filter(role=SeatRole.CHAIR, is_abolished=False).count()
    named: dict[str, int] = {}
    for line, cells in read_csv(content, required=COLUMNS, optional=OPTIONAL):
        if len(report.rows) + len(report.problems) >= MOST_ROWS:
            raise Invalid(_("The list has more than %(most)d lines.") % {"most": MOST_ROWS}, field="file")
        try:
            row = _row(line, cells, today)
            if row.name.casefold() in named:
                raise Invalid(
                    _("%(name)s is on line %(first)d already. A person has one seat.")
                    % {"name": row.name, "first": named[row.name.casefold()]}
                )
            if not _take(vacant, row):
                if row.role == SeatRole.CHAIR and chairs:
                    raise Invalid(
                        _("The committee has a chair already. End that term first, or choose another role.")
                    )
                chairs += row.role == SeatRole.CHAIR
                report.new_seats += 1
        except Refused as refusal:
            report.problems.append((line, str(refusal.message)))
        else:
            named[row.name.casefold()] = line
            report.rows.append(row)
    if not report.rows and not report.problems:
        report.problems.append((1, str(_("The file has no rows below the first line."))))
    if report.invited > INVITATIONS_A_DAY:
        report.problems.append(
            (1, str(_("At most %(n)d people can be invited on one day.") % {"n": INVITATIONS_A_DAY}))
        )
    return report


def import_members(committee: Committee, content: bytes, *, expected_sha256: str, by) -> int:
    """Bring the list in, all of it or nothing; return how many people have a seat now.

    Raises NotAllowed, Conflict when it is not the file of the report, and Invalid with the first line that cannot be used.
    Invitations are mailed once all terms are written.
    """
    if not may_lead_committee(by, committee):
        raise NotAllowed(_("Only who leads the committee may do this."))
    if hashlib.sha256(content).hexdigest() != expected_sha256:
        raise Conflict(
            _("This is not the file of the report. Please check this file first."), code="other_file"
        )
    with transaction.atomic():
        Committee.objects.select_for_update().get(pk=committee.pk)
        report = read_members(committee, content)
        if not report.is_importable:
            line, message = report.problems[0]
            raise Invalid(
                _("Line %(line)d: %(message)s Nothing was imported.") % {"line": line, "message": message},
                field="file",
            )
        today = timezone.localdate()
        vacant = _vacant_seats(committee, today)
        seats = [
            _take(vacant, row) or add_seat(committee, role=row.role, title=row.seat, by=by)
            for row in report.rows
        ]
        for row, seat in zip(report.rows, seats, strict=True):
            if not row.is_invited:
                seat_person(
                    seat,
                    participant=None,
                    name=row.name,
                    from_on=row.from_on,
                    until_on=row.until_on,
                    by=by,
                )
        record("participation.members.import", committee, by=by, sha256=report.sha256, rows=len(report.rows))
    for row, seat in zip(report.rows, seats, strict=True):
        if row.is_invited:
            invite_person(
                committee,
                email=row.email,
                seat=seat,
                level=ACCESS_OF_ROLE[SeatRole(row.role)],
                until_on=row.until_on,
                by=by,
            )
    return report.seated


def _row(line: int, cells: dict[str, str], today: dt.date) -> MemberRow:
    name = clean_line(cells["name"])
    if not name or len(name) > 80:
        raise Invalid(_("Write a name of at most 80 characters."))
    role = cells["role"].strip().lower()
    if role not in SeatRole.values:
        raise Invalid(
            _("There is no role “%(role)s”. Write one of: %(roles)s.")
            % {"role": role[:40], "roles": ", ".join(SeatRole.values)}
        )
    from_on = _day(cells.get("from_on", ""), "from_on") or today
    until_on = _day(cells.get("until_on", ""), "until_on")
    if until_on is not None and until_on < max(from_on, today):
        raise Invalid(_("The term is over already, or ends before it begins."))
    if until_on is not None and until_on - from_on > LONGEST_TERM:
        raise Invalid(_("A term lasts at most twelve years."))
    email = cells.get("email", "").strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(_("“%(email)s” is no e-mail address.") % {"email": email[:80]}) from None
    return MemberRow(line, name, role, clean_line(cells.get("seat", ""))[:120], from_on, until_on, email)


def _day(text: str, column: str) -> dt.date | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 1950 <= day.year <= 2100 or text != day.isoformat():
        raise Invalid(
            _("“%(text)s” in %(column)s is no day. Write it like 2026-03-31.")
            % {"text": text[:40], "column": column}
        )
    return day


def _vacant_seats(committee: Committee, today: dt.date) -> list[Seat]:
    return [seat for seat in committee.seats.filter(is_abolished=False) if is_vacant_on(seat, today)]


def _take(vacant: list[Seat], row: MemberRow) -> Seat | None:
    """Take the vacant seat out of the list that fits the line: the same role, and the same name where the line has one."""
    for seat in vacant:
        if seat.role == row.role and (not row.seat or seat.title.casefold() == row.seat.casefold()):
            vacant.remove(seat)
            return seat
    return None
