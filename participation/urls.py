"""Addresses of the participation plugin outside the page tree; each view module lists its own."""

from participation.views import notification, participant, personal_data

app_name = "participation"
urlpatterns = [
    *notification.urls,
    *participant.urls,
    *personal_data.urls,
]
