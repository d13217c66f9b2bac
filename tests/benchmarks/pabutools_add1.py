"""Run by a Python that has pabutools: prints the seconds that its Equal Shares with Add1 takes for a file, and the winners."""

import json
import sys
import time

from pabutools import fractions
from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import exhaustion_by_budget_increase, method_of_equal_shares

fractions.FRACTION = "gmpy2"

instance, profile = parse_pabulib(sys.argv[1])
profile = profile.as_multiprofile()
begun = time.process_time()
winners = exhaustion_by_budget_increase(
    instance,
    profile,
    method_of_equal_shares,
    {"sat_class": Cost_Sat},
    budget_step=profile.num_ballots(),
)
spent = time.process_time() - begun
print(json.dumps({"seconds": spent, "winners": sorted(project.name for project in winners)}))
