from django.db import migrations

from core.append_only import frozen_columns, frozen_content, frozen_rows

MESSAGE = "An issued business case cannot be changed"
ISSUED = "EXISTS (SELECT 1 FROM services_businesscase AS c WHERE c.issued_at IS NOT NULL AND c.id = {case})"
OF_CASE = ISSUED.replace("{case}", "{row}.business_case_id")
OF_LINE = ISSUED.replace(
    "{case}", "(SELECT business_case_id FROM services_businesscaseline WHERE id = {row}.line_id)"
)
OF_CRITERION = ISSUED.replace(
    "{case}", "(SELECT business_case_id FROM services_criterion WHERE id = {row}.criterion_id)"
)
CONTENT = (
    "programme_id",
    "service_id",
    "ref",
    "number",
    "title",
    "summary",
    "stage",
    "base_fy",
    "horizon_years",
    "price_basis",
    "payback_origin",
    "discount_version",
    "deflator_version",
    "bias_version",
    "simulation_seed",
    "issued_at",
    "issued_by_id",
    "content_hash",
    "content_salt",
    "created_at",
    "created_by_id",
)

# All but the columns that say whether a line's figures are withheld: those are reviewed after the issue.
LINE = (
    "source_id",
    "qualifier",
    "business_case_id",
    "option_id",
    "ref",
    "title",
    "kind",
    "cost_type",
    "pool_id",
    "key_text",
    "price_basis",
    "price_base_fy",
    "confidence",
    "evidence",
    "assumptions",
    "low_percent",
    "high_percent",
    "bias_category",
    "bias_mitigation_percent",
    "bias_basis",
    "staff_count",
    "annual_pence",
    "term_years",
    "whole_life_pence",
    "override_reason",
    "order_index",
)


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]

    operations = [
        frozen_columns("services_businesscase", "{row}.issued_at IS NOT NULL", CONTENT, MESSAGE),
        frozen_rows("services_casesection", OF_CASE, MESSAGE),
        frozen_rows("services_caseoption", OF_CASE, MESSAGE),
        frozen_content("services_businesscaseline", OF_CASE, LINE, MESSAGE),
        frozen_rows("services_businesscaseamount", OF_LINE, MESSAGE),
        frozen_rows("services_criterion", OF_CASE, MESSAGE),
        frozen_rows("services_score", OF_CRITERION, MESSAGE),
        frozen_rows("services_casereview", OF_CASE, MESSAGE),
        frozen_rows("services_casestatement", OF_CASE, MESSAGE),
    ]
