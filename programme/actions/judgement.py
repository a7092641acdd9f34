"""Give, renew and end the judgements of the senior responsible owner (F-26, F-27, INV-45)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.references import next_reference
from core.rules.text import check_reason, check_text
from programme.enums import JudgementSubject
from programme.models import Judgement, Programme
from programme.policies import check_judge
from programme.queries.overview.ratings import programme_rating
from programme.rules.judgement import check_judgement, check_point
from programme.rules.rag import Rating

RAN_OUT, REPLACED = "Its last day had passed", "Replaced by {}"
HOLDS = "There is a judgement already. Renew it or end it"
HAS_ENDED = "This judgement has ended. Give a new one"


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged: the point of the scale, why, and its last day."""

    point: str
    reason: str
    until_on: date | None


@transaction.atomic
def give_judgement(
    programme: Programme, *, by: User, subject: str, judged: Judged, channel: Channel = Channel.PAGE
) -> Judgement:
    """A judgement of a programme from today on; refuses a second one of the same subject."""
    check_judge(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    there = Judgement.objects.filter(programme=programme, subject=subject, ended_on__isnull=True).first()
    if there is not None and there.holds_on(today()):
        raise Refusal(HOLDS)
    if there is not None:
        _end(there, by, RAN_OUT, channel)
    return _made(programme, by, subject, judged, channel)


@transaction.atomic
def renew_judgement(
    judgement: Judgement, *, by: User, seen_version: int, judged: Judged, channel: Channel = Channel.PAGE
) -> Judgement:
    """A new judgement in the place of this one, which keeps its row and ends today."""
    programme = judgement.programme
    locked = _locked(judgement, by, seen_version)
    _check(locked.subject, judged)
    _end(locked, by, REPLACED.format(_next_ref(programme)), channel)
    return _made(programme, by, locked.subject, judged, channel)


@transaction.atomic
def end_judgement(
    judgement: Judgement, *, by: User, seen_version: int, why: str, channel: Channel = Channel.PAGE
) -> Judgement:
    """The judgement ended today: from now on what is worked out stands alone."""
    locked = _locked(judgement, by, seen_version)
    reason = check_text(why, "Why it ends", 1_000, "why")
    check_reason(reason, "Explain why it ends", "why", "INV-45")
    _end(locked, by, reason, channel)
    return Judgement.objects.select_related("programme__partnership", "given_by").get(pk=locked.pk)


def _locked(judgement: Judgement, by: User, seen_version: int) -> Judgement:
    """The row as it is now, which must be the one seen and must not have ended."""
    check_judge(by, judgement.programme)
    Programme.objects.select_for_update().get(pk=judgement.programme_id)
    locked = Judgement.objects.select_related("programme").get(pk=judgement.pk)
    check_seen(locked, seen_version)
    if locked.ended_on is not None:
        raise Refusal(HAS_ENDED)
    return locked


def _check(subject: str, judged: Judged) -> tuple[str, str, date]:
    point = check_point(subject, judged.point)
    reason = check_text(judged.reason, "The reason", field="reason")
    return str(point), reason, check_judgement(subject, reason, judged.until_on, today=today())


def _made(programme: Programme, by: User, subject: str, judged: Judged, channel: Channel) -> Judgement:
    point, reason, until_on = _check(subject, judged)
    computed = _computed(programme, subject)
    made = Judgement.objects.create(
        programme=programme,
        ref=_next_ref(programme),
        subject=subject,
        point=point,
        reason=reason,
        given_by=by,
        given_on=today(),
        until_on=until_on,
        computed_word=computed.word if computed else "",
        computed_reason=computed.reason if computed else "",
        created_by=by,
        updated_by=by,
    )
    after = {"subject": subject, "point": point, "until": until_on.isoformat()}
    if computed:
        after["worked_out"] = f"{computed.word}: {computed.reason}"
    audit.record(
        made,
        by=by,
        action="give_judgement",
        channel=channel,
        scope=programme.key,
        after=after | {"version": 1},
        why=reason,
    )
    return made


def _computed(programme: Programme, subject: str) -> Rating | None:
    """What is worked out today; nothing is for delivery confidence, which is a person's alone."""
    if subject != JudgementSubject.OVERALL:
        return None
    return programme_rating(programme, as_of=today()).computed


def _end(judgement: Judgement, by: User, why: str, channel: Channel) -> None:
    day = today()
    values = {"ended_on": day, "ended_because": why}
    write_next(judgement, values, by=by, seen_version=judgement.version)
    audit.record(
        judgement,
        by=by,
        action="end_judgement",
        channel=channel,
        scope=judgement.programme.key,
        before={"ended": None, "version": judgement.version},
        after={"ended": day.isoformat(), "version": judgement.version + 1},
        why=why,
    )


def _next_ref(programme: Programme) -> str:
    taken = Judgement.objects.filter(programme=programme).values_list("ref", flat=True)
    return next_reference("J-", taken, width=2)
