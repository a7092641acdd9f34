"""Make a business case, and change its title, its period and its five cases while it is a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from accounts.models import User
from core.actions.audit import record
from core.clock import today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.reference import ReferenceTable, version_on
from core.rules.text import check_text
from programme.enums import PriceBasis
from programme.models import Programme
from services.actions.case_version import audit_case, check_seen, save_case
from services.enums import CaseSectionName, CaseStage, OptionKind, PaybackOrigin
from services.models import BusinessCase, BusinessCaseAmount, CaseOption, CaseSection, Service
from services.policies import check_create_case, check_edit_case, powers_of
from services.rules.case_entry import FIRST_BASE_FY, LAST_BASE_FY, Period, parse_horizon

TITLE_LIMIT, REF_LIMIT = 200, 40
BAU_REF = "BAU"


@dataclass(frozen=True, slots=True)
class CaseValues:
    """What a case says of itself; what is left out (`...`) stays as it is."""

    title: str | EllipsisType = ...
    summary: str | EllipsisType = ...
    stage: str | EllipsisType = ...
    service: Service | EllipsisType | None = ...
    base_fy: int | EllipsisType = ...
    horizon_years: int | EllipsisType = ...
    payback_origin: str | EllipsisType = ...

    def given(self) -> dict[str, Any]:
        """The values that are given, by the name of their column."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in named.items() if not isinstance(value, EllipsisType)}


@transaction.atomic
def create_case(
    programme: Programme,
    *,
    by: User,
    ref: str,
    values: CaseValues,
    channel: str = Channel.PAGE,
) -> BusinessCase:
    """A draft with its business-as-usual option, five empty cases and today's reference data.

    Refuses a reference that another case has, and what `update_case` refuses.
    """
    check_create_case(powers_of(by, programme))
    Programme.objects.select_for_update().get(pk=programme.pk)
    given = _checked(programme, values.given(), required=("title", "stage", "base_fy"))
    given.setdefault("horizon_years", programme.horizon_years)
    clean_ref = _new_ref(programme, ref)
    day = today()
    case = BusinessCase.objects.create(
        programme=programme,
        ref=clean_ref,
        price_basis=PriceBasis.REAL,
        discount_version=version_on(ReferenceTable.DISCOUNT_RATES, day).version,
        deflator_version=version_on(ReferenceTable.GDP_DEFLATORS, day).version,
        bias_version=version_on(ReferenceTable.OPTIMISM_BIAS, day).version,
        created_by=by,
        updated_by=by,
        **given,
    )
    CaseSection.objects.bulk_create(CaseSection(business_case=case, name=name) for name in CaseSectionName)
    CaseOption.objects.create(
        business_case=case,
        ref=BAU_REF,
        name=OptionKind.BUSINESS_AS_USUAL.label,
        kind=OptionKind.BUSINESS_AS_USUAL,
        is_bau=True,
    )
    after = {"ref": case.ref, **{name: _plain(value) for name, value in given.items()}, "version": 1}
    record(case, by=by, action="create_case", channel=channel, scope=programme.key, after=after)
    return case


@transaction.atomic
def update_case(
    case: BusinessCase,
    *,
    by: User,
    seen_version: int,
    values: CaseValues,
    sections: Mapping[str, str] | None = None,
    channel: str = Channel.PAGE,
) -> BusinessCase:
    """Save what is given of the case, and the text of the named cases of the five.

    Refuses with CaseChanged after another's edit (row 84), text that is too long (row 85), and a period that
    leaves amounts outside it (row 16). Lines in prices of the old base year keep that year as theirs.
    """
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    given = _checked(case.programme, values.given())
    texts = {section.name: section.text for section in case.sections.all()}
    wanted = _checked_sections(sections or {})
    changed = {name: value for name, value in given.items() if getattr(case, name) != value}
    changed_texts = {name: text for name, text in wanted.items() if texts.get(name, "") != text}
    if not changed and not changed_texts:
        return case
    _check_period(case, changed)
    saved = save_case(case, by=by, values=changed)
    _save_sections(case, changed_texts)
    if "base_fy" in changed:
        case.lines.filter(price_basis=PriceBasis.REAL, price_base_fy=None).update(price_base_fy=case.base_fy)
        case.lines.filter(price_base_fy=saved.base_fy).update(price_base_fy=None)
    before = {name: _plain(getattr(case, name)) for name in changed}
    audit_case(
        saved,
        action="update_case",
        channel=channel,
        before=before | {name: texts.get(name, "") for name in changed_texts},
        after={name: _plain(value) for name, value in changed.items()} | changed_texts,
    )
    return saved


@transaction.atomic
def use_newest_reference_data(
    case: BusinessCase, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> BusinessCase:
    """Let a draft use the rates, deflators and optimism-bias table in force today."""
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    day = today()
    newest = {
        "discount_version": version_on(ReferenceTable.DISCOUNT_RATES, day).version,
        "deflator_version": version_on(ReferenceTable.GDP_DEFLATORS, day).version,
        "bias_version": version_on(ReferenceTable.OPTIMISM_BIAS, day).version,
    }
    changed = {name: value for name, value in newest.items() if getattr(case, name) != value}
    if not changed:
        return case
    saved = save_case(case, by=by, values=changed)
    before = {name: getattr(case, name) for name in changed}
    audit_case(saved, action="use_newest_reference_data", channel=channel, before=before, after=changed)
    return saved


def _checked(programme: Programme, given: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """The values ready to store; refuses all that are wrong at once."""
    checks: dict[str, Callable[[Any], Any]] = {
        "title": _title,
        "summary": lambda text: check_text(text, "Summary"),
        "stage": lambda value: _choice(value, CaseStage, "stage", "Choose the stage of the business case"),
        "payback_origin": lambda value: _choice(
            value, PaybackOrigin, "payback_origin", "Choose where payback is counted from"
        ),
        "base_fy": _base_fy,
        "horizon_years": parse_horizon,
        "service": lambda service: _service(programme, service),
    }
    refusals, clean = [], {}
    for name in dict.fromkeys([*required, *given]):
        try:
            clean[name] = checks[name](given.get(name, ""))
        except Refusal as said:
            refusals.append(Refusal(said.message, said.field or name, said.code))
    if refusals:
        raise Refusals(refusals)
    return clean


def _title(text: str) -> str:
    body = check_text(text, "Title", TITLE_LIMIT)
    if not body:
        raise Refusal("Enter the title", "title")
    return body


def _choice(value: Any, choices: Any, field: str, message: str) -> str:
    if value not in choices.values:
        raise Refusal(message, field)
    return str(value)


def _base_fy(value: Any) -> int:
    if not isinstance(value, int) or not FIRST_BASE_FY <= value <= LAST_BASE_FY:
        raise Refusal("Select a financial year, for example 2026 to 2027", "base_fy", "14")
    return value


def _service(programme: Programme, service: Service | None) -> Service | None:
    if service is not None and service.programme_id != programme.pk:
        raise Refusal("Choose a service of this programme", "service")
    return service


def _new_ref(programme: Programme, ref: str) -> str:
    clean = check_text(ref, "Reference", REF_LIMIT)
    if not clean:
        raise Refusal("Enter the reference, for example BC-2", "ref")
    if BusinessCase.objects.filter(programme=programme, ref__iexact=clean).exists():
        raise Refusal(f"{clean} is already the reference of a business case of this programme", "ref")
    return clean


def _checked_sections(sections: Mapping[str, str]) -> dict[str, str]:
    refusals, clean = [], {}
    for name, text in sections.items():
        try:
            clean[name] = check_text(text, CaseSectionName(name).label, field=name)
        except Refusal as said:
            refusals.append(said)
    if refusals:
        raise Refusals(refusals)
    return clean


def _check_period(case: BusinessCase, changed: Mapping[str, Any]) -> None:
    """Refuse a new period that leaves entered amounts outside it (row 16)."""
    if not changed.keys() & {"base_fy", "horizon_years"}:
        return
    period = Period(changed.get("base_fy", case.base_fy), changed.get("horizon_years", case.horizon_years))
    ends = BusinessCaseAmount.objects.filter(line__business_case=case).aggregate(
        first=Min("fy"), last=Max("fy")
    )
    if ends["first"] is not None:
        period.check_year(ends["first"], "base_fy")
        period.check_year(ends["last"], "horizon_years")


def _save_sections(case: BusinessCase, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        CaseSection.objects.update_or_create(business_case=case, name=name, defaults={"text": text})


def _plain(value: Any) -> Any:
    """A value as the audit trail holds it."""
    return value.ref if isinstance(value, Service) else value
