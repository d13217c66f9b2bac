"""The officer's page of a vote in the Wagtail admin: freeze, close, seal, count and publish, one step after the other."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from budgeting.domain.box import close_voting, extend_voting, freeze, seal
from budgeting.domain.count import count_box
from budgeting.domain.publish import publish_result
from budgeting.forms.box import CountForm, ExtendForm, ReasonForm, StepForm
from budgeting.models import BallotBox, ParticipatoryBudget
from budgeting.queries.box import box_of, count_participants, voting_window
from budgeting.rules import may_run_budget
from participation.foundation.admin import AdminPage, ForThose
from participation.foundation.clock import database_now
from participation.foundation.errors import Refused

LIST, BOX, ACT = "budgeting_boxes", "budgeting_box", "budgeting_box_act"

# What each button does: its form, its domain function (of budget or box), and what to say afterwards.
ACTIONS: dict[str, tuple[type[StepForm], Any, Any]] = {
    "freeze": (StepForm, freeze, _("The rules are frozen. Their fingerprint is public.")),
    "extend": (ExtendForm, extend_voting, _("Voting is extended.")),
    "close": (ReasonForm, close_voting, _("Voting is closed.")),
    "seal": (StepForm, seal, _("The ballot box is sealed.")),
    "count": (CountForm, count_box, _("The ballots are counted. Look at the result before you publish it.")),
    "publish": (
        StepForm,
        publish_result,
        _("The result is public, and everybody who follows a project is told."),
    ),
}


@dataclass
class Step:
    """One step of a vote on the officer's page; `actions` are (name, button, form) to offer now."""

    title: Any
    text: Any
    done_at: Any = None
    actions: list[tuple[str, Any, StepForm]] = field(default_factory=list)

    @property
    def state(self) -> str:
        return "done" if self.done_at else "current" if self.actions else "waiting"


class BoxList(ForThose, BaseListingView):
    """Every budget with the stage of its vote."""

    rule = may_run_budget
    page_title = _("Votes")
    header_icon = "lock"
    model = ParticipatoryBudget
    index_url_name = LIST
    paginate_by = 30
    default_ordering = "-pk"
    columns = [
        TitleColumn("title", label=_("Budget"), get_url=lambda row: reverse(BOX, args=[row.pk])),
        DateColumn("frozen_at", label=_("Rules frozen"), accessor="ballot_box.frozen_at"),
        Column("closes_at", label=_("Voting closes"), accessor="ballot_box.closes_at"),
        DateColumn("sealed_at", label=_("Sealed"), accessor="ballot_box.sealed_at"),
        DateColumn("published_at", label=_("Published"), accessor="ballot_box.published_at"),
    ]

    def get_base_queryset(self):
        return ParticipatoryBudget.objects.filter(is_imported=False).select_related("ballot_box")


class BoxPage(AdminPage):
    """The steps of one vote; a POST to `act/<name>/` takes one of them."""

    rule = may_run_budget
    template_name = "budgeting/admin/box.html"
    page_title = _("Vote")
    header_icon = "lock"
    http_method_names = ["get", "head", "post"]

    def find(self, pk, action=""):
        self.budget = get_object_or_404(ParticipatoryBudget, pk=pk)

    def get_page_subtitle(self):
        return self.budget.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": BoxList.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.budget.title},
        ]

    def get_context_data(self, *, forms=None, **kwargs):
        box = box_of(self.budget)
        return super().get_context_data(
            budget=self.budget,
            box=box,
            steps=_steps(self.budget, box, forms or {}),
            participants=box and (box.participants if box.sealed_at else count_participants(box)),
            events=box.events.exclude(kind__in=("cast", "changed")) if box else [],
            result_url=self.budget.url_of("results") if box and box.counted_at else "",
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        action = ACTIONS.get(kwargs.get("action", ""))
        if action is None:
            raise Http404
        form_class, act, done = action
        box = box_of(self.budget)
        if box is None and act is not freeze:
            raise Http404
        form = form_class(request.POST, auto_id=_ids(kwargs["action"]))
        if form.is_valid():
            try:
                act(self.budget if act is freeze else box, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(request, done)
                return redirect(BOX, self.budget.pk)
        return self.not_done(form, forms={kwargs["action"]: form})


def _ids(action: str) -> str:
    """Several forms of the page ask for a reason: each field's id says whose it is."""
    return f"id_{action}_%s"


def _steps(budget: ParticipatoryBudget, box: BallotBox | None, forms: dict[str, StepForm]) -> list[Step]:
    now = database_now()
    window = voting_window(budget, box)
    is_open = box is not None and box.sealed_at is None and box.opens_at <= now < box.closes_at
    is_over = box is not None and now >= box.closes_at

    def offer(name: str, label) -> tuple[str, Any, StepForm]:
        return name, label, forms.get(name) or ACTIONS[name][0](auto_id=_ids(name))

    freezing = Step(
        _("Freeze the rules"),
        _(
            "Areas, money, limits, projects and costs are written down for good. It happens by itself when voting opens."
        ),
        done_at=box and box.frozen_at,
        actions=[] if box or not window else [offer("freeze", _("Freeze now"))],
    )
    opening = Step(
        _("Voting opens"),
        _("The date decides; nobody has to do anything."),
        done_at=window[0] if window and now >= window[0] else None,
    )
    closing = Step(
        _("Voting closes"),
        _("The date decides. You can extend voting, or end it early, with a reason that everybody can read."),
        done_at=box.closes_at if box and is_over else None,
        actions=(
            [
                offer("extend", _("Extend voting")),
                *([offer("close", _("Close voting now"))] if is_open else []),
            ]
            if box and not is_over
            else []
        ),
    )
    sealed = bool(box and box.sealed_at)
    secret_left = sealed and box.secret_destroyed_at is None
    sealing = Step(
        _("Seal the ballot box"),
        _(
            "Nothing can be cast any more, and the secret that could join a person and a ballot is destroyed for good."
        ),
        done_at=box.sealed_at if sealed and not secret_left else None,
        actions=(
            [offer("seal", _("Destroy the secret again") if secret_left else _("Seal"))]
            if box and is_over and (not sealed or secret_left)
            else []
        ),
    )
    counting = Step(
        _("Count"),
        _("Every area is counted under its frozen rule. The result stays hidden until you publish it."),
        done_at=box and box.counted_at,
        actions=[offer("count", _("Count the ballots"))] if sealed and not box.counted_at else [],
    )
    publishing = Step(
        _("Publish"),
        _("The result, the ballots and the list of receipts become public."),
        done_at=box and box.published_at,
        actions=(
            [offer("publish", _("Publish the result"))]
            if box and box.counted_at and not box.published_at
            else []
        ),
    )
    return [freezing, opening, closing, sealing, counting, publishing]


admin_urls = [
    path("budgets/votes/", BoxList.as_view(), name=LIST),
    path("budgets/<int:pk>/vote/", BoxPage.as_view(http_method_names=["get", "head"]), name=BOX),
    path("budgets/<int:pk>/vote/<slug:action>/", BoxPage.as_view(http_method_names=["post"]), name=ACT),
]
