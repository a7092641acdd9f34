"""A draft business case in the living programme of the demonstration, for the pages of drafting."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN
from programme.models import Programme
from services.actions.case_draft import CaseValues, create_case
from services.actions.case_lines import save_lines
from services.actions.case_option import OptionValues, add_option
from services.enums import CaseStage, LineKind
from services.models import BusinessCase
from services.queries.case_amounts import LineChange

REF = "BC-7"


def draft() -> dict[str, Any]:
    """What the address of the draft takes."""
    return {"pk": _case().pk}


def draft_option() -> dict[str, Any]:
    """What the address of its option takes."""
    case = _case()
    return {"pk": case.pk, "option_pk": case.options.get(ref="A").pk}


def draft_line() -> dict[str, Any]:
    """What the address of its line takes."""
    case = _case()
    return {"pk": case.pk, "line_pk": case.lines.get().pk}


def _case() -> BusinessCase:
    """The draft, made by the manager where it is not there yet."""
    programme = Programme.objects.get(key=KEY)
    found = BusinessCase.objects.filter(programme=programme, ref=REF).first()
    if found:
        return found
    manager = User.objects.get(email=PRIYA_RAMAN.email)
    values = CaseValues(title="Shared payroll", stage=CaseStage.OBC, base_fy=2026, horizon_years=5)
    case = create_case(programme, by=manager, ref=REF, values=values)
    add_option(case, by=manager, seen_version=1, values=OptionValues(ref="A", name="One payroll team"))
    case.refresh_from_db()
    details = {"title": "Fewer posts", "kind": LineKind.CASHABLE_SAVING, "option": case.options.get(ref="A")}
    amounts = {(None, 2027): 180_000_00, (None, 2028): 420_000_00}
    change = LineChange("L-1", details, amounts, is_new=True)
    return save_lines(case, by=manager, seen_version=case.version, changes=[change])
