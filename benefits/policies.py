"""Who may write in the ledgers (domain.md section 5; INV-15, INV-16, INV-41)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.enums import DoubleCountKind, DoubleCountOutcome, EntryKind
from benefits.models import ActualAmount, ImportJob, PlanProposal
from benefits.rules.double_counts import ways_for
from core.clock import today
from core.errors import Refusal
from programme.models import Council, Programme
from programme.policies import powers_of

ENTRY_ROLES = (RoleName.FINANCE_OFFICER, RoleName.S151, RoleName.COUNCIL_LEAD)

SIGNING_ROLES = (RoleName.S151, RoleName.DEPUTY_S151)

NOT_TO_ENTER = {
    EntryKind.ACTUAL: "Only a finance, lead or section 151 officer of a partner council can enter amounts",
    EntryKind.FORECAST: "Only an officer of a partner council or the programme manager can enter a forecast",
}
CLOSING_ROLES = (RoleName.FINANCE_OFFICER, RoleName.S151)


def can_propose(user: User, programme: Programme, *, as_of: date | None = None) -> bool:
    """Whether `user` manages the programme: its plan is joint (INV-41)."""
    return _manages(user, programme, as_of or today())


def check_propose(user: User, programme: Programme, *, as_of: date | None = None) -> None:
    """Refuse a proposed plan, or a change of one, from anyone but the programme's manager."""
    if not can_propose(user, programme, as_of=as_of):
        raise PermissionDenied("Only the programme manager can propose a plan. You can read it")


def can_submit(user: User, programme: Programme, *, as_of: date | None = None) -> bool:
    """Whether `user` manages the programme or is its senior responsible owner. One query."""
    return _holds(user, programme, as_of or today(), RoleName.PROGRAMME_MANAGER, RoleName.SRO)


def check_submit(user: User, programme: Programme, *, as_of: date | None = None) -> None:
    """Refuse to submit or withdraw a proposed plan to anyone else."""
    if not can_submit(user, programme, as_of=as_of):
        raise PermissionDenied(
            "Only the programme manager or the senior responsible owner can do this. You can read it"
        )


def check_not_proposer(user: User, proposal: PlanProposal) -> None:
    """Refuse an opinion or an approval by who proposed or submitted the plan (row 35)."""
    if user.pk in proposers(proposal):
        raise Refusal("The person who proposed the change cannot approve it", code="35")


def proposers(proposal: PlanProposal) -> frozenset[int]:
    """Keys of those who proposed the plan: who started it, and who submitted it."""
    return frozenset({proposal.created_by_id, proposal.submitted_by_id or proposal.created_by_id})


def check_give_opinion(user: User, council: Council, *, as_of: date | None = None) -> None:
    """Refuse an opinion from anyone but that council's own section 151 officer (INV-15)."""
    if not _is_s151(user, council, as_of or today()):
        raise PermissionDenied(f"Only {council}’s section 151 officer can say whether it supports this plan")


def can_enter_amounts(user: User, council: Council, *, as_of: date | None = None) -> bool:
    """Whether `user` is a finance, section 151 or lead officer of `council`."""
    return council.pk in _councils_entered_for(user, as_of or today())


def check_enter_amounts(user: User, council: Council, *, as_of: date | None = None) -> None:
    """Refuse an actual amount from anyone but the council's own officers (INV-41)."""
    if not can_enter_amounts(user, council, as_of=as_of):
        raise Refusal(f"Only an officer of {council} can enter its amounts", "council", "INV-41")


def check_record_forecast(
    user: User, programme: Programme, councils: Iterable[Council], *, as_of: date | None = None
) -> None:
    """Refuse a forecast for a council that `user` neither works for nor manages the programme of (INV-41)."""
    day = as_of or today()
    own = _councils_entered_for(user, day)
    others = [council for council in councils if council.pk not in own]
    if others and not _manages(user, programme, day):
        raise Refusal(f"Only an officer of {others[0]} can enter its amounts", "council", "INV-41")


def enters_for(user: User, councils: Iterable[Council], *, as_of: date | None = None) -> list[Council]:
    """Those of `councils` whose amounts `user` may enter, in the same order. One query."""
    own = _councils_entered_for(user, as_of or today())
    return [council for council in councils if council.pk in own]


def budgets_for(user: User, councils: Iterable[Council], *, as_of: date | None = None) -> list[Council]:
    """Those of `councils` whose budgets `user` may enter, in the same order. One query."""
    roles = RoleHeld.objects.held_by(user).current(as_of or today()).filter(role=RoleName.FINANCE_OFFICER)
    own = set(roles.filter(council__isnull=False).values_list("council", flat=True))
    return [council for council in councils if council.pk in own]


def signs_for(user: User, *, as_of: date | None = None) -> frozenset[int]:
    """Keys of the councils whose section 151 officer, or recorded deputy, `user` is. One query."""
    own = RoleHeld.objects.held_by(user).signing(as_of or today()).values_list("council", flat=True)
    return frozenset(key for key in own if key is not None)


def s151_for(user: User) -> frozenset[int]:
    """Keys of the councils whose section 151 officer `user` is, and not a deputy. One query."""
    roles = RoleHeld.objects.held_by(user).current(today())
    own = roles.filter(role=RoleName.S151, council__isnull=False).values_list("council", flat=True)
    return frozenset(key for key in own if key is not None)


def deputy_role(user: User, council: Council, *, as_of: date) -> RoleHeld | None:
    """The role under which `user` signs for the council as a deputy; None for its section 151 officer."""
    if _is_s151(user, council, as_of):
        return None
    roles = RoleHeld.objects.held_by(user).signing(as_of).filter(role=RoleName.DEPUTY_S151, council=council)
    return roles.order_by("pk").first()


def check_name_deputy(user: User, council: Council) -> None:
    """Refuse to name a deputy to anyone but that council's own section 151 officer."""
    if not _is_s151(user, council, today()):
        raise PermissionDenied(f"Only {council}’s section 151 officer can name a deputy. You can read it")


def check_end_deputy(user: User, council: Council) -> None:
    """Refuse to end a deputy to anyone but the council's section 151 officer and the administrator."""
    if not (_is_s151(user, council, today()) or administers(user)):
        raise PermissionDenied(
            f"Only {council}’s section 151 officer or the administrator can end a deputy. You can read it"
        )


def closes_for(user: User, councils: Iterable[Council], *, as_of: date | None = None) -> list[Council]:
    """Those of `councils` whose months `user` may close, in the same order. One query."""
    roles = RoleHeld.objects.held_by(user).current(as_of or today()).filter(role__in=CLOSING_ROLES)
    own = set(roles.filter(council__isnull=False).values_list("council", flat=True))
    return [council for council in councils if council.pk in own]


def officers_entering(council: Council, *, as_of: date | None = None) -> QuerySet[User]:
    """Active people who may enter the amounts of `council`, by name."""
    roles = RoleHeld.objects.current(as_of or today()).filter(role__in=ENTRY_ROLES, council=council)
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("name")


def check_close_period(user: User, council: Council, *, as_of: date | None = None) -> None:
    """Refuse to close a month to anyone but the council's own finance or section 151 officer (INV-41)."""
    if not closes_for(user, [council], as_of=as_of):
        raise PermissionDenied(f"Only a finance or section 151 officer of {council} can close its months")


def check_grant_exception(user: User, council: Council, *, as_of: date | None = None) -> None:
    """Refuse an exception from anyone but the council's own section 151 officer or deputy (INV-15)."""
    if not _signs(user, council, as_of or today()):
        raise PermissionDenied(f"Only {council}’s section 151 officer can make an exception")


def check_enter_budgets(user: User, council: Council, *, as_of: date | None = None) -> None:
    """Refuse a budget or its reduction from anyone but the council's own finance officer (INV-41)."""
    if not budgets_for(user, [council], as_of=as_of):
        raise PermissionDenied(f"Only a finance officer of {council} can record its budgets")


def can_manage(user: User, programme: Programme, *, as_of: date | None = None) -> bool:
    """Whether `user` manages the programme: its benefits and its funds are joint (INV-41)."""
    return _manages(user, programme, as_of or today())


def check_manage(user: User, programme: Programme, *, as_of: date | None = None) -> None:
    """Refuse to change what is joint from anyone but the programme's manager (INV-41)."""
    if not can_manage(user, programme, as_of=as_of):
        raise PermissionDenied("Only the programme manager can change this. You can read it")


def check_mark_double_count(user: User, council: Council, *, as_of: date | None = None) -> None:
    """Refuse to settle what may be counted twice to all but that council's officer or deputy."""
    if not _signs(user, council, as_of or today()):
        raise PermissionDenied(f"Only {council}’s section 151 officer can do this. You can read it")


def check_resolve_double_count(
    user: User,
    programme: Programme,
    kind: DoubleCountKind,
    council: Council | None,
    outcome: DoubleCountOutcome,
) -> None:
    """Refuse those who may not resolve a flag so: the section 151 officer marks, the manager links."""
    if outcome not in ways_for(kind):
        raise Refusal("Choose how this flag is resolved", "outcome")
    if council is not None and outcome in (DoubleCountOutcome.NOT_SAME, DoubleCountOutcome.REVERSED):
        check_mark_double_count(user, council)
    else:
        check_manage(user, programme)


def check_verify(
    user: User,
    actual: ActualAmount,
    *,
    as_of: date | None = None,
    signs: frozenset[int] | None = None,
) -> None:
    """Refuse a verifier of another council (row 38), of their own entry (row 37) or of their own benefit.

    `signs` are the councils that `user` signs for, where that was read already.
    """
    if actual.council_id not in (signs_for(user, as_of=as_of) if signs is None else signs):
        message = f"Only {actual.council}'s section 151 officer can verify this amount"
        raise Refusal(message, code="38")
    if actual.entered_by_id == user.pk:
        raise Refusal("You entered this amount. Another officer must verify it", code="37")
    benefit = actual.line.benefit
    if benefit is not None and benefit.owner_id == user.pk:
        raise Refusal("You own this benefit. Another officer must verify it", code="INV-16")


def can_add_files(user: User, actual: ActualAmount) -> bool:
    """Whether `user` may add evidence: an officer who enters or signs for that council, or the owner."""
    council, day = actual.council, today()
    if _signs(user, council, day) or can_enter_amounts(user, council, as_of=day):
        return True
    benefit = actual.line.benefit
    is_owner = benefit is not None and benefit.owner_id == user.pk
    return is_owner and actual.line.programme.partnership_id in powers_of(user).active_in


def check_add_files(user: User, actual: ActualAmount) -> None:
    """Refuse evidence from anyone else, with the reason."""
    if not can_add_files(user, actual):
        raise PermissionDenied(
            f"Only an officer of {actual.council} or the benefit’s owner can add evidence. You can read it"
        )


def check_reverse(user: User, actual: ActualAmount, *, is_verified: bool, as_of: date | None = None) -> None:
    """Refuse a reversal: of a verified amount by all who do not sign for it, of a claim by strangers."""
    day = as_of or today()
    signs = _signs(user, actual.council, day)
    if is_verified and not signs:
        message = f"Only {actual.council}’s section 151 officer can reverse a verified amount"
        raise Refusal(message, code="INV-15")
    if not signs:
        check_enter_amounts(user, actual.council, as_of=day)


def check_own_import(user: User, job: ImportJob) -> None:
    """Refuse to confirm or cancel a file to all but who sent it."""
    if job.created_by_id != user.pk:
        raise PermissionDenied("Only the person who sent this file can confirm or cancel it")


def _manages(user: User, programme: Programme, day: date) -> bool:
    return _holds(user, programme, day, RoleName.PROGRAMME_MANAGER)


def _holds(user: User, programme: Programme, day: date, *names: RoleName) -> bool:
    roles = RoleHeld.objects.held_by(user).current(day).filter(role__in=names)
    return roles.filter(partnership=programme.partnership_id).exists()


def _councils_entered_for(user: User, day: date) -> set[int | None]:
    roles = RoleHeld.objects.held_by(user).current(day).filter(role__in=ENTRY_ROLES, council__isnull=False)
    return set(roles.values_list("council", flat=True))


def _signs(user: User, council: Council, day: date) -> bool:
    return RoleHeld.objects.held_by(user).signing(day).filter(council=council).exists()


def administers(user: User) -> bool:
    """Whether `user` is the administrator of Concordat. One query."""
    return RoleHeld.objects.held_by(user).current(today()).filter(role=RoleName.ADMINISTRATOR).exists()


def _is_s151(user: User, council: Council, day: date) -> bool:
    return RoleHeld.objects.held_by(user).current(day).filter(role=RoleName.S151, council=council).exists()
