"""The bits of a status list (Bitstring Status List 1.0): index 0 is the highest bit of the first byte.

A list is as long as the specification's least, 131,072 bits, so that one credential hides among many; indices are given out
at random, so that neither the order nor the number of credentials shows.
"""

import secrets

SIZE = 131_072
# From here on random tries hit too many taken bits, and a new list begins.
FULL = SIZE // 2


def blank() -> bytes:
    return bytes(SIZE // 8)


def is_set(bits: bytes, index: int) -> bool:
    return bool(bits[index // 8] & (0x80 >> index % 8))


def with_bit(bits: bytes, index: int) -> bytes:
    """Return the bits with one more set."""
    if not 0 <= index < SIZE:
        raise ValueError(f"A status list has no index {index}.")
    changed = bytearray(bits)
    changed[index // 8] |= 0x80 >> index % 8
    return bytes(changed)


def free_index(taken: bytes) -> int:
    """Return the index of a random bit that is not set; `taken` is at most half full."""
    while True:
        index = secrets.randbelow(SIZE)
        if not is_set(taken, index):
            return index


def indices(bits: bytes) -> list[int]:
    """Return the indices of all set bits."""
    return [
        start * 8 + bit for start, byte in enumerate(bits) if byte for bit in range(8) if byte & (0x80 >> bit)
    ]
