"""The API's addresses of participation."""

from django.urls import path

from participation.api.committee import CommitteeView

urlpatterns = [
    route
    for noun, view in [("committee", CommitteeView)]
    for route in [
        path(f"{noun}s/", view.as_view({"get": "list"}), name=f"api-{noun}s"),
        path(f"{noun}s/<int:pk>/", view.as_view({"get": "retrieve"}), name=f"api-{noun}"),
    ]
]
