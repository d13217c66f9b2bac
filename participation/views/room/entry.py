"""The way in from the wall: a short code, typed or as a square code."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from participation.forms.room import CodeForm
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view
from participation.queries.room import room_by_code


@page_view("GET")
def enter(request):
    """Ask for the code, and lead to the room."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            return _to(room_by_code(request.user, form.cleaned_data["code"]))
        except Missing as missing:
            form.add_error("code", missing.message)
            status = 404
    return TemplateResponse(request, "participation/pages/room_code.html", {"form": form}, status=status)


@page_view("GET")
def by_code(request, code):
    """Lead to the room with this code; one that this person may not know of is not there."""
    return _to(room_by_code(request.user, code))


def _to(room):
    return redirect(room.meeting.committee.url_of("room", room.meeting_id))


urls = [
    path("r/", enter, name="enter_room"),
    path("r/<str:code>/", by_code, name="room_by_code"),
]
