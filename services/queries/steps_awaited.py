"""Which versions of business cases wait for one person to agree them, send them on or issue them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Refusal
from programme.queries.partners import partners_of
from services.enums import CaseState, CaseStep
from services.models import BusinessCase
from services.policies import Powers, can_take_step
from services.queries.case_story import facts_by_case
from services.rules.case_states import CaseFacts, check_other_person, progress_of

_OF_ONE_PERSON = (CaseStep.AGREE, CaseStep.ISSUE)


@dataclass(frozen=True, slots=True)
class StepAwaited:
    """A version in review, and the step that nothing stops any more."""

    case: BusinessCase
    step: CaseStep


def steps_awaited(powers: Mapping[int, Powers]) -> list[StepAwaited]:
    """The steps that a person can take now with versions in review, in the order of programmes and versions.

    `powers` are the person's, by programme. Nobody agrees or issues what they wrote, or issues what they
    agreed (row 35). Seven queries, however many programmes; none for who takes no step.
    """
    reviewing = [key for key, own in powers.items() if own.is_manager or own.is_sro or own.has_review_role]
    if not reviewing:
        return []
    in_review = (CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW)
    rows = BusinessCase.objects.filter(programme__in=reviewing, state__in=in_review)
    cases = list(rows.select_related("programme").order_by("programme", "ref", "number"))
    if not cases:
        return []
    partners = partners_of({case.programme.partnership_id for case in cases})
    facts = facts_by_case(cases, {one.programme_id: partners[one.programme.partnership_id] for one in cases})
    found = [(case, _step(case, facts[case.pk], powers[case.programme_id])) for case in cases]
    return [StepAwaited(case, step) for case, step in found if step is not None]


def _step(case: BusinessCase, facts: CaseFacts, powers: Powers) -> CaseStep | None:
    progress = progress_of(facts)
    step = progress.step
    if step is None or progress.stops or not can_take_step(powers, case, step):
        return None
    if step in _OF_ONE_PERSON and not _is_other_person(step, facts, powers.user_id):
        return None
    return step


def _is_other_person(step: CaseStep, facts: CaseFacts, person_id: int) -> bool:
    try:
        check_other_person(step, facts, person_id)
    except Refusal:
        return False
    return True
