"""The Method of Equal Shares: every voter gets an equal share of the budget and pays for what they support.

Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021), and
https://equalshares.net for the completion Add1. In each round the project with the lowest price per unit of utility
is funded; the price is what its supporters pay when everybody pays in proportion, or all they have.

Speed and exactness. Rounds are computed in floating point with a proven bound on the error; whenever the bound
cannot separate two projects, whole-number arithmetic (`exact.ExactPurses`) decides. The bound rests on one fact:
charging supporters for a given project keeps the order between two states of the purses (whoever had more keeps no
less) and takes the same sum from both, so that it never increases the distance, summed over all voters, between the
true purses and the computed ones (Crandall and Tartar, Proc. AMS 78, 1980). Errors add up, they are not amplified.

Add1 may skip ahead for the same reason. For a given sequence of funded projects every price falls and every purse
grows with the endowment. So if the sequence is the same at endowments a and b, and in each round the funded
project is cheaper at a than every other project at b, the sequence is the same at every endowment between them.
Where that is too strict, a second argument helps: as long as the same supporters give all they have, purses and prices
are straight lines in the endowment, so that what holds at a and at b holds between them. And two projects whose
supporters have paid for projects of equal price so far are level at every endowment (`exact.Lineage`).
"""

from budgeting.counting.equal_shares.method import EqualShares, Shares
from budgeting.counting.equal_shares.rounds import Run

__all__ = ["EqualShares", "Run", "Shares"]
