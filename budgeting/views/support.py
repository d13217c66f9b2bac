"""Supporting a proposal and taking it back, with one button."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from budgeting.domain.proposal import path_of
from budgeting.domain.support import give_support, take_support_back
from budgeting.queries.proposal import proposal_for
from budgeting.views.person import with_name
from participation.foundation.pages import page_view


@page_view("GET", "POST", sign_in=True)
@with_name
def support(page, request, pk):
    proposal = proposal_for(request.user, page, pk)
    if request.method == "GET":  # back from signing in: the button is on the proposal's page
        return redirect(path_of(proposal) + "#support")
    if "take_back" in request.POST:
        take_support_back(proposal, by=request.user)
        messages.success(request, _("You do not support this proposal any more."))
    else:
        give_support(proposal, by=request.user)
        messages.success(request, _("Thank you! You support this proposal."))
    return redirect(path_of(proposal) + "#support")


urls = [path("proposals/<int:pk>/support/", support, name="support")]
