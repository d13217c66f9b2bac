"""What bringing in a file would do: its rows beside what the map holds, and beside what the source said last time.

Three states decide about each fact: what the last import wrote, what the map says now, and what the file says. What only the
source changed is taken over; what only people changed here is kept; what both changed is a conflict, in which people win
unless somebody decides otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Revision

from mapping.domain.bringing_in.reading import Reading
from mapping.domain.bringing_in.rows import Row, Understood
from mapping.enums import PlaceStatus, RowState
from mapping.models import LearningPlace, PlaceImport, PlaceSource

MANY = ("topics", "audiences")
# Facts that only make sense together.
_TOGETHER = {"latitude": ("latitude", "longitude"), "opening_hours": ("opening_hours", "hours_remark")}
_FOLLOWS = {"longitude", "hours_remark", "neighbourhood_id"}
_MOST_PARAMETERS = 5_000


@dataclass(slots=True)
class Planned:
    """What becomes of one row (or of a place that has no row any more); `changes` and `conflicts` are {field: (old, new)}."""

    state: RowState
    row: Row | None
    pk: int | None = None
    name: str = ""
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    conflicts: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        return self.state == RowState.NEW or bool(self.changes)


@dataclass(frozen=True)
class Plan:
    """All rows of a file in its order, then what the file does not have any more."""

    rows: list[Planned]

    def counts(self) -> dict[str, int]:
        counts = dict.fromkeys(RowState.values, 0)
        for planned in self.rows:
            counts[planned.state] += 1
        return counts

    def of(self, state: RowState) -> list[Planned]:
        return [planned for planned in self.rows if planned.state == state]


@dataclass(frozen=True)
class _History:
    """What earlier imports of the source left behind: the revision they last wrote, and what they took off the map."""

    revisions: Mapping[int, int]
    withdrawn: Mapping[int, int]


def compare(understood: Understood, source: PlaceSource, reading: Reading) -> Plan:
    """Say what bringing the rows in would do; changes nothing, and takes as many queries for one row as for all."""
    fields = sorted(understood.fields)
    ours = LearningPlace.objects.filter(source=source) if source.pk else LearningPlace.objects.none()
    known = {
        values["source_key"]: values
        for values in ours.exclude(source_key="")
        .order_by("pk")
        .values(
            "pk", "source_key", "status", "version", "latest_revision_id", *{*fields, "name", "category_id"}
        )
    }
    many = _many_of(understood, known.values())
    history = _history(source) if source.pk else _History({}, {})
    told_before = _last_written(known.values(), history)
    planned = []
    for row in understood.rows:
        if row.problems:
            planned.append(Planned(RowState.WRONG, row, name=row.name))
        elif row.key not in known:
            planned.append(Planned(RowState.NEW, row, name=row.name))
        else:
            values = known[row.key]
            now = values | {name: many[name].get(values["pk"], frozenset()) for name in row.many}
            before = told_before.get(values["pk"], now)
            planned.append(_compared(row, now, before, understood.kinds, history, reading))
    keys = {row.key for row in understood.rows}
    for key, values in known.items():
        before = told_before.get(values["pk"], values)
        if (
            key not in keys
            and values["status"] == PlaceStatus.PUBLISHED
            and before["category_id"] in understood.kinds
        ):
            planned.append(_gone(values, closes=reading.closes_gone))
    return Plan(planned)


def _compared(
    row: Row,
    now: Mapping[str, Any],
    before: Mapping[str, Any],
    kinds: frozenset[int],
    history: _History,
    reading: Reading,
) -> Planned:
    planned = Planned(RowState.UNCHANGED, row, pk=now["pk"], name=now["name"])
    if now["status"] != PlaceStatus.PUBLISHED:
        if history.withdrawn.get(now["pk"]) != now["version"]:
            planned.state = RowState.LEFT
            status = PlaceStatus(now["status"]).label
            planned.notes.append(
                _("On this map the entry is “%(status)s”, so it stays as it is.") % {"status": status}
            )
            return planned
        planned.changes["status"] = (now["status"], str(PlaceStatus.PUBLISHED))
    elif before["category_id"] not in kinds:
        planned.state = RowState.LEFT
        planned.notes.append(
            _("It came with another list of the same source as another kind of place, and stays as it is.")
        )
        return planned
    for name, theirs in (*row.values.items(), *row.many.items()):
        if name in _FOLLOWS:
            continue
        together = _TOGETHER.get(name, (name,))
        mine = tuple(now[each] for each in together)
        last = tuple(before[each] for each in together)
        new = tuple(row.values[each] for each in together) if name in row.values else (theirs,)
        if new in (mine, last):
            continue
        difference = {
            each: (now[each], value) for each, value in zip(together, new, strict=True) if now[each] != value
        }
        if mine == last or reading.overwrites:
            planned.changes |= difference
        else:
            planned.conflicts |= difference
    if "latitude" in planned.changes or "longitude" in planned.changes:
        planned.changes["neighbourhood_id"] = (now["neighbourhood_id"], row.values["neighbourhood_id"])
    if planned.conflicts:
        planned.state = RowState.CONFLICT
    elif planned.changes:
        planned.state = RowState.CHANGED
    return planned


def _gone(values: Mapping[str, Any], *, closes: bool) -> Planned:
    planned = Planned(RowState.GONE, None, pk=values["pk"], name=values["name"])
    if closes:
        planned.changes["status"] = (values["status"], str(PlaceStatus.CLOSED))
    return planned


def _many_of(
    understood: Understood, known: Iterable[Mapping[str, Any]]
) -> dict[str, dict[int, frozenset[int]]]:
    """Return for each many-to-many fact of the file {place: ids}; one query each."""
    names = {name for row in understood.rows for name in row.many}
    found: dict[str, dict[int, set[int]]] = {name: {} for name in names}
    wanted = {values["pk"] for values in known}
    for name in names:
        through = getattr(LearningPlace, name).through
        column = f"{name[:-1]}_id"
        rows = through.objects.order_by()
        if len(wanted) <= _MOST_PARAMETERS:
            rows = rows.filter(learningplace_id__in=wanted)
        for place, term in rows.values_list("learningplace_id", column):
            found[name].setdefault(place, set()).add(term)
    return {name: {pk: frozenset(terms) for pk, terms in places.items()} for name, places in found.items()}


def _history(source: PlaceSource) -> _History:
    revisions: dict[int, int] = {}
    withdrawn: dict[int, int] = {}
    imports = PlaceImport.objects.filter(source=source, finished_at__isnull=False).order_by(
        "finished_at", "pk"
    )
    for report in imports.values_list("report", flat=True):
        if "undone" in report:
            withdrawn |= {int(pk): version for pk, version in report["undone"].get("withdrawn", {}).items()}
            continue
        for pk, entry in report.get("changed", {}).items():
            revisions[int(pk)] = entry["revision"]
            if entry.get("closed"):
                withdrawn[int(pk)] = entry["version"]
    return _History(revisions, withdrawn)


def _last_written(known: Iterable[Mapping[str, Any]], history: _History) -> dict[int, Mapping[str, Any]]:
    """Return what an import last wrote into each place that has changed since it came; others are as they came."""
    changed = [values["pk"] for values in known if values["latest_revision_id"] is not None]
    if not changed:
        return {}
    content_type = ContentType.objects.get_for_model(LearningPlace)
    first: dict[int, int] = {}
    for chunk in _chunks(changed):
        rows = Revision.objects.filter(
            base_content_type=content_type, object_id__in=[str(pk) for pk in chunk]
        )
        for pk, revision in rows.order_by("-pk").values_list("object_id", "pk"):
            first[int(pk)] = revision
    wanted = {history.revisions.get(pk, first.get(pk)): pk for pk in changed}
    found: dict[int, Mapping[str, Any]] = {}
    for chunk in _chunks([pk for pk in wanted if pk is not None]):
        for pk, content in Revision.objects.filter(pk__in=chunk).values_list("pk", "content"):
            found[wanted[pk]] = facts_of(content)
    return found


def facts_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a place as its revision holds them."""
    facts: dict[str, Any] = {}
    for concrete in LearningPlace._meta.concrete_fields:
        if concrete.name in content:
            value = content[concrete.name]
            facts[concrete.attname] = value if concrete.is_relation else concrete.to_python(value)
    for name in MANY:
        facts[name] = frozenset(content.get(name, ()))
    return facts


def _chunks(items: list[int], size: int = 900) -> Iterator[list[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def shown(name: str, value: Any) -> Any:
    """Return a value of a place in words, for the report."""
    if value in (None, "", frozenset()):
        return ""
    if isinstance(value, frozenset):
        model: type[Model] = LearningPlace._meta.get_field(name).related_model  # type: ignore[assignment]
        return ", ".join(str(term) for term in model._default_manager.filter(pk__in=value))
    concrete = next(each for each in LearningPlace._meta.concrete_fields if name in (each.name, each.attname))
    if concrete.is_relation:
        return str(concrete.related_model._default_manager.filter(pk=value).first() or "")
    return str(dict(concrete.flatchoices).get(value, value))
