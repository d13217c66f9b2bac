"""Checks that model, form and API share."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_ADDRESS = re.compile(r"https?:|://|www\.|@|\]\(", re.IGNORECASE)
# Alphabets whose letters look alike; a word that mixes them imitates another name (X20).
_LOOKALIKE = ("LATIN", "CYRILLIC", "GREEK")


def validate_display_name(value: str) -> None:
    """Refuse a public name without a letter, one that is an address or a link, and words of mixed alphabets."""
    if not any(character.isalpha() for character in value):
        raise ValidationError(_("Please write a name with at least one letter."), code="letters")
    if _ADDRESS.search(value):
        raise ValidationError(
            _("Everybody can see this name, so it cannot be an e-mail or web address."), code="address"
        )
    for word in value.split():
        alphabets = {unicodedata.name(letter, "?").split(" ")[0] for letter in word if letter.isalpha()}
        if len(alphabets.intersection(_LOOKALIKE)) > 1:
            raise ValidationError(
                _("The word “%(word)s” mixes letters of several alphabets. Please write it in one."),
                code="mixed",
                params={"word": word},
            )
