"""Agree what a benefit is: create its profile and change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.enums import BenefitClass, BenefitKind, Combining, Direction, Frequency, Recurrence
from benefits.models import Benefit, BenefitShare, BudgetLine, BudgetReduction
from benefits.models.benefit import DOAM
from benefits.policies import check_manage
from benefits.queries.benefits_map import enablers_of
from benefits.queries.budgets import attribution_of
from benefits.rules.agreed import check_unlocked
from benefits.rules.budgets import check_attribution
from benefits.rules.profile import ProfileFacts, check_profile
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.models import Council, Programme, Risk
from programme.queries.partners import partner_councils
from programme.queries.people import possible_owners
from services.enums import Confidence
from services.models import Service

Share = tuple[Council, Decimal]


@dataclass(frozen=True, slots=True)
class Profile:
    """The agreed definition of a benefit, as people state it; `councils` empty is all of them.

    `shares` is what each council has of it in per cent; empty where that is not agreed.
    """

    title: str
    benefit_class: BenefitClass
    kind: BenefitKind = BenefitKind.NOT_STATED
    description: str = ""
    category: str = ""
    service_feature: str = ""
    potential_costs: str = ""
    activities: str = ""
    dependencies: str = ""
    is_disbenefit: bool = False
    owner: User | None = None
    sro: User | None = None
    service: Service | None = None
    counted_in: Benefit | None = None
    confidence: Confidence | str = ""
    attribution_percent: int = 100
    attribution_reason: str = ""
    counterfactual: str = ""
    title_reason: str = ""
    full_year_pence: int | None = None
    recurrence: Recurrence = Recurrence.NOT_STATED
    starts_on: date | None = None
    ends_on: date | None = None
    early_reason: str = ""
    review_on: date | None = None
    measure_name: str = ""
    measure_unit: str = ""
    measure_source: str = ""
    measure_method: str = ""
    frequency: Frequency = Frequency.NOT_STATED
    combining: Combining = Combining.NOT_STATED
    direction: Direction = Direction.NOT_STATED
    starting_value: Decimal | None = None
    starting_on: date | None = None
    starting_reason: str = ""
    target_value: Decimal | None = None
    target_text: str = ""
    no_target_reason: str = ""
    percent_reason: str = ""
    has_description: bool = False
    doam_description: str = ""
    has_observable: bool = False
    doam_observable: str = ""
    has_attribution: bool = False
    doam_attribution: str = ""
    has_measurement: bool = False
    doam_measurement: str = ""
    councils: Sequence[Council] = ()
    shares: Sequence[Share] = ()
    risks: Sequence[Risk] = ()


TEXTS = {
    "title": ("Title", 200),
    "description": ("Description", 4_000),
    "category": ("Category", 60),
    "service_feature": ("What brings it about", 500),
    "potential_costs": ("Potential costs", 500),
    "activities": ("Activities required", 4_000),
    "dependencies": ("What it depends on", 500),
    "attribution_reason": ("Reason", 500),
    "counterfactual": ("What would have happened anyway", 500),
    "title_reason": ("Reason", 500),
    "early_reason": ("Reason", 500),
    "measure_name": ("Measure", 200),
    "measure_unit": ("Unit", 40),
    "measure_source": ("Source of the values", 200),
    "measure_method": ("Method", 500),
    "starting_reason": ("Reason", 500),
    "target_text": ("Target in words", 200),
    "no_target_reason": ("Reason", 500),
    "percent_reason": ("Reason", 500),
    **{f"doam_{test}": ("Text of the test", 500) for test in DOAM},
}
_LISTS = ("councils", "shares", "risks")
_COLUMNS = tuple(one.name for one in fields(Profile) if one.name not in _LISTS)


@transaction.atomic
def create_benefit(
    programme: Programme, *, by: User, profile: Profile, channel: Channel = Channel.PAGE
) -> Benefit:
    """A new benefit of the programme, identified; refuses as rows 11, 12, 20, 43 to 49 and 51."""
    check_manage(by, programme)
    values = _checked(programme, profile)
    Programme.objects.select_for_update().get(pk=programme.pk)
    taken = set(programme.benefits.values_list("ref", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"B-{number}" not in taken)
    benefit = Benefit.objects.create(
        programme=programme,
        ref=f"B-{number}",
        order_index=len(taken),
        created_by=by,
        updated_by=by,
        **values,
    )
    _write_lists(benefit, profile)
    after = _plain(values, _lists(profile))
    _audit(benefit, by=by, action="create_benefit", channel=channel, before={}, after=after)
    return benefit


@transaction.atomic
def update_benefit(
    benefit: Benefit, *, by: User, seen_version: int, profile: Profile, channel: Channel = Channel.PAGE
) -> Benefit:
    """The benefit with another profile; refuses as a new one, as row 41, and a stale edit.

    Once it is approved, how it is measured and its target stand until the profile is reopened. Saving without
    a change leaves no trace.
    """
    check_manage(by, benefit.programme)
    Programme.objects.select_for_update().get(pk=benefit.programme_id)
    check_seen(benefit, seen_version)
    values = _checked(benefit.programme, profile, benefit)
    before = _plain({name: getattr(benefit, name) for name in _COLUMNS}, _lists(profile_of(benefit)))
    after = _plain(values, _lists(profile))
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return benefit
    check_unlocked(benefit.state, benefit.approved_on, changed)
    write_next(benefit, values, by=by, seen_version=seen_version)
    saved = Benefit.objects.select_related("programme").get(pk=benefit.pk)
    _write_lists(saved, profile)
    check_shares(saved)
    _audit(
        saved,
        by=by,
        action="update_benefit",
        channel=channel,
        before={name: before[name] for name in changed} | {"version": seen_version},
        after={name: after[name] for name in changed} | {"version": saved.version},
    )
    return saved


def profile_of(benefit: Benefit) -> Profile:
    """The profile as it stands. Three queries, for its councils, shares and risks."""
    values = {name: getattr(benefit, name) for name in _COLUMNS}
    shares = benefit.shares.select_related("council").order_by("council__key")
    return Profile(
        **values,
        councils=tuple(benefit.councils.all()),
        shares=tuple((share.council, share.percent) for share in shares),
        risks=tuple(benefit.risks.all()),
    )


def _checked(programme: Programme, profile: Profile, benefit: Benefit | None = None) -> dict[str, Any]:
    """The columns of the profile with their texts cleaned."""
    values = {name: getattr(profile, name) for name in _COLUMNS}
    for name, (label, limit) in TEXTS.items():
        values[name] = check_text(values[name], label, limit, name)
    owners = possible_owners(programme)
    if profile.sro is not None and profile.sro not in owners:
        raise Refusal("Choose a senior responsible owner who has an active account", "sro", "45")
    check_profile(
        ProfileFacts(
            title=values["title"],
            title_reason=values["title_reason"],
            benefit_class=profile.benefit_class,
            kind=profile.kind,
            has_active_owner=profile.owner is not None and profile.owner in owners,
            direction=profile.direction,
            starting_value=profile.starting_value,
            target_value=profile.target_value,
            attribution_percent=profile.attribution_percent,
            attribution_reason=values["attribution_reason"],
            is_disbenefit=profile.is_disbenefit,
            measure_unit=values["measure_unit"],
            percent_reason=values["percent_reason"],
            starting_on=profile.starting_on,
            starts_on=profile.starts_on,
            ends_on=profile.ends_on,
            early_reason=values["early_reason"],
            enablers=enablers_of(benefit) if benefit else (),
            shares=[percent for _, percent in profile.shares],
            tests={test: (values[f"has_{test}"], values[f"doam_{test}"]) for test in DOAM},
            as_of=today(),
        )
    )
    _check_links(programme, profile, benefit)
    return values


def _check_links(programme: Programme, profile: Profile, benefit: Benefit | None) -> None:
    """Refuse parent, service and councils of others, and a benefit counted in itself by any way."""
    known = {*partner_councils(programme.partnership_id), *(benefit.councils.all() if benefit else ())}
    named = (("councils", profile.councils), ("shares", [council for council, _ in profile.shares]))
    for field, councils in named:
        for council in councils:
            if council not in known:
                raise Refusal(f"{council} is not a partner in this programme", field)
    if any(risk.programme_id != programme.pk for risk in profile.risks):
        raise Refusal("Choose risks of this programme", "risks")
    if profile.service is not None and profile.service.programme_id != programme.pk:
        raise Refusal("Choose a service of this programme", "service")
    parent = profile.counted_in
    if parent is not None and parent.programme_id != programme.pk:
        raise Refusal("Choose a benefit of this programme", "counted_in")
    if parent is not None and benefit is not None and benefit.pk in chain_of(programme, parent):
        raise Refusal("A benefit cannot be counted in itself. Choose another", "counted_in", "INV-18")


def chain_of(programme: Programme, benefit: Benefit) -> list[int]:
    """The benefit and all that it counts in, as they are stored: another link may just have been saved."""
    parents = dict(programme.benefits.values_list("pk", "counted_in"))
    found: list[int] = []
    step: int | None = benefit.pk
    while step is not None and step not in found:
        found.append(step)
        step = parents[step]
    return found


def check_shares(benefit: Benefit) -> None:
    """Row 41, for each code and year that the benefit claims from, locked in one order."""
    claims = BudgetReduction.objects.standing().filter(line__benefit=benefit).values("budget_line")
    for budget_line in BudgetLine.objects.select_for_update().filter(pk__in=claims).order_by("pk"):
        check_attribution(attribution_of(budget_line, benefit.programme_id))


def _write_lists(benefit: Benefit, profile: Profile) -> None:
    benefit.councils.set(profile.councils)
    benefit.risks.set(profile.risks)
    benefit.shares.all().delete()
    BenefitShare.objects.bulk_create(
        BenefitShare(benefit=benefit, council=council, percent=percent) for council, percent in profile.shares
    )


def _lists(profile: Profile) -> dict[str, Any]:
    """Councils, shares and risks as the audit trail holds them."""
    shares = {council.key: f"{percent.normalize():f}" for council, percent in profile.shares}
    return {
        "councils": sorted(council.key for council in profile.councils),
        "shares": dict(sorted(shares.items())),
        "risks": sorted(risk.ref for risk in profile.risks),
    }


def _plain(values: Mapping[str, Any], lists: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the audit trail holds them."""
    return {name: _as_json(value) for name, value in values.items()} | dict(lists)


def _as_json(value: Any) -> Any:
    if isinstance(value, User):
        return value.email
    if isinstance(value, Benefit | Service):
        return value.ref
    if isinstance(value, Decimal):
        return str(value.normalize())
    return value.isoformat() if isinstance(value, date) else value


def _audit(
    benefit: Benefit,
    *,
    by: User,
    action: str,
    channel: Channel,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    audit.record(
        benefit,
        by=by,
        action=action,
        channel=channel,
        scope=benefit.programme.key,
        before=before,
        after=after,
        why=benefit.attribution_reason if "attribution_percent" in after else "",
    )
