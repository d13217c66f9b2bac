"""Adding pictures to what one writes, with the words for who cannot see them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.picture import NewPicture, PictureChanges, new_picture
from participation.foundation.errors import Invalid
from participation.foundation.text import clean_line


class PictureForm(forms.Form):
    """One picture: a new file with its words, or a stored one to reword or remove."""

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 10 MB. We remove the place and time that cameras write into pictures."
        ),
    )
    alt_text = forms.CharField(
        label=_("What does the picture show?"),
        max_length=200,
        required=False,
        help_text=_("For people who cannot see it, for example “Two women mend a bicycle in a yard”."),
    )
    remove = forms.BooleanField(label=_("Remove this picture"), required=False)

    def __init__(self, *args, stored: Any = None, **kwargs):
        self.stored = stored
        if stored:
            kwargs["initial"] = {"alt_text": stored.alt_text}
        super().__init__(*args, **kwargs)
        if stored:
            del self.fields["picture"]
        else:
            del self.fields["remove"]

    @property
    def is_spare(self) -> bool:
        """An empty form after the first, which need not be in sight."""
        return not self.prefix.endswith("-0") and self.stored is None and not self.errors

    def clean(self):
        cleaned = super().clean()
        upload = cleaned.get("picture")
        if self.stored:
            if not cleaned["remove"] and not clean_line(cleaned.get("alt_text", "")):
                self.add_error("alt_text", _("Please say in a few words what the picture shows."))
        elif upload:
            try:
                cleaned["new"] = new_picture(upload, cleaned.get("alt_text", ""))
            except Invalid as refusal:
                self.add_error(refusal.field, str(refusal.message))
        elif clean_line(cleaned.get("alt_text", "")) and "picture" not in self.errors:
            self.add_error("picture", _("Please choose the picture for these words, or remove them."))
        return cleaned


class PictureForms:
    """The picture forms of one thing: its stored ones (rows with `image` and `alt_text`), then empty ones up to `most`."""

    def __init__(self, data=None, files=None, *, stored: Iterable[Any] = (), most: int):
        held = list(stored)
        free = [None] * max(most - len(held), 0)
        self.forms = [
            PictureForm(
                data, files, stored=picture, prefix=f"picture-{picture.pk if picture else f'new-{number}'}"
            )
            for number, picture in enumerate([*held, *free])
        ]

    def __iter__(self):
        return iter(self.forms)

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]  # all are asked, so that all mistakes are told
        return all(valid)

    def changes(self) -> PictureChanges:
        """Return what to do, for the domain."""
        added: list[NewPicture] = [
            form.cleaned_data["new"] for form in self.forms if form.cleaned_data.get("new")
        ]
        held = [form for form in self.forms if form.stored]
        return PictureChanges(
            add=tuple(added),
            keep={
                form.stored.pk: form.cleaned_data["alt_text"]
                for form in held
                if not form.cleaned_data["remove"]
            },
            remove=frozenset(form.stored.pk for form in held if form.cleaned_data["remove"]),
        )
