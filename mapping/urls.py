"""Addresses of the map: a few of the whole site, and those below each map page in the page tree."""

from django.urls import path

from mapping.views import (
    answers,
    close,
    coverage,
    files,
    place,
    places,
    register,
    report,
    scout,
    steward,
    verify,
)

app_name = "mapping"
urlpatterns = [
    path("neighbourhoods.json", answers.neighbourhoods, name="neighbourhoods"),
    path("tiles/<int:z>/<int:x>/<int:y>/", answers.tile, name="tile"),
]
page_urls: list = [
    *close.urls,
    *coverage.urls,
    *files.urls,
    *place.urls,
    *places.urls,
    *register.urls,
    *report.urls,
    *scout.urls,
    *steward.urls,
    *verify.urls,
]
