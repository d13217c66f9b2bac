"""What is left of a room: its report once it is closed, and files that others can compute with."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.enums import RoomState
from participation.foundation.errors import Missing
from participation.foundation.spreadsheets import write_csv
from participation.queries.room import room_for
from participation.queries.room.files import FILES
from participation.views.committee_page import committee_view
from participation.views.room.frame import room_context


@committee_view("GET")
def report(page, request, pk):
    """Show the report of a closed room."""
    room = room_for(request.user, page, pk)
    if room.state != RoomState.CLOSED:
        raise Missing
    content = room.report.content
    context = {
        **room_context(page, request, room, _("Report")),
        "report": content,
        "live": content["sections"],
        "files": [(page.url_of("room_file", pk, name), words) for name, (words, _make) in FILES.items()],
    }
    return TemplateResponse(request, "participation/pages/room_report.html", context)


@committee_view("GET")
def file(page, request, pk, name):
    """Answer with a file of a closed room, in the columns of the public Polis exports."""
    room = room_for(request.user, page, pk)
    if room.state != RoomState.CLOSED or name not in FILES:
        raise Missing
    columns, rows = FILES[name][1](room)
    response = HttpResponse(write_csv(columns, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


urls = [
    path("meetings/<int:pk>/room/report/", report, name="room_report"),
    path("meetings/<int:pk>/room/files/<slug:name>/", file, name="room_file"),
]
