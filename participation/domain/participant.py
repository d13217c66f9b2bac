"""People who take part: the public name, and becoming known as a resident."""

import datetime as dt
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.domain.limits import spend_attempt
from participation.domain.notification import notify
from participation.enums import VerificationMethod
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refused
from participation.foundation.person_key import normal_number, person_key
from participation.foundation.text import clean_line
from participation.models import Neighbourhood, Participant, RegisterEntry
from participation.rules import may_verify_at_desk
from participation.validators import validate_display_name

TRIES_PER_HOUR = 5
TRIES_PER_NUMBER_AND_DAY = 10

NOT_FOUND = _(
    "We could not verify you with this. Check the number and the date of birth on the letter from the city. "
    "If they are right, please come to the desk with an identity card."
)


class TooManyTries(Refused):
    """The limit of tries is reached; later it is fine again."""

    status = 429
    code = "too_many"


def ensure_participant(user) -> Participant:
    """Return the person behind `user`, made with a neutral public name when there is none yet."""
    participant, _is_new = Participant.objects.get_or_create(
        user=user, defaults={"display_name": f"{gettext('Neighbour')} {secrets.randbelow(9000) + 1000}"}
    )
    return participant


def introduce(
    user, *, display_name: str, neighbourhood: Neighbourhood | None, wants_mail: bool | None = None
) -> Participant:
    """Set the public name, neighbourhood and wish for mail of `user`; return the participant.

    A verified resident's neighbourhood is what the register says and stays. Raises Invalid for a name that cannot be shown.
    """
    name = clean_line(display_name)
    try:
        validate_display_name(name)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="display_name") from None
    if len(name) > 80:
        raise Invalid(_("Please shorten the name to 80 characters."), field="display_name")
    with transaction.atomic():
        ensure_participant(user)
        participant = Participant.objects.select_for_update().get(user=user)
        participant.display_name = name
        if not participant.is_verified:
            participant.neighbourhood = neighbourhood
        if wants_mail is not None:
            participant.wants_mail = wants_mail
        participant.save(update_fields=["display_name", "neighbourhood", "wants_mail"])
    return participant


def verify_by_register(participant: Participant, *, register_number: str, born_on: dt.date) -> Participant:
    """Link `participant` to the one register entry with this number and date of birth; return the fresh participant.

    Raises TooManyTries after five tries of one account in an hour. A wrong number, a wrong date, a person who has moved
    away and an entry that another account holds get the same words (V10), and nobody is sent anything. Call it outside of
    a transaction.
    """
    if not spend_attempt("verify account", participant.pk, limit=TRIES_PER_HOUR, per=dt.timedelta(hours=1)):
        raise TooManyTries(
            _("You have tried five times. Please wait an hour, or come to the desk with an identity card.")
        )
    try:
        number = normal_number(register_number)
    except ValidationError:
        raise Invalid(NOT_FOUND, code="not_verified") from None
    # Against guessing one person's date of birth from many accounts; same words, so that nobody learns of it.
    hidden = salted_hmac("participation.register_number", number, secret=settings.REGISTER_SECRET).hexdigest()
    if not spend_attempt("verify number", hidden, limit=TRIES_PER_NUMBER_AND_DAY, per=dt.timedelta(days=1)):
        raise Invalid(NOT_FOUND, code="not_verified")
    return _link(
        participant,
        person_key(number, born_on),
        method=VerificationMethod.REGISTER,
        by=participant.user,
        refusal=lambda _why: Invalid(NOT_FOUND, code="not_verified"),
    )


def verify_at_desk(
    participant: Participant | None, *, register_number: str, born_on: dt.date, by
) -> Participant:
    """Link `participant`, whose identity card an officer has seen, to the register; return the fresh participant.

    `participant` is None when staff found no account with the address. Staff are told which part was wrong. The person
    is told that it happened. Raises NotAllowed, Missing, Invalid or Conflict.
    """
    if not may_verify_at_desk(by):
        raise NotAllowed(_("Only staff of the desk may verify people."))
    if participant is None:
        raise Missing(
            _("There is no account with this e-mail address. Ask the person to sign in on the site once.")
        )
    try:
        key = person_key(register_number, born_on)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="register_number") from None
    words = {
        "unknown": _("The register has nobody with this number and date of birth."),
        "moved": _("The register says that this person no longer lives in the city."),
        "taken": _("Another account is already verified as this person. Each resident has one account."),
    }
    return _link(
        participant,
        key,
        method=VerificationMethod.DESK,
        by=by,
        refusal=lambda why: (
            Conflict(words[why], code=why) if why == "taken" else Invalid(words[why], code=why)
        ),
    )


def verify_externally(
    participant: Participant, *, register_number: str, born_on: dt.date, verifier: str
) -> Participant:
    """Link `participant` to the register after another service (`verifier`, its name) has proved who they are."""
    try:
        key = person_key(register_number, born_on)
    except ValidationError:
        raise Invalid(NOT_FOUND, code="not_verified") from None
    return _link(
        participant,
        key,
        method=VerificationMethod.EXTERNAL,
        by=participant.user,
        refusal=lambda _why: Invalid(NOT_FOUND, code="not_verified"),
        verifier=verifier,
    )


def _link(
    participant: Participant,
    key: str,
    *,
    method: VerificationMethod,
    by,
    refusal: Callable[[str], Refused],
    **detail: str,
) -> Participant:
    """Lock the person, then the entry, decide, write. One entry has one account: the column is unique, too."""
    try:
        with transaction.atomic():
            person = Participant.objects.select_for_update().get(pk=participant.pk)
            if person.is_verified:
                raise Conflict(_("This account is verified already."), code="already_verified")
            entry = RegisterEntry.objects.select_for_update().filter(person_key=key).first()
            if entry is None:
                raise refusal("unknown")
            if not entry.is_active:
                raise refusal("moved")
            if Participant.objects.filter(register_entry=entry).exclude(pk=person.pk).exists():
                raise refusal("taken")
            person.register_entry = entry
            person.neighbourhood_id = entry.neighbourhood_id
            person.verified_at = database_now()
            person.verified_by = method
            person.save(update_fields=["register_entry", "neighbourhood", "verified_at", "verified_by"])
            record("participation.verify", person, by=by, method=str(method), **detail)
            notify(
                person,
                kind="participation.verification",
                title=_("You are verified as a resident"),
                text=_(
                    "You can now vote in the budgets of the city. If this was not you, please tell the city at once."
                ),
                path="/me/",
                dedupe_key=f"verified-{person.verified_at:%Y%m%d%H%M%S}",
            )
            return person
    except IntegrityError:
        raise refusal("taken") from None
