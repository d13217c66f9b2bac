"""Finds the modules with which an upper app offers things to a lower one (`notices.py`, `personal_data.py`, ...)."""

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@lru_cache
def modules_named(name: str) -> tuple[ModuleType, ...]:
    """Import and return `<app>.<name>` of every installed app that has one, in the order of INSTALLED_APPS."""
    return tuple(
        import_module(f"{config.name}.{name}")
        for config in apps.get_app_configs()
        if config.module and hasattr(config.module, "__path__") and find_spec(f"{config.name}.{name}")
    )
