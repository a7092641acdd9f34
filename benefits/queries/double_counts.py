"""What may be counted twice in a programme, what was said of it, and who claims which share of each code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from benefits.enums import DoubleCountKind, DoubleCountOutcome
from benefits.models import ActualAmount, Benefit, DoubleCountAnswer
from benefits.queries.claimants import Claims, key_of, may_meet, read_claims, read_met
from benefits.rules.budgets import WHOLE
from benefits.rules.double_counts import (
    Claimant,
    Flag,
    Place,
    Problem,
    doubtful_pence,
    find_double_counts,
)
from core.clock import today
from core.rules.calendar import format_fy
from core.rules.money import format_prose
from core.rules.words import are, count_of, listed
from programme.models import Council, Membership, Programme
from programme.queries.milestones import known_on

_PROBLEMS = {
    Problem.OWN_CLAIMS: "has claims of its own",
    Problem.NOT_HELD: "is more than the other’s total holds",
    Problem.CHAIN: "is counted in one that is itself counted in another",
    Problem.LOOP: "is counted in a loop, so that none of them counts",
}


@dataclass(frozen=True, slots=True)
class FlagClaim:
    """One claimant of a flag: where it leads, what it claims there, and its share with the reason."""

    key: str
    title: str
    url: str
    entries_url: str
    programme: Programme
    benefit: Benefit | None
    pence: int
    percent: int
    reason: str
    said_at_entry: str = ""

    @property
    def choice(self) -> str:
        """Its key as forms send it."""
        return self.key.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag in words; `answer` is the last thing said of it, which stands only on the same facts."""

    flag: Flag
    council: Council | None
    text: str
    claims: tuple[FlagClaim, ...]
    doubtful_pence: int
    answer: DoubleCountAnswer | None

    @property
    def ref(self) -> str:
        """Its short name in addresses."""
        return self.flag.ref

    @property
    def is_open(self) -> bool:
        """Whether someone has still to resolve it."""
        return not stands(self.answer, self.flag)

    @property
    def is_reopened(self) -> bool:
        """Whether it was answered, and the facts have changed since."""
        return self.is_open and self.answer is not None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer on record, and whether it still stands, lapsed or is done: there is nothing to flag now."""

    answer: DoubleCountAnswer
    standing: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Who claims from one code of a council in one year, and what is left to the whole."""

    council: Council
    fy: int
    code: str
    claims: tuple[FlagClaim, ...]

    @property
    def total_percent(self) -> int:
        """What is claimed of the saving in all."""
        return sum(one.percent for one in self.claims)

    @property
    def left_percent(self) -> int:
        """What nobody claims; less than 0 where more than the whole is claimed."""
        return WHOLE - self.total_percent


@dataclass(frozen=True, slots=True)
class DoubleCounts:
    """Flags of a programme, those to resolve first, what was answered, and shares by code."""

    flags: tuple[FlagRow, ...]
    answers: tuple[AnswerRow, ...]
    shares: tuple[ShareRow, ...]
    doubtful_pence: int

    @property
    def open(self) -> tuple[FlagRow, ...]:
        """Flags to resolve."""
        return tuple(row for row in self.flags if row.is_open)

    @property
    def sentence(self) -> str:
        """£30,000 of what is claimed may be counted twice: 2 flags to resolve."""
        return sentence_of(self.doubtful_pence, len(self.open))

    def doubts(self, places: Iterable[tuple[str, Place]]) -> dict[tuple[str, Place], tuple[FlagRow, ...]]:
        """Open flags by claimant and place that they doubt: by code, cause, or what is counted in another."""
        by_claimant: dict[str, list[FlagRow]] = defaultdict(list)
        for row in self.open:
            for key in {one.key for one in row.claims}:
                by_claimant[key].append(row)
        return {
            (key, place): tuple(
                row
                for row in by_claimant[key]
                if row.flag.kind == DoubleCountKind.CONTAINED or row.flag.covers(place)
            )
            for key, place in places
            if key in by_claimant
        }


def stands(answer: DoubleCountAnswer | None, flag: Flag) -> bool:
    """Whether an answer still settles a flag: that it is another saving, said of the same facts."""
    return (
        answer is not None
        and answer.outcome == DoubleCountOutcome.NOT_SAME
        and answer.facts_mark == flag.mark
    )


def sentence_of(pence: int, flags: int) -> str:
    """What a councillor can read aloud of the flags that are open."""
    if not flags:
        return "Nothing that is claimed is flagged as counted twice."
    to_do = f"{count_of(flags, 'flag')} to resolve"
    if not pence:
        return f"Nothing that is claimed so far is counted twice, but there {are(flags)} {to_do}."
    return f"{format_prose(pence)} of what is claimed may be counted twice: {to_do}."


def double_counts(programme: Programme, *, as_of: date) -> DoubleCounts:
    """Every flag of a programme with its answers, and its shares by code. Eleven queries."""
    claims = read_claims(programme, as_of=as_of)
    flags = _flags(programme, claims)
    answers = _answers(programme, flags)
    last = {answer.flag_key: answer for answer in answers}
    words = _Words(claims, _councils(programme, claims))
    rows = tuple(words.row(flag, last.get(flag.key), programme) for flag in flags)
    return DoubleCounts(
        tuple(sorted(rows, key=lambda row: (not row.is_open, -row.doubtful_pence))),
        tuple(_answer_row(answer, last, rows) for answer in reversed(answers)),
        tuple(words.shares()),
        doubtful_pence([row.flag for row in rows if row.is_open], programme.pk),
    )


def find_flag(programme: Programme, ref: str) -> FlagRow | None:
    """The flag of this short name as it stands today."""
    found = double_counts(programme, as_of=known_on(programme, today())).flags
    return next((row for row in found if row.ref == ref), None)


def double_counts_of(benefit: Benefit, *, as_of: date) -> tuple[FlagRow, ...]:
    """Open flags in which one benefit takes part. Six to eight queries, three more where there is any."""
    claims = read_claims(benefit.programme, as_of=as_of)
    own = key_of(benefit)
    flags = [flag for flag in _flags(benefit.programme, claims) if own in {one.key for one in flag.claimants}]
    if not flags:
        return ()
    last = {answer.flag_key: answer for answer in _answers(benefit.programme, flags)}
    words = _Words(claims, _councils(benefit.programme, claims))
    rows = [words.row(flag, last.get(flag.key), benefit.programme) for flag in flags]
    still = sorted((row for row in rows if row.is_open), key=lambda row: -row.doubtful_pence)
    return tuple(still)


def double_count_sentence(programme: Programme, *, as_of: date) -> str:
    """The sentence beside the headline; empty where no flag is open.

    Six queries at most where nothing can be flagged, eleven where something can.
    """
    met = read_met(programme)
    if not may_meet(programme, met):
        return ""
    flags = _flags(programme, read_claims(programme, met, as_of=as_of))
    last = {answer.flag_key: answer for answer in _answers(programme, flags)} if flags else {}
    still = [flag for flag in flags if not stands(last.get(flag.key), flag)]
    return sentence_of(doubtful_pence(still, programme.pk), len(still)) if still else ""


def double_count_flags_of(actuals: Iterable[ActualAmount], *, as_of: date) -> dict[int, tuple[FlagRow, ...]]:
    """Open flags by key of the claim that is in doubt; no entry for a claim without.

    Twelve queries a programme. Claims come with their line and its programme.
    """
    given: dict[int, list[ActualAmount]] = defaultdict(list)
    for actual in actuals:
        given[actual.line.programme_id].append(actual)
    flags: dict[int, tuple[FlagRow, ...]] = {}
    for own in given.values():
        found = double_counts(own[0].line.programme, as_of=as_of).doubts({_place_of(one) for one in own})
        flags |= {one.pk: found.get(_place_of(one), ()) for one in own}
    return {pk: rows for pk, rows in flags.items() if rows}


def _place_of(actual: ActualAmount) -> tuple[str, Place]:
    """Who claims it, and where."""
    return key_of(actual.line), Place(actual.council_id, actual.fy, actual.ledger_code.strip())


@dataclass(frozen=True)
class _Words:
    """Turns flags into rows with names and addresses."""

    claims: Claims
    councils: Mapping[int, Council]

    @cached_property
    def _lines_of(self) -> dict[str, list[int]]:
        """Keys of the lines of each claimant."""
        found: dict[str, list[int]] = defaultdict(list)
        for line in self.claims.lines.values():
            found[key_of(line)].append(line.pk)
        return found

    def row(self, flag: Flag, answer: DoubleCountAnswer | None, programme: Programme) -> FlagRow:
        places = self._places(flag)
        return FlagRow(
            flag,
            self.councils.get(flag.council),
            self._text(flag),
            tuple(self._claim(one, places) for one in flag.claimants),
            doubtful_pence([flag], programme.pk),
            answer,
        )

    def shares(self) -> Iterable[ShareRow]:
        """Each code, council and year from which anyone claims, councils in order."""
        order = {pk: number for number, pk in enumerate(self.councils)}
        at: dict[Place, list[Claimant]] = defaultdict(list)
        for one in self.claims.claimants:
            for place in one.coded:
                at[place].append(one)
        for place in sorted(at, key=lambda one: (order.get(one.council, 0), one.fy, one.code)):
            yield ShareRow(
                self.councils[place.council],
                place.fy,
                place.code,
                tuple(self._claim(one, {place}) for one in at[place]),
            )

    def _places(self, flag: Flag) -> set[Place]:
        claimed = {place for one in flag.claimants for place in (*one.claimed, *one.reduced)}
        if flag.kind == DoubleCountKind.CONTAINED:
            return claimed
        return {place for place in claimed if flag.covers(place)}

    def _claim(self, one: Claimant, places: Collection[Place]) -> FlagClaim:
        benefit = self.claims.benefits.get(one.key)
        row = benefit or self.claims.lines[int(one.key.partition(" ")[2])]
        url = benefit.get_absolute_url() if benefit else reverse("benefits:line_detail", args=[row.pk])
        percent = one.percent if one.counts else 0
        pence = sum(one.claimed.get(place, 0) for place in places)
        said = listed(sorted({self.claims.reasons[at] for at in self._said_of(one, places)}))
        lines = self._lines_of.get(one.key, [])
        entries = reverse("benefits:line_detail", args=lines) if len(lines) == 1 else f"{url}#h-pounds"
        return FlagClaim(
            one.key, one.title, url, entries, row.programme, benefit, pence, percent, _reason(benefit), said
        )

    def _said_of(self, one: Claimant, places: Collection[Place]) -> list[tuple[str, Place]]:
        return [(one.key, place) for place in places if (one.key, place) in self.claims.reasons]

    def _text(self, flag: Flag) -> str:
        names = listed([one.title for one in flag.claimants])
        council = self.councils.get(flag.council)
        if flag.kind == DoubleCountKind.SAME_CODE:
            year = format_fy(flag.fy)
            return (
                f"{names} claim {flag.total_percent}% of code {flag.code} of {council} in {year} between them"
            )
        if flag.kind == DoubleCountKind.SAME_CAUSE:
            return f"{names} have the same service and cause, and pounds of {council} in the same years"
        parent = flag.claimants[1].title if len(flag.claimants) > 1 else "another benefit"
        problems = listed([_PROBLEMS[problem] for problem in flag.problems])
        return f"{flag.claimants[0].title} is counted in {parent}, but {problems}"


def _reason(benefit: Benefit | None) -> str:
    if benefit is None:
        return "A line without a benefit claims the whole"
    if benefit.counted_in is not None:
        return f"Counted in {benefit.counted_in}"
    return benefit.attribution_reason


def _flags(programme: Programme, claims: Claims) -> list[Flag]:
    found = find_double_counts(claims.claimants)
    return [flag for flag in found if any(one.programme == programme.pk for one in flag.claimants)]


def _answers(programme: Programme, flags: Sequence[Flag]) -> list[DoubleCountAnswer]:
    """Answers given in this programme, and in others to the flags that they share, oldest first."""
    keys = {flag.key for flag in flags}
    rows = DoubleCountAnswer.objects.filter(programme__partnership=programme.partnership_id)
    related = rows.select_related("entered_by", "council").order_by("pk")
    return [row for row in related if row.programme_id == programme.pk or row.flag_key in keys]


def _answer_row(
    answer: DoubleCountAnswer, last: Mapping[str, DoubleCountAnswer], rows: Iterable[FlagRow]
) -> AnswerRow:
    row = next((one for one in rows if one.flag.key == answer.flag_key), None)
    if row is None:
        return AnswerRow(answer, "Nothing is flagged any more")
    if last[answer.flag_key] != answer:
        return AnswerRow(answer, "Another answer followed")
    if not row.is_open:
        return AnswerRow(answer, "Stands")
    is_lapsed = answer.outcome == DoubleCountOutcome.NOT_SAME
    return AnswerRow(answer, "Lapsed: the facts have changed since" if is_lapsed else "Still flagged")


def _councils(programme: Programme, claims: Claims) -> dict[int, Council]:
    """Councils named by claims, the partners in their order first."""
    keys = {place.council for one in claims.claimants for place in (*one.claimed, *one.reduced)}
    keys |= {council for one in claims.claimants for council, _ in one.planned}
    members = Membership.objects.filter(partnership=programme.partnership_id)
    order = dict(members.values_list("council", "order_index"))
    rows = Council.objects.filter(pk__in=keys)
    return {row.pk: row for row in sorted(rows, key=lambda row: (order.get(row.pk, len(order)), row.name))}
