"""The form with which an editor sets up a budget."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from budgeting.domain.budget import record_refused_change
from budgeting.validators import frozen_changes, frozen_error, is_frozen


class BudgetPageForm(WagtailAdminPageForm):
    """Tells the editor in words when a change would touch rules that voting has frozen (V9)."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if is_frozen(self.instance) and {"phases", "areas"} <= self.formsets.keys():
            try:
                self._refuse_frozen_changes(cleaned)
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    def _refuse_frozen_changes(self, cleaned: dict[str, Any]) -> None:
        phases, areas = self.formsets["phases"], self.formsets["areas"]
        if not (phases.is_valid() and areas.is_valid()):
            return
        changes = frozen_changes(
            self.instance,
            phases=_rows(phases),
            areas=_rows(areas),
            currency=cleaned.get("currency", self.instance.currency),
        )
        if changes:
            record_refused_change(self.instance, by=self.for_user, changes=changes)
            raise frozen_error(changes)

    def _post_clean(self) -> None:
        super()._post_clean()
        # The page's own `clean` says the same of the old children when only the currency is touched: once is enough.
        messages = self.errors.get("__all__")
        if messages and len({str(message) for message in messages}) < len(messages):
            self.errors["__all__"] = self.error_class(dict.fromkeys(map(str, messages)))


def _rows(formset: Any) -> Iterable[Any]:
    deleted = set(formset.deleted_forms)
    return [
        form.instance
        for form in formset.forms
        if form not in deleted and (form.instance.pk or form.has_changed())
    ]
