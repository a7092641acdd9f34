"""Quorum, votes and chairs of a body (domain.md 2.2, INV-10, rows 56 to 58)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Refusal
from core.rules.words import count_of, listed
from governance.enums import BodyType, VoteChoice, VotingRule

# From this many councils on, members of an executive joint committee need not sit on an executive.
FREE_CHOICE_COUNCILS = 5
_MAY = 5


@dataclass(frozen=True, slots=True)
class Member:
    """A person on a body for one council; `is_present` means in the room for the item that is voted on."""

    name: str
    council: str
    is_voting: bool = True
    is_executive_member: bool = False
    is_present: bool = False


@dataclass(frozen=True, slots=True)
class Ballot:
    """How one member voted. A casting vote is the chair's second."""

    name: str
    choice: str
    is_casting: bool = False


@dataclass(frozen=True, slots=True)
class BodyRules:
    """How a body decides. `seats` holds how many voting members each council has on it, in order."""

    seats: Mapping[str, int]
    quorum_total: int | None = None
    quorum_per_council: int | None = None
    voting_rule: str = VotingRule.MAJORITY
    has_casting_vote: bool = False
    chair: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a vote, with the reason in a sentence."""

    in_favour: int
    against: int
    abstained: int
    is_carried: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ChairYear:
    """Which councils hold the chair and the vice-chair in the municipal year that begins in `year`."""

    year: int
    chair: str
    vice_chair: str


def quorum_gaps(members: Sequence[Member], rules: BodyRules) -> tuple[str, ...]:
    """What is wanting for a quorum, in total and for each council, each in words; empty where there is one.

    Only voting members count, a substitute for the member whose seat it is.
    """
    present = Counter(member.council for member in members if member.is_present and member.is_voting)
    gaps = [
        _council_gap(council, present[council], rules.quorum_per_council)
        for council in rules.seats
        if present[council] < (rules.quorum_per_council or 0)
    ]
    total, needed = sum(present.values()), rules.quorum_total or 0
    if total < needed:
        is_are = "is" if total == 1 else "are"
        gaps.append(f"{count_of(total, 'voting member')} {is_are} present and {needed} are needed")
    return tuple(gaps)


def check_quorum(members: Sequence[Member], rules: BodyRules) -> None:
    """Refuse to count a vote at a meeting that is not quorate, in total or for any council (56, INV-10)."""
    gaps = quorum_gaps(members, rules)
    if gaps:
        raise Refusal(f"Meeting is not quorate: {'; '.join(gaps)}", code="56")


def check_votes(members: Sequence[Member], ballots: Sequence[Ballot], rules: BodyRules) -> None:
    """Refuse more votes than voting members present (57), and a casting vote that is not allowed (58)."""
    voting = {member.name for member in members if member.is_present and member.is_voting}
    first = [ballot.name for ballot in ballots if not ballot.is_casting]
    if len(first) > len(voting):
        were = "was" if len(voting) == 1 else "were"
        present = f"{count_of(len(voting), 'voting member')} {were} present"
        raise Refusal(f"{count_of(len(first), 'vote')} recorded but {present}", code="57")
    strangers = [name for name in first if name not in voting]
    if strangers:
        raise Refusal(f"{strangers[0]} was not present as a voting member", code="57")
    twice = [name for name, count in Counter(first).items() if count > 1]
    if twice:
        raise Refusal(f"{twice[0]} has voted twice", code="57")
    _check_casting(ballots, rules)


def result(members: Sequence[Member], ballots: Sequence[Ballot], rules: BodyRules) -> Result:
    """Whether a motion is carried by the body's voting rule.

    A majority is of the votes for and against, with the casting vote where they are equal. By the second
    rule each council's own votes must have a majority too; by the third, more than half of each council's
    voting members must be for it, present or not.
    """
    tally = Counter(str(ballot.choice) for ballot in ballots)
    in_favour, against = tally[VoteChoice.FOR.value], tally[VoteChoice.AGAINST.value]
    reason = "" if in_favour > against else _not_a_majority(in_favour, against)
    unwilling = _unwilling(members, ballots, rules)
    if not reason and unwilling:
        reason = f"Lost: no majority of the members of {listed(unwilling)}"
    carried = not reason
    if carried:
        reason = f"Carried by {in_favour} to {against}"
    return Result(in_favour, against, tally[VoteChoice.ABSTAIN.value], carried, reason)


def check_executive_members(body_type: str, members: Sequence[Member], rules: BodyRules) -> None:
    """Refuse an executive joint committee of others than executive members, below five councils (2.2)."""
    if body_type != BodyType.JOINT_COMMITTEE or len(rules.seats) >= FREE_CHOICE_COUNCILS:
        return
    others = [member.name for member in members if member.is_voting and not member.is_executive_member]
    if others:
        are = "is not an executive member" if len(others) == 1 else "are not executive members"
        raise Refusal(
            f"{listed(others)} {are}. All voting members must be, unless five or more councils take part",
            "is_executive_member",
            "2.2",
        )


def municipal_year(day: date) -> int:
    """The calendar year in whose May the municipal year of `day` begins."""
    return day.year if day.month >= _MAY else day.year - 1


def check_chairs(term: ChairYear, others: Sequence[ChairYear]) -> None:
    """Refuse chair and vice-chair from one council, and one council in the chair two years running (2.2)."""
    if term.vice_chair and term.vice_chair == term.chair:
        message = "Choose the chair and the vice-chair from different councils"
        raise Refusal(message, "vice_chair", "2.2")
    for other in others:
        if abs(other.year - term.year) == 1 and other.chair == term.chair:
            verb = "chairs" if other.year > term.year else "chaired"
            years = f"{other.year} to {other.year + 1}"
            message = f"{term.chair} {verb} in {years}. No council chairs two years running"
            raise Refusal(message, "chair", "2.2")


def rotation(councils: Sequence[str], first_year: int, years: int) -> tuple[ChairYear, ...]:
    """The chairs of so many municipal years: each vice-chair takes the chair in the year after."""
    count = len(councils)
    return tuple(
        ChairYear(first_year + index, councils[index % count], councils[(index + 1) % count])
        for index in range(years)
    )


def _council_gap(council: str, present: int, needed: int | None) -> str:
    if present == 0:
        return f"no member from {council} is present"
    is_are = "is" if present == 1 else "are"
    return f"{count_of(present, 'member')} from {council} {is_are} present and {needed} are needed"


def _check_casting(ballots: Sequence[Ballot], rules: BodyRules) -> None:
    casting = [ballot for ballot in ballots if ballot.is_casting]
    if not casting:
        return
    if not rules.has_casting_vote:
        raise Refusal("This body has no casting vote", code="58")
    if len(casting) > 1 or casting[0].name != rules.chair:
        raise Refusal("Only the chair of the meeting has a casting vote", code="58")
    first = Counter(str(ballot.choice) for ballot in ballots if not ballot.is_casting)
    if first[VoteChoice.FOR.value] != first[VoteChoice.AGAINST.value]:
        raise Refusal("The votes are not equal, so there is no casting vote", code="58")


def _not_a_majority(in_favour: int, against: int) -> str:
    if in_favour == against:
        return f"Not carried: the votes are equal, {in_favour} to {against}"
    return f"Lost by {in_favour} to {against}"


def _unwilling(members: Sequence[Member], ballots: Sequence[Ballot], rules: BodyRules) -> list[str]:
    """Councils whose own majority is wanting under a rule that asks for one."""
    if rules.voting_rule == VotingRule.MAJORITY:
        return []
    council_of = {member.name: member.council for member in members}
    votes = Counter(
        (council_of[ballot.name], str(ballot.choice)) for ballot in ballots if not ballot.is_casting
    )
    is_unanimous = rules.voting_rule == VotingRule.UNANIMOUS_COUNCILS
    unwilling = []
    for council, seats in rules.seats.items():
        in_favour, against = votes[council, VoteChoice.FOR.value], votes[council, VoteChoice.AGAINST.value]
        has_majority = 2 * in_favour > seats if is_unanimous else in_favour > against
        if not has_majority:
            unwilling.append(council)
    return unwilling
