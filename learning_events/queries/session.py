"""Sessions: those everybody may see, and those of one event."""

from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

from learning_events.models import EventPage, Session


def public_events() -> QuerySet[EventPage]:
    """Return the events whose page is published, not behind a password or sign-in, and part of a site."""
    in_a_site = Q(pk__in=[])
    for _site, root_path, *_rest in Site.get_site_root_paths():
        in_a_site |= Q(url_path__startswith=root_path)
    return EventPage.objects.live().public().filter(in_a_site)


def public_sessions() -> QuerySet[Session]:
    """Return the sessions of public events, cancelled ones too: whoever planned to come must hear of it."""
    return Session.objects.filter(event__in=public_events().values("pk"))


def sessions_of(event: EventPage) -> QuerySet[Session]:
    """Return the sessions of an event, whichever language its page is in."""
    return Session.objects.filter(event__translation_key=event.translation_key).order_by("starts_at", "pk")


def has_taken_seats(page: Page) -> bool:
    """Say whether anybody has a seat in a session of this page or of one below it."""
    return Session.objects.filter(event__path__startswith=page.path, taken__gt=0).exists()
