"""Writing what others read: signed credentials, the issuer's documents, and the signed list of what is revoked."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from learning_events.credentials import bits
from learning_events.credentials.facts import Badge, Issuer, Statement
from learning_events.credentials.keys import name_of, public_jwk

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
MEDIA_TYPE = "application/vc+jwt"
# A copy of the list of revoked ones that is older than this is refused by whoever checks.
LIST_LASTS = dt.timedelta(days=2)
LIST_MAY_BE_KEPT = dt.timedelta(minutes=5)


def sign(statement: Statement, *, private_pem: bytes, key_name: str) -> str:
    """Return the credential as a compact VC-JWT (Open Badges 3.0, section 8.2), signed with Ed25519."""
    from openbadgeslib import ob3

    badge, issuer = statement.badge, statement.issuer
    credential = ob3.OpenBadgeCredential(
        id=statement.id,
        issuer=ob3.Issuer(id=issuer.did, name=issuer.name, url=issuer.url),
        recipient_id=statement.subject,
        achievement=ob3.Achievement(
            id=badge.id,
            name=badge.name,
            description=badge.description,
            criteria_narrative=badge.criteria,
            image_url=badge.image or None,
            achievement_type="Badge",
        ),
        issuance_date=statement.issued_at,
        credential_status=[ob3.status_entry(statement.status.url, "revocation", statement.status.index)],
        identifiers=[ob3.IdentityObject(statement.name, "name", False)] if statement.name else [],
        evidence=[ob3.Evidence(narrative=statement.evidence)] if statement.evidence else [],
    )
    payload = credential.to_jwt_payload()
    payload["credentialSubject"]["achievement"] |= _creator(badge)
    return _signed(payload, private_pem=private_pem, key_id=f"{issuer.did}#{key_name}")


def badge_document(badge: Badge, issuer: Issuer) -> dict[str, Any]:
    """Return the achievement as it stands at its own address (JSON-LD)."""
    document: dict[str, Any] = {
        "@context": CONTEXTS,
        "id": badge.id,
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": badge.name,
        "description": badge.description,
        "criteria": {"narrative": badge.criteria},
    }
    if badge.image:
        document["image"] = {"id": badge.image, "type": "Image"}
    return document | (_creator(badge) or {"creator": issuer_document(issuer, with_context=False)})


def issuer_document(issuer: Issuer, *, with_context: bool = True) -> dict[str, Any]:
    """Return the issuer's profile (JSON-LD)."""
    profile: dict[str, Any] = {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.url}
    return {"@context": CONTEXTS, **profile} if with_context else profile


def did_document(did: str, public_pems: Iterable[str]) -> dict[str, Any]:
    """Return the document that names the issuer's public keys, the present one first (did:web)."""
    from openbadgeslib import ob3

    return ob3.build_did_document(did, [(name_of(pem), public_jwk(pem)) for pem in public_pems])


def enveloped(token: str) -> dict[str, Any]:
    """Return the token as JSON-LD: an EnvelopedVerifiableCredential (VC Data Model 2.0, section 4.13)."""
    return {
        "@context": CONTEXTS[0],
        "id": f"data:{MEDIA_TYPE},{token}",
        "type": "EnvelopedVerifiableCredential",
    }


def baked(picture: bytes, token: str) -> bytes:
    """Return an SVG picture that carries the credential in it (Open Badges 3.0, section 5.3)."""
    from openbadgeslib import baking

    return baking.bake_svg(picture, token, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3)


def status_list(
    url: str, revoked: bytes, *, did: str, private_pem: bytes, key_name: str, now: dt.datetime
) -> str:
    """Return the signed list of revoked credentials; the same within an hour while nothing is revoked."""
    from openbadgeslib import ob3

    hour = now.replace(minute=0, second=0, microsecond=0)
    document = ob3.build_status_list_credential(
        did,
        url,
        "revocation",
        bits.indices(revoked),
        size_bits=bits.SIZE,
        issued=hour,
        valid_until=hour + LIST_LASTS,
        ttl=int(LIST_MAY_BE_KEPT.total_seconds() * 1000),
    )
    document["credentialSubject"]["encodedList"] = _encoded(revoked)
    payload = {**document, "iss": did, "jti": url, "nbf": int(hour.timestamp())}
    return _signed(payload, private_pem=private_pem, key_id=f"{did}#{key_name}")


def _encoded(revoked: bytes) -> str:
    """Return the bits as the specification has them, without the time that gzip otherwise writes into its head."""
    import base64
    import gzip

    return "u" + base64.urlsafe_b64encode(gzip.compress(revoked, mtime=0)).decode().rstrip("=")


def _creator(badge: Badge) -> dict[str, Any]:
    if not badge.organisation:
        return {}
    creator = {"id": f"{badge.id}#creator", "type": ["Profile"], "name": badge.organisation}
    return {"creator": {**creator, "url": badge.organisation_url} if badge.organisation_url else creator}


def _signed(payload: dict[str, Any], *, private_pem: bytes, key_id: str) -> str:
    import jwt

    return jwt.encode(payload, private_pem, algorithm="EdDSA", headers={"kid": key_id})
