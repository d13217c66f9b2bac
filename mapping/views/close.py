"""Closing a place for good, and opening it again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from mapping.domain.place import publish_place
from mapping.domain.report import close_for_good
from mapping.enums import PlaceStatus
from mapping.forms.report import CloseForm
from mapping.models import LearningPlace
from mapping.queries.place import cards_of, place_for
from mapping.queries.places import PlaceSearch, place_index
from mapping.rules import looks_after, may_moderate_places
from mapping.views.person import actor_for
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.foundation.search import MAX_LENGTH
from participation.foundation.text import clean_line
from participation.foundation.trail import breadcrumbs

CHOICES = 10


@page_view("GET", "POST")
def close_place(page, request, pk):
    """Ask which place takes over, and close; what takes over is looked for by name without leaving the page."""
    place = place_for(request.user, pk)
    by = actor_for(request, place)
    if not (looks_after(by, place) or may_moderate_places(by)):
        raise Missing
    if not place.is_public:
        return _closed_already(page, request, place)
    asked = request.POST if request.method == "POST" else request.GET
    words = clean_line(asked.get("q", ""))[:MAX_LENGTH]
    found = _successors(words, place) if words else []
    is_sent = request.method == "POST" and "search" not in request.POST
    form = CloseForm(
        request.POST if is_sent else None,
        successors=[(each.pk, _in_one_line(each)) for each in found],
        initial={"reason": request.POST.get("reason", "")},
    )
    if is_sent and form.is_valid():
        chosen = form.cleaned_data["successor"]
        successor = LearningPlace.objects.filter(pk=chosen).first() if chosen else None
        try:
            close_for_good(place, by=by, successor=successor, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(
                request,
                _("“%(name)s” is closed. Its address leads to the place that has taken over.")
                % {"name": place.name}
                if successor
                else _("“%(name)s” is closed and not on the map any more.") % {"name": place.name},
            )
            return redirect(page.url)
    place_url = page.url_of("place", place.pk)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (place_url, place.name), ("", _("Close for good"))),
        "place": place,
        "place_url": place_url,
        "form": form,
        "words": words,
        "found": found,
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "mapping/pages/close_place.html", context, status=status)


def _closed_already(page, request, place):
    """Let moderators open a closed place again."""
    if place.status != PlaceStatus.CLOSED or not may_moderate_places(request.user):
        raise Missing
    if request.method == "POST":
        publish_place(place, by=request.user)
        messages.success(request, _("“%(name)s” is on the map again.") % {"name": place.name})
        return redirect(page.url_of("place", place.pk))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", place.name)),
        "place": place,
    }
    return TemplateResponse(request, "mapping/pages/reopen_place.html", context)


def _successors(words: str, place: LearningPlace) -> list[LearningPlace]:
    """Return the first published places that these words find, without the place itself."""
    index = place_index()
    ids = [pk for pk in index.ids_of(index.find(PlaceSearch(words=words))) if pk != place.pk]
    return cards_of(ids[:CHOICES])


def _in_one_line(place: LearningPlace) -> str:
    return ", ".join(part for part in (place.name, str(place.category), place.address) if part)


urls = [path("<int:pk>/close/", close_place, name="close_place")]
