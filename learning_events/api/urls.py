"""The API's addresses of the festival."""

from django.urls import path

from learning_events.api.event import EventView
from learning_events.api.session import SessionView

_READ, _ALL = {"get": "retrieve"}, {"get": "list"}

urlpatterns = [
    path("events/", EventView.as_view(_ALL), name="api-events"),
    path("events/<int:pk>/", EventView.as_view(_READ), name="api-event"),
    path("sessions/", SessionView.as_view(_ALL), name="api-sessions"),
    path("sessions/<int:pk>/", SessionView.as_view(_READ), name="api-session"),
]
