"""The words on the demo city's own pages: home, explanations, privacy, accessibility, imprint."""

from functools import cache

from learning_city.demo.content.facts import PageText, prose

HOME_TITLE = "Aldermouth learns"
HOME_LEAD = (
    "A harbour city of 226,000 people who decide together what there is to learn: in libraries and dry docks, in "
    "kitchens, on allotments and on the last ferry."
)
HOME_INTRO = prose("""
    Aldermouth is a learning city. That means: at every age, in every neighbourhood, with or without certificates,
    everybody should be able to learn what they need and what they love. The city hall pays. The residents decide.

    This year 595,000 euros are at stake. You can propose a project, talk about it with others, vote, count the votes
    again, and see what has become of the money. And where one can learn something already is on the map, from the Central
    Library to Nonna Rosa's kitchen.
""")

PLACES_TITLE = "Learning places"
PLACES_SUMMARY = (
    "Libraries, workshops, kitchens, mud: where one can learn something in Aldermouth, with opening hours, the way in, "
    "and somebody who keeps it true."
)
PLACES_INTRO = prose("""
    Is a place missing? Whoever runs it, or loves it, may put it on the map. It takes ten minutes, and nobody needs an
    account. If something is wrong here, please say so: the map is as good as the people who complain about it.
""")
RECOMMENDED = (
    "repair-cafe-in-the-depot",
    "Last year 1,140 things were carried in broken and 803 were carried out working. So were some of the people.",
)

_PAGES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "how-it-works",
        "How the learning budget works",
        "From an idea at the kitchen table to people who have learned something: five steps, each of them public.",
        (
            ("1. Propose", """
                Everybody who lives here may propose a project, at any age and without a vote of their own. A proposal
                says who will learn what, where, and what it costs. You can save a draft and come back.

                Do you need help? There is an advice evening in a library every week. Bring half an idea; we have the
                other half, namely the price list.
            """),
            ("2. Review", """
                City officers check whether a proposal is lawful, possible and calculated correctly, and whether it
                is open to everybody whom it is meant for. They do not judge whether it is good. If something does not
                work, they call you before they decide. Each decision and its reason is public.
            """),
            ("3. Vote", """
                Everybody from sixteen on who lives in the city has one ballot for the whole city, and one for their
                neighbourhood where it has money of its own. Nobody can see the numbers before voting closes, not even
                we ourselves.
            """),
            ("4. Count", """
                The ballots are published without names, together with the rule of counting. Anyone can repeat the
                count and must get the same result. For each project we say why it won or lost.
            """),
            ("5. Learn", """
                Funded projects report what they do, what they spend and what people have learned. Follow a project
                and you will hear from it.
            """),
        ),
    ),
    (
        "how-voting-works",
        "How to vote",
        "On the web, at a library desk or on paper. One person, one ballot, and you may change your mind.",
        (
            ("Who may vote", """
                Everybody who is sixteen or older and lives in Aldermouth, whatever the passport. If you are on the
                residents' register, sign in with your e-mail address and enter your register number and date of birth.
                If not, come to a library desk with anything that shows your address: a letter, a rental contract, a
                social worker.
            """),
            ("How to fill in the ballot", """
                On most ballots you tick up to five projects. In some neighbourhoods you fill a purse instead: tick as
                many as the money pays for. The page adds up for you and says what is left.

                You may cast a ballot with a single project. It counts in full.
            """),
            ("Changing your vote", """
                Until voting closes you may vote again as often as you like. Only the last ballot counts. If somebody
                looks over your shoulder or presses you, vote again later, or on paper in any library.
            """),
            ("Your receipt", """
                After voting you get a code. When voting has closed we publish a list in which you can find it. It
                proves that your ballot is in the box. It cannot prove how you voted, so nobody can buy your vote.
            """),
            ("How the money is shared out", """
                For the whole city we use the Method of Equal Shares. Imagine that every voter gets the same small
                amount of money. A project is bought when the people who ticked it can pay for it together. Those who
                have paid have less left for the next one. So it cannot happen that a majority decides about
                everything and the others about nothing.

                Some neighbourhoods count more simply: the project with the most votes comes first, then the next one,
                as long as the money lasts. Which rule applies is stated on every ballot.
            """),
        ),
    ),
    (
        "how-the-map-works",
        "How the map of learning places works",
        "Who may put a place on it, who keeps it true, and what it tells the city about itself.",
        (
            ("What counts as a learning place", """
                Libraries and schools, of course. But also the bakery in which you may stand beside the oven, the shed where
                lonely people build birdhouses, and the kitchen of somebody who has made gnocchi for sixty years. If people
                can learn something there and a stranger is welcome, it belongs on the map.
            """),
            ("Register a place", """
                It takes ten minutes and no account. Paste the opening hours as they hang on your door; we show you how we
                have understood them before anybody else sees them. If the place seems to be on the map already, we ask
                first. A moderator looks at every new place, mostly within three days, and gives reasons for a no.

                Organisations that have kept their places well for a long time publish without waiting. At present these are
                the libraries and the Technical College.
            """),
            ("Keep it true", """
                Once a year we ask those who look after a place whether everything is still correct. If nobody answers,
                neighbours who have offered to be scouts go and look. If that does not help either, the entry says so.

                You can report an error on every page. Somebody answers. Every change stays visible in the place's history.
            """),
            ("Who is left out", """
                The city does not build its next library where the land is cheap but where people have none. So the map also
                shows who lives far from any place to learn. At present that is mostly Northfields, where more children live
                than anywhere else, and Barrow Heath. In Weirside everything is shut by six.
            """),
            ("Where the rest comes from", """
                Schools, sports halls and some churches come from the city's register of public buildings. It knows addresses
                and hours and little else. Whoever looks after such a place can add what the register has never been told.
            """),
        ),
    ),
    (
        "how-we-talk",
        "How we talk here",
        "Argue about ideas, as hard as you like. Be kind to the people who have them.",
        (
            ("What is welcome", """
                Questions, doubts, corrections and jokes. Say what you have seen yourself, say where you know something from,
                and say it as you would across a table, with the other person sitting there.
            """),
            ("What moderators hide", """
                Insults and threats, advertising, what is nobody's business but somebody else's, dangerous untruths, and what
                has nothing to do with the matter. An opinion is never hidden for being unpopular.
            """),
            ("How that happens", """
                Anybody can report a comment. A moderator looks at it, keeps it or hides it, and writes a reason that everybody
                can read. The first comment of somebody new is looked at before others see it.
            """),
            ("If you think it was wrong", """
                You are told when a comment of yours is hidden, and why. You can then appeal once. Somebody who has not hidden
                it reads what you write and decides, and tells you the reason.
            """),
        ),
    ),
    (
        "privacy",
        "Privacy in plain words",
        "What we know about you, why, for how long, and how you can take it back.",
        (
            ("What we store", """
                Your name as you want it to be shown, your e-mail address, your neighbourhood, and what you write here.
                If you vote, we also store that you have voted. We do not store for whom in connection with you. If you
                look after a learning place, we store that too; the map shows your organisation, never you.
            """),
            ("Your ballot is secret", """
                Your name and your ballot lie in two different drawers. Until voting closes there is a key between them,
                so that you can change your vote. When voting closes the key is destroyed. After that not even we can
                find out what you chose.
            """),
            ("Whom we tell", """
                Nobody. There is no advertising here, no counting of visits by others, no picture or script from
                foreign computers.
            """),
            ("How long", """
                Comments and proposals stay as part of the city's memory. Your account stays until you delete it. The
                register of residents holds neither names nor birthdays, only a key that is worthless without ours.
            """),
            ("Your rights", """
                On your account page you can download everything that we hold about you, and delete it. What has to
                stay, such as a proposal that others have voted on, then stands there without your name. The data
                protection officer answers at privacy@example.org.
            """),
        ),
    ),
    (
        "accessibility",
        "Accessibility",
        "This site is for everybody. Where it is not, we want to know.",
        (
            ("What we promise", """
                We follow the Web Content Accessibility Guidelines 2.2, level AA. All pages work with the keyboard
                alone, with a screen reader, at four times the size, on a small telephone and without JavaScript.
                Beside each map there is a list, and beside each chart a table.
            """),
            ("What does not work yet", """
                Pictures that residents have uploaded themselves are not always described well. If you need one in another
                form, we shall make it for you.
            """),
            ("Other ways", """
                You can do everything in person too: in the Central Library and the four branches, on weekdays from ten
                to seven. The helpers there sign, speak eleven languages, and have time. Ballots in large print and in
                easy language lie ready.
            """),
            ("Tell us", """
                Write to access@example.org or call. You will get an answer from a human being within two working days.
                If you are not satisfied with it, the city's ombudswoman decides.
            """),
        ),
    ),
    (
        "imprint",
        "Imprint",
        "Aldermouth does not exist. Everything else here works.",
        (
            ("Who is responsible", """
                City of Aldermouth, Department of Learning, 1 Market Square, Aldermouth. E-mail: hello@example.org.
            """),
            ("About this city", """
                Aldermouth is a made-up city on the Dogger Bank, which has been under the sea for eight thousand years.
                Its residents, organisations and projects are invented. The site is a demonstration of
                wagtail-learning-city, free software for learning cities.
            """),
            ("Pictures", """
                All illustrations are drawn by the software itself from simple shapes. You may use them freely.
            """),
        ),
    ),
)  # fmt: skip


@cache
def pages() -> dict[str, PageText]:
    """The information pages by slug; section texts are paragraphs with blank lines between."""
    return {
        slug: PageText(slug, title, lead, tuple((heading, prose(text)) for heading, text in sections))
        for slug, title, lead, sections in _PAGES
    }
