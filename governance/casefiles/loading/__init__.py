"""Loads case files: all that is given in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from accounts.actions.system_user import system_user
from accounts.models import User
from core import stored_files
from core.clock import today
from governance.casefiles.checking import check_documents
from governance.casefiles.entries import CaseFile
from governance.casefiles.loading.actuals import load_actuals
from governance.casefiles.loading.agreements import load_agreements, load_successors
from governance.casefiles.loading.benefits import load_benefits, load_lines
from governance.casefiles.loading.benefits_map import load_benefits_map
from governance.casefiles.loading.budgets import load_budgets, load_funds
from governance.casefiles.loading.bulletins import load_bulletins
from governance.casefiles.loading.business_cases import load_business_cases, seal_business_cases
from governance.casefiles.loading.catalogue import load_services
from governance.casefiles.loading.claim_files import load_claim_files
from governance.casefiles.loading.closed_months import load_closed_months
from governance.casefiles.loading.comments import load_comments
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.councils import load_register
from governance.casefiles.loading.decisions import Links, load_decisions
from governance.casefiles.loading.double_counts import load_double_count_answers
from governance.casefiles.loading.editions import load_editions
from governance.casefiles.loading.fairness import load_fairness
from governance.casefiles.loading.gate_reviews import load_gate_reviews
from governance.casefiles.loading.ledgers import load_forecasts, load_plan_versions
from governance.casefiles.loading.lessons import load_lessons
from governance.casefiles.loading.milestones import (
    load_dependencies,
    load_milestones,
    load_phases,
    load_tranches,
)
from governance.casefiles.loading.partnership import load_partnership
from governance.casefiles.loading.people import load_people, load_roles
from governance.casefiles.loading.programme import (
    load_bodies,
    load_judgements,
    load_programme,
    load_risks,
)
from governance.casefiles.loading.report import FileReport, LoadReport
from governance.casefiles.loading.services_pools import load_pools
from governance.casefiles.loading.services_runs import load_runs, load_true_ups
from governance.casefiles.loading.shared_posts import load_shared_posts
from governance.casefiles.loading.stated import load_stated
from governance.casefiles.of_others import NOT_READ
from governance.casefiles.reading import Document


def load_documents(
    documents: Sequence[Document], *, by: User | None = None, as_of: date | None = None, dry_run: bool = False
) -> LoadReport:
    """Load the documents, in `by`'s name (Concordat's own without one), as of a day (today without one).

    Raises CaseFileProblems, with every problem of every file, before anything is written. With `dry_run`
    the report is the same and nothing stays. Loading the same documents again changes nothing.
    """
    day = as_of or today()
    files = check_documents(documents, day)
    report = LoadReport()
    with transaction.atomic():
        loading = Loading(by or system_user(), day, FileReport("", ""))
        loading.remember()
        for file in files:
            not_read = [NOT_READ.format(name) for name in file.left_out]
            report.files.append(
                FileReport(file.name, file.root.text("title") or "councils", refused=not_read)
            )
        with _files_kept(loading, dry_run=dry_run):
            for load in (load_register, _load_case):
                for file, loading.report in zip(files, report.files, strict=True):
                    load(loading, file)
        transaction.set_rollback(dry_run)
    return report


@contextmanager
def _files_kept(loading: Loading, *, dry_run: bool) -> Iterator[None]:
    """Delete the evidence files again whose rows do not stay."""
    try:
        yield
    except BaseException:
        _forget(loading)
        raise
    if dry_run:
        _forget(loading)


def _forget(loading: Loading) -> None:
    for path in loading.files:
        stored_files.forget(path)


def _load_case(loading: Loading, file: CaseFile) -> None:
    """One programme, from the ground up: each part refers only to parts loaded before it."""
    if not file.key:
        return
    load_people(loading, file)
    partnership = load_partnership(loading, file)
    load_agreements(loading, file, partnership)
    load_successors(loading, file)
    load_roles(loading, file, partnership)
    programme = load_programme(loading, file, partnership)
    bodies = load_bodies(loading, file, programme)
    phases = load_phases(loading, file, programme)
    tranches = load_tranches(loading, file, programme)
    milestones = load_milestones(loading, file, programme, phases, tranches)
    load_dependencies(loading, file, programme, milestones)
    load_comments(loading, file, programme, milestones)
    services = load_services(loading, file, programme)
    load_shared_posts(loading, file, programme, services)
    load_risks(loading, file, programme)
    load_judgements(loading, file, programme)
    reviews = load_gate_reviews(loading, file, programme)
    load_lessons(loading, file, programme, milestones, reviews)
    load_stated(loading, file, programme)
    pools = load_pools(loading, file, programme)
    cases = load_business_cases(loading, file, programme, services, pools)
    runs = load_runs(loading, file, programme, pools, cases)
    load_true_ups(loading, file, programme, runs)
    seal_business_cases(loading, file, cases)
    benefits = load_benefits(loading, file, programme, services)
    load_benefits_map(loading, file, programme, milestones, benefits)
    lines = load_lines(loading, file, programme, services, benefits, cases)
    versions = load_plan_versions(loading, file, programme, milestones, lines)
    load_forecasts(loading, file, programme, lines)
    load_budgets(loading, file, programme, lines)
    load_closed_months(loading, file, programme)
    actuals = load_actuals(loading, file, programme, lines)
    load_claim_files(loading, file, programme, actuals)
    load_funds(loading, file, programme, actuals, pools)
    load_fairness(loading, file, programme, cases)
    load_double_count_answers(loading, file, programme, lines, benefits)
    load_decisions(loading, file, programme, Links(bodies, versions, cases))
    load_editions(loading, file, programme)
    load_bulletins(loading, file, programme)
