"""Rules as sentences: small named predicates that pages, API and templates ask alike."""

from collections.abc import Callable
from typing import Any


class Rule:
    """A named yes-or-no question about a person and a thing; combine with &, | and ~.

    >>> may_vote = is_verified_resident & voting_is_open
    >>> may_vote(user, budget)
    """

    def __init__(self, ask: Callable[..., bool], name: str):
        self._ask = ask
        self.name = name

    def __call__(self, user: Any, subject: Any = None) -> bool:
        return bool(self._ask(user, subject))

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(
            lambda user, subject: self(user, subject) and other(user, subject),
            f"({self.name} and {other.name})",
        )

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            lambda user, subject: self(user, subject) or other(user, subject),
            f"({self.name} or {other.name})",
        )

    def __invert__(self) -> "Rule":
        return Rule(lambda user, subject: not self(user, subject), f"not {self.name}")

    def __repr__(self) -> str:
        return f"<Rule {self.name}>"


def rule(ask: Callable[..., bool]) -> Rule:
    """Turn a function of (user, subject) into a `Rule` of the same name."""
    return Rule(ask, ask.__name__)


def has_permission(permission: str) -> Rule:
    """The rule that somebody active holds a Django permission, written `app.codename`."""
    return Rule(lambda user, _subject: user.is_active and user.has_perm(permission), f"has {permission}")


@rule
def is_signed_in(user, _subject=None) -> bool:
    return user.is_authenticated and user.is_active
