"""The API's addresses of the map."""

from django.urls import path

from mapping.api.cluster import ClusterView
from mapping.api.coverage import CoverageView
from mapping.api.neighbourhood import NeighbourhoodView
from mapping.api.place import PlaceView

_READ, _ALL = {"get": "retrieve"}, {"get": "list"}

urlpatterns = [
    path("places/", PlaceView.as_view(_ALL), name="api-places"),
    path("places/clusters/", ClusterView.as_view(), name="api-clusters"),
    path("places/<int:pk>/", PlaceView.as_view({**_READ, "patch": "partial_update"}), name="api-place"),
    path("coverage/", CoverageView.as_view(), name="api-coverage"),
    path("neighbourhoods/", NeighbourhoodView.as_view(_ALL), name="api-neighbourhoods"),
    path("neighbourhoods/<int:pk>/", NeighbourhoodView.as_view(_READ), name="api-neighbourhood"),
]
