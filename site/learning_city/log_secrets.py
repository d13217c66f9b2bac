"""Keeps what opens a door out of the logs: who reads a log must not be able to act for who was mailed a link."""

import logging
import re
from typing import Any

_SECRET = re.compile(
    r"(/register/)[0-9a-f]{32}"
    r"|(/(?:notices/calendar|manage|confirm|unsubscribe|verify(?:/wrong|/closed)?|reset/key)/)[A-Za-z0-9_\-/:%.=]{20,}"
)


def without_secrets(text: str) -> str:
    """Return the text with an ellipsis instead of the key or token of each address in it."""
    return _SECRET.sub(lambda found: f"{found[1] or found[2]}…", text)


class SpareSecrets(logging.Filter):
    """Shortens addresses in messages; the arguments stay as many as they were, for uvicorn's own formatter counts them."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _spared(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_spared(each) for each in record.args)
        return True


def _spared(value: Any) -> Any:
    return without_secrets(value) if isinstance(value, str) else value
