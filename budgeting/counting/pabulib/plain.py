"""Many plain ballots at once, as arrays; whatever is not plain is left to reading one by one.

Texts are joined and searched as bytes: a project id of up to eight bytes is one 64-bit word, so that finding all projects
of all ballots is a search over words.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from budgeting.counting.election import Ballots, Ints

_WORD = 8
_MASKS = np.array([2 ** (8 * width) - 1 for width in range(_WORD + 1)], dtype=np.uint64)
# Odd factors that spread words over a table; one of the first nearly always gives each project a slot of its own.
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)
_NUMBER = re.compile(r"[0-9]{1,7}")


def plain_items(texts: Sequence[str], ids: Sequence[str]) -> tuple[Ints, Ints] | None:
    """Return the positions of all projects named, text after text, and how many each text names.

    Returns None where a text is empty, or names something that is not exactly an id.
    """
    content = "\n".join(texts).encode()
    characters = np.frombuffer(content, dtype=np.uint8)
    line_ends = characters == ord("\n")
    marks = np.flatnonzero((characters == ord(",")) | line_ends)
    starts = np.append(0, marks + 1)
    widths = np.append(marks, len(content)) - starts
    last_items = np.append(np.flatnonzero(line_ends[marks]), len(marks))
    lengths = np.diff(last_items, prepend=-1)
    if len(lengths) != len(texts):
        return None
    found = _positions(content, starts, widths, ids)
    if found is None:
        index = {name: position for position, name in enumerate(ids)}
        items = content.decode().replace("\n", ",").split(",")
        found = np.array([index.get(item, -1) for item in items], dtype=np.int64)
    return None if len(found) and found.min() < 0 else (found, lengths)


def _positions(content: bytes, starts: Ints, widths: Ints, ids: Sequence[str]) -> Ints | None:
    """Return the position of each item or -1, None where an id or an item is longer than a word."""
    names = [name.encode() for name in ids]
    if int(widths.max()) > _WORD or max(map(len, names)) > _WORD:
        return None
    padded = np.frombuffer(content + bytes(_WORD), dtype=np.uint8)
    windows = np.ndarray(len(content) + 1, dtype="V8", buffer=padded, strides=(1,))
    words = _words(windows[starts].view(np.uint8)) & _MASKS[widths]
    known = _words(np.frombuffer(b"".join(name.ljust(_WORD, b"\0") for name in names), dtype=np.uint8))
    shift = np.uint64(64 - max(1, 2 * len(names).bit_length()))
    for factor in _FACTORS:
        slots = (known * factor) >> shift
        if len(np.unique(slots)) == len(names):
            table = np.zeros(1 << (64 - int(shift)), dtype=np.int32)
            table[slots] = np.arange(len(names))
            places = table[(words * factor) >> shift]
            break
    else:
        order = np.argsort(known)
        places = order[np.minimum(np.searchsorted(known[order], words), len(names) - 1)]
    found: Ints = np.where(known[places] == words, places, -1)
    return found


def _words(characters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    return characters.reshape(-1).view("<u8").astype(np.uint64, copy=False)


def plain_numbers(texts: Sequence[str], lengths: Ints) -> Ints | None:
    """Return the whole numbers of all texts, None where one is not plain or their number does not fit `lengths`."""
    items = ",".join(texts).split(",")
    if [text.count(",") + 1 for text in texts] != lengths.tolist():
        return None
    known = {item: int(item) for item in set(items) if item.isascii() and _NUMBER.fullmatch(item)}
    numbers = np.array([known.get(item, -1) for item in items], dtype=np.int64)
    return None if numbers.min() < 0 else numbers


def grouped(lengths: Ints, projects: Ints, points: Ints, counts: Ints) -> Ballots | None:
    """Order each ballot by project and put equal ballots together, where the first one stood.

    Returns None where a ballot names a project twice.
    """
    span, most = int(projects.max()) + 1, int(points.max()) + 1
    if len(lengths) * span * most >= 2**63:
        return None
    ballots = np.repeat(np.arange(len(lengths)), lengths)
    keys = (ballots * span + projects) * most + points
    if np.any(keys[1:] < keys[:-1]):
        keys.sort()
        entries = keys // most
        projects, points = entries % span, keys - entries * most
        if np.any(entries[1:] == entries[:-1]):
            return None
    elif np.any((ballots[1:] == ballots[:-1]) & (projects[1:] == projects[:-1])):
        return None
    starts = np.append(0, np.cumsum(lengths))
    first = _first_alike(starts, projects, points)
    kept = np.flatnonzero(first == np.arange(len(lengths)))
    if len(kept) == len(lengths):
        return Ballots(starts, projects, points, counts)
    rows = np.repeat(first == np.arange(len(lengths)), lengths)
    return Ballots(
        np.append(0, np.cumsum(lengths[kept])),
        projects[rows],
        points[rows],
        np.bincount(first, counts, len(lengths)).astype(np.int64)[kept],
    )


def _first_alike(starts: Ints, projects: Ints, points: Ints) -> Ints:
    """Return for each ballot the first one that is equal to it.

    Ballots with different fingerprints differ; those with the same one are compared in full.
    """
    prints = _fingerprints(starts, projects, points)
    order = np.argsort(prints, kind="stable")
    alike = np.flatnonzero(prints[order][1:] == prints[order][:-1])
    first = np.arange(len(prints))
    if not len(alike):
        return first
    content = np.column_stack((projects, points)).astype(np.int32).tobytes()
    bounds = (starts * 8).tolist()
    seen: dict[bytes, int] = {}
    for ballot in sorted({*order[alike].tolist(), *order[alike + 1].tolist()}):
        first[ballot] = seen.setdefault(content[bounds[ballot] : bounds[ballot + 1]], ballot)
    return first


def _fingerprints(starts: Ints, projects: Ints, points: Ints) -> NDArray[np.uint64]:
    mixed = projects.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + points.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(0x94D049BB133111EB)
    return np.add.reduceat(mixed, starts[:-1])
