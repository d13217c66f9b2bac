"""Amounts of money in writing: whole cents in, what a reader of the active language expects out, and back."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import get_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "UAH": "₴", "TRY": "₺", "NGN": "₦"}
# Used only by languages that write the unit behind the amount.
UNITS = {"PLN": "zł", "CZK": "Kč", "HUF": "Ft", "SEK": "kr", "NOK": "kr", "DKK": "kr", "RON": "lei"}
LANGUAGES_SIGN_FIRST = {"en", "ga", "mt", "nl", "hi", "zh", "ja", "ko", "he", "tr"}
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


def format_money(cents: int, currency: str = "EUR") -> str:
    """Write whole cents as an amount, without decimals where there are none: 1250000 -> "€12,500".

    `currency` is an ISO 4217 code; an unknown one is written as it is, an empty one is left out.
    """
    cents = int(cents)
    whole = cents % 100 == 0
    number = number_format(Decimal(abs(cents)) / 100, decimal_pos=0 if whole else 2, force_grouping=True)
    minus = MINUS if cents < 0 else ""
    code = currency.upper()
    if not code:
        return f"{minus}{number}"
    language = (get_language() or "en").split("-")[0]
    if language in LANGUAGES_SIGN_FIRST:
        sign = SIGNS.get(code, code)
        gap = NO_BREAK_SPACE if sign == code or language == "nl" else ""
        return f"{minus}{sign}{gap}{number}"
    return f"{minus}{number}{NO_BREAK_SPACE}{SIGNS.get(code) or UNITS.get(code, code)}"


def read_money(text: str) -> int:
    """Return the cents of an amount as people of the active language type it: "12,500.50" -> 1250050.

    Only plain digits, separators of thousands in their places and at most two decimals; everything else raises
    ValidationError (D4: no exponent, sign, underscore, other digits, nan).
    """
    point = get_format("DECIMAL_SEPARATOR")
    groups = rf"[{re.escape(get_format('THOUSAND_SEPARATOR'))} '’\u00a0\u202f]"
    written = re.fullmatch(
        rf"(?P<whole>[0-9]{{1,15}}|[0-9]{{1,3}}(?:{groups}[0-9]{{3}}){{1,4}})(?:{re.escape(point)}(?P<part>[0-9]{{1,2}}))?",
        text.strip(),
    )
    if not written:
        raise ValidationError(
            _("Please write the amount in figures, for example %(example)s."),
            code="money",
            params={"example": number_format(12500, force_grouping=True)},
        )
    return int(re.sub(r"[^0-9]", "", written["whole"])) * 100 + int((written["part"] or "").ljust(2, "0"))


def write_money(cents: int) -> str:
    """Return what `read_money` of the active language reads back, without separators of thousands: 1250050 -> "12500.50"."""
    return number_format(Decimal(cents) / 100, decimal_pos=2 if cents % 100 else 0)
