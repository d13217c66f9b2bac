"""Writing the rows of a file into the map, all of them or none, and taking that back as long as nothing has changed since."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry, Revision

from mapping.domain.bringing_in.comparing import MANY, Plan, Planned, compare
from mapping.domain.bringing_in.doubles import note_doubles
from mapping.domain.bringing_in.reading import Reading
from mapping.domain.bringing_in.report import report_of
from mapping.domain.bringing_in.rows import Understood, understand_rows
from mapping.domain.version import changing_the_map
from mapping.enums import PlaceStatus, RowState, VerifiedBy
from mapping.models import LearningPlace, PlaceImport, PlaceSource
from mapping.rules import may_import_places
from mapping.spatial.reading import Table
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed

BATCH = 1_000
_WITHDRAWN = {str(PlaceStatus.CLOSED), str(PlaceStatus.HIDDEN)}


def bring_in(table: Table, *, reading: Reading, to: PlaceImport, by=None) -> Plan:
    """Bring a file into the map and finish its import `to` (whose source is set): all of it or nothing.

    Places of the source are found again by their number; running the same file twice changes nothing the second time.
    Raises NotAllowed without the permission (`by` is None for the command line), Invalid naming line, field and fix for the
    first row that is wrong.
    """
    refuse_who_may_not_import(by)
    if to.source is None:
        raise Invalid(_("Please say where the places come from."), field="source")
    if to.finished_at is not None:
        raise Conflict(_("This file has been brought in already."))
    # Reading takes longest and needs no lock, so others wait only while rows are compared and written.
    understood = understand_rows(table, reading)
    plan = compare(understood, to.source, reading)
    _refuse_wrong(plan)
    if not any(planned.writes for planned in plan.rows):
        with transaction.atomic():
            _finish(to, plan, reading, [], {}, by)
        return plan
    with changing_the_map() as number:
        plan = compare(understood, to.source, reading)
        added = _add(plan.of(RowState.NEW), to.source, number)
        changed = _change([planned for planned in plan.rows if planned.changes], to, number, by)
        _finish(to, plan, reading, added, changed, by)
    return plan


def look_over(table: Table, *, reading: Reading, source: PlaceSource) -> tuple[Understood, Plan]:
    """Say what `bring_in` would do, without doing it, and which new rows others may have registered already."""
    understood = understand_rows(table, reading)
    plan = compare(understood, source, reading)
    note_doubles(plan, source)
    return understood, plan


def undo_import(place_import: PlaceImport, *, by=None) -> None:
    """Take back what an import did: hide what it added, and give back what it changed, while nothing has changed since.

    Raises Conflict naming a place that somebody has changed meanwhile; nothing is taken back then.
    """
    refuse_who_may_not_import(by)
    with changing_the_map() as number:
        place_import = PlaceImport.objects.select_for_update().get(pk=place_import.pk)
        report = place_import.report
        if place_import.finished_at is None or "undone" in report:
            raise Conflict(
                _("There is nothing to undo: this file was not brought in, or it was taken back already.")
            )
        expected = dict.fromkeys(report.get("added", []), 1)
        expected |= {int(pk): entry["version"] for pk, entry in report.get("changed", {}).items()}
        places = _held(expected)
        touched = [place for place in places.values() if place.version != expected[place.pk]]
        if touched or len(places) < len(expected):
            words = ngettext(
                "%(count)d place of this import has changed since, for example “%(name)s”. Nothing was taken back.",
                "%(count)d places of this import have changed since, for example “%(name)s”. Nothing was taken back.",
                len(touched),
            )
            name = touched[0].name if touched else "–"
            raise Conflict(words % {"count": len(touched), "name": name}, code="changed_meanwhile")
        reason = _("The import of “%(file)s” was taken back.") % {"file": place_import.file_name}
        changes = {
            pk: {"status": str(PlaceStatus.HIDDEN), "status_reason": reason} for pk in report.get("added", [])
        }
        changes |= {int(pk): entry["before"] for pk, entry in report.get("changed", {}).items()}
        written = _store(places, changes, number, by)
        withdrawn = {
            str(pk): entry["version"]
            for pk, entry in written.items()
            if changes[pk].get("status") in _WITHDRAWN
        }
        place_import.report = report | {"undone": {"at": timezone.now().isoformat(), "withdrawn": withdrawn}}
        place_import.save(update_fields=["report"])
        record("mapping.undo_import", place_import, by=by, places=len(places))


def refuse_who_may_not_import(by) -> None:
    """Let those with the permission on, and the command line (None)."""
    if by is not None and not may_import_places(by):
        raise NotAllowed(_("Only staff with the right to import places may do this."))


def _refuse_wrong(plan: Plan) -> None:
    wrong = plan.of(RowState.WRONG)
    if not wrong:
        return
    row = wrong[0].row
    assert row is not None  # noqa: S101 - a wrong row is one of the file
    problem = row.problems[0]
    words = ngettext(
        "Line %(line)d, %(field)s: %(words)s Nothing was brought in.",
        "Line %(line)d, %(field)s: %(words)s %(count)d lines are wrong. Nothing was brought in.",
        len(wrong),
    )
    raise Invalid(
        words % {"line": row.line, "field": problem.field, "words": problem.words, "count": len(wrong)},
        field="file",
        details={"line": row.line, "field": problem.field, "wrong": len(wrong)},
    )


def _finish(
    to: PlaceImport, plan: Plan, reading: Reading, added: list[int], changed: dict[int, dict[str, Any]], by
) -> None:
    to.report = report_of(plan, every_row=False) | {
        "added": added,
        "changed": {str(pk): entry for pk, entry in changed.items()},
    }
    to.reading = reading.as_json()
    to.added, to.changed = len(added), len(changed)
    to.content = None
    to.finished_at = timezone.now()
    to.save()
    counts = {state: number for state, number in plan.counts().items() if number}
    record("mapping.import_places", to, by=by, source=str(to.source), file=to.file_name, **counts)


def _add(planned: list[Planned], source: PlaceSource, number: int) -> list[int]:
    today = timezone.localdate()
    rows = [each.row for each in planned if each.row is not None]
    places = LearningPlace.objects.bulk_create(
        [
            LearningPlace(
                **row.values,
                source=source,
                source_key=row.key,
                status=PlaceStatus.PUBLISHED,
                verified_on=today,
                verified_by=VerifiedBy.IMPORT,
                map_version=number,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    for name in MANY:
        through = getattr(LearningPlace, name).through
        through.objects.bulk_create(
            [
                through(**{"learningplace_id": place.pk, f"{name[:-1]}_id": term})
                for place, row in zip(places, rows, strict=True)
                for term in sorted(row.many.get(name, ()))
            ],
            batch_size=BATCH,
        )
    return [place.pk for place in places]


def _change(planned: list[Planned], to: PlaceImport, number: int, by) -> dict[int, dict[str, Any]]:
    """Write the changes and return for each place its new version and revision, and what undoing needs."""
    changes: dict[int, dict[str, Any]] = {}
    for each in planned:
        if each.pk is None:
            continue
        new = {name: value for name, (_old, value) in each.changes.items()}
        if "status" in new:
            closes = new["status"] == PlaceStatus.CLOSED
            reason = (
                _("It is not in the list of “%(source)s” any more.") % {"source": to.source} if closes else ""
            )
            new["status_reason"] = reason
        changes[each.pk] = new
    return _store(_held(changes), changes, number, by)


def _held(pks: Iterable[int]) -> dict[int, LearningPlace]:
    """Return the places, held until the transaction ends, with what their revisions hold."""
    wanted = sorted(pks)
    found: dict[int, LearningPlace] = {}
    for start in range(0, len(wanted), BATCH):
        rows = LearningPlace.objects.select_for_update(of=("self",)).filter(
            pk__in=wanted[start : start + BATCH]
        )
        found |= {place.pk: place for place in rows.prefetch_related("topics", "audiences", "pictures")}
    return found


def _store(
    places: Mapping[int, LearningPlace], changes: Mapping[int, Mapping[str, Any]], number: int, by
) -> dict[int, dict[str, Any]]:
    """Write the changes in bulk, with a revision of each place before (if it has none) and after."""
    written: dict[int, dict[str, Any]] = {}
    _revise([place for place in places.values() if place.latest_revision_id is None], by=None)
    columns = {"version", "map_version", "changed_at", "latest_revision"}
    for pk, place in places.items():
        before: dict[str, Any] = {}
        for name, value in changes[pk].items():
            if name in MANY:
                before[name] = sorted(term.pk for term in getattr(place, name).all())
                getattr(place, name).set(sorted(value))
                continue
            field = LearningPlace._meta.get_field(name)
            before[name] = field.value_to_string(place) if getattr(place, field.attname) is not None else None
            setattr(
                place,
                field.attname,
                field.target_field.to_python(value) if field.is_relation else field.to_python(value),
            )
            columns.add(field.name)
        place.version += 1
        place.map_version = number
        place.changed_at = timezone.now()
        written[pk] = {"version": place.version, "before": before}
        if changes[pk].get("status") == PlaceStatus.CLOSED:
            written[pk]["closed"] = True
    for pk, revision in _revise(list(places.values()), by=by).items():
        written[pk]["revision"] = revision
    LearningPlace.objects.bulk_update(list(places.values()), sorted(columns), batch_size=200)
    for name in MANY:
        _store_many(name, [place for pk, place in places.items() if name in changes[pk]])
    return written


def _store_many(name: str, places: list[LearningPlace]) -> None:
    if not places:
        return
    through = getattr(LearningPlace, name).through
    wanted = [(place.pk, term.pk) for place in places for term in getattr(place, name).all()]
    for start in range(0, len(places), BATCH):
        through.objects.filter(learningplace__in=places[start : start + BATCH]).delete()
    through.objects.bulk_create(
        [through(**{"learningplace_id": pk, f"{name[:-1]}_id": term}) for pk, term in wanted],
        batch_size=BATCH,
    )


def _revise(places: list[LearningPlace], *, by) -> dict[int, int]:
    """Save a revision of each place with its line in the history, all in one go; return the revisions' numbers."""
    content_type = ContentType.objects.get_for_model(LearningPlace)
    now = timezone.now()
    user = by if getattr(by, "is_authenticated", False) else None
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type,
                base_content_type=content_type,
                object_id=str(place.pk),
                object_str=str(place),
                content=place.serializable_data(),
                created_at=now,
                user=user,
            )
            for place in places
        ],
        batch_size=200,
    )
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=content_type,
                object_id=str(place.pk),
                label=str(place),
                action="mapping.bring_in_place",
                timestamp=now,
                user=user,
                revision=revision,
                content_changed=True,
            )
            for place, revision in zip(places, revisions, strict=True)
        ],
        batch_size=200,
    )
    for place, revision in zip(places, revisions, strict=True):
        place.latest_revision = revision
    return {place.pk: revision.pk for place, revision in zip(places, revisions, strict=True)}
