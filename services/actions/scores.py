"""Set the criteria of a business case, and score its options (F-28)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.actions.versions import write_next
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.text import check_text, stale_edit
from services.actions.case_version import audit_case, check_seen, save_case
from services.models import BusinessCase, CaseOption, Criterion, Score
from services.policies import check_edit_case, check_open, check_score, powers_of
from services.rules.mca import check_mca_score, check_mca_weights

NAME_LIMIT = 120
MOST_CRITERIA = 20
_HIGHEST_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class GivenCriterion:
    """A criterion as it is to be; `ref` is empty for a new one. A weight of None could not be read."""

    name: str
    weight_percent: int | None
    description: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class GivenScore:
    """A person's score of an option on a criterion, by references; without score and reason it is taken back.

    `seen_version` is that of the score it replaces, 0 for none and None for whatever is there.
    """

    criterion: str
    option: str
    score: int | None
    reason: str
    seen_version: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a score nor a reason."""
        return self.score is None and not self.reason.strip()


@transaction.atomic
def save_criteria(
    case: BusinessCase,
    *,
    by: User,
    seen_version: int,
    criteria: Sequence[GivenCriterion],
    channel: str = Channel.PAGE,
) -> BusinessCase:
    """The case with exactly these criteria, in this order; one left out goes with its scores.

    Refuses weights that do not add up to 100 (row 24), names that are missing or used twice, CaseChanged
    after another's edit (row 84). Each refusal names its criterion by place: name-0, weight-0.
    """
    check_edit_case(powers_of(by, case.programme), case)
    check_seen(case, seen_version)
    existing = {one.ref: one for one in case.criteria.all()}
    wanted = _checked_criteria(criteria, existing)
    before, after = _plain(existing.values()), _plain(wanted)
    if before == after:
        return case
    saved = save_case(case, by=by)
    case.criteria.exclude(ref__in=[one.ref for one in wanted]).delete()
    for order, one in enumerate(wanted):
        _store(case, existing.get(one.ref), one, order, by)
    audit_case(
        saved,
        action="save_criteria",
        channel=channel,
        before={"criteria": before},
        after={"criteria": after},
    )
    return saved


@transaction.atomic
def save_scores(
    case: BusinessCase, *, by: User, scores: Sequence[GivenScore], channel: str = Channel.PAGE
) -> int:
    """Store a person's own scores of a draft; the number that changed.

    Refuses a score outside 0 to 100 or without a reason (row 25), and a score that the person has changed
    elsewhere since (row 84). Each refusal names its score by references: score.C-1.SHARE, reason.C-1.SHARE.
    """
    check_score(powers_of(by, case.programme), case)
    check_open(BusinessCase.objects.select_for_update().get(pk=case.pk))
    criteria = {one.ref: one for one in case.criteria.all()}
    options = {one.ref: one for one in case.options.filter(variant_of=None)}
    own = {
        (one.criterion.ref, one.option.ref): one
        for one in Score.objects.filter(criterion__in=criteria.values(), scored_by=by).select_related(
            "criterion", "option"
        )
    }
    _check_scores(scores, criteria, options, own)
    changed = [given for given in scores if _differs(given, own.get((given.criterion, given.option)))]
    for given in changed:
        stored = own.get((given.criterion, given.option))
        _store_score(given, stored, criteria[given.criterion], options[given.option], by)
    if changed:
        _audit_scores(case, changed, own, by, channel)
    return len(changed)


def _checked_criteria(
    criteria: Sequence[GivenCriterion], existing: Mapping[str, Criterion]
) -> list[GivenCriterion]:
    """The criteria with clean texts and references; refuses all that is wrong at once."""
    refusals: list[Refusal] = []
    names: set[str] = set()
    clean = []
    taken = set(existing)
    for place, given in enumerate(criteria):
        try:
            name = check_text(given.name, "Criterion", NAME_LIMIT)
            description = check_text(given.description, "Description")
        except Refusal as said:
            refusals.append(Refusal(said.message, f"name-{place}", said.code))
            continue
        refusals += _criterion_refusals(place, given, name, names, existing)
        names.add(name.casefold())
        ref = given.ref or _next_ref(taken)
        taken.add(ref)
        clean.append(GivenCriterion(name, given.weight_percent, description, ref))
    if len(criteria) > MOST_CRITERIA:
        refusals.append(Refusal(f"Keep to {MOST_CRITERIA} criteria or fewer"))
    if refusals:
        raise Refusals(refusals)
    if not clean:
        raise Refusal("Add at least one criterion", field="name-0")
    check_mca_weights([one.weight_percent or 0 for one in clean])
    return clean


def _criterion_refusals(
    place: int, given: GivenCriterion, name: str, names: set[str], existing: Mapping[str, Criterion]
) -> list[Refusal]:
    refusals = []
    if not name:
        refusals.append(Refusal("Enter the name of the criterion", f"name-{place}"))
    elif name.casefold() in names:
        refusals.append(Refusal(f"{name} is already a criterion. Use another name", f"name-{place}"))
    if given.weight_percent is None or not 0 <= given.weight_percent <= _HIGHEST_WEIGHT:
        refusals.append(Refusal("Weight must be a whole number from 0 to 100", f"weight-{place}"))
    if given.ref and given.ref not in existing:
        refusals.append(Refusal(f"There is no criterion {given.ref} in this business case", f"name-{place}"))
    return refusals


def _next_ref(taken: set[str]) -> str:
    number = len(taken) + 1
    while f"C-{number}" in taken:
        number += 1
    return f"C-{number}"


def _store(case: BusinessCase, row: Criterion | None, wanted: GivenCriterion, order: int, by: User) -> None:
    values = {
        "name": wanted.name,
        "weight_percent": wanted.weight_percent,
        "description": wanted.description,
        "order_index": order,
        "updated_at": now(),
        "updated_by": by,
    }
    if row is None:
        Criterion.objects.create(business_case=case, ref=wanted.ref, created_by=by, **values)
        return
    Criterion.objects.filter(pk=row.pk).update(**values, version=row.version + 1)


def _plain(criteria: Iterable[Criterion | GivenCriterion]) -> list[list[Any]]:
    return [[one.ref, one.name, one.weight_percent, one.description] for one in criteria]


def _check_scores(
    scores: Sequence[GivenScore],
    criteria: Mapping[str, Criterion],
    options: Mapping[str, CaseOption],
    own: Mapping[tuple[str, str], Score],
) -> None:
    refusals: list[Refusal] = []
    for given in scores:
        place = f"{given.criterion}.{given.option}"
        if given.criterion not in criteria:
            refusals.append(Refusal(f"There is no criterion {given.criterion} in this business case", place))
            continue
        if given.option not in options:
            refusals.append(Refusal(f"There is no option {given.option} to score", place))
            continue
        stored = own.get((given.criterion, given.option))
        if given.seen_version is not None and given.seen_version != (stored.version if stored else 0):
            raise stale_edit(stored.updated_at if stored else now())
        if not given.is_empty:
            refusals += _score_refusals(given, place)
    if refusals:
        raise Refusals(refusals)


def _score_refusals(given: GivenScore, place: str) -> list[Refusal]:
    try:
        check_mca_score(given.score, given.reason)
        check_text(given.reason, "Reason")
    except Refusal as said:
        return [Refusal(said.message, f"{said.field or 'reason'}.{place}", said.code)]
    return []


def _differs(given: GivenScore, stored: Score | None) -> bool:
    if stored is None:
        return not given.is_empty
    return (given.score, given.reason.strip()) != (stored.score, stored.reason)


def _store_score(
    given: GivenScore, stored: Score | None, criterion: Criterion, option: CaseOption, by: User
) -> None:
    if given.score is None:
        if stored is not None:
            stored.delete()
        return
    values = {"score": given.score, "reason": check_text(given.reason, "Reason")}
    if stored is not None:
        write_next(stored, values, by=by, seen_version=stored.version)
        return
    Score.objects.create(
        criterion=criterion, option=option, scored_by=by, created_by=by, updated_by=by, **values
    )


def _audit_scores(
    case: BusinessCase,
    changed: Sequence[GivenScore],
    own: Mapping[tuple[str, str], Score],
    by: User,
    channel: str,
) -> None:
    stored = {cell: [score.score, score.reason] for cell, score in own.items()}
    record(
        case,
        by=by,
        action="save_scores",
        channel=channel,
        scope=case.programme.key,
        before={
            f"{given.criterion}.{given.option}": stored.get((given.criterion, given.option))
            for given in changed
        },
        after={
            f"{given.criterion}.{given.option}": None
            if given.is_empty
            else [given.score, given.reason.strip()]
            for given in changed
        },
    )
