"""Start the next version of a business case as a copy; the older one stays as it is (domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Max

from accounts.models import User
from core.actions.audit import record
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from programme.models import Programme
from services.actions.case_version import check_seen
from services.enums import CaseState, CaseStep
from services.models import (
    BusinessCase,
    BusinessCaseAmount,
    BusinessCaseLine,
    CaseOption,
    CaseSection,
    Compensation,
    CompensationPayment,
    Criterion,
    Score,
)
from services.policies import check_take_step, powers_of
from services.rules.case_states import OPEN, check_from

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def start_version(
    case: BusinessCase, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> BusinessCase:
    """The next version of the case as a draft: a copy of everything but its reviews and statements.

    Refuses anyone but the programme manager, a version that is not issued yet, and a second open version.
    """
    check_take_step(powers_of(by, case.programme), case, CaseStep.NEW_VERSION)
    check_from(CaseStep.NEW_VERSION, CaseState(case.state))
    check_seen(case, seen_version)
    Programme.objects.select_for_update().get(pk=case.programme_id)
    versions = BusinessCase.objects.filter(programme=case.programme_id, ref=case.ref)
    opened = versions.filter(state__in=OPEN).first()
    if opened is not None:
        raise Refusal(f"Version {opened.number} is open already. Change that one", field="step")
    last = versions.aggregate(last=Max("number"))["last"]
    fresh = _copied_case(case, number=last + 1, by=by)
    _copy_content(case, fresh, by)
    record(
        fresh,
        by=by,
        action="start_version",
        channel=channel,
        scope=case.programme.key,
        after={"number": fresh.number, "copied_from": case.number, "version": fresh.version},
    )
    return fresh


def _copied_case(case: BusinessCase, *, number: int, by: User) -> BusinessCase:
    fresh = _copy(case)
    fresh.number, fresh.state, fresh.version = number, CaseState.DRAFT, 1
    fresh.issued_at = fresh.issued_by = None
    fresh.content_hash = fresh.content_salt = ""
    fresh.created_at = fresh.updated_at = now()
    fresh.created_by = fresh.updated_by = by
    fresh.save(force_insert=True)
    return fresh


def _copy_content(case: BusinessCase, fresh: BusinessCase, by: User) -> None:
    _copy_rows(CaseSection, case.sections.all(), business_case=fresh)
    options = _copy_rows(CaseOption, case.options.all(), business_case=fresh)
    for option in options.values():
        if option.variant_of_id is not None:
            option.variant_of = options[option.variant_of_id]
    CaseOption.objects.bulk_update(options.values(), ["variant_of"])
    lines = _copy_rows(BusinessCaseLine, case.lines.all(), links={"option": options}, business_case=fresh)
    _copy_rows(
        BusinessCaseAmount,
        BusinessCaseAmount.objects.filter(line__business_case=case),
        links={"line": lines},
    )
    criteria = _copy_rows(Criterion, case.criteria.all(), business_case=fresh)
    _copy_rows(
        Score,
        Score.objects.filter(criterion__business_case=case),
        links={"criterion": criteria, "option": options},
    )
    compensations = _copy_rows(Compensation, case.compensations.all(), business_case=fresh)
    _copy_rows(
        CompensationPayment,
        CompensationPayment.objects.filter(compensation__business_case=case),
        links={"compensation": compensations},
    )


def _copy_rows(
    model: type[Row],
    rows: Iterable[Row],
    *,
    links: Mapping[str, Mapping[int, models.Model]] | None = None,
    **values: object,
) -> dict[int, Row]:
    """Copies of the rows with these values, by the primary key of what they copy.

    `links` gives, for a field, the copies by what they copy. Two queries.
    """
    copies: dict[int, Row] = {}
    for row in rows:
        made = copies[row.pk] = _copy(row)
        for name, value in values.items():
            setattr(made, name, value)
        for name, targets in (links or {}).items():
            setattr(made, name, targets[getattr(row, f"{name}_id")])
    model._meta.default_manager.bulk_create(copies.values())  # type: ignore[union-attr]
    return copies


def _copy(row: Row) -> Row:
    fields = row._meta.concrete_fields
    return type(row)(
        **{field.attname: getattr(row, field.attname) for field in fields if not field.primary_key}
    )
