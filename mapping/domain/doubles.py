"""Entries that look like one place: a moderator says that they are two, and may think again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mapping.models import DistinctPlaces, LearningPlace
from mapping.rules import may_moderate_places
from participation.foundation.audit import record
from participation.foundation.errors import Invalid, NotAllowed


def keep_apart(first: LearningPlace, second: LearningPlace, *, by) -> DistinctPlaces:
    """Note that these are two places: they are not shown as possible doubles any more. Raises NotAllowed or Invalid."""
    pair = _pair(first, second, by)
    with transaction.atomic():
        noted, is_new = DistinctPlaces.objects.get_or_create(first=pair[0], second=pair[1])
        if is_new:
            for place, other in (pair, pair[::-1]):
                record("mapping.keep_apart", place, by=by, other=other.pk)
    return noted


def compare_again(first: LearningPlace, second: LearningPlace, *, by) -> None:
    """Take that back: they are possible doubles again, if they still look it."""
    pair = _pair(first, second, by)
    with transaction.atomic():
        number, _rows = DistinctPlaces.objects.filter(first=pair[0], second=pair[1]).delete()
        if number:
            for place, other in (pair, pair[::-1]):
                record("mapping.compare_again", place, by=by, other=other.pk)


def _pair(first: LearningPlace, second: LearningPlace, by) -> tuple[LearningPlace, LearningPlace]:
    if not may_moderate_places(by):
        raise NotAllowed(_("Only moderators of the map can do this."))
    if first.pk == second.pk:
        raise Invalid(_("These are one and the same entry. Please choose another place."), field="second")
    return (first, second) if first.pk < second.pk else (second, first)
