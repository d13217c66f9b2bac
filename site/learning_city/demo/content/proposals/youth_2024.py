"""Youth Budget 2024, small and finished: eight projects by and for people from twelve to twenty."""

from functools import partial

from learning_city.demo.content.facts import Proposal
from learning_city.demo.content.proposals.writing import write

_write = partial(write, "2024-youth")

PROPOSALS: tuple[Proposal, ...] = (
    _write(
        "skate-and-weld",
        "Skate It, Weld It",
        """We learn to weld and build three ramps for the dead end behind the Cannery.""",
        """The council says a skate park costs 200,000 euros. We say: steel, a welder who knows what he does, and four
        weekends.

        Sixteen of us, half girls, learn it at the college under the eyes of a master. The ramps are tested
        by the safety office before anybody goes down them. First the master. Then us.""",
        goal="Young people weld safely and see a plan through from drawing to approval.",
        learners=16,
        audience="Young people from 14 on",
        euros=8_900,
        venue="cannery",
        author="mateo-silva",
        organisation="youth-council",
        category="making",
        motif="workbench",
        features="2.2 2.3",
        popularity=2.5,
    ),
    _write(
        "exam-buddies",
        "Exam Buddies",
        """Those who passed last year study with those who will sit it this year, and get cinema tickets for it.""",
        """Nobody explains quadratic equations better than somebody who hated them ten months ago.

        Sixty pairs, once a week from January to May, in the library where it is warm. A teacher trains us for one
        Saturday: how to explain without doing it for the other. The money is for the cinema, for the training,
        and for pizza on the night before the exam.""",
        goal="Pupils pass their exams; buddies learn to explain.",
        learners=120,
        audience="Pupils of the two final years",
        euros=4_600,
        venue="central-library",
        author="ngozi-okafor",
        organisation="youth-council",
        category="reading",
        motif="letters",
        features="2.1 2.2",
        popularity=2.9,
    ),
    _write(
        "queer-history-walk",
        "The Walk They Did Not Print",
        """An audio walk about people of Aldermouth who loved differently, researched and spoken by us.""",
        """In the archive there is a box about the dance café at the fish quay that was raided in 1958. Two of the
        dancers are still alive and would like to be asked.

        Ten of us research with a historian, write and speak. The walk has nine stops and works with any phone or
        with a player from the museum.""",
        goal="Young people work with archives and witnesses and tell history responsibly.",
        learners=10,
        audience="Ten researchers, everybody as listeners",
        euros=5_200,
        venue="customs-house",
        author="freya-holt",
        category="culture",
        motif="harbour",
        features="1.1 1.2",
        sdgs=(4, 10, 16),
        popularity=1.9,
    ),
    _write(
        "cook-for-exam-week",
        "Feed the Brain",
        """A cooking course for people who are about to move out and can only do noodles.""",
        """Eight evenings: a soup, a curry, a bread, eggs in five ways, what to do with a cabbage, what to do when it
        burns. With a shopping list under ten euros each time.

        At the end of it we cook for the whole school in exam week. Three hundred plates, and no noodles.""",
        goal="School leavers cook eight cheap meals and plan for a week.",
        learners=32,
        audience="Young people from 16 on",
        euros=3_800,
        venue="student-kitchen",
        author="freya-holt",
        category="nature",
        motif="cooking",
        features="2.2",
        sdgs=(3, 4),
        popularity=2.2,
    ),
    _write(
        "night-bus-theatre",
        "Theatre on the Night Bus",
        """We write scenes about the way home after dark and play them where they belong: on line N3.""",
        """Girls text each other "home?" at one in the morning. Boys do not know that. After the scene between
        Station Hall and Long Green they do.

        Twelve players, a director from the city theatre, and a driver who is in on it. After each ride there is a
        conversation at the terminus with tea.""",
        goal="Young people turn experience into theatre and talk about safety with each other.",
        learners=12,
        audience="Players from 15 on, and whoever takes the bus",
        euros=6_700,
        venue="station-hall",
        author="ngozi-okafor",
        category="culture",
        motif="theatre",
        features="1.1 1.2",
        sdgs=(4, 5, 11),
        popularity=1.2,
    ),
    _write(
        "band-room",
        "Four Walls and a Drum Kit",
        """A rehearsal room in the old fire engine garage, with one lesson a week for each band.""",
        """There are at least nine bands at our three schools, and all of them rehearse in Finn's cellar, whose
        mother is a saint but not a deaf one.

        The garage at Weirside is dry and far from everybody. With egg boxes (proper ones), a drum kit, two
        amplifiers and a teacher on Thursdays it is a music school.""",
        goal="Bands learn to rehearse, arrange and look after a shared room.",
        learners=45,
        audience="Bands and those who want to start one",
        euros=9_400,
        venue="fire-station",
        author="freya-holt",
        organisation="weirside-brigade",
        category="culture",
        motif="choir",
        features="1.2 2.2",
        popularity=2.3,
    ),
    _write(
        "first-job-first-rights",
        "First Job, First Rights",
        """Three evenings about contracts, breaks and wages for everyone who has a Saturday job.""",
        """I worked four weeks on trial in an ice cream parlour, unpaid. It is forbidden, but nobody had told me.

        A trade unionist, a lawyer and an employer who does it right come to six schools. We act out how to ask for
        your money. Whoever needs help afterwards gets a telephone number with a human being.""",
        goal="Young workers know their rights and how to claim them politely and in writing.",
        learners=180,
        audience="Young people with a first job",
        euros=2_400,
        venue="northfields-school",
        author="ngozi-okafor",
        category="work",
        motif="circle",
        features="1.1 2.3",
        sdgs=(4, 8),
        popularity=1.4,
    ),
    _write(
        "robot-boat",
        "A Robot Fishes for Plastic",
        """We build a small boat which collects plastic in the harbour basin and counts it.""",
        """Mill Three has motors, the boatyard has resin, and the harbour has plastic. A boat as long as a bathtub
        drives its rounds between the pontoons and photographs what it catches.

        We publish the figures every Friday. We are curious which company will be the first to complain.""",
        goal="Young people plan, build and program a machine and publish honest figures.",
        learners=14,
        audience="Young people from 12 on",
        euros=11_500,
        venue="mill-makerspace",
        author="abel-girma",
        organisation="mill-three",
        category="science",
        motif="robot",
        features="1.3 2.4",
        sdgs=(4, 9, 14),
        popularity=1.6,
    ),
)
