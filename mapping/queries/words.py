"""Which of many texts hold a word, or a part of one, without reading the texts again."""

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np


class TextWords:
    """The different words of some texts, each with the texts it stands in.

    A city's places share their words (streets, kinds, neighbourhoods), so what is looked through for a word is far less
    than their texts, and how many texts a common word stands in makes no difference to the time.
    """

    def __init__(self, texts: Sequence[str]):
        """`texts` are folded: words with single blanks between them."""
        of_text = [text.split() for text in texts]
        words = list(chain.from_iterable(of_text))
        known = list(dict.fromkeys(words))
        number_of = {word: number for number, word in enumerate(known)}
        numbers = np.fromiter(map(number_of.__getitem__, words), dtype=np.int32, count=len(words))
        texts_of = np.repeat(np.arange(len(texts), dtype=np.int32), [len(each) for each in of_text])
        order = np.argsort(numbers, kind="stable")
        self._texts = texts_of[order]
        self._times = np.bincount(numbers, minlength=len(known))
        self._known = "\n".join(known)
        self._starts = np.cumsum([0, *(len(word) + 1 for word in known)])[:-1]
        self._length = len(texts)

    def holding(self, part: str) -> np.ndarray:
        """Say of each text whether `part`, without blanks, occurs in one of its words."""
        # From the part on to the end of its word, so that a word is met once.
        met = [match.start() for match in re.finditer(re.escape(part) + ".*", self._known)]
        known = np.zeros(len(self._starts), dtype=bool)
        known[np.searchsorted(self._starts, met, side="right") - 1] = True
        holds = np.zeros(self._length, dtype=bool)
        holds[self._texts[np.repeat(known, self._times)]] = True
        return holds
