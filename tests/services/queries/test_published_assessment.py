"""The published self-assessment of eleven respondents, through the page's own query (F-34)."""

from __future__ import annotations

from core.rules.rounding import format_number
from programme.models import Council
from services.enums import QuestionSet
from services.models import AssessmentAnswer
from services.queries.review_assessment import assessment

# Ten policy areas in their order: how many of the eleven gave which score, and the mean as printed.
PUBLISHED: dict[str, tuple[dict[int, int], str]] = {
    "Workforce planning": ({2: 5, 3: 6}, "2.55"),
    "Recruitment": ({3: 6, 4: 5}, "3.45"),
    "Pay and benefits": ({2: 4, 3: 7}, "2.64"),
    "Other terms": ({2: 6, 3: 5}, "2.45"),
    "Senior training": ({3: 6, 4: 5}, "3.45"),
    "Other training": ({3: 9, 4: 2}, "3.18"),
    "Employee relations and communication": ({3: 7, 4: 4}, "3.36"),
    "Appraisal": ({3: 11}, "3.00"),
    "HR systems and payroll": ({3: 6, 4: 5}, "3.45"),
    "Contracts": ({3: 6, 4: 5}, "3.45"),
}


def test_ten_areas_of_hr_alignment_have_the_means_that_were_printed() -> None:
    council = Council(pk=1, key="ashmere", name="Ashmere", short_name="Ashmere")
    codes = [row.question.code for row in assessment(QuestionSet.HR_ALIGNMENT, [], [council]).rows]
    answers = [
        AssessmentAnswer(
            council=council,
            question_set=QuestionSet.HR_ALIGNMENT,
            question=code,
            score=score,
            responses=responses,
        )
        for code, (counts, _) in zip(codes, PUBLISHED.values(), strict=True)
        for score, responses in counts.items()
    ]
    found = assessment(QuestionSet.HR_ALIGNMENT, answers, [council])
    assert {row.question.name: format_number(row.result.mean, 2) for row in found.rows} == {  # type: ignore[arg-type]
        name: mean for name, (_, mean) in PUBLISHED.items()
    }
    assert {row.cells[0].responses for row in found.rows} == {11}
