"""What the reviewers wrote publicly about each proposal they decided on."""

from functools import cache

from learning_city.demo.content.proposals import ALL

# Reasons for refusals and for changed costs stand with the proposals; these are the plain yeses.
_FEASIBLE: dict[str, str] = {
    "tea-and-tablets": "Feasible. The college insures its students at work in private homes, and the data protection officer has approved the rule that nobody touches a password.",
    "night-in-the-library": "Feasible. The fire service allows thirty sleepers per branch if two adults stay awake, as planned.",
    "bicycle-school-for-grown-ups": "Feasible. The car park behind Station Hall is free in the evenings until further notice.",
    "sign-aldermouth": "Feasible. The teachers' rates follow the collective agreement; the hall gives a written price.",
    "books-through-the-wall": "Feasible. The prison governor has agreed to four opening days and to the reading group in writing.",
    "driving-theory-plain": "Feasible. The project teaches for the theory test and gives no driving lessons, so no driving school licence is needed.",
    "circles-for-care-workers": "Feasible. Three of five employers have signed the agreement about working time; the others may join later.",
    "on-air-at-sixteen": "Feasible. Radio Alder's licence covers programmes by minors if an adult editor is on duty.",
    "the-letter-rooms": "Feasible. All four rooms are confirmed. We have checked the pay of the twelve doorkeepers with the job centre, so that nobody loses benefits.",
    "harbour-on-foot": "Feasible. The port authority has approved the route; the stop at the silo moves to the other side of the fence.",
    "hands-on-the-chest": "Feasible. The materials meet the guidelines of the resuscitation council. We look forward to the list of missing defibrillators.",
    "she-ships-code": "Feasible. Courses for girls alone are lawful where girls are clearly under-represented, which the schools' figures show.",
    "saturday-pots": "Feasible. All three kitchens have been inspected for groups with children.",
    "swim-before-summer": "Feasible. The pool gives the lanes free of charge. We have confirmed the numbers with the schools.",
    "homework-flat": "Feasible. The housing company agrees to the use as a learning place until at least the end of next year.",
    "robots-of-the-long-green": "Feasible. The repair café has shown us its rules for batteries and soldering.",
    "allotment-science": "Feasible. The barn's electricity is sufficient for the drying oven if the kettle is off.",
    "mud-laboratory": "Feasible. The nature conservation office asks that groups stay out of the eastern bank between April and June.",
    "wind-tuesday": "Feasible. The mast is inspected every year; the insurer accepts sixteen participants per course.",
    "tin-street-cinema": "Feasible. Consent forms for people in the films have been drafted with the museum.",
    "until-the-bread-is-ready": "Feasible. The bakery's hygiene plan provides for guests in the afternoon.",
    "junior-menders": "Feasible. Work on mains voltage is reserved for adults; the course plan says so.",
    "how-school-works-here": "Feasible. The cost includes all three schools. The guides' fees are below the tax threshold.",
    "thirty-eight-shelves": "Feasible. The library takes over cataloguing and lending at no cost.",
    "choir-of-those-who-cannot-sing": "Feasible. Hall, pianist and shuttle have been checked; the orchestra's letter is attached.",
    "gardens-for-nine-schools": "Feasible. Soil samples at two schools require raised beds with a liner, which the sum allows for.",
    "tool-library": "Feasible. The depot's landlord agrees. Machines above 1,000 watts need instruction, which is part of the plan.",
    "women-swim": "Feasible. Reserved hours are lawful as long as other groups keep the larger part of the week.",
    "money-without-tears": "Feasible. The debt adviser is licensed; groups do not replace legal advice and say so.",
    "the-dome-opens": "Feasible. The minibus has been offered by two firms; we took the higher price.",
    "the-needle-and-the-machine": "Feasible. The Rope Works' wiring has been checked for sixteen machines.",
    "theatre-of-the-night-cleaners": "Feasible. The owner of the office building has agreed to six evenings.",
    "memory-cafe": "Feasible. The care college recognises the hours as practice.",
    "science-by-the-pint": "Feasible. No money is spent on drinks.",
    "films-with-a-phone": "Feasible. The screening on the ferry needs a permit from the port authority, which is promised.",
    "seven-orchards-school": "Feasible. The trees belong to the city; the parks office welcomes adopters.",
    "a-boat-called-patience": "Feasible. The job centre confirms the wages. The sum covers material, master and social worker.",
    "chess-under-the-trees": "Feasible. The parks office has chosen the six places; foundations are included.",
    "heat-school": "Feasible. Sensors measure temperature only and no voices or pictures; we have looked inside one.",
    "mirror-for-interviews": "Feasible. The firms give their hours without charge and have confirmed it.",
    "traffic-garden": "Feasible for five years, until a decision about the supermarket site is due. All equipment can be moved.",
    "hospital-classroom": "Feasible. Hospital and school board share the supervision; the robots record nothing.",
    "pickle-jar-school": "Feasible. The food inspector's fee is included.",
    "grandmothers-podcast": "Feasible. Families keep the rights to their recordings.",
    "reading-dogs": "Feasible. Dogs are insured and examined; two branches with carpets ask for blankets.",
    "solar-on-the-balcony": "Feasible. The grid operator allows plug-in panels up to 800 watts; landlords must be informed.",
    "ferry-classroom": "Feasible. The ferry is licensed for thirty passengers with life jackets.",
    "esports-academy": "Feasible, with a remark: almost two thirds of the cost is computers which last about four years.",
    "skate-and-weld": "Feasible if the safety office approves the ramps before use.",
    "exam-buddies": "Feasible. The library stays open until nine on Thursdays.",
    "queer-history-walk": "Feasible. The archive supervises work with personal files.",
    "cook-for-exam-week": "Feasible. The school canteen gives its kitchen.",
    "night-bus-theatre": "Feasible. The bus company agrees to three evenings.",
    "band-room": "Feasible. The neighbours were asked; the nearest one is hard of hearing and sends regards.",
    "first-job-first-rights": "Feasible, and overdue.",
    "robot-boat": "Feasible. The harbour master wants a flag and a telephone number on the boat.",
}  # fmt: skip


@cache
def reviews() -> dict[str, str]:
    """The public reason by proposal, for every proposal that was decided."""
    return {
        proposal.slug: proposal.review or _FEASIBLE[proposal.slug]
        for proposal in ALL
        if proposal.status != "submitted"
    }
