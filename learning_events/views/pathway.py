"""Learning pathways for everybody, with one's own progress for who is signed in, and the code at a place."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from learning_events.domain.pathway import (
    place_behind,
    place_token,
    take_known_steps,
    take_step,
    undo_step,
    visit_place,
)
from learning_events.models import Pathway, PathwayStep
from learning_events.queries.credential import awards_of
from learning_events.queries.issuer import base_url
from learning_events.queries.pathway import pathway_by_slug, progress_on, public_pathways
from learning_events.rules import may_give_any_badge
from learning_events.views.badges.public import qr_code
from mapping.models import LearningPlace
from mapping.rules import looks_after
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view
from participation.views.person import as_participant

PER_PAGE = 24


@page_view("GET")
def pathways(request):
    """List the learning pathways."""
    paginator = Paginator(public_pathways(), PER_PAGE)
    context = {
        "pathways": paginator.get_page(request.GET.get("page")),
        "breadcrumbs": [("/", _("Home")), ("", _("Learning pathways"))],
    }
    return TemplateResponse(request, "learning_events/pages/pathways.html", context)


@page_view("GET")
def pathway(request, slug):
    """Show the steps of a pathway, and how far the reader is."""
    found = pathway_by_slug(slug)
    person = getattr(request.user, "participant", None)
    progress = progress_on(found, person)
    award = (
        awards_of(person).filter(achievement=found.achievement_id).first()
        if person is not None and found.achievement_id is not None
        else None
    )
    context = {
        "pathway": found,
        "progress": progress,
        "steps": [_shown(each) for each in progress.steps],
        "person": person,
        "award": award,
        "breadcrumbs": [
            ("/", _("Home")),
            (reverse("learning_events:pathways"), _("Learning pathways")),
            ("", found.title),
        ],
    }
    return TemplateResponse(request, "learning_events/pages/pathway.html", context)


def _shown(each) -> dict:
    step = each.step
    title, url, kind = str(step), "", _("Badge")
    if step.event is not None:
        kind = _("Event")
        title, url = (
            (title, step.event.url) if step.event.live else (_("An event that is not public yet"), "")
        )
    elif step.place is not None:
        kind = _("Place")
        is_shown = step.place.is_public
        url = reverse("learning_events:step_place", args=[step.pk]) if is_shown else ""
        title = title if is_shown else _("A place that is not public at present")
    return {
        "step": step,
        "title": title,
        "kind": kind,
        "url": url,
        "done": each.done,
        "is_open": each.is_open,
    }


def _step(slug: str, pk: int) -> PathwayStep:
    step = (
        PathwayStep.objects.select_related("pathway__achievement")
        .filter(pathway__slug=slug, pathway__is_public=True, pk=pk)
        .first()
    )
    if step is None:
        raise Missing
    return step


def _page_of(found: Pathway):
    return redirect("learning_events:pathway", found.slug)


@page_view("POST", sign_in=True)
@as_participant
def check_steps(request, _person, slug):
    """Take the steps that the site knows of already."""
    found = pathway_by_slug(slug)
    number = take_known_steps(found, by=request.user)
    words = ngettext("%(number)d new step is done.", "%(number)d new steps are done.", number)
    messages.success(request, words % {"number": number} if number else _("We know of no new step."))
    return _page_of(found)


@page_view("POST", sign_in=True)
@as_participant
def do_step(request, _person, slug, pk):
    """Say that one was there."""
    step = _step(slug, pk)
    take_step(step, by=request.user)
    messages.success(request, _("Well done! This step is yours."))
    return _page_of(step.pathway)


@page_view("POST", sign_in=True)
@as_participant
def undo(request, _person, slug, pk):
    """Take back what one said."""
    step = _step(slug, pk)
    undo_step(step, by=request.user)
    return _page_of(step.pathway)


@page_view("GET")
def step_place(request, pk):
    """Lead to the place of a step, wherever the map shows it."""
    from mapping.queries.submission import page_for_registrations

    step = PathwayStep.objects.select_related("place").filter(pk=pk, pathway__is_public=True).first()
    page = page_for_registrations()
    if step is None or step.place is None or page is None or not step.place.is_public:
        raise Missing
    return redirect(page.url_of("place", step.place.pk))


@never_cache
@page_view("GET", "POST", sign_in=True)
@as_participant
def at_place(request, _person, token):
    """Say by the code at a place that one is there."""
    place = place_behind(token)
    if request.method == "POST":
        walked = visit_place(token, by=request.user)
        messages.success(request, _("You were here. Well done!"))
        return _page_of(walked[0]) if len(walked) == 1 else redirect("learning_events:my_learning")
    context = {"place": place, "breadcrumbs": [("/", _("Home")), ("", place.name)]}
    return TemplateResponse(request, "learning_events/pages/at_place.html", context)


@never_cache
@page_view("GET", sign_in=True)
def place_code(request, pk):
    """Show the code to hang up at a place of a pathway."""
    place = LearningPlace.objects.filter(pk=pk, pathway_steps__isnull=False).first()
    if place is None or not (may_give_any_badge(request.user) or looks_after(request.user, place)):
        raise Missing
    address = base_url() + reverse("learning_events:at_place", args=[place_token(place)])
    context = {
        "place": place,
        "address": address,
        "qr": qr_code(address),
        "breadcrumbs": [("/", _("Home")), ("", place.name)],
    }
    return TemplateResponse(request, "learning_events/pages/place_code.html", context)


urls = [
    path("pathways/", pathways, name="pathways"),
    path("pathways/place/<int:pk>/code/", place_code, name="place_code"),
    path("pathways/place/<path:token>/", at_place, name="at_place"),
    path("pathways/step/<int:pk>/", step_place, name="step_place"),
    path("pathways/<slug:slug>/", pathway, name="pathway"),
    path("pathways/<slug:slug>/check/", check_steps, name="check_steps"),
    path("pathways/<slug:slug>/<int:pk>/done/", do_step, name="do_step"),
    path("pathways/<slug:slug>/<int:pk>/undo/", undo, name="undo_step"),
]
