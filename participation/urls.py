"""Addresses of the participation plugin outside the page tree; each view module lists its own."""

from participation.views import comment, notification, participant, personal_data

app_name = "participation"
urlpatterns = [
    *comment.urls,
    *notification.urls,
    *participant.urls,
    *personal_data.urls,
]
