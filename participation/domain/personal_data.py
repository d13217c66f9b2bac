"""A person's own data: taking it along, and leaving."""

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.foundation.audit import record
from participation.foundation.errors import Conflict, NotAllowed
from participation.queries.personal_data import all_held, held_about


def export_archive(user, *, by) -> bytes:
    """Return a ZIP with one JSON file for each kind of thing the site holds about `user`, and a text that explains them.

    Only the person may do this (NotAllowed otherwise); nothing is stored on the server. The export is logged.
    """
    if not by.is_authenticated or by.pk != user.pk:
        raise NotAllowed(_("Only you can take along your own data."))
    out = io.BytesIO()
    lines = [
        _("What this site holds about you, on %(day)s.") % {"day": timezone.localdate().isoformat()},
        _(
            "Each file has its rows as JSON (UTF-8). Your ballots are not here: nobody can tell which are yours."
        ),
        "",
    ]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for held, rows in held_about(user):
            name = f"{held.model.lower()}.json"
            content = {
                "what": str(held.what),
                "when_you_leave": str(held.on_erasure.label),
                "why": str(held.why),
                "rows": rows,
            }
            archive.writestr(name, json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
            lines.append(f"{name} ({len(rows)}): {held.what}")
        archive.writestr("README.txt", "\n".join(lines) + "\n")
    participant = getattr(user, "participant", None)
    if participant is not None:
        record("participation.export_own_data", participant, by=by)
    return out.getvalue()


def erase_person(user, *, by) -> None:
    """Delete the account of `user` and do with all that hangs on it what each app declares.

    Only the person may do this (NotAllowed otherwise). Staff have to give back their role first (Conflict), so that no
    review or count loses its officer by a click. Cast ballots hold no person; the roll keeps that somebody voted, so that
    nobody votes twice by leaving and coming back (V11).
    """
    if not by.is_authenticated or by.pk != user.pk:
        raise NotAllowed(_("Only you can delete your own account."))
    if user.is_staff or user.is_superuser:
        raise Conflict(
            _("You are staff of this site. Please ask an administrator to take you off the staff first.")
        )
    with transaction.atomic():
        participant = getattr(user, "participant", None)
        if participant is not None:
            record("participation.erase", participant)
        for held in all_held():
            if held.erase is not None:
                held.erase(user)
        user.delete()
