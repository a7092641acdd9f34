"""Change the tasks of a service review, and mark one as done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core.actions.versions import check_seen
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text
from programme.models import Council
from programme.queries.partners import partner_councils
from services.actions.review_saving import record_of_review, save_changes
from services.models import ReviewTask, ServiceReview
from services.policies import can_lead_review, check_lead_review, check_review_open, powers_of

TASK_LIMIT = 300


@dataclass(frozen=True, slots=True)
class TaskGiven:
    """One task as it is to be: `pk` of one that is there already, its text, and the council that does it."""

    text: str
    pk: int | None = None
    council: Council | None = None


@transaction.atomic
def save_tasks(
    review: ServiceReview,
    *,
    by: User,
    seen_version: int,
    tasks: Sequence[TaskGiven],
    channel: str = Channel.PAGE,
) -> ServiceReview:
    """Make `tasks` the tasks of the review, in their order; one that is not named, or has no text, goes.

    Refuses texts as row 85, a council that is no partner, a task of another review, and stale edits.
    """
    check_lead_review(powers_of(by, review.service.programme), review)
    check_review_open(review)
    check_seen(review, seen_version)
    wanted = _checked(review, tasks)
    there = list(review.tasks.order_by("order_index", "pk"))
    old = [(task.pk, task.text, task.council_id) for task in there]
    new = [(task.pk, task.text, task.council.pk if task.council else None) for task in wanted]
    if old == new:
        return review
    saved = save_changes(review, by=by, values={})
    _write(saved, wanted, {task.pk: task for task in there})
    record_of_review(
        saved,
        by=by,
        action="save_review_tasks",
        channel=channel,
        before={"tasks": "; ".join(text for _, text, _ in old), "version": saved.version - 1},
        after={"tasks": "; ".join(task.text for task in wanted), "version": saved.version},
    )
    return saved


@transaction.atomic
def finish_task(
    task: ReviewTask, *, by: User, is_done: bool = True, channel: str = Channel.PAGE
) -> ReviewTask:
    """Mark a task as done, or as not done after all; the council's own officers may do so for its tasks."""
    review = task.review
    powers = powers_of(by, review.service.programme)
    is_own = task.council is not None and powers.edits_council(task.council)
    if not is_own and not can_lead_review(powers, review):
        raise PermissionDenied(
            "Only those who lead the review, or the council that the task names, can finish this task"
        )
    check_review_open(review)
    done_at, done_by = (now(), by) if is_done else (None, None)
    waiting = ReviewTask.objects.filter(pk=task.pk, done_at__isnull=is_done)
    if not waiting.update(done_at=done_at, done_by=done_by):
        return task
    task.done_at, task.done_by = done_at, done_by
    record_of_review(
        review,
        by=by,
        action="finish_review_task",
        channel=channel,
        before={"task": task.text, "is_done": not is_done},
        after={"task": task.text, "is_done": is_done},
    )
    return task


def _checked(review: ServiceReview, tasks: Sequence[TaskGiven]) -> list[TaskGiven]:
    """The tasks that have a text, clean; refuses all at once, each by its place in what was sent."""
    partners = partner_councils(review.service.programme.partnership_id)
    known = set(review.tasks.values_list("pk", flat=True))
    said: list[Refusal] = []
    kept: list[TaskGiven] = []
    seen: set[int] = set()
    for index, task in enumerate(tasks):
        try:
            text = check_text(task.text, "Task", TASK_LIMIT, f"tasks.{index}.text")
        except Refusal as refusal:
            said.append(refusal)
            continue
        if task.council is not None and task.council not in partners:
            words = f"{task.council} is not a partner in this programme"
            said.append(Refusal(words, f"tasks.{index}.council", "76"))
        if task.pk is not None and (task.pk not in known or task.pk in seen):
            said.append(Refusal("Choose a task of this review, once", f"tasks.{index}.id", "2.5"))
        seen |= {task.pk} if task.pk else set()
        if text:
            kept.append(replace(task, text=text))
    if said:
        raise Refusals(said)
    return kept


def _write(review: ServiceReview, wanted: Sequence[TaskGiven], there: dict[int, ReviewTask]) -> None:
    kept = {task.pk for task in wanted}
    review.tasks.exclude(pk__in=[pk for pk in kept if pk]).delete()
    for index, task in enumerate(wanted):
        row = there[task.pk] if task.pk else ReviewTask(review=review)
        row.order_index, row.text, row.council = index, task.text, task.council
        row.save()
