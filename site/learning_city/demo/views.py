"""Pages that only the demo has: sign in as anybody, and read the mails the site has sent."""

import email
import email.policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning_city.demo.people import PASSWORD, sign_ins, user_of

MAILS_SHOWN = 20


@never_cache
@require_safe
def doors(request):
    """List one sign-in per role."""
    return render(request, "learning_city/pages/demo.html", {"sign_ins": sign_ins(), "password": PASSWORD})


@require_POST
def enter(request, slug):
    """Sign in as one of the personas."""
    user = user_of(slug)
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")


@never_cache
@require_safe
def mailbox(request):
    """Show the newest mails, so that sign-in codes and receipts can be read without a mail server."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = (
        sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
        if folder.is_dir()
        else []
    )
    mails = [_read(file) for file in files[:MAILS_SHOWN]]
    return render(request, "learning_city/pages/demo_mailbox.html", {"mails": mails})


def _read(file: Path) -> dict[str, str]:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    return {
        "to": message["To"],
        "subject": message["Subject"],
        "date": message["Date"],
        "text": text.split("\n-----")[0],
    }
