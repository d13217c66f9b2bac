"""The sessions of an event in the Wagtail admin. They carry bookings, so they are no part of the page's form and revisions."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from learning_events.domain import session as sessions
from learning_events.domain.event import call_off_event
from learning_events.forms.session_admin import CancelForm, SessionAdminForm
from learning_events.models import Session
from learning_events.queries.session import sessions_of
from learning_events.views.admin.board import event_url
from learning_events.views.admin.frame import EditorsOnly, OfOneEvent
from participation.foundation.errors import Refused


def sessions_url(event) -> str:
    return reverse("learning_events_sessions", args=[event.pk])


class _SessionPage(EditorsOnly, OfOneEvent, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": event_url(self.event), "label": self.event.title},
            {"url": "", "label": self.page_title, "sublabel": self.event.title},
        ]

    def answer(self, form, act, done):
        """Do what the form says, tell what came of it, and go back to the list; show the form again for what is wrong."""
        if form.is_valid():
            try:
                act()
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(self.request, done)
                return redirect(sessions_url(self.event))
        return self.render_to_response(self.get_context_data(form=form), status=400)


class SessionList(_SessionPage):
    """All sessions of an event, with a form for one more, and the button that cancels all."""

    template_name = "learning_events/admin/sessions.html"
    page_title = _("Sessions")

    def get_context_data(self, *, form=None, off=None, **kwargs):
        rows = list(sessions_of(self.event).select_related("place", "recurrence"))
        return super().get_context_data(
            event=self.event,
            sessions=rows,
            form=form or SessionAdminForm(festival=self.festival),
            off=off or CancelForm(prefix="off"),
            can_call_off=any(not row.is_cancelled for row in rows),
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.event.pk]),
            review_url=event_url(self.event),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if "call_off" in request.POST:
            return self._call_off()
        form = SessionAdminForm(request.POST, festival=self.festival)
        return self.answer(
            form,
            lambda: sessions.add_session(self.event, facts=form.facts(), by=request.user),
            _("The session is added."),
        )

    def _call_off(self):
        form = CancelForm(self.request.POST, prefix="off")
        if form.is_valid():
            try:
                call_off_event(self.event, reason=form.cleaned_data["reason"], by=self.request.user)
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(self.request, _("All sessions that are still to come are cancelled."))
                return redirect(sessions_url(self.event))
        return self.render_to_response(self.get_context_data(off=form), status=400)


class SessionPage(_SessionPage):
    """One session: change it, cancel it with a reason, put it back, or remove what nobody has seen."""

    template_name = "learning_events/admin/session.html"
    page_title = _("Session")

    def dispatch(self, request, *args, **kwargs):
        self.session = None
        return super().dispatch(request, *args, **kwargs)

    def _load(self) -> Session:
        try:
            return get_object_or_404(
                sessions_of(self.event).select_related("event", "place"), pk=self.kwargs["session_pk"]
            )
        except OverflowError:
            raise Http404 from None

    def get(self, request, *args, **kwargs):
        self.session = self._load()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *, form=None, cancelling=None, **kwargs):
        return super().get_context_data(
            event=self.event,
            session=self.session,
            form=form or SessionAdminForm(festival=self.festival, session=self.session),
            cancelling=cancelling or CancelForm(prefix="cancel"),
            back_url=sessions_url(self.event),
            can_remove=not self.event.live and not self.session.taken,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        self.session = session = self._load()
        if "cancel" in request.POST:
            return self._cancel()
        if "restore" in request.POST:
            return self._at_once(sessions.restore_session, _("The session takes place after all."))
        if "remove" in request.POST:
            return self._at_once(sessions.remove_session, _("The session is removed."))
        form = SessionAdminForm(request.POST, festival=self.festival, session=session)
        return self.answer(
            form,
            lambda: sessions.change_session(session, facts=form.facts(), by=request.user),
            _("The session is changed."),
        )

    def _cancel(self):
        form = CancelForm(self.request.POST, prefix="cancel")
        if form.is_valid():
            try:
                sessions.cancel_session(
                    self.session, reason=form.cleaned_data["reason"], by=self.request.user
                )
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(
                    self.request, _("The session is cancelled. It stays in the programme with the reason.")
                )
                return redirect(sessions_url(self.event))
        return self.render_to_response(self.get_context_data(cancelling=form), status=400)

    def _at_once(self, act, done):
        try:
            act(self.session, by=self.request.user)
        except Refused as refusal:
            messages.error(self.request, str(refusal.message))
        else:
            messages.success(self.request, done)
        return redirect(sessions_url(self.event))


admin_urls = [
    path("festival/events/<int:pk>/sessions/", SessionList.as_view(), name="learning_events_sessions"),
    path(
        "festival/events/<int:pk>/sessions/<int:session_pk>/",
        SessionPage.as_view(),
        name="learning_events_session",
    ),
]
