"""What happens to a budget as a whole, apart from its ballot box."""

from budgeting.models import ParticipatoryBudget
from participation.foundation.audit import record


def record_refused_change(budget: ParticipatoryBudget, *, by, changes: list[str]) -> None:
    """Write into the audit trail that somebody tried to change frozen rules; nothing of it was saved (V9)."""
    record("budgeting.refuse_change", budget, by=by, changes=changes)
