"""The calendars that organisers brought along, those with trouble first, in the Wagtail admin."""

from django.db.models import Case, IntegerField, Value, When
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from learning_events.enums import SourceState
from learning_events.models import CalendarSource
from learning_events.queries.calendars import with_numbers
from learning_events.views.admin.frame import EditorsOnly, OfOneFestival

CALENDARS = "learning_events_calendars"


class Calendars(EditorsOnly, OfOneFestival, BaseListingView):
    """Whose calendars feed the festival, and which of them cannot be read."""

    page_title = _("Calendars brought along")
    header_icon = "calendar-alt"
    model = CalendarSource
    verbose_name, verbose_name_plural = _("calendar brought along"), _("calendars brought along")
    index_url_name = CALENDARS
    index_results_url_name = f"{CALENDARS}_results"
    paginate_by = 30
    default_ordering = None

    @property
    def columns(self):
        return [
            TitleColumn("title", label=_("Calendar"), get_url=self._url_of),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda row: row.state == SourceState.TROUBLE,
            ),
            Column("trouble", label=_("What went wrong last")),
            Column("organisation", label=_("Organiser")),
            Column("events_count", label=_("Events")),
            Column("waiting_count", label=_("Other times waiting")),
            DateColumn("fetched_at", label=_("Last looked at"), width="12%"),
        ]

    def _url_of(self, source: CalendarSource) -> str:
        return source.festival.url_of("calendar_source", source.pk)

    def get_base_queryset(self):
        trouble_first = Case(
            When(state=SourceState.TROUBLE, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return with_numbers(CalendarSource.objects.filter(festival=self.festival)).order_by(
            trouble_first, "title", "pk"
        )


admin_urls = [
    path("festival/calendars/", Calendars.as_view(), name=CALENDARS),
    path("festival/calendars/results/", Calendars.as_view(results_only=True), name=f"{CALENDARS}_results"),
]
