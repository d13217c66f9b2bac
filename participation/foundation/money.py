"""Amounts of money in writing: whole cents in, what a reader of the active language expects out."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language

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
