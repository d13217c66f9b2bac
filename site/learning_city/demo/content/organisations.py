"""The organisations of the demo city and the people who act for them."""

from functools import cache

from learning_city.demo.content.facts import Organisation, prose
from learning_city.demo.content.geography import venues

# slug, name, kind, venue, people, description
_ORGANISATIONS: tuple[tuple[str, str, str, str, tuple[str, ...], str], ...] = (
    ("aldermouth-libraries", "Aldermouth Libraries", "institution", "central-library",
     ("vikram-rao", "dmitri-volkov"),
     """The Central Library, four branches and one van. Seven hundred thousand loans a year, and more people come for
     the tables, the heating and the help than for the books. They are welcome to."""),
    ("welcome-house-association", "Welcome House Association", "community", "welcome-house",
     ("amina-warsame", "layla-haddad", "gabriel-ionescu"),
     """Founded in 1992 by people who had found their own feet and wanted to hold the door open. Advice in eleven
     languages, a language café, help with letters, and a large kitchen."""),
    ("saltings-allotments", "Saltings Allotment Society", "community", "allotment-barn",
     ("mairead-oshea", "aisling-byrne"),
     """Six hundred plots behind the sea wall, a seed library and a barn with a wood stove. New members get half a
     plot and a neighbour who knows about slugs."""),
    ("repair-cafe", "Repair Café Aldermouth", "community", "tram-depot", ("yusuf-demir", "zeynep-arslan"),
     """Every second Saturday in the Old Tram Depot. Last year 1,140 things were carried in broken and 803 were
     carried out working."""),
    ("harbour-swimmers", "Harbour Swimmers Sports Club", "community", "northfields-pool",
     ("chidi-okafor", "salma-benali"),
     """Swimming, water polo and futsal for nine hundred members, with the lowest fees in the city and a rule that
     nobody is sent home for want of trunks."""),
    ("technical-college", "Aldermouth Technical College", "school", "college-hall", ("rajiv-menon", "linh-tran"),
     """Two thousand four hundred apprentices and students of ships, energy, food and care. Its workshops stand open
     on Thursday evenings."""),
    ("mill-three", "Mill Three Makerspace", "community", "mill-makerspace", ("kaito-mori", "mei-chen"),
     """A members' workshop with wood, metal, textile and electronics floors. A third of the members are under
     twenty, and the oldest is eighty-eight and welds."""),
    ("kiln-street", "Kiln Street Primary School", "school", "kiln-street-school", ("maryam-sadiq",),
     """Four hundred and ten pupils, thirty-eight home languages and a parents' room where coffee is always on."""),
    ("orchard-end-school", "Orchard End Primary School", "school", "orchard-school",
     ("josefine-krag", "sofia-papadaki"),
     """A school between apple trees. Every class keeps a bed in the garden and the fourth year keeps the bees."""),
    ("seafarers", "Seafarers' Mission", "community", "seafarers-mission", ("pedro-carvalho", "paddy-quill"),
     """Beds, soup and a telephone for sailors since 1883. The sailors are fewer now and the soup goes further: two
     hundred plates a day for whoever is hungry."""),
    ("radio-alder", "Radio Alder", "community", "radio-loft", ("tunde-bello", "greta-lindqvist"),
     """Community radio on 98.4 and on the net, run by ninety volunteers from a loft in Bell Street. Anyone who has
     done the evening course may have an hour."""),
    ("heath-hospital-trust", "Barrow Heath Hospital Learning Centre", "institution", "heath-hospital",
     ("carmen-ruiz", "wanjiru-kamau"),
     """Trains the hospital's own staff and opens its classrooms to care workers, carers at home and patients."""),
    ("open-gate", "Open Gate", "community", "heath-prison", ("kofi-mensah", "signe-lauritsen"),
     """Volunteers who read, teach and listen inside Barrow Heath Prison and stand at the gate when somebody comes
     out."""),
    ("customs-house-friends", "Friends of the Customs House", "community", "customs-house",
     ("ines-duarte", "tomasz-wilk"),
     """Two hundred friends of the harbour museum who collect stories, oil the crane and lead walks in any weather."""),
    ("rowan-court", "Rowan Court Tenants' Council", "community", "block-nine", ("henrik-toft", "fatou-diallo"),
     """Speaks for 1,300 flats around the Long Green. Runs the community flat in Block Nine: homework, sewing,
     repairs, and a freezer for shared meals."""),
    ("weirside-brigade", "Weirside Volunteer Fire Brigade", "community", "fire-station",
     ("ewan-baird", "elspeth-munro"),
     """Thirty-four volunteers, two engines and a youth squad. Also the only people who know where every hydrant
     is."""),
    ("deaf-centre", "Aldermouth Deaf Centre", "community", "st-brannocks", ("clara-nyberg",),
     """A meeting place for Deaf people and their families since 1931. Everyone signs, guests are taught, and the
     fire alarm is a light."""),
    ("starwatch", "Starwatch Lantern Hill", "community", "observatory-house", ("sunniva-dahl", "arjun-pillai"),
     """Forty stargazers with a dome from 1908, a home-ground mirror and a long quarrel with the street lamps."""),
    ("youth-council", "Aldermouth Youth Council", "institution", "city-hall",
     ("ngozi-okafor", "freya-holt", "mateo-silva"),
     """Twenty-one members between twelve and twenty, elected in the schools every second year. They decide over the
     youth budget and have to be heard on all plans that concern the young."""),
)  # fmt: skip


@cache
def organisations() -> tuple[Organisation, ...]:
    """Nineteen organisations in a fixed order; each sits in the neighbourhood of its venue."""
    return tuple(
        Organisation(
            slug=slug,
            name=name,
            kind=kind,
            description=prose(text),
            neighbourhood=venues()[venue].neighbourhood,
            venue=venue,
            people=members,
            email=f"{slug}@example.org",
        )
        for slug, name, kind, venue, members, text in _ORGANISATIONS
    )
