"""What the votes alone do not decide: fixed winners, projects that exclude or need each other, and quotas.

Peters, Pierczyński and Skowron treat such side constraints by leaving out, in each round, what may no longer be
funded; we do the same under every rule. Rey, Endriss and de Haan, "Designing Participatory Budgeting Mechanisms
Grounded in Judgment Aggregation" (KR 2020), name the kinds: incompatible projects, dependencies, quotas by category.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so much money (units) or so many projects for a group of projects, such as a category or a district."""

    name: str
    projects: tuple[str, ...]
    most_cost: int | None = None
    most_projects: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Project ids that win whatever the votes say, and what may not win together.

    fixed: winners from the start; their cost is taken from the budget before the rule begins.
    conflicts: groups of projects of which at most one may win.
    requires: pairs (project, needed): the first may win only if the second has won before it.
    quotas: bounds for groups of projects; fixed winners count towards them.
    """

    fixed: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    quotas: tuple[Quota, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fixed or self.conflicts or self.requires or self.quotas)

    def as_dict(self) -> dict[str, object]:
        """Return the limits as plain data for JSON, amounts in units."""
        return {
            "fixed": list(self.fixed),
            "conflicts": [list(group) for group in self.conflicts],
            "requires": [list(pair) for pair in self.requires],
            "quotas": [
                [quota.name, list(quota.projects), quota.most_cost, quota.most_projects]
                for quota in self.quotas
            ],
        }


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Block:
    """Why a project may not win now: a kind of reason and its numbers; `for_good` says whether that can change."""

    kind: str
    numbers: Mapping[str, "int | str | list[str]"]
    for_good: bool


class Permits:
    """The limits of an election by position: whether a project may be funded beside those already funded.

    Raises ValueError in words where the limits contradict each other or name an unknown project.
    """

    def __init__(self, limits: Limits, ids: Sequence[str], costs: Sequence[int], budget: int) -> None:
        self.ids = ids
        self.costs = costs
        self._at = {project: position for position, project in enumerate(ids)}
        self.fixed = sorted({self._position(project) for project in limits.fixed})
        self._rivals: dict[int, set[int]] = {}
        for group in limits.conflicts:
            members = {self._position(project) for project in group}
            for member in members:
                self._rivals.setdefault(member, set()).update(members - {member})
        self._needs: dict[int, set[int]] = {}
        for project, needed in limits.requires:
            self._needs.setdefault(self._position(project), set()).add(self._position(needed))
        self._quotas = [
            (quota, {self._position(project) for project in quota.projects}) for quota in limits.quotas
        ]
        self.any = bool(limits)
        if self.any:
            self._refuse_circles()
            self._refuse_impossible_winners(budget)

    def _position(self, project: str) -> int:
        if project not in self._at:
            raise ValueError(f"The limits name the project “{project}”, which is not in the list.")
        return self._at[project]

    def _refuse_circles(self) -> None:
        settled: set[int] = set()
        for start in self._needs:
            path: list[int] = []
            self._follow(start, path, settled)

    def _follow(self, project: int, path: list[int], settled: set[int]) -> None:
        if project in path:
            circle = ", ".join(self.ids[p] for p in path[path.index(project) :])
            raise ValueError(f"These projects need each other in a circle: {circle}.")
        if project in settled:
            return
        path.append(project)
        for needed in sorted(self._needs.get(project, ())):
            self._follow(needed, path, settled)
        path.pop()
        settled.add(project)

    def _refuse_impossible_winners(self, budget: int) -> None:
        funded: set[int] = set()
        waiting = list(self.fixed)
        while waiting:
            ready = [project for project in waiting if self.block(project, funded) is None]
            if not ready:
                names = ", ".join(self.ids[project] for project in waiting)
                raise ValueError(f"These fixed winners may not win together: {names}.")
            funded.add(ready[0])
            waiting.remove(ready[0])
        if sum(self.costs[project] for project in self.fixed) > budget:
            raise ValueError("The fixed winners cost more than the budget.")

    def block(self, project: int, funded: Collection[int]) -> Block | None:
        """Return why the project may not be funded beside these, or None if it may."""
        if not self.any:
            return None
        rivals = [rival for rival in sorted(self._rivals.get(project, ())) if rival in funded]
        if rivals:
            return Block("excluded", {"excluded_by": self.ids[rivals[0]]}, for_good=True)
        for quota, members in self._quotas:
            if project not in members:
                continue
            taken = [member for member in members if member in funded]
            if quota.most_projects is not None and len(taken) >= quota.most_projects:
                return Block(
                    "quota-projects", {"quota": quota.name, "most": quota.most_projects}, for_good=True
                )
            spent = sum(self.costs[member] for member in taken)
            if quota.most_cost is not None and spent + self.costs[project] > quota.most_cost:
                return Block(
                    "quota-money", {"quota": quota.name, "left": quota.most_cost - spent}, for_good=True
                )
        missing = [needed for needed in sorted(self._needs.get(project, ())) if needed not in funded]
        if missing:
            return Block("needs-others", {"needs": [self.ids[needed] for needed in missing]}, for_good=False)
        return None

    def allowed(self, projects: Iterable[int], funded: Collection[int]) -> list[int]:
        """Return those of the projects that may be funded beside these."""
        if not self.any:
            return list(projects)
        return [project for project in projects if self.block(project, funded) is None]
