"""The form with which editors describe a neighbourhood."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

MOST_PEOPLE = 50_000_000


class NeighbourhoodForm(WagtailAdminModelForm):
    """Refuses a population that could not be added up."""

    def clean_population(self):
        population = self.cleaned_data.get("population") or {}
        if not isinstance(population, dict) or not all(
            type(number) is int and 0 <= number <= MOST_PEOPLE for number in population.values()
        ):
            raise ValidationError(
                _(
                    "Please write whole numbers of people by age group, for example {“0-5”: 820, “6-17”: 1430}."
                )
            )
        return population
