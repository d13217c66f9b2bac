"""Registering a place in small steps, with or without an account; every step is saved, and nothing typed is lost."""

from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mapping.domain import submission as submissions
from mapping.enums import SubmissionState
from mapping.forms.hours import read_hours, show_hours
from mapping.forms.place import ContactForm, HoursForm, PeopleForm, SectionForm, WhatForm, WhereForm
from mapping.forms.register import AddressForm, SendForm
from mapping.queries.similar import similar_places
from mapping.queries.submission import OPEN_STATES, submission_for
from mapping.validators import MAX_PICTURES
from mapping.views.person import named_or_stranger
from mapping.views.summary import sections_of
from participation.forms.picture import PictureForms
from participation.foundation.errors import Conflict, Missing, Refused
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

DRAFTS = "mapping.drafts"
DRAFTS_KEPT = 20


@dataclass(frozen=True)
class Step:
    """One page of the registration."""

    key: str
    title: Promise | str
    form: type[SectionForm]
    has_pictures: bool = False


STEPS = (
    Step("what", gettext_lazy("What is it?"), WhatForm),
    Step("where", gettext_lazy("Where is it?"), WhereForm),
    Step("hours", gettext_lazy("When is it open?"), HoursForm),
    Step("people", gettext_lazy("Who is it for?"), PeopleForm),
    Step("more", gettext_lazy("Pictures and contact"), ContactForm, has_pictures=True),
)
CHECK = gettext_lazy("Check and send")


def private(view):
    """Let no cache and no search engine keep a page that a key opens."""

    @wraps(view)
    def receive(page, request, *args, **kwargs):
        response = view(page, request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return receive


@page_view("GET", "POST")
@named_or_stranger
def register(page, request):
    """Say what it takes, and begin with the first step."""
    if not page.takes_registrations:
        raise Conflict(_("Places cannot be registered here now. Please ask the city."))
    form = WhatForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            submission = submissions.start_submission(facts=form.facts(), by=request.user)
        except Refused as refusal:
            form.tell(refusal)
        else:
            _remember(request, submission)
            return redirect(_step_url(page, submission, STEPS[1]))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", _("Register a place"))),
        "form": form,
        "steps": _steps(page, None, STEPS[0].key),
        "step": STEPS[0],
        "mine_url": page.url_of("own_places"),
    }
    return TemplateResponse(
        request, "mapping/pages/register.html", context, status=400 if form.is_bound else 200
    )


def _remember(request, submission) -> None:
    """Let somebody without an account find the registration again in this browser."""
    if submission.participant_id is None:
        request.session[DRAFTS] = [*request.session.get(DRAFTS, []), submission.key][-DRAFTS_KEPT:]


def _step_url(page, submission, step: Step) -> str:
    return page.url_of("register_step", submission.key, step.key)


def _steps(page, submission, current: str) -> list[dict]:
    """Return the list of steps with what is done; before the registration has begun, none can be opened."""
    listed = []
    sections = {section.step: section for section in sections_of(submission.place)} if submission else {}
    for step in STEPS:
        is_done = step.key in sections and any(
            value and value != _("not stated") for _name, value in sections[step.key].facts
        )
        listed.append(
            {
                "title": step.title,
                "url": _step_url(page, submission, step) if submission and step.key != current else "",
                "state": "current" if step.key == current else "done" if is_done else "",
            }
        )
    url = page.url_of("register_check", submission.key) if submission and current != "check" else ""
    return [*listed, {"title": CHECK, "url": url, "state": "current" if current == "check" else ""}]


def _context(page, submission, current: str, title) -> dict:
    return {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("register"), _("Register a place")), ("", title)),
        "submission": submission,
        "place": submission.place,
        "steps": _steps(page, submission, current),
        "overview_url": page.url_of("registration", submission.key),
        "check_url": page.url_of("register_check", submission.key),
    }


def _open_submission(page, request, key):
    submission = submission_for(request.user, key)
    if submission.state not in OPEN_STATES:
        raise Conflict(_("This registration has been handed in already and cannot be changed now."))
    return submission


@page_view("GET", "POST")
@private
def register_step(page, request, key, step):
    """Show one step, and keep what is written in it."""
    number = next((number for number, each in enumerate(STEPS) if each.key == step), None)
    if number is None:
        raise Missing
    submission = _open_submission(page, request, key)
    now = STEPS[number]
    is_sent = request.method == "POST"
    form = now.form(request.POST if is_sent else None, place=submission.place, user=request.user)
    pictures = _pictures(request, submission.place) if now.has_pictures else None
    looks = False
    if is_sent and all([form.is_valid(), pictures is None or pictures.is_valid()]):
        looks = isinstance(form, HoursForm) and form.is_to_be_looked_at
        if not looks:
            try:
                submission = submissions.save_step(
                    submission,
                    by=request.user,
                    facts=form.facts(),
                    pictures=pictures.changes() if pictures else None,
                )
            except Refused as refusal:
                form.tell(refusal)
            else:
                return redirect(_next_url(page, request, submission, number))
    if is_sent and isinstance(form, HoursForm):
        show_as_seen(form)
    context = {
        **_context(page, submission, step, now.title),
        "form": form,
        "pictures": pictures,
        "step": now,
        "number": number + 1,
        "most": len(STEPS) + 1,
        "looks": looks,
        "lost_files": is_sent and bool(request.FILES),
        "preview_url": page.url_of("hours_preview"),
        "back_url": _step_url(page, submission, STEPS[number - 1]) if number else "",
    }
    status = 400 if is_sent and not looks else 200
    return TemplateResponse(request, "mapping/pages/register_step.html", context, status=status)


def _pictures(request, place) -> PictureForms:
    is_sent = request.method == "POST"
    return PictureForms(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        stored=place.pictures.select_related("image"),
        most=MAX_PICTURES,
    )


def show_as_seen(form: HoursForm) -> None:
    """Note in the form that comes back which hours it shows, so that sending it again keeps them."""
    form.data = form.data.copy()
    form.data["hours_seen"] = form.shown.osm if form.shown else ""


def _next_url(page, request, submission, number: int) -> str:
    if "later" in request.POST:
        messages.success(request, _("Your registration is saved. You can go on at any time."))
        return page.url_of("registration", submission.key)
    if "check" in request.POST or number + 1 == len(STEPS):
        return page.url_of("register_check", submission.key)
    if STEPS[number].key == "where" and similar_places(submission.place):
        return page.url_of("register_similar", submission.key)
    return _step_url(page, submission, STEPS[number + 1])


@page_view("GET")
@private
def register_similar(page, request, key):
    """Ask whether one of these is the place that somebody registers."""
    submission = _open_submission(page, request, key)
    context = {
        **_context(page, submission, "where", _("Is it here already?")),
        "similar": _similar(page, submission.place),
        "next_url": _step_url(page, submission, STEPS[2]),
        "discard_url": page.url_of("register_discard", submission.key),
    }
    return TemplateResponse(request, "mapping/pages/register_similar.html", context)


def _similar(page, place) -> list[dict]:
    return [
        {
            "place": each.place,
            "metres": each.metres,
            "url": page.url_of("place", each.place.pk),
            "look_after_url": page.url_of("look_after", each.place.pk),
        }
        for each in similar_places(place)
    ]


@page_view("GET", "POST")
@private
def register_check(page, request, key):
    """Show all that was written, and send it."""
    submission = _open_submission(page, request, key)
    asks_address = getattr(request.user, "participant", None) is None
    is_sent = request.method == "POST"
    form = SendForm(
        request.POST if is_sent else None,
        asks_address=asks_address,
        initial={"email": submission.email, "message": submission.message},
    )
    missing = submissions.missing_for_sending(submission.place)
    if is_sent and form.is_valid():
        try:
            submission = submissions.send_submission(submission, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.tell(refusal)
        else:
            if submission.state == SubmissionState.ACCEPTED:
                messages.success(request, _("Thank you! Your place is on the map."))
                return redirect(page.url_of("place", submission.place_id))
            return redirect(page.url_of("registration", submission.key))
    fields = {"summary": (STEPS[0], "id_summary"), "point": (STEPS[1], "id_point_0")}
    context = {
        **_context(page, submission, "check", CHECK),
        "form": form,
        "asks_address": asks_address,
        "sections": _linked_sections(page, submission),
        "hours": show_hours(submission.place.opening_hours),
        "pictures": submission.place.pictures.select_related("image"),
        "missing": [
            (words, f"{_step_url(page, submission, fields[name][0])}#{fields[name][1]}")
            for name, words in missing.items()
        ],
        "similar": _similar(page, submission.place),
        "number": len(STEPS) + 1,
        "most": len(STEPS) + 1,
    }
    return TemplateResponse(
        request, "mapping/pages/register_check.html", context, status=400 if is_sent else 200
    )


def _linked_sections(page, submission) -> list[tuple]:
    return [
        (section, page.url_of("register_step", submission.key, section.step))
        for section in sections_of(submission.place)
    ]


@page_view("GET")
@private
def registration(page, request, key):
    """Say how far a registration is, and lead on."""
    submission = submission_for(request.user, key)
    context = {
        **_context(page, submission, "", submission.place.name),
        "state_words": submission.get_state_display(),
        "is_open": submission.state in OPEN_STATES,
        "form": AddressForm(initial={"email": submission.email}),
        "has_no_account": submission.participant_id is None,
        "sections": _linked_sections(page, submission),
        "first_url": _first_empty(page, submission),
        "link_url": page.url_of("register_link", submission.key),
        "discard_url": page.url_of("register_discard", submission.key),
        "place_url": page.url_of("place", submission.place_id),
        "manage_url": page.url_of("manage_link"),
        "days": submissions.DRAFTS_LAST.days,
    }
    return TemplateResponse(request, "mapping/pages/registration.html", context)


def _first_empty(page, submission) -> str:
    for step in _steps(page, submission, ""):
        if step["state"] != "done":
            return step["url"]
    return page.url_of("register_check", submission.key)


@page_view("POST")
@private
def register_link(page, request, key):
    """Mail the link to a registration, so that it can be finished later or on another device."""
    submission = _open_submission(page, request, key)
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            submissions.keep_by_mail(submission, by=request.user, email=form.cleaned_data["email"])
        except Refused as refusal:
            form.tell(refusal)
    if form.errors:
        messages.error(request, " ".join(words for errors in form.errors.values() for words in errors))
    else:
        messages.success(request, _("The link is on its way to you by mail."))
    return redirect(page.url_of("registration", submission.key))


@page_view("GET", "POST")
@private
def register_confirm(page, request, key, token):
    """Ask for one press of a button: mail programs open links by themselves, and must not send anything."""
    submission = submission_for(request.user, key)
    if submission.state == SubmissionState.UNCONFIRMED:
        submissions.check_confirmation(submission, token)
        if request.method == "GET":
            context = _context(page, submission, "", _("Send your registration"))
            return TemplateResponse(request, "mapping/pages/register_confirm.html", context)
        submissions.confirm_submission(submission, token)
    return redirect(page.url_of("registration", submission.key))


@page_view("GET", "POST")
@private
def register_discard(page, request, key):
    """Ask before a registration is deleted, then do it."""
    submission = _open_submission(page, request, key)
    if request.method == "POST":
        submissions.discard_submission(submission, by=request.user)
        messages.success(request, _("Your registration is deleted."))
        return redirect(page.url)
    context = _context(page, submission, "", _("Delete the registration"))
    return TemplateResponse(request, "mapping/pages/register_discard.html", context)


@page_view("GET")
def hours_preview(page, request):
    """Answer how opening hours are understood, while somebody writes them."""
    context: dict = {}
    try:
        hours = read_hours(request.GET.get("text", ""))
    except ValidationError as error:
        context["problem"] = error.messages[0]
    else:
        context["shown"] = show_hours(hours.osm, hours.remarks) if hours else None
    return TemplateResponse(request, "mapping/parts/hours_shown.html", context)


urls = [
    path("register/", register, name="register"),
    path("register/hours/", hours_preview, name="hours_preview"),
    path("register/<str:key>/", registration, name="registration"),
    path("register/<str:key>/check/", register_check, name="register_check"),
    path("register/<str:key>/similar/", register_similar, name="register_similar"),
    path("register/<str:key>/link/", register_link, name="register_link"),
    path("register/<str:key>/delete/", register_discard, name="register_discard"),
    path("register/<str:key>/confirm/<path:token>/", register_confirm, name="register_confirm"),
    path("register/<str:key>/<slug:step>/", register_step, name="register_step"),
]
