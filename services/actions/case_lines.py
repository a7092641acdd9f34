"""Save lines of a draft business case: many at once, all or nothing, only what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions.publication import kept_of, record_withheld_at_once, withheld_at_once
from core.enums import Channel, PublicationClass
from core.errors import Refusal, Refusals
from core.publication import is_as_shown, sent_back
from programme.models import Council
from programme.publication_policies import refuse_withheld
from services.actions.case_version import audit_case, check_seen, save_case
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine
from services.policies import Powers, check_edit_case, check_edit_council, check_open, powers_of
from services.queries.case_amounts import JOINT, Cell, LineChange, StoredAmount, details_of, stored_amounts
from services.queries.case_partners import CasePartners, case_partners
from services.queries.few_people import lines_withheld
from services.rules.case_entry import Period, check_line_pence
from services.rules.case_line import clean_details, line_refusals

MOST_LINES = 5_000
# A council's officer may say why a warning about its own amounts does not apply.
_OF_AMOUNTS = frozenset({"override_reason"})
IN_OTHER_VERSION = "{ref} is a line of another version of this business case. Choose another reference"
_OF_FIGURES = frozenset({"staff_count", "annual_pence", "whole_life_pence"})


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change that has an effect, on its line as it is (or, where it is new, as it would be)."""

    change: LineChange
    line: BusinessCaseLine
    before: Mapping[Cell, StoredAmount]

    @property
    def label(self) -> str:
        """What the line is called now."""
        return self.line.ref if self.line.pk else self.change.ref

    def values(self) -> dict[str, Any]:
        """Every detail of the line as it would be."""
        return {**details_of(self.line), **self.change.details}

    def place(self, cell: Cell, partners: CasePartners) -> str:
        """The name of one amount in refusals and in the audit trail: L-1.carrick.2027."""
        council, fy = cell
        known = partners.by_id.get(council) if council is not None else None
        return f"{self.label}.{known.council.key if known else council or JOINT}.{fy}"


@transaction.atomic
def save_lines(
    case: BusinessCase,
    *,
    by: User,
    seen_version: int,
    changes: Sequence[LineChange],
    channel: str = Channel.PAGE,
) -> BusinessCase:
    """Save the changes and give the case its next version; without an effect nothing is written.

    Refuses with CaseChanged after another's edit (row 84), and with Refusals all that may not be stored
    (rows 5, 7, 16, 31, 50, 76, 77, 85), each under the name of its line and box. The manager changes all;
    a council's officers the amounts of their own council (INV-41). The number of queries does not depend on
    the number of changes beyond the batches that the database takes.
    """
    powers = powers_of(by, case.programme)
    check_open(case)
    check_seen(case, seen_version)
    columns = _withheld_columns(case, changes, by=by, certifies=powers.certifies)
    _check_hidden(powers, case, changes)
    edits = _effective(case, changes)
    if not edits:
        return case
    partners = case_partners(case.programme)
    _check_rights(powers, case, edits, partners)
    _check(case, edits, partners)
    before, after = _trail(edits, partners)
    saved = save_case(case, by=by)
    _write(case, edits, columns)
    audit_case(saved, action="save_lines", channel=channel, before=before, after=after)
    for edit in edits:
        if edit.change.is_new:
            record_withheld_at_once(edit.line, by=by, channel=channel, scope=case.programme.key)
    return saved


def check_lines(case: BusinessCase, *, by: User, changes: Sequence[LineChange]) -> int:
    """Refuse, as `save_lines` would, what may not be stored; saves nothing. The number of lines changed."""
    powers = powers_of(by, case.programme)
    check_open(case)
    _check_hidden(powers, case, changes)
    edits = _effective(case, changes)
    partners = case_partners(case.programme)
    _check_rights(powers, case, edits, partners)
    _check(case, edits, partners)
    return len(edits)


def _check_hidden(powers: Powers, case: BusinessCase, changes: Iterable[LineChange]) -> None:
    """Refuse (403) figures that the person may not see, even those that change nothing.

    Else the answer to a guess would tell whether it is right. Nothing is read for the manager.
    """
    if powers.is_manager:
        return
    _check_closed(powers, case, changes)
    few_people = {ref.casefold() for ref in lines_withheld(case)}
    held = {
        line.casefold()
        for line, council in case.lines.filter(amounts__council__isnull=False)
        .values_list("ref", "amounts__council")
        .distinct()
        if not powers.sees_draft_of(council)
    }
    for change in changes:
        ref = change.ref.strip().casefold()
        if ref in few_people | held and not _OF_FIGURES.isdisjoint(change.details):
            check_edit_case(powers, case)
        for council in {council for council, _ in change.amounts}:
            if council is None:
                if ref in few_people:
                    check_edit_case(powers, case)
            elif ref in few_people or not powers.sees_draft_of(council):
                check_edit_council(powers, Council.objects.get(pk=council))


def _check_closed(powers: Powers, case: BusinessCase, changes: Iterable[LineChange]) -> None:
    """Refuse (403) amounts and withheld texts of a line that the person may not open."""
    exempt = case.lines.exclude(publication_class=PublicationClass.OPEN).prefetch_related("amounts")
    closed = {
        line.ref.casefold(): line
        for line in exempt
        if not powers.opens_line_of({amount.council_id for amount in line.amounts.all()})
    }
    for change in changes:
        line = closed.get(change.ref.strip().casefold())
        if line is None:
            continue
        sent = {name: str(change.details[name]) for name in line.withheld_fields if name in change.details}
        if change.amounts or not all(is_as_shown(line, getattr(line, name), sent[name]) for name in sent):
            refuse_withheld()


def _withheld_columns(
    case: BusinessCase, changes: Sequence[LineChange], *, by: User, certifies: bool
) -> dict[str, dict[str, Any]]:
    """The columns of each new line that is withheld from its beginning, by its reference.

    A line is withheld in every version of its case, so its reference must be new in all.
    """
    asked = {one.ref.strip(): one.withholding for one in changes if one.is_new and one.withholding}
    if not asked:
        return {}
    others = BusinessCaseLine.objects.filter(business_case__programme=case.programme_id).exclude(
        business_case=case.pk
    )
    taken = set(others.filter(business_case__ref=case.ref, ref__in=asked).values_list("ref", flat=True))
    if taken:
        raise Refusals([Refusal(IN_OTHER_VERSION.format(ref=ref), f"{ref}.ref") for ref in sorted(taken)])
    return {ref: withheld_at_once(why, by=by, certifies=certifies) for ref, why in asked.items()}


def _effective(case: BusinessCase, changes: Sequence[LineChange]) -> list[_Edit]:
    """The changes without what is so already. Two queries."""
    lines = {line.ref.casefold(): line for line in case.lines.select_related("option", "pool")}
    amounts = stored_amounts(case)
    edits = []
    named: set[str] = set()
    for change in changes:
        key = change.ref.strip().casefold()
        if key in named:
            raise Refusal(f"{change.ref} is named twice. Keep one", f"{change.ref}.ref")
        named.add(key)
        line = lines.get(key)
        if line is None and not change.is_new:
            raise Refusal(f"There is no line {change.ref} in this business case", f"{change.ref}.ref")
        if line is not None and change.is_new:
            raise Refusal(f"{line.ref} is already the reference of a line", f"{change.ref}.ref")
        edit = _edit(case, change, line, amounts.get(line.pk, {}) if line else {})
        if edit is not None:
            edits.append(edit)
    return edits


def _edit(
    case: BusinessCase,
    change: LineChange,
    line: BusinessCaseLine | None,
    before: Mapping[Cell, StoredAmount],
) -> _Edit | None:
    shown = line or _begun(case, change)
    details = clean_details(_sent_back(shown, change))
    present = details_of(shown)
    if not change.is_new:
        details = {name: value for name, value in details.items() if present[name] != value}
    amounts = {
        cell: pence
        for cell, pence in change.amounts.items()
        if pence != (before[cell].pence if cell in before else None)
    }
    if not (details or amounts or change.is_new or change.is_removed):
        return None
    return _Edit(replace(change, details=details, amounts=amounts), shown, before)


def _begun(case: BusinessCase, change: LineChange) -> BusinessCaseLine:
    """The new line, of the class from which the trail knows what it may keep."""
    why = change.withholding
    kept = why.publication_class if why else PublicationClass.OPEN
    return BusinessCaseLine(business_case=case, ref=change.ref.strip(), publication_class=kept)


def _sent_back(line: BusinessCaseLine, change: LineChange) -> Mapping[str, Any]:
    """What is sent of a line; texts that were withheld and come back as they were shown stay as they are."""
    try:
        return sent_back(line, change.details)
    except Refusal as said:
        raise Refusal(said.message, f"{line.ref}.{said.field}", said.code) from said


def _check_rights(powers: Powers, case: BusinessCase, edits: Iterable[_Edit], partners: CasePartners) -> None:
    """Refuse (403) what the person may not change; the manager may change everything."""
    if powers.is_manager:
        return
    for edit in edits:
        change = edit.change
        councils = {council for council, _ in change.amounts}
        of_line = change.is_new or change.is_removed or None in councils or not councils
        if of_line or not change.details.keys() <= _OF_AMOUNTS:
            check_edit_case(powers, case)
    councils = {council for edit in edits for council, _ in edit.change.amounts}
    for known in partners.by_id.values():
        if known.council.pk in councils:
            check_edit_council(powers, known.council)


def _check(case: BusinessCase, edits: Sequence[_Edit], partners: CasePartners) -> None:
    refusals = [refusal for edit in edits for refusal in _refusals(case, edit, partners)]
    refusals += _reference_refusals(case, edits)
    if refusals:
        raise Refusals(refusals)


def _refusals(case: BusinessCase, edit: _Edit, partners: CasePartners) -> list[Refusal]:
    if edit.change.is_removed:
        return []
    values = edit.values()
    found = []
    if edit.change.details or edit.change.is_new:
        found = [
            Refusal(said.message, f"{edit.label}.{said.field}", said.code) for said in line_refusals(values)
        ]
        found += _foreign(case, edit)
    period = Period(case.base_fy, case.horizon_years)
    for cell, pence in edit.change.amounts.items():
        if pence is None:
            continue
        place = edit.place(cell, partners)
        try:
            period.check_year(cell[1], place)
            check_line_pence(pence, values["kind"], place)
            if cell[0] is not None:
                partners.check_year(cell[0], cell[1], reason=values["override_reason"], field=place)
        except Refusal as said:
            found.append(Refusal(said.message, place, said.code))
    return found


def _foreign(case: BusinessCase, edit: _Edit) -> list[Refusal]:
    """Refuse an option of another case and a pool of another programme."""
    found = []
    option, pool = edit.values()["option"], edit.values()["pool"]
    if option is None or option.business_case_id != case.pk:
        found.append(Refusal("Choose an option of this business case", f"{edit.label}.option"))
    if pool is not None and pool.programme_id != case.programme_id:
        found.append(Refusal("Choose a pool of this programme", f"{edit.label}.pool"))
    return found


def _reference_refusals(case: BusinessCase, edits: Sequence[_Edit]) -> list[Refusal]:
    """Refuse a reference that two lines would have, however it is capitalised, and too many lines."""
    named = [edit for edit in edits if edit.change.is_new or "ref" in edit.change.details]
    if not named:
        return []
    gone = {edit.line.pk for edit in edits if edit.change.is_removed or "ref" in edit.change.details}
    taken = {ref.casefold() for pk, ref in case.lines.values_list("pk", "ref") if pk not in gone}
    found = []
    for edit in named:
        ref = str(edit.values()["ref"])
        if ref.casefold() in taken:
            found.append(Refusal(f"{ref} is already the reference of a line", f"{edit.label}.ref"))
        taken.add(ref.casefold())
    if len(taken) > MOST_LINES:
        found.append(Refusal(f"A business case has at most {MOST_LINES:,} lines"))
    return found


def _write(case: BusinessCase, edits: Sequence[_Edit], columns: Mapping[str, Mapping[str, Any]]) -> None:
    for edit in edits:
        for name, value in columns.get(edit.change.ref.strip(), {}).items() if edit.change.is_new else ():
            setattr(edit.line, name, value)
    _write_lines(case, edits)
    outdated = [
        edit.before[cell].pk
        for edit in edits
        if not edit.change.is_removed
        for cell in edit.change.amounts
        if cell in edit.before
    ]
    if outdated:
        BusinessCaseAmount.objects.filter(pk__in=outdated).delete()
    BusinessCaseAmount.objects.bulk_create(
        BusinessCaseAmount(line=edit.line, council_id=council, fy=fy, amount_pence=pence)
        for edit in edits
        if not edit.change.is_removed
        for (council, fy), pence in edit.change.amounts.items()
        if pence is not None
    )


def _write_lines(case: BusinessCase, edits: Sequence[_Edit]) -> None:
    removed = [edit.line.pk for edit in edits if edit.change.is_removed]
    if removed:
        case.lines.filter(pk__in=removed).delete()
    for edit in edits:
        for name, value in edit.change.details.items():
            setattr(edit.line, name, value)
    new = [edit.line for edit in edits if edit.change.is_new]
    last = case.lines.aggregate(last=Max("order_index"))["last"] if new else None
    for index, line in enumerate(new, 0 if last is None else last + 1):
        line.order_index = index
    BusinessCaseLine.objects.bulk_create(new)
    kept = [edit for edit in edits if edit.change.details and not edit.change.is_new]
    columns = sorted({name for edit in kept for name in edit.change.details})
    if kept:
        BusinessCaseLine.objects.bulk_update([edit.line for edit in kept], columns)


def _trail(edits: Sequence[_Edit], partners: CasePartners) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was there and what is there, by line and box, as the audit trail holds it."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for edit in edits:
        if edit.change.is_removed:
            before[edit.label] = edit.line.title
            before |= {edit.place(cell, partners): stored.pence for cell, stored in edit.before.items()}
            continue
        for name, value in edit.change.details.items():
            if not edit.change.is_new:
                before[f"{edit.label}.{name}"] = _plain(details_of(edit.line)[name])
            after[f"{edit.label}.{name}"] = _plain(value)
        for cell, pence in edit.change.amounts.items():
            place = edit.place(cell, partners)
            before[place] = edit.before[cell].pence if cell in edit.before else None
            after[place] = pence
        if edit.change.is_new and edit.line.is_withheld:
            after |= _kept(edit, partners)
    return before, after


def _kept(edit: _Edit, partners: CasePartners) -> dict[str, Any]:
    """What the trail keeps of a line that is withheld from its beginning: no figure, no text."""
    details, line = edit.change.details, edit.line
    texts = {name: details[name] for name in line.withheld_fields if name in details}
    kept = {f"{edit.label}.{name}": value for name, value in kept_of(line, texts).items()}
    kept |= {f"{edit.label}.{name}": None for name in _OF_FIGURES & details.keys()}
    return kept | {edit.place(cell, partners): None for cell in edit.change.amounts}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int) or value is None else value.ref
