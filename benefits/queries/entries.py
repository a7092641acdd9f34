"""The entries behind a number: what was entered, by whom, and who verified it (INV-46)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from benefits.enums import Basis, EntryKind, LedgerState, Measure
from benefits.models import ActualAmount, ForecastAmount, Line, PlanAmount, Verification
from benefits.queries.ledgers import BudgetKey, outcome_by, reductions_by
from benefits.queries.scope import NO_SERVICE, Choice
from benefits.rules.banked import banked_parts
from benefits.rules.measures import measure_of, parts_of
from benefits.rules.spread import spread_over_year
from benefits.rules.variance import is_in_cut_off
from core.clock import end_of, london_date
from core.models import Source
from core.rules.calendar import format_date, format_fy, month_name, period_start
from core.rules.money import format_pounds
from programme.models import Council, Membership, PlanVersion, Programme

Amount = PlanAmount | ForecastAmount | ActualAmount
Amounts = QuerySet[PlanAmount] | QuerySet[ForecastAmount] | QuerySet[ActualAmount]
ACTUAL_BASES = frozenset({Basis.CLAIMED, Basis.VERIFIED, Basis.BANKED})
_UNREAD = ("council__details",)  # a file of 10,000 rows need not read them 10,000 times


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One ledger entry as a table shows it.

    `state` is the plan version, the day of the forecast, or how far an actual amount has come.
    `counted_pence` is what it adds to the number asked about: with the sign that its line has in that
    measure, and only for the months up to the cut-off where the number is one to date.
    """

    kind: EntryKind
    pk: int
    line: Line
    council: Council
    fy: int
    period: int | None
    pence: int
    counted_pence: int
    state: str
    entered_by: User
    entered_at: datetime
    plan_version: PlanVersion | None
    verification: Verification | None
    explanation: str
    evidence: str
    ledger_code: str
    source: Source | None
    qualifier: str
    reverses_pk: int | None

    @property
    def is_actual(self) -> bool:
        """Whether it is an amount that a council claims, which its section 151 officer answers."""
        return self.kind == EntryKind.ACTUAL

    @property
    def time_text(self) -> str:
        """October 2026, or 2026 to 2027 for a whole year."""
        if self.period is None:
            return format_fy(self.fy)
        first = period_start(self.fy, self.period)
        return f"{month_name(first)} {first.year}"

    @property
    def verified_by(self) -> User | None:
        """The section 151 officer who answered, verified or returned."""
        return self.verification.verified_by if self.verification else None

    @property
    def signature(self) -> str:
        """Who answered, and as whose deputy."""
        return self.verification.signature if self.verification else ""

    @property
    def verified_on(self) -> date | None:
        """The day of that answer, in London."""
        return london_date(self.verification.verified_at) if self.verification else None


@dataclass(frozen=True, slots=True)
class Question:
    """The number asked about: its basis, measure and choice, and the cut-off where it is one to date.

    Amounts count from the month of `since` on, where it is given; `benefit` is a benefit's reference.
    """

    basis: Basis
    measure: Measure
    choice: Choice
    to_date: date | None = None
    since: date | None = None
    benefit: str = ""


@dataclass(frozen=True, slots=True)
class EntryList:
    """Entries that add up to a number, in the order of lines, councils and months."""

    question: Question
    rows: tuple[EntryRow, ...]

    @property
    def total_pence(self) -> int:
        """The number: the sum of what each entry adds."""
        return sum(row.counted_pence for row in self.rows)

    @property
    def is_actual(self) -> bool:
        """Whether the number is of what councils claim."""
        return self.question.basis in ACTUAL_BASES

    @property
    def words(self) -> str:
        """11 entries add up to £14,272.45."""
        verb = "is" if len(self.rows) == 1 else "add up to"
        noun = "entry" if len(self.rows) == 1 else "entries"
        return f"{len(self.rows):,} {noun} {verb} {format_pounds(self.total_pence)}"


@dataclass(frozen=True, slots=True)
class LineEntries:
    """All entries of one line, by ledger; the newest plan version comes first."""

    plan: tuple[EntryRow, ...]
    forecast: tuple[EntryRow, ...]
    actual: tuple[EntryRow, ...]


def entries_behind(programme: Programme, question: Question, *, as_of: date) -> EntryList:
    """The entries that a number of the dashboard adds up, as recorded on `as_of`. Five queries at most."""
    signs = _signed_lines(programme, question)
    amounts = _of_choice(_of_basis(programme, question.basis, as_of), question.choice, signs)
    rows = [_row(amount, as_of=as_of, sign=signs[amount.line_id], question=question) for amount in amounts]
    wanted = [row for row in rows if _has_basis(row, question)]
    if question.basis == Basis.BANKED:
        wanted = _banked(wanted, reductions_by(programme, as_of), signs)
        wanted = [row for row in wanted if _is_in_time(row, question)]
    return EntryList(question, _in_order(wanted, _council_order(programme)))


def line_entries(line: Line, *, as_of: date, choice: Choice) -> LineEntries:
    """Every entry of a line: of each plan version in effect, the current forecast, and what was returned.

    Four queries.
    """
    question = Question(Basis.CURRENT, Measure.GROSS, choice)
    order = _council_order(line.programme)

    def rows(amounts: Iterable[Amount]) -> tuple[EntryRow, ...]:
        chosen = (amount for amount in amounts if _is_chosen(amount, question))
        return _in_order([_row(amount, as_of=as_of) for amount in chosen], order)

    plan = rows(_plan().filter(line=line, plan_version__in=PlanVersion.objects.effective(as_of)))
    return LineEntries(
        plan=tuple(sorted(plan, key=lambda row: -row.plan_version.number if row.plan_version else 0)),
        forecast=rows(_forecast(as_of).filter(line=line)),
        actual=rows(_actual(as_of).filter(line=line)),
    )


def find_entry(kind: EntryKind, pk: int, *, user: User, as_of: date) -> EntryRow | None:
    """One entry of a programme that `user` may read; None where there is none. One query."""
    lines = Line.objects.visible_to(user)
    found: dict[EntryKind, QuerySet[PlanAmount] | QuerySet[ForecastAmount] | QuerySet[ActualAmount]] = {
        EntryKind.PLAN: _plan(),
        EntryKind.FORECAST: _forecast(None),
        EntryKind.ACTUAL: _actual(as_of),
    }
    amount = (
        found[kind]
        .filter(pk=pk, line__in=lines)
        .select_related(
            "line__programme__partnership", "line__business_case_line__business_case", "line__benefit"
        )
        .first()
    )
    return None if amount is None else _row(amount, as_of=as_of)


def ledger_entries(programme: Programme, *, as_of: date) -> Iterator[EntryRow]:
    """Every plan, forecast and actual amount recorded by `as_of`, streamed for a file. Three queries."""
    versions = PlanVersion.objects.effective(as_of).filter(programme=programme)
    ledgers: tuple[QuerySet[PlanAmount] | QuerySet[ForecastAmount] | QuerySet[ActualAmount], ...] = (
        _plan().filter(plan_version__in=versions),
        _forecast(None).filter(snapshot__programme=programme, snapshot__as_at_on__lte=as_of),
        _actual(as_of).filter(line__programme=programme),
    )
    for amounts in ledgers:
        for amount in amounts.iterator(chunk_size=2_000):
            yield _row(amount, as_of=as_of)


def _signed_lines(programme: Programme, question: Question) -> dict[int, int]:
    """Lines that count in the measure asked about, each with its sign."""
    signs = parts_of(question.measure)
    lines = Line.objects.filter(programme=programme).counted()
    if question.choice.service == NO_SERVICE:
        lines = lines.filter(service__isnull=True, benefit__service__isnull=True)
    elif question.choice.service:
        own = Q(service__ref=question.choice.service)
        lines = lines.filter(own | Q(service__isnull=True, benefit__service__ref=question.choice.service))
    if question.benefit:
        lines = lines.filter(benefit__ref=question.benefit)
    measures = {line.pk: measure_of(line.kind, is_budgeted=line.is_budgeted) for line in lines}
    kind = question.choice.kind
    return {
        pk: signs[measure] for pk, measure in measures.items() if measure in signs and kind in {"", measure}
    }


def _of_basis(programme: Programme, basis: Basis, as_of: date) -> Amounts:
    if basis in ACTUAL_BASES:
        return _actual(as_of).filter(line__programme=programme)
    if basis == Basis.FORECAST:
        return _forecast(as_of).filter(snapshot__programme=programme)
    versions = PlanVersion.objects.effective(as_of).filter(programme=programme, approved_on__lte=as_of)
    version = versions.last() if basis == Basis.CURRENT else versions.filter(number=1).first()
    return _plan().filter(plan_version=version) if version else _plan().none()


def _of_choice(amounts: Amounts, choice: Choice, lines: Iterable[int]) -> Amounts:
    """The amounts of some lines, of the council and the year chosen."""
    limits: dict[str, Any] = {"line__in": list(lines)}
    if choice.council:
        limits["council__key"] = choice.council
    if choice.fy is not None:
        limits["fy"] = choice.fy
    return amounts.filter(**limits)


def _plan() -> QuerySet[PlanAmount]:
    amounts = PlanAmount.objects.select_related("plan_version__entered_by", "line", "council", "source")
    return amounts.defer(*_UNREAD)


def _forecast(as_of: date | None) -> QuerySet[ForecastAmount]:
    """The current forecast of a day, or every forecast for None."""
    amounts = ForecastAmount.objects.select_related("snapshot__entered_by", "line", "council", "source")
    return (amounts if as_of is None else amounts.current(as_of)).defer(*_UNREAD)


def _actual(as_of: date) -> QuerySet[ActualAmount]:
    amounts = ActualAmount.objects.filter(entered_at__lt=end_of(as_of)).select_related(
        "entered_by", "verification__verified_by", "reverses__verification", "line", "council", "source"
    )
    return amounts.defer(*_UNREAD)


def _is_chosen(amount: Amount, question: Question) -> bool:
    choice = question.choice
    if choice.council and amount.council.key != choice.council:
        return False
    return choice.fy in {None, amount.fy}


def _has_basis(row: EntryRow, question: Question) -> bool:
    if row.kind != EntryKind.ACTUAL:
        return row.counted_pence != 0
    if _is_cut(row, question):
        return False
    is_claimed = question.basis == Basis.CLAIMED
    return row.state == (LedgerState.CLAIMED if is_claimed else LedgerState.VERIFIED).label


def _is_cut(row: EntryRow, question: Question) -> bool:
    """Whether an amount is left out as it lies in no month asked about.

    What is banked follows from the whole year: its months are taken out afterwards.
    """
    return question.basis != Basis.BANKED and bool(row.pence) and not row.counted_pence


def _is_in_time(row: EntryRow, question: Question) -> bool:
    """Whether the month of an actual amount is one of those asked about."""
    first = period_start(row.fy, row.period or 1)
    return (question.since is None or first >= question.since) and (
        question.to_date is None or is_in_cut_off(row.fy, row.period, question.to_date)
    )


def _banked(
    rows: Iterable[EntryRow], reduced: Mapping[BudgetKey, int], signs: Mapping[int, int]
) -> list[EntryRow]:
    """The verified entries that are banked, each with what of it is; months in order, as they were saved."""
    groups: dict[BudgetKey, list[EntryRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.period or 0, row.pk)):
        groups[row.line.pk, row.council.pk, row.fy].append(row)
    found = []
    for key, verified in groups.items():
        line = verified[0].line
        measure = measure_of(line.kind, is_budgeted=line.is_budgeted)
        parts = banked_parts(measure, [row.pence for row in verified], reduced.get(key, 0))
        found += [
            replace(row, counted_pence=signs[line.pk] * part)
            for row, part in zip(verified, parts, strict=True)
            if part
        ]
    return found


def _row(amount: Amount, *, as_of: date, sign: int = 1, question: Question | None = None) -> EntryRow:
    counted = sign * _counted(amount, question)
    if isinstance(amount, PlanAmount):
        version = amount.plan_version
        return _common(
            EntryKind.PLAN,
            amount,
            counted,
            state=f"Plan version {version.number}",
            entered_by=version.entered_by,
            entered_at=version.entered_at,
            plan_version=version,
        )
    if isinstance(amount, ForecastAmount):
        snapshot = amount.snapshot
        return _common(
            EntryKind.FORECAST,
            amount,
            counted,
            state=f"Forecast of {format_date(snapshot.as_at_on)}",
            entered_by=snapshot.entered_by,
            entered_at=snapshot.entered_at,
            explanation=amount.explanation,
        )
    outcome = outcome_by(amount, end_of(as_of))
    return _common(
        EntryKind.ACTUAL,
        amount,
        counted,
        state=LedgerState(outcome).label if outcome else LedgerState.CLAIMED.label,
        entered_by=amount.entered_by,
        entered_at=amount.entered_at,
        verification=_answer_by(amount, end_of(as_of)),
        explanation=amount.explanation,
        evidence=amount.evidence,
        ledger_code=amount.ledger_code,
        reverses_pk=amount.reverses_id,
    )


def _common(
    kind: EntryKind,
    amount: Amount,
    counted_pence: int,
    *,
    state: str,
    entered_by: User,
    entered_at: datetime,
    plan_version: PlanVersion | None = None,
    verification: Verification | None = None,
    explanation: str = "",
    evidence: str = "",
    ledger_code: str = "",
    reverses_pk: int | None = None,
) -> EntryRow:
    return EntryRow(
        kind=kind,
        pk=amount.pk,
        line=amount.line,
        council=amount.council,
        fy=amount.fy,
        period=amount.period,
        pence=amount.amount_pence,
        counted_pence=counted_pence,
        state=state,
        entered_by=entered_by,
        entered_at=entered_at,
        plan_version=plan_version,
        verification=verification,
        explanation=explanation,
        evidence=evidence,
        ledger_code=ledger_code,
        source=amount.source,
        qualifier=amount.qualifier,
        reverses_pk=reverses_pk,
    )


def _answer_by(actual: ActualAmount, end: datetime) -> Verification | None:
    answer: Verification | None = getattr(actual, "verification", None)
    return answer if answer is not None and answer.verified_at < end else None


def _counted(amount: Amount, question: Question | None) -> int:
    """The whole amount, or what of it lies in the months asked about (F-16)."""
    if question is None:
        return amount.amount_pence
    before = 0 if question.since is None else _by(amount, question.since - timedelta(days=1))
    return _by(amount, question.to_date) - before


def _by(amount: Amount, to_date: date | None) -> int:
    """What of an amount lies in months that were over by a day."""
    if to_date is None or is_in_cut_off(amount.fy, amount.period, to_date):
        return amount.amount_pence
    if amount.period is not None:
        return 0
    line = amount.line
    months = spread_over_year(amount.amount_pence, amount.fy, starts_on=line.starts_on, ends_on=line.ends_on)
    return sum(pence for number, pence in enumerate(months, 1) if is_in_cut_off(amount.fy, number, to_date))


def _council_order(programme: Programme) -> dict[int, int]:
    """Places of the councils in the programme's fixed order, by primary key. One query."""
    memberships = Membership.objects.filter(partnership=programme.partnership_id)
    return dict(memberships.values_list("council", "order_index"))


def _in_order(rows: Iterable[EntryRow], order: dict[int, int]) -> tuple[EntryRow, ...]:
    """By line, then council, then time."""
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.line.order_index,
                row.line.pk,
                order.get(row.council.pk, len(order)),
                row.fy,
                row.period or 0,
                row.pk,
            ),
        )
    )
