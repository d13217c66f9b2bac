"""Wagtail's admin without inline scripts: its known start-up calls become data that one script file carries out.

Wagtail 8 still starts its date pickers, choosers and inline panels by `<script>` elements in the page. The content security
policy forbids those. Allowing them by 'unsafe-inline', or by a nonce given to whatever is in the page, would also allow what
an attacker got into it. So answers of the admin are rewritten: a script that is exactly one call from the list below, with
plain JSON for arguments, becomes `<script type="application/json" data-admin-widget="NAME">[ARGUMENTS]</script>`, which
`admin_widgets.js` hands to the function of that name. Anything else stays what it was, and stays blocked.
"""

import json
import re

from django.utils.html import _json_script_escapes

CALLS = frozenset(
    {
        "initDateChooser",
        "initDateTimeChooser",
        "initTimeChooser",
        "Chooser",
        "DocumentChooser",
        "ImageChooser",
        "InlinePanel",
        "MultipleChooserPanel",
        "PageChooser",
        "SnippetChooser",
        "TaskChooser",
    }
)
_INLINE = re.compile(r"<script>(?P<code>.*?)</script>", re.DOTALL)
_WRAPPED = re.compile(r"\(function\(\) \{\s*var panel = (?P<call>.*;)\s*\}\)\(\);", re.DOTALL)
_CALL = re.compile(r"(?:new )?(?P<name>[A-Za-z]+)\((?P<arguments>.*)\);", re.DOTALL)
_PARSED = re.compile(r'JSON\.parse\((?P<text>".*")\)', re.DOTALL)


def without_inline_scripts(html: str) -> str:
    """Return `html` with every known start-up call turned into data."""
    return _INLINE.sub(_as_data, html)


def _as_data(script: re.Match) -> str:
    code = script["code"].strip()
    wrapped = _WRAPPED.fullmatch(code)
    call = _CALL.fullmatch(wrapped["call"] if wrapped else code)
    if not call or call["name"] not in CALLS:
        return script[0]
    try:
        parsed = _PARSED.fullmatch(call["arguments"])
        arguments = (
            [json.loads(json.loads(parsed["text"]))] if parsed else json.loads(f"[{call['arguments']}]")
        )
    except ValueError:
        return script[0]
    data = json.dumps(arguments).translate(_json_script_escapes)
    return f'<script type="application/json" data-admin-widget="{call["name"]}">{data}</script>'


def rewritten(content: bytes, content_type: str) -> bytes:
    """Return the body of an admin answer, HTML or JSON that carries HTML, without known inline scripts."""
    if b"<script>" not in content:
        return content
    if content_type.startswith("text/html"):
        return without_inline_scripts(content.decode()).encode()
    if content_type.startswith("application/json"):
        return json.dumps(_in_strings(json.loads(content))).encode()
    return content


def _in_strings(value):
    if isinstance(value, str):
        return without_inline_scripts(value)
    if isinstance(value, list):
        return [_in_strings(each) for each in value]
    if isinstance(value, dict):
        return {key: _in_strings(each) for key, each in value.items()}
    return value
