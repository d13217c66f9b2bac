"""Addresses under `learning/` that programs read: not translated, the same for everybody."""

from learning_events.views.badges import documents

app_name = "learning"
urlpatterns = [*documents.urls]
