"""What the organisers' pages share: the event that somebody may write, and the steps around it."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.utils.translation import gettext as _

from learning_events.models import EventPage, Festival
from learning_events.rules import may_change_event
from learning_events.views.frame import breadcrumbs
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view
from participation.views.person import as_participant


def organiser_view(*methods: str) -> Callable:
    """Decorate `view(page, request, ...)`: who comes signs in first, and says what to be called; no cache keeps the page."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def receive(page, request, *args, **kwargs) -> HttpResponse:
            answer = as_participant(lambda request, _person: view(page, request, *args, **kwargs))(request)
            answer.headers["Cache-Control"] = "private, no-store"
            return answer

        return page_view(*methods, sign_in=True)(receive)

    return decorate


def own_event_of(festival: Festival, user, pk: int) -> EventPage:
    """Return the event of this festival that the user may write; raises Missing for any other."""
    event = (
        EventPage.objects.child_of(festival)
        .select_related("submission", "organisation", "kind", "place")
        .filter(pk=pk)
        .first()
    )
    if event is None or not may_change_event(user, event):
        raise Missing
    return event


def trail(page: Festival, *more: tuple) -> list[tuple]:
    """Return the breadcrumbs of a page below “My events”."""
    return breadcrumbs(page, (page.url_of("my_events"), _("My events")), *more)
