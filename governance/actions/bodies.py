"""Set up bodies, who sits on them, and which council holds the chair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from governance.body_policies import check_set_up, check_set_up_for
from governance.enums import Authority, BodyType, VotingRule
from governance.models import Body, BodyMember, BodySeat, ChairTerm
from governance.queries.body_councils import body_councils, possible_members
from governance.rules.body_terms import check_authority, check_body_type, check_numbers
from governance.rules.voting import ChairYear, check_chairs
from programme.models import Council, Partnership


@dataclass(frozen=True, slots=True)
class BodyTerms:
    """What a body is and may do. `seats` by council key; None where they are not stated."""

    name: str
    type: str = BodyType.STEERING_GROUP
    authority: str = Authority.RECOMMENDS
    terms_of_reference: str = ""
    voting_rule: str = VotingRule.MAJORITY
    has_casting_vote: bool = False
    quorum_total: int | None = None
    quorum_per_council: int | None = None
    meeting_interval_weeks: int | None = None
    is_ended: bool = False
    seats: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """A person on a body, or a named substitute of one. `user` is their account, where they have one."""

    name: str
    from_on: date
    council: Council | None = None
    to_on: date | None = None
    is_voting: bool = True
    is_executive_member: bool = False
    substitute_for: BodyMember | None = None
    user: User | None = None


@transaction.atomic
def create_body(
    owner: Partnership | Council, *, by: User, terms: BodyTerms, channel: Channel = Channel.PAGE
) -> Body:
    """A new body of a partnership or of one council; refuses what its type may not do (INV-08)."""
    check_set_up_for(by, owner)
    own = isinstance(owner, Council)
    councils = body_councils(owner)
    values = _checked(terms, councils, is_own=own)
    _lock(owner)
    bodies = owner.bodies.all()
    taken = set(bodies.values_list("ref", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if f"BODY-{number}" not in taken)
    last = bodies.order_by("-order_index").values_list("order_index", flat=True).first()
    body = Body.objects.create(
        partnership=owner if isinstance(owner, Partnership) else None,
        council=owner if isinstance(owner, Council) else None,
        ref=f"BODY-{number}",
        order_index=0 if last is None else last + 1,
        created_by=by,
        updated_by=by,
        **values,
    )
    _set_seats(body, terms.seats, councils)
    audit.record(
        body, by=by, action="create_body", channel=channel, scope=owner.key, after=_plain(terms, values)
    )
    return body


@transaction.atomic
def update_body(
    body: Body, *, by: User, seen_version: int, terms: BodyTerms, channel: Channel = Channel.PAGE
) -> Body:
    """The body with other terms; refuses as `create_body` and a stale edit. No change leaves no trace."""
    check_set_up(by, body)
    check_seen(body, seen_version)
    owner = scope_of(body)
    councils = body_councils(owner)
    values = _checked(terms, councils, is_own=body.council_id is not None)
    before, after = _plain(terms_of(body), {}), _plain(terms, values)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return body
    write_next(body, values, by=by, seen_version=seen_version)
    _set_seats(body, terms.seats, councils)
    saved = Body.objects.get(pk=body.pk)
    audit.record(
        saved,
        by=by,
        action="update_body",
        channel=channel,
        scope=owner.key,
        before={name: before[name] for name in changed} | {"version": seen_version},
        after={name: after[name] for name in changed} | {"version": saved.version},
    )
    return saved


@transaction.atomic
def add_member(body: Body, *, by: User, seat: Seat, channel: Channel = Channel.PAGE) -> BodyMember:
    """A person on the body for a council, or the named substitute of one."""
    check_set_up(by, body)
    member = BodyMember.objects.create(body=body, created_by=by, updated_by=by, **_seat(body, seat))
    audit.record(
        member,
        by=by,
        action="add_body_member",
        channel=channel,
        scope=scope_of(body).key,
        after=_plain_seat(member),
    )
    return member


@transaction.atomic
def update_member(
    member: BodyMember, *, by: User, seen_version: int, seat: Seat, channel: Channel = Channel.PAGE
) -> BodyMember:
    """The member's seat as it is now, or with its last day; refuses a stale edit."""
    check_set_up(by, member.body)
    check_seen(member, seen_version)
    before = _plain_seat(member)
    write_next(member, _seat(member.body, seat, member), by=by, seen_version=seen_version)
    saved = BodyMember.objects.select_related("body", "council", "substitute_for").get(pk=member.pk)
    after = _plain_seat(saved)
    changed = [name for name in after if after[name] != before[name]]
    audit.record(
        saved,
        by=by,
        action="update_body_member",
        channel=channel,
        scope=scope_of(saved.body).key,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed} | {"version": saved.version},
    )
    return saved


@transaction.atomic
def set_chair(
    body: Body,
    *,
    by: User,
    seen_version: int,
    municipal_year: int,
    chair: Council,
    vice_chair: Council | None = None,
    chair_member: BodyMember | None = None,
    channel: Channel = Channel.PAGE,
) -> ChairTerm:
    """Which councils hold the chair and the vice-chair in one municipal year; refuses two years running."""
    check_set_up(by, body)
    check_seen(body, seen_version)
    _check_chair(body, municipal_year, chair, vice_chair, chair_member)
    write_next(body, {}, by=by, seen_version=seen_version)
    term, _ = ChairTerm.objects.update_or_create(
        body=body,
        municipal_year=municipal_year,
        defaults={"chair": chair, "vice_chair": vice_chair, "chair_member": chair_member},
    )
    audit.record(
        body,
        by=by,
        action="set_body_chair",
        channel=channel,
        scope=scope_of(body).key,
        after={
            "municipal_year": municipal_year,
            "chair": chair.key,
            "vice_chair": vice_chair.key if vice_chair else None,
            "chair_member": chair_member.name if chair_member else None,
        },
    )
    return term


def scope_of(body: Body) -> Partnership | Council:
    """The partnership or the one council whose body it is."""
    owner = body.council or body.partnership
    if owner is None:
        raise ValueError("A body belongs to a partnership or a council")
    return owner


def _lock(owner: Partnership | Council) -> None:
    """Let bodies of one owner be added one after the other, so that no two take one reference."""
    if isinstance(owner, Council):
        Council.objects.select_for_update().get(pk=owner.pk)
    else:
        Partnership.objects.select_for_update().get(pk=owner.pk)


def _checked(terms: BodyTerms, councils: list[Council], *, is_own: bool) -> dict[str, Any]:
    name = check_text(terms.name, "Name", 200, "name")
    if not name:
        raise Refusal("Enter the name", "name")
    check_body_type(terms.type, is_own=is_own)
    check_authority(terms.type, terms.authority)
    unknown = set(terms.seats) - {council.key for council in councils}
    if unknown:
        raise Refusal(f"{min(unknown)} is not a council of this body", "seats")
    check_numbers(
        {council.short_name: terms.seats.get(council.key) for council in councils},
        terms.quorum_total,
        terms.quorum_per_council,
        terms.meeting_interval_weeks,
    )
    stated = [count for count in terms.seats.values() if count is not None]
    return {
        "name": name,
        "type": str(BodyType(terms.type)),
        "authority": str(Authority(terms.authority)),
        "voting_rule": str(VotingRule(terms.voting_rule)),
        "terms_of_reference": check_text(
            terms.terms_of_reference, "Terms of reference", field="terms_of_reference"
        ),
        "has_casting_vote": terms.has_casting_vote,
        "quorum_total": terms.quorum_total,
        "quorum_per_council": terms.quorum_per_council,
        "meeting_interval_weeks": terms.meeting_interval_weeks,
        "is_ended": terms.is_ended,
        **({"seats": sum(stated)} if stated else {}),
    }


def _set_seats(body: Body, seats: Mapping[str, int | None], councils: list[Council]) -> None:
    """Write the seats of the councils named; what a source said of their make-up stays."""
    for place, council in enumerate(councils):
        if council.key not in seats:
            continue
        count = seats[council.key]
        rows = BodySeat.objects.filter(body=body, council=council)
        if not rows.update(seats=count) and count is not None:
            BodySeat.objects.create(body=body, council=council, order_index=place, seats=count)


def terms_of(body: Body) -> BodyTerms:
    """The terms of a body as they are. One query."""
    names = [name for name in BodyTerms.__dataclass_fields__ if name != "seats"]
    rows = BodySeat.objects.filter(body=body, council__isnull=False).values_list("council__key", "seats")
    return BodyTerms(**{name: getattr(body, name) for name in names}, seats=dict(rows))


def _plain(terms: BodyTerms, values: Mapping[str, Any]) -> dict[str, Any]:
    """The terms as the audit trail keeps them."""
    stated = {key: count for key, count in sorted(terms.seats.items()) if count is not None}
    names = asdict(terms)
    return {**{name: values.get(name, names[name]) for name in names}, "seats": stated}


def _seat(body: Body, seat: Seat, member: BodyMember | None = None) -> dict[str, Any]:
    name = check_text(seat.name, "Name", 120, "name")
    if not name:
        raise Refusal("Enter the name", "name")
    if seat.to_on is not None and seat.to_on < seat.from_on:
        raise Refusal("End date must be on or after the start date", "to_on")
    council = _seat_council(body, seat)
    if seat.user is not None and not possible_members(scope_of(body)).filter(pk=seat.user.pk).exists():
        raise Refusal("Choose a person who has a role there", "user")
    _check_no_namesake(body, name, seat, member)
    first = seat.substitute_for
    if first is not None:
        is_other = first.body_id != body.pk or first.council_id != (council.pk if council else None)
        if is_other or first.substitute_for_id is not None or (member and first.pk == member.pk):
            raise Refusal("Choose a member of the same council who is not a substitute", "substitute_for")
    return {
        "name": name,
        "council": council,
        "user": seat.user,
        "is_voting": seat.is_voting,
        "is_executive_member": seat.is_executive_member,
        "substitute_for": first,
        "from_on": seat.from_on,
        "to_on": seat.to_on,
    }


def _check_no_namesake(body: Body, name: str, seat: Seat, member: BodyMember | None) -> None:
    """Refuse a second person of one name at one time: a vote is told by its name."""
    others = body.members.filter(name__iexact=name)
    if member is not None:
        others = others.exclude(pk=member.pk)
    others = others.filter(Q(to_on__isnull=True) | Q(to_on__gte=seat.from_on))
    if seat.to_on is not None:
        others = others.filter(from_on__lte=seat.to_on)
    if others.exists():
        raise Refusal(f"{name} already sits on this body", "name")


def _seat_council(body: Body, seat: Seat) -> Council | None:
    if body.council_id is not None:
        return body.council
    if seat.council is None:
        if seat.is_voting:
            raise Refusal("Choose the council that the member sits for", "council")
        return None
    if seat.council.pk not in {council.pk for council in body_councils(scope_of(body))}:
        raise Refusal(f"{seat.council} is not a council of this body", "council")
    return seat.council


def _plain_seat(member: BodyMember) -> dict[str, Any]:
    return {
        "name": member.name,
        "council": member.council.key if member.council else None,
        "account": member.user.email if member.user else None,
        "is_voting": member.is_voting,
        "is_executive_member": member.is_executive_member,
        "substitute_for": member.substitute_for.name if member.substitute_for else None,
        "from_on": member.from_on.isoformat(),
        "to_on": member.to_on.isoformat() if member.to_on else None,
    }


def _check_chair(
    body: Body, year: int, chair: Council, vice_chair: Council | None, member: BodyMember | None
) -> None:
    councils = body_councils(scope_of(body))
    for field_name, council in (("chair", chair), ("vice_chair", vice_chair)):
        if council is not None and council not in councils:
            raise Refusal(f"{council} is not a council of this body", field_name)
    if member is not None and (member.body_id != body.pk or member.council_id != chair.pk):
        raise Refusal(f"Choose a member who sits for {chair}", "chair_member")
    if len(councils) < 2:
        return
    rows = ChairTerm.objects.filter(body=body).exclude(municipal_year=year).select_related("chair")
    check_chairs(
        ChairYear(year, chair.short_name, vice_chair.short_name if vice_chair else ""),
        [ChairYear(term.municipal_year, term.chair.short_name, "") for term in rows],
    )
