"""Rows of bodies, attendance and votes as the facts that the rules of quorum and votes take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from governance.enums import Attending
from governance.models import Attendance, Body, BodyMember, Interest, Vote
from governance.rules.voting import Ballot, BodyRules, Member
from programme.models import Council


def member_fact(member: BodyMember, *, is_present: bool) -> Member:
    """A member as the rules see one."""
    return Member(
        name=member.name,
        council=member.council.short_name if member.council else "",
        is_voting=member.is_voting,
        is_executive_member=member.is_executive_member,
        is_present=is_present,
    )


def members_in_room(rows: Iterable[Attendance], left: Collection[int] = ()) -> list[Member]:
    """Everyone on the list of a meeting; those with the ids in `left` are out of the room."""
    return [
        member_fact(row.member, is_present=row.state == Attending.PRESENT and row.member_id not in left)
        for row in rows
    ]


def left_the_room(interests: Iterable[Interest]) -> set[int]:
    """Ids of the members who left for an item."""
    return {row.member_id for row in interests if row.has_left}


def ballots_of(votes: Iterable[Vote]) -> list[Ballot]:
    """How each member voted."""
    return [Ballot(vote.member.name, vote.choice, vote.is_casting) for vote in votes]


def body_rules(
    body: Body, councils: Sequence[Council], members: Iterable[BodyMember], chair: BodyMember | None
) -> BodyRules:
    """How a body decides. One query.

    A council's voting members are the seats that its terms state, else those who sit on it now.
    """
    sitting = Counter(row.council_id for row in members if row.is_voting and row.substitute_for_id is None)
    stated = dict(body.composition.filter(council__isnull=False).values_list("council", "seats"))
    seats = {}
    for council in councils:
        count = stated.get(council.pk)
        seats[council.short_name] = sitting[council.pk] if count is None else count
    return BodyRules(
        seats=seats,
        quorum_total=body.quorum_total,
        quorum_per_council=body.quorum_per_council,
        voting_rule=body.voting_rule,
        has_casting_vote=body.has_casting_vote,
        chair=chair.name if chair else "",
    )
