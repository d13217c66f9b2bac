"""The API of the whole site: each plugin's part, the OpenAPI schema, and a page that explains both."""

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

from learning_city.api_docs import documentation

urlpatterns = [
    path("", documentation, name="api-docs"),
    path("schema.json", SpectacularJSONAPIView.as_view(), name="api-schema"),
    path("", include("budgeting.api.urls")),
]
