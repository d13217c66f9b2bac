"""Gives an election back as a file: the published one where there is one, with what the gate did to it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from budgeting.domain.election_file import ballots_file
from budgeting.domain.gate import GateReport
from budgeting.models import Area, BallotBox
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Missing


@dataclass(frozen=True, slots=True)
class ExportedElection:
    """The bytes of a Pabulib file of one area, and the report of the gate that the ballots passed."""

    area: Area
    content: bytes
    report: GateReport


def export_election(box: BallotBox, *, area_id: int | None = None, by=None) -> ExportedElection:
    """Return one area's ballots as published: meta and projects of an imported file as they were, voters through the gate.

    `area_id` may be left out where there is one area. Raises Missing for another area, Conflict when the area has to be
    chosen, while the result is not published, or where the gate lets no ballots through.
    """
    if box.published_at is None:
        raise Conflict(
            _("The result of this budget is not published yet. Its ballots can be exported after that.")
        )
    areas = {
        area.pk: area for area in Area.objects.filter(pk__in=[frozen["id"] for frozen in box.rules["areas"]])
    }
    if area_id is None and len(areas) > 1:
        names = ", ".join(f"{area.pk} ({area.name})" for area in areas.values())
        raise Conflict(
            _("This budget has several areas. Choose one: %(areas)s.") % {"areas": names}, field="area"
        )
    area = areas.get(area_id) if area_id is not None else next(iter(areas.values()))
    if area is None:
        raise Missing(_("This budget has no such area."), field="area")
    made = ballots_file(box, area)
    if not made.report.passed:
        raise Conflict(" ".join(made.report.sentences()), code="gate")
    record("budgeting.export_election", box.budget, by=by, area=area.pk, gate=made.report.as_dict())
    return ExportedElection(area, made.content, made.report)
