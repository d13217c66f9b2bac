"""Letters to people without an account: written from a template, in the site's language, through the outbox."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from mapping.queries.submission import page_for_registrations
from participation.domain.mail import queue_mail_to_address
from participation.domain.notification import notify


def write_to(
    address: str, *, template: str, subject, context: Mapping[str, Any], kind="mapping.link"
) -> None:
    """Queue the letter `mapping/email/<template>.txt`; every `path` or `..._path` of the context becomes a whole address.

    Whatever strangers have typed must have gone through `without_links` before: no mail program may make a link of it (X12).
    """
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    whole = {
        name: f"{base}{value}" if name == "path" or name.endswith("_path") else value
        for name, value in context.items()
    }
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            f"mapping/email/{template}.txt", {**whole, "site_name": settings.WAGTAIL_SITE_NAME}
        )
        queue_mail_to_address(
            address, kind=kind, subject=str(subject), text=text, dedupe_key=secrets.token_hex(16)
        )


def tell(
    participant,
    address: str,
    *,
    kind: str,
    title,
    text,
    path: str,
    dedupe_key: str,
    letter: Mapping[str, Any],
) -> None:
    """Answer somebody: by a notice, or where there is no account by a letter; nobody in particular is told nothing.

    `letter` is what `write_to` takes beside address and subject.
    """
    if participant is not None:
        notify(participant, kind=kind, title=title, text=text, path=path, dedupe_key=dedupe_key)
    elif address:
        write_to(address, subject=title, **letter)


def path_on_site(name: str, *args) -> str:
    """Return the path of a page of the city's map, for letters and notices that no page has caused."""
    page = page_for_registrations()
    return page.url_of(name, *args) if page is not None else "/"
