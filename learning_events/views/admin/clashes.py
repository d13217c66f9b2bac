"""What does not fit together in a festival, as a report in the Wagtail admin."""

import datetime as dt

from django import forms
from django.core.paginator import Paginator
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from learning_events.enums import ClashKind
from learning_events.queries.clashes import clashes_of_festival
from learning_events.views.admin.board import BOARD, Board
from learning_events.views.admin.frame import PARAMETER, EditorsOnly, OfOneFestival
from mapping.models import Audience
from participation.foundation.clock import database_now

AT_ONCE = 50


class ClashFilter(forms.Form):
    """Which clashes to look at."""

    festival = forms.ChoiceField(label=_("Festival"), required=False)
    kind = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("everything")), *ClashKind.choices]
    )
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput({"type": "date"}))
    past = forms.BooleanField(label=_("Also what is over"), required=False)
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    audience = forms.ModelChoiceField(
        Audience.objects.all(),
        to_field_name="id",
        label=_("For whom"),
        required=False,
        empty_label=_("same people and same topic"),
    )

    def __init__(self, *args, festivals, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[PARAMETER].choices = [(str(each.pk), each.title) for each in festivals]


class ClashReport(EditorsOnly, OfOneFestival, WagtailAdminTemplateMixin, TemplateView):
    """Pairs of sessions still to come, each with a link to both events; those that are over when asked for."""

    template_name = "learning_events/admin/clashes.html"
    page_title = _("Clashes")
    header_icon = "warning"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(BOARD), "label": Board.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    @cached_property
    def form(self) -> ClashFilter:
        given = self.request.GET.copy()
        if self.festival is not None:
            given[PARAMETER] = str(self.festival.pk)
        return ClashFilter(given, festivals=self.festivals)

    def get_context_data(self, **kwargs):
        form, found = self.form, []
        # What cannot be understood filters nothing and is told at its field.
        form.is_valid()
        wanted = form.cleaned_data
        if self.festival is not None:
            found = clashes_of_festival(self.festival, audience=wanted.get("audience"))
        kind, day = wanted.get("kind"), wanted.get("day")
        number_of_all, now = len(found), database_now()
        # Whoever asks for a day gets it, also when it is over.
        if not (day or wanted.get("past")):
            found = [each for each in found if not each.is_over(now)]
        over = number_of_all - len(found)
        counts = [(kind.label, sum(each.kind == kind for each in found)) for kind in ClashKind]
        found = [each for each in found if (not kind or each.kind == kind) and self._is_on(each, day)]
        query = self.request.GET.copy()
        query.pop("p", None)
        with_past = query.copy()
        with_past["past"] = "on"
        return super().get_context_data(
            festival=self.festival,
            form=form,
            counts=counts,
            page_obj=Paginator(found, AT_ONCE).get_page(self.request.GET.get("p")),
            total=len(found),
            over=over,
            query_with_past=with_past.urlencode(),
            query=query.urlencode(),
            **kwargs,
        )

    @staticmethod
    def _is_on(finding, day: dt.date | None) -> bool:
        return day is None or finding.on == day


admin_urls = [path("festival/clashes/", ClashReport.as_view(), name="learning_events_clashes")]
