"""The words that places of Aldermouth are described with: kinds, topics, audiences, and one source."""

from learning_city.demo.content.facts import PlaceKind

# slug, name, symbol, description, kinds below it: (slug, name, symbol, description)
_TREE: tuple[tuple[str, str, str, str, tuple[tuple[str, str, str, str], ...]], ...] = (
    ("reading-and-remembering", "Reading and remembering", "book", "Where the city keeps what it knows.", (
        ("library", "Library or archive", "book", "Books, papers and people who find things."),
        ("museum", "Museum or monument", "museum", "Things that tell stories, indoors and out."),
    )),
    ("meeting", "Meeting", "house", "Where learning starts with a cup of something.", (
        ("community", "Community centre", "house", "Halls, clubs and houses for everybody."),
        ("home", "Learning at home", "pin", "Kitchens and living rooms whose owners open the door."),
        ("family", "Families and small children", "child", "For those under six and those who run after them."),
        ("faith", "House of faith", "faith", "Churches, mosques, temples and what is taught in them."),
    )),
    ("studying", "Studying", "school", "Where one can sit a lesson, or an examination.", (
        ("school", "School", "school", "Schools that open to their neighbours too."),
        ("college", "College or adult education", "university", "Courses with and without a certificate."),
        ("digital", "Digital learning space", "screen", "Computer rooms, and places that are only on the net."),
    )),
    ("making-and-working", "Making and working", "tools", "Where learning leaves shavings.", (
        ("workshop", "Workshop", "tools", "Benches, ovens, sewing machines and advice."),
        ("work", "Learning at work", "work", "Firms and offices that show how it is done."),
    )),
    ("playing", "Stage, sport and outdoors", "stage", "Where learning is out of breath, or out of doors.", (
        ("stage", "Stage, music or film", "stage", "Theatres, choirs, studios."),
        ("sport", "Sport and movement", "sport", "Pools, halls and pitches with somebody who teaches."),
        ("nature", "Garden or nature", "tree", "Orchards, allotments, mud."),
    )),
)  # fmt: skip

PLACE_KINDS: tuple[PlaceKind, ...] = tuple(
    kind
    for slug, name, symbol, text, below in _TREE
    for kind in (
        PlaceKind(slug, name, "", symbol, text),
        *(PlaceKind(each[0], each[1], slug, each[2], each[3]) for each in below),
    )
)

TOPICS: dict[str, str] = {
    "reading": "Reading and writing",
    "languages": "Languages",
    "computers": "Computers and phones",
    "repairing": "Repairing things",
    "crafts": "Crafts",
    "cooking": "Cooking and baking",
    "music": "Music",
    "stage": "Theatre, film and radio",
    "history": "History of the city",
    "science": "Science and technology",
    "nature": "Plants and animals",
    "sea": "The sea and boats",
    "health": "Health and first aid",
    "moving": "Moving and sport",
    "work": "Work and business",
    "money": "Money and official letters",
    "democracy": "Having a say",
    "small-children": "Life with small children",
}

AUDIENCES: dict[str, str] = {
    "children": "Children",
    "young": "Young people",
    "families": "Families",
    "older": "Older people",
    "newcomers": "Newcomers to the city",
    "work-seekers": "People looking for work",
    "carers": "People who care for others",
    "deaf": "Deaf and hard of hearing people",
    "blind": "Blind and partially sighted people",
    "women": "Women",
    "beginners": "People who have not learned anything for a long time",
}

SOURCE = ("Register of Public Buildings", "City of Aldermouth, Register of Public Buildings, CC BY 4.0")
SOURCE_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
