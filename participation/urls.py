"""Addresses of the participation plugin outside the page tree; each view module lists its own."""

from participation.views import notification

app_name = "participation"
urlpatterns = [
    *notification.urls,
]
