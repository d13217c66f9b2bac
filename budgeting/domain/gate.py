"""The gate every ballot passes before it is published: nobody may be recognised by age, sex or quarter."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

K = 5
K_MINORS = 10

Cells = tuple[str, ...]

_BANDS = ((0, "0-17"), (18, "18-24"), (25, "25-34"), (35, "35-44"), (45, "45-54"), (55, "55-64"), (65, "65+"))
_WIDE_BANDS = ((0, "0-29"), (30, "30-59"), (60, "60+"))
_MINORS = _BANDS[0][1]
# What goes first when something has to go; columns not named here go before all of these.
_KEEP_LONGEST = ("voting_method", "sex", "age")


@dataclass(frozen=True)
class GateReport:
    """What the gate let through, and what the published ballots still tell.

    `smallest_group` is the size of the smallest group of ballots with the same attributes, `alike_groups` how many groups
    of several voted all the same, `unique_patterns` how many ballots nobody else filled in alike.
    """

    ballots: int
    columns_in: Cells
    columns_out: Cells
    coarsened: Cells
    smallest_group: int
    alike_groups: int
    unique_patterns: int
    k: int = K
    recode: Mapping[Cells, Cells] = field(default_factory=dict, repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Say whether the ballots may be published: none at all, or at least `k`."""
        return self.ballots == 0 or self.ballots >= self.k

    def as_dict(self) -> dict:
        """Return the report as plain data for logs and JSON."""
        return {
            "k": self.k,
            "ballots": self.ballots,
            "columns_in": list(self.columns_in),
            "columns_out": list(self.columns_out),
            "coarsened": list(self.coarsened),
            "smallest_group": self.smallest_group,
            "alike_groups": self.alike_groups,
            "unique_patterns": self.unique_patterns,
            "passed": self.passed,
        }

    def sentences(self) -> list[str]:
        """Return the report in whole sentences."""
        told = [ngettext("%(n)d ballot.", "%(n)d ballots.", self.ballots) % {"n": self.ballots}]
        if not self.passed:
            told.append(
                _(
                    "Fewer than %(k)d people voted, so their ballots cannot be published without showing how somebody voted."
                )
                % {"k": self.k}
            )
        if not self.columns_in:
            told.append(_("The ballots carry nothing about the voters."))
        else:
            dropped = [name for name in self.columns_in if name not in self.columns_out]
            if self.coarsened:
                told.append(_("Made coarser: %(names)s.") % {"names": ", ".join(self.coarsened)})
            if dropped:
                told.append(_("Left out: %(names)s.") % {"names": ", ".join(dropped)})
            if self.columns_out:
                told.append(
                    _("Kept: %(names)s; the smallest group that shares all of them has %(n)d ballots.")
                    % {"names": ", ".join(self.columns_out), "n": self.smallest_group}
                )
        if self.alike_groups:
            told.append(
                ngettext(
                    "In %(n)d group everybody voted the same.",
                    "In %(n)d groups everybody voted the same.",
                    self.alike_groups,
                )
                % {"n": self.alike_groups}
            )
        if self.unique_patterns:
            told.append(
                ngettext(
                    "%(n)d ballot was filled in like no other: whoever knows a voter's choices can find it.",
                    "%(n)d ballots were filled in like no other: whoever knows a voter's choices can find theirs.",
                    self.unique_patterns,
                )
                % {"n": self.unique_patterns}
            )
        return told


@dataclass(frozen=True)
class _Groups:
    """How many ballots share their attributes, and in which groups all choices are the same."""

    sizes: Counter
    alike: frozenset

    def unsafe(self, minors_at: int | None) -> int:
        """Return how many ballots lie in groups too small or all alike."""
        return sum(
            size
            for cells, size in self.sizes.items()
            if cells in self.alike
            or size < (K_MINORS if minors_at is not None and cells[minors_at] == _MINORS else K)
        )


def publication_gate(columns: Sequence[str], ballots: Mapping[tuple[Cells, Hashable], int]) -> GateReport:
    """Decide what of the voters' attributes may be published with their ballots.

    `ballots` maps (cells of `columns`, choices) to the number of such ballots. Exact ages always become bands. While a group
    that shares all attributes has fewer than `K` ballots (`K_MINORS` for the band of minors) or voted all the same
    (k-anonymity, Sweeney 2002, and homogeneity, Machanavajjhala et al. 2007), columns are dropped, ages made coarser first;
    then every dropped column that turns out harmless comes back. The report's `recode` maps the cells to those to publish.
    """
    columns = tuple(columns)
    total = sum(ballots.values())
    levels = {name: 1 if name == "age" else 0 for name in columns}
    order = sorted(
        columns, key=lambda name: (_KEEP_LONGEST.index(name) if name in _KEEP_LONGEST else -1, name)
    )
    steps = [name for name in order if name != "age"]
    if "age" in columns:
        steps = [
            *(name for name in steps if name not in _KEEP_LONGEST),
            "age",
            *(n for n in steps if n in _KEEP_LONGEST),
            "age",
        ]
    taken: list[str] = []
    for name in steps:
        if not _unsafe(columns, levels, ballots):
            break
        levels[name] = 2 if name == "age" and levels[name] == 1 else 3
        taken.append(name)
    for name in reversed(taken):
        before = levels[name]
        levels[name] = before - 1 if name == "age" else 0
        if _unsafe(columns, levels, ballots):
            levels[name] = before
    recode = _recoder(columns, levels)
    groups = _grouped(columns, levels, ballots)
    patterns: Counter = Counter()
    for (_cells, choices), count in ballots.items():
        patterns[choices] += count
    return GateReport(
        ballots=total,
        columns_in=columns,
        columns_out=tuple(name for name in columns if levels[name] < 3),
        coarsened=tuple(name for name in columns if 0 < levels[name] < 3),
        smallest_group=min(groups.sizes.values(), default=0),
        alike_groups=len(groups.alike),
        unique_patterns=sum(count == 1 for count in patterns.values()),
        recode={cells: recode(cells) for cells in {cells for cells, _choices in ballots}},
    )


def _unsafe(columns: Cells, levels: Mapping[str, int], ballots: Mapping[tuple[Cells, Hashable], int]) -> int:
    kept = [name for name in columns if levels[name] < 3]
    if not kept:
        return 0
    return _grouped(columns, levels, ballots).unsafe(kept.index("age") if "age" in kept else None)


def _grouped(
    columns: Cells, levels: Mapping[str, int], ballots: Mapping[tuple[Cells, Hashable], int]
) -> _Groups:
    recode = _recoder(columns, levels)
    known: dict[Cells, Cells] = {}
    sizes: Counter = Counter()
    first: dict[Cells, Hashable] = {}
    mixed: set[Cells] = set()
    for (cells, choices), count in ballots.items():
        group = known.get(cells)
        if group is None:
            group = known[cells] = recode(cells)
        sizes[group] += count
        if first.setdefault(group, choices) != choices:
            mixed.add(group)
    return _Groups(
        sizes, frozenset(group for group, size in sizes.items() if size > 1 and group not in mixed)
    )


def _recoder(columns: Cells, levels: Mapping[str, int]):
    change = {1: partial(_band, _BANDS), 2: partial(_band, _WIDE_BANDS)}
    kept = [(position, change.get(levels[name])) for position, name in enumerate(columns) if levels[name] < 3]

    def recode(cells: Cells) -> Cells:
        return tuple([turn(cells[position]) if turn else cells[position] for position, turn in kept])

    return recode


def _band(bands: Sequence[tuple[int, str]], cell: str) -> str:
    """Return the band of an age or of a band's lower end; nothing for what is no age."""
    start = cell.strip().removesuffix("+").split("-")[0].split(".")[0]
    if not (start.isascii() and start.isdigit()) or len(start) > 3:
        return ""
    return [name for lowest, name in bands if int(start) >= lowest][-1]
