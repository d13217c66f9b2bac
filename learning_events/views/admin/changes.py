"""Changes that organisers ask for after the deadline, decided one by one in the Wagtail admin."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from learning_events.domain.change import decline_change, grant_change
from learning_events.enums import ChangeState
from learning_events.forms.review import AnswerForm
from learning_events.models import ChangeRequest
from learning_events.queries.board import requests_of
from learning_events.rules import may_run_festival
from learning_events.views.admin.board import BOARD, Board, event_url
from learning_events.views.admin.frame import EditorsOnly, OfOneFestival
from participation.foundation.errors import Invalid, Refused

REQUESTS = "learning_events_change_requests"


def request_url(request) -> str:
    return reverse("learning_events_change_request", args=[request.pk])


class ChangeRequests(EditorsOnly, OfOneFestival, BaseListingView):
    """What organisers ask for, what waits first."""

    page_title = _("Changes asked for")
    header_icon = "edit"
    model = ChangeRequest
    verbose_name, verbose_name_plural = _("change asked for"), _("changes asked for")
    index_url_name = REQUESTS
    index_results_url_name = f"{REQUESTS}_results"
    paginate_by = 30
    default_ordering = None
    columns = [
        TitleColumn("event", label=_("Event"), accessor="event.title", get_url=request_url),
        Column("text", label=_("What and why")),
        Column("participant", label=_("Asked by")),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == ChangeState.OPEN,
        ),
        DateColumn("created_at", label=_("Since"), width="12%"),
    ]

    def get_base_queryset(self):
        return requests_of([self.festival] if self.festival else [])


class ChangeRequestPage(EditorsOnly, WagtailAdminTemplateMixin, TemplateView):
    """One change that an organiser asks for, beside what the event says now."""

    template_name = "learning_events/admin/change_request.html"
    page_title = _("Change asked for")
    header_icon = "edit"

    def dispatch(self, request, *args, **kwargs):
        self.asked = None
        if may_run_festival(request.user):
            rows = ChangeRequest.objects.select_related("event", "session", "participant")
            try:
                self.asked = get_object_or_404(rows, pk=kwargs["pk"])
            except OverflowError:
                raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.asked.event.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(BOARD), "label": Board.page_title},
            {"url": reverse(REQUESTS), "label": ChangeRequests.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.asked.event.title},
        ]

    def get_context_data(self, *, form=None, **kwargs):
        asked = self.asked
        subject = asked.session or asked.event
        wishes = [
            (subject._meta.get_field(name).verbose_name, getattr(subject, name), wish)
            for name, wish in asked.wishes.items()
        ]
        return super().get_context_data(
            asked=asked,
            wishes=wishes,
            is_open=asked.state == ChangeState.OPEN,
            form=form or AnswerForm(),
            event_url=event_url(asked.event),
            session_url=reverse("learning_events_session", args=[asked.event_id, asked.session_id])
            if asked.session_id
            else "",
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = AnswerForm(request.POST)
        if form.is_valid():
            answer = form.cleaned_data["answer"]
            try:
                if "grant" in request.POST:
                    grant_change(self.asked, by=request.user, answer=answer)
                    done = _("The change is made, and the organiser has been told.")
                else:
                    decline_change(self.asked, by=request.user, answer=answer)
                    done = _("Nothing has changed, and the organiser has been told why.")
            except Invalid as refusal:
                form.tell(refusal)
            except Refused as refusal:
                messages.error(request, str(refusal.message))
                return redirect(request_url(self.asked))
            else:
                messages.success(request, done)
                return redirect(REQUESTS)
        return self.render_to_response(self.get_context_data(form=form), status=400)


admin_urls = [
    path("festival/changes/", ChangeRequests.as_view(), name=REQUESTS),
    path("festival/changes/results/", ChangeRequests.as_view(results_only=True), name=f"{REQUESTS}_results"),
    path("festival/changes/<int:pk>/", ChangeRequestPage.as_view(), name="learning_events_change_request"),
]
