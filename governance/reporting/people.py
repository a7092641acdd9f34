"""Sections 13 to 16: people, fairness, going back, and what was learnt."""

from __future__ import annotations

from dataclasses import replace

from benefits.enums import EquitySubject, StatedSection
from benefits.rules.measures import COST_MEASURES
from core.exports.cells import NOT_AVAILABLE
from core.exports.tables import Column, Format, Table
from core.publishing.content import Block, Figures, Head, Plain, Section, Words
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_date
from core.rules.suppression import Suppressed
from core.rules.words import mid_sentence
from governance.equity_tables import file_table, missing_sentences, panel_sentences
from governance.queries.scrutiny import RecommendationRow
from governance.reporting.facts import Facts
from governance.reporting.freezing import frozen, in_points, plain
from governance.reporting.gates import eight_lessons
from governance.reporting.money import cost_lines
from governance.reporting.stated import stated_table
from governance.reporting.tracing import page
from governance.reporting.words import missing, narrative, points, said, table_or
from governance.rules.reports import SAY_HARMONISATION
from governance.scrutiny_exports import scrutiny_table
from programme.exports import AGREEMENT_COLUMNS
from programme.models import Lesson
from programme.queries.assurance.lessons import concern_words
from services.models import Consultation

POSTS, SEATS = (EquitySubject.POSTS,), (EquitySubject.CHAIRS, EquitySubject.MEETINGS)
FEW = "Numbers of fewer than 5, and those that would give one away, are withheld and shown as [c]."
OF_ALL = "A share is of all partner councils together. The joint report shows every council’s side by side."
_EXIT = ("Agreement", "Parties", "State", "Notice in months", "Exit costs", "Terms of leaving")
_LESSONS: list[Column[Lesson]] = [
    Column("Reference", lambda one: one.ref),
    Column("Lesson", lambda one: one.text),
    Column("What to do differently", lambda one: one.recommended_change or None),
    Column("About", concern_words),
]
_SCRUTINY = (
    "Recommendation",
    "Made by",
    "Made on",
    "Council",
    "State",
    "Response",
    "Action",
    "Action due",
    "Done on",
)


def people(facts: Facts) -> Section:
    """Posts removed, and consultations with staff, each with how far it has come."""
    held = Consultation.objects.filter(
        review__service__programme=facts.programme, started_on__lte=facts.seen_on
    ).select_related("council", "review")
    consulted = [
        _consulted(one, facts)
        for one in held.order_by("started_on", "pk")
        if facts.council_key in ("", one.council.key)
    ]
    return Section(
        "13",
        "People",
        (
            *narrative(facts, "13"),
            _counts(facts, "posts", "Posts removed", POSTS),
            Words(FEW),
            *(points(consulted) or [Words("No consultation is recorded.")]),
            *_harmonisation(facts),
        ),
    )


def _consulted(one: Consultation, facts: Facts) -> str:
    """One consultation that had begun by the day of the report, and whether it had ended by then."""
    kind = str(one.get_kind_display()).lower()
    begun = f"{one.council}: {kind} consultation, started {format_date(one.started_on)}"
    if one.ended_on is None or one.ended_on > facts.seen_on:
        return f"{begun}."
    return f"{begun}, ended {format_date(one.ended_on)}."


def _harmonisation(facts: Facts) -> list[Block]:
    """The stage that harmonising pay and terms has reached, as people say it, and what it costs."""
    if facts.is_stated and not facts.texts.harmonisation:
        return []
    costs = cost_lines(
        facts.savings,
        COST_MEASURES,
        "harmonisation",
        "What harmonising pay and terms costs",
        only=facts.harmonisation_lines,
    )
    words = said(f"Harmonisation of pay and terms: {facts.texts.harmonisation}")
    stated = words if facts.texts.harmonisation else missing(f"{SAY_HARMONISATION}.")
    return [*stated, *table_or(costs, "No cost of harmonising pay and terms is recorded.")]


def fairness(facts: Facts) -> Section:
    """What each council gets and bears, beside what was agreed, with the explanations of differences."""
    shares = file_table(facts.equity, facts.council_key)
    table = in_points(frozen(shares, "equity", but=("Keys",), trace=_equity(facts)), ("Difference, points",))
    return Section(
        "14",
        "Is it fair?",
        (
            *narrative(facts, "14"),
            Words(" ".join(panel_sentences(facts.equity, facts.council_key))),
            *([Words(OF_ALL)] if facts.council_key else []),
            table,
            *points(missing_sentences(facts.equity)),
            _counts(facts, "chairs-and-meetings", "Years in the chair, and where meetings were held", SEATS),
        ),
    )


def going_back(facts: Facts) -> Section:
    """What it would cost each council to go back to its own arrangements."""
    columns = [one for one in AGREEMENT_COLUMNS if one.title in _EXIT]
    rows = tuple(tuple(plain(one.value(row), one.format) for one in columns) for row in facts.agreements)
    heads = tuple(Head(one.title, one.format) for one in columns)
    traces = tuple(page("programme:agreement_detail", row.agreement.pk) for row in facts.agreements)
    table = Figures("exit-terms", "Agreements and the terms of leaving", "", heads, rows, traces=traces)
    return Section(
        "15",
        "Going back",
        (*narrative(facts, "15"), *_exit_costs(facts), *table_or(table, "No agreement is recorded.")),
    )


def lessons(facts: Facts) -> Section:
    """What was learnt, what scrutiny asked for, and what was done about it."""
    asked = [_own(facts, row) for row in facts.recommendations]
    table = frozen(
        scrutiny_table(asked, as_of=facts.seen_on),
        "scrutiny",
        caption="What scrutiny recommended, and each executive’s answer",
        only=_SCRUTINY,
    )
    learnt = frozen(Table("", "What was learnt", _LESSONS, facts.lessons), "lessons")
    return Section(
        "16",
        "Lessons and next steps",
        (
            *narrative(facts, "16"),
            *table_or(learnt, "No lesson is recorded."),
            *eight_lessons(facts),
            *table_or(table, "Scrutiny has made no recommendation."),
        ),
    )


def _own(facts: Facts, row: RecommendationRow) -> RecommendationRow:
    """A recommendation with the answers of the councils that the report is about."""
    kept = (one for one in row.responses if facts.council_key in ("", one.response.council.key))
    return replace(row, responses=tuple(kept))


def _counts(facts: Facts, key: str, caption: str, subjects: tuple[EquitySubject, ...]) -> Figures:
    panel = facts.equity
    own = [place for place, one in enumerate(panel.councils) if facts.council_key in ("", one.key)]
    elsewhere = [] if facts.council_key else ["Elsewhere"]
    titles = [*(panel.councils[place].name for place in own), *elsewhere, "All"]
    heads = (Head("What is counted"), *(Head(title, Format.NUMBER) for title in titles))
    rows = tuple(
        (
            str(row.subject.label),
            *(_count(row.by_council[place]) for place in own),
            *(_count(row.elsewhere) for _ in elsewhere),
            _count(row.total),
        )
        for row in panel.counts
        if row.subject in subjects
    )
    return Figures(key, caption, "", heads, rows, traces=(_equity(facts),) * len(rows))


def _equity(facts: Facts) -> str:
    return page("governance:equity_page", facts.programme.key)


def _count(count: int | Suppressed | None) -> Plain:
    if count is None:
        return NOT_AVAILABLE
    return count if isinstance(count, int) else str(count)


def _exit_costs(facts: Facts) -> list[Block]:
    if facts.is_stated:
        table = stated_table(
            facts, StatedSection.EXIT_COST, "stated-exit", "Cost of separating again, as stated"
        )
        return table_or(table, "The sources do not state what going back would cost.")
    case, chosen = facts.case, facts.case.preferred if facts.case else None
    if case is None or chosen is None:
        return [Words("No issued business case states what going back would cost.")]
    scopes: list[tuple[str, int | None]] = [
        (council.short_name, place)
        for place, council in enumerate(case.councils)
        if facts.council_key in ("", council.key)
    ]
    scopes.append(("All councils", None))
    whole = chosen.exit_cost(None)
    if isinstance(whole, NotAssessable):
        return [Words(f"What going back would cost is not stated: {mid_sentence(whole.reason)}.")]
    rows = tuple(
        (
            name,
            plain(chosen.exit_cost(scope), Format.MONEY),
            plain(chosen.exit_ratio(scope), Format.NUMBER),
        )
        for name, scope in scopes
    )
    traces = (page("services:case_appraisal", case.case.pk),) * len(rows)
    heads = (Head("Council"), Head("Exit cost", Format.MONEY), Head("Years of net saving", Format.NUMBER))
    return [Figures("exit-costs", "What going back would cost", "£", heads, rows, traces=traces)]
