"""The city's register of public buildings as the file in which its office hands it out."""

import csv
import io
from collections.abc import Iterable

from learning_city.demo.content.facts import Place
from learning_city.demo.content.geography import CITY_NAME
from learning_city.demo.content.places.vocabulary import AUDIENCES, PLACE_KINDS, TOPICS

FILE_NAME = "register-of-public-buildings.csv"
# What a column may be read as -> the heading that the office gave it.
COLUMNS = {
    "source_id": "Number",
    "name": "Building",
    "category": "Use",
    "street": "Address",
    "postal_code": "Postcode",
    "locality": "Town",
    "latitude": "Latitude",
    "longitude": "Longitude",
    "opening_hours": "Opening hours",
    "phone": "Telephone",
    "wheelchair": "Wheelchair",
    "topics": "Subjects",
    "audiences": "Users",
}
_WHEELCHAIR = {"yes": "yes", "partly": "limited", "no": "no", "": ""}


def register_file(places: Iterable[Place]) -> bytes:
    """Return a CSV file of the places that come from the register, UTF-8."""
    uses = {kind.slug: kind.name for kind in PLACE_KINDS}
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS.values())
    for place in places:
        if place.source_key and place.point:
            rows.writerow(
                (
                    place.source_key,
                    place.name,
                    uses[place.kind],
                    place.street,
                    place.postal_code,
                    CITY_NAME,
                    *place.point,
                    place.opening_hours,
                    place.phone,
                    _WHEELCHAIR[place.step_free],
                    "; ".join(TOPICS[slug] for slug in place.topics),
                    "; ".join(AUDIENCES[slug] for slug in place.audiences),
                )
            )
    return text.getvalue().encode()
