"""Where versions of business cases stand: facts for the rules, statements, reviews, other versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q

from programme.enums import PriceBasis
from programme.models import Council
from programme.queries.partners import partner_councils
from services.enums import CaseSectionName, CaseStage, CaseState, Position, ReviewOutcome
from services.models import (
    BusinessCase,
    BusinessCaseLine,
    CaseOption,
    CaseReview,
    CaseSection,
    CaseStatement,
)
from services.queries.stored_case import StoredCase
from services.rules.case_line import is_in_prices_of
from services.rules.case_states import CaseFacts, Progress, progress_of

Row = TypeVar("Row", CaseOption, CaseSection, CaseReview, CaseStatement)


@dataclass(frozen=True, slots=True)
class CouncilStatement:
    """A council and what its section 151 officer has stated; None: nothing yet."""

    council: Council
    statement: CaseStatement | None


@dataclass(frozen=True, slots=True)
class CaseStory:
    """One version: its facts and progress, its statements by council, its reviews, and every version."""

    case: BusinessCase
    partners: tuple[Council, ...]
    facts: CaseFacts
    progress: Progress
    statements: tuple[CouncilStatement, ...]
    reviews: tuple[CaseReview, ...]
    sections: tuple[CaseSection, ...]
    options: tuple[CaseOption, ...]
    versions: tuple[BusinessCase, ...]

    @property
    def objections(self) -> tuple[CaseStatement, ...]:
        """Statements that do not support the case: they are printed first."""
        return objections_of(one.statement for one in self.statements)

    @property
    def open_version(self) -> BusinessCase | None:
        """The version that is still being drafted or reviewed, if there is one."""
        drafting = {CaseState.DRAFT, CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW}
        return next((version for version in self.versions if version.state in drafting), None)


def objections_of(statements: Iterable[CaseStatement | None]) -> tuple[CaseStatement, ...]:
    """Those of the statements that do not support the case, in their order."""
    return tuple(one for one in statements if one is not None and one.position == Position.DO_NOT_SUPPORT)


def _by_council(rows: Iterable[CaseStatement], councils: Sequence[Council]) -> tuple[CouncilStatement, ...]:
    """Each of the councils with its statement, then any other council that made one."""
    found = {row.council_id: row for row in rows}
    ordered = [CouncilStatement(council, found.pop(council.pk, None)) for council in councils]
    return (*ordered, *(CouncilStatement(row.council, row) for row in found.values()))


def case_story(case: BusinessCase, *, stored: StoredCase | None = None) -> CaseStory:
    """All that the front page and the page of steps show of one version.

    Seven queries; three where `stored` has read the rest already. The case comes with its programme, and
    that with its senior responsible owner.
    """
    rows = stored or StoredCase(case)
    partners = rows.partners
    statements = _by_council(rows.statements, partners)
    reviews = tuple(case.reviews.select_related("reviewed_by").order_by("reviewed_at", "pk"))
    sections = tuple(case.sections.all())
    facts = _facts(
        case,
        partners,
        options=rows.options,
        sections=sections,
        reviews=reviews,
        statements=[one.statement for one in statements if one.statement],
        has_nominal_lines=_has_nominal(case, stored),
    )
    versions = BusinessCase.objects.filter(programme=case.programme_id, ref=case.ref)
    return CaseStory(
        case=case,
        partners=tuple(partners),
        facts=facts,
        progress=progress_of(facts, str(case.programme.sro or "")),
        statements=statements,
        reviews=reviews,
        sections=sections,
        options=rows.options,
        versions=tuple(versions.select_related("issued_by", "created_by").order_by("-number")),
    )


def case_facts(case: BusinessCase) -> CaseFacts:
    """What the rules need to know of one version. Six queries."""
    return facts_of([case], partner_councils(case.programme.partnership_id))[case.pk]


def facts_of(cases: Sequence[BusinessCase], partners: Sequence[Council]) -> dict[int, CaseFacts]:
    """What the rules need to know of several versions of one programme, by primary key. Five queries."""
    return facts_by_case(cases, {case.programme_id: partners for case in cases})


def facts_by_case(
    cases: Sequence[BusinessCase], partners: Mapping[int, Sequence[Council]]
) -> dict[int, CaseFacts]:
    """The same of versions of several programmes, each with its partner councils. Five queries."""
    keys = [case.pk for case in cases]
    options = _by_case(CaseOption.objects.filter(business_case__in=keys))
    sections = _by_case(CaseSection.objects.filter(business_case__in=keys))
    reviews = _by_case(CaseReview.objects.filter(business_case__in=keys).order_by("reviewed_at", "pk"))
    statements = _by_case(CaseStatement.objects.filter(business_case__in=keys))
    nominal = Q()
    for case in cases:
        nominal |= Q(business_case=case) & _nominal(case)
    lines = BusinessCaseLine.objects.filter(nominal) if cases else BusinessCaseLine.objects.none()
    with_nominal = set(lines.order_by().values_list("business_case", flat=True).distinct())
    return {
        case.pk: _facts(
            case,
            partners[case.programme_id],
            options=options[case.pk],
            sections=sections[case.pk],
            reviews=reviews[case.pk],
            statements=statements[case.pk],
            has_nominal_lines=case.pk in with_nominal,
        )
        for case in cases
    }


def progress_of_cases(
    cases: Sequence[BusinessCase], partners: Sequence[Council], owner: str = ""
) -> dict[int, Progress]:
    """Next step, what stops it and who must act, of several versions of one programme. Five queries."""
    return {key: progress_of(facts, owner) for key, facts in facts_of(cases, partners).items()}


def _has_nominal(case: BusinessCase, stored: StoredCase | None) -> bool:
    if stored is None:
        return case.lines.filter(_nominal(case)).exists()
    return any(
        not is_in_prices_of(case.base_fy, line.price_basis, line.price_base_fy) for line in stored.lines
    )


def _nominal(case: BusinessCase) -> Q:
    """Lines that are not in prices of the base year (INV-33)."""
    other_year = Q(price_base_fy__isnull=False) & ~Q(price_base_fy=case.base_fy)
    return ~Q(price_basis=PriceBasis.REAL) | other_year


def _facts(
    case: BusinessCase,
    partners: Sequence[Council],
    *,
    options: Sequence[CaseOption],
    sections: Sequence[CaseSection],
    reviews: Sequence[CaseReview],
    statements: Sequence[CaseStatement],
    has_nominal_lines: bool,
) -> CaseFacts:
    return CaseFacts(
        stage=CaseStage(case.stage),
        state=CaseState(case.state),
        base_fy=case.base_fy,
        author_id=case.created_by_id,
        option_count=sum(option.variant_of_id is None for option in options),
        has_bau=any(option.is_bau for option in options),
        has_preferred=any(option.is_preferred for option in options),
        has_nominal_lines=has_nominal_lines,
        written=frozenset(CaseSectionName(one.name) for one in sections if one.text.strip()),
        agreed_by=_agreed_by(reviews),
        partners=tuple((council.pk, str(council)) for council in partners),
        stated={one.council_id: one.stated_by_id for one in statements},
    )


def _agreed_by(reviews: Sequence[CaseReview]) -> frozenset[int]:
    """Who has agreed since the draft was last returned."""
    agreed: set[int] = set()
    for review in reviews:
        if review.outcome == ReviewOutcome.RETURNED:
            agreed.clear()
        else:
            agreed.add(review.reviewed_by_id)
    return frozenset(agreed)


def _by_case(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.business_case_id].append(row)
    return found
