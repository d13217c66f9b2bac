"""The API's addresses of participation."""

from django.urls import path

from participation.api.calendar import meetings_calendar
from participation.api.committee import CommitteeView
from participation.api.meeting import ActionItemView, DecisionView, MeetingView
from participation.api.room import RoomView

urlpatterns = [
    path("meetings/calendar.ics", meetings_calendar, name="api-meetings-calendar"),
    *(
        route
        for noun, view in [
            ("committee", CommitteeView),
            ("meeting", MeetingView),
            ("decision", DecisionView),
            ("action-item", ActionItemView),
            ("room", RoomView),
        ]
        for route in [
            path(f"{noun}s/", view.as_view({"get": "list"}), name=f"api-{noun}s"),
            path(f"{noun}s/<int:pk>/", view.as_view({"get": "retrieve"}), name=f"api-{noun}"),
        ]
    ),
]
