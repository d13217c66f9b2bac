"""The API's addresses of participatory budgeting."""

urlpatterns: list = []
