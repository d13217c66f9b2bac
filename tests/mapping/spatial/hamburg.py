"""Hamburg as the tests know it: 104 Stadtteile, their people, and the libraries."""

import csv
import json
from pathlib import Path

import numpy as np

from mapping.spatial.coverage import Area
from mapping.spatial.outlines import merge_outlines
from mapping.spatial.population import join_by_name, read_population

EVERYONE, CHILDREN, ELDERLY = "Bevölkerung", "Unter 18-Jährige", "65-Jährige und Ältere"


def stadtteile(data: Path) -> dict[str, dict]:
    features = json.loads((data / "boundaries/hamburg/hamburg-quarters.geojson").read_text())["features"]
    return merge_outlines((f["properties"]["name"], f["geometry"]) for f in features)


def profile(data: Path) -> list[tuple[str, dict]]:
    text = (data / "boundaries/hamburg/stadtteilprofile-2014.csv").read_text(encoding="utf-8")
    return read_population(text, groups=[EVERYONE, CHILDREN, ELDERLY])


def areas(data: Path) -> list[Area]:
    outlines = stadtteile(data)
    joined = join_by_name(profile(data), outlines)
    return [Area(name, outlines[name], people) for name, people in joined.matched.items()]


def places(data: Path, kind: str = "libraries") -> np.ndarray:
    with (data / f"places/hamburg/{kind}.csv").open(newline="", encoding="utf-8") as file:
        return np.array([(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)])
