"""The fields of a benefit profile by name, as files and lists of changes call them."""

from __future__ import annotations

from benefits.models.benefit import DOAM
from benefits.rules.gates import TESTS

TITLES: dict[str, str] = {
    "title": "Title",
    "title_reason": "Why the title starts another way",
    "description": "Description",
    "category": "Category",
    "benefit_class": "Class",
    "kind": "Kind",
    "is_disbenefit": "Dis-benefit",
    "service": "Service",
    "service_feature": "What brings it about",
    "activities": "Activities required",
    "potential_costs": "Potential costs",
    "dependencies": "What it depends on",
    "risks": "Risks",
    "owner": "Owner",
    "sro": "Senior responsible owner",
    "councils": "Councils",
    "shares": "Shares",
    "counted_in": "Counted in",
    "attribution_percent": "Attribution, %",
    "attribution_reason": "Why less than 100%",
    "counterfactual": "What would have happened anyway",
    "starts_on": "Starts on",
    "ends_on": "Ends on",
    "early_reason": "Why before its enabler",
    "recurrence": "How often it comes",
    "full_year_pence": "Worth of a full year",
    "confidence": "Confidence",
    "review_on": "Next review",
    "measure_name": "Measure",
    "measure_unit": "Unit",
    "direction": "Direction",
    "measure_source": "Where the values come from",
    "measure_method": "How they are counted",
    "frequency": "How often it is measured",
    "combining": "How values of a year come together",
    "starting_value": "Starting value",
    "starting_on": "Day of the starting value",
    "starting_reason": "Why no starting value",
    "target_value": "Target",
    "target_text": "Target in words",
    "no_target_reason": "Why no target",
    "percent_reason": "Why outside 0 to 100%",
}
for _test in DOAM:
    TITLES[f"has_{_test}"] = f"Meets the test of {TESTS[_test]}"
    TITLES[f"doam_{_test}"] = f"How it meets the test of {TESTS[_test]}"
