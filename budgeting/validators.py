"""What a budget and a proposal must be like; asked by the models, the forms and the API alike."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from budgeting.enums import PhaseKind
from participation.foundation.geometry import contains

MAX_PICTURES = 3
FROZEN_AREA_FIELDS = ("name", "neighbourhood_id", "amount_cents", "ballot_style", "max_choices", "rule")
NEEDED_TO_SUBMIT = {
    "title": _("Please give your proposal a title."),
    "summary": _("Please say in one or two sentences what it is about."),
    "description": _("Please describe what would happen."),
    "learning_goal": _("Please say what people will learn."),
    "learners": _("Please estimate how many people will learn."),
    "area": _("Please choose an area."),
    "cost_cents": _("Please estimate the cost."),
}


def is_frozen(budget: Any) -> bool:
    """Say whether the budget's rules are frozen: voting has opened, so there is a ballot box."""
    return (
        budget.pk is not None
        and apps.get_model("budgeting", "BallotBox").objects.filter(budget_id=budget.pk).exists()
    )


def frozen_changes(budget: Any, *, phases: Iterable[Any], areas: Iterable[Any], currency: str) -> list[str]:
    """Return what of the frozen rules `phases`, `areas` and `currency` would change, in words; compares with the database."""
    stored = type(budget)._default_manager.get(pk=budget.pk)
    changes = []
    if currency != stored.currency:
        changes.append(str(_("the currency")))
    if _voting_dates(phases) != _voting_dates(stored.phases.all()):
        changes.append(str(_("the dates of voting")))
    before, after = _areas(stored.areas.all()), _areas(areas)
    if before.keys() != after.keys():
        changes.append(str(_("the list of areas")))
    changes += [
        str(_("the area %(name)s") % {"name": before[pk][0]})
        for pk in before
        if pk in after and before[pk] != after[pk]
    ]
    return changes


def refuse_frozen_changes(budget: Any) -> None:
    """Refuse a page whose phases, areas or currency differ from the frozen ones, whoever saves it (V9)."""
    if not is_frozen(budget):
        return
    changes = frozen_changes(
        budget, phases=budget.phases.all(), areas=budget.areas.all(), currency=budget.currency
    )
    if changes:
        raise frozen_error(changes)


def frozen_error(changes: list[str]) -> ValidationError:
    """Return the refusal that names what stays as it is."""
    return ValidationError(
        _(
            "Voting has opened with the rules as they were published, so this cannot be changed any more: %(changes)s. "
            "Nothing was saved. Put the old values back, then save again."
        ),
        code="frozen",
        params={"changes": ", ".join(changes)},
    )


def _voting_dates(phases: Iterable[Any]) -> list[tuple]:
    return [(phase.opens_at, phase.closes_at) for phase in phases if phase.kind == PhaseKind.VOTING]


def _areas(areas: Iterable[Any]) -> dict[Any, tuple]:
    return {area.pk: tuple(getattr(area, field) for field in FROZEN_AREA_FIELDS) for area in areas}


def missing_for_submission(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return {field: sentence} for everything a proposal still needs before it can be handed in."""
    missing = {field: words for field, words in NEEDED_TO_SUBMIT.items() if not values.get(field)}
    if not values.get("place") and not values.get("address"):
        missing["address"] = _(
            "Please write an address or set a point on the map, so that people know where."
        )
    return missing


def place_outside_area(place: tuple | None, area: Any) -> Any:
    """Return a sentence when `place` (latitude, longitude) lies outside the world or the neighbourhood of `area`, else None."""
    if not place:
        return None
    latitude, longitude = place
    if abs(latitude) > 90 or abs(longitude) > 180:
        return _("This point lies outside the world.")
    neighbourhood = area.neighbourhood if area and area.neighbourhood_id else None
    if not neighbourhood or not neighbourhood.outline:
        return None
    if contains(neighbourhood.outline, float(longitude), float(latitude)):
        return None
    return _("This point lies outside %(area)s. Move it, or choose another area.") % {
        "area": neighbourhood.name
    }
