"""The engine of a room: takes votes at any time and tells, when asked, which groups there are and what they say."""

from participation.opinion.analysis import Analysis, Place, Settings
from participation.opinion.votes import Key, VoteMatrix


class Engine:
    """The opinions of one room. `votes` may be written at any time; not to be shared between threads.

    The same votes in the same order, seed and memory give the same analyses.
    """

    def __init__(
        self, settings: Settings | None = None, *, seed: int = 0, memory: dict | None = None
    ) -> None:
        self.votes = VoteMatrix()

    def analyse(self) -> Analysis:
        """Return the analysis of all votes taken so far, starting from the last one."""
        raise NotImplementedError

    def place_of(self, person: Key) -> Place | None:
        """Return where a person stands in the last analysis, or None if nothing is shown yet; private to that person."""
        raise NotImplementedError

    def next_statements(
        self, person: Key, count: int = 1, *, without: frozenset[Key] = frozenset()
    ) -> list[Key]:
        """Return statements this person has not voted on, drawn by lot; the same until the person votes again."""
        raise NotImplementedError

    def remember(self) -> dict:
        """Return what the next engine of this room needs to go on as if it were this one; it names people: keep it private."""
        raise NotImplementedError
