"""Reports of errors in the Wagtail admin: places with open reports, the longest waiting first, answered place by place."""

import django_filters
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from mapping.domain.report import answer_reports
from mapping.enums import ReportKind
from mapping.forms.report import AnswerForm
from mapping.models import LearningPlace
from mapping.queries.report import answered_reports_of, open_reports, places_with_reports
from mapping.queries.submission import page_for_registrations
from mapping.queries.verification import truth_of
from mapping.rules import may_moderate_places
from mapping.views.summary import sections_of
from participation.foundation.admin import AdminPage, Queue, queue_urls
from participation.foundation.errors import Refused
from participation.models import Neighbourhood

QUEUE = "mapping_place_reports"


def reports_url(place) -> str:
    return reverse("mapping_reports_of_place", args=[place.pk])


class ReportFilter(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("What is wrong"), choices=ReportKind.choices, method="with_open_report_of_kind"
    )
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    neighbourhood = django_filters.ModelChoiceFilter(
        queryset=Neighbourhood.objects.all(), to_field_name="id", label=_("Neighbourhood")
    )

    class Meta:
        model = LearningPlace
        fields = ["kind", "neighbourhood"]

    @staticmethod
    def with_open_report_of_kind(queryset, _name, value):
        return queryset.filter(pk__in=open_reports().filter(kind=value).order_by().values("place"))


class ReportQueue(Queue):
    """The places of which somebody says that something is wrong."""

    rule = may_moderate_places
    page_title = _("Reported errors")
    header_icon = "warning"
    model = LearningPlace
    verbose_name, verbose_name_plural = _("place with reports"), _("places with reports")
    index_url_name = QUEUE
    index_results_url_name = f"{QUEUE}_results"
    searched = ("name", "street")
    filterset_class = ReportFilter
    default_ordering = ("first_reported_at", "pk")
    columns = [
        TitleColumn("name", label=_("Place"), get_url=reports_url, sort_key="name"),
        Column("category", label=_("Kind")),
        Column("neighbourhood", label=_("Neighbourhood")),
        Column("report_count", label=_("Reports"), sort_key="report_count"),
        DateColumn("first_reported_at", label=_("Waiting since"), sort_key="first_reported_at", width="15%"),
    ]

    def get_base_queryset(self):
        return places_with_reports()


class ReportsPage(AdminPage):
    """All that is said to be wrong at one place beside what the map says, and one answer for all or some of it."""

    rule = may_moderate_places
    template_name = "mapping/admin/reports.html"
    page_title = _("Reported errors")
    header_icon = "warning"

    def find(self, pk):
        rows = LearningPlace.objects.select_related("category", "neighbourhood", "organisation")
        self.place = get_object_or_404(rows, pk=pk)
        if not self.place.reports.exists():
            raise Http404

    def get_page_subtitle(self):
        return self.place.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(QUEUE), "label": ReportQueue.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.place.name},
        ]

    def get_context_data(self, *, form=None, **kwargs):
        place, page = self.place, page_for_registrations()
        waiting = list(open_reports().filter(place=place))
        return super().get_context_data(
            place=place,
            waiting=waiting,
            answered=answered_reports_of(place),
            truth=truth_of(place),
            sections=sections_of(place),
            form=form or AnswerForm(reports=open_reports().filter(place=place)),
            place_url=page.url_of("place", place.pk) if page and place.is_public else "",
            close_url=page.url_of("close_place", place.pk) if page and place.is_public else "",
            edit_url=reverse("wagtailsnippets_mapping_learningplace:edit", args=[place.pk]),
            doubles_url=reverse("mapping_doubles")
            if any(each.kind == ReportKind.DUPLICATE for each in waiting)
            else "",
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = AnswerForm(request.POST, reports=open_reports().filter(place=self.place))
        if form.is_valid():
            chosen = [report.pk for report in form.cleaned_data["reports"]]
            state, answer = form.cleaned_data["state"], form.cleaned_data["answer"]
            try:
                number = answer_reports(self.place, pks=chosen, by=request.user, state=state, answer=answer)
            except Refused as refusal:
                form.tell(refusal)
            else:
                words = ngettext("One report is answered.", "%(number)d reports are answered.", number)
                messages.success(request, words % {"number": number})
                rest = open_reports().filter(place=self.place).exists()
                return redirect(reports_url(self.place) if rest else reverse(QUEUE))
        return self.not_done(form)


admin_urls = [
    *queue_urls("places/reports/", ReportQueue),
    path("places/reports/<int:pk>/", ReportsPage.as_view(), name="mapping_reports_of_place"),
]
