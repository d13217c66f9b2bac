"""What the lists of places in the admin are narrowed by."""

import datetime as dt

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from mapping.enums import PlaceStatus
from mapping.models import LearningPlace, PlaceCategory, PlaceSource
from participation.models import Neighbourhood

SEARCHED = ["name", "summary", "street", "locality"]
CHECKED_LASTS = dt.timedelta(days=365)


def unchecked() -> Q:
    return Q(verified_on=None) | Q(verified_on__lt=timezone.localdate() - CHECKED_LASTS)


class VerifiedFilter(django_filters.ChoiceFilter):
    """Whether somebody looked within the last year."""

    def __init__(self):
        super().__init__(
            label=_("Checked"),
            choices=[("yes", _("within a year")), ("no", _("longer ago or never"))],
            method=self.by_date,
        )

    @staticmethod
    def by_date(queryset, _name, value):
        return queryset.filter(~unchecked() if value == "yes" else unchecked())


def _by_id(queryset, label, **kwargs):
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    return django_filters.ModelChoiceFilter(queryset=queryset, to_field_name="id", label=label, **kwargs)


class PlaceFilter(WagtailFilterSet):
    status = django_filters.ChoiceFilter(choices=PlaceStatus.choices, label=_("Status"))
    category = _by_id(PlaceCategory.objects.all(), _("Kind of place"))
    neighbourhood = _by_id(Neighbourhood.objects.all(), _("Neighbourhood"))
    source = _by_id(PlaceSource.objects.all(), _("Source"))
    verified = VerifiedFilter()

    class Meta:
        model = LearningPlace
        fields = ["status", "category", "neighbourhood", "source", "verified"]
