"""Learning places of Barrow Heath: a hospital, a prison, and forty minutes by bus to everything else."""

from functools import partial

from learning_city.demo.content.facts import Place
from learning_city.demo.content.places.writing import listed, write

_write = partial(write, "barrow-heath")
_listed = partial(listed, "barrow-heath")

PLACES: tuple[Place, ...] = (
    _write(
        "Hospital Learning Centre",
        "college",
        "Classrooms in the east wing, open to staff, carers, patients and their visitors.",
        venue="heath-hospital",
        learn="Caring for somebody at home, understanding a diagnosis, medical English.",
        topics="health languages work",
        audience="carers newcomers work-seekers",
        hours="Mo-Fr 08:00-17:00; Tu 08:00-20:00; PH off",
        reach="pew",
        cost="free",
        languages="en es tl pl",
        access="yyyy",
        organisation="heath-hospital-trust",
        seen="steward 32",
    ),
    _write(
        "Open Gate Reading Room",
        "community",
        "Opposite the prison gate: tea, a telephone, and somebody who fills in the form with you.",
        """Volunteers read and teach inside and wait outside. Families use the play corner before visits; people who
        come out use everything else.""",
        at="340 Heath Road",
        learn="Reading, e-mail, applying for a flat, breathing.",
        topics="reading computers money",
        audience="beginners families work-seekers",
        hours="Tu-Fr 09:00-16:00; Sa 12:00-17:00",
        cost="free",
        languages="en ro pl",
        access="yy-y",
        organisation="open-gate",
        seen="steward 48",
    ),
    _write(
        "Barrow Hall",
        "community",
        "Village hall with a stage, a stove and a bus timetable everybody knows by heart.",
        venue="barrow-hall",
        learn="Line dance, heath archaeology, theatre once a year.",
        topics="moving history stage",
        audience="older families",
        hours="Mo,Th 14:00-17:00; Sa[2] 10:00-16:00",
        reach="p",
        cost="partly",
        access="ynn-",
        seen="scout 480",
    ),
    _write(
        "The Barrows",
        "museum",
        "Eleven Bronze Age graves in the heather, with signs written by stonemasons.",
        learn="Reading a landscape four thousand years old.",
        topics="history nature",
        audience="families older",
        hours="24/7",
        remark="Guided walk on the first Sunday of the month, from the car park.",
        reach="",
        cost="free",
        access="n---",
        seen="",
    ),
    _listed("1001", "Heather Close School", "school", "38 Heather Close", "Mo-Fr 08:00-15:30; PH off", access="y---"),
    _listed("1002", "Heather Close Nursery", "family", "24 Heather Close", "Mo-Fr 05:30-18:00; PH off"),
)  # fmt: skip
