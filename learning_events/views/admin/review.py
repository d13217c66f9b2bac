"""One event as the editors decide about it: what it says, when it happens, what is missing, and the buttons."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from learning_events.domain.event import missing_for_sending
from learning_events.domain.review import decline_event, publish_event, return_event
from learning_events.enums import EventStage
from learning_events.forms.review import DecisionForm
from learning_events.models import EventPage
from learning_events.queries.board import CHANGE_WAITS, STAGES, with_stage
from learning_events.queries.clashes import clashes_of_event
from learning_events.queries.session import sessions_of
from learning_events.views.admin.board import BOARD, Board, event_url
from learning_events.views.admin.frame import PARAMETER, EditorsOnly, OfOneEvent
from mapping.enums import Stated
from participation.foundation.errors import Invalid, Refused

# A published event leaves only by being called off, which its sessions' page does.
MAY_PUBLISH = (
    EventStage.DRAFT, EventStage.SUBMITTED, EventStage.IN_REVIEW, EventStage.RETURNED, EventStage.DECLINED, CHANGE_WAITS,
)  # fmt: skip
MAY_RETURN = (EventStage.SUBMITTED, EventStage.IN_REVIEW, CHANGE_WAITS)
MAY_DECLINE = (EventStage.SUBMITTED, EventStage.IN_REVIEW, EventStage.RETURNED, EventStage.ACCEPTED)
ACCESS = ("step_free", "accessible_toilet", "hearing_loop", "quiet_space", "sign_language")


def facts_of(event: EventPage) -> list[tuple[str, object]]:
    """Return what the event says as (label, words), in the order of the form."""
    label = {
        field.name: field.verbose_name for field in event._meta.get_fields() if hasattr(field, "verbose_name")
    }
    access = [label[name] for name in ACCESS if getattr(event, name) == Stated.YES]
    ages = f"{event.age_from or 0}–{event.age_to or ''}" if event.age_from or event.age_to else ""
    where = event.place or ", ".join(filter(None, (event.venue_name, event.venue_address)))
    rows = [
        (label["summary"], event.summary),
        (label["description"], event.description),
        (label["what_to_learn"], event.what_to_learn),
        (label["kind"], event.kind),
        (label["topics"], ", ".join(map(str, event.topics.all()))),
        (label["audiences"], ", ".join(map(str, event.audiences.all()))),
        (label["key_features"], ", ".join(map(str, event.key_features.all()))),
        (_("age"), ages),
        (label["languages"], event.languages),
        (label["organisation"], event.organisation),
        (label["leaders"], event.leaders),
        (
            _("for questions"),
            ", ".join(filter(None, (event.contact_email, event.contact_phone, event.website))),
        ),
        (label["attendance"], event.get_attendance_display()),
        (_("where"), where),
        (_("accessible"), ", ".join(str(each) for each in [*access, event.access_note] if each)),
        (label["cost"], ", ".join(filter(None, (str(event.get_cost_display()), event.cost_note)))),
        (label["booking"], event.get_booking_display()),
    ]
    return rows


class ReviewPage(EditorsOnly, OfOneEvent, WagtailAdminTemplateMixin, TemplateView):
    """Everything that a decision about one event needs."""

    template_name = "learning_events/admin/review.html"
    page_title = _("Event")
    header_icon = "calendar-alt"
    ACTIONS = {
        "publish": (publish_event, "comment", _("“%(title)s” is accepted.")),
        "return": (return_event, "question", _("“%(title)s” went back with your question.")),
        "decline": (
            decline_event,
            "reason",
            _("“%(title)s” is not accepted, and the organiser has been told why."),
        ),
    }

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self._board(), "label": Board.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.event.title},
        ]

    def _board(self) -> str:
        return f"{reverse(BOARD)}?{PARAMETER}={self.festival.pk}"

    def get_context_data(self, *, form=None, **kwargs):
        stage = with_stage(EventPage.objects.filter(pk=self.event.pk)).get().stage
        # Editors read what waits for them, which may be newer than what is public.
        written = self.event.get_latest_revision_as_object() if self.event.latest_revision_id else self.event
        state = self.event.current_workflow_task_state
        return super().get_context_data(
            event=written,
            festival=self.festival,
            stage=dict(STAGES)[stage],
            submission=getattr(self.event, "submission", None),
            step=state.task.name if state else "",
            facts=facts_of(written),
            missing=missing_for_sending(written).values(),
            sessions=sessions_of(self.event).select_related("place"),
            clashes=clashes_of_event(self.festival, self.event),
            can_publish=stage in MAY_PUBLISH,
            can_return=stage in MAY_RETURN,
            can_decline=stage in MAY_DECLINE,
            form=form or DecisionForm(),
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.event.pk]),
            preview_url=reverse("wagtailadmin_pages:view_draft", args=[self.event.pk]),
            sessions_url=reverse("learning_events_sessions", args=[self.event.pk]),
            history_url=reverse("wagtailadmin_pages:history", args=[self.event.pk]),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = DecisionForm(request.POST)
        chosen = next((each for each in self.ACTIONS if each in request.POST), None)
        if chosen is None:
            return redirect(event_url(self.event))
        decide, word, done = self.ACTIONS[chosen]
        if form.is_valid():
            try:
                decide(self.event, by=request.user, **{word: form.cleaned_data["text"]})
            except Invalid as refusal:
                form.tell(refusal)
            except Refused as refusal:
                messages.error(request, str(refusal.message))
                return redirect(event_url(self.event))
            else:
                messages.success(request, done % {"title": self.event.title})
                return redirect(self._board())
        return self.render_to_response(self.get_context_data(form=form), status=400)


admin_urls = [path("festival/events/<int:pk>/", ReviewPage.as_view(), name="learning_events_review")]
