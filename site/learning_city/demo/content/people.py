"""The people of the demo city: residents who propose and comment, and one persona to sign in as for every role."""

from functools import cache

from learning_city.demo.content.facts import Person

RESIDENT = "resident"

# slug, name, neighbourhood, year of birth, about
_RESIDENTS: tuple[tuple[str, str, str, int, str], ...] = (
    ("amina-warsame", "Amina Warsame", "tramsheds", 1984, "Interpreter, runs the Tuesday language café."),
    ("tomasz-wilk", "Tomasz Wilk", "ropewalk", 1969, "Boatbuilder at Dry Dock Two."),
    ("greta-lindqvist", "Greta Lindqvist", "lantern-hill", 1948, "Retired radio engineer."),
    ("layla-haddad", "ليلى حداد", "tramsheds", 1991, "Pharmacist, arrived from Homs in 2015."),
    ("noa-levi", "נועה לוי", "old-quay", 1996, "Puppeteer and puppet doctor."),
    ("dariush-kazemi", "داریوش کاظمی", "northfields", 1978, "Bus driver, writes poems at the terminus."),
    ("oksana-bondarenko", "Оксана Бондаренко", "tramsheds", 1982, "Nurse, teaches first aid on Saturdays."),
    ("chidi-okafor", "Chidi Okafor", "northfields", 1988, "Swimming teacher."),
    ("ngozi-okafor", "Ngozi Okafor", "northfields", 2009, "Sits on the youth council, plays the trombone."),
    ("mairead-oshea", "Máiréad O'Shea", "the-saltings", 1957, "Allotment 212, worked at the cannery."),
    ("pedro-carvalho", "Pedro Carvalho", "ropewalk", 1975, "Ship's cook, now cooks at the Mission."),
    ("linh-tran", "Trần Thị Linh", "millrace", 1999, "Studies materials at the Technical College."),
    ("hannah-bauer", "Hannah Bauer", "orchard-end", 1986, "Mother of three, cargo bicycle mechanic by need."),
    ("kofi-mensah", "Kofi Mensah", "barrow-heath", 1973, "Prison librarian."),
    ("ines-duarte", "Inês Duarte", "old-quay", 1990, "Curator at the Customs House Museum."),
    ("yusuf-demir", "Yusuf Demir", "tramsheds", 1980, "Repairs sewing machines and most other things."),
    ("elspeth-munro", "Elspeth Munro", "weirside", 1951, "Rings the bells, keeps the ferry timetable."),
    ("rajiv-menon", "Rajiv Menon", "millrace", 1965, "Teaches electronics, restores the mill wheel."),
    ("sofia-papadaki", "Σοφία Παπαδάκη", "orchard-end", 1979, "School gardener and beekeeper."),
    ("liam-fletcher", "Liam Fletcher", "the-saltings", 1994, "Father of twins, wind turbine technician."),
    ("mei-chen", "陈美", "ropewalk", 1987, "Writes software, mentors girls who want to."),
    ("aleksandra-nowak", "Aleksandra Nowak", "old-quay", 1971, "Choir leader at St Brannock's."),
    ("samuel-tesfaye", "Samuel Tesfaye", "tramsheds", 1977, "Baker, opens at five."),
    ("fatou-diallo", "Fatou Diallo", "northfields", 1983, "Care worker on nights."),
    ("bjorn-hagen", "Bjørn Hagen", "lantern-hill", 1944, "Last keeper of the lighthouse."),
    ("carmen-ruiz", "Carmen Ruiz", "barrow-heath", 1968, "Ward sister at Barrow Heath Hospital."),
    ("ewan-baird", "Ewan Baird", "weirside", 1983, "Captain of the volunteer fire brigade."),
    ("sunniva-dahl", "Sunniva Dahl", "lantern-hill", 1962, "Astronomer by night, dentist by day."),
    ("zeynep-arslan", "Zeynep Arslan", "northfields", 2006, "Apprentice electrician."),
    ("marek-hudec", "Marek Hudec", "ropewalk", 1959, "Retired crane operator, learning to read music."),
    ("ife-adeyemi", "Ifẹ́ Adéyẹmí", "millrace", 2001, "Studies nursing, dances on weekends."),
    ("josefine-krag", "Josefine Krag", "orchard-end", 1992, "Primary school teacher."),
    ("dmitri-volkov", "Dmitri Volkov", "old-quay", 1955, "Chess in the library, Wednesdays."),
    ("aisling-byrne", "Aisling Byrne", "the-saltings", 1981, "Ranger at the Saltings Reserve."),
    ("arjun-pillai", "Arjun Pillai", "orchard-end", 1974, "Physics teacher, telescope grinder."),
    ("rosa-marino", "Rosa Marino", "the-saltings", 1950, "Nonna to half of Tin Street."),
    ("henrik-toft", "Henrik Toft", "northfields", 1966, "Chairs the tenants of Rowan Court."),
    ("salma-benali", "Salma Benali", "tramsheds", 1998, "Studies law, coaches futsal."),
    ("paddy-quill", "Paddy Quill", "ropewalk", 1947, "Seafarer, four times around the world."),
    ("wanjiru-kamau", "Wanjirũ Kamau", "barrow-heath", 1985, "Physiotherapist."),
    ("lotte-visser", "Lotte Visser", "millrace", 1989, "Puts bicycles back on the road."),
    (
        "gabriel-ionescu",
        "Gabriel Ionescu",
        "tramsheds",
        1993,
        "Lorry driver, learned Danish from audio books.",
    ),
    ("edith-crane", "Edith Crane", "lantern-hill", 1939, "Took up video calls at eighty-one."),
    ("omar-siddiqui", "عمر صدیقی", "northfields", 1970, "Taxi driver and cricket umpire."),
    ("freya-holt", "Freya Holt", "weirside", 2008, "Sits on the youth council, rows."),
    ("kaito-mori", "森 海斗", "millrace", 2003, "Builds robots that mostly work."),
    ("beatrix-lowe", "Beatrix Lowe", "orchard-end", 1953, "Botanist, talks to trees professionally."),
    (
        "hamid-rahimi",
        "حمید رحیمی",
        "barrow-heath",
        1990,
        "Stonemason, learning the trade's words in English.",
    ),
    ("clara-nyberg", "Clara Nyberg", "old-quay", 1978, "Deaf. Teaches sign language and rock climbing."),
    ("tunde-bello", "Tunde Bello", "ropewalk", 1995, "Sound technician."),
    ("ilse-vanacker", "Ilse Vanacker", "weirside", 1964, "Market gardener, sells at the depot."),
    ("mateo-silva", "Mateo Silva", "the-saltings", 2010, "Skates, draws comics, sits on the youth council."),
    ("ruth-adler", "Ruth Adler", "lantern-hill", 1946, "Taught Latin for forty years."),
    ("vikram-rao", "Vikram Rao", "orchard-end", 1982, "Drives the library van."),
    ("signe-lauritsen", "Signe Lauritsen", "barrow-heath", 1976, "Teaches adults to read."),
    ("abel-girma", "Abel Girma", "northfields", 2011, "Won the chess cup, wants a drone."),
    ("nadia-petrova", "Nadia Petrova", "millrace", 1986, "Runs Halfway Kitchen."),
    ("callum-reid", "Callum Reid", "ropewalk", 2004, "Out of work, into coding."),
    ("maryam-sadiq", "Maryam Sadiq", "tramsheds", 1960, "Head of Kiln Street Primary School."),
    ("ottilie-brandt", "Ottilie Brandt", "old-quay", 1935, "Was a switchboard girl at the harbour exchange."),
)

# role, slug, name, neighbourhood, year of birth, verified, about
_PERSONAS: tuple[tuple[str, str, str, str, int, bool, str], ...] = (
    ("citizen", "citizen", "Robin Vale", "old-quay", 1993, False,
     "Moved here in spring; may propose and comment, and votes once the desk has checked the address."),
    ("resident", "resident", "Marta Silvestre", "northfields", 1985, True,
     "Verified resident: has one vote in every budget."),
    ("chair", "chair", "Ibrahim Saleh", "tramsheds", 1972, True, "Chairs the Tramsheds neighbourhood committee."),
    ("moderator", "moderator", "Joanna Pike", "millrace", 1988, True, "Keeps discussions fair, with reasons."),
    ("officer", "officer", "Daniel Achterberg", "orchard-end", 1979, True,
     "Runs the learning budget at City Hall and reviews proposals."),
    ("editor", "editor", "Priya Raman", "ropewalk", 1990, True, "Writes the city's pages."),
    ("administrator", "admin", "Ulla Sørensen", "lantern-hill", 1967, True, "Looks after the site itself."),
)  # fmt: skip


@cache
def people() -> tuple[Person, ...]:
    """Sixty verified residents in a fixed order."""
    return tuple(
        Person(slug, name, f"{slug.replace('-', '.')}@example.org", home, RESIDENT, born, about)
        for slug, name, home, born, about in _RESIDENTS
    )


@cache
def personas() -> dict[str, Person]:
    """One person to sign in as for every role, by role; the officer is the reviewer too."""
    return {
        role: Person(slug, name, f"{slug}@example.org", home, role, born, about, verified=verified)
        for role, slug, name, home, born, verified, about in _PERSONAS
    }


@cache
def everyone() -> dict[str, Person]:
    """Residents and personas by slug."""
    return {person.slug: person for person in (*people(), *personas().values())}
