"""The options of a draft business case: exactly one is business as usual, at most one is preferred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text
from programme.enums import MemberStatus
from programme.models import Council
from services.actions.case_version import audit_case, check_seen, save_case
from services.enums import OptionKind
from services.models import BusinessCase, CaseOption
from services.policies import check_edit_case, powers_of

REF_LIMIT, NAME_LIMIT = 40, 120
MOST_OPTIONS = 12


@dataclass(frozen=True, slots=True)
class OptionValues:
    """What an option says of itself; what is left out (`...`) stays, or is empty where it is new."""

    ref: str | EllipsisType = ...
    name: str | EllipsisType = ...
    description: str | EllipsisType = ...
    kind: str | EllipsisType = ...
    is_preferred: bool | EllipsisType = ...
    variant_of: CaseOption | EllipsisType | None = ...
    without_council: Council | EllipsisType | None = ...

    def given(self) -> dict[str, Any]:
        """The values that are given, by the name of their column."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in named.items() if not isinstance(value, EllipsisType)}


@transaction.atomic
def add_option(
    case: BusinessCase,
    *,
    by: User,
    seen_version: int,
    values: OptionValues,
    channel: str = Channel.PAGE,
) -> CaseOption:
    """A further option, after the others. Refuses a 13th, and a second business as usual."""
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    if case.options.count() >= MOST_OPTIONS:
        raise Refusal(f"A business case has at most {MOST_OPTIONS} options", "name")
    option = CaseOption(business_case=case)
    given = {"ref": "", "name": "", **values.given()}
    _check(case, option, given)
    _set(option, given)
    saved = save_case(case, by=by)
    option.order_index = (case.options.aggregate(last=Max("order_index"))["last"] or 0) + 1
    _keep_one_preferred(option)
    option.save()
    audit_case(saved, action="add_option", channel=channel, before={}, after=_plain(option.ref, given))
    return option


@transaction.atomic
def update_option(
    option: CaseOption,
    *,
    by: User,
    seen_version: int,
    values: OptionValues,
    channel: str = Channel.PAGE,
) -> CaseOption:
    """Save what is given of an option; the version is that of its case. Preferring one ends another's."""
    case = option.business_case
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    given = values.given()
    _check(case, option, given)
    before = {name: getattr(option, name) for name in given}
    changed = {name: value for name, value in given.items() if before[name] != value}
    if not changed:
        return option
    ref = option.ref
    _set(option, changed)
    saved = save_case(case, by=by)
    _keep_one_preferred(option)
    option.save()
    old = _plain(ref, {name: before[name] for name in changed})
    audit_case(saved, action="update_option", channel=channel, before=old, after=_plain(ref, changed))
    return option


@transaction.atomic
def remove_option(
    option: CaseOption, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> BusinessCase:
    """Take an option out of a draft, with its lines and variants; business as usual stays (INV-34)."""
    case = option.business_case
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    if option.is_bau:
        raise Refusal("Business as usual is in every business case and cannot be removed", "option", "26")
    saved = save_case(case, by=by)
    gone = {"name": option.name, "lines": [line.ref for line in option.lines.all()]}
    ref = option.ref
    option.delete()
    audit_case(saved, action="remove_option", channel=channel, before=_plain(ref, gone), after={})
    return saved


def _check(case: BusinessCase, option: CaseOption, given: dict[str, Any]) -> None:
    """Clean the texts of `given` in place; refuses all that is wrong at once."""
    refusals = []
    checks: tuple[tuple[str, Callable[[], None]], ...] = (
        ("ref", lambda: _ref(case, option, given)),
        ("name", lambda: _name(given)),
        ("description", lambda: _description(given)),
        ("kind", lambda: _kind(option, given)),
        ("variant_of", lambda: _variant(case, option, given)),
        ("without_council", lambda: _without(case, given)),
    )
    for name, check in checks:
        if name not in given and name != "kind":
            continue
        try:
            check()
        except Refusal as said:
            refusals.append(Refusal(said.message, said.field or name, said.code))
    if refusals:
        raise Refusals(refusals)


def _ref(case: BusinessCase, option: CaseOption, given: dict[str, Any]) -> None:
    given["ref"] = check_text(given["ref"], "Reference", REF_LIMIT)
    if not given["ref"]:
        raise Refusal("Enter the reference, for example B", "ref")
    others = CaseOption.objects.filter(business_case=case, ref__iexact=given["ref"]).exclude(pk=option.pk)
    if others.exists():
        raise Refusal(f"{given['ref']} is already the reference of an option of this business case", "ref")


def _name(given: dict[str, Any]) -> None:
    given["name"] = check_text(given["name"], "Name", NAME_LIMIT)
    if not given["name"]:
        raise Refusal("Enter the name of the option", "name")


def _description(given: dict[str, Any]) -> None:
    given["description"] = check_text(given["description"], "Description")


def _kind(option: CaseOption, given: dict[str, Any]) -> None:
    kind = given.get("kind", option.kind)
    if kind not in OptionKind.values:
        raise Refusal("Choose what the option would do", "kind")
    if (kind == OptionKind.BUSINESS_AS_USUAL) != option.is_bau:
        said = (
            "Business as usual stays business as usual"
            if option.is_bau
            else "There is one business as usual already. Choose what this option would do"
        )
        raise Refusal(said, "kind", "26")


def _variant(case: BusinessCase, option: CaseOption, given: dict[str, Any]) -> None:
    parent = given["variant_of"]
    if parent is None:
        return
    is_fit = parent.business_case_id == case.pk and parent.pk != option.pk and parent.variant_of_id is None
    if not is_fit or option.is_bau:
        raise Refusal("Choose an option of this business case that is no variant itself", "variant_of")


def _without(case: BusinessCase, given: dict[str, Any]) -> None:
    council = given["without_council"]
    if council is None:
        return
    members = case.programme.partnership.memberships.filter(status=MemberStatus.ACTIVE, council=council)
    if not members.exists():
        raise Refusal(f"{council} is not a partner in this programme", "without_council", "76")


def _set(option: CaseOption, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(option, name, value)


def _keep_one_preferred(option: CaseOption) -> None:
    """End the preference of any other option of the case before this one is saved as preferred."""
    if option.is_preferred:
        others = CaseOption.objects.filter(business_case=option.business_case, is_preferred=True)
        others.exclude(pk=option.pk).update(is_preferred=False)


def _plain(ref: str, values: dict[str, Any]) -> dict[str, Any]:
    """Values of an option as the audit trail holds them, under its reference."""
    return {
        f"option {ref}.{name}": getattr(value, "ref", getattr(value, "key", value))
        for name, value in values.items()
    }
