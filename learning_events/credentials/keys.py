"""Keys that sign: Ed25519 (RFC 8032), named by a digest of their public part, so that no two share a name."""

import hashlib


def new_key() -> tuple[bytes, bytes]:
    """Return a new key as (private PEM in PKCS #8, public PEM)."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, public


def name_of(public_pem: bytes | str) -> str:
    """Return the name of a key: 20 hexadecimal digits."""
    return hashlib.sha256(_raw(public_pem)).hexdigest()[:20]


def public_jwk(public_pem: bytes | str) -> dict[str, str]:
    """Return the public key as a JWK (RFC 8037)."""
    import base64

    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": base64.urlsafe_b64encode(_raw(public_pem)).decode().rstrip("="),
    }


def _raw(public_pem: bytes | str) -> bytes:
    from cryptography.hazmat.primitives import serialization

    pem = public_pem.encode() if isinstance(public_pem, str) else public_pem
    key = serialization.load_pem_public_key(pem)
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
