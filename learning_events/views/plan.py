"""The personal programme of a visitor, with or without an account."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from learning_events.domain import plan as plans
from learning_events.feeds.plan import calendar_of_plan
from learning_events.forms.plan import LinkForm
from learning_events.queries.plan import (
    COOKIE,
    count_lost,
    days_of,
    plan_of,
    plan_with_key,
    planned_of,
)
from learning_events.views.frame import breadcrumbs
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view

COOKIE_LASTS = 400 * 24 * 60 * 60


def private(view):
    """Let no cache and no search engine keep what belongs to one person."""

    @wraps(view)
    def receive(page, request, *args, **kwargs):
        response = view(page, request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return receive


def _key(request) -> str:
    return request.COOKIES.get(COOKIE, "")


def _keep(request, response, plan) -> None:
    """Let the browser keep the key of a nameless programme, and forget it once it is in an account."""
    if plan is not None and plan.participant_id is None:
        response.set_cookie(
            COOKIE,
            plan.key,
            max_age=COOKIE_LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")


def _own(request):
    plan = plan_of(request.user, _key(request))
    if plan is None:
        raise Missing
    return plan


@page_view("POST")
@private
def star(page, request):
    """Put a session into the programme (`in`) or take it out (`out`), and go back to where the star is."""
    adding = "in" in request.POST
    number = request.POST.get("in" if adding else "out", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Missing
    there = request.POST.get("next", "")
    if not (there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)):
        there = page.url_of("my_plan")
    elif there != page.url_of("my_plan"):
        there = f"{there}#star-{number}"
    response = redirect(there)
    if adding:
        plan = plans.star_session(int(number), by=request.user, key=_key(request))
        _keep(request, response, plan)
    else:
        plans.unstar_session(int(number), by=request.user, key=_key(request))
    return response


@page_view("GET", "POST")
@private
def my_plan(page, request):
    """Show the visitor's own programme; a POST mails the link to it."""
    plan = plan_of(request.user, _key(request))
    form = LinkForm(request.POST or None, initial={"email": getattr(request.user, "email", "")})
    if request.method == "POST":
        plan = _own(request)
        if form.is_valid():
            try:
                plans.mail_plan_link(plan, page, email=form.cleaned_data["email"])
            except Refused as refusal:
                form.add_error("email", str(refusal.message))
            else:
                messages.success(request, _("The link is on its way to you."))
                return redirect(page.url_of("my_plan"))
    context = {
        **_shown(page, request, plan),
        "breadcrumbs": breadcrumbs(page, ("", _("My programme"))),
        "form": form,
        "is_mine": True,
    }
    return TemplateResponse(
        request, "learning_events/pages/my_plan.html", context, status=400 if form.is_bound else 200
    )


@page_view("GET", "POST")
@private
def plan(page, request, key):
    """Show the programme that a mailed link opens; a POST takes it into this browser or account."""
    found = plan_with_key(key)
    if found is None:
        raise Missing
    own = plan_of(request.user, _key(request))
    if own is not None and own.pk == found.pk and request.method == "GET":
        return redirect(page.url_of("my_plan"))
    if request.method == "POST":
        taken = plans.take_plan(found, by=request.user, key=_key(request))
        messages.success(request, _("The programme is now yours in this browser."))
        response = redirect(page.url_of("my_plan"))
        _keep(request, response, taken)
        return response
    context = {
        **_shown(page, request, found),
        "breadcrumbs": breadcrumbs(page, ("", _("A personal programme"))),
        "is_mine": False,
        "has_own": own is not None,
    }
    return TemplateResponse(request, "learning_events/pages/my_plan.html", context)


def _shown(page, request, plan) -> dict:
    if plan is not None:
        plans.note_use(plan)
    days = days_of(list(planned_of(plan, page))) if plan is not None else []
    rows = [row for day in days for row in day.rows]
    feed = request.build_absolute_uri(page.url_of("plan_feed", plan.key)) if plan is not None else ""
    return {
        **page.get_context(request),
        "plan": plan,
        "days": days,
        "number": len(rows),
        "clashes": sum(1 for row in rows if row.overlaps),
        "changed": sum(1 for row in rows if row.changes),
        "lost": count_lost(plan, page) if plan is not None else 0,
        "feed_url": feed,
        "webcal_url": "webcal://" + feed.partition("://")[2],
        "star_url": page.url_of("star"),
        "seen_url": page.url_of("plan_seen"),
        "remove_url": page.url_of("plan_remove"),
        "plan_url": page.url_of("my_plan"),
    }


@page_view("POST")
@private
def seen(page, request):
    """Take note of what changed in the programme."""
    plans.mark_seen(_own(request))
    return redirect(page.url_of("my_plan"))


@page_view("GET", "POST")
@private
def remove(page, request):
    """Ask once, then delete the programme."""
    plan = _own(request)
    if request.method == "POST":
        plans.remove_plan(plan)
        messages.success(request, _("Your programme is deleted."))
        response = redirect(page.url_of("my_plan"))
        _keep(request, response, None)
        return response
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(
            page, (page.url_of("my_plan"), _("My programme")), ("", _("Delete my programme"))
        ),
        "plan_url": page.url_of("my_plan"),
    }
    return TemplateResponse(request, "learning_events/pages/remove_plan.html", context)


@page_view("GET")
@private
def feed(page, request, key):
    """Return the programme as a calendar to subscribe to; cancelled sessions stay in it as cancelled."""
    found = plan_with_key(key)
    if found is None:
        raise Missing
    plans.note_use(found)
    body = calendar_of_plan(page, found, absolute=request.build_absolute_uri)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="my-programme.ics"'
    return response


urls = [
    path("my/", my_plan, name="my_plan"),
    path("my/star/", star, name="star"),
    path("my/seen/", seen, name="plan_seen"),
    path("my/remove/", remove, name="plan_remove"),
    path("plan/<slug:key>/", plan, name="plan"),
    path("plan/<slug:key>.ics", feed, name="plan_feed"),
]
