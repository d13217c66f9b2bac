"""What residents say under the proposals: praise, doubt, questions and answers."""

from functools import cache

from learning_city.demo.content.facts import Comment

# proposal: (author, text) or (author, text, position of the remark it answers)
_THREADS: dict[str, tuple[tuple[str, str] | tuple[str, str, int], ...]] = {
    "tea-and-tablets": (
        ("ruth-adler", "My student last year was called Linh. She learned about the ablative, I learned about updates."),
        ("dmitri-volkov", "What stops a fraudster from saying he comes from this project? I would open the door to anyone with a tablet."),
        ("edith-crane", "A fair point. They come with a photo pass, always by appointment, and the day centre's number is on the card so you can ring first.", 1),
        ("dmitri-volkov", "Then I am for it.", 1),
        ("fatou-diallo", "Could home care workers suggest households? We see every day who would need this."),
        ("rajiv-menon", "Yes please. A note to the college office is enough.", 4),
        ("bjorn-hagen", "I refused for ten years. Now my granddaughter reads me the shipping forecast from Bergen. Vote for it."),
    ),
    "the-music-bus": (
        ("ngozi-okafor", "The nearest trombone teacher is an hour away from me. An HOUR."),
        ("henrik-toft", "Lovely, but it takes almost a third of the pot. Would one stop less be cheaper?"),
        ("tunde-bello", "Hardly: the conversion is the expensive part and happens once. I have put the list of costs into the description of the stops at the library.", 1),
        ("signe-lauritsen", "We in Barrow Heath are used to things that stop in the next neighbourhood. Thank you for coming all the way."),
        ("elspeth-munro", "Where will it park in Weirside? Not on the cricket green, I hope."),
        ("tunde-bello", "At the ferry landing, on the gravel. The green is safe.", 4),
        ("dariush-kazemi", "I drove that very bus for eleven years. She has a good voice already."),
    ),
    "night-in-the-library": (
        ("josefine-krag", "I would put my whole class on the list tonight."),
        ("hannah-bauer", "Is there something for children who do not dare sleep away from home?"),
        ("vikram-rao", "Reading until nine with a parent is fine too. About three in every group do that.", 1),
        ("abel-girma", "can older ones come back as helpers"),
        ("vikram-rao", "From fourteen on, and you get the better mattress.", 3),
    ),
    "bicycle-school-for-grown-ups": (
        ("layla-haddad", "I am one of those who wobble. Where do I sign?"),
        ("omar-siddiqui", "As a taxi driver I should be against it. I am for it, my wife wants to learn."),
        ("lotte-visser", "The bicycles are already in my cellar. Please vote, I need the cellar."),
        ("wanjiru-kamau", "Three of my patients after a stroke could start tomorrow. Are there really tricycles?"),
        ("salma-benali", "Four, and one of them carries a passenger.", 3),
    ),
    "sign-aldermouth": (
        ("ottilie-brandt", "My hearing is going. I would rather learn it now than when I need it."),
        ("samuel-tesfaye", "My whole shop takes part. Clara has shown me the sign for sourdough, and I am told it looks like a slug."),
        ("clara-nyberg", "It looked like a slug because you did it wrong.", 1),
        ("gabriel-ionescu", "Is there a course for people who do not know English well either? For us it would be easier than English."),
        ("clara-nyberg", "Yes. Two of the twelve start without any spoken language at all.", 3),
    ),
    "books-through-the-wall": (
        ("liam-fletcher", "Honestly: there is no money for our school library, but for theirs?"),
        ("kofi-mensah", "I understand the question. Ninety-five of a hundred come out again and live next to you and me. I would like them to have read something by then.", 0),
        ("liam-fletcher", "Fair. And the bedtime stories got me, I admit it.", 0),
        ("ruth-adler", "I was in the reading group last winter. Nobody has ever contradicted me so well about Dostoevsky."),
    ),
    "driving-theory-plain": (
        ("omar-siddiqui", "Thirty years on the road and I failed two of the sample questions."),
        ("hamid-rahimi", "I need this. The word 'notwithstanding' has cost me eighty euros."),
        ("elspeth-munro", "Could the map stay in Welcome House for pedestrians too? Half of Weirside does not know the new junction."),
    ),
    "circles-for-care-workers": (
        ("carmen-ruiz", "The best training I ever had was six colleagues and one good question at half past nine at night."),
        ("beatrix-lowe", "Should not the employers pay for this?"),
        ("fatou-diallo", "They should, and two of five pay half. For the others we show in one year that it works. I am tired of waiting.", 1),
        ("edith-crane", "I am one of those who are lifted. Please, yes."),
    ),
    "on-air-at-sixteen": (
        ("mateo-silva", "do you have to speak properly or can you speak like us"),
        ("tunde-bello", "Like you. But so that my mother understands it. That is the art.", 0),
        ("greta-lindqvist", "I built the old mixing desk in 1979. I shall bring biscuits and a soldering iron."),
        ("freya-holt", "Weirside has no bus after nine, how do we get home on Thursdays?"),
        ("tunde-bello", "There is money for shared taxis in the plan, line four.", 3),
    ),
    "the-letter-rooms": (
        ("marek-hudec", "I signed things for forty years without knowing what. I will say no more here. Vote for it."),
        ("pedro-carvalho", "Respect, Marek.", 0),
        ("sunniva-dahl", "74,000 is a lot for 180 people, I thought. Then I worked it out: it is one crown and two fillings each."),
        ("henrik-toft", "Block Nine gives the small room free of charge, the council has decided it."),
        ("noa-levi", "Could the rooms have no name at all? 'Letter Room' would give it away too."),
        ("signe-lauritsen", "On the door there is only a number. The name is for the ballot.", 4),
    ),
    "harbour-on-foot": (
        ("tomasz-wilk", "Paddy tells the one about the parrot only after the second beer. Will that be part of it?"),
        ("paddy-quill", "For adults. There is a version without the parrot.", 0),
        ("ines-duarte", "The photographs are scanned and ready. Eleven guides have signed up so far, we need five more, above all women from the canneries."),
        ("rosa-marino", "I gutted herring for nine years. I can talk as well.", 2),
    ),
    "hands-on-the-chest": (
        ("samuel-tesfaye", "My father fell down in the queue at the bank. Eleven people stood there. Do it."),
        ("chidi-okafor", "The pool will host four evenings."),
        ("yusuf-demir", "Do the dolls have women's chests too? I read that people hesitate to help women."),
        ("oksana-bondarenko", "Four out of ten. It is true, and we talk about it in every course.", 2),
        ("zeynep-arslan", "Mine was in the stairwell at Rowan Court, sixty people came, we ran out of floor."),
    ),
    "she-ships-code": (
        ("kaito-mori", "Why only girls? My little brother would like it too."),
        ("mei-chen", "He can go to Robots of the Long Green, it is good. In our city every coding club is open to girls and in every one there is one girl. We try it differently for one year and count.", 0),
        ("callum-reid", "I would carry cables for this."),
        ("elspeth-munro", "The ferry is very much looking forward to its board."),
    ),
    "saturday-pots": (
        ("hannah-bauer", "A morning off. Thirty times. I have tears in my eyes."),
        ("gabriel-ionescu", "I drive on weekdays and see my daughter only on Saturdays. This is exactly it."),
        ("nadia-petrova", "Halfway Kitchen is ready. The knives are sharp, so please tell the grandfathers."),
    ),
    "swim-before-summer": (
        ("resident", "My son is one of the 190. He says he can swim 'a bit', and that is what frightens me."),
        ("henrik-toft", "Why do we have to vote on something the school should do?"),
        ("chidi-okafor", "I agree that we should not have to. The pool is repaired in two years at the earliest, and they are nine now.", 1),
        ("fatou-diallo", "Thank you for thinking of the girls and the blinds."),
    ),
    "homework-flat": (
        ("abel-girma", "i wrote my best essay on the stairs but it was cold"),
        ("zeynep-arslan", "I learned in there for my exam. The piano is missing a D."),
        ("rajiv-menon", "I could come on Wednesdays for physics, without expenses."),
        ("henrik-toft", "Rajiv, you are hired.", 2),
    ),
    "robots-of-the-long-green": (
        ("omar-siddiqui", "I sit on that bench anyway. Two sugars, please."),
        ("beatrix-lowe", "Who makes sure that the batteries are disposed of properly?"),
        ("zeynep-arslan", "The repair café has a fire-safe box and takes them to the depot every month.", 1),
    ),
    "classroom-without-walls": (
        ("josefine-krag", "From experience at Orchard End: build the tool shed twice as large as you think."),
        ("henrik-toft", "A pond means mosquitoes and somebody who falls in."),
        ("dariush-kazemi", "It is 40 centimetres deep, has a railing and newts, who eat the mosquitoes. I asked the newts.", 1),
        ("ngozi-okafor", "Lessons outside. Yes. Even maths."),
    ),
    "allotment-science": (
        ("rosa-marino", "I know what slugs know. But I shall let you count."),
        ("beatrix-lowe", "Please do include a control bed in each plot, otherwise it is gardening and not science. I read that you do. Bravo."),
        ("aisling-byrne", "The reserve would love to have the salt readings."),
    ),
    "mud-laboratory": (
        ("wanjiru-kamau", "A wheelchair that floats! I know five people who will argue about who goes first."),
        ("paddy-quill", "Respect the fog. In 1968 it took eleven minutes."),
        ("aisling-byrne", "No walk without two rangers, radio and a turning time. You are welcome to check on us.", 1),
    ),
    "wind-tuesday": (
        ("callum-reid", "is there an age limit downwards"),
        ("liam-fletcher", "Eighteen, because of the mast.", 0),
        ("mairead-oshea", "My cousin did the big course and hated the sea. Ten Tuesdays would have spared him 9,000 euros."),
        ("aisling-byrne", "I like it, but the firms earn millions. Let them pay for their own advertising."),
        ("liam-fletcher", "One of them gives the mast and the harnesses. The course is meant to make people independent of what firms tell them, so I did not want to take more.", 3),
    ),
    "tin-street-cinema": (
        ("mateo-silva", "can we add sound"),
        ("rosa-marino", "You may, if you ask the people in it first.", 0),
        ("mairead-oshea", "I am the one in the green swimsuit in 1974. You are warned."),
        ("ines-duarte", "The museum would be honoured to keep copies."),
    ),
    "until-the-bread-is-ready": (
        ("chair", "The neighbourhood committee has discussed this and supports it with eleven votes to none."),
        ("oksana-bondarenko", "My first joke in English was in that bakery. Nobody laughed, but they corrected the grammar."),
        ("gabriel-ionescu", "Three afternoons are good, but those who work days cannot come. One evening?"),
        ("amina-warsame", "Samuel says Thursday from seven, if you sweep up. I shall add it.", 2),
        ("samuel-tesfaye", "I did say that.", 2),
    ),
    "junior-menders": (
        ("maryam-sadiq", "Two of my pupils have already taken the school bell apart. Please give them supervision."),
        ("hannah-bauer", "750 euros a child is a proud sum."),
        ("yusuf-demir", "It is. 190 of it is the toolbox, which lasts sixty years, and the rest is two people who stand beside them for twenty afternoons.", 1),
    ),
    "how-school-works-here": (
        ("layla-haddad", "In my first year I thought that 'parents are welcome' was meant for others."),
        ("samuel-tesfaye", "I was a guide in the trial. I have learned as much about school as my eight families."),
    ),
    "thirty-eight-shelves": (
        ("dariush-kazemi", "I give my own childhood books, with jam on the pages."),
        ("dmitri-volkov", "Who checks what is in books nobody here can read?"),
        ("layla-haddad", "At least two families who read the language, independently of each other. And librarians look at the pictures, which say a lot.", 1),
        ("amina-warsame", "For Maay there is no children's book at all. We have begun to draw."),
    ),
    "drones-over-the-playground": (
        ("abel-girma", "ok the helicopter is a good reason. see you at weirside"),
        ("officer", "Thank you, Abel. Bring the map plan with you to the advice evening, it was the best part.", 0),
        ("carmen-ruiz", "From the ward that hears the helicopter: thank you for understanding."),
    ),
    "tutoring-vouchers": (
        ("omar-siddiqui", "I do not agree with the reasons, but they were explained to me, on the phone, for half an hour. That is more than I expected."),
        ("henrik-toft", "Come and see the Homework Flat, Omar. We need people who are angry in a useful way."),
    ),
    "planetarium-on-the-hill": (
        ("greta-lindqvist", "A pity. But an inflatable dome in the gym, why not? I volunteer to inflate."),
        ("bjorn-hagen", "I would not have wanted it next to the light either, I must say."),
        ("arjun-pillai", "We shall be back, with the university and without concrete.", 1),
    ),
    "twelve-to-iceland": (
        ("ngozi-okafor", "Annoying but fair. The exchange application is in, fingers crossed."),
        ("freya-holt", "Sell more waffles."),
    ),
    "which-voice-is-real": (
        ("ottilie-brandt", "In the exchange we knew every voice in the harbour. Nobody could have fooled me then."),
        ("dmitri-volkov", "Our family password is the name of a dog that never existed."),
        ("sunniva-dahl", "You should not write that here, Dmitri.", 1),
        ("dmitri-volkov", "It has been changed.", 1),
    ),
    "apprentice-for-a-day": (
        ("yusuf-demir", "I would take somebody, and I would like to go to the court."),
        ("hannah-bauer", "What about people who cannot take a day off?"),
        ("dariush-kazemi", "Some trades work at night and on Sundays. The bakery begins at two.", 1),
    ),
    "bee-school": (
        ("beatrix-lowe", "Twenty more honeybee colonies compete with the wild bees. Please consider fewer hives and more beds."),
        ("sofia-papadaki", "You are right that it is a question of numbers. I have asked the university how many hives the flowers can bear, and will change the figure before the deadline.", 0),
        ("beatrix-lowe", "That is all one can ask for. Thank you.", 0),
    ),
    "museum-by-ear": (
        ("clara-nyberg", "And then one tour for the Deaf, and then one for both of us together!"),
        ("ines-duarte", "Deal.", 0),
    ),
    "the-long-table": (
        ("edith-crane", "I have eaten alone for nine years. I should come to all ten."),
        ("callum-reid", "what happens if someone starts shouting"),
        ("pedro-carvalho", "There is a soup for that. Seriously: two hosts per table, both have practised it.", 1),
    ),
    "ask-a-midwife": (
        ("liam-fletcher", "With twins I would have needed the first two hundred days."),
        ("rosa-marino", "What exactly has changed, I should like to know."),
        ("carmen-ruiz", "Come to the fifth evening, Rosa, and tell us on the sixth.", 1),
    ),
    "archive-of-bell-street": (
        ("tunde-bello", "The bullet hole is from a champagne cork, I was told."),
        ("ottilie-brandt", "That is version four.", 0),
    ),
    "stairs-academy": (
        ("bjorn-hagen", "218? I count 221."),
        ("edith-crane", "You count the kerb, Bjørn.", 0),
        ("wanjiru-kamau", "I would gladly teach this. Falling is a skill."),
    ),
    "market-arithmetic": (
        ("ilse-vanacker", "I shall be the dealer who does not help. I have practice."),
        ("maryam-sadiq", "Our year six is in."),
    ),
    "cricket-on-the-green": (
        ("abel-girma", "what is a googly"),
        ("omar-siddiqui", "Come on Saturday and you will know why you missed it.", 0),
        ("henrik-toft", "Balcony windows begin at 40 metres. I only mention it."),
    ),
    "student-flat-repair": (
        ("nadia-petrova", "Please begin with corridor three, where the mushrooms grow."),
    ),
    "hydrant-kids": (
        ("freya-holt", "I am too old for it, so unfair."),
        ("ewan-baird", "You may drive the pump at the camp.", 0),
    ),
    "notes-at-sixty-seven": (
        ("aleksandra-nowak", "The choir would like to sing with you. In two years, say."),
        ("mei-chen", "I live above the Rope Works. How much carpet exactly?"),
        ("marek-hudec", "Forty square metres, and never after eight. You will have my telephone number.", 1),
    ),
    "seed-library": (
        ("rosa-marino", "It is called tomato because it is a tomato."),
        ("ilse-vanacker", "I have beans from my grandmother for drawer one."),
    ),
    "cargo-bike-licence": (
        ("josefine-krag", "The gate in Bramley Lane is too narrow by four centimetres, I have the scratches."),
        ("lotte-visser", "With eight bicycles you need a mechanic every week, I miss that in the budget."),
        ("hannah-bauer", "Good point, I have forgotten that. I shall add 1,800 euros.", 1),
    ),
    "words-for-stone": (
        ("tomasz-wilk", "The chisel is called a boaster. You cannot invent it. I would gladly take part as a local master."),
        ("signe-lauritsen", "A picture dictionary of trades is missing everywhere. The Letter Rooms would like copies."),
    ),
    "choir-of-those-who-cannot-sing": (
        ("marek-hudec", "I was told in 1966 to move my lips. I was at the concert and I did not move them, I used them."),
        ("aleksandra-nowak", "Second row, third from the left, and not once flat.", 0),
        ("edith-crane", "What will happen when the money ends?"),
        ("aleksandra-nowak", "Members pay five euros a month now, whoever can. It suffices.", 2),
    ),
    "gardens-for-nine-schools": (
        ("maryam-sadiq", "Our tubs on wheels have been to the market and back."),
        ("josefine-krag", "The caretaker who was against it now waters on Sundays."),
        ("henrik-toft", "Larch Avenue's bed was trampled twice. It was built up again three times."),
    ),
    "tool-library": (
        ("lotte-visser", "Could you get a spoke tension meter?"),
        ("yusuf-demir", "Number 412, since Tuesday.", 0),
        ("ottilie-brandt", "At ninety I put up a shelf. It is not straight, but it is mine."),
    ),
    "women-swim": (
        ("layla-haddad", "Fifty metres. In the sea. With my daughter. That is all."),
        ("omar-siddiqui", "Good thing, but why do men who cannot swim get nothing?"),
        ("salma-benali", "Because nobody has proposed it yet. You write it, we help with the hours.", 1),
    ),
    "money-without-tears": (
        ("callum-reid", "opened 31 envelopes. two were birthday cards"),
        ("gabriel-ionescu", "The leaflet game is harder than the driving test."),
    ),
    "the-dome-opens": (
        ("abel-girma", "saw saturn. it really has them"),
        ("edith-crane", "The cocoa deserves a project of its own."),
        ("bjorn-hagen", "The minibus saved my knees."),
    ),
    "the-needle-and-the-machine": (
        ("noa-levi", "The puppets' new coats are from there. Perfect seams."),
    ),
    "theatre-of-the-night-cleaners": (
        ("ruth-adler", "I should have gladly voted for fewer chess tables and for this."),
        ("noa-levi", "We shall play it anyway, unpaid, in spring.", 0),
    ),
    "memory-cafe": (
        ("carmen-ruiz", "What one learns here in an hour, I had to learn in twenty years on the ward."),
        ("ruth-adler", "He asked where the piano was, and somebody sat down with him and played it."),
    ),
    "science-by-the-pint": (
        ("paddy-quill", "The herring lady was the best evening since the moon landing."),
        ("aisling-byrne", "Could there be one on the mudflat question with somebody from City Hall?"),
    ),
    "films-with-a-phone": (
        ("mateo-silva", "sixteen metres of my sister's face. she has forgiven me"),
    ),
    "seven-orchards-school": (
        ("sofia-papadaki", "Tree 14 bears again."),
        ("beatrix-lowe", "The 'car park apple', as we provisionally call it, is now with the pomologists.", 0),
    ),
    "a-boat-called-patience": (
        ("callum-reid", "I know two who were in the last one. One is at the yard today."),
        ("hannah-bauer", "4,700 euros a head. I hesitated for a long time."),
        ("tomasz-wilk", "A year without work costs the city three times that. But I understand you, it is real money.", 1),
    ),
    "chess-under-the-trees": (
        ("dmitri-volkov", "I have lost 112 games on purpose and 31 not on purpose."),
        ("abel-girma", "31 is wrong it was 34", 0),
    ),
    "heat-school": (
        ("chair", "The committee would like to know whether the sensors may stay up after the year."),
        ("oksana-bondarenko", "They may. The college keeps the map running.", 0),
    ),
    "mirror-for-interviews": (
        ("gabriel-ionescu", "The shoes were half a size too large and brought me luck."),
    ),
    "traffic-garden": (
        ("hannah-bauer", "The little traffic light is taken more seriously than the big one."),
        ("vikram-rao", "On Sundays it is full at ten. Could it have a bench for the parents?"),
    ),
    "hospital-classroom": (
        ("josefine-krag", "The robot sits next to Ada and gets notes slipped to it."),
        ("carmen-ruiz", "This week a boy on Ward Six gave a talk about whales to his whole class."),
    ),
    "pickle-jar-school": (
        ("nadia-petrova", "Cellar shelf three: do not touch, it is still talking."),
    ),
    "grandmothers-podcast": (
        ("ife-adeyemi", "Episode one has been heard in Lagos. Great-grandmother wants to know what she gets for it."),
    ),
    "reading-dogs": (
        ("elspeth-munro", "Bruno has put on weight. Please no biscuits during chapter breaks."),
        ("vikram-rao", "The tortoise is booked out until March."),
    ),
    "solar-on-the-balcony": (
        ("zeynep-arslan", "As an apprentice I would have liked that. Try again next year?"),
    ),
    "ferry-classroom": (
        ("freya-holt", "What a pity. I have already learned the bowline."),
    ),
    "esports-academy": (
        ("beatrix-lowe", "109,000 euros for computers that will be old in three years."),
        ("kaito-mori", "It was too big, we see that now. Next time with used machines and half the hall.", 0),
    ),
    "skate-and-weld": (
        ("mateo-silva", "the master went down first and fell. legend"),
        ("mairead-oshea", "I can hear it at my plot and I do not mind."),
    ),
    "exam-buddies": (("abel-girma", "my buddy was better than the teacher dont tell him"),),
    "queer-history-walk": (("ottilie-brandt", "I knew one of the two dancers. Come and ask me, with money or without, and do not wait too long."),),
    "cook-for-exam-week": (("nadia-petrova", "Three hundred plates. Not one noodle. I checked."),),
    "night-bus-theatre": (("dariush-kazemi", "I would have driven."),),
    "band-room": (("ewan-baird", "Better a drum kit in the garage than none of the young people at all."),),
    "first-job-first-rights": (("salma-benali", "Eleven wrote letters. Nine got their money."),),
    "robot-boat": (("aisling-byrne", "The seals are disappointed. Ask again next time, with a smaller boat."),),
}  # fmt: skip


@cache
def comments() -> tuple[Comment, ...]:
    """All remarks in the order they were made; `day` counts from the day the proposal was published."""
    return tuple(
        Comment(
            proposal=slug,
            author=remark[0],
            text=remark[1],
            day=1 + 2 * position + (len(slug) + position) % 3,
            reply_to=remark[2] if len(remark) == 3 else None,
        )
        for slug, thread in _THREADS.items()
        for position, remark in enumerate(thread)
    )
