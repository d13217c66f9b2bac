"""Credentials are what the specifications say, and no letter of them can be changed."""

import base64
import datetime as dt
import gzip
import hashlib
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from learning_events.credentials import bits, keys, reading, writing
from learning_events.credentials.facts import Badge, Issuer, Outcome, Statement, StatusEntry

DID = "did:web:city.example:learning"
LIST = "https://city.example/learning/status/1/"
PRIVATE, PUBLIC = keys.new_key()
NAME = keys.name_of(PUBLIC)
ISSUER = Issuer(DID, "City of learning", "https://city.example/")
BADGE = Badge(
    "https://city.example/learning/badges/1.json",
    "Bread baker",
    "Can bake.",
    "Baked a loaf.",
    "Old bakery",
    "https://bakery.example/",
)


def statement(**changes) -> Statement:
    facts = {
        "id": "urn:uuid:4f0f1e1a-8d5e-4d7e-9f0a-0d8a2b1c3d4e",
        "subject": "urn:uuid:0a1b2c3d-8d5e-4d7e-9f0a-0d8a2b1c3d4e",
        "name": "Ana Azevedo",
        "badge": BADGE,
        "issuer": ISSUER,
        "issued_at": dt.datetime(2026, 9, 12, 18, tzinfo=dt.UTC),
        "status": StatusEntry(LIST, 4711),
        "evidence": "picked up at the event",
    }
    return Statement(**{**facts, **changes})


@pytest.fixture(autouse=True)
def _after_the_event(time_machine):
    time_machine.move_to(dt.datetime(2026, 9, 13, 12, tzinfo=dt.UTC))


@pytest.fixture
def token() -> str:
    return writing.sign(statement(), private_pem=PRIVATE, key_name=NAME)


def outcome(content, *, public=PUBLIC, did=DID, is_revoked=lambda _url, _index: False) -> Outcome:
    names = {keys.name_of(public): public.decode()}
    return reading.check(content, did=did, public_pems=names, is_revoked=is_revoked).outcome


def unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_signed_credential_is_valid_and_says_what_it_was_given(token):
    verdict = reading.check(
        token, did=DID, public_pems={NAME: PUBLIC.decode()}, is_revoked=lambda _url, _index: False
    )

    assert (verdict.outcome, verdict.badge, verdict.name) == (Outcome.VALID, "Bread baker", "Ana Azevedo")
    assert verdict.credential_id == statement().id
    assert verdict.issued_at == "2026-09-12T18:00:00Z"


def test_body_is_an_open_badge_of_version_three(token):
    header, body = (json.loads(unpadded(part)) for part in token.split(".")[:2])

    assert header == {"alg": "EdDSA", "typ": "JWT", "kid": f"{DID}#{NAME}"}
    assert body["@context"][:2] == writing.CONTEXTS
    assert body["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (body["iss"], body["jti"], body["sub"]) == (DID, statement().id, statement().subject)
    assert body["credentialSubject"]["achievement"]["creator"]["name"] == "Old bakery"
    assert body["credentialStatus"] == {
        "id": f"{LIST}#4711",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "4711",
        "statusListCredential": LIST,
    }


def test_somebody_who_wants_no_name_on_the_badge_has_none_in_it():
    token = writing.sign(statement(name=""), private_pem=PRIVATE, key_name=NAME)

    assert "identifier" not in json.loads(unpadded(token.split(".")[1]))["credentialSubject"]
    assert outcome(token) == Outcome.VALID


def test_signature_holds_without_any_of_our_libraries_too(token):
    # RFC 8037 and RFC 7515 by hand, with the key as the DID document publishes it.
    (method,) = writing.did_document(DID, [PUBLIC.decode()])["verificationMethod"]
    head, body, signature = token.split(".")
    key = Ed25519PublicKey.from_public_bytes(unpadded(method["publicKeyJwk"]["x"]))

    assert method["id"] == json.loads(unpadded(head))["kid"]
    key.verify(unpadded(signature), f"{head}.{body}".encode())
    with pytest.raises(InvalidSignature):
        key.verify(unpadded(signature), f"{head}.{body}x".encode())


def test_no_byte_of_it_can_be_altered(token):
    parts = token.split(".")
    for number, part in enumerate(parts):
        raw = unpadded(part)
        for place in range(0, len(raw), 7 if number == 1 else 1):
            changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
            spelled = base64.urlsafe_b64encode(changed).decode().rstrip("=")
            found = outcome(".".join([*parts[:number], spelled, *parts[number + 1 :]]))
            assert found != Outcome.VALID, (number, place)


def test_another_spelling_of_the_same_signature_is_refused(token):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = token[:-1] + letters[letters.index(token[-1]) + 1]

    assert unpadded(other.split(".")[2]) == unpadded(token.split(".")[2])
    assert outcome(other) == Outcome.UNREADABLE


def test_credential_signed_by_another_key_is_not_genuine(token):
    foreign, _public = keys.new_key()
    forged = writing.sign(statement(), private_pem=foreign, key_name=NAME)

    assert outcome(forged) == Outcome.ALTERED
    assert outcome(token, public=keys.new_key()[1]) == Outcome.ALTERED


def test_credential_of_somebody_else_is_unknown_even_if_our_key_signed_it():
    other = writing.sign(
        statement(issuer=Issuer("did:web:other.example", "Other", "https://other.example/")),
        private_pem=PRIVATE,
        key_name=NAME,
    )

    assert outcome(other) == Outcome.UNKNOWN


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}])
def test_token_cannot_choose_how_it_is_checked(token, header):
    import hmac

    kid = {"kid": f"{DID}#{NAME}", "typ": "JWT"}
    head = base64.urlsafe_b64encode(json.dumps({**header, **kid}).encode()).decode().rstrip("=")
    body = token.split(".")[1]
    mac = hmac.new(PUBLIC, f"{head}.{body}".encode(), hashlib.sha256).digest()
    signature = "" if header["alg"] == "none" else base64.urlsafe_b64encode(mac).decode().rstrip("=")

    assert outcome(f"{head}.{body}.{signature}") == Outcome.ALTERED


def test_revoked_and_unknown_lists_are_never_valid(token):
    asked = []

    def revoked(url, index):
        asked.append((url, index))
        return True

    assert outcome(token, is_revoked=revoked) == Outcome.REVOKED
    assert asked == [(LIST, 4711)]
    assert outcome(token, is_revoked=lambda _url, _index: None) == Outcome.REVOKED


def test_envelope_and_picture_carry_the_same_credential(token):
    envelope = writing.enveloped(token)
    picture = writing.baked(b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>', token)

    assert envelope["type"] == "EnvelopedVerifiableCredential"
    assert reading.token_in(json.dumps(envelope)) == reading.token_in(picture) == token
    assert outcome(picture) == Outcome.VALID


def test_line_breaks_of_mail_programs_do_no_harm(token):
    assert (
        outcome("\n".join(token[start : start + 76] for start in range(0, len(token), 76))) == Outcome.VALID
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"a.b.c",
        b"...",
        b"{}",
        b'{"id": 3}',
        b"[" * 50_000,
        b"{" * 50_000,
        b"<svg/>",
        b'<!DOCTYPE s [<!ENTITY a "b">]><svg>&a;</svg>',
        "é.é.é".encode(),
        b"e30.e30.e30",
        b"bnVsbA.bnVsbA.bnVsbA",
        b"x" * 600_000,
    ],
)
def test_what_is_no_credential_is_unreadable_or_unknown(content):
    assert outcome(content) in (Outcome.UNREADABLE, Outcome.UNKNOWN)


def test_status_list_is_signed_compressed_and_read_by_the_specification():
    now = dt.datetime(2026, 9, 13, 12, 34, tzinfo=dt.UTC)
    revoked = bits.with_bit(bits.with_bit(bits.blank(), 0), 4711)

    token = writing.status_list(LIST, revoked, did=DID, private_pem=PRIVATE, key_name=NAME, now=now)

    body = json.loads(unpadded(token.split(".")[1]))
    subject = body["credentialSubject"]
    raw = gzip.decompress(unpadded(subject["encodedList"].removeprefix("u")))
    assert body["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", "revocation")
    assert len(raw) * 8 == 131_072
    assert raw[0] == 0b1000_0000
    assert raw[4711 // 8] == 0x80 >> 4711 % 8
    assert sum(byte.bit_count() for byte in raw) == 2


def test_library_of_others_reads_our_list_and_finds_the_revoked_one(token):
    from openbadgeslib import ob3

    def download(bit):
        revoked = bits.with_bit(bits.blank(), bit)
        now = dt.datetime.now(dt.UTC)
        signed = writing.status_list(LIST, revoked, did=DID, private_pem=PRIVATE, key_name=NAME, now=now)
        return lambda _url: signed.encode()

    verifier = ob3.OB3Verifier(PUBLIC, issuer_did=DID)

    assert (
        verifier.verify(token, check_status=True, download=download(4712)).recipient_id == statement().subject
    )
    with pytest.raises(ob3.OB3VerificationError, match="revocation"):
        verifier.verify(token, check_status=True, download=download(4711))


def test_same_list_is_the_same_text_within_an_hour():
    first, second = (
        writing.status_list(
            LIST,
            bits.blank(),
            did=DID,
            private_pem=PRIVATE,
            key_name=NAME,
            now=dt.datetime(2026, 9, 13, 12, minute, tzinfo=dt.UTC),
        )
        for minute in (1, 59)
    )

    assert first == second


def test_bits_are_given_out_at_random_and_never_twice():
    taken, given = bits.blank(), []
    for _number in range(200):
        index = bits.free_index(taken)
        taken = bits.with_bit(taken, index)
        given.append(index)

    assert sorted(given) == bits.indices(taken)
    assert len(set(given)) == 200
    assert given != sorted(given)
    assert max(given) - min(given) > bits.SIZE // 2
    with pytest.raises(ValueError, match="no index"):
        bits.with_bit(taken, bits.SIZE)
