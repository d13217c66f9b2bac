"""The words of the festival that a new city starts with."""

from django.utils.translation import gettext

from learning_events.key_features import KEY_FEATURES
from learning_events.models import KeyFeature


def ensure_key_features() -> int:
    """Add the Key Features of Learning Cities that are not there by their number, in the language of the moment; return how many.

    What editors have renamed stays as it is.
    """
    known = set(KeyFeature.objects.values_list("number", flat=True))
    new = [
        KeyFeature(number=number, name=gettext(name), sort_order=position)
        for position, (number, name) in enumerate(KEY_FEATURES)
        if number not in known
    ]
    KeyFeature.objects.bulk_create(new)
    return len(new)
