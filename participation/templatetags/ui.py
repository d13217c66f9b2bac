"""The design system's template tags: components with logic in them; `docs/design-system.md` lists all."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput
from django.http import QueryDict
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from participation.foundation.money import format_money
from participation.templatetags.icon_paths import ICON_PATHS

register = template.Library()

Text = str | Promise

TONE_ICONS = {"info": "info", "good": "check", "warn": "warning", "bad": "error", "quiet": ""}
MESSAGE_TONES = {"debug": "info", "info": "info", "success": "good", "warning": "warn", "error": "bad"}
AVATAR_COLOURS = 4


@register.simple_tag
def icon(name: str, label: Text = "", turn: bool = False) -> SafeString:
    """Draw one of our icons; without a label it is decoration. `turn` mirrors it in right-to-left text."""
    return _drawing(name, turn) if not label else _draw(name, turn, label)


def _draw(name: str, turn: bool, label: Text = "") -> SafeString:
    if name not in ICON_PATHS:
        raise template.TemplateSyntaxError(f"There is no icon {name!r}; add it to ICON_PATHS.")
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" width="20" height="20" {}><path d="{}"/></svg>',
        " icon--turn" if turn else "",
        format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"'),
        ICON_PATHS[name],
    )


_drawing = cache(_draw)


@register.filter
def money(cents: int | None, currency: str = "EUR") -> str:
    """Write whole cents the way the reader's language does; nothing stays nothing."""
    return "" if cents is None else format_money(cents, currency)


@register.simple_tag(name="money")
def money_tag(cents: int | None, currency: str = "EUR") -> SafeString:
    """The same as the filter, kept on one line."""
    return format_html('<span class="number">{}</span>', money(cents, currency))


@register.filter
def number(value: int | float | None, decimals: int = 0) -> str:
    """Write a number with the reader's separators: 12480 -> "12,480"."""
    return "" if value is None else number_format(value, decimal_pos=decimals, force_grouping=True)


@register.simple_tag
def behaviours(*names: str) -> SafeString:
    """Load the named files of `static/participation/js/`, after the page."""
    return format_html_join(
        "\n", '<script src="{}" defer></script>', ((static(f"participation/js/{name}.js"),) for name in names)
    )


# Forms


@register.inclusion_tag("participation/components/field.html")
def field(
    bound_field: BoundField, label: Text = "", hint: Text = "", optional: bool = True
) -> dict[str, Any]:
    """Render one form field with label, hint, errors and widget tied together.

    `label` and `hint` replace the form's own words; `optional=False` leaves out "(optional)".
    """
    if hint:
        bound_field.help_text = hint
    widget = bound_field.field.widget
    return {
        "field": bound_field,
        "label": label or bound_field.label,
        "is_check": isinstance(widget, CheckboxInput),
        "is_choices": bound_field.use_fieldset,
        "show_optional": optional
        and not bound_field.field.required
        and not isinstance(widget, CheckboxInput),
        "counted": widget.attrs.get("maxlength") if not hasattr(widget, "input_type") else None,
    }


@register.inclusion_tag("participation/components/fields.html")
def fields(form: BaseForm, optional: bool = True) -> dict[str, Any]:
    """Render all fields of a form, hidden ones first, without the form element and its summary of errors."""
    return {"form": form, "optional": optional}


@register.inclusion_tag("participation/components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet, focus: bool = True) -> dict[str, Any]:
    """List what is wrong in these forms and formsets, each line linked to its field."""
    return {"focus": focus, "errors": [error for form in forms for error in _errors_of(form)]}


def _errors_of(form: BaseForm | BaseFormSet) -> Iterable[dict[str, Any]]:
    if not form.is_bound:
        return
    for message in form.non_form_errors() if isinstance(form, BaseFormSet) else form.non_field_errors():
        yield {"message": message, "target": ""}
    if isinstance(form, BaseFormSet):
        for member in form.forms:
            yield from _errors_of(member)
        return
    for bound_field in form:
        target = "" if bound_field.is_hidden else bound_field.id_for_label or f"{bound_field.auto_id}_0"
        for message in bound_field.errors:
            yield {"message": message, "target": target, "label": bound_field.label}


@register.simple_block_tag
def filter_form(content: str, label: Text = "", action: str = "", reset: str = "") -> SafeString:
    """A search or filter form sent by GET; `reset` is the address that shows everything again."""
    context = {"content": content, "label": label or _("Filter"), "action": action, "reset": reset}
    return render_to_string("participation/components/filter_form.html", context)


# Words about things


@register.simple_tag
def status(label: Text, tone: str = "quiet", icon_name: str | None = None) -> SafeString:
    """A state in words; the tone (info, good, warn, bad, quiet) only repeats it in colour."""
    name = TONE_ICONS[tone] if icon_name is None else icon_name
    return format_html('<span class="status status--{}">{}{}</span>', tone, icon(name) if name else "", label)


@register.simple_tag
def avatar(name: str) -> SafeString:
    """The initials of a name in a circle, always beside the name itself and so hidden from screen readers."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    initials = "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()
    colour = zlib.crc32(str(name).encode()) % AVATAR_COLOURS + 1
    return format_html(
        '<span class="avatar avatar--{}" aria-hidden="true">{}</span>', colour, initials or "?"
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Text = "", live: bool = False) -> SafeString:
    """A message in the page; `live` announces it when it appears without a new page."""
    context = {"content": content, "tone": tone, "icon": TONE_ICONS[tone], "title": title, "live": live}
    return render_to_string("participation/components/notice.html", context)


@register.filter
def message_tone(message: Any) -> str:
    """The tone of a message of Django's messages framework."""
    return MESSAGE_TONES.get(message.level_tag, "info")


@register.simple_block_tag
def empty(content: str, title: Text, icon_name: str = "search") -> SafeString:
    """What a list says when it has nothing to show, and what to do next."""
    context = {"content": content, "title": title, "icon": icon_name}
    return render_to_string("participation/components/empty.html", context)


@register.simple_block_tag
def hero(
    content: str, title: Text, lead: Text = "", kicker: Text = "", art: str = "", small: bool = False
) -> SafeString:
    """The top of a page with its only h1; the content holds buttons, `art` is the address of a picture."""
    context = {"content": content, "title": title, "lead": lead, "kicker": kicker, "art": art, "small": small}
    return render_to_string("participation/components/hero.html", context)


@register.simple_block_tag
def dialog(content: str, id: str, title: Text) -> SafeString:
    """A native dialog, opened by a link with `data-dialog="<id>"` to a page that does the same."""
    return render_to_string(
        "participation/components/dialog.html", {"content": content, "id": id, "title": title}
    )


# Figures


@register.simple_block_tag
def table(content: str, caption: Text, hide_caption: bool = False) -> SafeString:
    """A table with a caption that scrolls by itself on narrow screens; the content is thead, tbody, tfoot."""
    context = {"content": content, "caption": caption, "hide_caption": hide_caption}
    return render_to_string("participation/components/table.html", context)


@register.inclusion_tag("participation/components/bar.html")
def bar(share: float, tone: str = "") -> dict[str, str]:
    """A bar that is filled to `share` (0 to 1): decoration beside the figure in words."""
    return {"width": f"{min(max(share, 0), 1) * 100:.1f}%", "tone": tone}


@register.inclusion_tag("participation/components/bar_chart.html")
def bar_chart(
    caption: Text,
    rows: Sequence[tuple],
    label_heading: Text = "",
    value_heading: Text = "",
    currency: str = "",
) -> dict[str, Any]:
    """A table of (label, number) rows whose last column draws the number; with a currency they are cents."""
    most = max((value for _label, value in rows), default=0) or 1
    return {
        "caption": caption,
        "rows": [{"label": label, "value": value, "share": value / most} for label, value in rows],
        "label_heading": label_heading or _("Name"),
        "value_heading": value_heading or _("Number"),
        "currency": currency,
    }


@register.inclusion_tag("participation/components/column_chart.html")
def column_chart(
    caption: Text, rows: Sequence[tuple], label_heading: Text = "", value_heading: Text = ""
) -> dict[str, Any]:
    """Columns over (label, number) rows such as days, with the same figures as a table below."""
    most = max((value for _label, value in rows), default=0) or 1
    step = 100 / max(len(rows), 1)
    columns = [
        {
            "label": label,
            "value": value,
            "x": f"{number * step + step * 0.12:.2f}%",
            "width": f"{step * 0.76:.2f}%",
            "y": f"{100 - value / most * 100:.2f}%",
            "height": f"{value / most * 100:.2f}%",
        }
        for number, (label, value) in enumerate(rows)
    ]
    return {
        "caption": caption,
        "columns": columns,
        "highest": max(columns, key=lambda column: column["value"], default=None),
        "label_heading": label_heading or _("Day"),
        "value_heading": value_heading or _("Number"),
    }


@register.inclusion_tag("participation/components/money_bar.html")
def money_bar(
    used_cents: int = 0,
    total_cents: int | None = None,
    currency: str = "EUR",
    live: bool = False,
    chosen: int | None = None,
    max_items: int | None = None,
) -> dict[str, Any]:
    """How much of an amount is used and left, and how many projects are chosen.

    `live` announces the changes that `ballot.js` writes into it.
    """
    if total_cents is not None:
        share = used_cents / total_cents if total_cents else 0
        is_over = used_cents > total_cents
    else:
        share = (chosen or 0) / max_items if max_items else 0
        is_over = bool(max_items) and (chosen or 0) > max_items
    return {
        "used": used_cents,
        "total": total_cents,
        "left": abs((total_cents or 0) - used_cents),
        "is_over": is_over,
        "share": share,
        "currency": currency,
        "live": live,
        "chosen": chosen,
        "max_items": max_items,
    }


# Finding one's way


@register.inclusion_tag("participation/components/pager.html", takes_context=True)
def pager(
    context: Mapping[str, Any], page: Page, label: Text = "", parameter: str = "page", anchor: str = ""
) -> dict[str, Any]:
    """Links to the other pages of a list; the rest of the query string stays as it is.

    `anchor` is the id of the list's heading, where the other pages shall begin for who reads on.
    """

    def address(number: Any) -> str:
        return _address_with(context, parameter, number) + (f"#{anchor}" if anchor else "")

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(number, address(number)) for number in numbers]
    return {
        "page": page,
        "label": label or _("Pages"),
        "gap": page.paginator.ELLIPSIS,
        "links": links,
        "previous": address(page.number - 1),
        "next": address(page.number + 1),
    }


def _address_with(context: Mapping[str, Any], parameter: str, value: Any) -> str:
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[parameter] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def language_links(context: Mapping[str, Any], languages: Iterable[tuple[str, Text]]) -> list[dict[str, Any]]:
    """The languages this page can be read in: code, own name, address ("" where only a form can switch).

    A view that knows better gives `page_languages`, a list of (code, address), in its context.
    """
    active = get_language()
    request = context.get("request")
    known = context.get("page_languages")
    if known is None:
        path = request.get_full_path() if request else ""
        translated = ((code, translate_url(path, code)) for code, _name in languages)
        known = [
            (code, "" if address == path and code != active else address) for code, address in translated
        ]
    return [
        {"code": code, "name": _own_name(code), "address": address, "is_current": code == active}
        for code, address in known
    ]


def _own_name(code: str) -> str:
    try:
        return get_language_info(code)["name_local"]
    except KeyError:
        return code
