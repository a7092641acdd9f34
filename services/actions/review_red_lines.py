"""What a council will not give up: declare it in a review, and say whether it is respected."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text
from programme.models import Council
from services.actions.review_saving import changed, record_of_review, save_changes
from services.models import RedLine, ServiceReview
from services.policies import check_edit_council, check_review_open, powers_of
from services.queries.review_partners import check_partner

TEXT_LIMIT = 500


@transaction.atomic
def declare_red_line(
    review: ServiceReview, *, by: User, council: Council, text: str, channel: str = Channel.PAGE
) -> RedLine:
    """Record what `council` will not give up; whether it is respected is answered later."""
    check_edit_council(powers_of(by, review.service.programme), council)
    check_partner(review.service.programme, council)
    check_review_open(review)
    clean, _ = _checked(text, "")
    line = RedLine.objects.create(review=review, council=council, text=clean, created_by=by, updated_by=by)
    record_of_review(
        review,
        by=by,
        action="declare_red_line",
        channel=channel,
        before={},
        after={"council": str(council), "red_line": clean},
    )
    return line


@transaction.atomic
def update_red_line(
    line: RedLine,
    *,
    by: User,
    seen_version: int,
    text: str,
    is_respected: bool | None,
    note: str,
    channel: str = Channel.PAGE,
) -> RedLine:
    """Change the words of a red line, or say whether it is respected and why.

    A red line that is not respected needs a note. Refuses stale edits (row 84).
    """
    review = line.review
    check_edit_council(powers_of(by, review.service.programme), line.council)
    check_review_open(review)
    check_seen(line, seen_version)
    clean, clean_note = _checked(text, note)
    if is_respected is False and not clean_note:
        raise Refusal("Say why this red line is not respected", "note", "2.5")
    new = changed(line, {"text": clean, "is_respected": is_respected, "note": clean_note})
    if not new:
        return line
    before = {_NAMES[name]: getattr(line, name) for name in new}
    saved = save_changes(line, by=by, values=new)
    about = {"council": str(line.council)} | ({} if "text" in new else {"red_line": clean})
    record_of_review(
        review,
        by=by,
        action="update_red_line",
        channel=channel,
        before={**about, **before},
        after={**about, **{_NAMES[name]: value for name, value in new.items()}},
    )
    return saved


_NAMES = {"text": "red_line", "is_respected": "is_respected", "note": "note"}


def _checked(text: str, note: str) -> tuple[str, str]:
    said: list[Refusal] = []
    clean: list[str] = []
    for field, label, value in (("text", "Red line", text), ("note", "Note", note)):
        try:
            clean.append(check_text(value, label, TEXT_LIMIT, field))
        except Refusal as refusal:
            said.append(refusal)
    if not said and not clean[0]:
        said.append(Refusal("Enter the red line", "text", "2.5"))
    if said:
        raise Refusals(said)
    return clean[0], clean[1]
