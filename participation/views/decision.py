"""What a committee decided, and what is to be done: lists, exports, and saying what became of an action item."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.domain.decision import close_action, give_action
from participation.domain.discussing import discussion_of_decision
from participation.enums import ActionState
from participation.exports import (
    ATTENDANCE_COLUMNS,
    DECISION_COLUMNS,
    as_json,
    attendance_rows,
    decision_rows,
)
from participation.forms.meeting import tell
from participation.forms.running import ActionForm, ActionReportForm
from participation.foundation.errors import Missing, Refused
from participation.foundation.spreadsheets import write_csv
from participation.queries.decision import action_for, actions_of, decision_for, decisions_of
from participation.queries.discussing import said_about
from participation.rules import may_keep_committee
from participation.views.committee_page import around, committee_view
from participation.views.discussing import begin, matter_context

PER_PAGE = 30


@committee_view("GET")
def decision_list(page, request):
    """Show what the committee decided, the newest first."""
    numbers = Paginator(decisions_of(request.user, page), PER_PAGE).get_page(request.GET.get("page"))
    said = said_about(numbers)
    context = {
        **around(page, request, "decisions", ("", _("Decisions"))),
        "numbers": numbers,
        "rows": [(page.url_of("decision", each.pk), each, said.get(each.pk, 0)) for each in numbers],
        "csv_url": page.url_of("decisions_file", "csv"),
        "json_url": page.url_of("decisions_file", "json"),
        "attendance_url": page.url_of("attendance_file", "csv"),
    }
    return TemplateResponse(request, "participation/pages/decisions.html", context)


@committee_view("GET")
def decision_detail(page, request, pk):
    """Show one decision."""
    decision = decision_for(request.user, page, pk)
    context = {
        **around(
            page, request, "decisions", (page.url_of("decisions"), _("Decisions")), ("", decision.number)
        ),
        "decision": decision,
        "meeting_url": page.url_of("meeting", decision.meeting_id) if decision.meeting_id else "",
        "replaced_url": page.url_of("decision", decision.replaced_by_id) if decision.replaced_by_id else "",
        "replaces": [(page.url_of("decision", each.pk), each) for each in decision.replaces.all()],
        **matter_context(request, decision, page, action=page.url_of("discuss_decision", decision.pk)),
    }
    return TemplateResponse(request, "participation/pages/decision.html", context)


@committee_view("GET", "POST", sign_in=True)
def decision_discuss(page, request, pk):
    """Begin the discussion of a decision with its first comment, or follow it."""
    decision = decision_for(request.user, page, pk)
    decision.committee = page
    return begin(
        request,
        lambda: discussion_of_decision(decision, by=request.user),
        back=page.url_of("decision", decision.pk),
    )


@committee_view("GET")
def decisions_file(page, request, kind):
    """Return all decisions as a table."""
    return _file(kind, "decisions", DECISION_COLUMNS, decision_rows(decisions_of(request.user, page)))


@committee_view("GET")
def attendance_file(page, request, kind):
    """Return how many came to which meeting."""
    return _file(kind, "attendance", ATTENDANCE_COLUMNS, attendance_rows(page))


def _file(kind: str, name: str, columns, rows) -> HttpResponse:
    if kind == "json":
        return HttpResponse(as_json(columns, rows), content_type="application/json")
    if kind != "csv":
        raise Missing
    response = HttpResponse(write_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@committee_view("GET", "POST")
def action_list(page, request):
    """Show what is to be done, and by whom; keepers can add to it."""
    keeps = may_keep_committee(request.user, page)
    form = ActionForm(request.POST or None, committee=page) if keeps else None
    if request.method == "POST":
        if form is None:
            # Who may not add anything hears so from the domain.
            give_action(page, by=request.user, text="")
        elif form.is_valid():
            try:
                give_action(page, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(
                    request, _("It is noted, and comes back on the next agenda until it is done.")
                )
                return redirect(page.url_of("actions"))
    rows = actions_of(request.user, page)
    numbers = Paginator(
        rows.exclude(state=ActionState.OPEN).order_by("-closed_on", "-pk"), PER_PAGE
    ).get_page(request.GET.get("page"))
    person = getattr(request.user, "participant", None)
    today = timezone.localdate()
    context = {
        **around(page, request, "actions", ("", _("To do"))),
        "open": [
            {
                "action": each,
                "url": page.url_of("action", each.pk)
                if keeps or (person and each.participant == person)
                else "",
                "is_late": each.due_on is not None and each.due_on < today,
            }
            for each in rows.filter(state=ActionState.OPEN).order_by("due_on", "pk")
        ],
        "numbers": numbers,
        "form": form,
    }
    status = 400 if form is not None and form.is_bound else 200
    return TemplateResponse(request, "participation/pages/actions.html", context, status=status)


@committee_view("GET", "POST", sign_in=True)
def action_report(page, request, pk):
    """Say what became of an action item."""
    action = action_for(request.user, page, pk)
    form = ActionReportForm(request.POST or None, initial={"state": action.state, "report": action.report})
    if request.method == "POST" and form.is_valid():
        try:
            close_action(action, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            if refusal.status in (403, 404):
                raise
            tell(form, refusal)
        else:
            messages.success(request, _("Thank you, that is noted."))
            return redirect(page.url_of("actions"))
    context = {
        **around(page, request, "actions", (page.url_of("actions"), _("To do")), ("", action.text)),
        "action": action,
        "form": form,
        "back": page.url_of("actions"),
    }
    return TemplateResponse(
        request, "participation/pages/action.html", context, status=400 if form.is_bound else 200
    )


urls = [
    path("decisions/", decision_list, name="decisions"),
    path("decisions/<int:pk>/", decision_detail, name="decision"),
    path("decisions/<int:pk>/discuss/", decision_discuss, name="discuss_decision"),
    path("decisions.<slug:kind>", decisions_file, name="decisions_file"),
    path("attendance.<slug:kind>", attendance_file, name="attendance_file"),
    path("actions/", action_list, name="actions"),
    path("actions/<int:pk>/", action_report, name="action"),
]
