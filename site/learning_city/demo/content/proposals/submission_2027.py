"""Learning Budget 2027, open for proposals: sixteen have come in so far, none has been reviewed."""

from functools import partial

from learning_city.demo.content.facts import Proposal
from learning_city.demo.content.proposals.writing import write

_write = partial(write, "2027", status="submitted")

PROPOSALS: tuple[Proposal, ...] = (
    _write(
        "which-voice-is-real",
        "Which Voice Is Real?",
        """Evenings about forged voices, pictures and messages, with a workshop in which everyone forges something
        once.""",
        """My sister was called by her "son", who needed 8,000 euros. It was his voice. It was not him.

        Nobody is safe from this by being clever, only by having seen it. So we show it: on twenty evenings in
        canteens, day centres and schools the participants forge a voice, a photo and a voicemail themselves. Then they
        agree on a family password and on the sentence with which one hangs up.

        A police officer tells what happens after a report. There is no shame session: whoever was taken in gets the
        first biscuit.""",
        goal="Participants recognise forgeries, check before they act and report fraud.",
        learners=800,
        audience="Everybody with a telephone",
        euros=22_700,
        venue="central-library",
        author="greta-lindqvist",
        organisation="radio-alder",
        category="digital",
        motif="computer",
        features="1.1 2.4 2.6",
        sdgs=(4, 16),
        popularity=2.0,
    ),
    _write(
        "apprentice-for-a-day",
        "Apprentice for a Day, at Fifty",
        """Eighty workshops and offices each take in one adult for a day of somebody else's work.""",
        """I have driven bus 7 for twenty-two years. What does a luthier do all day? And what does she think I do?

        On the first Wednesday of each month one can sign up: glazier, midwife, beekeeper, court, crane. You come at
        starting time, you help as far as it is allowed, you eat what they eat. In the evening all meet in the Old
        Tram Depot and tell. Insurance, work shoes in every size and the evening meal are what the money is for.""",
        goal="Adults get to know other occupations and consider new ways for themselves.",
        learners=640,
        audience="Adults of every occupation, and none",
        euros=18_200,
        venue="tram-depot",
        author="dariush-kazemi",
        category="work",
        motif="workbench",
        features="1.2 2.3 3.2",
        sdgs=(4, 8),
        popularity=1.8,
    ),
    _write(
        "bee-school",
        "Twenty Hives on Twenty Roofs",
        """Beginners' year in beekeeping on the roofs of schools, the hospital and the fire station.""",
        """Bees fly three kilometres. Twenty hives are enough for them to visit every balcony in Aldermouth.

        Forty people learn in pairs, from the first frame in April to the oxalic acid in December. Each pair keeps one
        hive, under the eyes of six experienced keepers. Since honeybees alone do not save nature, every roof also
        gets a bed for wild bees, and the pupils count both.""",
        goal="Forty beginners can look after a colony through a whole year and know what wild bees need.",
        learners=40,
        audience="Adults and pupils from 14 on",
        euros=26_400,
        venue="fire-station",
        author="sofia-papadaki",
        category="nature",
        motif="garden",
        features="1.3 2.2",
        sdgs=(4, 15),
        popularity=1.4,
    ),
    _write(
        "museum-by-ear",
        "The Museum by Ear and Hand",
        """Blind and sighted people together make a tour of the Customs House in which everything may be touched.""",
        """"Please do not touch" is written under everything that interests me. I am blind and love ships.

        In twelve workshops twenty people, half of them sighted, choose fifteen objects, describe them, record the
        sounds and print what is too precious as a model. The guards get two days' training. In the end there is a tour
        of which others will say they wish to keep their eyes closed.""",
        goal="""Participants learn audio description and model-making; visitors with and without sight learn about the
        port by touch and sound.""",
        learners=1_200,
        audience="Blind and sighted visitors; twenty makers",
        euros=34_100,
        venue="customs-house",
        author="ines-duarte",
        organisation="customs-house-friends",
        category="culture",
        motif="harbour",
        features="1.1 1.2 2.5",
        sdgs=(4, 10, 11),
        popularity=1.1,
    ),
    _write(
        "the-long-table",
        "The Long Table",
        """Once a month 150 strangers eat at one table and talk about a question which somebody has prepared.""",
        """"What do we owe our parents?" "Whom does the street belong to?" "What was your first wage?" With a good
        question strangers need nine minutes until they forget their telephone.

        Ten tables in ten neighbourhoods, each with a host who has learned to lead a conversation without leading it.
        The hosts are what we want to pay for: sixty people, trained in four weekends by the university of the third
        age. The food comes from the Mission and costs what one can give.""",
        goal="Hosts learn to moderate; guests practise listening and disagreeing.",
        learners=1_500,
        audience="Everybody who gets hungry",
        euros=29_800,
        venue="seafarers-mission",
        author="pedro-carvalho",
        organisation="seafarers",
        category="community",
        motif="circle",
        features="1.1 2.6 3.2",
        sdgs=(4, 11, 16),
        popularity=1.6,
    ),
    _write(
        "ask-a-midwife",
        "The First Hundred Days",
        """Evening school for people who are having their first child, fathers and grandmothers included.""",
        """Nobody hands over a car without lessons. For a child you get a folder.

        Ten courses of six evenings, in five languages: crying, sleep, milk, jabs, quarrels and where to find help
        at three in the morning. Midwives and a paediatric nurse teach. Two evenings are about the parents themselves.
        The grandmothers come to the fifth, because much has changed, and to the sixth, because some of it has not.""",
        goal="New parents care for a baby with confidence and know when to fetch help.",
        learners=300,
        audience="Expectant parents and those who will help them",
        euros=31_900,
        venue="heath-hospital",
        author="carmen-ruiz",
        organisation="heath-hospital-trust",
        category="families",
        motif="first-aid",
        features="1.1 2.2",
        sdgs=(3, 4),
        popularity=1.7,
    ),
    _write(
        "archive-of-bell-street",
        "Bell Street Reads Its Own House",
        """Tenants research the history of their houses in the city archive and hang it up in the stairwell.""",
        """On our landing there is a bullet hole. Everybody tells a different story about it, and all of them are
        good.

        Fifteen houses, two researchers each. An archivist shows how to read old handwriting, address books, fire
        insurance and the lists nobody likes to remember. In the end a panel hangs in each stairwell, and on one
        Sunday all the front doors are open.""",
        goal="Residents do research in an archive and weigh what a source can prove.",
        learners=30,
        audience="Tenants and owners in Old Quay",
        euros=9_600,
        area="old-quay",
        venue="radio-loft",
        author="ottilie-brandt",
        category="culture",
        motif="letters",
        features="1.2 2.2 2.6",
        popularity=1.2,
    ),
    _write(
        "stairs-academy",
        "The Stairs Academy",
        """Balance and strength on the Beacon Stairs: falling, getting up, and not falling in the first place.""",
        """218 steps lead to my door. At eighty-seven I know each by name.

        A physiotherapist trains older people three mornings a week where they need it: on the stairs, on the kerb, in
        the bus that starts too soon. Twelve participants become trainers themselves. Whoever has fallen and lain there
        once practises getting up until the fear is gone.""",
        goal="Older people move safely, fall less often and can get up again.",
        learners=130,
        audience="Residents over 65 on Lantern Hill",
        euros=16_800,
        area="lantern-hill",
        venue="hilltop-centre",
        author="edith-crane",
        category="health",
        motif="lighthouse",
        features="1.1 2.6",
        sdgs=(3, 4),
        popularity=1.8,
    ),
    _write(
        "market-arithmetic",
        "Market Arithmetic",
        """A real stall in the Old Tram Depot, run by pupils: buy, calculate, sell, and explain the loss.""",
        """In class a melon costs an unknown x. At the depot it costs two euros forty until eleven, and then it
        depends.

        Eight classes each run the stall for four Saturdays. They get 200 euros, a scale and a dealer who does
        not help unless asked. What they earn they may keep for the class trip, what they lose they must be able to
        explain.""",
        goal="Pupils use percentages, mental arithmetic and bookkeeping in earnest.",
        learners=210,
        audience="Pupils of years five to eight",
        euros=12_300,
        area="tramsheds",
        venue="tram-depot",
        author="samuel-tesfaye",
        category="work",
        motif="cooking",
        features="1.2 2.1",
        popularity=1.3,
    ),
    _write(
        "cricket-on-the-green",
        "Cricket for Everyone on the Green",
        """A cricket school on the Long Green in which the rules are taught in four languages and the tea is part of
        it.""",
        """Cricket takes patience, arithmetic and the acceptance of decisions one considers wrong. Can there be a
        better school?

        Two groups of children and one of adults who never held a bat. An old scoreboard is repaired by the robot
        club. After every match there is half an hour about fairness: who was run out, who admitted it, who did not.""",
        goal="Beginners learn the game, how to umpire and how to argue decently.",
        learners=90,
        audience="Children from 8 on and adults in Northfields",
        euros=13_900,
        area="northfields",
        venue="long-green",
        author="omar-siddiqui",
        category="moving",
        motif="garden",
        features="1.1 2.2",
        sdgs=(3, 4),
        popularity=1.1,
    ),
    _write(
        "student-flat-repair",
        "Leave the Flat Better Than You Found It",
        """Students learn to plaster, paint and seal, and practise in the halls they live in.""",
        """The walls of the halls in Ferry Way are as thin as promises. The college has the material and no hands; we
        have 400 hands and no idea.

        Twelve Saturdays with a plasterer, a joiner and a painter. Each time one corridor is finished. Mould is
        measured before and after, and so is the noise.""",
        goal="Students carry out simple building work and know what a tenant may do.",
        learners=110,
        audience="Students and neighbours of Millrace",
        euros=14_700,
        area="millrace",
        venue="student-kitchen",
        author="linh-tran",
        category="making",
        motif="workbench",
        features="1.3 2.3",
        sdgs=(4, 11),
        popularity=1.0,
    ),
    _write(
        "hydrant-kids",
        "Small Helmets",
        """A youth fire brigade for children between eight and twelve, with a real pump and homework about wind.""",
        """We are thirty-four volunteers, and our average age is fifty-one. You can work out the rest.

        Twenty children come on Fridays: knots, hoses, maps, breathing, fear. They learn to raise an alarm, to read
        the hydrant plan, to know a panic from a plan. In summer there is a camp on the cricket green. The pump
        weighs thirty kilos and belongs to them.""",
        goal="Children prevent fires, call for help and work as a team.",
        learners=20,
        audience="Children from 8 to 12 in Weirside",
        euros=11_800,
        area="weirside",
        venue="fire-station",
        author="ewan-baird",
        organisation="weirside-brigade",
        category="community",
        motif="first-aid",
        features="2.2",
        sdgs=(3, 4, 11),
        popularity=1.5,
    ),
    _write(
        "notes-at-sixty-seven",
        "Reading Music at Sixty-seven",
        """A brass band for beginners who are retired, with rented instruments and patient neighbours.""",
        """For forty years I moved containers with two fingers. Now I would like to move a trombone.

        Twenty-four of us have come together at the Rope Works. We need a teacher, 24 instruments for a year and
        some carpet on the walls. In return we shall play at every launch, every street party and, if nobody stops
        us, on New Year's Eve.""",
        goal="Retired people learn an instrument and notation and play together.",
        learners=24,
        audience="People over 60 without any musical training",
        euros=19_300,
        area="ropewalk",
        venue="rope-works",
        author="marek-hudec",
        category="culture",
        motif="choir",
        features="1.2 2.6",
        popularity=1.9,
    ),
    _write(
        "seed-library",
        "A Library for Seeds",
        """Borrow beans in spring, bring back beans in autumn, and learn in between how to keep a sort pure.""",
        """Mrs Marino's tomatoes came to Tin Street in a handkerchief in 1961. They exist nowhere else. When I asked
        her what the sort was called, she said: tomato.

        In the barn stands an apothecary's cupboard with 120 drawers. We fill it with what grows here in salt and wind.
        Eight afternoons deal with flowers, bees, drying, labelling and exchange. Everyone who borrows writes a line
        into the book.""",
        goal="Gardeners save seed correctly and keep local sorts alive.",
        learners=200,
        audience="Gardeners with a plot, a balcony or a bucket",
        euros=7_400,
        area="the-saltings",
        venue="allotment-barn",
        author="mairead-oshea",
        organisation="saltings-allotments",
        category="nature",
        motif="orchard",
        features="1.3 2.2 2.6",
        sdgs=(2, 4, 15),
        popularity=1.6,
    ),
    _write(
        "cargo-bike-licence",
        "A Licence for Cargo Bicycles",
        """Parents learn to load, brake and repair a cargo bicycle, and then borrow one for a month.""",
        """The first time I drove three children and the shopping down Russet Road I discovered that I had no brakes,
        and that I can pray.

        One Saturday of practice, one evening of repairs, then a bicycle for four weeks to try it out. There are
        eight, different ones: long, short, with a tilting box, with a ramp for a wheelchair. What we find out about
        kerbs and gates we report to the city.""",
        goal="Families ride cargo bicycles safely and decide on the basis of experience.",
        learners=160,
        audience="Families in Orchard End",
        euros=33_500,
        area="orchard-end",
        venue="pippin-hall",
        author="hannah-bauer",
        category="moving",
        motif="bicycle",
        features="1.3 2.2",
        sdgs=(4, 11, 13),
        popularity=1.7,
    ),
    _write(
        "words-for-stone",
        "The Words for Stone",
        """Craftspeople who know their trade in another language learn its words in this one, on the job.""",
        """In Herat I restored a minaret. Here I sweep, because I do not know what you call the chisel.

        Twenty craftsmen and craftswomen, ten trades. In the mornings we repair the wall at the barrows together with
        local masters. In the afternoons a teacher makes a lesson of what was said. Everybody fills a picture
        dictionary of their trade. In the end there is a talk with the chamber of crafts about recognition.""",
        goal="Skilled newcomers speak the language of their trade and get their qualification recognised.",
        learners=20,
        audience="Craftspeople from abroad, with their helpers from here",
        euros=28_600,
        area="barrow-heath",
        venue="barrow-hall",
        author="hamid-rahimi",
        category="language",
        motif="language",
        features="1.1 1.2 2.3",
        sdgs=(4, 8, 10),
        popularity=1.4,
    ),
)
