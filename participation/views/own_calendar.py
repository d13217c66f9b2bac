"""A person's own calendar of meetings, with those of private committees, which a secret address opens."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from participation.calendars import calendar_of
from participation.domain.calendar_key import holder_of, make_key, revoke_key
from participation.foundation.pages import page_view
from participation.models import CalendarKey
from participation.queries.meeting import in_calendars, own_meetings
from participation.views.meeting import calendar_response
from participation.views.person import as_participant


@page_view("GET")
def own_calendar_file(request, key):
    """Return the meetings of all committees of whoever made the key; the key alone opens it, whoever is signed in."""
    person = holder_of(key)
    meetings = in_calendars(own_meetings(person.user))
    response = calendar_response(calendar_of(meetings, name=_("My committees")), "my-committees.ics")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@page_view("GET", "POST", sign_in=True)
@as_participant
def own_calendar(request, person):
    """Let a person make, change and take away the secret address of their calendar."""
    address = ""
    if request.method == "POST" and "revoke" in request.POST:
        revoke_key(person)
        messages.success(request, _("The address of your calendar opens nothing any more."))
        return redirect("participation:own_calendar")
    if request.method == "POST":
        path_ = reverse("participation:own_calendar_file", args=[make_key(person)])
        address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path_
    context = {"address": address, "key": CalendarKey.objects.filter(participant=person).first()}
    return TemplateResponse(request, "participation/pages/own_calendar.html", context)


urls = [
    path("notices/calendar/", own_calendar, name="own_calendar"),
    path("notices/calendar/<str:key>/meetings.ics", own_calendar_file, name="own_calendar_file"),
]
