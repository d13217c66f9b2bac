"""Projects: the list, one project with its result and its follow-up, and telling what becomes of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from budgeting.domain.milestone import plan_milestone, reach_milestone
from budgeting.domain.project import finish_project, post_update
from budgeting.enums import ProjectStatus
from budgeting.forms.project import MilestoneForm, ProjectSearchForm, ReachedForm, UpdateForm
from budgeting.models import Milestone
from budgeting.queries.committee import adoption_of, speaking_committees
from budgeting.queries.project import find_projects, project_of, published_lines
from budgeting.reasons import Wording
from budgeting.rules import may_report_on, may_run_budget, project_can_be_adopted
from participation.foundation.errors import Missing, NotAllowed, Refused
from participation.foundation.money import format_money
from participation.foundation.ordering import keep_seed, seed_of, shuffled
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs
from participation.views.comment import discussion_context

PER_PAGE = 24
UPDATES = 20
TONES = {
    ProjectStatus.ON_BALLOT: "info",
    ProjectStatus.FUNDED: "good",
    ProjectStatus.UNDERWAY: "good",
    ProjectStatus.DONE: "good",
}


@page_view("GET")
def project_list(page, request):
    form = ProjectSearchForm(request.GET, budget=page)
    search = form.search()
    rows = shuffled(find_projects(page, search), seed_of(request))
    numbers = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("projects"), _("Projects"))),
        "form": form,
        "is_narrow": search.is_narrow,
        "numbers": numbers,
        "cards": [_card(page, project) for project in numbers],
        "list_url": page.url_of("projects"),
    }
    response = TemplateResponse(request, "budgeting/pages/projects.html", context)
    keep_seed(request, response)
    return response


def _card(page, project) -> dict:
    return {
        "title": project.title,
        "url": page.url_of("project", project.pk),
        "text": project.summary,
        "status": project.get_status_display(),
        "tone": TONES.get(project.status, "quiet"),
        "meta": [("map", project.area.name), ("coins", format_money(project.cost_cents, page.currency))],
    }


@page_view("GET")
def project_detail(page, request, pk):
    return _shown(page, request, project_of(page, pk))


def _shown(page, request, project, *, update_form=None, milestone_form=None, status=200) -> TemplateResponse:
    """Return the project's page; a form with mistakes comes back in it."""
    lines = published_lines(project)
    updates = Paginator(project.updates.all(), UPDATES).get_page(request.GET.get("news"))
    may_report = may_report_on(request.user, project)
    milestones = list(project.milestones.all())
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("projects"), _("Projects")), ("", project.title)),
        "project": project,
        "tone": TONES.get(project.status, "quiet"),
        "facts": _facts(page, project),
        "proposals": [
            (page.url_of("proposal", proposal.pk), proposal) for proposal in project.proposals.all()
        ],
        "result": _result(page, lines),
        "results_url": page.url_of("results"),
        "steps": [_step(page, project, milestone) for milestone in milestones],
        "updates": updates,
        "spent": next((update for update in project.updates.all() if update.spent_cents is not None), None),
        "may_report": may_report,
        "adoption": adoption_of(project),
        "speaks_for": _could_adopt(request.user, project),
        "may_finish": may_run_budget(request.user)
        and project.status in (ProjectStatus.FUNDED, ProjectStatus.UNDERWAY),
        "today": timezone.localdate(),
    }
    if may_report:
        context |= {
            "update_form": update_form or UpdateForm(prefix="news"),
            "milestone_form": milestone_form or MilestoneForm(prefix="step"),
            "update_url": page.url_of("project_update", project.pk),
            "milestone_url": page.url_of("project_milestone", project.pk),
            "finish_url": page.url_of("project_finish", project.pk),
        }
    if project.discussion is not None:
        context |= discussion_context(project.discussion, request)
    return TemplateResponse(request, "budgeting/pages/project.html", context, status=status)


def _could_adopt(user, project) -> list[tuple]:
    """Return (address, committee) of the committees for which this person may adopt the project."""
    if not project_can_be_adopted(user, project) or hasattr(project, "adoption"):
        return []
    return [
        (each.url_of("budget_adopt", project.pk), each) for each in speaking_committees(user, project.area)
    ]


def _facts(page, project) -> list[tuple]:
    facts = [
        (_("Cost"), format_money(project.cost_cents, page.currency)),
        (_("Area"), project.area.name),
        (_("Number on the ballot"), project.code),
    ]
    places = [proposal.address for proposal in project.proposals.all() if proposal.address]
    if places:
        facts.append((_("Place"), "; ".join(dict.fromkeys(places))))
    return facts


def _result(page, lines) -> dict | None:
    """Return the official line with its reason, and what the other rule would have done."""
    official = next((line for line in lines if line.count.is_official), None)
    if official is None:
        return None
    other = next((line for line in lines if not line.count.is_official), None)
    area = official.count.area
    titles = {}
    if {"tied_with", "stopped_by"} & official.reason.keys():
        titles = dict(area.projects.values_list("code", "title"))
    with_points = area.ballot_style in ("points", "ranking")
    words = Wording(page.currency, titles, with_points)
    return {
        "line": official,
        "score": words.score(official.score),
        "reason": words.reason(official.reason),
        "differs": other is not None and other.is_funded != official.is_funded,
    }


def _step(page, project, milestone) -> dict:
    return {
        "date": milestone.done_on or milestone.due_on,
        "title": milestone.title,
        "text": _("Reached") if milestone.done_on else _("Planned"),
        "state": "done" if milestone.done_on else "",
        "milestone": milestone,
        "url": page.url_of("milestone_reached", project.pk, milestone.pk),
    }


def _reportable(page, request, pk):
    project = project_of(page, pk)
    if not may_report_on(request.user, project):
        raise NotAllowed(_("Only its authors and people who run the budget can report on a funded project."))
    return project


@page_view("POST", sign_in=True)
def project_update(page, request, pk):
    project = _reportable(page, request, pk)
    form = UpdateForm(request.POST, prefix="news")
    if form.is_valid():
        try:
            post_update(project, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.message))
        else:
            messages.success(request, _("Your news is here for everybody to read; followers are told."))
            return redirect(page.url_of("project", pk))
    return _shown(page, request, project, update_form=form, status=400)


@page_view("POST", sign_in=True)
def project_milestone(page, request, pk):
    project = _reportable(page, request, pk)
    form = MilestoneForm(request.POST, prefix="step")
    if form.is_valid():
        try:
            plan_milestone(project, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal.message))
        else:
            messages.success(request, _("The step is planned."))
            return redirect(page.url_of("project", pk))
    return _shown(page, request, project, milestone_form=form, status=400)


@page_view("POST", sign_in=True)
def milestone_reached(page, request, pk, milestone):
    project = _reportable(page, request, pk)
    step = Milestone.objects.filter(project=project, pk=milestone).first()
    if step is None:
        raise Missing
    step.project = project
    form = ReachedForm(request.POST)
    reach_milestone(step, by=request.user, done_on=form.cleaned_data["done_on"] if form.is_valid() else None)
    messages.success(request, _("The step is reached; followers are told."))
    return redirect(page.url_of("project", pk))


@page_view("POST", sign_in=True)
def project_finish(page, request, pk):
    finish_project(project_of(page, pk), by=request.user)
    messages.success(request, _("The project is marked as done; followers are told."))
    return redirect(page.url_of("project", pk))


urls = [
    path("projects/", project_list, name="projects"),
    path("projects/<int:pk>/", project_detail, name="project"),
    path("projects/<int:pk>/news/", project_update, name="project_update"),
    path("projects/<int:pk>/steps/", project_milestone, name="project_milestone"),
    path("projects/<int:pk>/steps/<int:milestone>/reached/", milestone_reached, name="milestone_reached"),
    path("projects/<int:pk>/done/", project_finish, name="project_finish"),
]
