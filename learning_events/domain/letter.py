"""Letters about badges to people without an account: written from a template, in the site's language, through the outbox."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from participation.domain.mail import queue_mail_to_address


def write_to(address: str, *, template: str, subject, context: Mapping[str, Any], kind: str) -> None:
    """Queue the letter `learning_events/email/<template>.txt`; `path` of the context becomes a whole address.

    Whatever strangers have typed must have gone through `without_links` before: no mail program may make a link of it (X12).
    """
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    whole = {**context, "path": f"{base}{context['path']}", "site_name": settings.WAGTAIL_SITE_NAME}
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"learning_events/email/{template}.txt", whole)
        queue_mail_to_address(
            address, kind=kind, subject=str(subject), text=text, dedupe_key=secrets.token_hex(16)
        )
