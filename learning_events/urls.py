"""Addresses of the festival: those below each festival page, those below each event page, and a few of the whole site."""

from django.urls import re_path
from wagtail.views import serve

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
# Files below pages, such as calendar.ics: Wagtail's own pattern knows only addresses that end in a slash.
_FILES = re_path(r"^((?:[\w-]+/)*[\w-]+\.(?:ics|json|xml|atom|csv|pdf))$", serve, name="page_file")
urlpatterns: list = [*badges.urls, *learning.urls, *pathway.urls, _FILES]
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
