"""A committee's page about the budget, and where its chair and secretary speak for it."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from budgeting.domain import committee as domain
from budgeting.enums import PhaseKind, VoiceKind
from budgeting.forms.committee import DecidedForm, OpinionForm, OrderForm, SponsorForm, StatementForm
from budgeting.models import CommitteeRanking
from budgeting.queries.committee import (
    adopted_by,
    area_of_home,
    areas_of_home,
    opinions_about,
    project_of_home,
    projects_to_adopt,
    proposal_of_home,
    proposals_of_home,
    rankings_of,
    said_by,
)
from budgeting.queries.proposal import count_supports
from budgeting.rules import can_be_decided, support_is_open, takes_support
from participation.foundation.errors import Conflict, Missing, Refused
from participation.rules import may_keep_committee
from participation.views.committee_page import around, committee_view

MOST_SHOWN = 60
STANCE_TONES = {"for": "good", "conditions": "info", "against": "bad"}


def voice_row(voice) -> dict:
    """Return what a page shows of one thing a committee has said."""
    decision = voice.decision
    return {
        "voice": voice,
        "committee": voice.committee,
        "tone": STANCE_TONES.get(voice.stance, "good" if voice.kind == VoiceKind.SPONSOR else "quiet"),
        "words": voice.get_stance_display() if voice.stance else voice.get_kind_display(),
        "decision": decision,
        "decision_url": voice.committee.url_of("decision", decision.pk) if decision else "",
    }


@committee_view("GET")
def budget_work(page, request):
    """Show what the committee has said about the budget, and to its keepers what it can still do."""
    keeps = request.standing.keeps
    now = timezone.now()
    context = {
        **around(page, request, "budget_work", ("", _("Budget"))),
        "said": [_said(page, voice) for voice in said_by(page)],
        "rankings": [_ranking(ranking) for ranking in rankings_of(page)],
        "adopted": [_adopted(adoption) for adoption in adopted_by(page)],
        "keeps": keeps,
    }
    if keeps:
        areas = [area for area in areas_of_home(page) if support_is_open(request.user, area.budget)]
        open_proposals = proposals_of_home(page).filter(area__in=areas)[:MOST_SHOWN]
        context |= {
            "proposals": [(page.url_of("budget_voice", each.pk), each) for each in open_proposals],
            "areas": [(page.url_of("budget_order", area.pk), area, _ends(area, now)) for area in areas],
            "to_adopt": [
                (page.url_of("budget_adopt", each.pk), each) for each in projects_to_adopt(page)[:MOST_SHOWN]
            ],
        }
    return TemplateResponse(request, "budgeting/pages/committee_budget.html", context)


def _said(page, voice) -> dict:
    voice.committee = page
    budget = voice.proposal.budget
    return {
        **voice_row(voice),
        "proposal": voice.proposal,
        "url": budget.url_of("proposal", voice.proposal_id),
    }


def _ranking(ranking) -> dict:
    budget = ranking.area.budget
    return {
        "ranking": ranking,
        "budget": budget,
        "places": [
            (budget.url_of("proposal", place.proposal_id), place.proposal) for place in ranking.places.all()
        ],
    }


def _adopted(adoption) -> dict:
    project, today = adoption.project, timezone.localdate()
    steps = list(project.milestones.all())
    return {
        "adoption": adoption,
        "project": project,
        "url": project.budget.url_of("project", project.pk),
        "next": next((step for step in steps if step.done_on is None), None),
        "is_late": any(step.done_on is None and step.due_on < today for step in steps),
    }


def _ends(area, now):
    """Return when voting begins, if that is still to come."""
    voting = area.budget.phase(PhaseKind.VOTING)
    return voting.opens_at if voting is not None and voting.opens_at > now else None


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def voice(page, request, pk):
    """Let a keeper support, comment on, or give an opinion on one proposal, or take that back."""
    proposal = proposal_of_home(page, pk)
    if proposal is None:
        raise Missing
    own = {each.kind: each for each in opinions_about(proposal) if each.committee_id == page.pk}
    kind = request.POST.get("kind", "")
    if request.method == "POST" and "take_back" in request.POST:
        domain.take_voice_back(page, proposal, kind=kind, by=request.user)
        messages.success(request, _("The committee has taken this back."))
        return redirect(page.url_of("budget_voice", pk))
    forms = {
        each: _voice_form(each, page, own.get(each), request.POST if kind == each else None)
        for each in VoiceKind.values
    }
    form = forms.get(kind)
    if form is not None and form.is_valid():
        try:
            _SAY[kind](page, proposal, by=request.user, **form.cleaned_data)
        except Conflict:
            raise
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("Everybody can read it now, and the author has been told."))
            return redirect(page.url_of("budget_voice", pk))
    context = {
        **around(
            page,
            request,
            "budget_work",
            (page.url_of("budget_work"), _("Budget")),
            ("", proposal.title),
        ),
        "proposal": proposal,
        "proposal_url": proposal.budget.url_of("proposal", proposal.pk),
        "support_count": count_supports([proposal.pk]).get(proposal.pk, 0),
        "parts": [
            {
                "kind": each,
                "form": forms[each],
                "own": own.get(each),
                "is_open": _is_open(each, request.user, proposal),
            }
            for each in VoiceKind.values
        ],
        "bound": form,
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "budgeting/pages/committee_voice.html", context, status=status)


_FORMS: dict[str, type[DecidedForm]] = {
    VoiceKind.SPONSOR: SponsorForm,
    VoiceKind.STATEMENT: StatementForm,
    VoiceKind.OPINION: OpinionForm,
}
_SAY: dict[str, Callable] = {
    VoiceKind.SPONSOR: domain.sponsor_proposal,
    VoiceKind.STATEMENT: domain.comment_on_proposal,
    VoiceKind.OPINION: domain.give_opinion,
}


def _voice_form(kind: str, page, own, data) -> DecidedForm:
    initial = {"text": own.text, "decision": own.decision_id, "stance": own.stance} if own else {}
    return _FORMS[kind](data, committee=page, prefix=kind, initial=initial)


def _is_open(kind: str, user, proposal) -> bool:
    if kind == VoiceKind.OPINION:
        return can_be_decided(user, proposal)
    if kind == VoiceKind.SPONSOR:
        return takes_support(user, proposal)
    return support_is_open(user, proposal.budget)


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def order(page, request, pk):
    """Let a keeper put the proposals of an area in order."""
    area = area_of_home(page, pk)
    if area is None:
        raise Missing
    ranking = CommitteeRanking.objects.filter(committee=page, area=area).first()
    places = {place.proposal_id: place.position for place in ranking.places.all()} if ranking else {}
    rows = list(proposals_of_home(page).filter(area=area)[: 4 * MOST_SHOWN])
    rows.sort(key=lambda each: places.get(each.pk, len(rows) + 1))
    form = OrderForm(
        request.POST if request.method == "POST" else None,
        committee=page,
        proposals=rows,
        places=places,
        initial={
            "decision": ranking.decision_id if ranking else None,
            "expected": domain.ranking_state(ranking),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            domain.rank_proposals(
                page,
                area,
                by=request.user,
                proposals=form.chosen(),
                decision=form.cleaned_data["decision"],
                expected=form.cleaned_data["expected"],
            )
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The order is saved. You can change it until voting begins."))
            return redirect(page.url_of("budget_work"))
    context = {
        **around(page, request, "budget_work", (page.url_of("budget_work"), _("Budget")), ("", _("Order"))),
        "area": area,
        "form": form,
        "places": [form[f"place_{each.pk}"] for each in rows],
        "is_open": support_is_open(request.user, area.budget),
        "ends": _ends(area, timezone.now()),
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "budgeting/pages/committee_order.html", context, status=status)


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def adopt(page, request, pk):
    """Let a keeper say that the committee looks after a project, or no more."""
    project = project_of_home(page, pk)
    if project is None:
        raise Missing
    is_adopted = hasattr(project, "adoption")
    form = DecidedForm(request.POST or None, committee=page)
    if request.method == "POST" and is_adopted and "give_up" in request.POST:
        domain.give_project_up(page, project, by=request.user)
        messages.success(request, _("The committee looks after this project no more."))
        return redirect(page.url_of("budget_work"))
    if request.method == "POST" and form.is_valid():
        domain.adopt_project(page, project, by=request.user, decision=form.cleaned_data["decision"])
        messages.success(request, _("The committee looks after this project now. Tell what becomes of it."))
        return redirect(project.budget.url_of("project", project.pk))
    context = {
        **around(
            page, request, "budget_work", (page.url_of("budget_work"), _("Budget")), ("", project.title)
        ),
        "project": project,
        "project_url": project.budget.url_of("project", project.pk),
        "is_adopted": is_adopted,
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "budgeting/pages/committee_adopt.html", context, status=status)


urls = [
    path("budget/", budget_work, name="budget_work"),
    path("budget/proposals/<int:pk>/", voice, name="budget_voice"),
    path("budget/areas/<int:pk>/", order, name="budget_order"),
    path("budget/projects/<int:pk>/", adopt, name="budget_adopt"),
]
