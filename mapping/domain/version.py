"""Changing the map: whoever does, does it in here, one after the other."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from mapping.models import MapVersion

# How many versions back a reader may be and still read only what changed.
REMEMBERED = 32


@contextmanager
def changing_the_map(*, all_of_it: bool = False) -> Iterator[int]:
    """Open a transaction and yield the number of the map's next version, for `map_version` of every place changed in it.

    The version's row is held until the commit, so that versions become visible in their order. `all_of_it` makes readers
    read everything again: for changes of words that many places share.
    """
    with transaction.atomic():
        MapVersion.objects.get_or_create(pk=1)
        row = MapVersion.objects.select_for_update().get(pk=1)
        before = [] if all_of_it else [row.stamp, *row.before.split()][:REMEMBERED]
        row.number += 1
        row.stamp = secrets.token_hex(8)
        row.before = " ".join(before)
        row.save()
        yield row.number
