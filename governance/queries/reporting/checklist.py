"""What is missing, unverified, out of date, exempt or unanswered before a report is published (section 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.urls import reverse

from benefits.enums import Awaited
from benefits.queries.to_enter import to_enter
from core.clock import end_of
from core.rules.words import are, count_of, listed
from governance.models import Report
from governance.queries.exempt import withheld_items, words_of
from governance.queries.reporting.drafts import facts_of
from governance.reporting.facts import Facts
from governance.rules.reports import (
    IDENTIFIES,
    SAY_DISBENEFITS,
    SAY_HARMONISATION,
    CheckKind,
    Checklist,
    Finding,
    Weight,
    names_few_people,
    unverified_percent,
    unverified_warning,
)
from programme.models import Milestone
from programme.queries.milestones_late import STALE_AFTER

_AWAITED = (
    (
        Awaited.RETURNED,
        CheckKind.MISSING,
        "Amounts of {} were sent back",
        "Enter them again",
    ),
    (Awaited.LATE, CheckKind.MISSING, "Returns of {} are late", "See what is to be entered"),
    (Awaited.UNVERIFIED, CheckKind.UNVERIFIED, "Claims of {} are not verified", "See what waits"),
    (Awaited.STALE_FORECAST, CheckKind.STALE, "Forecasts of {} are older than 35 days", "Enter forecasts"),
)


def checklist_of(report: Report) -> Checklist:
    """Everything that the report should not be published without knowing. A fixed number of queries."""
    facts = facts_of(report)
    ways = (_texts, _verified, _amounts, _case, _milestones, _flags, _scrutiny, _exempt)
    found = [finding for way in ways for finding in way(report, facts)]
    order = list(Weight)
    return Checklist(tuple(sorted(found, key=lambda one: order.index(one.weight))))


def _texts(report: Report, facts: Facts) -> Iterator[Finding]:
    """What people have to write, and row 72 of what they wrote."""
    url = reverse("governance:report_update", args=[report.pk])
    if not report.disbenefits:
        yield Finding(CheckKind.MISSING, SAY_DISBENEFITS, url, "Say it", Weight.BLOCKS, "87")
    if not report.harmonisation and not facts.is_stated:
        yield Finding(CheckKind.MISSING, f"{SAY_HARMONISATION}, council by council", url, "Say it")
    if not report.next_report:
        yield Finding(CheckKind.MISSING, "When the next report comes is not said", url, "Say when")
    if not report.summary:
        said = "Nobody has written the summary: it is drafted from the figures"
        yield Finding(CheckKind.MISSING, said, url, "Write it")
    texts = (
        report.summary,
        report.request,
        report.disbenefits,
        report.harmonisation,
        report.next_report,
        report.what_changed,
        *report.narratives.values(),
        *(one.public_interest_reason for one in facts.additions),
        *(one.text for one in facts.additions if not one.is_withheld),
    )
    if names_few_people(texts):
        yield Finding(CheckKind.EXEMPT, IDENTIFIES, url, "Change the text", Weight.NEEDS_REASON, "72")


def _verified(report: Report, facts: Facts) -> Iterator[Finding]:
    headline = facts.savings.headline
    verified = headline.verified_cashable_pence + headline.verified_budgeted_income_pence
    warning = unverified_warning(unverified_percent(headline.claimed_only_pence, verified))
    if warning:
        url = reverse("governance:report_update", args=[report.pk])
        yield Finding(CheckKind.UNVERIFIED, warning, url, "Say so", Weight.NEEDS_REASON, "86")


def _amounts(report: Report, facts: Facts) -> Iterator[Finding]:
    """Returns, claims and forecasts of the councils, counted by line and council."""
    councils = [report.council] if report.council else None
    waiting = Counter(
        row.awaited for row in to_enter([report.programme], as_of=facts.seen_on, councils=councils)
    )
    url = reverse("benefits:to_enter", args=[report.programme.key])
    for awaited, kind, words, act in _AWAITED:
        number = waiting[awaited]
        if number:
            yield Finding(kind, words.format(count_of(number, "line")), url, act)


def _case(report: Report, facts: Facts) -> Iterator[Finding]:
    """Statements of the section 151 officers: those that are missing, and those that do not support it."""
    case = facts.case
    if case is None:
        url = reverse("services:business_case_list", args=[report.programme.key])
        yield Finding(CheckKind.MISSING, "No business case has been issued", url, "See the business cases")
        return
    url = case.case.get_absolute_url()
    stated = {one.council_id for one in case.statements}
    missing = [str(council) for council in case.councils if council.pk not in stated]
    if missing:
        said = f"No section 151 officer has stated anything for {listed(missing)}"
        yield Finding(CheckKind.MISSING, said, url, "See the business case")
    for one in case.objections:
        said = f"{one.council} does not support the business case. Its statement is printed first"
        yield Finding(CheckKind.UNANSWERED, said, url, "Read it")


def _milestones(report: Report, facts: Facts) -> Iterator[Finding]:
    before = end_of(facts.seen_on - STALE_AFTER)
    stale = Milestone.objects.open().filter(programme=report.programme, updated_at__lt=before).count()
    if stale:
        url = reverse("programme:milestone_list", args=[report.programme.key])
        said = f"{count_of(stale, 'milestone')} {are(stale)} not updated for 35 days"
        yield Finding(CheckKind.STALE, said, url, "Update them")


def _flags(report: Report, facts: Facts) -> Iterator[Finding]:
    doubles = len(facts.doubles.open)
    if doubles:
        url = reverse("benefits:double_count_list", args=[report.programme.key])
        said = f"{count_of(doubles, 'flag')} of double counting {are(doubles)} not resolved"
        yield Finding(CheckKind.UNANSWERED, said, url, "Resolve them")
    unequal = sum(not one.is_explained for one in facts.equity.differences_at(facts.council_key))
    if unequal:
        url = reverse("governance:equity_page", args=[report.programme.key])
        said = f"{count_of(unequal, 'difference')} between councils {are(unequal)} not explained"
        yield Finding(CheckKind.UNANSWERED, said, url, "Explain them")


def _scrutiny(report: Report, facts: Facts) -> Iterator[Finding]:
    late = sum(one.is_overdue for row in facts.recommendations for one in row.responses)
    if late:
        url = reverse("governance:scrutiny_list", args=[report.programme.key])
        said = f"{count_of(late, 'response')} to scrutiny {are(late)} overdue"
        yield Finding(CheckKind.UNANSWERED, said, f"{url}?show=overdue", "See them")


def _exempt(report: Report, facts: Facts) -> Iterator[Finding]:
    """What is withheld from the open version (row 71), and what has not been reviewed for a year."""
    rows = withheld_items(report.programme)
    url = reverse("governance:exempt_list", args=[report.programme.key])
    if rows:
        yield Finding(CheckKind.EXEMPT, words_of(rows), url, "See what is withheld", code="71")
    proposed = sum(one.is_withheld and one.certified_at is None for one in facts.additions)
    if proposed:
        said = f"{count_of(proposed, 'addition')} to the exempt version {are(proposed)} not certified"
        yield Finding(CheckKind.EXEMPT, f"{said} by a monitoring officer", url, "See what is withheld")
    overdue = sum(
        one.item.exempt_review_on is not None and one.item.exempt_review_on < facts.seen_on for one in rows
    )
    if overdue:
        said = f"{count_of(overdue, 'exempt item')} {are(overdue)} due for review"
        yield Finding(CheckKind.EXEMPT, said, url, "Review them")
