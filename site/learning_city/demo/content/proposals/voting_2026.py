"""Learning Budget 2026, now in voting: twenty-six projects on the ballot and four refused with reasons."""

from functools import partial

from learning_city.demo.content.facts import Proposal
from learning_city.demo.content.proposals.writing import write

_write = partial(write, "2026")

PROPOSALS: tuple[Proposal, ...] = (
    _write(
        "tea-and-tablets",
        "Tea and Tablets",
        """Thirty students visit older people at home and stay until the phone, the bank and the doctor's portal do
        what they should. There is always tea.""",
        """Since the last bank counter on Lantern Hill closed, paying a bill there means an app or a taxi. The library
        runs computer mornings, but whoever cannot manage the stairs cannot manage the morning either. So we turn it
        round: the lesson comes to the kitchen table.

        Thirty students of the Technical College are trained for two days (patience, fraud, hearing aids, when to say
        "let us ring the bank together"). Each takes four households and comes every other week for half a year. They
        are paid, because reliable help is work. Nobody touches a password: the older person types, the student waits.

        The money covers wages, fifty refurbished tablets to lend, large-print instruction cards written with the
        Hilltop Day Centre, and a telephone line answered on weekday mornings. Six of last year's pupils have offered
        to answer it.""",
        goal="""People over seventy send a message, join a video call, pay a bill and recognise a fraud, on their own
        device and without help.""",
        learners=240,
        audience="People over 70 who live at home, and the students who teach them",
        euros=48_500,
        venue="hilltop-centre",
        author="edith-crane",
        organisation="technical-college",
        category="digital",
        motif="computer",
        features="1.1 2.2 2.4",
        sdgs=(4, 10),
        popularity=3.1,
    ),
    _write(
        "the-music-bus",
        "The Bus That Plays",
        """A retired city bus becomes a music school on wheels and parks twice a week wherever there is no music
        school: Northfields, Barrow Heath, The Saltings, Weirside.""",
        """Line 14 retires four buses next spring. The transport company gives us one for nothing if we take it away.
        Tunde has measured it: there is room for a drum kit, six keyboards with headphones, a wall of ukuleles and a
        recording corner behind the last axle.

        Each stop lasts three hours. Children play after school, adults from six; nobody has to sign up for a term.
        Those who want to go on borrow an instrument the way one borrows a book. Two teachers and a driver who can
        tune a guitar are on board.

        Most of the cost is the conversion (soundproofing, power without a running engine, a ramp) and two teachers
        for twelve months. After that the transport company pays the driver, and the music school has promised to
        keep one teacher on.""",
        goal="""Children and adults without a music school nearby play their first pieces together, read simple
        notation and know how to go on.""",
        learners=900,
        audience="Everybody from 6 to 96, above all in the four outer neighbourhoods",
        euros=118_000,
        reviewed_euros=112_400,
        review="""Feasible. The bus company confirms the gift of the vehicle. Parking permits for the four stops cost
        less than estimated, so the figure on the ballot is lower than the author's.""",
        venue="long-green",
        author="tunde-bello",
        category="culture",
        motif="bus",
        features="1.2 2.2 2.6",
        sdgs=(4, 10, 11),
        popularity=2.7,
    ),
    _write(
        "night-in-the-library",
        "Lights Out, Torches On",
        """Twelve Friday nights in five libraries: sleeping bags, torches, a storyteller, and breakfast at seven.""",
        """Ask adults about the book that made them readers and many will describe a torch under a blanket. We want
        to hand out four hundred torches.

        On a night in the library, thirty children between eight and twelve arrive at seven with sleeping bags. They
        choose a book before anyone may choose a mattress. A storyteller starts in one language and finishes in
        another, a librarian shows the stacks that are normally locked, and at some point everybody only reads. Two
        teachers and a night porter stay awake.

        Half of the places are kept for children whose class has never visited the library; their teachers choose.
        Breakfast comes from Tesfaye's bakery, still warm.""",
        goal="Children who rarely read finish a whole book of their own choice and come back for the next.",
        learners=360,
        audience="Children from 8 to 12",
        euros=12_400,
        venue="central-library",
        author="vikram-rao",
        organisation="aldermouth-libraries",
        category="reading",
        motif="night",
        features="2.1 2.2 2.6",
        popularity=2.4,
    ),
    _write(
        "bicycle-school-for-grown-ups",
        "Bicycle School for Grown-ups",
        """Whoever never learned to ride can learn now, on a closed car park, among people who wobble too.""",
        """I was thirty-four when I learned, in a car park, at dawn, so that nobody would see. Women who had been told
        that girls do not cycle, men who grew up on islands without roads, people after a stroke: there are more of us
        than you think.

        Eight courses of ten evenings, ten learners each, on the empty car park behind Station Hall. Two teachers,
        low frames without pedals for the first week, tricycles for those whose balance will not come back. Then
        quiet streets, then the roundabout at Kiln Street, then the market with a full basket.

        Lotte's workshop supplies forty second-hand bicycles. Those who finish may buy theirs for twenty euros after
        an evening in which they have patched a tube and set the brakes themselves.""",
        goal="Adults ride safely in traffic, know the rules, and keep their own bicycle roadworthy.",
        learners=80,
        audience="Adults who never learned to cycle or lost the courage",
        euros=36_800,
        venue="station-hall",
        author="salma-benali",
        organisation="welcome-house-association",
        category="moving",
        motif="bicycle",
        features="1.1 1.3 2.6",
        sdgs=(3, 4, 5, 11),
        popularity=2.0,
    ),
    _write(
        "sign-aldermouth",
        "Aldermouth Signs",
        """Free sign-language courses for those whom Deaf people meet every day: bus drivers, bakers, receptionists,
        and the neighbours upstairs.""",
        """A Deaf resident of this city writes notes. At the bakery, at the surgery, at the tram. Often the answer is
        shouted, slowly, which helps nobody.

        We offer twelve courses for beginners (forty hours each) and four that go on, all taught by Deaf teachers. For
        people who serve the public there is a short form of ten hours at the workplace: how to get attention, the
        forty signs of your trade, where to stand so that a face can be read. Whoever completes it may put the small
        yellow hand in the shop window.

        In the last month the courses meet in St Brannock's Hall for a silent evening: two hundred people, music one
        feels through the floor, and not a spoken word until midnight.""",
        goal="""Hearing people hold a simple conversation in sign language; shops and offices serve Deaf people
        without pen and paper.""",
        learners=420,
        audience="Everybody who works with the public, families with a Deaf member, the curious",
        euros=41_200,
        venue="st-brannocks",
        author="clara-nyberg",
        organisation="deaf-centre",
        category="language",
        motif="hands",
        features="1.1 2.3 2.5",
        sdgs=(4, 10),
        popularity=2.2,
    ),
    _write(
        "books-through-the-wall",
        "Books Through the Wall",
        """The prison library doubles its opening hours, gets books in eleven languages and a reading group in which
        people from inside and outside read the same novel.""",
        """The library of Barrow Heath Prison is a room of four metres by six, open on Tuesdays. Its most borrowed
        book is a dictionary with the letter S missing. I have been its librarian for nine years.

        With this money it opens on four days, gets eight hundred new books, among them easy readers and the driving
        theory, and shelves in languages that people here actually speak. Fathers record bedtime stories that are sent
        home with the book. Twelve men a year train as library assistants, with a certificate that does not say where
        it was earned.

        Once a month a reading group meets with eight people from the city and eight from inside, always about one
        novel. We tried it last winter with three sessions. The waiting list, on both sides of the wall, is long.""",
        goal="""Men in prison read regularly, some for the first time, and leave with a library card, a certificate or
        a story their child knows.""",
        learners=310,
        audience="People in Barrow Heath Prison, their children, and readers from the city",
        euros=27_600,
        venue="heath-prison",
        author="kofi-mensah",
        organisation="open-gate",
        category="reading",
        motif="books",
        features="1.1 2.1 2.6",
        sdgs=(4, 10, 16),
        popularity=1.1,
    ),
    _write(
        "driving-theory-plain",
        "Right of Way, in Plain Words",
        """The driving theory test explained in easy language, with toy cars on a floor map, for people who fail it
        because of its sentences and not because of its rules.""",
        """"Which statement is not incorrect?" A man who has driven lorries for fifteen years sat in my kitchen and
        wept over that question. He knew the answer, he did not know what was asked.

        Each course takes eight Saturdays. The rules are taught on a street map the size of a room: you stand at the
        junction, another learner comes from the left, and the group decides who goes. After that come the test
        questions, one word at a time, with a list of the hundred nastiest phrases in nine languages.

        We count on a simple sum. A van licence is worth about four hundred euros a month in wages. Sixty people a
        year, and the bakery, the post and the care services all look for drivers.""",
        goal="Learners understand the rules of the road and pass the theory test at the first or second try.",
        learners=96,
        audience="Adults who read little or are still learning the language",
        euros=19_500,
        venue="welcome-house",
        author="gabriel-ionescu",
        organisation="welcome-house-association",
        category="work",
        motif="classroom",
        features="1.1 1.2 2.3",
        sdgs=(4, 8, 10),
        popularity=1.5,
    ),
    _write(
        "circles-for-care-workers",
        "After the Night Shift",
        """Study circles for care workers, held when they are free and paid like working time: dementia, lifting,
        medicines, and how to talk about death.""",
        """Two thousand people in Aldermouth wash, feed, lift and comfort others for a living. Most learned it by
        watching a colleague for three days. When there is training, it is at two in the afternoon, when half of us
        sleep and the other half work.

        Twenty circles of eight people meet at seven in the morning or nine in the evening, in the homes where they
        work. They choose their subject from a list of twelve, a nurse of the hospital's learning centre brings the
        material, and what the circle finds out is tried on the ward the next day. The project pays the hours; the
        employers lend the room and let people go on time.

        After a year every circle writes down two pages: what we do differently now. The pages are collected, printed
        and given to each new colleague on the first day.""",
        goal="""Care workers handle dementia, medicines and safe lifting with knowledge instead of habit, and can have
        it certified.""",
        learners=160,
        audience="Care workers in homes and in home care, on all shifts",
        euros=52_000,
        venue="heath-hospital",
        author="fatou-diallo",
        organisation="heath-hospital-trust",
        category="health",
        motif="circle",
        features="1.1 2.3 2.5",
        sdgs=(3, 4, 8),
        popularity=1.8,
    ),
    _write(
        "on-air-at-sixteen",
        "On Air at Sixteen",
        """A radio school for teenagers: research, interview, cut, and a live hour on 98.4 every Thursday.""",
        """Somebody between fourteen and nineteen speaks on Radio Alder about twice a year, usually when somebody
        else has written an article about "the young". We have an empty slot on Thursdays at five, and we would
        rather hear them weekly.

        Three groups of fifteen go through twelve weeks: how to find out whether something is true, how to ask a
        mayor the same question three times politely, how to cut, how not to be sued. The first live hour comes in
        week six, with a safety net. A mobile kit goes to schools that cannot come to Bell Street.

        The programmes stay online with transcripts, so that Deaf classmates can follow and teachers can quote.""",
        goal="""Young people check a fact, lead an interview and produce a broadcast, and they know what makes a
        source worth trusting.""",
        learners=45,
        audience="Young people from 14 to 19",
        euros=33_900,
        venue="radio-loft",
        author="tunde-bello",
        organisation="radio-alder",
        category="culture",
        motif="microphone",
        features="1.2 2.2 2.4",
        sdgs=(4, 16),
        popularity=1.4,
    ),
    _write(
        "the-letter-rooms",
        "The Letter Rooms",
        """Four small rooms, no sign on the door, where adults learn to read and write at their own pace.""",
        """About one adult in nine in this city cannot read a letter from the school. Hardly any of them will walk
        through a door on which "literacy course" is written. I know, because I waited eleven years in front of such
        doors before I began to teach behind them.

        The rooms are where people pass anyway: behind the bakery in Station Road, at the Cannery, in Block Nine, next
        to the hospital laundry. Each is open on three days a week, with one teacher and two volunteers, coffee, and
        no register. One starts with what hurts: the medicine leaflet, the tenancy, a child's homework, a love letter.

        Twelve former learners work as doorkeepers. They talk to people at bus stops, in laundries, at the food bank,
        and they walk the first way together. No poster has ever done that. The cost is mostly teachers' pay, four
        part-time posts for one year.""",
        goal="Adults read the letters they get and write the ones they need, and know that they can.",
        learners=180,
        audience="Adults who read and write little, in their own or the city's language",
        euros=74_000,
        venue="cannery",
        author="signe-lauritsen",
        organisation="open-gate",
        category="reading",
        motif="letters",
        features="1.1 2.1 2.6",
        sdgs=(1, 4, 10),
        popularity=1.9,
    ),
    _write(
        "harbour-on-foot",
        "The Harbour on Foot",
        """Old dockers and seafarers train as guides and lead forty walks through a harbour that no longer looks like
        itself.""",
        """Where the sushi bar is, I unloaded copra. My grandson did not believe me until I showed him the groove the
        ropes wore into the stone.

        Sixteen people who worked in the port learn to tell it: how to choose five stops instead of fifty, how to
        handle a rude guest, where the archive keeps the crew lists. The museum provides photographs that one holds up
        in front of the new buildings. The walks are free, in six languages, one of them with a wheelchair route and
        one for people who cannot see, with things to touch and smell.

        What the guides tell is recorded and stays in the museum. The oldest of us is ninety-one; this is not a plan
        one should put off.""",
        goal="""Residents can read the traces of work and migration in the harbour; retired workers pass on what they
        know.""",
        learners=800,
        audience="Residents, school classes, newcomers",
        euros=14_800,
        venue="customs-house",
        author="paddy-quill",
        organisation="customs-house-friends",
        category="culture",
        motif="harbour",
        features="1.2 2.2 2.6",
        sdgs=(4, 11),
        popularity=1.6,
    ),
    _write(
        "hands-on-the-chest",
        "Two Thousand Pairs of Hands",
        """A one-evening first-aid course in every stairwell, canteen and mosque that invites us, until two thousand
        more people dare to help.""",
        """A heart stops in Aldermouth about four times a week outside the hospital. In every third case somebody
        stands beside it and does nothing, out of fear of doing it wrong.

        One evening is enough to lose that fear. Twelve nurses and firefighters come with ten dolls and two training
        defibrillators to wherever twenty people meet: a stairwell, a canteen, a choir, the prayer room in Kiln
        Street, the pub on quiz night. Courses run in seven languages and in sign language. Children from ten on are
        welcome; they press too lightly, but they never forget to call.

        Every group finds out on the way home where its nearest defibrillator hangs. Where there is none, we note it,
        and at the end the city gets the list.""",
        goal="Residents recognise a cardiac arrest, call for help, press and use a defibrillator.",
        learners=2_000,
        audience="Everybody from 10 on, group by group",
        euros=29_300,
        venue="fire-station",
        author="oksana-bondarenko",
        organisation="weirside-brigade",
        category="health",
        motif="first-aid",
        features="1.1 2.2 2.3",
        sdgs=(3, 4),
        popularity=2.6,
    ),
    _write(
        "she-ships-code",
        "She Ships Code",
        """Girls between eleven and fifteen build real programs for real customers: the ferry, the bakery, the bird
        reserve.""",
        """In the programming elective at Northfields there are twenty-two boys and one girl, and the girl is thinking
        of leaving. It is not the subject, she says, it is the room.

        So here is another room. Four teams of twelve girls meet on Wednesdays at Rope Works Yard and in Mill Three,
        with two women who do this for a living. Each team has a customer. The ferry needs a board that says when it
        is on the other bank. The reserve wants to count curlews from pictures. Tesfaye's bakery would like to know
        how many rolls rainy Mondays need.

        Laptops are lent and may be taken home. In June the customers come, the programs run or crash in front of the
        mothers, and both is celebrated. Alumnae of the first two years come back as mentors.""",
        goal="Girls plan, write, test and present a working program, and see themselves as people who can.",
        learners=96,
        audience="Girls from 11 to 15",
        euros=44_700,
        venue="rope-works",
        author="mei-chen",
        organisation="mill-three",
        category="digital",
        motif="computer",
        features="1.1 2.1 2.4",
        sdgs=(4, 5, 9),
        popularity=1.7,
    ),
    _write(
        "saturday-pots",
        "Saturday Pots",
        """Fathers and children cook lunch together, eat it together, and the mothers have the morning off.""",
        """The twins were four when it dawned on me that I could do three dishes, and two of them were toast.

        On thirty Saturdays, in turn at the Cannery, Halfway Kitchen and the Seafarers' Mission, twelve fathers
        (grandfathers, uncles and foster fathers count) cook with their children. Pedro, who has fed crews of forty in
        a force nine, leads. Each morning has one lesson: the knife, the onion, the price, the leftover. The children
        read the recipe aloud and do the weighing, which is arithmetic, but do not tell them.

        Everybody takes home a bag with the ingredients for doing it once more on Sunday. Fathers who live apart from
        their children can come with them on their weekends; the family centre arranges it where that is difficult.""",
        goal="""Fathers cook a week of affordable meals with their children, and the children measure, read and cut
        with confidence.""",
        learners=280,
        audience="Fathers and other men with children from 4 to 11",
        euros=21_900,
        venue="seafarers-mission",
        author="liam-fletcher",
        organisation="seafarers",
        category="families",
        motif="cooking",
        features="1.1 2.2",
        sdgs=(3, 4, 5),
        popularity=1.8,
    ),
    _write(
        "swim-before-summer",
        "Every Child Swims Before Summer",
        """All nine-year-olds of Northfields who cannot swim learn it in two weeks of the Easter holidays and six
        Saturdays after.""",
        """Of the 480 nine-year-olds in our schools, 190 cannot swim fifty metres. The school lessons were cut to
        eight when the pool was half closed, and eight lessons are just enough to get wet.

        The club takes groups of eight, twice a day, with a teacher in the water and one at the edge. Costumes,
        goggles and the tram are paid. Girls who prefer it swim in a group of girls with a woman teacher and the
        blinds down. Parents learn on the other side of the rope: how long a child stays under, and why it is silent.

        Nobody is finished until they have fallen in with their clothes on and climbed out again.""",
        goal="Children swim fifty metres, float, and get out of the water in their clothes.",
        learners=190,
        audience="Nine-year-olds from Northfields who do not swim yet",
        euros=38_000,
        area="northfields",
        venue="northfields-pool",
        author="chidi-okafor",
        organisation="harbour-swimmers",
        category="moving",
        motif="swimming",
        features="1.1 2.1",
        sdgs=(3, 4),
        popularity=2.8,
    ),
    _write(
        "homework-flat",
        "The Homework Flat Stays Open",
        """Block Nine's community flat opens every school day until eight, with retired teachers, soup, and a door
        that parents may walk through too.""",
        """Five rooms on the ground floor, one of them with a piano nobody remembers buying. Until last year two
        mothers kept the homework flat open on Mondays. On the other days the children do their fractions on the
        stairs, because at home the baby sleeps.

        We ask for one part-time coordinator, eight retired teachers' expenses, soup and lamps. From two to five it is
        homework, from five to six reading aloud, from six to eight the parents: letters from school, online forms, a
        typing course.

        The Tenants' Council gives the flat rent-free and repairs what breaks. We know who broke it, usually.""",
        goal="Pupils finish their work with understanding, and parents can follow what school asks of them.",
        learners=140,
        audience="Pupils from 7 to 15 and their parents around the Long Green",
        euros=31_500,
        area="northfields",
        venue="block-nine",
        author="henrik-toft",
        organisation="rowan-court",
        category="families",
        motif="letters",
        features="1.1 2.1 2.2",
        popularity=2.1,
    ),
    _write(
        "robots-of-the-long-green",
        "Robots of the Long Green",
        """A robot club in the pavilion, with parts from old printers and one big task each season.""",
        """Printers die young. Inside each there are two motors, a sensor, a belt and a power supply that would cost
        forty euros in a shop. The repair café has filled a shipping container with them.

        Twenty-four children meet in two groups on Tuesdays. In autumn their machines must cross the pavilion without
        falling off a table, in winter sort the recycling, in spring carry a cup of tea to the bench where Mr Siddiqui
        sits. Zeynep, who is in the last year of her electrician's training, leads with two friends.

        We would like parents to solder too. The first evening of each season is theirs.""",
        goal="""Children take machines apart, wire a circuit, program a controller and find faults step by step.""",
        learners=70,
        audience="Children from 9 to 14, and one parent each for an evening",
        euros=24_600,
        area="northfields",
        venue="long-green",
        author="zeynep-arslan",
        organisation="repair-cafe",
        category="science",
        motif="robot",
        features="1.3 2.4",
        sdgs=(4, 9, 12),
        popularity=1.3,
    ),
    _write(
        "classroom-without-walls",
        "A Classroom Without Walls",
        """Benches, a roof, a weather station and a pond on the Long Green: lessons outdoors for five schools, evenings
        outdoors for everybody else.""",
        """Our schools were built for 900 pupils and teach 1,400. There is one thing Northfields has plenty of, and
        that is grass.

        Under a timber roof as large as a bus stop for forty, a class can sit in the rain and stay dry. Around it go a
        pond with a railing low enough for wheelchairs, a weather station that writes to the school network, insect
        walls and a chalkboard of slate. Apprentices of the Technical College build it as their examination piece.

        The timetable hangs on a post: schools until three, the homework flat until five, after that whoever comes
        first. On Fridays Mr Kazemi reads poems, in Persian and in English, and there is room on the bench.""",
        goal="""Pupils measure, observe and argue about living things outdoors at least once a week.""",
        learners=1_400,
        audience="Five schools, and everyone who passes",
        euros=46_000,
        reviewed_euros=49_500,
        review="""Feasible on city land. The parks office asks for a foundation without concrete and for a railing at
        the pond, which adds 3,500 euros to the estimate.""",
        area="northfields",
        venue="northfields-school",
        author="dariush-kazemi",
        category="nature",
        motif="garden",
        features="1.3 2.1 2.2",
        sdgs=(4, 11, 15),
        popularity=1.6,
    ),
    _write(
        "allotment-science",
        "What the Slugs Know",
        """A year of real experiments on the allotments: soil, salt, slugs and seaweed, with a laboratory in the barn.""",
        """Every plot holder has a theory about slugs. In forty years nobody has ever tested one.

        Thirty plots agree to be an experiment. Seaweed or compost, watering at dawn or at dusk, beer or ashes; and
        next to each a bed where nothing is done. A soil scientist from the college comes on the first Sunday of the
        month, two microscopes and a drying oven stand in the barn, and school classes count. The salt that creeps in
        under the sea wall is measured in twelve tubes, because it will decide what our children can grow here.

        In November everybody brings a cake and the figures. Whoever was wrong makes the speech.""",
        goal="""Gardeners and pupils set up a fair test, keep records, and draw only the conclusions their figures
        allow.""",
        learners=150,
        audience="Plot holders, two school classes, curious neighbours",
        euros=18_700,
        area="the-saltings",
        venue="allotment-barn",
        author="mairead-oshea",
        organisation="saltings-allotments",
        category="science",
        motif="science",
        features="1.3 2.2 2.6",
        sdgs=(2, 4, 15),
        popularity=1.7,
    ),
    _write(
        "mud-laboratory",
        "The Mud Laboratory",
        """Boots, buckets and a tide table: children and adults explore the mudflat and report what they find to the
        people who plan the sea wall.""",
        """Ten thousand worms live under every square metre at the end of our street, and most of the neighbourhood
        has never set foot on it. Fair enough: without someone who knows the tide it is dangerous.

        Two rangers lead forty walks, always at low water. Boots in all sizes hang in the Sea Wall Centre, and there
        is a wide-tyred wheelchair that floats. Fixed squares are counted by the same classes every month. The figures
        go to the university and to the office that is planning how high the wall should be in fifty years; it has
        promised to come and explain what it does with them.""",
        goal="Residents understand tides, mud and the sea wall, and can follow the debate about raising it.",
        learners=650,
        audience="School classes, families, wheelchair users",
        euros=22_400,
        area="the-saltings",
        venue="sea-wall-centre",
        author="aisling-byrne",
        category="nature",
        motif="shore",
        features="1.3 2.2",
        sdgs=(4, 13, 14),
        popularity=1.5,
    ),
    _write(
        "wind-tuesday",
        "Wind on Tuesdays",
        """A taster course in the former cannery: climb, wire, weld and rescue, for people who wonder whether a job on
        the wind farms could be theirs.""",
        """Eleven hundred people lost their work when the cannery closed, and eleven miles out to sea there are now
        ninety turbines that look for technicians. Between the two lies a training that costs 9,000 euros, and hardly
        anyone pays that to find out that he is afraid of heights.

        Ten Tuesdays, sixteen people each time, four times a year. You climb a twelve-metre mast in a harness, wire a
        panel, weld a seam, put a colleague on a stretcher, and talk with somebody who works out there about being
        away for two weeks. At the end there is an honest conversation about whether it suits you, and a list of who
        pays for the real training.

        Women are explicitly meant. Childcare is in the next room.""",
        goal="Adults try out the work, know the ways into it and decide with open eyes.",
        learners=64,
        audience="Adults out of work or in jobs that are disappearing",
        euros=39_000,
        area="the-saltings",
        venue="cannery",
        author="liam-fletcher",
        organisation="technical-college",
        category="work",
        motif="wind",
        features="1.2 1.3 2.3",
        sdgs=(4, 7, 8),
        popularity=1.4,
    ),
    _write(
        "tin-street-cinema",
        "Tin Street Remembers",
        """Old home movies of the neighbourhood are found, digitised, and shown on a wall with the people in them
        sitting in the first row.""",
        """My husband filmed everything: the regatta, the strike, the flood of 1987 and my mother's hats. The reels
        are in a biscuit tin. There must be two hundred such tins between here and the sea wall.

        Ten young people learn to clean, scan and restore film at the college. They go and fetch the tins, they sit
        down with the owners and write down who is who. Then, on six summer evenings, the films run on the gable wall
        in Tin Street, with a microphone for whoever recognises somebody.

        Every family gets its films back on a stick. Copies of those they agree to go to the museum.""",
        goal="""Young people learn film restoration and how to ask about a life; old people see that theirs is worth
        keeping.""",
        learners=240,
        audience="Ten young film restorers, and a street full of memories",
        euros=11_300,
        area="the-saltings",
        venue="cannery",
        author="rosa-marino",
        category="culture",
        motif="cinema",
        features="1.1 1.2 2.2",
        popularity=1.8,
    ),
    _write(
        "until-the-bread-is-ready",
        "Talk Until the Bread Is Ready",
        """A language café in a bakery: knead, wait and talk, and when the loaf comes out you have spoken for two
        hours.""",
        """Courses teach you to say where the library is. They do not teach you to interrupt, to joke, or to say that
        the dough is too wet.

        In the afternoon Samuel's ovens are empty. Three times a week twenty people come, half of them learning, half
        of them speaking the language since they were born. They make bread from each other's countries in pairs that
        change every half hour. A teacher goes round with a notebook and collects the sentences people were looking
        for. Those are next week's lesson.

        Small children play in the flour room, where two mothers who are training as childminders look after them.
        The bread goes to the Mission.""",
        goal="Newcomers speak freely about everyday matters; long-time residents learn to listen and to explain.",
        learners=220,
        audience="Newcomers and neighbours",
        euros=26_000,
        area="tramsheds",
        venue="welcome-house",
        author="amina-warsame",
        organisation="welcome-house-association",
        category="language",
        motif="language",
        features="1.1 2.2 2.6",
        sdgs=(4, 10),
        popularity=2.5,
    ),
    _write(
        "junior-menders",
        "Junior Menders",
        """The repair café trains twenty-four apprentices between ten and sixteen, who earn their own toolbox.""",
        """When a child mends a lamp, it looks at all lamps differently for the rest of its life. We see it every
        second Saturday. They come with a grandmother and a toaster and do not want to leave.

        From now on they may stay. Two groups of twelve learn in twenty afternoons: electrics at low voltage, sewing
        machines, bicycles, wood glue, the patience to look for a screw. Each year ends with a public mending day at
        which they run the tables and the grown-ups make the coffee.

        Whoever finishes gets a toolbox with eleven good tools and their name punched into the lid.""",
        goal="Children diagnose and repair common household things safely, and know when not to.",
        learners=24,
        audience="Children and teenagers from 10 to 16",
        euros=17_900,
        area="tramsheds",
        venue="tram-depot",
        author="yusuf-demir",
        organisation="repair-cafe",
        category="making",
        motif="workbench",
        features="1.3 2.2",
        sdgs=(4, 12),
        popularity=1.9,
    ),
    _write(
        "how-school-works-here",
        "How School Works Here",
        """Parents who know the school from inside accompany parents who do not, through the first year and in the
        same language.""",
        """What is a parents' evening? Do I have to come? Why does the teacher smile and then write that sentence? At
        Kiln Street we answer such questions at the gate, in the rain, with hands and feet.

        Fourteen parents with nine languages are trained and paid as school guides. Each accompanies eight families
        for a year. They explain the report, come along to the difficult talk, and tell us teachers what we get
        wrong. In the parents' room there is a course in the evening about how children learn to read, whatever the
        language.

        Two neighbouring schools want to join. The sum is planned for all three.""",
        goal="Newly arrived parents understand the school system and take part in its decisions.",
        learners=126,
        audience="Parents of three primary schools",
        euros=15_600,
        area="tramsheds",
        venue="kiln-street-school",
        author="maryam-sadiq",
        organisation="kiln-street",
        category="families",
        motif="classroom",
        features="1.1 2.1 2.2",
        sdgs=(4, 10, 16),
        popularity=1.6,
    ),
    _write(
        "thirty-eight-shelves",
        "Thirty-eight Shelves",
        """A library of children's books in all the languages spoken at Kiln Street, with readers who come and read
        them aloud.""",
        """My daughter speaks Arabic with me and answers in English. She can read neither my mother's letters nor the
        stories I grew up with, and I cannot find them here in any shop.

        Thirty-eight shelves in Station Hall, forty books each. Families choose them, the library catalogues and
        lends them. On Sundays three languages take their turn: someone reads aloud, children who do not understand
        look at the pictures and guess, and afterwards somebody tells it again in English.

        For languages in which there are hardly any children's books, and we have found six, the families write and
        draw one. The Technical College prints it.""",
        goal="Children read and are proud of the language of their family, besides the one they learn at school.",
        learners=500,
        audience="Families with children from 2 to 12",
        euros=28_400,
        area="tramsheds",
        venue="station-hall",
        author="layla-haddad",
        organisation="aldermouth-libraries",
        category="language",
        motif="books",
        features="1.1 2.2 2.6",
        sdgs=(4, 10),
        popularity=1.7,
    ),
    _write(
        "drones-over-the-playground",
        "Drone Pilots of Larch Avenue",
        """A flying course for pupils with twelve camera drones, in the school yard.""",
        """Everybody in my class wants to fly. With twelve drones there is one for two people, and we would film the
        sports day, look into the gutters of the school and make a map of Northfields from above.

        My uncle has a licence and would teach us on Fridays. We would learn to program a flight, to read the wind and
        to obey the rules, which are quite complicated, I have read them.""",
        goal="Pupils fly a drone safely, know the rules of the air and make a map from photographs.",
        learners=24,
        audience="Pupils from 12 to 16",
        euros=16_200,
        area="northfields",
        venue="northfields-school",
        author="abel-girma",
        category="science",
        motif="robot",
        features="2.1 2.4",
        status="refused",
        review="""Not feasible at this place: Larch Avenue lies under the approach of the rescue helicopter to Barrow
        Heath Hospital, and the aviation authority does not allow flights there below 120 metres. The idea itself is
        good. The flying field at Weirside is open to school groups, and the Technical College would lend six drones.
        We have put Abel in touch with both; a proposal for next year would have a good chance.""",
    ),
    _write(
        "tutoring-vouchers",
        "Five Hundred Tutoring Vouchers",
        """Families get vouchers for private tuition which they may spend with any tutor in the city.""",
        """Good tutors exist, but they cost thirty euros an hour, and so they help those who already have help. With
        vouchers of 200 euros each, five hundred pupils could choose a tutor themselves.

        The tutors would register on a list. Payment would go directly to them, so families would have no paperwork
        and nobody would have to explain why they need it.""",
        goal="Pupils at risk of failing a subject pass the year.",
        learners=500,
        audience="Pupils from 10 to 18 whose families have little money",
        euros=100_000,
        venue="northfields-school",
        author="omar-siddiqui",
        category="families",
        motif="classroom",
        features="2.1",
        sdgs=(1, 4, 10),
        status="refused",
        review="""The rules of the learning budget (section 4) do not allow payments to private persons or firms for
        individual lessons, because nobody could check their quality or see the result. We agree about the need. The
        Homework Flat, which is on this year's ballot, and the library's free study evenings go the same way, and the
        social office pays for tuition in single cases. Its telephone number is in our letter to the author.""",
    ),
    _write(
        "planetarium-on-the-hill",
        "A Planetarium on Lantern Hill",
        """A dome with eighty seats beside the lighthouse, for school classes by day and everybody by night.""",
        """The nearest planetarium is three hours away by train. On Lantern Hill we have the darkest sky of the city,
        an observatory with a queue, and on every second evening clouds.

        A second-hand projector is for sale in Utrecht at 68,000 euros. The rest is a dome, chairs and a
        small hall. Starwatch would run it with volunteers, and visitors would pay two euros.""",
        goal="School classes and residents find their way in the night sky and understand how we know what we know.",
        learners=6_000,
        audience="School classes and all residents",
        euros=120_000,
        venue="lighthouse",
        author="arjun-pillai",
        organisation="starwatch",
        category="science",
        motif="stars",
        features="1.2 2.1 2.6",
        status="refused",
        review="""The lighthouse and the land around it are protected, so no new building is possible there. Elsewhere
        the hall would cost about 640,000 euros by the estimate of our building office, which is more than the whole
        city-wide budget. A mobile inflatable dome (about 35,000 euros with projector) would be feasible in any school
        gym. We offered to change the proposal accordingly; the authors prefer to come back next year with a partner.""",
    ),
    _write(
        "twelve-to-iceland",
        "Twelve of Us to Iceland",
        """A class of twelve travels to Iceland for ten days to study volcanoes.""",
        """We have learned everything about volcanoes that can be learned from a screen. Our geography teacher knows a
        school in Akureyri which would put us up, and we would give talks at three schools when we are back.

        The money would pay for flights, the bus and the guide on the glacier. We have already earned 900 euros with
        waffles.""",
        goal="Twelve pupils study volcanoes and glaciers on the spot and report about it.",
        learners=12,
        audience="One course of the final year at Northfields Comprehensive",
        euros=21_500,
        area="northfields",
        venue="northfields-school",
        author="ngozi-okafor",
        category="science",
        motif="science",
        features="2.1",
        status="refused",
        review="""Projects must be open to everybody whom they are meant for (section 2 of the rules). This one is
        limited to a single course whose members are already fixed, at 1,790 euros a person. School trips abroad can
        get money from the European exchange programme, whose deadline is in February; the school office will help
        with the application. Congratulations on the waffles.""",
    ),
)
