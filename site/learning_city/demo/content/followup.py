"""What became of the funded projects of the finished budgets: steps, news and what people learned."""

from functools import cache

from learning_city.demo.content.facts import Milestone, Outcome, Update

# proposal: (author, steps as (title, day, done), news as (day, title, text), outcome as (learners, text) or None)
_Steps = tuple[tuple[str, int, bool], ...]
_News = tuple[tuple[int, str, str], ...]
_STORIES: dict[str, tuple[str, _Steps, _News, tuple[int, str] | None]] = {
    "choir-of-those-who-cannot-sing": (
        "aleksandra-nowak",
        (("Hall and pianist found", 20, True), ("First rehearsal", 45, True), ("Concert with the city orchestra", 270, True)),
        ((47, "Eighty came for sixty places", "We drew lots, and then took all eighty after all. The hall holds them if nobody breathes in at the same time."),
         (272, "We sang", "Four songs, two of them in three parts. The orchestra played softly, as promised, and then not so softly. The choir goes on with a contribution of its own.")),
        (78, "78 people learned to hold a part. 61 of them had not sung in front of others since school. The choir meets on."),
    ),
    "gardens-for-nine-schools": (
        "sofia-papadaki",
        (("Gardeners hired", 30, True), ("Beds built in all nine schools", 110, True), ("First harvest", 180, True), ("Handover to the schools", 300, False)),
        ((112, "Two hundred parents, forty cubic metres of soil", "All the beds stand. At Kiln Street they are on wheels, because the yard has to be a football pitch at noon."),
         (185, "Radishes", "The harvest was 212 kilos, without what was eaten standing up. Larch Avenue lost its lettuce to vandals twice and has planted prickly artichokes."),
         (260, "Eighteen teachers can prune", "The autumn training is finished. Seven schools can take over as planned, two get the gardener for half a year more out of the reserve.")),
        None,
    ),
    "tool-library": (
        "yusuf-demir",
        (("Ticket office refitted", 60, True), ("400 tools catalogued", 85, True), ("Opening", 95, True), ("Five hundred members", 250, True)),
        ((96, "The first loan was a spirit level", "It was needed to hang the sign. We opened with 412 tools and a queue as far as the fish stall."),
         (251, "Member number 500", "Ottilie Brandt, ninety, borrowed the small drill. She brought it back cleaner than it was.")),
        (640, "640 people borrowed and learned to use a tool; 210 came to the Tuesday lessons. Two accidents, both with plasters."),
    ),
    "women-swim": (
        "salma-benali",
        (("Four teachers trained", 40, True), ("First courses", 60, True), ("Swim in the open sea", 240, True)),
        ((64, "All places gone in a day", "There are 61 women on the waiting list. We have asked for a third evening."),
         (241, "Into the sea", "Forty-four women swam from the slip to the buoy and back, with three boats, two lifeguards, and all the daughters on the quay.")),
        (184, "152 of 184 learners swim fifty metres. Six of the daughters are now lifesavers."),
    ),
    "the-dome-opens": (
        "sunniva-dahl",
        (("Minibus contract", 25, True), ("First clear night", 40, True), ("Forty nights", 330, False)),
        ((42, "Clear at last", "After eleven evenings of cloud the first text message went out at five past five. At nine there were 84 people on the lawn."),
         (230, "Twenty-six of forty", "The weather is against us, the visitors are not. The planets one can hold are so popular that Mill Three prints a second set.")),
        None,
    ),
    "memory-cafe": (
        "ruth-adler",
        (("Nurse and accordion found", 30, True), ("First Tuesday", 40, True), ("Half-year review", 210, True)),
        ((41, "Twenty-two, and nobody forgot the cake", "We shall need the large room. The pupils of the care college asked better questions than we did."),
         (212, "What families say after half a year", "Thirty-one of thirty-four write that they have slept better. Two husbands have founded a walking group which gets lost on purpose.")),
        (96, "96 family carers took part; most use the respite care they are entitled to for the first time."),
    ),
    "science-by-the-pint": (
        "linh-tran",
        (("Speakers trained", 50, True), ("Thirty evenings held", 300, True)),
        ((70, "Who would have thought it of herring", "The first ten evenings had 61 listeners on average. In the Anchor they stood on the stairs."),
         (301, "Last orders", "Thirty evenings, 1,912 visitors, one proposal of marriage. The college carries on with six evenings a year.")),
        (1_912, "1,912 visitors; in the questionnaires two thirds say they have since read up on something."),
    ),
    "seven-orchards-school": (
        "beatrix-lowe",
        (("Pruning in frost", 40, True), ("Grafting", 90, True), ("Pressing", 290, False)),
        ((91, "312 grafts", "We expect half of them to take. Each has a label with a name and a telephone number."),
         (200, "A sort that is in no book", "The pomologists have no name for the yellow apple beside the car park in Bramley Lane. Suggestions are accepted.")),
        None,
    ),
    "chess-under-the-trees": (
        "dmitri-volkov",
        (("Tables cut", 80, True), ("Tables set in six parks", 130, True), ("Tournament of pairs", 260, True)),
        ((132, "Twelve tables, nine tonnes", "The apprentices have chiselled their marks underneath. Whoever finds all twelve gets a lesson."),
         (262, "The oldest and the youngest won", "Abel Girma (14) and Bjørn Hagen (81) beat 47 other pairs. Their tactics: one thinks, one glares.")),
        (530, "About 530 people had lessons; on Sundays one has to queue for a table."),
    ),
    "traffic-garden": (
        "hannah-bauer",
        (("Car park cleared", 50, True), ("Streets painted, lights working", 120, True), ("All second-formers have practised", 280, False)),
        ((121, "Green", "At ten the mayor drove through a red light on a tricycle and was stopped by a six-year-old officer."),
         (220, "Nine schools so far", "760 children have practised. On Sundays it is fullest at ten, so there are now two benches and some shade.")),
        None,
    ),
    "hospital-classroom": (
        "carmen-ruiz",
        (("Room furnished", 60, True), ("Two teachers at work", 75, True), ("Six classroom robots", 120, True), ("Review with the schools", 280, False)),
        ((76, "The bell rings on Ward Six", "Nine children, four school years, one teacher who can do everything except recorder."),
         (122, "Ada's neighbour is a robot", "Six robots sit in six classes. The children on the ward have dressed them up. One wears a bow tie.")),
        None,
    ),
    "pickle-jar-school": (
        "nadia-petrova",
        (("Teachers and kitchens found", 35, True), ("Twenty weekends", 300, False)),
        ((150, "Eight weekends, 1,340 jars", "One exploded, for educational purposes. Kimchi and lemons lead; nobody wants to do the herring."),),
        None,
    ),
    "grandmothers-podcast": (
        "ife-adeyemi",
        (("Eight pairs recorded", 90, True), ("First broadcast", 120, True), ("Forty episodes", 330, False)),
        ((121, "On the air at breakfast", "Episode one: how to cross a lagoon with a sewing machine. It has been heard 2,100 times so far."),),
        None,
    ),
    "reading-dogs": (
        "elspeth-munro",
        (("Fourteen dogs examined", 40, True), ("Eight places visited each week", 60, True), ("Comparison before and after", 270, True)),
        ((61, "Good dog", "Of sixteen candidates fourteen passed. One failed for snoring, one ate the examination."),
         (272, "It works", "The teachers' measurements: 42 more words a minute on average, and hardly any stomach aches before reading aloud.")),
        (231, "231 children read to a dog; on average they read 42 words a minute more than in autumn."),
    ),
    "the-needle-and-the-machine": (
        "layla-haddad",
        (("Sixteen machines installed", 50, True), ("First course: bags", 110, True), ("Third course: prices", 300, False)),
        ((112, "Thirty-two bags", "No two alike. The theatre has ordered forty costumes and pays the proper rate, after a lesson on what that is."),),
        None,
    ),
    "films-with-a-phone": (
        "mateo-silva",
        (("Five weekends in six neighbourhoods", 150, True), ("Screening on the ferry", 240, True)),
        ((242, "Sixteen metres wide", "Sixty-six films, each a minute. The ferry rocked a little, which improved some of them."),),
        (70, "70 young people each finished a film; four now work with the radio."),
    ),
    "heat-school": (
        "oksana-bondarenko",
        (("Hundred sensors up", 70, True), ("Neighbours trained", 140, True), ("Summer report", 250, True)),
        ((142, "One hundred and twenty doors", "Each trained neighbour has a list of ten doors. The map shows a courtyard in Kiln Street seven degrees hotter than the quay."),
         (252, "A summer nobody died alone", "On nine hot days 610 visits were made. Eleven people were taken to a cool room, two to hospital in time.")),
        (410, "410 residents were trained; the map now guides where the city plants trees."),
    ),
    "mirror-for-interviews": (
        "callum-reid",
        (("Wardrobe opened", 30, True), ("A year of evenings", 330, False)),
        ((180, "Eighty-one jobs", "Of 190 people who have rehearsed with us, 81 have got a job, me included, which is why this report is late."),),
        None,
    ),
    "money-without-tears": (
        "amina-warsame",
        (("Group leaders trained", 40, True), ("Twelve groups", 300, False)),
        ((160, "4,100 envelopes", "That is how many have been opened so far. In every tenth there was money for the recipient, not a bill."),),
        None,
    ),
    "skate-and-weld": (
        "mateo-silva",
        (("Welding course", 30, True), ("Safety office says yes", 75, True), ("Three ramps open", 80, True)),
        ((81, "Open", "The master went first. There is a film of it. We have promised not to publish the film."),),
        (17, "17 of us can weld; two began an apprenticeship at the dry dock."),
    ),
    "exam-buddies": (
        "ngozi-okafor",
        (("Sixty pairs found", 20, True), ("Pizza before the exam", 130, True)),
        ((150, "57 of 60 passed", "And the other three did so in the resit. The buddies say that now they finally understand it themselves."),),
        (118, "57 of 60 pupils passed at the first attempt."),
    ),
    "band-room": (
        "freya-holt",
        (("Soundproofing", 40, True), ("Opening night", 60, True)),
        ((61, "Nine bands, one drum kit, no quarrel", "The timetable hangs on the door and is holier than any school rule."),),
        (52, "52 people rehearse regularly, among them two bands over sixty."),
    ),
    "cook-for-exam-week": (
        "freya-holt",
        (("Eight evenings", 90, True), ("Three hundred plates", 140, True)),
        ((142, "Three hundred plates", "Lentils, flatbread, carrot salad. Costs a plate: one euro and four cents."),),
        (34, "34 school leavers can cook eight dishes, and one of them noodles after all."),
    ),
    "first-job-first-rights": (
        "ngozi-okafor",
        (("Six schools", 60, True),),
        ((62, "Eleven letters", "Eleven of us wrote to their employer, nine got paid. The template for the letter is in the library."),),
        (171, "171 young workers know their rights; nine got the wages they were owed."),
    ),
}  # fmt: skip


@cache
def milestones() -> tuple[Milestone, ...]:
    """The steps of all projects that were likely to win, in order."""
    return tuple(
        Milestone(slug, title, day, done)
        for slug, (_author, steps, _entries, _outcome) in _STORIES.items()
        for title, day, done in steps
    )


@cache
def updates() -> tuple[Update, ...]:
    """News from the projects, oldest first within each project."""
    return tuple(
        Update(slug, author, title, text, day)
        for slug, (author, _steps, entries, _outcome) in _STORIES.items()
        for day, title, text in entries
    )


@cache
def outcomes() -> tuple[Outcome, ...]:
    """What people learned, for the projects that are finished."""
    return tuple(
        Outcome(slug, outcome[0], outcome[1])
        for slug, (_a, _s, _n, outcome) in _STORIES.items()
        if outcome is not None
    )
