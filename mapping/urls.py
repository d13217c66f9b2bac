"""Addresses of the mapping plugin outside the page tree."""

from django.urls import path

from mapping import views

app_name = "mapping"
urlpatterns = [
    path("neighbourhoods.json", views.neighbourhoods, name="neighbourhoods"),
]
