"""Asks an address and says the answer in a word of the table."""

import copy
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from tests.architecture.world import undone

WORDS = {200: "ok", 400: "bad", 403: "no", 404: "none", 405: "post", 409: "closed"}


def word_for(response) -> str:
    """Return the answer as a word of the table."""
    if response.status_code in (301, 302, 303):
        target = urlsplit(response.headers["Location"])
        is_login = target.path in ("/account/login/", "/_util/login/") and "next" in parse_qs(target.query)
        return "login" if is_login else "away"
    return WORDS.get(response.status_code, str(response.status_code))


def visit(client: Client, path: str, method: str = "get", **sent):
    """Ask, and undo what that did to the database and to the browser's cookies."""
    cookies = copy.deepcopy(client.cookies)
    with undone():
        response = getattr(client, method)(path, **sent)
        if response.streaming:
            b"".join(response)  # reads to the end, and so closes the file
    client.cookies = cookies
    return response
