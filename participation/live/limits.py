"""How fast one connection, and one person with several, may ask for things."""

import time
from collections.abc import Callable


class TokenBucket:
    """Lets `burst` through at once and `per_second` in the long run."""

    __slots__ = ("_at", "_clock", "_left", "burst", "per_second")

    def __init__(
        self, *, per_second: float = 5, burst: float = 20, clock: Callable[[], float] = time.monotonic
    ):
        self.per_second = per_second
        self.burst = burst
        self._clock = clock
        self._left = burst
        self._at = clock()

    def take(self) -> bool:
        """Say whether one more may pass, and count it."""
        now = self._clock()
        self._left = min(self.burst, self._left + (now - self._at) * self.per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
