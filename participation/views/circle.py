"""What study circles have besides meetings: their plan of sessions, and what they share."""

import io

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain.agenda.documents import media_type_of
from participation.domain.circle import plan_sessions
from participation.domain.resource import add_resource, may_remove, remove_resource
from participation.forms.circle import ResourceForm, SessionPlanForm
from participation.forms.meeting import tell
from participation.foundation.errors import Missing, Refused
from participation.queries.circle import plan_of, resource_for, resource_url
from participation.queries.meeting import when_words, where_words
from participation.rules import may_keep_committee, may_take_part
from participation.views.committee_page import around, committee_view


@committee_view("GET")
def plan(page, request):
    """Show the sessions with what each is about."""
    context = {
        **around(page, request, "plan", ("", _("Plan"))),
        "sessions": [
            {
                "number": number,
                "meeting": meeting,
                "url": page.url_of("meeting", meeting.pk),
                "when": when_words(meeting),
                "where": where_words(meeting),
            }
            for number, meeting in enumerate(plan_of(request.user, page), start=1)
        ],
        "new_url": page.url_of("new_plan") if may_keep_committee(request.user, page) else "",
    }
    return TemplateResponse(request, "participation/pages/plan.html", context)


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def new_plan(page, request):
    """Plan all sessions in one form."""
    form = SessionPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        wanted.pop("ends")
        try:
            plan_sessions(page, by=request.user, length=form.length(), **wanted)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("The sessions are planned. Announce each when it is settled."))
            return redirect(page.url_of("plan"))
    context = {
        **around(page, request, "plan", (page.url_of("plan"), _("Plan")), ("", _("Plan sessions"))),
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "participation/pages/plan_form.html", context, status=status)


@committee_view("GET", "POST", rule=may_take_part, sign_in=True)
def resources(page, request):
    """Share something, and take away what is shared."""
    form = ResourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_resource(page, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("It is shared."))
            return redirect(page.url_of("resources"))
    context = {
        **around(page, request, "committee", ("", _("To read, hear and use"))),
        "form": form,
        "rows": [
            {
                "resource": each,
                "url": resource_url(page, each),
                "remove_url": page.url_of("remove_resource", each.pk)
                if may_remove(each, request.user)
                else "",
            }
            for each in page.resources.defer("content")
        ],
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "participation/pages/resources.html", context, status=status)


@committee_view("POST", sign_in=True)
def resource_remove(page, request, pk):
    """Take away what was shared."""
    remove_resource(resource_for(request.user, page, pk), by=request.user)
    messages.success(request, _("It is gone."))
    return redirect(page.url_of("resources"))


@committee_view("GET")
def resource(page, request, pk):
    """Hand out a document, always as a download: nothing in it may run on this site (X10)."""
    found = resource_for(request.user, page, pk)
    if not found.name:
        raise Missing
    response = FileResponse(
        io.BytesIO(bytes(found.content)),
        as_attachment=True,
        filename=found.name,
        content_type=media_type_of(found),
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


urls = [
    path("plan/", plan, name="plan"),
    path("plan/new/", new_plan, name="new_plan"),
    path("resources/", resources, name="resources"),
    path("resources/<int:pk>/file/", resource, name="resource"),
    path("resources/<int:pk>/remove/", resource_remove, name="remove_resource"),
]
