from django.db import migrations

from core.append_only import append_only, frozen_columns, frozen_rows

MESSAGE = "A submitted plan proposal cannot be changed"
SUBMITTED = (
    "EXISTS (SELECT 1 FROM benefits_planproposal AS p "
    "WHERE p.submitted_at IS NOT NULL AND p.id = {row}.proposal_id)"
)
CONTENT = (
    "programme_id",
    "number",
    "based_on_id",
    "reason_code",
    "narrative",
    "submitted_at",
    "submitted_by_id",
    "content_hash",
    "created_at",
    "created_by_id",
)


class Migration(migrations.Migration):
    dependencies = [("benefits", "0003_fund_entries_append_only")]

    operations = [
        frozen_columns("benefits_planproposal", "{row}.submitted_at IS NOT NULL", CONTENT, MESSAGE),
        frozen_rows("benefits_proposalamount", SUBMITTED, MESSAGE),
        frozen_rows("benefits_proposaldate", SUBMITTED, MESSAGE),
        append_only("benefits_planopinion", "An opinion on a plan is append-only"),
    ]
