"""Addresses that only the demo has."""

from django.urls import path

from learning_city.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.doors, name="doors"),
    path("enter/<slug:slug>/", views.enter, name="enter"),
    path("mail/", views.mailbox, name="mailbox"),
]
