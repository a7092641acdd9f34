"""Everything that the pages of an appraisal show, read once: for files, the API and the command."""

from __future__ import annotations

from dataclasses import dataclass

from services.models import BusinessCase
from services.policies import Powers
from services.queries.agreements import Agreement, agreements_of
from services.queries.appraisal import CaseAppraisal, OptionAppraisal, appraise_case
from services.queries.appraisal_sensitivity import OptionSensitivity, option_sensitivity
from services.queries.fairness import Fairness, option_fairness, stored_arrangements


@dataclass(frozen=True, slots=True)
class AppraisalReport:
    """An appraisal with the sensitivity of every option beside business as usual, and who is worse off."""

    appraisal: CaseAppraisal
    sensitivities: tuple[OptionSensitivity, ...]
    fairness: tuple[Fairness, ...]
    agreements: tuple[Agreement, ...]


def appraisal_report(
    case: BusinessCase, powers: Powers | None = None, *, has_range: bool = True
) -> AppraisalReport:
    """The whole report for a reader; None is one who sees all drafts. Thirteen queries at most."""
    appraisal = appraise_case(case, powers)
    others = [option for option in appraisal.options if not option.option.is_bau]
    arrangements = stored_arrangements(appraisal)
    fairness = tuple(option_fairness(appraisal, option, arrangements) for option in others)
    return AppraisalReport(
        appraisal,
        tuple(option_sensitivity(appraisal, option, has_range=has_range) for option in others),
        fairness,
        agreements_of(fairness[0]) if fairness else (),
    )


def option_report(appraisal: CaseAppraisal, option: OptionAppraisal, *, has_range: bool) -> AppraisalReport:
    """The same of one option alone; the simulation only where it is wanted. Four queries at most."""
    fairness = option_fairness(appraisal, option, stored_arrangements(appraisal))
    return AppraisalReport(
        appraisal,
        (option_sensitivity(appraisal, option, has_range=has_range),),
        (fairness,),
        agreements_of(fairness),
    )
