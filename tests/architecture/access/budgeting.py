"""Participatory budgets: ideas, ballots, projects and results."""

from django.urls import reverse

from tests.architecture.access.rows import OFFICER, Row, at, choosers, of

ROWS = [
    Row("api-budgets", "ok", "/api/v1/budgets/"),
    Row("api-budget", "ok", of("api-budget", "call")),
    Row("api-budget unpublished", "none", of("api-budget", "unpublished")),
    Row("api-budget members only", "none", of("api-budget", "members")),
    Row("api-areas", "ok", "/api/v1/areas/"),
    Row("api-area", "ok", of("api-area", "call_area")),
    Row("api-proposals", "ok", "/api/v1/proposals/"),
    Row("api-proposal", "ok", of("api-proposal", "shown")),
    Row("api-proposal draft", "none", of("api-proposal", "draft")),
    Row("api-proposal hidden", "none", of("api-proposal", "hidden")),
    Row("api-proposal members only", "none", of("api-proposal", "inside")),
    Row("api-projects", "ok", "/api/v1/projects/"),
    Row("api-project", "ok", of("api-project", "published_project")),
    Row("api-results", "ok", "/api/v1/results/"),
    Row("api-result", "ok", lambda w: reverse("api-result", args=[w.published_box.counts.first().pk])),
    Row(
        "api-result not published",
        "none",
        lambda w: reverse("api-result", args=[w.counted_box.counts.first().pk]),
    ),
    Row("budget:overview", "ok", at("call", "overview")),
    Row("budget:overview unpublished", "none", at("unpublished", "overview")),
    Row("budget:proposals", "ok", at("call", "proposals")),
    Row("budget:proposals members only", "login ok", at("members", "proposals")),
    Row("budget:proposals unpublished", "none", at("unpublished", "proposals")),
    Row("budget:proposal_points", "ok", at("call", "proposal_points")),
    Row("budget:proposal_points members only", "login ok", at("members", "proposal_points")),
    Row("budget:proposal", "ok", at("call", "proposal", "shown")),
    Row("budget:proposal draft", "none", at("call", "proposal", "draft")),
    Row(
        "budget:proposal hidden",
        "none moderator=ok officer=ok administrator=ok",
        at("call", "proposal", "hidden"),
    ),
    Row("budget:proposal of another budget", "none", at("voting", "proposal", "shown")),
    Row("budget:proposal members only", "login ok", at("members", "proposal", "inside")),
    Row("budget:new_proposal", "login ok", at("call", "new_proposal")),
    Row("budget:own_proposals", "login ok", at("call", "own_proposals")),
    Row("budget:edit_proposal", "login none", at("call", "edit_proposal", "shown")),
    Row("budget:edit_proposal draft", "login none", at("call", "edit_proposal", "draft")),
    Row("budget:withdraw_proposal", "login none", at("call", "withdraw_proposal", "shown")),
    Row(
        "budget:hide_proposal",
        "login none moderator=ok officer=ok administrator=ok",
        at("call", "hide_proposal", "shown"),
    ),
    Row("budget:support", "login away", at("call", "support", "shown")),
    Row("budget:support draft", "login none", at("call", "support", "draft")),
    Row("budget:vote", "ok", at("voting", "vote")),
    Row("budget:ballot", "login closed resident=ok", at("voting", "ballot", "voting_area")),
    Row("budget:ballot of another budget", "login closed resident=none", at("voting", "ballot", "call_area")),
    Row("budget:ballot_check", "login closed resident=away", at("voting", "ballot_check", "voting_area")),
    Row("budget:ballot_receipt", "login none", at("voting", "ballot_receipt", "voting_area")),
    Row("budget:projects", "ok", at("published", "projects")),
    Row("budget:project", "ok", at("published", "project", "published_project")),
    Row("budget:project_update", "post", at("published", "project_update", "published_project")),
    Row("budget:project_milestone", "post", at("published", "project_milestone", "published_project")),
    Row(
        "budget:milestone_reached",
        "post",
        at("published", "milestone_reached", "published_project", "milestone"),
    ),
    Row("budget:project_finish", "post", at("published", "project_finish", "published_project")),
    Row("budget:results", "ok", at("published", "results")),
    Row("budget:results not published", "ok", at("counted", "results")),
    Row("budget:area_results", "ok", at("published", "area_results", "published_area")),
    Row(
        "budget:area_results not published",
        "none officer=ok administrator=ok",
        at("counted", "area_results", "counted_area"),
    ),
    Row("budget:file", "ok", lambda w: w.published.url_of("file", w.file.name.replace(".", "-"))),
    Row(
        "budget:file not published",
        "none",
        lambda w: w.counted.url_of("file", w.counted_box.files.first().name.replace(".", "-")),
    ),
]

SECTIONS = {"budgets": OFFICER, "snippets/budgeting/project": OFFICER}
OPEN_TO_STAFF = {*choosers("wagtailsnippetchoosers_budgeting_project")}
# Rows with parameters to try, as strangers and as residents.
TAKE_PARAMETERS = [
    "api-areas",
    "api-budgets",
    "api-projects",
    "api-proposals",
    "api-results",
    "budget:area_results",
    "budget:overview",
    "budget:project",
    "budget:projects",
    "budget:proposal",
    "budget:proposal_points",
    "budget:proposals",
    "budget:results",
    "budget:vote",
]
TAKE_PARAMETERS_OF_RESIDENTS = [
    "budget:ballot",
    "budget:new_proposal",
    "budget:own_proposals",
]
