"""Registrations in the Wagtail admin: the queue, the oldest first, and the page on which one is decided."""

import django_filters
from django.contrib import messages
from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn

from mapping.domain import submission as submissions
from mapping.domain.stewardship import decline_request, grant_request
from mapping.enums import SubmissionState
from mapping.forms.hours import show_hours
from mapping.forms.register import DecisionForm, DeclineForm
from mapping.models import PlaceSubmission, StewardshipRequest
from mapping.queries.similar import similar_places
from mapping.queries.stewardship import requests_to_look_after
from mapping.queries.submission import page_for_registrations, submissions_to_moderate
from mapping.rules import may_moderate_places
from mapping.views.summary import sections_of
from participation.foundation.admin import AdminPage, Queue, queue_urls
from participation.foundation.errors import Conflict, Invalid, Refused
from participation.models import Neighbourhood

QUEUE = "mapping_registrations"
REQUESTS = "mapping_steward_requests"
DECIDED = (SubmissionState.ACCEPTED, SubmissionState.RETURNED, SubmissionState.REFUSED)


class RegistrationFilter(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(state.value, state.label) for state in (SubmissionState.WAITING, *DECIDED)],
    )
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    neighbourhood = django_filters.ModelChoiceFilter(
        field_name="place__neighbourhood",
        queryset=Neighbourhood.objects.all(),
        to_field_name="id",
        label=_("Neighbourhood"),
    )

    class Meta:
        model = PlaceSubmission
        fields = ["state", "neighbourhood"]


def registration_url(submission) -> str:
    return reverse("mapping_registration", args=[submission.pk])


def _from(submission):
    if submission.place.organisation is not None:
        return submission.place.organisation.name
    return submission.participant or _("somebody without an account")


class RegistrationQueue(Queue):
    """All registrations that were handed in, the oldest undecided first."""

    rule = may_moderate_places
    page_title = _("Registrations")
    header_icon = "site"
    model = PlaceSubmission
    verbose_name, verbose_name_plural = _("registration of a place"), _("registrations of places")
    index_url_name = QUEUE
    index_results_url_name = f"{QUEUE}_results"
    searched = ("place__name", "place__summary")
    filterset_class = RegistrationFilter
    default_ordering = ("is_decided", "submitted_at", "pk")
    columns = [
        TitleColumn("place", label=_("Place"), accessor="place.name", get_url=registration_url),
        Column("category", label=_("Kind"), accessor="place.category"),
        Column("neighbourhood", label=_("Neighbourhood"), accessor="place.neighbourhood"),
        Column("sender", label=_("Registered by"), accessor=_from),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == SubmissionState.WAITING,
        ),
        DateColumn("submitted_at", label=_("Handed in"), sort_key="submitted_at", width="12%"),
    ]

    def get_base_queryset(self):
        is_decided = Case(When(state=SubmissionState.WAITING, then=0), default=1)
        return submissions_to_moderate().annotate(is_decided=is_decided)


class RegistrationPage(AdminPage):
    """One registration with all that a decision needs, and the buttons that decide."""

    rule = may_moderate_places
    template_name = "mapping/admin/registration.html"
    page_title = _("Registration")
    header_icon = "site"
    ACTIONS = {
        "accept": (submissions.accept_submission, _("It is on the map now, and the person has been told.")),
        "return": (submissions.return_submission, _("It went back with your question.")),
        "refuse": (
            submissions.refuse_submission,
            _("It stays off the map, and the person has been told why."),
        ),
    }

    def find(self, pk):
        self.submission = get_object_or_404(submissions_to_moderate(), pk=pk)

    def get_page_subtitle(self):
        return self.submission.place.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": f"{reverse(QUEUE)}?state=waiting", "label": RegistrationQueue.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.submission.place.name},
        ]

    def get_context_data(self, *, form=None, **kwargs):
        submission, place = self.submission, self.submission.place
        return super().get_context_data(
            submission=submission,
            place=place,
            sender=_from(submission),
            is_waiting=submission.state == SubmissionState.WAITING,
            sections=sections_of(place),
            hours=show_hours(place.opening_hours),
            pictures=place.pictures.select_related("image"),
            similar=[
                (each, reverse("wagtailsnippets_mapping_learningplace:edit", args=[each.place.pk]))
                for each in similar_places(place, also_waiting=True)
            ],
            edit_url=reverse("wagtailsnippets_mapping_learningplace:edit", args=[place.pk]),
            form=form or DecisionForm(),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = DecisionForm(request.POST)
        wanted = next((name for name in self.ACTIONS if name in request.POST), None)
        if wanted and form.is_valid():
            decide, done = self.ACTIONS[wanted]
            try:
                decide(self.submission, by=request.user, reason=form.cleaned_data["reason"])
            except Conflict as refusal:  # the form is not on the page any more
                messages.error(request, str(refusal.message))
                return redirect(registration_url(self.submission))
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(request, done)
                return redirect(f"{reverse(QUEUE)}?state={SubmissionState.WAITING}")
        return self.not_done(form)


def request_url(request) -> str:
    return reverse("mapping_steward_request", args=[request.pk])


class StewardRequests(Queue):
    """Which organisations would like to look after which places, the oldest first."""

    rule = may_moderate_places
    page_title = _("Who may look after a place")
    header_icon = "group"
    model = StewardshipRequest
    verbose_name, verbose_name_plural = _("request"), _("requests")
    index_url_name = REQUESTS
    index_results_url_name = f"{REQUESTS}_results"
    default_ordering = ("created_at", "pk")
    columns = [
        TitleColumn("place", label=_("Place"), accessor="place.name", get_url=request_url),
        Column("organisation", label=_("Who would look after it"), accessor="organisation.name"),
        Column("now", label=_("Who does now"), accessor=lambda row: row.place.organisation or "–"),
        Column("participant", label=_("Asked by")),
        DateColumn("created_at", label=_("Asked"), width="12%"),
    ]

    def get_base_queryset(self):
        return requests_to_look_after()


class StewardRequestPage(AdminPage):
    """One request, and yes or no."""

    rule = may_moderate_places
    template_name = "mapping/admin/steward_request.html"
    page_title = _("Who may look after a place")
    header_icon = "group"

    def find(self, pk):
        self.asked = requests_to_look_after().filter(pk=pk).first()
        if self.asked is None:
            get_object_or_404(StewardshipRequest, pk=pk)
            messages.info(self.request, _("This request has been answered."))
            return redirect(REQUESTS)
        return None

    def get_page_subtitle(self):
        return self.asked.place.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(REQUESTS), "label": StewardRequests.page_title},
            {"url": "", "label": self.asked.organisation.name, "sublabel": self.asked.place.name},
        ]

    def get_context_data(self, *, form=None, **kwargs):
        place, page = self.asked.place, page_for_registrations()
        return super().get_context_data(
            asked=self.asked,
            place=place,
            place_url=page.url_of("place", place.pk) if page and place.is_public else "",
            edit_url=reverse("wagtailsnippets_mapping_learningplace:edit", args=[place.pk]),
            form=form or DeclineForm(),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = DeclineForm(request.POST)
        if form.is_valid():
            try:
                if "grant" in request.POST:
                    grant_request(self.asked, by=request.user)
                    done = _("The organisation looks after the place now, and who asked has been told.")
                else:
                    decline_request(self.asked, by=request.user, answer=form.cleaned_data["answer"])
                    done = _("Nothing has changed, and who asked has been told why.")
            except Invalid as refusal:
                form.tell(refusal)
            except Refused as refusal:
                messages.error(request, str(refusal.message))
                return redirect(REQUESTS)
            else:
                messages.success(request, done)
                return redirect(REQUESTS)
        return self.not_done(form)


admin_urls = [
    *queue_urls("places/registrations/", RegistrationQueue),
    path("places/registrations/<int:pk>/", RegistrationPage.as_view(), name="mapping_registration"),
    *queue_urls("places/stewards/", StewardRequests),
    path("places/stewards/<int:pk>/", StewardRequestPage.as_view(), name="mapping_steward_request"),
]
