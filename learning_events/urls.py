"""Addresses of the festival: those below each festival page, those below each event page, and a few of the whole site."""

from learning_events.views import (
    badges,
    bookings,
    calendars,
    door,
    event,
    feeds,
    learning,
    organise,
    pathway,
    plan,
    prints,
    programme,
    registration,
    report,
)

app_name = "learning_events"
urlpatterns: list = [*badges.urls, *learning.urls, *pathway.urls]
festival_urls: list = [
    *organise.urls,
    *calendars.urls,
    *plan.urls,
    *prints.urls,
    *feeds.urls,
    *programme.urls,
    *registration.urls,
    *bookings.urls,
    *door.urls,
    *report.urls,
]
event_urls: list = [*event.urls, *prints.event_urls]
