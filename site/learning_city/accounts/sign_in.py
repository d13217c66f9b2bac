"""Signing in with a code by mail: the same steps for who has an account and for who gets one.

Whether an account exists is looked up only after the code has proved that the mailbox is theirs, so nothing before it can
tell (no account enumeration). The code itself is never stored: the session holds a keyed hash of it.
"""

import datetime as dt
import secrets
import time
import uuid
from dataclasses import asdict, dataclass

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from participation.domain.limits import spend_attempt
from participation.foundation.errors import Refused

CODE_LIFETIME = dt.timedelta(minutes=15)
GUESSES_PER_CODE = 5
CODES_PER_HOUR = 6
CODES_PER_DAY = 20
SESSION_KEY = "sign_in_code"


class TooMany(Refused):
    """Too many tries; later is fine again."""

    status = 429
    code = "too_many"


@dataclass
class PendingSignIn:
    """A code that is on its way: which try it belongs to, to whom, its keyed hash, since when, and where to go after."""

    attempt: str
    email: str
    digest: str
    sent_at: float
    next_url: str = ""

    @property
    def is_expired(self) -> bool:
        return time.time() - self.sent_at > CODE_LIFETIME.total_seconds()


def send_code(request, email: str, next_url: str = "") -> PendingSignIn:
    """Mail a fresh six-digit code to `email` and remember its hash in this browser's session; an older code is void.

    Raises TooMany when this address got too many codes in the last hour or day (known or not, the answer is the same).
    """
    email = email.strip().lower()
    allowed = spend_attempt(
        "codes an hour", email, limit=CODES_PER_HOUR, per=dt.timedelta(hours=1)
    ) and spend_attempt("codes a day", email, limit=CODES_PER_DAY, per=dt.timedelta(days=1))
    if not allowed:
        raise TooMany(
            _("This address has been sent many codes already. Please wait an hour and try again."),
            field="email",
        )
    code = f"{secrets.randbelow(10**6):06}"
    attempt = uuid.uuid4().hex
    pending = PendingSignIn(attempt, email, _digest(attempt, code), time.time(), next_url)
    get_adapter(request).send_mail("account/email/login_code", email, {"code": code})
    request.session[SESSION_KEY] = asdict(pending)
    return pending


def pending_sign_in(request) -> PendingSignIn | None:
    """Return the code this browser waits for, or None when there is none or it is too old."""
    stored = request.session.get(SESSION_KEY)
    pending = PendingSignIn(**stored) if stored else None
    return pending if pending and not pending.is_expired else None


def forget_code(request) -> None:
    """Make the code this browser waits for void."""
    request.session.pop(SESSION_KEY, None)


def is_right_code(pending: PendingSignIn, code: str) -> bool:
    """Say whether `code` is the one that was sent; each call uses up one of five guesses, also in parallel (S4).

    Raises TooMany once the guesses are used up; the right code is refused then, too.
    """
    if not spend_attempt("guesses", pending.attempt, limit=GUESSES_PER_CODE, per=dt.timedelta(days=1)):
        raise TooMany(_("That were too many wrong codes. Please ask for a new one."), field="code")
    return constant_time_compare(pending.digest, _digest(pending.attempt, code))


def enter(request, pending: PendingSignIn):
    """Sign in whose mailbox was proved, making the account when there is none; return the response that comes next.

    Staff with a second factor are asked for it next; a deactivated account is told so.
    """
    forget_code(request)
    user, is_new = account_of(pending.email)
    record_authentication(request, user, method="code")
    login = Login(user=user, email=pending.email, redirect_url=pending.next_url or None, signup=is_new)
    return perform_login(request, login)


def account_of(email: str):
    """Return (user, whether just made) for an address that was proved; the address is then known as verified."""
    email = email.lower()
    verified = EmailAddress.objects.select_related("user").filter(email=email, verified=True).first()
    if verified:
        return verified.user, False
    users = get_user_model().objects
    user, is_new = users.filter(email=email).first(), False
    if user is None:
        try:
            with transaction.atomic():
                user, is_new = users.create_user(email), True
        except IntegrityError:  # the same person in a second window was faster
            user = users.get(email=email)
    is_first = not EmailAddress.objects.filter(user=user, primary=True).exclude(email=email).exists()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": is_first}
    )
    return user, is_new


def _digest(attempt: str, code: str) -> str:
    digits = "".join(character for character in code if character.isdecimal())
    return salted_hmac("learning_city.sign_in_code", f"{attempt}:{digits}", algorithm="sha256").hexdigest()
