"""Addresses of the mapping plugin outside the page tree."""

app_name = "mapping"
urlpatterns: list = []
