"""Addresses of the participation plugin outside the page tree."""

app_name = "participation"
urlpatterns: list = []
