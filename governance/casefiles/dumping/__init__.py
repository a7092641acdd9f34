"""Writes a programme as a case file that loads back to the same state: a council can take its data along."""

from __future__ import annotations

from governance.casefiles.dumping.benefit_profiles import (
    dump_benefit_links,
    dump_map_steps,
    dump_objectives,
)
from governance.casefiles.dumping.benefits import (
    dump_actuals,
    dump_benefits,
    dump_forecasts,
    dump_lines,
    dump_plan_versions,
    dump_stated,
)
from governance.casefiles.dumping.budgets import (
    dump_agreements,
    dump_budget_lines,
    dump_budget_reductions,
    dump_closed_months,
    dump_funds,
    dump_successors,
)
from governance.casefiles.dumping.bulletins import dump_bulletins
from governance.casefiles.dumping.catalogue import dump_services
from governance.casefiles.dumping.comments import dump_comments
from governance.casefiles.dumping.decisions import dump_decisions
from governance.casefiles.dumping.editions import dump_editions
from governance.casefiles.dumping.fairness import (
    dump_council_payments,
    dump_double_count_answers,
    dump_equity_notes,
    dump_posts_removed,
)
from governance.casefiles.dumping.gate_reviews import dump_gate_reviews
from governance.casefiles.dumping.lessons import dump_lessons
from governance.casefiles.dumping.programme import (
    dump_bodies,
    dump_dependencies,
    dump_facts,
    dump_judgements,
    dump_milestones,
    dump_model,
    dump_partners,
    dump_phases,
    dump_programme,
    dump_risks,
    dump_tranches,
)
from governance.casefiles.dumping.register import (
    dump_councils,
    dump_partnership,
    dump_partnerships,
    dump_people,
)
from governance.casefiles.dumping.services_cases import dump_business_cases
from governance.casefiles.dumping.services_keys import dump_pools, dump_runs, dump_true_ups
from governance.casefiles.dumping.shape import Fields, compact, date_of
from governance.casefiles.dumping.shared_posts import dump_shared_posts
from governance.casefiles.loading.partnership import name_from
from governance.casefiles.schema import FORMAT_VERSION
from governance.casefiles.writing import to_yaml
from programme.models import Programme

_HEADING = b"# A Concordat case file. docs/case-file.md says what each field means.\n"


def dump_case(programme: Programme) -> bytes:
    """The bytes of the case file: the same state gives the same bytes.

    It holds what people recorded and approved, with who and when; not the audit trail, passwords,
    reminders or tokens.
    """
    return _HEADING + to_yaml(case_fields(programme))


def case_fields(programme: Programme) -> Fields:
    """The case file as plain values, in the order of its sections."""
    partnership, details = programme.partnership, programme.details
    title = details.get("title") or programme.name
    councils = dump_councils(programme)
    stated, facts = dump_stated(programme), dump_facts(programme)
    return compact(
        {
            "format": FORMAT_VERSION,
            "key": programme.key,
            "id_prefix": details.get("id_prefix"),
            "title": title,
            "group": details.get("group"),
            "as_at": date_of(programme.get_date("facts")),
            "councils": councils,
            "partnerships": dump_partnerships(programme),
            "partnership": dump_partnership(partnership, programme.key, name_from(title)),
            "people": dump_people(programme),
            "programme": dump_programme(programme),
            "model": dump_model(partnership),
            "context": facts["context"],
            "partners": dump_partners(partnership),
            "agreements": dump_agreements(partnership),
            "successors": dump_successors([council["key"] for council in councils]),
            "governance": dump_bodies(partnership),
            "phases": dump_phases(programme),
            "tranches": dump_tranches(programme),
            "milestones": dump_milestones(programme),
            "milestone_dependencies": dump_dependencies(programme),
            "milestone_comments": dump_comments(programme),
            "services": dump_services(programme),
            "shared_posts": dump_shared_posts(programme),
            **{name: facts[name] for name in ("criteria", "red_lines")},
            **stated,
            "risks": dump_risks(programme),
            "gate_reviews": dump_gate_reviews(programme),
            "lessons": dump_lessons(programme),
            "judgements": dump_judgements(programme),
            "ambiguities": facts["ambiguities"],
            "cost_pools": dump_pools(programme),
            "business_cases": dump_business_cases(programme),
            "apportionment_runs": dump_runs(programme),
            "true_ups": dump_true_ups(programme),
            "benefits": dump_benefits(programme),
            "objectives": dump_objectives(programme),
            "map_steps": dump_map_steps(programme),
            "benefit_links": dump_benefit_links(programme),
            "lines": dump_lines(programme),
            "plan_versions": dump_plan_versions(programme),
            "forecasts": dump_forecasts(programme),
            "budget_lines": dump_budget_lines(programme),
            "budget_reductions": dump_budget_reductions(programme),
            "closed_months": dump_closed_months(partnership),
            "actuals": dump_actuals(programme),
            "funds": dump_funds(programme),
            "equity_notes": dump_equity_notes(programme),
            "posts_removed": dump_posts_removed(programme),
            "council_payments": dump_council_payments(programme),
            "double_count_answers": dump_double_count_answers(programme),
            "decisions": dump_decisions(programme),
            "editions": dump_editions(programme),
            "bulletins": dump_bulletins(programme),
        }
    )
