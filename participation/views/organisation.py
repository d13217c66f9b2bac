"""The public pages of organisations, and the page on which their managers say who acts for them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain import organisation as people
from participation.forms.organisation import InviteForm, OrganisationFilterForm, RoleForm
from participation.foundation.errors import Missing, NotAllowed
from participation.foundation.pages import page_view
from participation.models import Organisation
from participation.queries.organisation import open_invitation, people_of, public_organisations
from participation.rules import may_act_for, may_manage_organisation
from participation.views.person import as_participant

PER_PAGE = 24


@page_view("GET")
def organisation_list(request):
    form = OrganisationFilterForm(request.GET)
    wanted = form.wanted
    page = Paginator(public_organisations(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {"organisations": page, "form": form, "is_filtered": any(wanted.values())}
    return TemplateResponse(request, "participation/pages/organisations.html", context)


@page_view("GET")
def organisation_detail(request, slug):
    organisation = get_object_or_404(public_organisations(), slug=slug)
    context = {
        "organisation": organisation,
        "acts_for_it": may_act_for(request.user, organisation),
        "manages_it": may_manage_organisation(request.user, organisation),
    }
    return TemplateResponse(request, "participation/pages/organisation.html", context)


def _managed(request, slug) -> Organisation:
    organisation = get_object_or_404(Organisation, slug=slug)
    if not may_manage_organisation(request.user, organisation):
        raise NotAllowed(_("Only who manages the organisation may see who acts for it."))
    return organisation


@page_view("GET", "POST", sign_in=True)
def organisation_people(request, slug):
    organisation = _managed(request, slug)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        people.invite_person(organisation, by=request.user, **form.cleaned_data)
        # The same words whether or not there is such an account.
        messages.success(
            request,
            _("If this address belongs to an account, we have asked the person. Who says yes appears here."),
        )
        return redirect("participation:organisation_people", slug)
    context = {"organisation": organisation, "people": people_of(organisation), "form": form}
    return TemplateResponse(request, "participation/pages/organisation_people.html", context)


@page_view("GET", "POST", sign_in=True)
def organisation_person(request, slug, pk):
    organisation = _managed(request, slug)
    person = people_of(organisation).filter(pk=pk).first()
    if person is None:
        raise Missing
    form = RoleForm(request.POST or None, initial={"role": person.role})
    if request.method == "POST":
        if "remove" in request.POST:
            people.remove_person(organisation, participant=person.participant, by=request.user)
            messages.success(request, _("The person does not act for the organisation any more."))
            return redirect("participation:organisation", slug)
        if form.is_valid():
            people.change_role(
                organisation, participant=person.participant, role=form.cleaned_data["role"], by=request.user
            )
            messages.success(request, _("The change is saved."))
            return redirect("participation:organisation", slug)
    context = {"organisation": organisation, "person": person, "form": form}
    return TemplateResponse(request, "participation/pages/organisation_person.html", context)


@page_view("GET", "POST", sign_in=True)
@as_participant
def organisation_invitation(request, person, slug):
    organisation = get_object_or_404(Organisation, slug=slug)
    invitation = open_invitation(organisation, person)
    if invitation is None:
        raise Missing
    if request.method == "POST":
        if "accept" in request.POST:
            people.accept_invitation(organisation, participant=person)
            messages.success(request, _("You can now act for the organisation."))
        else:
            people.decline_invitation(organisation, participant=person)
            messages.success(request, _("You said no. Nobody is told."))
        return redirect("participation:organisation", slug)
    context = {"organisation": organisation, "invitation": invitation}
    return TemplateResponse(request, "participation/pages/organisation_invitation.html", context)


@page_view("GET", "POST", sign_in=True)
@as_participant
def organisation_leave(request, person, slug):
    organisation = get_object_or_404(Organisation, slug=slug)
    if not may_act_for(request.user, organisation):
        raise Missing
    if request.method == "POST":
        people.remove_person(organisation, participant=person, by=request.user)
        messages.success(request, _("You do not act for the organisation any more."))
        return redirect("participation:organisation", slug)
    return TemplateResponse(
        request, "participation/pages/organisation_leave.html", {"organisation": organisation}
    )


urls = [
    path("organisations/", organisation_list, name="organisations"),
    path("organisations/<slug:slug>/", organisation_detail, name="organisation"),
    path("organisations/<slug:slug>/people/", organisation_people, name="organisation_people"),
    path("organisations/<slug:slug>/people/<int:pk>/", organisation_person, name="organisation_person"),
    path("organisations/<slug:slug>/invitation/", organisation_invitation, name="organisation_invitation"),
    path("organisations/<slug:slug>/leave/", organisation_leave, name="organisation_leave"),
]
