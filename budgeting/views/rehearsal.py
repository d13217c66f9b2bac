"""Rehearsals in the Wagtail admin: ask for one, see how far it is, and compare what each rule would fund."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from budgeting import explanations
from budgeting.domain.rehearsal import rehearse
from budgeting.enums import BallotStyle, RehearsalState
from budgeting.forms.rehearsal import RULE_LABELS, RehearsalForm
from budgeting.models import Rehearsal
from budgeting.queries.rehearsal import rehearsals
from budgeting.reasons import Wording
from budgeting.rules import may_run_budget
from participation.foundation.admin import AdminPage
from participation.foundation.errors import Refused

LIST, ONE = "budgeting_rehearsals", "budgeting_rehearsal"
PER_PAGE = 20


class Rehearsals(AdminPage):
    """All rehearsals, and the form that asks for another one."""

    rule = may_run_budget
    template_name = "budgeting/admin/rehearsals.html"
    page_title = _("Rehearsals of a count")
    header_icon = "view"
    http_method_names = ["get", "head", "post"]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", RehearsalForm())
        listed = Paginator(rehearsals(), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(rehearsals=listed, **kwargs)

    def post(self, request, *args, **kwargs):
        form = RehearsalForm(request.POST)
        if form.is_valid():
            given = dict(form.cleaned_data)
            try:
                rehearsal = rehearse(given.pop("area"), **given, by=request.user)
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(request, _("The rehearsal is being counted."))
                return redirect(ONE, rehearsal.pk)
        return self.not_done(form)


class OneRehearsal(AdminPage):
    """What each rule would fund on the ballots of one rehearsal, side by side."""

    rule = may_run_budget
    template_name = "budgeting/admin/rehearsal.html"
    page_title = _("Rehearsal")
    header_icon = "view"
    http_method_names = ["get", "head"]

    def find(self, pk):
        found = Rehearsal.objects.select_related("area__budget")
        self.rehearsal = get_object_or_404(found, pk=pk)

    def get_page_subtitle(self):
        return str(self.rehearsal)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": Rehearsals.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(rehearsal=self.rehearsal, **kwargs)
        if self.rehearsal.state == RehearsalState.READY:
            context |= _shown(self.rehearsal)
        return context


def _shown(rehearsal: Rehearsal) -> dict:
    outcome, area = rehearsal.outcome, rehearsal.area
    titles = {project["code"]: project["title"] for project in outcome["projects"]}
    words = Wording(
        area.budget.currency, titles, area.ballot_style in (BallotStyle.POINTS, BallotStyle.RANKING)
    )
    tried = [(str(RULE_LABELS[told["name"]]), told) for told in outcome["rules"]]
    order = [project["code"] for project in sorted(outcome["projects"], key=lambda each: -each["votes"])]
    return {
        "outcome": outcome,
        "budget": words.money(outcome["budget"]),
        "compared": explanations.compared(
            words, [(name, told["analysis"], told["winners"]) for name, told in tried], order
        ),
        "never": [titles[code] for code in order if not any(code in told["winners"] for _n, told in tried)],
        "tried": [
            {
                "name": name,
                "sentences": explanations.for_voters(told["analysis"]),
                "waterfall": explanations.waterfall(words, told["analysis"]),
            }
            for name, told in tried
        ],
    }


admin_urls = [
    path("budgets/rehearsals/", Rehearsals.as_view(), name=LIST),
    path("budgets/rehearsals/<int:pk>/", OneRehearsal.as_view(), name=ONE),
]
