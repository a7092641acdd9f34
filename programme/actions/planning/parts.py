"""Add, change and remove the parts of a programme: its phases, and its tranches of services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.dates import ImpreciseDate
from core.rules.references import next_reference
from core.rules.text import check_text
from core.rules.words import count_of
from programme.actions.planning.places import place, place_of
from programme.models import Phase, Programme, Tranche
from programme.policies import check_plan
from programme.queries.history import encode_date
from programme.rules.milestone_update import programme_period
from programme.rules.planning.terms import check_title, phase_refusals

DATE_PARTS = ("first_on", "last_on", "precision", "text")
Part = Phase | Tranche


@dataclass(frozen=True, slots=True)
class PhaseTerms:
    """What a phase is; an empty state leaves it to the dates. `position` is from 1 on, None: last."""

    label: str
    start: ImpreciseDate | None = None
    due: ImpreciseDate | None = None
    end: ImpreciseDate | None = None
    stated_state: str = ""
    note: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class TrancheTerms:
    """What a tranche is; an indicative one is not decided yet. `position` is from 1 on, None: last."""

    label: str
    is_indicative: bool = False
    note: str = ""
    position: int | None = None


PartTerms = PhaseTerms | TrancheTerms
_DATES = ("start", "due", "end")


def terms_of_part(part: Part) -> PartTerms:
    """What the part is now. One query."""
    if isinstance(part, Phase):
        return PhaseTerms(
            part.label,
            **{name: part.get_date(name) for name in _DATES},
            stated_state=part.stated_state,
            note=part.note,
            position=place_of(part),
        )
    return TrancheTerms(part.label, part.is_indicative, part.note, place_of(part))


@transaction.atomic
def create_part(programme: Programme, *, by: User, terms: PartTerms, channel: Channel = Channel.PAGE) -> Part:
    """A new phase or tranche under the next reference; its programme manager may add one."""
    check_plan(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    values = _checked(programme, terms)
    rows = programme.phases if isinstance(terms, PhaseTerms) else programme.tranches
    prefix = "P-" if isinstance(terms, PhaseTerms) else "T-"
    ref = next_reference(prefix, rows.values_list("ref", flat=True))
    stamp = {"order_index": rows.count(), "created_by": by, "updated_by": by}
    made: Part = rows.create(ref=ref, **stamp, **values)
    place(made, made.order_index + 1 if terms.position is None else terms.position)
    _audit(made, by, "create", channel, {}, {"ref": ref, **_plain(terms), "version": 1})
    return made


@transaction.atomic
def change_part(
    part: Part, *, by: User, seen_version: int, terms: PartTerms, channel: Channel = Channel.PAGE
) -> Part:
    """The part with other terms; refuses a stale edit. No change leaves no trace."""
    check_plan(by, part.programme)
    Programme.objects.select_for_update().get(pk=part.programme_id)
    check_seen(part, seen_version)
    values = _checked(part.programme, terms)
    before, after = _plain(terms_of_part(part)), _plain(terms)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return part
    write_next(part, values, by=by, seen_version=seen_version)
    if "position" in changed and terms.position is not None:
        place(part, terms.position)
    saved: Part = type(part)._meta.base_manager.select_related("programme").get(pk=part.pk)
    old = {name: before[name] for name in changed} | {"version": seen_version}
    new = {name: after[name] for name in changed} | {"version": saved.version}
    _audit(saved, by, "change", channel, old, new)
    return saved


@transaction.atomic
def remove_part(part: Part, *, by: User, seen_version: int, channel: Channel = Channel.PAGE) -> None:
    """Take away a phase or a tranche that nothing belongs to; refuses one that is not empty."""
    check_plan(by, part.programme)
    locked: Part = type(part)._meta.base_manager.select_for_update().get(pk=part.pk)
    check_seen(locked, seen_version)
    noun, number = _noun(part), part.milestones.count()
    if number:
        raise Refusal(f"{part} has {count_of(number, 'milestone')}. Move them to another {noun} first")
    _audit(part, by, "remove", channel, {"ref": part.ref, **_plain(terms_of_part(part))}, {})
    try:
        locked.delete()
    except ProtectedError as said:
        raise Refusal(f"{part} is used elsewhere. Move what belongs to it to another {noun} first") from said


def _checked(programme: Programme, terms: PartTerms) -> dict[str, Any]:
    """The columns to write; refuses all at once."""
    said = [*_refusals(programme, terms)]
    if said:
        raise Refusals(said)
    values: dict[str, Any] = {"label": terms.label.strip(), "note": terms.note.replace("\r\n", "\n").strip()}
    if isinstance(terms, TrancheTerms):
        return values | {"is_indicative": terms.is_indicative}
    row = Phase()
    for name in _DATES:
        row.set_date(name, getattr(terms, name))
    dates = {f"{name}_{part}": getattr(row, f"{name}_{part}") for name in _DATES for part in DATE_PARTS}
    return values | dates | {"stated_state": terms.stated_state}


def _refusals(programme: Programme, terms: PartTerms) -> Iterator[Refusal]:
    try:
        check_title(terms.label, "label", label="Name")
    except Refusal as refusal:
        yield refusal
    try:
        check_text(terms.note, "Note", field="note")
    except Refusal as refusal:
        yield refusal
    if isinstance(terms, PhaseTerms):
        first_on = terms.start.first_on if terms.start else None
        period = programme_period(programme.base_fy, programme.horizon_years, first_on)
        yield from phase_refusals(terms.start, terms.due, terms.end, period, today())


def _plain(terms: PartTerms) -> dict[str, Any]:
    said = {"label": terms.label.strip(), "note": terms.note.strip(), "position": terms.position}
    if isinstance(terms, TrancheTerms):
        return said | {"is_indicative": terms.is_indicative}
    dates = {name: encode_date(getattr(terms, name)) for name in _DATES}
    return said | dates | {"stated_state": terms.stated_state}


def _noun(part: Part) -> str:
    return "phase" if isinstance(part, Phase) else "tranche"


def _audit(
    part: Part, by: User, verb: str, channel: Channel, before: dict[str, Any], after: dict[str, Any]
) -> None:
    action = f"{verb}_{_noun(part)}"
    scope = part.programme.key
    audit.record(part, by=by, action=action, channel=channel, scope=scope, before=before, after=after)
