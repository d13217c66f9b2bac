"""The form with which people choose what they hear of, when, and by what way."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.following import choices_of, keep_choices
from participation.enums import Rhythm, Weekday
from participation.foundation.errors import Refused
from participation.foundation.follow_targets import all_sources
from participation.foundation.notices import all_kinds
from participation.foundation.zones import city_zone
from participation.models import Participant
from participation.queries.announcement import readable_things
from participation.queries.delivery import DIGEST, plan_of

NEVER = "never"
THINGS = "follow_"


def _hours(*first: tuple[str, Any]) -> list[tuple[Any, Any]]:
    return [*first, *((hour, f"{hour:02}:00") for hour in range(24))]


def _hour_or_none(value: str) -> int | None:
    return int(value) if value else None


def _zones() -> list[tuple[str, Any]]:
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("", _("As here: %(zone)s") % {"zone": city_zone()}), *((zone, zone) for zone in named)]


class MailChoiceForm(forms.Form):
    """What to follow, when mails come, and which come at all. A kind that can wait has a rhythm of its own."""

    wants_mail = forms.BooleanField(label=_("Send me notices by e-mail"), required=False)
    digests = forms.BooleanField(
        label=_("Send me what can wait, gathered in one mail"),
        required=False,
        help_text=_("When there is nothing new, nothing comes."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect, required=False
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the weekly mail"), choices=Weekday.choices, coerce=int, required=False, empty_value=0
    )
    hour = forms.TypedChoiceField(
        label=_("Hour of the mail"), choices=_hours(), coerce=int, required=False, empty_value=None
    )
    quiet_from = forms.TypedChoiceField(
        label=_("Quiet from"),
        choices=_hours(("", _("no quiet hours"))),
        coerce=_hour_or_none,
        required=False,
        empty_value=None,
        help_text=_("What comes at once waits until the quiet hours are over."),
    )
    quiet_until = forms.TypedChoiceField(
        label=_("Quiet until"),
        choices=_hours(("", _("no quiet hours"))),
        coerce=_hour_or_none,
        required=False,
        empty_value=None,
    )
    zone = forms.ChoiceField(label=_("Time zone"), required=False)
    kinds = forms.MultipleChoiceField(
        label=_("What comes at once"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, participant: Participant, **kwargs):
        self.participant = participant
        self.before = choices_of(participant)
        declared = {name: kind for name, kind in all_kinds().items() if kind.by_mail and name != DIGEST}
        self.at_once = {name: kind.label for name, kind in declared.items() if not kind.can_wait}
        self.waiting = {name: kind.label for name, kind in declared.items() if kind.can_wait}
        refused = set(self.before["refused"])
        plan = plan_of(participant)
        initial = {
            "wants_mail": participant.wants_mail,
            "digests": DIGEST not in refused,
            "kinds": [name for name in self.at_once if name not in refused],
            **{name: getattr(plan, name) for name in self.before["plan"]},
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["zone"].choices = _zones()
        self.fields["kinds"].choices = list(self.at_once.items())
        self._add_things(participant)
        own = [("", _("as chosen above")), *Rhythm.choices, (NEVER, _("not by e-mail"))]
        for name, label in self.waiting.items():
            self.fields[f"rhythm_{name}"] = forms.ChoiceField(label=label, choices=own, required=False)
            chosen = NEVER if name in refused else self.before["rhythms"].get(name, "")
            self.initial[f"rhythm_{name}"] = chosen

    def _add_things(self, participant: Participant) -> None:
        followed = [tuple(each) for each in self.before["things"]]
        for kind, source in all_sources().items():
            things = readable_things(kind, participant)
            if things:
                self.fields[THINGS + kind] = forms.MultipleChoiceField(
                    label=source.label,
                    choices=[(key, thing.title) for key, thing in things.items()],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
                self.initial[THINGS + kind] = [key for of, key in followed if of == kind]

    @property
    def thing_fields(self):
        return [self[name] for name in self.fields if name.startswith(THINGS)]

    @property
    def rhythm_fields(self):
        return [self[f"rhythm_{name}"] for name in self.waiting]

    def save(self) -> bool:
        """Keep the choices; False when they are refused, which the form then tells at the field."""
        try:
            keep_choices(self.participant, self._choices())
        except Refused as refusal:
            self.add_error(refusal.field or None, str(refusal.message))
            return False
        return True

    def _choices(self) -> dict[str, Any]:
        data = self.cleaned_data
        rhythms = {name: data[f"rhythm_{name}"] for name in self.waiting}
        plan = {name: data[name] for name in self.before["plan"]}
        # What the form did not send stays as it was.
        for name in ("rhythm", "hour"):
            plan[name] = data[name] if data[name] not in ("", None) else self.before["plan"][name]
        gone = [each for each in self.before["things"] if THINGS + each[0] not in self.fields]
        return {
            **self.before,
            "wants_mail": data["wants_mail"],
            "plan": plan,
            "refused": [
                *([] if data["digests"] else [DIGEST]),
                *(name for name in self.at_once if name not in data["kinds"]),
                *(name for name, rhythm in rhythms.items() if rhythm == NEVER),
            ],
            "rhythms": {name: rhythm for name, rhythm in rhythms.items() if rhythm not in ("", NEVER)},
            "things": [
                *gone,
                *(
                    [name.removeprefix(THINGS), key]
                    for name in self.fields
                    if name.startswith(THINGS)
                    for key in data[name]
                ),
            ],
        }
