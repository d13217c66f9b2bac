"""Gives a browser the session of somebody, without walking through the sign-in each time."""

from urllib.parse import urljoin

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page


def signed_in(page: Page, user) -> Page:
    """Return `page` with the session of `user` in place of whatever session it had."""
    client = Client()
    client.force_login(user)
    page.goto("/design/")
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": urljoin(page.url, "/"),
            }
        ]
    )
    return page
