"""The savings entry rule on its page and in the API: the worked case 4.4 (F-24) and scenario 14."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from core.clock import london_date
from core.models import AuditEvent
from core.rules.calendar import format_date
from programme.enums import FactKind
from programme.models import Fact
from services.actions.quality import judge_quality
from services.enums import LineKind, ServiceStatus
from services.models import BusinessCase, Service
from tests.factories import (
    BusinessCaseFactory,
    BusinessCaseLineFactory,
    CaseOptionFactory,
    CouncilFactory,
    PartnershipFactory,
    ProgrammeFactory,
    ServiceCostFactory,
    ServiceCouncilFactory,
    ServiceFactory,
    sign_in,
)
from tests.html_tables import table_of
from tests.pages import text_of
from tests.services.factories import CostPoolFactory, amounts, key_of
from tests.services.golden_rows import manager_of, officer_of

pytestmark = pytest.mark.django_db

BUDGETS = {"Canterbury": 8_000_000_00, "Dover": 5_500_000_00, "Thanet": 7_100_000_00}


@pytest.fixture
def case() -> BusinessCase:
    """Three councils share a service on 1 April 2011; it is to save £1.9 million in its second year."""
    councils = [CouncilFactory(key=name.lower(), short_name=name) for name in BUDGETS]
    programme = ProgrammeFactory(key="ek", partnership=PartnershipFactory(councils=councils))
    service = ServiceFactory(programme=programme, status=ServiceStatus.PLANNED, planned=date(2011, 4, 1))
    for council, pence in zip(councils, BUDGETS.values(), strict=True):
        provision = ServiceCouncilFactory(service=service, council=council)
        ServiceCostFactory(provision=provision, fy=2010, amount_pence=pence)
    pool = CostPoolFactory(programme=programme)
    key_of(pool, dict.fromkeys(councils, 1), from_on=date(2000, 4, 1))
    case = BusinessCaseFactory(
        programme=programme, ref="EK-1", service=service, base_fy=2010, horizon_years=4
    )
    CaseOptionFactory(business_case=case, ref="BAU", is_bau=True, kind="business_as_usual")
    option = CaseOptionFactory(business_case=case, ref="SHARE", name="Share", order_index=1)
    for ref, kind, pence in (
        ("SAVE", LineKind.CASHABLE_SAVING, (0, 500_000_00, 2_100_000_00, 2_400_000_00, 2_400_000_00)),
        ("RUN", LineKind.RECURRING_COST, (0, *(200_000_00,) * 4)),
        ("TIME", LineKind.NON_CASHABLE, (0, *(900_000_00,) * 4)),
        ("MOVE", LineKind.ONE_OFF_COST, (700_000_00, 0, 50_000_00, 0, 0)),
    ):
        line = BusinessCaseLineFactory(business_case=case, option=option, ref=ref, kind=kind, pool=pool)
        amounts(line, pence, first_fy=2010)
    return case


@pytest.fixture
def manager(client: Client, case: BusinessCase) -> Client:
    return sign_in(client, manager_of(case.programme))


def saves(case: BusinessCase, pence: int) -> None:
    """Let the second year save so much, before £200,000 of running costs."""
    case.lines.get(ref="SAVE").amounts.filter(fy=2012).update(amount_pence=pence + 200_000_00)


def page(client: Client, case: BusinessCase, query: str = "?quality=high") -> Any:
    return client.get(f"/business-cases/{case.pk}/entry-rule/{query}")


def answer(client: Client, case: BusinessCase, query: str = "?quality=high") -> dict[str, Any]:
    """What the API says of the option to share."""
    (row,) = client.get(f"/api/v1/business-cases/{case.pk}/entry-rule/{query}").json()
    return dict(row)


def test_nine_per_cent_falls_short_by_160_000_pounds(manager: Client, case: BusinessCase) -> None:
    text = text_of(page(manager, case))
    assert "Share: it does not pass" in text
    assert "9.22% saved of 10.00% needed, £160,000.00 short." in text
    assert "Year of operation 2 1 April 2012 to 31 March 2013" in text.replace("\xa0", " ")
    assert "Saving of that year £1,900,000.00 Saving needed £2,060,000.00" in text
    assert table_of(page(manager, case), "table-budgets") == {
        "Council": ["2010 to 2011"],
        "Canterbury": ["8,000,000.00"],
        "Dover": ["5,500,000.00"],
        "Thanet": ["7,100,000.00"],
    }
    assert answer(manager, case) == {
        "option": "SHARE",
        "percent_asked": "10",
        "year_of_operation": 2,
        "first_on": "2012-04-01",
        "last_on": "2013-03-31",
        "saving": "1900000.00",
        "needed": "2060000.00",
        "shortfall": "160000.00",
        "percent_reached": "9.22",
        "is_passed": False,
        "reason": "9.22% saved of 10.00% needed, £160,000.00 short",
        "budget_fy": 2010,
        "budgets": [
            {"council": "canterbury", "amount": "8000000.00"},
            {"council": "dover", "amount": "5500000.00"},
            {"council": "thanet", "amount": "7100000.00"},
        ],
    }


@pytest.mark.parametrize(
    ("pence", "quality", "words", "is_passed"),
    [
        (2_060_000_00, "high", "10.00% saved of 10.00% needed", True),
        (2_060_000_00, "medium", "10.00% saved of 10.00% needed. Quality is not certain", False),
        (2_059_999_99, "high", "10.00% saved of 10.00% needed, £0.01 short", False),
        (2_060_000_00, "", "Certainty of quality is not stated", None),
    ],
)
def test_exactly_ten_per_cent_passes_where_quality_is_certain(
    manager: Client, case: BusinessCase, pence: int, quality: str, words: str, is_passed: bool | None
) -> None:
    saves(case, pence)
    found = answer(manager, case, f"?quality={quality}")
    assert (found["reason"], found["is_passed"]) == (words, is_passed)
    heading = {True: "it passes", False: "it does not pass", None: "not assessable"}[is_passed]
    assert f"Share: {heading} {words}." in text_of(page(manager, case, f"?quality={quality}"))


def test_year_of_operation_is_no_financial_year(manager: Client, case: BusinessCase) -> None:
    service = Service.objects.get()
    service.planned_first_on = service.planned_last_on = date(2011, 10, 1)
    service.save()
    found = answer(manager, case)
    assert (found["first_on"], found["last_on"]) == ("2012-10-01", "2013-09-30")
    assert found["saving"] == "2050000.00"


def test_terms_are_those_of_the_programme_or_asked_for(manager: Client, case: BusinessCase) -> None:
    Fact.objects.create(
        programme=case.programme,
        kind=FactKind.CRITERION,
        ref="c-1",
        text="Budget down by 9 per cent",
        details={"measure": "reduction_pct", "threshold": 9},
    )
    assert (answer(manager, case)["percent_asked"], answer(manager, case)["is_passed"]) == ("9", True)
    later = answer(manager, case, "?quality=high&percent=10.5&year=3")
    assert (later["percent_asked"], later["first_on"], later["saving"], later["is_passed"]) == (
        "10.5",
        "2013-04-01",
        "2200000.00",
        True,
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?percent=101", "Percentage must be between 0 and 100, with no more than 2 decimal places"),
        ("?percent=x", "Percentage must be between 0 and 100, with no more than 2 decimal places"),
        ("?year=0", "Year of operation must be a whole number from 1 to 10"),
        ("?quality=sure", "Choose how certain it is that quality is kept"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    manager: Client, case: BusinessCase, query: str, message: str
) -> None:
    shown = page(manager, case, query)
    assert (shown.status_code, f">{message}<" in shown.content.decode()) == (422, True)
    refused = manager.get(f"/api/v1/business-cases/{case.pk}/entry-rule/{query}")
    assert refused.status_code == 400
    assert [error["message"] for error in refused.json()["errors"]] == [message]


def test_what_is_missing_is_named(manager: Client, case: BusinessCase) -> None:
    case.service.provisions.get(council__key="dover").costs.all().delete()
    assert answer(manager, case)["reason"] == "Starting budget is not stated for Dover"
    assert "Dover [x]" in text_of(page(manager, case))
    assert answer(manager, case, "?quality=high&year=5")["reason"] == (
        "The appraisal period does not hold 2015 to 2016"
    )
    case.service = None
    case.save()
    words = "The case is for no single service with a planned day of go-live"
    assert answer(manager, case)["reason"] == words
    assert words in text_of(page(manager, case))


def test_saving_with_a_draft_cost_of_another_council_is_withheld(client: Client, case: BusinessCase) -> None:
    own = BusinessCaseLineFactory(
        business_case=case, option=case.options.get(ref="SHARE"), ref="OWN", kind=LineKind.RECURRING_COST
    )
    council = case.programme.partnership.councils.get(key="thanet")
    amounts(own, (0, 0, 12_345_00), council=council, first_fy=2010)
    reader = sign_in(client, officer_of(case.programme.partnership.councils.get(key="dover")))
    found = answer(reader, case)
    reason = "Held by Thanet until the case is issued"
    assert (found["saving"], found["is_passed"], found["reason"]) == (None, None, reason)
    text = text_of(page(reader, case))
    assert reason in text
    assert "1,887,655.00" not in text


def test_saving_beside_a_line_about_few_people_is_withheld(manager: Client, case: BusinessCase) -> None:
    case.lines.filter(ref="TIME").update(staff_count=3)
    found = answer(manager, case)
    assert (found["saving"], found["is_passed"]) == (None, None)
    assert found["reason"].startswith("It tells of fewer than 5 people")
    assert "1,900,000.00" not in text_of(page(manager, case))


@pytest.mark.parametrize("options", [1, 3])
def test_page_and_api_take_one_number_of_queries(
    manager: Client, case: BusinessCase, options: int, django_assert_num_queries: Any
) -> None:
    for number in range(options - 1):
        CaseOptionFactory(business_case=case, ref=f"O-{number}", order_index=number + 2)
    with django_assert_num_queries(17):
        page(manager, case)
    with django_assert_num_queries(16):
        manager.get(f"/api/v1/business-cases/{case.pk}/entry-rule/")


def test_judgement_of_quality_is_kept_with_who_when_and_why_and_counts(
    manager: Client, case: BusinessCase
) -> None:
    saves(case, 2_060_000_00)
    form = f"/business-cases/{case.pk}/quality/"
    for certainty, reason in (("low", "The case study is thin"), ("high", "Three audits agree")):
        assert manager.post(form, {"certainty": certainty, "reason": reason}).status_code == 302
    text = text_of(page(manager, case, ""))
    assert "Share: it passes 10.00% saved of 10.00% needed." in text
    first, last = case.quality_judgements.order_by("pk")
    day = format_date(london_date(last.entered_at))
    assert f"High {last.entered_by.name}, {day} Three audits agree" in text.replace("\xa0", " ")
    assert f"Before: low {first.entered_by.name}, {day} The case study is thin" in text.replace("\xa0", " ")
    rows = manager.get(f"/api/v1/business-cases/{case.pk}/quality/").json()
    assert [(row["certainty"], row["reason"], row["judged_by"]) for row in rows] == [
        ("high", "Three audits agree", last.entered_by.name),
        ("low", "The case study is thin", first.entered_by.name),
    ]
    assert answer(manager, case, "")["is_passed"] is True
    assert answer(manager, case, "?quality=medium")["is_passed"] is False
    events = AuditEvent.objects.filter(action="judge_quality").order_by("pk")
    assert [event.after for event in events] == [
        {"certainty": "low", "reason": "The case study is thin"},
        {"certainty": "high", "reason": "Three audits agree"},
    ]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"certainty": "high", "reason": "Because"}, "Say why, in at least 10 characters"),
        ({"certainty": "", "reason": "Three audits agree"}, "Choose how certain it is that quality is kept"),
    ],
)
def test_judgement_without_reason_or_word_is_refused(
    manager: Client, case: BusinessCase, sent: dict[str, str], message: str
) -> None:
    refused = manager.post(f"/business-cases/{case.pk}/quality/", sent)
    assert (refused.status_code, message in refused.content.decode()) == (422, True)
    by_api = manager.post(f"/api/v1/business-cases/{case.pk}/quality/", sent, "application/json")
    assert by_api.status_code == 400
    assert case.quality_judgements.count() == 0


def test_judgement_can_neither_be_changed_nor_made_by_an_officer(client: Client, case: BusinessCase) -> None:
    officer = officer_of(case.programme.partnership.councils.get(key="dover"))
    sent = {"certainty": "high", "reason": "Three audits agree"}
    assert sign_in(client, officer).post(f"/business-cases/{case.pk}/quality/", sent).status_code == 403
    manager = manager_of(case.programme)
    judged = judge_quality(case, by=manager, certainty="high", reason="Three audits agree")
    judged.certainty = "low"
    with pytest.raises(IntegrityError), transaction.atomic():
        judged.save()
