"""Posts that councils share: a programme’s list, the history of one, and what a council publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from core.enums import Channel
from core.models import AuditEvent
from core.rules.assessment import NotApplicable
from core.rules.calendar import format_date
from core.rules.money import format_pounds
from core.rules.words import listed, mid_sentence
from programme.enums import LegalBasis
from programme.models import Council, Membership, Programme
from programme.queries.history import CHANNEL_WORDS
from services.enums import PostTerm, PostTier
from services.models import SharedPost
from services.policies import Powers
from services.queries.review_story import Change
from services.rules.key_record import weight_text
from services.rules.shared_post import (
    FIRST_BAND_PENCE,
    TOP_TIERS,
    band_end,
    band_words,
    is_in_post,
    is_named,
    shares_words,
    sharing_note,
)

_OUTSIDE = 2**15  # after every place in a partnership's order
_ACTIONS = {
    "create_shared_post": "Recorded",
    "update_shared_post": "Changed",
    "end_shared_post": "Last day changed",
}
_LABELS = {
    "budget_pence": "Budget",
    "bonuses": "Bonuses and benefits in kind",
    "fte": "Full-time equivalents",
    "salary_from_pence": "Salary band",
    "salary_ceiling_pence": "Salary ceiling",
    "staff_count": "Number of staff",
}
_WORDS: dict[str, dict[Any, str]] = {
    "tier": {one.value: str(one.label) for one in PostTier},
    "term": {one.value: str(one.label) for one in PostTerm},
    "legal_basis": {one.value: str(one.label) for one in LegalBasis},
}
_HIDDEN = frozenset({"version", "ref"})


@dataclass(frozen=True, slots=True)
class CouncilPercent:
    """What one council bears of a post."""

    council: Council
    percent: Decimal


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post, its shares in the order of the partnership, and what the person may do with it."""

    post: SharedPost
    shares: tuple[CouncilPercent, ...]
    as_of: date
    can_change: bool = False

    @property
    def state(self) -> str:
        """In place, To start or Ended, on the day of the list."""
        if is_in_post(self.post.starts_on, self.post.ends_on, self.as_of):
            return "In place"
        return "To start" if self.post.starts_on > self.as_of else "Ended"

    @property
    def band(self) -> str:
        """£120,000 to £124,999; Below £50,000."""
        return band_words(self.post.salary_from_pence)

    @property
    def band_end_pence(self) -> int:
        """The last pound of its band."""
        return band_end(self.post.salary_from_pence)

    @property
    def band_start_pence(self) -> int | NotApplicable:
        """The first pound of its band; none below £50,000."""
        start = self.post.salary_from_pence
        return NotApplicable("Below the first band") if start is None else start

    @property
    def fte(self) -> str:
        """1 or 0.8."""
        return weight_text(self.post.fte)

    @property
    def term(self) -> str:
        """Permanent or temporary, within a sentence; empty where it is not stated."""
        is_stated = self.post.term != PostTerm.NOT_STATED
        return mid_sentence(str(self.post.get_term_display())) if is_stated else ""

    @property
    def shared_between(self) -> str:
        """Ashmere 40%, Brockvale 35% and Carrick 25%."""
        return shares_words(self._named)

    @property
    def note(self) -> str:
        """What each council publishes beside the post."""
        basis = str(self.post.get_legal_basis_display())
        return sharing_note(str(self.post.employed_by), self._named, basis)

    @property
    def is_named(self) -> bool:
        """Whether the council must add the name of who holds it: nobody's name is kept here."""
        return is_named(self.post.salary_from_pence)

    @property
    def department(self) -> str:
        """The department, or the service where none is stated."""
        return self.post.department or (str(self.post.service) if self.post.service else "")

    @property
    def published_ref(self) -> str:
        """Its reference among the posts of all programmes."""
        return f"{self.post.programme.key}/{self.post.ref}"

    def percent_of(self, council: Council) -> Decimal:
        """What `council` bears of it; 0 where it bears nothing."""
        return next((one.percent for one in self.shares if one.council == council), Decimal("0.00"))

    @property
    def _named(self) -> list[tuple[str, Decimal]]:
        return [(str(one.council), one.percent) for one in self.shares]


@dataclass(frozen=True, slots=True)
class CouncilPosts:
    """What one council publishes of the posts it shares, on one day."""

    council: Council
    on: date
    chart: tuple[PostRow, ...]
    salaries: tuple[PostRow, ...]


def with_post_rows(posts: QuerySet[SharedPost]) -> QuerySet[SharedPost]:
    """The posts with what their rows need. One query more."""
    return posts.select_related("programme__partnership", "employed_by", "service").prefetch_related(
        "shares__council"
    )


def shared_post_rows(programme: Programme, powers: Powers, *, as_of: date) -> list[PostRow]:
    """The posts of a programme, the top tier first. Four queries."""
    found = with_post_rows(SharedPost.objects.filter(programme=programme)).order_by("tier", "title", "pk")
    return rows_of(found, powers, as_of=as_of)


def rows_of(posts: Iterable[SharedPost], powers: Powers | None = None, *, as_of: date) -> list[PostRow]:
    """Rows of posts that come with what they need. One query for the order of the councils."""
    found = list(posts)
    order = _orders({post.programme.partnership_id for post in found})
    return [
        PostRow(
            post,
            _shares(post, order),
            as_of,
            can_change=powers is not None and powers.edits_posts_of(post.employed_by_id),
        )
        for post in found
    ]


def posts_published_by(council: Council, *, user: User, on: date) -> CouncilPosts:
    """The posts that `council` shares on a day, of those that `user` may read, each once. Four queries.

    The Code asks for the top three tiers, and for what is paid £50,000 or more.
    """
    visible = SharedPost.objects.visible_to(user).of_council(council).current(on)
    found = with_post_rows(visible).order_by("tier", "title", "programme__key", "ref")
    rows = rows_of(found, as_of=on)
    paid = (row for row in rows if (row.post.salary_from_pence or 0) >= FIRST_BAND_PENCE)
    return CouncilPosts(
        council,
        on,
        chart=tuple(row for row in rows if row.post.tier <= TOP_TIERS),
        salaries=tuple(sorted(paid, key=lambda row: -(row.post.salary_from_pence or 0))),
    )


def shared_post_history(post: SharedPost) -> list[Change]:
    """Every change of a post, latest first. Two queries."""
    events = AuditEvent.objects.filter(object_type=SharedPost._meta.label_lower, object_id=post.pk)
    councils = {one.key: str(one) for one in post.programme.partnership.councils.all()}
    return [_change(event, councils) for event in events.select_related("by").order_by("-pk")]


def _orders(partnerships: set[int]) -> dict[tuple[int, int], int]:
    rows = Membership.objects.filter(partnership__in=partnerships)
    return {
        (partnership, council): order
        for partnership, council, order in rows.values_list("partnership", "council", "order_index")
    }


def _shares(post: SharedPost, order: dict[tuple[int, int], int]) -> tuple[CouncilPercent, ...]:
    def place(share: CouncilPercent) -> tuple[int, str]:
        key = (post.programme.partnership_id, share.council.pk)
        return order.get(key, _OUTSIDE), share.council.name

    shares: Sequence[CouncilPercent] = [CouncilPercent(one.council, one.percent) for one in post.shares.all()]
    return tuple(sorted(shares, key=place))


def _change(event: AuditEvent, councils: Mapping[str, str]) -> Change:
    is_ours = event.action in _ACTIONS
    names = sorted({*event.before, *event.after} - _HIDDEN, key=_label) if is_ours else []
    return Change(
        at=event.at,
        by=str(event.by),
        channel=CHANNEL_WORDS[Channel(event.channel)],
        what=_ACTIONS.get(event.action, "Recorded from a case file"),
        details=tuple(detail for name in names if (detail := _detail(name, event, councils))),
        why=event.why,
    )


def _detail(name: str, event: AuditEvent, councils: Mapping[str, str]) -> str:
    """What one value became; empty for nothing that was recorded as nothing."""
    label, after = _label(name), _in_words(name, event.after.get(name), councils)
    if name not in event.before:
        return f"{label}: {after}" if event.after.get(name) not in (None, "") else ""
    return f"{label}: from {_in_words(name, event.before[name], councils)} to {after}"


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def _in_words(name: str, value: Any, councils: Mapping[str, str]) -> str:
    if name == "salary_from_pence":
        return band_words(value)
    if value in (None, ""):
        return "nothing"
    if isinstance(value, dict):
        return listed([f"{councils.get(key, key)} {percent}%" for key, percent in sorted(value.items())])
    if name.endswith("_pence"):
        return format_pounds(value)
    if name.endswith("_on"):
        return format_date(date.fromisoformat(value))
    return _WORDS.get(name, {}).get(value, str(value))
