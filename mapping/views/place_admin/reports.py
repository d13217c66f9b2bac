"""What is missing, as reports."""

from django.db.models import Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from mapping.enums import PlaceStatus
from mapping.models import LearningPlace
from mapping.rules import may_moderate_places
from mapping.views.place_admin.filtering import SEARCHED, unchecked
from participation.foundation.admin import ForThose
from participation.foundation.search import matching
from participation.foundation.spreadsheets import neutral_cell


def _edit_url(place) -> str:
    return reverse("wagtailsnippets_mapping_learningplace:edit", args=[place.pk])


class PlaceReportView(ForThose, ReportView):
    """Published places that lack something, as a list and as a spreadsheet."""

    rule = may_moderate_places
    header_icon = "site"
    model = LearningPlace
    is_searchable = True
    lacking: Q
    default_ordering = ("name", "pk")
    list_export = ["pk", "name", "category", "neighbourhood", "address", "organisation", "verified_on"]
    export_headings = {"pk": _("Number"), "address": _("Address")}
    columns = [
        TitleColumn("name", label=_("Place"), get_url=_edit_url, sort_key="name"),
        Column("category", label=_("Kind of place"), sort_key="category__name"),
        Column("neighbourhood", label=_("Neighbourhood"), sort_key="neighbourhood__name"),
        Column("organisation", label=_("Looked after by")),
        DateColumn("verified_on", label=_("Last verified"), sort_key="verified_on"),
    ]

    @cached_property
    def export_filename(self):
        return self.index_url_name.removeprefix("mapping_report_").replace("_", "-")

    def get_base_queryset(self):
        rows = LearningPlace.objects.filter(self.missing(), status=PlaceStatus.PUBLISHED)
        return rows.select_related("category", "neighbourhood", "organisation").order_by("name", "pk")

    def get_queryset(self):
        return self.order_queryset(self.get_base_queryset())

    def missing(self) -> Q:
        return self.lacking

    def search_queryset(self, queryset):
        return matching(queryset, self.search_query, SEARCHED) if self.is_searching else queryset

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        return neutral_cell(value) if export_format == self.FORMAT_CSV else value


class UncheckedPlaces(PlaceReportView):
    page_title = _("Places nobody has checked for a year")
    index_url_name = "mapping_report_unchecked_places"
    index_results_url_name = "mapping_report_unchecked_places_results"

    def missing(self) -> Q:
        return unchecked()


class PlacesWithoutHours(PlaceReportView):
    page_title = _("Places without opening hours")
    index_url_name = "mapping_report_places_without_hours"
    index_results_url_name = "mapping_report_places_without_hours_results"
    lacking = Q(opening_hours="")


class PlacesWithoutPoint(PlaceReportView):
    page_title = _("Places without a point on the map")
    index_url_name = "mapping_report_places_without_point"
    index_results_url_name = "mapping_report_places_without_point_results"
    lacking = Q(latitude=None, is_online=False)


REPORTS = (UncheckedPlaces, PlacesWithoutHours, PlacesWithoutPoint)
admin_urls = [
    route
    for report in REPORTS
    for route in (
        path(
            f"reports/{report.index_url_name.removeprefix('mapping_report_').replace('_', '-')}/",
            report.as_view(),
            name=report.index_url_name,
        ),
        path(
            f"reports/{report.index_url_name.removeprefix('mapping_report_').replace('_', '-')}/results/",
            report.as_view(results_only=True),
            name=report.index_results_url_name,
        ),
    )
]
