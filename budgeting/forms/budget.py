"""The form with which an editor sets up a budget."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
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
        # The page's own `clean` would say the same a second time.
        if not self.has_error(NON_FIELD_ERRORS, "frozen"):
            super()._post_clean()


def _rows(formset: Any) -> Iterable[Any]:
    deleted = set(formset.deleted_forms)
    return [
        form.instance
        for form in formset.forms
        if form not in deleted and (form.instance.pk or form.has_changed())
    ]
