"""The meetings of all public committees as one calendar, for the page of committees and the API."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from participation.calendars import calendar_of
from participation.foundation.pages import page_view
from participation.queries.meeting import in_calendars, public_meetings


def public_calendar() -> HttpResponse:
    """Return the meetings of all public committees for calendar programs."""
    content = calendar_of(in_calendars(public_meetings()), name=_("Meetings of all committees"))
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'inline; filename="committees.ics"',
            "Cache-Control": "public, max-age=300",
        },
    )


@page_view("GET")
def meetings_calendar(request):
    return public_calendar()
