"""How much is tried of what does not depend on the database.

The suite runs whole on SQLite, the embedded default, and again on PostgreSQL. The second run takes a sample
of the random examples, and leaves out what never comes near a database or a broker, and what `ONCE` names.
The first run leaves out what only several workers can do.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

One = TypeVar("One")

IS_SAMPLE = os.environ.get("DATABASE_URL", "").startswith("postgres")

# What is the same on every database: what stands on a page and in a file, how pages look, what programs do
# before they come to the database, in which words they refuse. The statements of every page, form and route
# are tried on both by tests/test_access.py, test_stale_edits.py and test_forged_rows.py.
ONCE = (
    "tests/benefits/proof/",
    "tests/benefits/test_no_target.py",
    "tests/benefits/test_numbers_of_queries.py",
    "tests/benefits/test_original_plan.py",
    "tests/benefits/views/",
    "tests/browser/test_business_case.py",
    "tests/browser/test_claims.py",
    "tests/browser/test_decisions.py",
    "tests/browser/test_downloads.py",
    "tests/browser/test_error_pages.py",
    "tests/browser/test_grid.py",
    "tests/browser/test_guard.py",
    "tests/browser/test_installed.py",
    "tests/browser/test_keyboard.py",
    "tests/browser/test_pages.py",
    "tests/browser/test_print.py",
    "tests/browser/test_savings.py",
    "tests/browser/test_sign_in.py",
    "tests/browser/test_steering.py",
    "tests/config/test_run.py::test_run_answers_restarts_what_dies_and_stops_everything",
    "tests/config/test_run.py::test_run_killed_leaves_nothing_behind",
    "tests/config/test_run.py::test_run_names_a_variable_it_cannot_use",
    "tests/config/test_run.py::test_run_refuses_an_unsafe_configuration",
    "tests/config/test_run.py::test_run_says_that_its_port_is_in_use",
    "tests/core/exports/",
    "tests/core/imports/",
    "tests/core/publishing/",
    "tests/governance/casefiles/test_bad_files.py",
    "tests/governance/casefiles/test_benefit_life.py",
    "tests/governance/casefiles/test_budgets.py",
    "tests/governance/casefiles/test_commands.py",
    "tests/governance/casefiles/test_documentation.py",
    "tests/governance/casefiles/test_issued_round_trip.py",
    "tests/governance/casefiles/test_loading.py::test_casebook_loaded_again_changes_nothing",
    "tests/governance/casefiles/test_loading.py::test_casebook_loads_to_the_same_state_in_any_order",
    "tests/governance/casefiles/test_questions.py",
    "tests/governance/casefiles/test_reading.py",
    "tests/governance/casefiles/test_round_trip.py",
    "tests/governance/casefiles/test_schema.py",
    "tests/governance/dashboards/",
    "tests/governance/demonstration/",
    "tests/governance/export/",
    "tests/governance/meetings/test_pages.py",
    "tests/governance/open_publication/test_public_pages.py",
    "tests/governance/open_publication/test_published_case.py",
    "tests/governance/reporting/",
    "tests/governance/reports/test_api.py",
    "tests/governance/reports/test_pages.py",
    "tests/governance/test_no_exempt_leaks.py",
    "tests/governance/views/",
    "tests/programme/exchange/",
    "tests/programme/learning/",
    "tests/programme/overview/test_all_milestones.py",
    "tests/programme/planning/test_contract_ends.py",
    "tests/programme/planning/test_templates.py",
    "tests/programme/reminders/test_inbox.py",
    "tests/programme/reminders/test_page.py",
    "tests/programme/reminders/test_rule_settings.py",
    "tests/programme/updating/test_every_change.py",
    "tests/programme/updating/test_grid.py",
    "tests/programme/views/",
    "tests/services/attack/",
    "tests/services/imports/",
    "tests/services/posts/",
    "tests/services/test_no_figure_leaks.py",
    "tests/services/test_numbers_of_queries.py",
    "tests/services/test_way_to_issue.py",
    "tests/services/test_worked_cases_entered.py",
    "tests/services/views/",
    "tests/test_refusals.py",
)

# What an installation without servers cannot do: it has one worker and one beat.
WITH_SERVERS = ("tests/reminders_processes/test_reminders.py::test_two_workers_",)


def examples(wanted: int) -> int:
    """How many random examples to try: all those wanted, or a fifth of them in the second run."""
    return max(2, wanted // 5) if IS_SAMPLE else wanted


def half(first: Sequence[One], second: Sequence[One]) -> list[One]:
    """Cases of which each run tries its own half: together the two runs try all of them."""
    return list(second if IS_SAMPLE else first)
