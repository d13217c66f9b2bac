"""The review in the Wagtail admin: a queue of proposals, and the page on which one is decided."""

import django_filters
from django.contrib import messages
from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn

from budgeting.domain.proposal import hide_proposal, restore_proposal
from budgeting.domain.review import decide
from budgeting.enums import ProposalStatus
from budgeting.forms.review import HideForm, ReviewForm
from budgeting.models import Area, ParticipatoryBudget, Proposal
from budgeting.queries.committee import opinions_about, ranks_of
from budgeting.queries.proposal import count_supports, pictures_of, proposals_to_review
from budgeting.rules import may_hide_proposal, may_review_proposals, review_is_open
from budgeting.views.committee import voice_row
from participation.foundation.admin import AdminPage, Queue, queue_urls
from participation.foundation.errors import Refused
from participation.foundation.money import format_money

QUEUE = "budgeting_review_queue"
STATES = [
    (ProposalStatus.SUBMITTED, _("waiting for a decision")),
    (ProposalStatus.ACCEPTED, _("accepted")),
    (ProposalStatus.REJECTED, _("not feasible")),
    (ProposalStatus.HIDDEN, _("hidden")),
]


class AreaChoices(django_filters.ModelChoiceFilter):
    """Areas of all budgets, each named with its budget."""

    @property
    def field(self):
        field = super().field
        field.label_from_instance = lambda area: f"{area.budget.title}: {area.name}"
        return field


class QueueFilter(WagtailFilterSet):
    # By "id": as a key of another table, a number too large for the database would be an error of ours.
    budget = django_filters.ModelChoiceFilter(
        queryset=ParticipatoryBudget.objects.order_by("title"), to_field_name="id", label=_("Budget")
    )
    status = django_filters.ChoiceFilter(choices=STATES, label=_("State"))
    area = AreaChoices(
        queryset=Area.objects.select_related("budget").order_by("budget", "sort_order"), label=_("Area")
    )

    class Meta:
        model = Proposal
        fields = ["budget", "status", "area"]


def review_url(proposal) -> str:
    return reverse("budgeting_review", args=[proposal.pk])


class ReviewQueue(Queue):
    """All proposals that were handed in, the oldest undecided first."""

    rule = may_review_proposals
    page_title = _("Review of proposals")
    header_icon = "tasks"
    model = Proposal
    verbose_name, verbose_name_plural = _("proposal"), _("proposals")
    index_url_name = QUEUE
    index_results_url_name = f"{QUEUE}_results"
    searched = ("title", "summary")
    filterset_class = QueueFilter
    default_ordering = ("is_decided", "submitted_at", "pk")
    columns = [
        TitleColumn("title", label=_("Proposal"), get_url=review_url, sort_key="title"),
        Column("budget", label=_("Budget"), accessor="budget.title"),
        Column("area", label=_("Area"), accessor="area.name"),
        Column(
            "cost",
            label=_("Cost"),
            accessor=lambda row: format_money(row.cost_cents or 0, row.budget.currency),
        ),
        StatusTagColumn(
            "status",
            label=_("State"),
            accessor="get_status_display",
            primary=lambda row: row.status == ProposalStatus.SUBMITTED,
        ),
        DateColumn("submitted_at", label=_("Handed in"), sort_key="submitted_at", width="12%"),
    ]

    def get_base_queryset(self):
        is_decided = Case(When(status=ProposalStatus.SUBMITTED, then=0), default=1)
        return proposals_to_review().select_related("budget").annotate(is_decided=is_decided)


class ReviewPage(AdminPage):
    """One proposal with all that a decision needs, and the forms that decide, hide and restore it."""

    rule = may_review_proposals
    template_name = "budgeting/admin/review.html"
    page_title = _("Review")
    header_icon = "tasks"

    def find(self, pk):
        self.proposal = get_object_or_404(proposals_to_review().select_related("budget"), pk=pk)

    def get_page_subtitle(self):
        return self.proposal.title

    def get_breadcrumbs_items(self):
        queue = reverse(QUEUE)
        return [
            *self.breadcrumbs_items,
            {"url": f"{queue}?budget={self.proposal.budget_id}", "label": ReviewQueue.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.proposal.title},
        ]

    def get_context_data(self, *, form=None, hide_form=None, **kwargs):
        proposal = self.proposal
        review = getattr(proposal, "review", None)
        is_open = proposal.is_public and review_is_open(self.request.user, proposal.budget)
        initial = {"cost_cents": proposal.cost_cents}
        if review:
            initial = {
                "outcome": review.outcome,
                "cost_cents": review.cost_cents or proposal.cost_cents,
                "public_reason": review.public_reason,
            }
        return super().get_context_data(
            proposal=proposal,
            budget=proposal.budget,
            review=review,
            is_open=is_open,
            form=form or ReviewForm(initial=initial),
            hide_form=hide_form or HideForm(),
            may_hide=may_hide_proposal(self.request.user),
            pictures=pictures_of(proposal),
            support_count=count_supports([proposal.pk]).get(proposal.pk, 0),
            voices=[voice_row(voice) for voice in opinions_about(proposal)],
            ranks=ranks_of(proposal),
            public_url=proposal.budget.url_of("proposal", proposal.pk),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if "hide" in request.POST:
            return self._hide(request)
        if "restore" in request.POST:
            return self._do(
                request,
                lambda: restore_proposal(self.proposal, by=request.user),
                _("Everybody can see it again."),
            )
        form = ReviewForm(request.POST)
        if form.is_valid():
            try:
                decide(self.proposal, reviewer=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(request, _("Your decision is public, and the author has been told."))
                return redirect(
                    f"{reverse(QUEUE)}?budget={self.proposal.budget_id}&status={ProposalStatus.SUBMITTED}"
                )
        return self.not_done(form)

    def _hide(self, request):
        form = HideForm(request.POST)
        if not form.is_valid():
            return self.not_done(form, hide_form=form)
        reason = form.cleaned_data["reason"]
        return self._do(
            request,
            lambda: hide_proposal(self.proposal, by=request.user, reason=reason),
            _("Nobody but its author sees it now, and the author has been told why."),
        )

    def _do(self, request, act, done):
        try:
            act()
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, done)
        return redirect(review_url(self.proposal))


admin_urls = [
    *queue_urls("budgets/review/", ReviewQueue),
    path("budgets/review/<int:pk>/", ReviewPage.as_view(), name="budgeting_review"),
]
