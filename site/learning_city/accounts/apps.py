"""Registers the accounts of the site."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "learning_city.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from learning_city.accounts.roles import give_roles_their_permissions

        post_migrate.connect(give_roles_their_permissions, dispatch_uid="learning_city.roles")
