"""The equity panel: what each partner council gets, bears and does, beside what was agreed (F-35)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from benefits.enums import Basis, EquitySubject
from benefits.models import EquityNote
from benefits.queries.agreed_keys import read_keys
from benefits.queries.equity import (
    NO_KEY,
    POPULATION_NOUN,
    Amounts,
    EquityComparison,
    compare,
    equity,
    equity_on,
    population,
)
from benefits.queries.ledgers import Ledgers, PartnerCouncil, read_ledgers
from benefits.queries.posts import PostsShown, posts_shown
from benefits.queries.scope import Choice, Scope, scope_of
from benefits.rules.equity import EquityRow, ExplainedShare, is_explained
from core.clock import LONDON
from core.rules.assessment import NotAssessable, Withheld
from core.rules.rounding import round_to
from core.rules.suppression import Suppressed
from core.rules.words import listed
from governance.enums import MeetingState
from governance.models import Body, ChairTerm, Meeting
from governance.rules.voting import municipal_year
from programme.models import Programme
from programme.queries.milestones import known_on

FEW_POSTS = Withheld("Fewer than 5 posts stand behind it, or would let a reader work out such a number")
SO_FAR = "So far"
Notes = Mapping[tuple[str, int], tuple[EquityNote, ...]]
Count = int | Suppressed | None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One comparison, what it is taken from, and whether it is about amounts of the plan or of today."""

    comparison: EquityComparison
    when: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """A number for each council in order, for all, and what of it belongs to no council."""

    subject: EquitySubject
    by_council: tuple[Count, ...]
    total: Count
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """Where one council's share of one thing is over the limit from the other, and why, as people said.

    `found` pairs each comparison with the council's row in it, in the order of the panel; at least one.
    """

    subject: EquitySubject
    council: PartnerCouncil
    found: tuple[tuple[PanelRow, EquityRow], ...]
    notes: tuple[EquityNote, ...]

    @property
    def is_explained(self) -> bool:
        """Whether somebody has said why, of the figures as they stand within the limit."""
        known = [one for note in self.notes for one in note.differences]
        return is_explained([explained_share(*pair) for pair in self.found], known)

    @property
    def is_outdated(self) -> bool:
        """Whether somebody said why before a figure moved on by more than the limit."""
        return bool(self.notes) and not self.is_explained

    @property
    def widest(self) -> tuple[PanelRow, EquityRow]:
        """The comparison in which it is furthest from the other share."""
        return max(self.found, key=lambda pair: abs(pair[1].difference_points))


@dataclass(frozen=True, slots=True)
class EquityPanel:
    """The panel of one programme as of a day; councils are in their fixed order."""

    programme: Programme
    as_of: date
    councils: tuple[PartnerCouncil, ...]
    rows: tuple[PanelRow, ...]
    counts: tuple[CountRow, ...]
    differences: tuple[Difference, ...]

    @property
    def unexplained(self) -> tuple[Difference, ...]:
        """Differences over the limit that nobody has explained."""
        return tuple(one for one in self.differences if not one.is_explained)

    def differences_at(self, council: str) -> tuple[Difference, ...]:
        """The differences of the council of that key, or of all where it is empty."""
        return tuple(one for one in self.differences if council in ("", one.council.key))

    def differences_of(self, subject: str, council: int) -> tuple[ExplainedShare, ...]:
        """Every difference of one council that can be worked out, over the limit or not."""
        names = {one.name for one in self.councils if one.pk == council}
        return tuple(
            explained_share(row, share)
            for row in self.rows
            if row.comparison.subject == subject and isinstance(row.comparison.rows, tuple)
            for share in row.comparison.rows
            if share.council in names
        )


def explained_share(row: PanelRow, share: EquityRow) -> ExplainedShare:
    """What of a council's share in a comparison an explanation is about, to two decimals."""
    compared = row.comparison
    return ExplainedShare(compared.basis.value, compared.is_by_key, round_to(share.difference_points, 2))


def equity_panel(programme: Programme, *, today: date, ledgers: Ledgers | None = None) -> EquityPanel:
    """The whole panel. Fifteen queries where keys are agreed, eleven where none is, whatever the size.

    Seven fewer with `ledgers` that are already read for that day.
    """
    as_of = known_on(programme, today)
    ledgers = ledgers or read_ledgers(programme, as_of=as_of)
    scope = scope_of(programme, ledgers, Choice(), as_of)
    posts = posts_shown(programme, ledgers.councils, as_of)
    counts = (_posts_row(posts), _chair_years(programme, scope), _meetings(programme, scope))
    people = population(scope)
    rows = (*_money_rows(programme, scope, people), *(_count_row(scope, row, people) for row in counts))
    notes = _notes(programme)
    return EquityPanel(
        programme, as_of, ledgers.councils, rows, counts, tuple(_differences(rows, ledgers.councils, notes))
    )


def _money_rows(programme: Programme, scope: Scope, people: Amounts) -> tuple[PanelRow, ...]:
    keys = read_keys(programme, scope)
    *planned, beside_cost = equity(scope, keys, people)
    found = [PanelRow(one, f"{Basis.CURRENT.label}, whole period") for one in planned]
    for basis, when in ((Basis.FORECAST, "Forecast, whole period"), (Basis.VERIFIED, "Verified so far")):
        found += [PanelRow(one, when) for one in equity_on(scope, keys, basis, people)]
    return (*found, PanelRow(beside_cost, f"{Basis.CURRENT.label}, whole period"))


def _count_row(scope: Scope, row: CountRow, people: Amounts) -> PanelRow:
    noun = str(row.subject.label)
    if any(isinstance(count, Suppressed) for count in (*row.by_council, row.total)):
        hidden = EquityComparison(noun, POPULATION_NOUN, Basis.VERIFIED, FEW_POSTS, row.subject, NO_KEY)
        return PanelRow(hidden, SO_FAR)
    counts = dict(zip(scope.councils, row.by_council, strict=True))
    partners = scope.partners_now
    past = [council.name for council, count in counts.items() if count and council.pk not in partners]
    if past:
        gone = EquityComparison(noun, POPULATION_NOUN, Basis.VERIFIED, _past(past), row.subject, NO_KEY)
        return PanelRow(gone, SO_FAR)
    numbers = {
        council.name: (count if isinstance(count, int) else None) if council.pk in partners else 0
        for council, count in counts.items()
    }
    now = {council.name: people[council.name] if council.pk in partners else 0 for council in counts}
    compared = compare(row.subject, numbers, POPULATION_NOUN, now, basis=Basis.VERIFIED, note=NO_KEY)
    return PanelRow(compared, SO_FAR)


def _past(councils: list[str]) -> NotAssessable:
    """Why a number of years and councils that have changed is not compared with the people of today."""
    are = "is no partner" if len(councils) == 1 else "are no partners"
    return NotAssessable(f"{listed(councils)} {are} now, so the population of today says nothing of it")


def _posts_row(posts: PostsShown) -> CountRow:
    return CountRow(EquitySubject.POSTS, posts.by_council, posts.total)


def _chair_years(programme: Programme, scope: Scope) -> CountRow:
    """Municipal years begun in which each council had the chair of a joint body. One query."""
    terms = ChairTerm.objects.filter(
        body__in=_joint_bodies(programme), municipal_year__lte=municipal_year(scope.as_of)
    )
    return _counted(EquitySubject.CHAIRS, scope, Counter(terms.values_list("chair", flat=True)))


def _meetings(programme: Programme, scope: Scope) -> CountRow:
    """Meetings of joint bodies that were held, by the council whose site it was. One query."""
    held = Meeting.objects.filter(body__in=_joint_bodies(programme), state=MeetingState.HELD)
    hosts = [
        host
        for host, starts_at in held.values_list("host", "starts_at")
        if starts_at.astimezone(LONDON).date() <= scope.as_of
    ]
    return _counted(EquitySubject.MEETINGS, scope, Counter(hosts))


def _counted(subject: EquitySubject, scope: Scope, numbers: Counter[int | None]) -> CountRow:
    by_council = tuple(numbers[council.pk] for council in scope.councils)
    everything = sum(numbers.values())
    return CountRow(subject, by_council, everything, everything - sum(by_council))


def _joint_bodies(programme: Programme) -> QuerySet[Body]:
    return Body.objects.filter(partnership=programme.partnership_id)


def _notes(programme: Programme) -> Notes:
    """Explanations by subject and council, the latest first. One query."""
    found: dict[tuple[str, int], list[EquityNote]] = defaultdict(list)
    for note in programme.equity_notes.select_related("entered_by", "council").order_by("-pk"):
        found[note.subject, note.council_id].append(note)
    return {key: tuple(notes) for key, notes in found.items()}


def _differences(
    rows: tuple[PanelRow, ...], councils: tuple[PartnerCouncil, ...], notes: Notes
) -> list[Difference]:
    """One for each thing that is shared and council, in the order of the panel."""
    by_name = {council.name: council for council in councils}
    found: dict[tuple[EquitySubject, PartnerCouncil], list[tuple[PanelRow, EquityRow]]] = defaultdict(list)
    for row in rows:
        for share in row.comparison.flagged:
            if council := by_name.get(share.council):
                found[row.comparison.subject, council].append((row, share))
    return [
        Difference(subject, council, tuple(pairs), notes.get((subject, council.pk), ()))
        for (subject, council), pairs in found.items()
    ]
