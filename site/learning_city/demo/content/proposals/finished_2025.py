"""Learning Budget 2025, decided by 40,000 ballots: twenty-four projects for the whole city."""

from functools import partial

from learning_city.demo.content.facts import Proposal
from learning_city.demo.content.proposals.writing import write

_write = partial(write, "2025")

PROPOSALS: tuple[Proposal, ...] = (
    _write(
        "choir-of-those-who-cannot-sing",
        "The Choir of Those Who Cannot Sing",
        """Somebody once told you to just move your lips. Come anyway: sixty people learn to sing together, from the
        first breath to a concert.""",
        """In every class there was a child who was asked to mouth the words. Those children are now forty and stand
        silent at birthdays. I have never met one who could not learn it.

        We meet on Mondays at St Brannock's: a quarter of an hour of breathing and nonsense, half an hour of listening
        to one another, then a song in two parts. No audition, no notes. After thirty weeks there is a concert with
        the city orchestra, which has promised to play softly.

        The cost is two choir leaders, a pianist, the hall, and a shuttle for people from the outer neighbourhoods.""",
        goal="Adults who believe they cannot sing hold a part in a choir and enjoy it.",
        learners=60,
        audience="Adults without any experience",
        euros=16_200,
        venue="st-brannocks",
        author="aleksandra-nowak",
        category="culture",
        motif="choir",
        features="1.1 1.2 2.6",
        sdgs=(3, 4),
        popularity=2.1,
    ),
    _write(
        "gardens-for-nine-schools",
        "Nine School Gardens",
        """Nine primary schools get a garden, a shed, and a gardener who comes every week for a year.""",
        """At Orchard End every class has a bed, and the children eat radishes they would spit out at home. Nine other
        schools have asked how we do it. The honest answer: one needs somebody who comes back after the holidays.

        Three gardeners look after three schools each. They build raised beds with parents in March, sow with classes
        from April, train two teachers and a caretaker, and hand over in October. Schools without soil get tubs on
        wheels. What grows is cooked in the same week.""",
        goal="Children sow, tend, harvest and cook, and teachers can continue without outside help.",
        learners=2_700,
        audience="Nine primary schools in all parts of the city",
        euros=68_400,
        venue="orchard-school",
        author="sofia-papadaki",
        organisation="orchard-end-school",
        category="nature",
        motif="garden",
        features="1.3 2.1 2.2",
        sdgs=(2, 4, 15),
        popularity=3.2,
    ),
    _write(
        "tool-library",
        "A Library of Tools",
        """Borrow a drill instead of buying one, and learn to use it from the person behind the counter.""",
        """A household drill runs for thirteen minutes in its life. Ours will run for thirteen minutes a day.

        The Old Tram Depot offers us the former ticket office. We start with 400 tools, from the tile cutter to the
        carpet washer, checked after every loan. No one is sent home with a machine they are afraid of: there is a
        bench beside the counter and a trial is part of each first loan. On Tuesday evenings there are short lessons
        named after their result: a shelf that holds, a tap that stops, a door that closes.

        Members pay two euros a month, people with a city pass nothing.""",
        goal="Residents carry out small repairs and building jobs at home safely.",
        learners=600,
        audience="Everybody with a flat in which something is loose",
        euros=42_300,
        venue="tram-depot",
        author="yusuf-demir",
        organisation="repair-cafe",
        category="making",
        motif="workbench",
        features="1.3 2.2 3.3",
        sdgs=(4, 11, 12),
        popularity=2.8,
    ),
    _write(
        "women-swim",
        "Women Swim, Curtains Drawn",
        """Swimming lessons for women by women, two evenings a week, with childcare beside the pool.""",
        """My mother lived forty years beside the sea and was never in it past the knee. She is not alone: when we put
        up a list in Station Road, 140 names were on it after a week.

        The small pool at Northfields is closed to others on Tuesdays and Thursdays from seven to nine. Four teachers
        take groups of eight. You may wear what you like as long as it is clean and does not float away. Beside the
        pool, the older daughters look after the little ones; those who train as lifesavers are paid.""",
        goal="Women swim fifty metres, float in waves and dare to go into the sea with their children.",
        learners=192,
        audience="Women and girls from 12 on",
        euros=34_800,
        venue="northfields-pool",
        author="salma-benali",
        organisation="harbour-swimmers",
        category="moving",
        motif="swimming",
        features="1.1 2.6",
        sdgs=(3, 4, 5),
        popularity=1.9,
    ),
    _write(
        "money-without-tears",
        "Money Without Tears",
        """Small groups sort the shoebox of bills, plan a month, and learn what the small print says.""",
        """Debt begins with an unopened envelope. In our groups they are opened together, by six people who have all
        been there, and a debt adviser who has seen worse.

        Twelve groups of eight evenings, half of them in the languages of Welcome House. We play shop with real
        leaflets, cancel subscriptions in the room, telephone the energy supplier on loudspeaker. Everybody makes a
        plan for one month and comes back to report how it went. Teenagers get a version of their own about
        phones, instalments and bets.""",
        goal="Participants know what comes in and goes out, open their post, and deal with creditors.",
        learners=190,
        audience="Adults and older teenagers with too little money at the end of the month",
        euros=23_700,
        venue="welcome-house",
        author="amina-warsame",
        organisation="welcome-house-association",
        category="work",
        motif="letters",
        features="1.1 1.2",
        sdgs=(1, 4, 10),
        popularity=1.3,
    ),
    _write(
        "the-dome-opens",
        "Forty Clear Nights",
        """The observatory opens whenever the sky does: a text message at five, stars at nine, cocoa included.""",
        """Our telescope is 117 years old and sharper than it has ever been, because Arjun ground it a new mirror. What
        it lacks is visitors after the last bus.

        On forty clear nights a minibus collects people at Station Hall and in Northfields. Six stargazers are
        on duty: one at the telescope, one with binoculars on the lawn, one for the myths, one for the
        questions one does not dare ask. For people who cannot climb the dome, the picture comes down to a screen; for
        those who cannot see there are planets to hold, printed to scale at Mill Three.""",
        goal="Visitors find five constellations, know what a planet looks like and how far away it is.",
        learners=1_300,
        audience="Everybody who can stay up",
        euros=19_900,
        venue="observatory-house",
        author="sunniva-dahl",
        organisation="starwatch",
        category="science",
        motif="stars",
        features="1.2 2.2 2.6",
        popularity=2.3,
    ),
    _write(
        "the-needle-and-the-machine",
        "Needle, Thread, Trade",
        """A sewing school with sixteen machines: first hems, then dresses, then a small living.""",
        """In the camp my aunt mended for everybody. Here she has two hands, a diploma from a tailoring school in Aleppo
        and no paper that anyone can read.

        She and three others teach. The first course ends with a bag, the second with trousers that fit, the third with the
        question what an hour of your work costs. The machines stand in the Rope Works, where they also sewed sails.
        Two dress hire shops and the theatre have already ordered alterations.""",
        goal="Learners sew and alter clothes to a standard that customers pay for, and can calculate a price.",
        learners=96,
        audience="Adults, with childcare in the morning courses",
        euros=38_600,
        venue="rope-works",
        author="layla-haddad",
        organisation="welcome-house-association",
        category="work",
        motif="sewing",
        features="1.2 2.3",
        sdgs=(4, 5, 8),
        popularity=1.5,
    ),
    _write(
        "theatre-of-the-night-cleaners",
        "The Theatre of the Night Cleaners",
        """The people who clean the city's offices at night write and play a piece about what they see there.""",
        """I know your desk. I know who eats crisps, who sleeps in the office and who got flowers. You do not know my
        name. That is a play, isn't it?

        Fourteen cleaners from five firms meet on Sunday afternoons with a director. We learn to speak so that the
        last row hears us, to write down what we remember, to light a stage. There will be six performances in
        March, at nine in the evening, in a real office on the fourth floor. The audience is given feather dusters.""",
        goal="Participants write, rehearse and perform; they gain a voice, in English and on stage.",
        learners=14,
        audience="Cleaners, and the people whose desks they clean",
        euros=26_900,
        venue="customs-house",
        author="noa-levi",
        category="culture",
        motif="theatre",
        features="1.1 1.2 2.3",
        sdgs=(4, 8, 10),
        popularity=1.0,
    ),
    _write(
        "memory-cafe",
        "The Forgetful Tuesday",
        """A café for people with dementia and those who love them, with somebody who explains and somebody who plays
        the accordion.""",
        """For fifty years my husband tuned pianos. Now he asks me every ten minutes where the piano is. Nobody showed
        me how to answer.

        On Tuesdays there is cake at the Hilltop Centre. For an hour the ones dance, paint or plant, and the others
        sit next door with a nurse and learn: how to dress somebody who does not want to be dressed, what the law
        grants, how to rest without guilt. Then we have coffee together. Pupils of the care college help and get it
        counted as practice.""",
        goal="Family carers know what helps, what they are entitled to, and where their own limit is.",
        learners=110,
        audience="People with dementia, families, care students",
        euros=22_100,
        venue="hilltop-centre",
        author="ruth-adler",
        organisation="heath-hospital-trust",
        category="health",
        motif="circle",
        features="1.1 2.2 2.6",
        sdgs=(3, 4),
        popularity=2.2,
    ),
    _write(
        "science-by-the-pint",
        "Science by the Pint",
        """Researchers explain their work in pubs, without slides, to people who may interrupt.""",
        """Thirty evenings in fifteen pubs. The rule: eleven minutes, no slides, one object you can pass round. After
        that come questions until the barrel is empty.

        We have a woman who counts plastic in herring, a man who predicts which streets will flood, and a nurse who
        can prove that visitors heal. The speakers train with an actor beforehand. Two evenings are in a café without
        alcohol, four are signed, and one is for children at four in the afternoon with lemonade.""",
        goal="Residents meet current research and question it; researchers learn to speak plainly.",
        learners=1_500,
        audience="Everybody who likes asking why",
        euros=13_500,
        venue="rope-works",
        author="linh-tran",
        organisation="technical-college",
        category="science",
        motif="science",
        features="1.2 2.6",
        popularity=1.6,
    ),
    _write(
        "films-with-a-phone",
        "One Phone, One Minute",
        """Teenagers learn to make one-minute films with the phone in their pocket and show them on the side of a
        ship.""",
        """Everyone films, hardly anyone cuts. In five weekends we learn what a shot is, why sound matters more than
        the picture, and how to ask people whether they want to be seen.

        There are courses in six neighbourhoods, twelve places each. Mentors are four film students and a
        former newsreader. The best thing about it is the screening: in September the ferry lies at the quay and her
        white side is sixteen metres wide.""",
        goal="Young people plan, film and cut a story, and respect the rights of those they film.",
        learners=72,
        audience="Young people from 13 to 19",
        euros=27_800,
        venue="dry-dock",
        author="mateo-silva",
        organisation="youth-council",
        category="culture",
        motif="cinema",
        features="1.2 2.4",
        popularity=1.4,
    ),
    _write(
        "seven-orchards-school",
        "The School of Seven Orchards",
        """Prune, graft, press: a year-long course that saves old trees and teaches eighty people to look after
        them.""",
        """Two of our seven orchards are already car parks. The other five are getting old, and the three men who know
        how to prune them are getting older.

        Eighty people learn in ten Saturdays from January to October: pruning in frost, grafting in March, counting
        bees in May, telling sorts apart in September, pressing in October. Everyone adopts four trees for five years
        and signs for it. The juice goes to the schools. We have found eleven sorts that are in no book.""",
        goal="Residents prune and graft fruit trees competently and keep the old sorts alive.",
        learners=80,
        audience="People with or without a garden",
        euros=18_300,
        venue="third-orchard",
        author="beatrix-lowe",
        category="nature",
        motif="orchard",
        features="1.3 2.2 2.6",
        sdgs=(4, 12, 15),
        popularity=1.9,
    ),
    _write(
        "a-boat-called-patience",
        "A Boat Called Patience",
        """Twenty young people without a job or a school place build a wooden boat, from the drawing to the launch.""",
        """You cannot talk your way round a plank. It fits or it does not. I have seen lads who had been thrown out of
        three schools hold their breath over a joint.

        Twenty people between seventeen and twenty-four come for nine months, four days a week. They learn drawing,
        wood, resin, engines, and mathematics by the back door, because a curve wants to be calculated. There is a
        wage from the job centre. On the fifth day a social worker helps with everything that is not a boat.

        In the end there is a five-metre rowing boat for the youth club at Weirside, and for each of them a place in
        an apprenticeship, if we can manage it. Last time it was fourteen out of sixteen.""",
        goal="""Young people finish what they began, gain basic trade skills and go on to training or work.""",
        learners=20,
        audience="Young people from 17 to 24 without work or training",
        euros=94_000,
        venue="dry-dock",
        author="tomasz-wilk",
        organisation="technical-college",
        category="work",
        motif="boat",
        features="1.1 1.2 2.3",
        sdgs=(4, 8),
        popularity=1.7,
    ),
    _write(
        "chess-under-the-trees",
        "Chess Under the Trees",
        """Twelve stone chess tables in six parks, and teachers who sit there on Sundays and lose on purpose.""",
        """Chess needs no language, no fee and no legs. What it needs is a table.

        The tables are made by apprentice stonemasons, with room for a wheelchair on one side. From May to September
        two teachers sit in each park on Sundays from two to five. In the winter the whole thing moves into the
        branch libraries. At the end there is a tournament in which each pair consists of somebody under fourteen and
        somebody over sixty.""",
        goal="Children and adults learn chess from the first move to a simple endgame.",
        learners=500,
        audience="All ages, in six parks",
        euros=29_700,
        venue="city-hall",
        author="dmitri-volkov",
        category="community",
        motif="chess",
        features="1.1 2.2",
        popularity=1.8,
    ),
    _write(
        "heat-school",
        "When the City Gets Hot",
        """Neighbours measure where it is hottest, learn what protects, and look after each other on the worst days.""",
        """In the summer of the long heat four people died alone in the Tramsheds, behind closed windows. None of them
        was far from a neighbour.

        A hundred households hang up a sensor and read it. With the college we draw the map: which courtyard, which
        stop, which bedroom. Twelve trained people in each neighbourhood learn to recognise heat stroke, know the cool
        rooms and have a list of doors to knock at. In the evening classes we learn about shade, white paint, night
        air and which trees the future likes.""",
        goal="Residents understand heat in the city, protect themselves and know whom to look in on.",
        learners=400,
        audience="Residents of the densely built neighbourhoods",
        euros=31_200,
        venue="station-hall",
        author="oksana-bondarenko",
        category="health",
        motif="circle",
        features="1.3 2.2",
        sdgs=(3, 4, 11, 13),
        popularity=1.4,
    ),
    _write(
        "mirror-for-interviews",
        "Suit, Shoes, Sentence",
        """Borrow a suit, practise the interview three times with real personnel officers, and go to the fourth one,
        which counts.""",
        """An interview is a play for which some have rehearsed since childhood. The others come straight from the
        street.

        Twenty-six personnel officers of the port, the hospital and the bakeries give an evening a month. You play
        it, you watch yourself on the screen (or not, as you like), you play it again. In the wardrobe hang 140
        donated suits, jackets and pairs of shoes, and a tailor is there. For people with a gap in their life, prison,
        illness or children, there is one evening only about the question how to talk about it.""",
        goal="People looking for work present what they can, truthfully and without fear.",
        learners=260,
        audience="Job seekers of any age",
        euros=15_900,
        venue="seafarers-mission",
        author="callum-reid",
        organisation="seafarers",
        category="work",
        motif="language",
        features="1.2 2.3",
        sdgs=(4, 8),
        popularity=1.2,
    ),
    _write(
        "traffic-garden",
        "A Street as Big as a Schoolyard",
        """A practice street with lights, crossings and a roundabout, small enough for six-year-olds and open at
        weekends.""",
        """Between the two schools at Pippin Square is a car park that nobody has used since the supermarket moved.
        On it we paint a city: two junctions, a zebra crossing, lights that work, a tram track that only looks
        dangerous.

        In the mornings the classes learn to walk and cycle with the police officer for schools. In the afternoon
        parents practise with the cargo bicycle, older people with the new scooter, and on Sundays anybody who comes.
        Thirty bicycles and ten tricycles are lent from a container.""",
        goal="Children move safely on foot and by bicycle; parents let them.",
        learners=1_100,
        audience="Children from 4 to 11, cargo bicycle novices, older people",
        euros=57_500,
        venue="pippin-hall",
        author="hannah-bauer",
        category="moving",
        motif="bicycle",
        features="1.3 2.1 2.2",
        sdgs=(3, 4, 11),
        popularity=2.4,
    ),
    _write(
        "hospital-classroom",
        "The Classroom on Ward Six",
        """Children who stay long in hospital keep up with their class, and the class keeps a chair for them.""",
        """Leo was away for five months. When he returned his friends had learned fractions and a secret language.

        On Ward Six a bright room with a window to the heath stands empty. Two teachers work there in the mornings and
        go from bed to bed in the afternoons. Each child gets a small robot which sits in its place at school: with
        eyes, a loudspeaker and a lamp that shows when it would rather only listen. Brothers and sisters may come; in
        illness they too are often forgotten.""",
        goal="Sick children keep learning and stay part of their class.",
        learners=120,
        audience="Children in hospital for more than two weeks, their classes and siblings",
        euros=63_000,
        venue="heath-hospital",
        author="carmen-ruiz",
        organisation="heath-hospital-trust",
        category="families",
        motif="classroom",
        features="1.1 2.1 2.4",
        sdgs=(3, 4),
        popularity=2.9,
    ),
    _write(
        "pickle-jar-school",
        "The Pickle Jar School",
        """Save food by salt, smoke, vinegar and cold: twenty weekends in five kitchens with people who never owned a
        fridge.""",
        """At the market in the depot four hundred kilos of vegetables are thrown away on a Saturday. At the same time
        in this city live women from forty countries who know what one does with them.

        They teach. Kimchi, torshi, sauerkraut, chutney, dried apples, salted lemons, the fish in the barrel. There is
        also a food inspector who explains what kills and what does not. A third of the jars goes home, a third to the
        Mission, a third is opened together in February.""",
        goal="Participants preserve food safely and throw less away.",
        learners=300,
        audience="Adults and families",
        euros=17_400,
        venue="student-kitchen",
        author="nadia-petrova",
        category="nature",
        motif="cooking",
        features="1.3 2.2 2.6",
        sdgs=(2, 4, 12),
        popularity=1.5,
    ),
    _write(
        "grandmothers-podcast",
        "What Grandmother Said",
        """Grandchildren record their grandparents' stories in the family language and learn to make a podcast of
        them.""",
        """My great-grandmother speaks a Yoruba of the lagoon that nobody writes down. I understand half. When she is
        gone, I shall understand nothing.

        In pairs, one old and one young, we come for eight Saturdays to the Radio Loft. The old ones learn that their
        kitchen stories are history. The young ones learn to ask, to be silent, to cut. Each episode exists twice: in
        the language in which it was told, and retold by the grandchild in English. Radio Alder broadcasts them on
        Sundays at breakfast.""",
        goal="Families pass on languages and memories; young people learn interview and sound editing.",
        learners=80,
        audience="Pairs of grandparents and grandchildren, of any family or none",
        euros=18_800,
        venue="radio-loft",
        author="ife-adeyemi",
        organisation="radio-alder",
        category="language",
        motif="microphone",
        features="1.1 1.2 2.4",
        popularity=1.6,
    ),
    _write(
        "reading-dogs",
        "Dogs Who Like Stories",
        """Children who stumble when reading aloud read to a dog, who never corrects.""",
        """Bruno is a Newfoundland dog of seventy kilos and the best listener of Weirside. Since he has been lying in
        the reading corner, Jonas reads aloud, for the first time in three years.

        Fourteen dogs with their people are tested and trained. Twice a week they come to eight branch libraries and
        schools, twenty minutes a child, always the same pair. Teachers measure before and after. For children who
        are afraid of dogs, or must not touch one, there is a very patient tortoise.""",
        goal="Hesitant readers gain fluency and lose their fear of reading aloud.",
        learners=220,
        audience="Children from 7 to 10 who find reading hard",
        euros=14_600,
        venue="orchard-library",
        author="elspeth-munro",
        organisation="aldermouth-libraries",
        category="reading",
        motif="books",
        features="2.1 2.2",
        popularity=2.6,
    ),
    _write(
        "solar-on-the-balcony",
        "Sun on the Balcony",
        """Tenants build small solar panels for their balconies under instruction and learn to read their electricity
        bill.""",
        """Whoever owns a roof saves electricity. Whoever rents pays it. A panel on the balcony railing costs 300 euros
        and brings back 90 a year, but it wants to be mounted properly.

        On twenty Saturdays an electrician and ten apprentices show how it is done: calculate, mount, plug in, report.
        Eighty panels are lent for a year to households with little money, who may buy them for half. Before that
        comes the evening with the bill. Most people find an error.""",
        goal="Tenants understand their consumption and mount and run a small solar panel safely.",
        learners=240,
        audience="Tenants, apprentices",
        euros=48_900,
        venue="wheel-house",
        author="rajiv-menon",
        organisation="technical-college",
        category="science",
        motif="wind",
        features="1.3 2.3",
        sdgs=(4, 7, 13),
        popularity=1.3,
    ),
    _write(
        "ferry-classroom",
        "Lessons on the Last Ferry",
        """The Alder ferry takes one class a day: water, weather, knots, and how a river made a city.""",
        """Between ten and three the ferry carries four cyclists and a dog. In that time she could be a classroom.

        A teacher and the ferrywoman have worked out nine lessons, from the water sample to the poem. There are life
        jackets in the size of first-formers and a stove for November. On Wednesdays the afternoon is for people from
        the homes, who know the river from before.""",
        goal="Pupils take samples, read the river and its history, and tie a bowline without looking.",
        learners=2_400,
        audience="School classes, on Wednesdays older people",
        euros=36_500,
        venue="ferry-landing",
        author="elspeth-munro",
        category="nature",
        motif="boat",
        features="1.3 2.1",
        sdgs=(4, 6, 14),
        popularity=1.2,
    ),
    _write(
        "esports-academy",
        "A Gaming Hall with a Timetable",
        """Forty fast computers in the Cannery: two hours of playing, one hour of learning how games are made.""",
        """Parents see a teenager in front of a screen. We see somebody who coordinates five people in English under
        pressure.

        The hall is open on five afternoons. Whoever plays for two hours takes part for one: programming levels,
        drawing figures, composing sound, or talking about sleep, money and insults. Trainers are two students. Every
        Friday parents may challenge their children.""",
        goal="Young people understand how games work and are made, and play in a way that does them good.",
        learners=300,
        audience="Young people from 12 to 20",
        euros=109_000,
        venue="cannery",
        author="kaito-mori",
        category="digital",
        motif="computer",
        features="1.2 2.4",
        popularity=0.9,
    ),
)
