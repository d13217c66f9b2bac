"""How an app lists what is a person's own on their profile: `<app>/own_things.py` with HEADING and things(participant)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OwnThing:
    """One line of the profile: a title that leads to `path`, and its state in words with a tone of the design system."""

    title: str
    path: str
    state: str = ""
    tone: str = "quiet"
