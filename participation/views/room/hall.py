"""The big screen in the hall: what who runs the room shows there, large, without anything to press."""

from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.queries.room import room_for
from participation.views.committee_page import committee_view
from participation.views.room.frame import code_context, room_context


@committee_view("GET")
def hall(page, request, pk):
    """Show the screen; without a script it reloads itself, for there is no form on it that this could disturb."""
    room = room_for(request.user, page, pk)
    context = {**room_context(page, request, room, _("Big screen")), **code_context(request, room)}
    return TemplateResponse(request, "participation/pages/room_hall.html", context)


urls = [path("meetings/<int:pk>/room/hall/", hall, name="room_hall")]
