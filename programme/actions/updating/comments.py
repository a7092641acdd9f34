"""Say something about a milestone, and take it back."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import TEXT_LIMIT, check_text
from programme.models import Milestone, MilestoneComment
from programme.policies import check_comment, check_withdraw_comment
from programme.queries.updating.comments import people_to_name
from programme.rules.updating.mentions import mentioned_in


@transaction.atomic
def add_comment(
    milestone: Milestone, *, by: User, text: str, channel: Channel = Channel.PAGE
) -> MilestoneComment:
    """A comment; whom it names with @ is told in their next mail. Refuses names that nobody has here."""
    check_comment(by, milestone.programme)
    said = check_text(text, "Comment", TEXT_LIMIT, "text")
    if not said:
        raise Refusal("Enter the comment", "text")
    named = mentioned_in(said, people_to_name(milestone.programme))
    comment = MilestoneComment.objects.create(milestone=milestone, text=said, entered_by=by)
    comment.mentioned.set(named)
    after = {"text": said, "mentioned": sorted(comment.mentioned.values_list("email", flat=True))}
    _record(comment, by, "add_milestone_comment", channel, {}, after)
    return comment


@transaction.atomic
def withdraw_comment(
    comment: MilestoneComment, *, by: User, channel: Channel = Channel.PAGE
) -> MilestoneComment:
    """The comment without its text; its author alone may withdraw it, once."""
    check_withdraw_comment(by, comment)
    locked = MilestoneComment.objects.select_for_update().get(pk=comment.pk)
    if locked.is_withdrawn:
        raise Refusal("This comment was withdrawn before")
    before = {"text": locked.text}
    locked.text, locked.withdrawn_at, locked.withdrawn_by = "", now(), by
    locked.save(update_fields=["text", "withdrawn_at", "withdrawn_by"])
    _record(comment, by, "withdraw_milestone_comment", channel, before, {"text": ""})
    return locked


def _record(
    comment: MilestoneComment,
    by: User,
    action: str,
    channel: Channel,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    scope = comment.milestone.programme.key
    audit.record(comment, by=by, action=action, channel=channel, scope=scope, before=before, after=after)
