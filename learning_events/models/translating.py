"""What of a page is the same in every language, told to wagtail-localize when it asks."""

from typing import Any


class SameInEveryLanguage:
    """Names of fields that translators do not see and that follow the original; nothing is imported before it is asked for."""

    def __init__(self, *names: str):
        self.names = names

    def __get__(self, instance: Any, owner: type | None = None) -> list:
        try:
            from wagtail_localize.fields import SynchronizedField
        except ImportError:
            raise AttributeError("wagtail-localize is not installed") from None
        return [SynchronizedField(name) for name in self.names]
