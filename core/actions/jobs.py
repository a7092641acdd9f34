"""Jobs of the worker: held by one at a time, handed on again where a message or a worker was lost.

Whatever the broker loses and whatever worker is killed: the row in the database says what is to be done, and
`hand_on` delivers it again. A step that was begun MOST_TRIES times and never ended is given up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F, Q, QuerySet

from core.clock import now
from core.models import Job
from core.stored_files import forget, kept

logger = logging.getLogger(__name__)

MOST_TRIES = 2
# Longer than the task's hard time limit, so that a hold this old has no living worker behind it.
STALE_AFTER = timedelta(minutes=11)
# A message that the broker has not delivered by then counts as lost; a second one does no harm.
LOST_AFTER = timedelta(minutes=1)
Deliver = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of job: its rows, what each waiting state is taken up as, and how it is given up."""

    model: type[Job]
    begun: Mapping[str, str]
    failed: str
    given_up: str

    @property
    def rows(self) -> QuerySet[Any]:
        """All jobs of this kind."""
        return self.model._meta.base_manager.all()


@dataclass(frozen=True, slots=True)
class Hold:
    """One worker's hold on a job. Another may take over once it is stale; then its marks do nothing."""

    work: Work
    pk: int
    key: str
    state: str

    def mark(self, **values: object) -> bool:
        """Write `values` to the job; False where the hold is lost, or the job was cancelled."""
        held = self.work.rows.filter(pk=self.pk, claim_key=self.key, state=self.state)
        return bool(held.update(claimed_at=now(), **values))

    def end(self, state: str, **values: object) -> str | None:
        """The state it ends in; None where the hold was lost, or the job cancelled, meanwhile."""
        if not self.mark(state=state, **values):
            logger.warning("Job %s of %s was taken over or cancelled meanwhile", self.pk, self.work.model)
            return None
        return state


def take(work: Work, pk: int) -> Hold | None:
    """Take the job where it waits, or where its holder is gone; None where it is not to be had."""
    moment, key = now(), uuid4().hex
    for waiting, begun in work.begun.items():
        free = Q(state=waiting) | Q(state=begun, claimed_at__lt=moment - STALE_AFTER)
        taken = work.rows.filter(free, pk=pk, attempts__lt=MOST_TRIES).update(
            state=begun, claimed_at=moment, claim_key=key, attempts=F("attempts") + 1
        )
        if taken:
            return Hold(work, pk, key, begun)
    logger.info("Job %s of %s is gone, done or in other hands", pk, work.model)
    return None


def hand_on(work: Work, *, deliver: Deliver) -> list[int]:
    """Deliver again what the broker lost or a killed worker left; give up what was begun too often."""
    moment = now()
    left = Q(state__in=list(work.begun.values()), claimed_at__lt=moment - STALE_AFTER)
    work.rows.filter(left, attempts__gte=MOST_TRIES).update(
        state=work.failed, error=work.given_up, ended_at=moment
    )
    lost = Q(state__in=list(work.begun), waiting_since__lt=moment - LOST_AFTER)
    keys = list(work.rows.filter(left | lost).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        deliver(key)
    return keys


def forget_files(folder: str, needed: set[str], moment: datetime) -> None:
    """Forget the files of a folder that nothing needs, and those that never got a row."""
    for path, since in kept(folder).items():
        if path not in needed and since < moment - STALE_AFTER:
            forget(path)
