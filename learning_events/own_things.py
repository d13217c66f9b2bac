"""What of the festival is a person's own, for the profile."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning_events.queries.credential import awards_of
from learning_events.queries.deadline import festivals_of
from learning_events.queries.event import events_of, standings_of
from learning_events.queries.registration import registrations_of
from learning_events.stage_words import tone_of
from participation.foundation.clock import database_now
from participation.foundation.own_things import OwnThing

HEADING = gettext_lazy("My learning")
SHOWN = 20


def things(participant) -> list[OwnThing]:
    """Return the way to one's own learning, and the badges that wait for an answer."""
    waiting = [
        OwnThing(
            award.achievement.name,
            reverse("learning_events:own_badge", args=[award.holder_key]),
            capfirst(award.get_state_display()),
            "info",
        )
        for award in awards_of(participant)[:SHOWN]
        if award.is_open
    ]
    return [
        OwnThing(_("My learning"), reverse("learning_events:my_learning")),
        *waiting,
        *own_events(participant),
        *own_seats(participant),
    ]


def own_seats(participant) -> list[OwnThing]:
    """Return the sessions that are still to come and that the person is registered or waits for, next first."""
    coming = list(
        registrations_of(participant).filter(session__ends_at__gt=database_now(), anonymised_at=None)[:SHOWN]
    )
    festivals = festivals_of([registration.session.event for registration in coming])
    return [
        OwnThing(
            _("Seat: %(title)s") % {"title": registration.session.event.title},
            festivals[registration.session.event_id].url_of("registration", registration.key),
            capfirst(registration.get_state_display()),
            "good" if registration.state == "confirmed" else "info",
        )
        for registration in coming
        if registration.session.event_id in festivals
    ]


def own_events(participant) -> list[OwnThing]:
    """Return the events that the person writes for a festival, the newest first."""
    events = list(events_of(participant).order_by("-pk")[:SHOWN])
    festivals, standings = festivals_of(events), standings_of(events)
    return [
        OwnThing(
            _("Event: %(title)s") % {"title": event.draft_title or event.title},
            festivals[event.pk].url_of("own_event", event.pk),
            capfirst(standings[event.pk].stage.label),
            tone_of(standings[event.pk]),
        )
        for event in events
        if event.pk in festivals
    ]
