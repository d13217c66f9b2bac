"""Registers the demo city's commands."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "learning_city.demo"
    label = "demo"
