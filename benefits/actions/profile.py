"""Agree what a benefit is: create its profile and change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.enums import BenefitClass, BenefitKind, Direction
from benefits.models import Benefit, BudgetLine, BudgetReduction
from benefits.policies import check_manage
from benefits.queries.budgets import attribution_of
from benefits.rules.budgets import check_attribution
from benefits.rules.profile import ProfileFacts, check_profile
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from programme.models import Council, Programme
from programme.queries.partners import partner_councils
from programme.queries.people import possible_owners
from services.models import Service


@dataclass(frozen=True, slots=True)
class Profile:
    """The agreed definition of a benefit, as people state it; `councils` empty is all of them."""

    title: str
    benefit_class: BenefitClass
    kind: BenefitKind = BenefitKind.NOT_STATED
    description: str = ""
    is_disbenefit: bool = False
    owner: User | None = None
    service: Service | None = None
    counted_in: Benefit | None = None
    attribution_percent: int = 100
    attribution_reason: str = ""
    title_reason: str = ""
    starts_on: date | None = None
    review_on: date | None = None
    measure_name: str = ""
    measure_unit: str = ""
    direction: Direction = Direction.NOT_STATED
    starting_value: Decimal | None = None
    target_value: Decimal | None = None
    councils: Sequence[Council] = ()


_TEXTS = {
    "title": ("Title", 200),
    "description": ("Description", 4_000),
    "attribution_reason": ("Reason", 500),
    "title_reason": ("Reason", 500),
    "measure_name": ("Measure", 200),
    "measure_unit": ("Unit", 40),
}
_COLUMNS = tuple(one.name for one in fields(Profile) if one.name != "councils")


@transaction.atomic
def create_benefit(
    programme: Programme, *, by: User, profile: Profile, channel: Channel = Channel.PAGE
) -> Benefit:
    """A new benefit of the programme, identified; refuses as rows 43 to 48."""
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
    benefit.councils.set(profile.councils)
    _audit(benefit, by=by, action="create_benefit", channel=channel, before={}, after=_plain(values, profile))
    return benefit


@transaction.atomic
def update_benefit(
    benefit: Benefit, *, by: User, seen_version: int, profile: Profile, channel: Channel = Channel.PAGE
) -> Benefit:
    """The benefit with another profile; refuses as rows 41 and 43 to 48, and a stale edit.

    Saving without a change leaves no trace.
    """
    check_manage(by, benefit.programme)
    Programme.objects.select_for_update().get(pk=benefit.programme_id)
    check_seen(benefit, seen_version)
    values = _checked(benefit.programme, profile, benefit)
    before = _plain({name: getattr(benefit, name) for name in _COLUMNS}, benefit.councils.all())
    after = _plain(values, profile)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return benefit
    write_next(benefit, values, by=by, seen_version=seen_version)
    saved = Benefit.objects.select_related("programme").get(pk=benefit.pk)
    saved.councils.set(profile.councils)
    _check_claims(saved)
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
    """The profile as it stands. One query for its councils."""
    values = {name: getattr(benefit, name) for name in _COLUMNS}
    return Profile(**values, councils=tuple(benefit.councils.all()))


def _checked(programme: Programme, profile: Profile, benefit: Benefit | None = None) -> dict[str, Any]:
    """The columns of the profile with their texts cleaned."""
    values = {name: getattr(profile, name) for name in _COLUMNS}
    for name, (label, limit) in _TEXTS.items():
        values[name] = check_text(values[name], label, limit, name)
    owners = possible_owners(programme)
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
        )
    )
    _check_links(programme, profile, benefit)
    return values


def _check_links(programme: Programme, profile: Profile, benefit: Benefit | None) -> None:
    """Refuse parent, service and councils of others, and a benefit counted in itself by any way."""
    known = {*partner_councils(programme.partnership_id), *(benefit.councils.all() if benefit else ())}
    for council in profile.councils:
        if council not in known:
            raise Refusal(f"{council} is not a partner in this programme", "councils")
    if profile.service is not None and profile.service.programme_id != programme.pk:
        raise Refusal("Choose a service of this programme", "service")
    parent = profile.counted_in
    if parent is not None and parent.programme_id != programme.pk:
        raise Refusal("Choose a benefit of this programme", "counted_in")
    if parent is not None and benefit is not None and benefit.pk in _counted_in(programme, parent):
        raise Refusal("A benefit cannot be counted in itself", "counted_in", "INV-18")


def _counted_in(programme: Programme, benefit: Benefit) -> list[int]:
    """The benefit and all that it counts in, as they are stored: another link may just have been saved."""
    parents = dict(programme.benefits.values_list("pk", "counted_in"))
    found: list[int] = []
    step: int | None = benefit.pk
    while step is not None and step not in found:
        found.append(step)
        step = parents[step]
    return found


def _check_claims(benefit: Benefit) -> None:
    """Row 41, for each code and year that the benefit claims from."""
    claims = BudgetReduction.objects.standing().filter(line__benefit=benefit).values("budget_line")
    for budget_line in BudgetLine.objects.select_for_update().filter(pk__in=claims):
        check_attribution(attribution_of(budget_line, benefit.programme_id))


def _plain(values: dict[str, Any], profile: Any) -> dict[str, Any]:
    """The values as the audit trail holds them."""
    councils = profile.councils if isinstance(profile, Profile) else profile
    plain = {name: _as_json(value) for name, value in values.items()}
    return plain | {"councils": sorted(council.key for council in councils)}


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
