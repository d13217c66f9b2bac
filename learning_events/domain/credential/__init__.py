"""Badges from the offer to the end: offered, accepted, signed, revoked. Nothing is signed before the person wants it."""

from learning_events.domain.credential.awards import NAME_AT_MOST, consent_age, holder_path, may_hold
from learning_events.domain.credential.door import DOOR_STAYS_OPEN, accept_at_door, behind_door, door_token
from learning_events.domain.credential.guardian import answer_for_minor, award_for_guardian, guardian_token
from learning_events.domain.credential.holding import accept_award, decline_award, erase_award
from learning_events.domain.credential.offering import (
    OFFER_LASTS,
    forget_old_offers,
    offer_award,
    offer_to_person,
)
from learning_events.domain.credential.signing import revoke_award

__all__ = [
    "DOOR_STAYS_OPEN",
    "NAME_AT_MOST",
    "OFFER_LASTS",
    "accept_at_door",
    "accept_award",
    "answer_for_minor",
    "award_for_guardian",
    "behind_door",
    "consent_age",
    "decline_award",
    "door_token",
    "erase_award",
    "forget_old_offers",
    "guardian_token",
    "holder_path",
    "may_hold",
    "offer_award",
    "offer_to_person",
    "revoke_award",
]
