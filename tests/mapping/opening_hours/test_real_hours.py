"""The hours of Edinburgh's places and of Slovak libraries, as the cities and mappers wrote them."""

import csv
import json

from mapping.opening_hours import NotUnderstood, check, understand
from tests.mapping.opening_hours.edinburgh_hours import REFUSED, UNDERSTOOD

EDINBURGH = (
    ("community-centres.csv", "Opening Hours"),
    ("leisure.csv", "Opening hours"),
    ("libraries-with-opening-hours.csv", "Opening hours"),
    ("museums-and-galleries.csv", "Opening Hours"),
)


def written(folder, name, column):
    with open(folder / name, newline="", encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file) if (row[column] or "").strip()]


def test_edinburgh_is_read_as_a_person_reads_it(shared_data):
    texts = [
        text
        for name, column in EDINBURGH
        for text in written(shared_data / "places" / "edinburgh", name, column)
    ]
    understood = 0

    for text in texts:
        words = " ".join(text.split())
        try:
            answer, refusal = understand(text), None
        except NotUnderstood as error:
            answer, refusal = None, error
        if refusal:
            assert (words, refusal.reason) == (words, REFUSED.get(words))
        else:
            understood += 1
            assert (words, (answer.osm, answer.remarks)) == (words, UNDERSTOOD.get(words))
            assert not answer.was_osm

    print(f"Edinburgh: {understood} of {len(texts)} understood, {len(texts) - understood} refused.")
    assert (len(texts), understood) == (108, 95)


def test_stops_of_the_mobile_library(shared_data):
    texts = written(shared_data / "places" / "edinburgh", "mobile-library-stops.csv", "Day and time")
    refused = {}

    for text in texts:
        try:
            osm = understand(text).osm
        except NotUnderstood as refusal:
            refused[text] = refusal.reason
        else:
            day, hours = osm.split()
            assert day in ("Mo", "Tu", "We", "Th", "Fr")
            assert "10:00" <= hours.split("-")[0] < hours.split("-")[1] <= "19:30"

    print(f"Mobile library: {len(texts) - len(refused)} of {len(texts)} understood.")
    assert len(texts) == 78
    assert [*refused.values()] == ["words"]  # "Library parks in layby near ..."


def test_slovak_libraries_are_in_notation_but_for_one(shared_data):
    places = json.loads((shared_data / "places" / "slovakia" / "osm-libraries-overpass.json").read_text())
    elements = places if isinstance(places, list) else places["elements"]
    hours = [value for place in elements if (value := place.get("tags", {}).get("opening_hours"))]
    refused = []

    for value in hours:
        try:
            check(value)
        except NotUnderstood:
            refused.append(value)

    print(f"Slovakia: {len(hours) - len(refused)} of {len(hours)} are notation.")
    assert len(hours) == 69
    assert refused == ["Mo-We_07:30-18:00; Th_12:00-18:00; Fr_07:30-18:00; Sa_09:00-12:00"]
    assert understand(refused[0]).osm == "Mo-We,Fr 07:30-18:00; Th 12:00-18:00; Sa 09:00-12:00"
