"""What a credential says, as plain data."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Issuer:
    """Who signs: its DID, its name, and its site."""

    did: str
    name: str
    url: str


@dataclass(frozen=True)
class Badge:
    """What was achieved, at an address of its own; `organisation` says who stands behind it, "" for the issuer itself."""

    id: str
    name: str
    description: str
    criteria: str
    organisation: str = ""
    organisation_url: str = ""
    image: str = ""


@dataclass(frozen=True)
class StatusEntry:
    """Which bit of which list says that the credential is revoked."""

    url: str
    index: int


@dataclass(frozen=True)
class Statement:
    """One credential before it is signed; `name` as it shall be printed, "" for none; `evidence` says how it was earned."""

    id: str
    subject: str
    name: str
    badge: Badge
    issuer: Issuer
    issued_at: dt.datetime
    status: StatusEntry
    evidence: str = ""


class Outcome(StrEnum):
    """What a check found, from best to worst."""

    VALID = "valid"
    REVOKED = "revoked"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Verdict:
    """The outcome, and what the credential says of itself; what it says is to be believed only when VALID or REVOKED."""

    outcome: Outcome
    credential_id: str = ""
    issuer: str = ""
    issuer_name: str = ""
    badge: str = ""
    name: str = ""
    issued_at: str = ""
