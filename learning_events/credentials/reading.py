"""Checking a credential without any network: the issuer's own public keys and list of revoked ones are enough."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from learning_events.credentials.facts import Outcome, Verdict

AT_MOST = 256 * 1024


def token_in(content: bytes | str) -> str:
    """Return the compact token in what somebody pasted or brought as a file, "" where there is none.

    Takes the token itself, a JSON-LD envelope of it, and an SVG picture that carries it.
    """
    try:
        text = (content.decode() if isinstance(content, bytes) else content).strip().lstrip("\ufeff")
    except UnicodeDecodeError:
        return ""
    if not text or len(text) > AT_MOST:
        return ""
    if text.startswith("{"):
        text = _in_json(text)
    elif text.startswith("<"):
        text = _in_picture(text)
    if text.startswith("data:") and "," in text:
        text = text.split(",", 1)[1]
    text = "".join(text.split())  # mail programs break long lines
    return text if text.count(".") == 2 and text.isascii() else ""


def check(
    content: bytes | str,
    *,
    did: str,
    public_pems: Mapping[str, str],
    is_revoked: Callable[[str, int], bool | None],
) -> Verdict:
    """Check what somebody brought against the issuer `did` with its keys (name -> public PEM).

    `is_revoked(url, index)` says what the issuer's own list says, None where that list is not the issuer's.
    """
    token = token_in(content)
    header, payload = _unchecked(token)
    if header is None or payload is None:
        return Verdict(Outcome.UNREADABLE)
    said = _said(payload)
    if said.issuer != did:
        return _as(said, Outcome.UNKNOWN)
    pem = public_pems.get(str(header.get("kid", "")).removeprefix(f"{did}#"))
    if pem is None or not _is_signed(token, did, pem):
        return _as(said, Outcome.ALTERED)
    return _as(said, Outcome.REVOKED if _revoked(payload, is_revoked) else Outcome.VALID)


def _is_signed(token: str, did: str, public_pem: str) -> bool:
    from openbadgeslib import ob3
    from openbadgeslib.errors import LibOpenBadgesException

    try:
        ob3.OB3Verifier(public_pem, issuer_did=did).verify(token)
    except LibOpenBadgesException:
        return False
    return True


def _revoked(payload: Mapping[str, Any], is_revoked: Callable[[str, int], bool | None]) -> bool:
    """Say whether any entry is revoked; one that points anywhere else than to the issuer's own lists counts as revoked."""
    status = payload.get("credentialStatus")
    entries = status if isinstance(status, list) else [status] if status else []
    for entry in entries:
        try:
            index = int(entry["statusListIndex"])
            url = str(entry["statusListCredential"])
        except (KeyError, TypeError, ValueError):
            return True
        if is_revoked(url, index) is not False:
            return True
    return False


def _unchecked(token: str) -> tuple[dict | None, dict | None]:
    """Return header and payload as they say of themselves, without any check, or (None, None)."""
    import base64
    import binascii

    parts = token.split(".")
    if len(parts) != 3:
        return None, None
    try:
        raw = [
            base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True) for part in parts
        ]
        header, payload = (json.loads(part) for part in raw[:2])
    except (ValueError, RecursionError, binascii.Error):
        return None, None
    # Of the last letter some bits count for nothing: only one spelling of a token is the token.
    if [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in raw] != parts:
        return None, None
    return (header, payload) if isinstance(header, dict) and isinstance(payload, dict) else (None, None)


def _said(payload: Mapping[str, Any]) -> Verdict:
    issuer = payload.get("issuer")
    issuer = issuer if isinstance(issuer, dict) else {"id": issuer}
    subject = payload.get("credentialSubject")
    subject = subject[0] if isinstance(subject, list) and subject else subject
    subject = subject if isinstance(subject, dict) else {}
    badge = subject.get("achievement")
    names = subject.get("identifier")
    return Verdict(
        Outcome.UNREADABLE,
        credential_id=_text(payload.get("id")),
        issuer=_text(issuer.get("id")),
        issuer_name=_text(issuer.get("name")),
        badge=_text(badge.get("name")) if isinstance(badge, dict) else "",
        name=next(
            (
                _text(name.get("identityHash"))
                for name in (names if isinstance(names, list) else [])
                if isinstance(name, dict) and name.get("identityType") == "name"
            ),
            "",
        ),
        issued_at=_text(payload.get("validFrom")),
    )


def _as(said: Verdict, outcome: Outcome) -> Verdict:
    from dataclasses import replace

    return replace(said, outcome=outcome)


def _text(value: Any) -> str:
    return value[:500] if isinstance(value, str) else ""


def _in_json(text: str) -> str:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return _text_of(document.get("id")) if isinstance(document, dict) else ""


def _text_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _in_picture(text: str) -> str:
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DefusedXmlException
    from openbadgeslib import baking

    try:
        return baking.extract_svg(text.encode(), element=baking.SVG_ELEMENT_OB3) or ""
    except (ExpatError, DefusedXmlException, ValueError):
        return ""
