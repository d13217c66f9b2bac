"""The editors' board: every event of a festival with where it stands, and decisions about many at a time."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.base import BaseListingView

from learning_events.domain.review import call_off_event, decline_event, publish_event, return_event
from learning_events.forms.review import PublishForm, QuestionForm, ReasonForm
from learning_events.models import EventKind, EventPage
from learning_events.queries.board import (
    STAGES,
    WAITING,
    board_of,
    count_stages,
    events_of,
    open_requests,
    with_stage,
)
from learning_events.queries.printing import changed_since_print
from learning_events.rules import may_run_festival
from learning_events.views.admin.frame import PARAMETER, EditorsOnly, OfOneFestival
from participation.foundation.errors import Refused
from participation.foundation.search import matching
from participation.models import Organisation

BOARD = "learning_events_board"
WORDS = dict(STAGES)


def event_url(event) -> str:
    return reverse("learning_events_review", args=[event.pk])


def organiser_of(event) -> str:
    """Return the name of the organisation, or of whoever submitted the event for themselves."""
    submission = getattr(event, "submission", None)
    return str(event.organisation or (submission and submission.participant) or "")


def _by_id(queryset, label):
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    return django_filters.ModelChoiceFilter(queryset=queryset, to_field_name="id", label=label)


class BoardFilter(WagtailFilterSet):
    festival = django_filters.ChoiceFilter(label=_("Festival"), method="as_it_is")
    stage = django_filters.MultipleChoiceFilter(label=_("Stage"), choices=STAGES)
    kind = _by_id(EventKind.objects.all(), _("Kind of event"))
    organisation = _by_id(Organisation.objects.none(), _("Organiser"))
    print = django_filters.ChoiceFilter(
        label=_("Printed programme"), choices=[("changed", _("changed since print"))], method="since_print"
    )

    class Meta:
        model = EventPage
        fields = ["festival", "stage", "kind", "organisation", "print"]

    def __init__(self, *args, festivals=(), festival=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.shown = festival
        self.filters[PARAMETER].extra["choices"] = [(str(each.pk), each.title) for each in festivals]
        mine = events_of([festival] if festival else []).values("organisation")
        self.filters["organisation"].queryset = Organisation.objects.filter(pk__in=mine).order_by("name")

    @staticmethod
    def as_it_is(queryset, _name, _value):
        # The view has chosen the festival already.
        return queryset

    def since_print(self, queryset, _name, _value):
        return queryset.filter(pk__in=event_pks_changed_since_print(self.shown))


def event_pks_changed_since_print(festival) -> list[int]:
    """Return the events of which something changed since the last published edition; none without an edition."""
    changes = changed_since_print(festival) if festival else []
    return sorted({change.event for change in changes})


class StageColumn(StatusTagColumn):
    """Where the event stands, in words."""

    def get_value(self, instance):
        return WORDS[instance.stage]


class Board(EditorsOnly, OfOneFestival, BaseListingView):
    """All events of a festival, those that wait longest first."""

    page_title = _("Events on their way")
    header_icon = "calendar-alt"
    template_name = "learning_events/admin/board.html"
    model = EventPage
    verbose_name, verbose_name_plural = _("event"), _("events")
    index_url_name = BOARD
    index_results_url_name = f"{BOARD}_results"
    paginate_by = 50
    is_searchable = True
    filterset_class = BoardFilter
    default_ordering = ("waits_since", "pk")
    columns = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="eventpage"),
        TitleColumn(
            "title",
            label=_("Event"),
            get_url=event_url,
            sort_key="title",
            get_title_id=lambda row: f"eventpage_{row.pk}_title",
        ),
        StageColumn("stage", label=_("Stage"), primary=lambda row: row.stage in WAITING),
        Column("organisation", label=_("Organiser"), accessor=organiser_of, sort_key="organisation__name"),
        Column("kind", label=_("Kind")),
        Column(
            "first_session_at",
            label=_("First session"),
            accessor=lambda row: (
                date_format(localtime(row.first_session_at), "SHORT_DATETIME_FORMAT")
                if row.first_session_at
                else ""
            ),
            sort_key="first_session_at",
        ),
        DateColumn("waits_since", label=_("Handed in or written"), sort_key="waits_since", width="14%"),
    ]

    def get_base_queryset(self):
        return board_of([self.festival] if self.festival else [])

    def get_filterset_kwargs(self):
        return {**super().get_filterset_kwargs(), "festivals": self.festivals, "festival": self.festival}

    def search_queryset(self, queryset):
        fields = ["title", "summary", "organisation__name", "leaders", "venue_name"]
        return matching(queryset, self.search_query, fields) if self.is_searching else queryset

    @cached_property
    def chosen(self) -> set[str]:
        return set(self.request.GET.getlist("stage"))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.results_only or self.festival is None:
            return context
        board = f"{self.index_url}?{PARAMETER}={self.festival.pk}"
        counts = count_stages(with_stage(events_of([self.festival])))
        context["stages"] = [
            {"count": each, "url": f"{board}&stage={each.stage}", "is_chosen": self.chosen == {each.stage}}
            for each in counts
        ]
        context["all_url"] = board
        context["total"] = sum(each.number for each in counts)
        context["changed"] = len(event_pks_changed_since_print(self.festival))
        context["changed_url"] = f"{board}&print=changed"
        context["requests"] = open_requests([self.festival]).count()
        context["requests_url"] = (
            f"{reverse('learning_events_change_requests')}?{PARAMETER}={self.festival.pk}"
        )
        context["clashes_url"] = f"{reverse('learning_events_clashes')}?{PARAMETER}={self.festival.pk}"
        context["festival"] = self.festival
        return context


# Many events at a time


class _EventAction(BulkAction):
    """Something decided about the chosen events; what an event's stage forbids is left out, and why is told."""

    models = [EventPage]
    template_name = "learning_events/admin/event_action.html"
    MOST = 200

    def dispatch(self, request, *args, **kwargs):
        if not may_run_festival(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @classmethod
    def get_queryset(cls, model, object_ids):
        chosen = [pk for pk in object_ids if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 19]
        rows = with_stage(EventPage.objects.filter(pk__in=chosen[: cls.MOST])).select_related("organisation")
        found = list(rows.order_by("title", "pk"))
        if not found:
            raise Http404
        return found

    def get_all_objects_in_listing_query(self, parent_id):
        # "All" would reach beyond the filter that the editor sees.
        return []

    def object_context(self, obj):
        return {"item": obj, "stage": WORDS[obj.stage]}

    def get_context_data(self, **kwargs):
        labels = {"action_label": self.display_name, "header_icon": "calendar-alt"}
        return super().get_context_data(**labels, **kwargs)

    def get_execution_context(self):
        return {"user": self.request.user, "form": self.cleaned_form, "left_out": self.left_out}

    @cached_property
    def left_out(self) -> list:
        return []

    @classmethod
    def execute_action(cls, objects, user=None, form=None, left_out=None, **kwargs):
        done = 0
        for event in objects:
            try:
                cls.decide(event, by=user, **form.cleaned_data)
            except Refused as refusal:
                left_out.append((event.title, refusal.message))
                continue
            done += 1
        return done, 0

    @staticmethod
    def decide(event, *, by, **said):
        """Take the decision about one event by the domain."""
        return publish_event(event, by=by, **said)

    def get_success_message(self, num_parent_objects, num_child_objects):
        words = ngettext("Done for %(count)d event.", "Done for %(count)d events.", num_parent_objects)
        said = format_html("{}", words % {"count": num_parent_objects})
        for title, why in self.left_out[:5]:
            said = format_html(
                "{} {}", said, _("Left out: “%(title)s”. %(why)s") % {"title": title, "why": why}
            )
        if (more := len(self.left_out) - 5) and more > 0:
            words = ngettext("And %(count)d more.", "And %(count)d more.", more)
            said = format_html("{} {}", said, words % {"count": more})
        return said


class PublishEvents(_EventAction):
    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen events")
    action_priority = 10
    form_class = PublishForm


class ReturnEvents(_EventAction):
    display_name = _("Send back")
    action_type = "return"
    aria_label = _("Send back the chosen events with a question")
    action_priority = 20
    form_class = QuestionForm
    decide = staticmethod(return_event)


class DeclineEvents(_EventAction):
    display_name = _("Do not accept")
    action_type = "decline"
    aria_label = _("Do not accept the chosen events")
    action_priority = 30
    classes = {"serious"}
    form_class = ReasonForm
    decide = staticmethod(decline_event)


class CallOffEvents(_EventAction):
    display_name = _("Call off")
    action_type = "call_off"
    aria_label = _("Call off the chosen events: cancel all their sessions still to come")
    action_priority = 40
    classes = {"serious"}
    form_class = ReasonForm
    decide = staticmethod(call_off_event)


BULK_ACTIONS = (PublishEvents, ReturnEvents, DeclineEvents, CallOffEvents)

admin_urls = [
    path("festival/board/", Board.as_view(), name=BOARD),
    path("festival/board/results/", Board.as_view(results_only=True), name=f"{BOARD}_results"),
]
