"""What scrutiny recommends, each executive's answer, and when it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_text
from governance.enums import ResponseState
from governance.models import Body, CallIn, ScrutinyRecommendation, ScrutinyResponse
from governance.policies import powers_of
from governance.rules.scrutiny import check_done, check_made, check_response, response_due_on
from governance.scrutiny_policies import check_recommend, check_respond
from programme.models import Council, Programme
from programme.queries.partners import partner_councils
from programme.queries.people import possible_owners


@dataclass(frozen=True, slots=True)
class Recommended:
    """What scrutiny recommends: by a body, or in words by whom; after a call-in, or by itself.

    `councils` are those whose executives are to answer; none means all partners, or after a call-in the
    council whose decision was called in.
    """

    text: str
    made_on: date
    body: Body | None = None
    body_text: str = ""
    call_in: CallIn | None = None
    councils: tuple[Council, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """An executive's answer, and what it will do."""

    state: ResponseState
    text: str
    responded_on: date
    action: str = ""
    owner: User | None = None
    action_due_on: date | None = None


@transaction.atomic
def make_recommendation(
    programme: Programme, *, by: User, new: Recommended, channel: Channel = Channel.PAGE
) -> ScrutinyRecommendation:
    """A recommendation, with an answer awaited from each executive by the same day."""
    check_recommend(powers_of(by, programme))
    text = check_text(new.text, "Recommendation", 4_000, "text")
    check_made(text, new.made_on, today())
    councils = _councils(programme, new)
    Programme.objects.select_for_update().get(pk=programme.pk)
    row = ScrutinyRecommendation.objects.create(
        programme=programme,
        ref=_next_ref(programme),
        body=new.body,
        body_text=check_text(new.body_text, "Made by", 200, "body_text"),
        decision=new.call_in.council_decision.decision if new.call_in else None,
        call_in=new.call_in,
        text=text,
        made_on=new.made_on,
        created_by=by,
        updated_by=by,
    )
    due_on = response_due_on(new.made_on)
    ScrutinyResponse.objects.bulk_create(
        ScrutinyResponse(
            recommendation=row, council=one, response_due_on=due_on, created_by=by, updated_by=by
        )
        for one in councils
    )
    after = {
        "text": text,
        "made_on": new.made_on.isoformat(),
        "councils": [one.key for one in councils],
        "response_due_on": due_on.isoformat(),
    }
    audit.record(row, by=by, action="make_recommendation", channel=channel, scope=programme.key, after=after)
    return row


@transaction.atomic
def respond_to_recommendation(
    response: ScrutinyResponse,
    *,
    by: User,
    seen_version: int,
    answer: Response,
    channel: Channel = Channel.PAGE,
) -> ScrutinyResponse:
    """The executive's answer; one that agrees says what will be done, by whom and when."""
    recommendation = response.recommendation
    check_respond(powers_of(by, recommendation.programme), response.council)
    check_seen(response, seen_version)
    if response.state == ResponseState.DONE:
        raise Refusal("It is done, and its response stays", "state")
    text = check_text(answer.text, "Response", 4_000, "text")
    action = check_text(answer.action, "Action", 500, "action")
    check_response(
        answer.state,
        text,
        recommendation.made_on,
        answer.responded_on,
        today(),
        action=action,
        is_planned=answer.owner is not None and answer.action_due_on is not None,
    )
    _check_owner(recommendation.programme, answer.owner)
    values = {**_columns(answer), "state": str(ResponseState(answer.state)), "text": text, "action": action}
    return _save(response, values, by, seen_version, "respond_to_recommendation", channel)


@transaction.atomic
def finish_recommendation(
    response: ScrutinyResponse,
    *,
    by: User,
    seen_version: int,
    done_on: date,
    channel: Channel = Channel.PAGE,
) -> ScrutinyResponse:
    """What the executive agreed to is done."""
    check_respond(powers_of(by, response.recommendation.programme), response.council)
    check_seen(response, seen_version)
    check_done(response.state, response.responded_on, done_on, today())
    values = {"state": str(ResponseState.DONE), "done_on": done_on}
    return _save(response, values, by, seen_version, "finish_recommendation", channel)


def _councils(programme: Programme, new: Recommended) -> Sequence[Council]:
    """The councils that are to answer; refuses one that is no partner."""
    partners = partner_councils(programme.partnership_id)
    called_in = new.call_in.council_decision.council if new.call_in else None
    if not new.councils:
        return [called_in] if called_in in partners and called_in else partners
    for one in new.councils:
        if one not in partners:
            raise Refusal(f"{one} is not a partner in this programme", "councils", "76")
    return [one for one in partners if one in new.councils]


def _next_ref(programme: Programme) -> str:
    taken = set(programme.scrutiny_recommendations.values_list("ref", flat=True))
    return next(ref for number in range(1, len(taken) + 2) if (ref := f"SR-{number}") not in taken)


def _check_owner(programme: Programme, owner: User | None) -> None:
    if owner is not None and not possible_owners(programme).filter(pk=owner.pk).exists():
        raise Refusal("Choose someone who has an active account and a role in the programme", "owner")


def _columns(answer: Response) -> dict[str, Any]:
    names = ("responded_on", "owner", "action_due_on")
    return {name: getattr(answer, name) for name in names}


def _save(
    response: ScrutinyResponse,
    values: dict[str, Any],
    by: User,
    seen_version: int,
    action: str,
    channel: Channel,
) -> ScrutinyResponse:
    before = {name: _plain(getattr(response, name)) for name in values}
    write_next(response, values, by=by, seen_version=seen_version)
    saved = ScrutinyResponse.objects.select_related("recommendation__programme", "council").get(
        pk=response.pk
    )
    audit.record(
        saved,
        by=by,
        action=action,
        channel=channel,
        scope=saved.recommendation.programme.key,
        before=before | {"version": seen_version},
        after={name: _plain(value) for name, value in values.items()} | {"version": saved.version},
    )
    return saved


def _plain(value: Any) -> Any:
    if isinstance(value, User):
        return value.email
    return value.isoformat() if isinstance(value, date) else value
