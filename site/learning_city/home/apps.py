"""Registers the site's own pages."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "learning_city.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from learning_city.menus import watch_pages

        watch_pages()
