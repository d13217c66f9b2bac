"""The budget's own pages below its place in the page tree."""

from budgeting.views import ballot, budget, election_file, project, proposal, result, support

page_urls: list = [
    *ballot.urls,
    *budget.urls,
    *election_file.urls,
    *project.urls,
    *proposal.urls,
    *result.urls,
    *support.urls,
]
