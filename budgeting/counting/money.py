"""Exact amounts: decimal text to whole units and back."""

import re
from fractions import Fraction

MAX_DIGITS = 15
MAX_DECIMALS = 6

_AMOUNT = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")


def parse_amount(text: str) -> Fraction:
    """Return the exact value of `12`, `12.50` or `12,50`; raise ValueError with words for anything else."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise ValueError("is not an amount of zero or more")
    whole, decimals = match[1].lstrip("0"), (match[2] or "").rstrip("0")
    if len(whole) > MAX_DIGITS:
        raise ValueError(f"has more than {MAX_DIGITS} digits")
    if len(decimals) > MAX_DECIMALS:
        raise ValueError(f"has more than {MAX_DECIMALS} decimals")
    return Fraction(int((whole + decimals) or "0"), 10 ** len(decimals))


def scale_for(amounts: list[Fraction]) -> int:
    """Return the smallest power of ten that makes every amount whole."""
    scale = 1
    for amount in amounts:
        while (amount * scale).denominator != 1:
            scale *= 10
    return scale


def format_amount(units: int, scale: int) -> str:
    """Return units of 1/scale currency as plain decimal text: (250, 100) gives `2.5`, (400, 100) gives `4`."""
    sign = "-" if units < 0 else ""
    whole, rest = divmod(abs(units), scale)
    if not rest:
        return f"{sign}{whole}"
    decimals = str(rest).zfill(len(str(scale)) - 1).rstrip("0")
    return f"{sign}{whole}.{decimals}"


def format_fraction(value: Fraction, decimals: int = 6) -> str:
    """Return the value cut off (never rounded up) after so many decimals, without trailing zeros."""
    scale = 10**decimals
    return format_amount(value.numerator * scale // value.denominator, scale)
