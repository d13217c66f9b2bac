"""Checking whether a badge is genuine, without an account and without asking anybody else."""

from django.template.response import TemplateResponse
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from learning_events.credentials.facts import Outcome
from learning_events.forms.badge import CheckForm
from learning_events.queries.credential import verdict_on
from learning_events.queries.issuer import issuer
from participation.foundation.pages import page_view


@page_view("GET", "POST")
def verify_badge(request):
    """Say of a pasted or uploaded credential whether it is valid, revoked, altered, somebody else's or no badge at all."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context = {"form": form, "signer": issuer(), "breadcrumbs": [("/", _("Home")), ("", _("Check a badge"))]}
    status = 200
    if form.is_bound and form.is_valid():
        verdict, award = verdict_on(form.content)
        context |= {"verdict": verdict, "award": award}
        if verdict.outcome in (Outcome.VALID, Outcome.REVOKED):
            context["signed_at"] = parse_datetime(verdict.issued_at)
    elif form.is_bound:
        status = 400
    return TemplateResponse(request, "learning_events/pages/verify_badge.html", context, status=status)


urls = [path("badges/verify/", verify_badge, name="verify_badge")]
