"""The pages of an appraisal: figures, charts and files as different readers see them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import openpyxl
import plotly.graph_objects as go
import pytest
from django.test import Client

from governance.enums import DecisionState
from services.enums import CostType, LineKind, Position
from services.models import BusinessCaseLine, CaseStatement, Compensation
from tests.factories import BusinessCaseFactory, CaseOptionFactory, DecisionFactory, UserFactory, sign_in
from tests.pages import text_of
from tests.services.factories import amounts
from tests.services.golden_rows import Golden, golden, line, manager_of, officer_of
from tests.services.rows import reader_of

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]
OWN_AXIS = {"grid", "size"}
PAGES = ("appraisal", "sensitivity", "councils")


@pytest.fixture
def made() -> Golden:
    return golden()


@pytest.fixture
def manager(client: Client, made: Golden) -> Client:
    return sign_in(client, manager_of(made.programme))


def address(made: Golden, page: str) -> str:
    return f"/business-cases/{made.case.pk}/{page}/"


def specs_of(response: Any) -> dict[str, dict[str, Any]]:
    """The figure of each chart of a page, by its id."""
    found = re.findall(
        r'<script type="application/json" data-for="([^"]+)">(.*?)</script>',
        response.content.decode(),
        re.DOTALL,
    )
    return {name: json.loads(text) for name, text in found}


def check_figure(spec: dict[str, Any]) -> go.Figure:
    """What the drawing script hands to Plotly is a figure that Plotly knows; its own extras are taken off."""
    layout = dict(spec["layout"])
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {key: value for key, value in layout[axis].items() if key not in OWN_AXIS}
    layout["annotations"] = [
        {key: value for key, value in label.items() if key != "short"} for label in layout["annotations"]
    ]
    return go.Figure({"data": spec["data"], "layout": layout})


def test_page_prints_the_golden_figures(manager: Client, made: Golden) -> None:
    page = text_of(manager.get(address(made, "appraisal")))
    assert "Share the service pays back after 4 years 2 months" in page
    assert (
        "Net present value 318,189.37 363,439.62 −35,799.19 645,829.80 Benefit-cost ratio 2.02 2.15 0.93 [z]"
    ) in page
    assert "the councils’ sum differs by 2p from the joint net present value of £645,829.78." in page
    assert (
        "2027 to 2028 180,000.00 40,000.00 150,000.00 −10,000.00 −860,000.00 173,913.04 183,574.88 −9,661.84"
    ) in page
    assert "2027 to 2028 −1,662.69 2,198.35 −10,535.66 −10,000.00" in page
    assert "Total 385,290.36 436,035.51 18,674.13 840,000.00" in page
    assert "Return on investment over 5 years [z] 84.0%" in page


def test_charts_draw_the_numbers_of_the_tables(manager: Client, made: Golden) -> None:
    specs = specs_of(manager.get(address(made, "appraisal")))
    flow = check_figure(specs["chart-cash-flow"])
    assert list(flow.data[0].y) == [-850_000, -10_000, 380_000, 440_000, 440_000, 440_000]
    assert list(flow.data[1].y) == [0, -850_000, -860_000, -480_000, -40_000, 400_000, 840_000]
    councils = check_figure(specs["chart-councils"])
    assert list(councils.data[0].x) == [385_290.36, 436_035.51, 18_674.13]
    assert list(councils.data[1].x) == [318_189.37, 363_439.62, -35_799.19]
    assert [label.text for label in councils.layout.annotations][-1] == "Present value −£35,799.19"


def test_sensitivity_page_shows_scenarios_and_switching_values(client: Client) -> None:
    made = golden(has_own_exit=False)
    BusinessCaseLine.objects.filter(ref="MOVE").update(low_percent=90, high_percent=140)
    response = sign_in(client, manager_of(made.programme)).get(address(made, "sensitivity"))
    page = text_of(response)
    assert "Benefits may fall by 49.18% before net present value is £0" in page
    assert "Costs may rise by 96.79% before net present value is £0" in page
    assert "Costs with optimism bias and benefits 10% lower 591,525.72 −304,304.06" in page
    assert "P50" in page
    assert "Fewer posts and one system (SAVE); Licences (RUN)." in page
    specs = specs_of(response)
    assert list(check_figure(specs["chart-tornado"]).data[0].customdata)[:2] == [443_757.62, 531_557.91]
    runs = check_figure(specs["chart-distribution"]).data[0].y
    assert sum(runs) == 10_000
    assert text_of(client.get(address(made, "sensitivity"))) == page


def test_line_without_range_gives_no_distribution(manager: Client, made: Golden) -> None:
    response = manager.get(address(made, "sensitivity"))
    assert "No line has a lowest and a highest amount." in text_of(response)
    assert list(specs_of(response)) == ["chart-tornado"]


def test_statement_that_does_not_support_stands_first(manager: Client, made: Golden) -> None:
    CaseStatement.objects.create(
        business_case=made.case,
        council=made.councils[2],
        position=Position.DO_NOT_SUPPORT,
        text="Carrick pays more than it saves.",
        stated_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        stated_by=UserFactory(),
    )
    for name in PAGES:
        page = text_of(manager.get(address(made, name)))
        first = page.index("Carrick pays more than it saves.")
        assert first < page.index("Options ", page.index("Pages of") if "Pages of" in page else first)


def test_officer_of_another_council_sees_who_holds_a_draft_cost(client: Client, made: Golden) -> None:
    reader = sign_in(client, officer_of(made.councils[0]))
    hidden = ("35,799.19", "35799.19", "18,674.13", "18674.13", "645,829", "645829")
    for name in PAGES:
        response = reader.get(address(made, name))
        page = text_of(response)
        assert "Held by Carrick until the case is issued" in page
        assert [amount for amount in hidden if amount in response.content.decode()] == []
    assert "385,290.36" in text_of(reader.get(address(made, "appraisal")))
    for form in ("json", "csv", "xlsx"):
        content = file_text(reader.get(address(made, "appraisal") + f"appraisal.{form}").content, form)
        assert [amount for amount in hidden if amount in content] == []
        assert "Held by Carrick until the case is issued" in content or form == "xlsx"


def test_figure_about_few_people_is_on_no_page_and_in_no_file(manager: Client, made: Golden) -> None:
    few = line(made, "FEW", LineKind.ONE_OFF_COST, staff_count=3, cost_type=CostType.REDUNDANCY)
    amounts(few, [61_234_56], council=made.councils[0])
    hidden = ("61,234.56", "61234.56", "911,234.56", "911234.56", "324,055.80", "324055.80")
    for name in PAGES:
        response = manager.get(address(made, name))
        assert "It tells of fewer than 5 people" in text_of(response)
        assert [amount for amount in hidden if amount in response.content.decode()] == []
    for form in ("json", "csv", "xlsx"):
        content = manager.get(address(made, "appraisal") + f"appraisal.{form}").content
        assert [amount for amount in hidden if amount in file_text(content, form)] == []


def file_text(content: bytes, form: str) -> str:
    if form != "xlsx":
        return content.decode()
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )


def test_table_beside_a_chart_is_a_file_of_one_option(manager: Client, made: Golden) -> None:
    response = manager.get(address(made, "appraisal") + "years.csv?option=SHARE")
    assert response["Content-Disposition"] == 'attachment; filename="BC-1-v1-years-SHARE.csv"'
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert len(rows) == 24
    assert {row["Option"] for row in rows} == {"SHARE"}
    assert rows[1]["Net"] == "-10000.00"
    for name in ("measures", "scenarios", "positions", "distribution"):
        found = manager.get(address(made, "appraisal") + f"{name}.csv?option=SHARE")
        assert found["Content-Type"] == "text/csv; charset=utf-8"
        assert b"".join(found.streaming_content).startswith(b"Option,")


@pytest.mark.parametrize("name", ["appraisal.pdf", "lines.csv", "years.csv?option=NONE"])
def test_file_that_is_not_there(manager: Client, made: Golden, name: str) -> None:
    assert manager.get(address(made, "appraisal") + name).status_code == 404


def test_option_that_is_not_there(manager: Client, made: Golden) -> None:
    assert manager.get(address(made, "appraisal") + "?option=NONE").status_code == 404


def test_case_without_options_and_without_amounts_says_what_is_missing(manager: Client, made: Golden) -> None:
    bare = BusinessCaseFactory(programme=made.programme)
    for name in PAGES:
        assert "There " in text_of(manager.get(f"/business-cases/{bare.pk}/{name}/"))
    CaseOptionFactory(business_case=bare, ref="A", name="Outsource")
    for name in PAGES:
        page = text_of(manager.get(f"/business-cases/{bare.pk}/{name}/"))
        assert "Outsource cannot be appraised yet Outsource has no lines" in page


@pytest.mark.parametrize(("name", "queries"), [("appraisal", 13), ("sensitivity", 13), ("councils", 14)])
@pytest.mark.parametrize("copies", [0, 5])
def test_number_of_queries_is_fixed(
    manager: Client,
    made: Golden,
    django_assert_num_queries: AssertQueries,
    name: str,
    queries: int,
    copies: int,
) -> None:
    for number in range(copies):
        option = CaseOptionFactory(business_case=made.case, ref=f"O-{number}", name=f"Option {number}")
        amounts(line(made, f"L-{number}", LineKind.INCOME, option=option, pool=made.equally), [1_00])
    with django_assert_num_queries(queries):
        manager.get(address(made, name))


def test_compensation_page_proposes_and_records(manager: Client, made: Golden) -> None:
    page = text_of(manager.get(address(made, "councils")))
    assert "Cash No council is worse off. Net present value Carrick is worse off." in page
    assert "Ashmere 318,189.37 −16,711.32 301,478.05" in page
    assert "Brockvale 363,439.62 −19,087.87 344,351.75" in page
    assert "Carrick −35,799.19 +35,799.19 0.00" in page
    form = manager.get(address(made, "compensation")).context["form"]
    assert {name: value for name, value in form.initial.items() if name.startswith("pay-")} == {
        "pay-2026-ashmere": -16_711_32,
        "pay-2026-brockvale": -19_087_87,
        "pay-2026-carrick": 35_799_19,
    }
    answer = manager.post(address(made, "compensation"), SENT)
    assert (answer.status_code, answer["Location"]) == (302, address(made, "councils"))
    after = text_of(manager.get(address(made, "councils")))
    assert (
        "Which binds Not agreed yet. The compensation proposed is worked out on net present value."
    ) in after
    assert "Proposed, not agreed yet. No decision is named yet." in after
    assert (
        "Net present value Carrick is £35,799.19 worse off without compensation; no council is once the "
        "compensation recorded is paid."
    ) in after
    assert "Carrick 18,674.13 +35,799.19 54,473.32 Yes −35,799.19 +35,799.19 0.00 Yes" in after
    assert "2026 to 2027 −16,711.32 −19,087.87 +35,799.19 0.00" in after


SENT = {
    "beneficiary": "carrick",
    "basis": "npv",
    "pay-2026-ashmere": "-16,711.32",
    "pay-2026-brockvale": "−19,087.87",
    "pay-2026-carrick": "£35,799.19",
    "seen_version": "0",
}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"pay-2026-ashmere": "-16,711.31"},
            "Payments in (£35,799.18) and out (£35,799.19) must be equal",
        ),
        ({"pay-2026-ashmere": "12k"}, "Enter the amount in full using numbers, for example 1,200,000"),
        ({"beneficiary": ""}, "Choose who receives it"),
        ({"cap_pence": "100"}, "Payments of £35,799.19 are above the cap of £100.00"),
    ],
)
def test_refused_compensation_says_why_and_stores_nothing(
    manager: Client, made: Golden, changed: dict[str, str], message: str
) -> None:
    answer = manager.post(address(made, "compensation"), SENT | changed)
    assert answer.status_code == 422
    answer.status_code = 200
    page = text_of(answer)
    assert page.startswith("Error: Record compensation")
    assert message in page
    assert Compensation.objects.count() == 0


def test_payer_worse_off_than_without_the_partner_is_refused(manager: Client, made: Golden) -> None:
    option = CaseOptionFactory(
        business_case=made.case, ref="TWO", variant_of=made.share, without_council=made.councils[2]
    )
    own = line(made, "TWO-A", LineKind.CASHABLE_SAVING, option=option)
    amounts(own, [304_678_05], council=made.councils[0])
    answer = manager.post(address(made, "compensation"), SENT)
    assert answer.status_code == 422
    assert "Ashmere would be worse off than without the partnership by £3,200.00" in answer.content.decode()
    assert Compensation.objects.count() == 0
    assert "Test 2 is not passed in full" in text_of(manager.get(address(made, "councils")))


def test_compensation_is_changed_and_a_stale_change_refused(manager: Client, made: Golden) -> None:
    manager.post(address(made, "compensation"), SENT)
    stored = Compensation.objects.get()
    edit = f"/compensations/{stored.pk}/edit/"
    assert 'value="−16,711.32"' in manager.get(edit).content.decode()
    sent = SENT | {"seen_version": "1", "note": "As agreed"}
    assert manager.post(edit, sent).status_code == 302
    stale = manager.post(edit, sent | {"note": "Again"})
    assert stale.status_code == 409
    assert "Someone changed this at" in stale.content.decode()
    stored.refresh_from_db()
    assert (stored.note, stored.version) == ("As agreed", 2)


@pytest.mark.parametrize(
    ("state", "binds", "words", "can_withdraw"),
    [
        (
            DecisionState.TABLED,
            "Not agreed yet. The compensation proposed is worked out on net present value.",
            "Proposed, not agreed yet. Decision D-9 Compensate Carrick: on the agenda.",
            True,
        ),
        (
            DecisionState.EFFECTIVE,
            "Net present value: compensation is agreed on it.",
            "Agreed. Decision D-9 Compensate Carrick: in effect.",
            False,
        ),
    ],
)
def test_compensation_is_agreed_only_once_its_decision_is_in_effect(
    manager: Client, made: Golden, state: DecisionState, binds: str, words: str, can_withdraw: bool
) -> None:
    DecisionFactory(programme=made.programme, ref="D-9", title="Compensate Carrick", state=state)
    manager.post(address(made, "compensation"), SENT | {"decision_ref": "D-9"})
    page = text_of(manager.get(address(made, "councils")))
    assert f"Which binds {binds}" in page
    assert words in page
    assert ("Withdraw compensation for Carrick" in page) is can_withdraw
    answer = manager.post(f"/compensations/{Compensation.objects.get().pk}/withdraw/", {"seen_version": 1})
    assert answer.status_code == (302 if can_withdraw else 422)
    assert Compensation.objects.exists() is not can_withdraw
    if not can_withdraw:
        assert "Decision D-9 agreed this compensation, so it cannot be withdrawn." in answer.content.decode()


def test_compensation_of_a_case_that_lost_its_options_says_what_is_missing(
    manager: Client, made: Golden
) -> None:
    manager.post(address(made, "compensation"), SENT)
    made.case.lines.all().delete()
    made.case.options.all().delete()
    for page in (f"/compensations/{Compensation.objects.get().pk}/edit/", address(made, "compensation")):
        answer = manager.get(page, follow=True)
        assert answer.redirect_chain == [(address(made, "options"), 302)]
        assert "Add an option before you record compensation" in text_of(answer)


def test_reader_may_not_record_compensation(client: Client, made: Golden) -> None:
    reader = sign_in(client, reader_of(made.programme))
    assert reader.get(address(made, "compensation")).status_code == 403
    assert reader.post(address(made, "compensation"), SENT).status_code == 403
    assert "Record compensation" not in text_of(reader.get(address(made, "councils")))


def test_figure_about_few_people_hides_beside_another_in_every_total(manager: Client, made: Golden) -> None:
    few = line(
        made, "FEW", LineKind.ONE_OFF_COST, staff_count=3, cost_type=CostType.REDUNDANCY, pool=made.equally
    )
    amounts(few, [61_234_56])
    hidden = ("61,234.56", "61234.56", "20,411.52", "20411.52")
    shown = {"appraisal": "911,234.56", "sensitivity": "584,595.22", "councils": "364,878.84"}
    for name in PAGES:
        response = manager.get(address(made, name))
        assert figures_among(hidden, response.content.decode()) == []
        assert shown[name] in text_of(response)
    page = text_of(manager.get(address(made, "sensitivity")))
    assert "Costs with optimism bias [c] [c] [c] [c] [c]" in page
    for form in ("json", "csv", "xlsx"):
        content = file_text(manager.get(address(made, "appraisal") + f"appraisal.{form}").content, form)
        assert figures_among(hidden, content) == []


def figures_among(amounts_in_words: tuple[str, ...], text: str) -> list[str]:
    """Those that stand in a text as whole numbers, not as the end of a larger one."""
    return [one for one in amounts_in_words if re.search(rf"(?<![0-9,]){re.escape(one)}(?![0-9])", text)]
