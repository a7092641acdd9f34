"""Keep the registers of risks, assumptions, issues and dependencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions import audit
from core.actions.publication import Withholding, record_withheld_at_once
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.publication import check_not_stand_in, part_sent_back, sent_back, shown
from core.rules.text import check_reason, check_text
from programme.actions.withholding import withheld_in
from programme.enums import RaidRegister
from programme.models import Council, Programme, Risk, RiskImpact
from programme.policies import check_change_risk, check_record_risk
from programme.publication_policies import check_change_withheld, roles_here
from programme.queries.partners import entering_councils
from programme.queries.people import possible_owners
from programme.rules.raid import check_closed, check_open, check_scale, check_scores, next_ref

WORDS_LIMIT = 1_000
NOT_AN_OWNER = "Choose an owner who has an active account and takes part in this programme"


@dataclass(frozen=True, slots=True)
class OwnImpact:
    """What an entry means for one council: a number from 1 to 5, words, or both."""

    council: Council
    impact: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class RiskTerms:
    """What an entry of a register says; the councils' own impacts are stated whole."""

    register: str
    title: str
    category: str = ""
    likelihood: int | None = None
    impact: int | None = None
    response: str = ""
    owner: User | None = None
    proximity_on: date | None = None
    review_on: date | None = None
    impacts: tuple[OwnImpact, ...] = ()


OWN_COLUMNS = (
    "register", "title", "category", "likelihood", "impact", "response", "owner", "proximity_on", "review_on",
)  # fmt: skip


def terms_of(risk: Risk) -> RiskTerms:
    """What the entry says now. One query, and one for its owner."""
    rows = risk.impacts.select_related("council")
    return RiskTerms(
        **{name: getattr(risk, name) for name in OWN_COLUMNS},
        impacts=tuple(OwnImpact(row.council, row.impact, row.text) for row in rows),
    )


def terms_shown(risk: Risk) -> RiskTerms:
    """The same as anyone is shown it: in place of what is withheld the sentence that says so."""
    there = terms_of(risk)
    impacts = tuple(replace(one, text=shown(risk, one.text).text) for one in there.impacts)
    return replace(there, response=shown(risk, there.response).text, impacts=impacts)


@transaction.atomic
def record_risk(
    programme: Programme,
    *,
    by: User,
    terms: RiskTerms,
    withholding: Withholding | None = None,
    channel: Channel = Channel.PAGE,
) -> Risk:
    """A new entry of a register, under its next reference; withheld from its beginning where that is said."""
    check_record_risk(by, programme)
    withheld = withheld_in(programme, withholding, by=by)
    values = _checked(programme, terms, None)
    impacts = _checked_impacts(programme, terms)
    check_not_stand_in(values["response"], "response")
    for one in impacts:
        check_not_stand_in(one.text, "impacts")
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = programme.risks.aggregate(last=Max("order_index"))["last"]
    risk = Risk.objects.create(
        programme=programme,
        ref=next_ref(terms.register, programme.risks.values_list("ref", flat=True)),
        order_index=0 if last is None else last + 1,
        created_by=by,
        updated_by=by,
        **values,
        **withheld,
    )
    _write_impacts(risk, impacts)
    _record(risk, by, "record_risk", channel, after=_plain(risk, values, impacts))
    record_withheld_at_once(risk, by=by, channel=channel, scope=programme.key)
    return risk


@transaction.atomic
def update_risk(
    risk: Risk, *, by: User, seen_version: int, terms: RiskTerms, channel: Channel = Channel.PAGE
) -> Risk:
    """The entry with other terms; refuses what is closed, and a stale edit. No change leaves no trace.

    A withheld text that comes back as it was shown stays as it is; another is refused (403) to who may not
    open it. Whether it is withheld has actions of its own.
    """
    check_change_risk(by, risk)
    check_seen(risk, seen_version)
    check_open(risk.closed_on)
    there = terms_of(risk)
    _check_words(risk, by, there, terms)
    terms = _sent_back(risk, there, terms)
    values = _checked(risk.programme, terms, risk.owner_id)
    impacts = _checked_impacts(risk.programme, terms)
    before = _plain(risk, {name: getattr(risk, name) for name in OWN_COLUMNS}, there.impacts)
    after = _plain(risk, values, impacts)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return risk
    write_next(risk, values, by=by, seen_version=seen_version)
    if "impacts" in changed:
        risk.impacts.all().delete()
        _write_impacts(risk, impacts)
    saved = _fresh(risk)
    _record(
        saved,
        by,
        "update_risk",
        channel,
        before={name: before[name] for name in changed} | {"version": seen_version},
        after={name: after[name] for name in changed} | {"version": saved.version},
    )
    return saved


@transaction.atomic
def close_risk(risk: Risk, *, by: User, seen_version: int, why: str, channel: Channel = Channel.PAGE) -> Risk:
    """The entry closed today, for this reason; it stays in its register."""
    check_change_risk(by, risk)
    check_seen(risk, seen_version)
    check_open(risk.closed_on)
    reason = check_text(why, "Why it is closed", WORDS_LIMIT, "closed_because")
    check_reason(reason, "Explain why it is closed", "closed_because")
    check_not_stand_in(reason, "closed_because")
    return _set_closed(risk, by, seen_version, "close_risk", channel, today(), reason)


@transaction.atomic
def reopen_risk(
    risk: Risk, *, by: User, seen_version: int, why: str, channel: Channel = Channel.PAGE
) -> Risk:
    """The entry open again; why stands in the audit trail, as does the reason for which it was closed."""
    check_change_risk(by, risk)
    check_seen(risk, seen_version)
    check_closed(risk.closed_on)
    reason = check_text(why, "Why it is opened again", WORDS_LIMIT, "why")
    check_reason(reason, "Explain why it is opened again", "why")
    return _set_closed(risk, by, seen_version, "reopen_risk", channel, None, "", why=reason)


def _set_closed(
    risk: Risk,
    by: User,
    seen_version: int,
    action: str,
    channel: Channel,
    closed_on: date | None,
    closed_because: str,
    why: str = "",
) -> Risk:
    values = {"closed_on": closed_on, "closed_because": closed_because}
    before = _kept(risk, _dated({name: getattr(risk, name) for name in values}))
    write_next(risk, values, by=by, seen_version=seen_version)
    saved = _fresh(risk)
    after = _kept(risk, _dated(values)) | {"version": saved.version}
    _record(saved, by, action, channel, before=before | {"version": seen_version}, after=after, why=why)
    return saved


def _check_words(risk: Risk, by: User, there: RiskTerms, terms: RiskTerms) -> None:
    """Refuse withheld words of who may not open them."""
    if risk.is_withheld:
        own = {one.council.pk: one.text for one in there.impacts}
        texts = [(own.get(one.council.pk, ""), one.text) for one in terms.impacts]
        check_change_withheld(
            risk, roles_here(by, risk.programme), [(there.response, terms.response), *texts]
        )


def _sent_back(risk: Risk, there: RiskTerms, terms: RiskTerms) -> RiskTerms:
    """The terms with what is stored where a withheld text came back as it was shown."""
    own = {one.council.pk: one.text for one in there.impacts}
    impacts = tuple(
        replace(one, text=part_sent_back(risk, own.get(one.council.pk, ""), one.text, "impacts"))
        for one in terms.impacts
    )
    return replace(terms, **sent_back(risk, {"response": terms.response}), impacts=impacts)


def _checked(programme: Programme, terms: RiskTerms, owner_now: int | None) -> dict[str, Any]:
    title = check_text(terms.title, "Title", 300, "title")
    if not title:
        raise Refusal("Enter the title", "title")
    register = RaidRegister(terms.register)
    check_scores(register, terms.likelihood, terms.impact)
    owner = terms.owner
    stays = owner is not None and owner.pk == owner_now
    if owner is not None and not stays and not possible_owners(programme).filter(pk=owner.pk).exists():
        raise Refusal(NOT_AN_OWNER, "owner")
    return {
        "register": str(register),
        "title": title,
        "category": check_text(terms.category, "Category", 40, "category"),
        "likelihood": terms.likelihood,
        "impact": terms.impact,
        "response": check_text(terms.response, "What we are doing", field="response"),
        "owner": owner,
        "proximity_on": terms.proximity_on,
        "review_on": terms.review_on,
    }


def _checked_impacts(programme: Programme, terms: RiskTerms) -> tuple[OwnImpact, ...]:
    """The councils' own impacts that say something, in the order of the councils."""
    order = {council.pk: index for index, council in enumerate(entering_councils(programme))}
    found: dict[int, OwnImpact] = {}
    for one in terms.impacts:
        if one.council.pk not in order:
            raise Refusal(f"{one.council} is not a partner in this programme", "impacts")
        if one.council.pk in found:
            raise Refusal(f"{one.council} is named twice", "impacts")
        check_scale(one.impact, f"Impact on {one.council}", "impacts")
        text = check_text(one.text, f"What it means for {one.council}", WORDS_LIMIT, "impacts")
        if one.impact is not None or text:
            found[one.council.pk] = OwnImpact(one.council, one.impact, text)
    return tuple(sorted(found.values(), key=lambda one: order[one.council.pk]))


def _write_impacts(risk: Risk, impacts: tuple[OwnImpact, ...]) -> None:
    RiskImpact.objects.bulk_create(
        RiskImpact(risk=risk, council=one.council, impact=one.impact, text=one.text) for one in impacts
    )


def _plain(risk: Risk, values: Mapping[str, Any], impacts: tuple[OwnImpact, ...]) -> dict[str, Any]:
    owner = values["owner"]
    own = {one.council.key: [one.impact, _kept_text(risk, one.text)] for one in impacts}
    return _kept(risk, _dated(values)) | {"owner": owner.email if owner else None, "impacts": own}


def _kept(risk: Risk, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as the audit trail keeps them: never what is withheld."""
    return {
        name: _kept_text(risk, value) if name in risk.withheld_fields else value
        for name, value in values.items()
    }


def _kept_text(risk: Risk, text: str) -> str:
    return audit.fingerprint(text) if risk.is_withheld else text


def _dated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _fresh(risk: Risk) -> Risk:
    return Risk.objects.select_related("programme__partnership", "owner", "source").get(pk=risk.pk)


def _record(
    risk: Risk,
    by: User,
    action: str,
    channel: Channel,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    scope = risk.programme.key
    why = _kept_text(risk, why)
    audit.record(
        risk, by=by, action=action, channel=channel, scope=scope, before=before, after=after, why=why
    )
