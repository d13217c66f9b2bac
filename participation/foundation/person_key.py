"""The key of a person in the residents' register: a keyed hash, so that the register holds no number and no birthday."""

import datetime as dt
import hashlib
import hmac
import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_SEPARATORS = re.compile(r"[\s./\-\u2010-\u2015]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
OLDEST = dt.timedelta(days=366 * 130)


def normal_number(register_number: str) -> str:
    """Return the number in NFKC, capitals, without spaces, dots, slashes and dashes; refuse what is no number.

    Raises ValidationError unless 2 to 40 letters and digits (A to Z, 0 to 9) are left.
    """
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", register_number)).upper()
    if not (2 <= len(number) <= 40 and number.isascii() and number.isalnum()):
        raise ValidationError(_("A register number has 2 to 40 letters and digits."), code="number")
    return number


def person_key(register_number: str, born_on: dt.date) -> str:
    """Return HMAC-SHA256 (RFC 2104, 64 hexadecimal digits) of the normal number and the date under REGISTER_SECRET."""
    message = f"{normal_number(register_number)}|{born_on.isoformat()}"
    return hmac.digest(settings.REGISTER_SECRET.encode(), message.encode(), hashlib.sha256).hex()


def birth_date(text: str, *, today: dt.date) -> dt.date:
    """Return the date of birth written YYYY-MM-DD (ISO 8601); refuse other spellings, the future, and over 130 years ago."""
    try:
        if not _DAY.fullmatch(text):  # fromisoformat takes weeks and bare digits, too
            raise ValueError
        born_on = dt.date.fromisoformat(text)
    except ValueError:
        raise ValidationError(
            _("A date is written like 1984-07-31 (year, month, day)."), code="date"
        ) from None
    if born_on > today or born_on < today - OLDEST:
        raise ValidationError(
            _("This date of birth lies in the future or more than 130 years ago."), code="date_range"
        )
    return born_on


def may_vote_from(born_on: dt.date, *, age: int) -> dt.date:
    """Return the day somebody reaches `age` years; who was born on 29 February does so on 1 March in common years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return dt.date(born_on.year + age, 3, 1)
