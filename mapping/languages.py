"""Names of the languages that are spoken at places, for people; the codes are ISO 639."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

# Spoken in many cities and unknown to Django, which only knows what it is translated into.
_MORE = {
    "am": _("Amharic"),
    "ase": _("American Sign Language"),
    "bfi": _("British Sign Language"),
    "ff": _("Fula"),
    "gsg": _("German Sign Language"),
    "gu": _("Gujarati"),
    "ha": _("Hausa"),
    "ku": _("Kurdish"),
    "kmr": _("Northern Kurdish"),
    "ln": _("Lingala"),
    "om": _("Oromo"),
    "pa": _("Punjabi"),
    "prs": _("Dari"),
    "ps": _("Pashto"),
    "rom": _("Romani"),
    "si": _("Sinhala"),
    "so": _("Somali"),
    "svk": _("Slovak Sign Language"),
    "ti": _("Tigrinya"),
    "tl": _("Tagalog"),
    "tw": _("Twi"),
    "wo": _("Wolof"),
    "yi": _("Yiddish"),
    "yo": _("Yoruba"),
    "zh": _("Chinese"),
}
# What a form offers; anything else of ISO 639 may come from a file and is shown by its code.
OFFERED = (
    "en", "de", "ar", "am", "bg", "bs", "cs", "da", "el", "es", "et", "fa", "ff", "fi", "fr", "gu", "ha", "he", "hi", "hr",
    "hu", "hy", "id", "it", "ja", "ka", "kmr", "ko", "ku", "ln", "lt", "lv", "mk", "nl", "om", "pa", "pl", "prs", "ps", "pt",
    "ro", "rom", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "th", "ti", "tl", "tr", "tw", "uk", "ur", "vi",
    "wo", "yi", "yo", "zh", "bfi", "gsg", "svk",
)  # fmt: skip


def name_of_language(code: str) -> str:
    """Return a language's name in the reader's language; the code itself where we know no name."""
    if code in _MORE:
        return str(_MORE[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
