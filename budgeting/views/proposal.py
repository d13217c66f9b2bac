"""Proposals: the list with its map, one proposal, and writing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from budgeting.domain import proposal as proposals
from budgeting.enums import ProposalStatus
from budgeting.forms.proposal import ProposalForm, ProposalSearchForm
from budgeting.forms.review import HideForm
from budgeting.queries.budget import signposts
from budgeting.queries.committee import add_voices, speaking_committees
from budgeting.queries.proposal import (
    cards_of,
    count_supports,
    find_proposals,
    in_order,
    map_points,
    own_proposals,
    page_of_ids,
    pictures_of,
    proposal_for,
)
from budgeting.queries.support import supports
from budgeting.rules import (
    is_its_own,
    may_edit_proposal,
    may_hide_proposal,
    may_propose,
    submission_is_open,
    takes_support,
)
from budgeting.validators import MAX_PICTURES
from budgeting.views.committee import voice_row
from budgeting.views.person import with_name
from mapping.views.answers import points_response
from participation.forms.picture import PictureForms
from participation.foundation.errors import Conflict, Missing, Refused
from participation.foundation.money import format_money
from participation.foundation.ordering import keep_seed, seed_of
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs
from participation.views.comment import discussion_context

PER_PAGE = 24
STATUS_TONES = {
    ProposalStatus.SUBMITTED: "info",
    ProposalStatus.ACCEPTED: "good",
    ProposalStatus.REJECTED: "bad",
    ProposalStatus.HIDDEN: "bad",
}


@page_view("GET")
def proposal_list(page, request):
    posts = signposts(page)
    form = ProposalSearchForm(request.GET, posts=posts)
    search = form.search()
    rows = in_order(find_proposals(page, search), form.chosen_order, seed_of(request))
    numbers = page_of_ids(rows, request.GET.get("page"), PER_PAGE)
    list_url = page.url_of("proposals")
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (list_url, _("Proposals"))),
        "form": form,
        "is_narrow": search.is_narrow,
        "numbers": numbers,
        "proposals": cards_of(list(numbers)),
        "list_url": list_url,
        "points_url": _points_url(page, search),
        "new_url": page.url_of("new_proposal") if posts.call_is_open() else "",
        "mine_url": page.url_of("own_proposals") if request.user.is_authenticated else "",
    }
    response = TemplateResponse(request, "budgeting/pages/proposals.html", context)
    keep_seed(request, response)
    return response


def _points_url(page, search) -> str:
    chosen = {
        "q": search.words,
        "area": search.area,
        "status": search.status,
        "organisation": search.organisation,
    }
    query = urlencode({name: value for name, value in chosen.items() if value})
    return page.url_of("proposal_points") + (f"?{query}" if query else "")


@page_view("GET")
def proposal_points(page, request):
    search = ProposalSearchForm(request.GET, posts=signposts(page)).search()
    return points_response(
        request, base=page.url_of("proposals"), points=map_points(find_proposals(page, search))
    )


@page_view("GET")
def proposal_detail(page, request, pk):
    proposal = proposal_for(request.user, page, pk)
    is_own = is_its_own(request.user, proposal)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("proposals"), _("Proposals")), ("", proposal.title)),
        "proposal": proposal,
        "status_words": capfirst(proposal.get_status_display()),
        "tone": STATUS_TONES.get(proposal.status, "quiet"),
        "pictures": pictures_of(proposal),
        "support_count": count_supports([proposal.pk]).get(proposal.pk, 0),
        "supports_it": supports(request.user, proposal),
        "takes_support": takes_support(request.user, proposal),
        "support_url": page.url_of("support", proposal.pk),
        "projects": [(page.url_of("project", project.pk), project) for project in _projects(proposal)],
        "is_own": is_own,
        "may_edit": is_own and may_edit_proposal(request.user, proposal),
        "edit_url": page.url_of("edit_proposal", proposal.pk),
        "withdraw_url": page.url_of("withdraw_proposal", proposal.pk),
        "facts": _facts(page, proposal),
        "hide_url": page.url_of("hide_proposal", proposal.pk) if may_hide_proposal(request.user) else "",
    }
    if proposal.is_public:
        context |= _committees(request.user, proposal)
        context |= discussion_context(proposal.discussion, request)
    return TemplateResponse(request, "budgeting/pages/proposal.html", context)


def _committees(user, proposal) -> dict:
    """Return what committees say, and those for which this person may speak while there is something to say."""
    speaks_for = speaking_committees(user, proposal.area)
    add_voices([proposal])
    return {
        "voices": [voice_row(voice) for voice in proposal.open_voices],
        "ranks": proposal.open_ranks,
        "speaks_for": [(each.url_of("budget_voice", proposal.pk), each) for each in speaks_for],
    }


def _projects(proposal) -> list:
    return list(proposal.projects.all()) if proposal.status == ProposalStatus.ACCEPTED else []


def _facts(page, proposal) -> list[tuple]:
    """Return (name, value) of what is known at a glance."""
    facts = []
    if proposal.cost_cents:
        facts.append((_("Cost as proposed"), format_money(proposal.cost_cents, page.currency)))
    if proposal.learners:
        facts.append((_("People who will learn"), number_format(proposal.learners, force_grouping=True)))
    if proposal.area:
        facts.append((_("Area"), proposal.area.name))
    if proposal.address:
        facts.append((_("Place"), proposal.address))
    return facts


@page_view("GET", "POST", sign_in=True)
@with_name
def new_proposal(page, request):
    if not may_propose(request.user, page):
        raise Conflict(_("The call for proposals is not open now. Look at the budget's page for its dates."))
    return _write(page, request, None)


@page_view("GET", "POST", sign_in=True)
@with_name
def edit_proposal(page, request, pk):
    proposal = proposal_for(request.user, page, pk)
    if not is_its_own(request.user, proposal):
        raise Missing
    if not may_edit_proposal(request.user, proposal):
        raise Conflict(_("This proposal cannot be changed any more."))
    return _write(page, request, proposal)


def _write(page, request, proposal) -> HttpResponse:
    handing_in = "submit" in request.POST or (
        proposal is not None and proposal.status != ProposalStatus.DRAFT
    )
    is_sent = request.method == "POST"
    form = ProposalForm(
        request.POST if is_sent else None,
        budget=page,
        user=request.user,
        proposal=proposal,
        handing_in=handing_in,
    )
    pictures = PictureForms(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        stored=proposal.pictures.select_related("image") if proposal else (),
        most=MAX_PICTURES,
    )
    conflict = None
    # Both are asked, so that all mistakes are told at once.
    if is_sent and all([form.is_valid(), pictures.is_valid()]):
        try:
            return _store(page, request, proposal, form, pictures)
        except Conflict as refusal:
            conflict = refusal
        except Refused as refusal:
            form.tell(refusal)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(
            page,
            (page.url_of("proposals"), _("Proposals")),
            ("", _("Change a proposal") if proposal else _("Propose a project")),
        ),
        "form": form,
        "pictures": pictures,
        "proposal": proposal,
        "conflict": conflict,
        "is_draft": proposal is None or proposal.status == ProposalStatus.DRAFT,
        "lost_files": is_sent and bool(request.FILES),
        "mine_url": page.url_of("own_proposals"),
        "proposal_url": proposals.path_of(proposal) if proposal else "",
    }
    if conflict is not None and conflict.code == "changed_meanwhile":
        form.data = form.data.copy()
        form.data["version"] = conflict.details["version"]
    status = conflict.status if conflict else 400 if is_sent else 200
    return TemplateResponse(request, "budgeting/pages/proposal_form.html", context, status=status)


def _store(page, request, proposal, form, pictures) -> HttpResponse:
    if proposal is None:
        proposal = proposals.save_draft(
            page, author=request.user, content=form.content(), pictures=pictures.changes()
        )
    else:
        proposal = proposals.edit_proposal(
            proposal,
            by=request.user,
            content=form.content(),
            expected_version=form.cleaned_data["version"] or 0,
            pictures=pictures.changes(),
        )
    if "submit" in request.POST and proposal.status == ProposalStatus.DRAFT:
        try:
            proposals.submit_proposal(proposal, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return redirect(page.url_of("edit_proposal", proposal.pk))
        messages.success(request, _("Thank you! Your proposal is public now. We have sent you a receipt."))
    elif proposal.status == ProposalStatus.DRAFT:
        messages.success(request, _("Your draft is saved. Only you can see it until you hand it in."))
        return redirect(page.url_of("own_proposals"))
    else:
        messages.success(request, _("Your changes are saved."))
    return redirect(proposals.path_of(proposal))


@page_view("GET", "POST", sign_in=True)
@with_name
def withdraw_proposal(page, request, pk):
    """Ask before a proposal is withdrawn or a draft thrown away, then do it."""
    proposal = proposal_for(request.user, page, pk)
    if not is_its_own(request.user, proposal):
        raise Missing
    is_draft = proposal.status == ProposalStatus.DRAFT
    if request.method == "POST":
        if is_draft:
            proposals.discard_draft(proposal, by=request.user)
            messages.success(request, _("Your draft is deleted."))
        else:
            proposals.withdraw_proposal(proposal, by=request.user)
            messages.success(request, _("Your proposal is withdrawn. Nobody else can see it any more."))
        return redirect(page.url_of("own_proposals"))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(
            page, (page.url_of("own_proposals"), _("My proposals")), ("", proposal.title)
        ),
        "proposal": proposal,
        "proposal_url": proposals.path_of(proposal),
        "is_draft": is_draft,
        "can_be_withdrawn": is_draft or may_edit_proposal(request.user, proposal),
    }
    return TemplateResponse(request, "budgeting/pages/proposal_withdraw.html", context)


@page_view("GET", "POST", sign_in=True)
def hide_proposal(page, request, pk):
    """Ask for the reason before a proposal is hidden, or show a hidden one again."""
    proposal = proposal_for(request.user, page, pk)
    if not may_hide_proposal(request.user):
        raise Missing
    is_hidden = proposal.status == ProposalStatus.HIDDEN
    form = HideForm(request.POST or None)
    if request.method == "POST" and is_hidden:
        proposals.restore_proposal(proposal, by=request.user)
        messages.success(request, _("Everybody can see the proposal again."))
        return redirect(proposals.path_of(proposal))
    if request.method == "POST" and form.is_valid():
        proposals.hide_proposal(proposal, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The proposal is hidden, and its author has been told why."))
        return redirect(proposals.path_of(proposal))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("proposals"), _("Proposals")), ("", proposal.title)),
        "proposal": proposal,
        "proposal_url": proposals.path_of(proposal),
        "is_hidden": is_hidden,
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "budgeting/pages/proposal_hide.html", context, status=status)


@page_view("GET", sign_in=True)
@with_name
def own_proposal_list(page, request):
    rows = Paginator(own_proposals(page, request.user.participant), PER_PAGE).get_page(
        request.GET.get("page")
    )
    is_open = submission_is_open(request.user, page)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("proposals"), _("Proposals")), ("", _("My proposals"))),
        "numbers": rows,
        "proposals": [
            {
                "proposal": proposal,
                "url": proposals.path_of(proposal),
                "words": capfirst(proposal.get_status_display()),
                "tone": STATUS_TONES.get(proposal.status, "quiet"),
                "edit_url": page.url_of("edit_proposal", proposal.pk)
                if is_open and proposal.status in (ProposalStatus.DRAFT, ProposalStatus.SUBMITTED)
                else "",
                "withdraw_url": page.url_of("withdraw_proposal", proposal.pk)
                if proposal.status == ProposalStatus.DRAFT
                or (is_open and proposal.status == ProposalStatus.SUBMITTED)
                else "",
            }
            for proposal in rows
        ],
        "new_url": page.url_of("new_proposal") if is_open else "",
    }
    return TemplateResponse(request, "budgeting/pages/own_proposals.html", context)


urls = [
    path("proposals/", proposal_list, name="proposals"),
    path("proposals/points/", proposal_points, name="proposal_points"),
    path("proposals/new/", new_proposal, name="new_proposal"),
    path("proposals/mine/", own_proposal_list, name="own_proposals"),
    path("proposals/<int:pk>/", proposal_detail, name="proposal"),
    path("proposals/<int:pk>/edit/", edit_proposal, name="edit_proposal"),
    path("proposals/<int:pk>/withdraw/", withdraw_proposal, name="withdraw_proposal"),
    path("proposals/<int:pk>/hide/", hide_proposal, name="hide_proposal"),
]
