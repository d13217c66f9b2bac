"""The API's addresses of participatory budgeting."""

from django.urls import path

from budgeting.api.area import AreaView
from budgeting.api.budget import BudgetView
from budgeting.api.project import ProjectView
from budgeting.api.proposal import ProposalView
from budgeting.api.result import ResultView

urlpatterns = [
    route
    for noun, view in [
        ("budget", BudgetView),
        ("area", AreaView),
        ("proposal", ProposalView),
        ("project", ProjectView),
        ("result", ResultView),
    ]
    for route in [
        path(f"{noun}s/", view.as_view({"get": "list"}), name=f"api-{noun}s"),
        path(f"{noun}s/<int:pk>/", view.as_view({"get": "retrieve"}), name=f"api-{noun}"),
    ]
]
