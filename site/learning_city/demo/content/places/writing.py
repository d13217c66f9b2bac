"""Writing down a place of the demo city in as few words as it needs."""

import re
import unicodedata
from typing import Any

from learning_city.demo.content.facts import Place, prose
from learning_city.demo.content.geography import venues
from learning_city.demo.content.places.streets import door_at

POSTAL_CODES = {
    "old-quay": "AM1",
    "lantern-hill": "AM2",
    "tramsheds": "AM3",
    "northfields": "AM4",
    "millrace": "AM5",
    "weirside": "AM6",
    "ropewalk": "AM7",
    "the-saltings": "AM8",
    "orchard-end": "AM9",
    "barrow-heath": "AM10",
}
_STATED = {"y": "yes", "p": "partly", "n": "no", "-": ""}


def write(neighbourhood: str, name: str, kind: str, summary: str = "", text: str = "", **facts: Any) -> Place:
    """Return a place. It lies at `venue`, or at the door of `at`; without either it has no point on the map.

    `access` answers for entrance, toilet, hearing loop and quiet space with a letter each: yes, partly, no, or - for not
    stated. `reach` says which of phone, e-mail and website it has; `seen` who confirmed it how many days ago.
    """
    venue = venues().get(facts.get("venue", ""))
    at = facts.get("at", "")
    slug = slug_of(name)
    if venue:
        point = (venue.latitude, venue.longitude)
    else:
        point = door_at(at)[::-1] if at else None
    reach = facts.get("reach", "pe")
    stated = [_STATED[letter] for letter in facts.get("access", "----")]
    who, _, days = facts.get("seen", "").partition(" ")
    return Place(
        slug=slug,
        name=name,
        kind=kind,
        summary=prose(summary),
        description=prose(text),
        what_to_learn=prose(facts.get("learn", "")),
        topics=tuple(facts.get("topics", "").split()),
        audiences=tuple(facts.get("audience", "").split()),
        is_online=facts.get("online", False),
        street=facts.get("street") or (venue.address if venue else at),
        postal_code=POSTAL_CODES.get(neighbourhood, ""),
        neighbourhood=neighbourhood,
        point=point,
        opening_hours=facts.get("hours", ""),
        hours_remark=facts.get("remark", ""),
        has_phone="p" in reach,
        email=f"{slug}@example.org"[-60:] if "e" in reach else "",
        website=f"https://{slug[:60]}.example.org/" if "w" in reach else "",
        cost=facts.get("cost", ""),
        languages=facts.get("languages", ""),
        step_free=stated[0],
        accessible_toilet=stated[1],
        hearing_loop=stated[2],
        quiet_space=stated[3],
        access_note=facts.get("note", ""),
        organisation=facts.get("organisation", ""),
        stewards=tuple(facts.get("stewards", "").split()),
        motif=facts.get("motif", ""),
        verified_by=who,
        verified_days_ago=int(days) if days else None,
        source_key=facts.get("key", ""),
    )


def listed(
    neighbourhood: str, key: str, name: str, kind: str, at: str, hours: str = "", **facts: Any
) -> Place:
    """Return a place that the city knows from its register of buildings only: an address, and little else."""
    facts = {"reach": "p", "seen": "import 62", **facts}
    return write(neighbourhood, name, kind, at=at, hours=hours, key=f"RPB-{key}", **facts)


def slug_of(name: str) -> str:
    """The name in plain small letters with hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
