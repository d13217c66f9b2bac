"""What changes in a room, for scripts: as a stream, or asked for again and again where streams do not come through."""

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from participation.live.admission import Admission
from participation.live.board import board_of
from participation.live.stream import as_event, events
from participation.queries.room import room_for
from participation.views.committee_page import committee_view

LONGEST_NUMBER = 18


@committee_view("GET")
def state(page, request, pk):
    """Answer with all sections as JSON; 304 while the version is the one the browser has."""
    room = room_for(request.user, page, pk)
    frame = board_of(room.pk).at(room)
    tag = f'"{room.pk}-{frame.version}"'
    if tag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(frame.text, content_type="application/json")
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, no-cache"
    return response


@committee_view("GET")
def stream(page, request, pk):
    """Answer with server-sent events: what is newer than `v`, then every change."""
    room = room_for(request.user, page, pk)
    asked = request.GET.get("v", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else -1
    if hasattr(request, "scope"):
        admission = Admission(room.pk, request.session.session_key or "", request.user.pk)
        content = events(admission, version)
        response = StreamingHttpResponse(content, content_type="text/event-stream")
    else:
        # A server that gives each request a thread answers once; the browser asks again.
        response = HttpResponse(as_event(board_of(room.pk).at(room)), content_type="text/event-stream")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


urls = [
    path("meetings/<int:pk>/room/state/", state, name="room_state"),
    path("meetings/<int:pk>/room/stream/", stream, name="room_stream"),
]
