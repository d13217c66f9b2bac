"""The API of the whole site: each plugin's part, the OpenAPI schema, and a page that explains both."""

from django.http import JsonResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from drf_spectacular.views import SpectacularJSONAPIView

from learning_city.api_docs import documentation
from participation.foundation.api import envelope


def missing(_request):
    """Answer in the API's own shape where it has no address."""
    return JsonResponse(envelope("not_found", _("There is no such address in this API.")), status=404)


urlpatterns = [
    path("", documentation, name="api-docs"),
    path("schema.json", gzip_page(SpectacularJSONAPIView.as_view()), name="api-schema"),
    path("", include("participation.api.urls")),
    path("", include("budgeting.api.urls")),
    path("", include("mapping.api.urls")),
    path("", include("learning_events.api.urls")),
    re_path(r"^.+/$", missing, name="api-missing"),
]
