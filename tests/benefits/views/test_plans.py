"""Plans and re-baselines through the pages and the API."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.enums import ProposalState
from benefits.models import PlanOpinion, PlanProposal
from programme.models import PlanVersion
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
WHY = "The councils agreed to start one saving a year later than first planned."


@pytest.fixture
def version(scene):
    """Brockvale saves £400.00 a month from July, then £774,000.00 a year; the team costs £50,000.00."""
    milestone = factories.MilestoneFactory(programme=scene.programme, ref="GO", title="Go live")
    return factories.plan_version(
        scene.programme,
        1,
        amounts=[
            (scene.saving, scene.brockvale, 2026, 4, 40_000),
            (scene.saving, scene.brockvale, 2027, None, 77_400_000),
            (scene.cost, scene.brockvale, 2026, None, 5_000_000),
        ],
        dates=[(milestone, date(2027, 10, 1))],
    )


def started(scene):
    browser = page_of(scene.manager)
    browser.post("/programmes/abc/plans/new/", {"reason_code": "approved_delay", "narrative": WHY})
    return browser, PlanProposal.objects.get()


def boxes(scene, proposal, **changed):
    """The grid of Brockvale as it is sent, with some boxes changed."""
    page = page_of(scene.manager).get(f"/plan-proposals/{proposal.pk}/amounts/?council=brockvale")
    sent = {box.name: box.value for box in page.context["form"].all_boxes()}
    return sent | {"seen_version": str(proposal.version)} | changed


def csv_rows(response):
    return list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))


def test_rebaseline_through_the_pages_keeps_months_and_shows_before_and_after(scene, version):
    browser, proposal = started(scene)
    at = f"/plan-proposals/{proposal.pk}/"
    changed = boxes(scene, proposal, **{f"a-{scene.saving.pk}-2027": "750,000"})
    answer = browser.post(f"{at}amounts/?council=brockvale", changed)
    assert (answer.status_code, answer.url) == (302, f"{at}amounts/?council=brockvale")
    rows = proposal.amounts.order_by("line", "fy").values_list("line__ref", "fy", "period", "amount_pence")
    assert list(rows) == [
        ("ICT", 2026, 4, 40_000),
        ("ICT", 2027, None, 75_000_000),
        ("TEAM", 2026, None, 5_000_000),
    ]
    milestone = scene.programme.milestones.get()
    browser.post(f"{at}dates/", {"seen_version": "2", f"d-{milestone.pk}": "1 11 2027"})
    shown = browser.get(at)
    changes = shown.context["changes"]
    assert [
        (one.original_pence, one.before_pence, one.after_pence, one.words) for one in changes.changes
    ] == [(77_400_000, 77_400_000, 75_000_000, "Saves £24,000.00 less")]
    assert [row.words for row in changes.moved] == ["31 days later"]
    assert [(one.before.net_pence, one.after.net_pence) for one in changes.worth] == [
        (72_440_000, 70_040_000),
        (72_440_000, 70_040_000),
    ]
    assert "£24,000.00 less net benefit" in text_of(shown)
    browser.post(f"{at}submit/", {"seen_version": "3"})
    assert PlanProposal.objects.get().state == ProposalState.SUBMITTED
    signed = page_of(scene.s151)
    signed.post(
        f"{at}opinions/new/", {"council": scene.brockvale.pk, "is_in": "out", "reason": "Too low for us"}
    )
    assert list(PlanOpinion.objects.values_list("council", "is_in", "reason")) == [
        (scene.brockvale.pk, False, "Too low for us")
    ]
    assert "Brockvale Out T Grant" in text_of(browser.get(at))


def test_same_through_the_api(scene, version):
    api = api_of(scene.manager)
    made = api.post(
        "/api/v1/plan-proposals/",
        {"programme": "abc", "reason_code": "approved_delay", "narrative": WHY},
        format="json",
    )
    assert (made.status_code, made.json()["number"], made.json()["amounts_changed"]) == (201, 2, [])
    at = f"/api/v1/plan-proposals/{made.json()['id']}/"
    amounts = api.get(f"{at}amounts/").json()
    assert amounts[0] == {
        "line": "ICT",
        "council": "brockvale",
        "fy": 2026,
        "period": 4,
        "amount": "400.00",
    }
    amounts[1]["amount"] = "750000.00"
    saved = api.put(f"{at}amounts/", {"version": 1, "amounts": amounts}, format="json")
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert saved.json()["amounts_changed"] == [
        {
            "line": "ICT",
            "council": "brockvale",
            "fy": 2027,
            "original": "774000.00",
            "before": "774000.00",
            "after": "750000.00",
            "difference": "Saves £24,000.00 less",
        }
    ]
    dates = {"version": 2, "dates": [{"milestone": "GO", "date": "2027-11-01"}]}
    assert api.put(f"{at}dates/", dates, format="json").json()["dates_changed"] == [
        {
            "milestone": "GO",
            "original": "1 October 2027",
            "before": "1 October 2027",
            "after": "1 November 2027",
            "difference": "31 days later",
        }
    ]
    assert api.put(f"{at}amounts/", {"version": 1, "amounts": []}, format="json").status_code == 409
    sent = api.post(f"{at}submit/", {"version": 3}, format="json").json()
    assert (sent["state"], sent["waits_for"]) == (
        "submitted",
        "This plan takes effect when a decision of every council does. No decision is linked to it yet.",
    )
    answer = {"council": "brockvale", "is_in": True}
    assert api_of(scene.s151).post(f"{at}opinions/", answer, format="json").json()["opinions"] == [
        {"council": "brockvale", "is_affected": True, "is_in": True, "reason": "", "entered_by": "T Grant"}
    ]
    ended = api.post(f"{at}withdraw/", {"version": 4, "reason": "No longer needed"}, format="json").json()
    assert (ended["state"], ended["waits_for"]) == ("withdrawn", "No longer needed.")


def test_worth_and_the_way_to_a_decision_on_page_file_and_api_alike(scene, version):
    scene.programme.price_basis = "real"
    scene.programme.base_fy = 2026
    scene.programme.save()
    proposal = factories.plan_proposal(
        scene.programme,
        based_on=version,
        amounts=[
            (scene.saving, scene.brockvale, 2026, 4, 40_000),
            (scene.saving, scene.brockvale, 2027, None, 75_000_000),
            (scene.cost, scene.brockvale, 2026, None, 5_000_000),
        ],
        created_by=scene.manager,
        submitted_by=scene.manager,
    )
    browser, api, at = page_of(scene.manager), api_of(scene.manager), f"/plan-proposals/{proposal.pk}/"
    shown = api.get(f"/api/v1{at}").json()
    # £774,000.00 / 1.035 = £747,826.09; £750,000.00 / 1.035 = £724,637.68; both less £49,600.00 of year 0
    before, after = "698226.09", "675037.68"
    assert [(row["council"], row["before"]["npv"], row["after"]["npv"]) for row in shown["worth"]] == [
        (None, before, after),
        ("brockvale", before, after),
    ]
    page = text_of(browser.get(at))
    assert "Net present value" in page
    assert "£23,188.41 less" in page
    rows = list(
        csv.reader(StringIO(b"".join(browser.get(f"{at[:-1]}.csv?table=worth").streaming_content).decode()))
    )
    assert [row[0] for row in rows[1:]] == ["All councils", "Brockvale"]
    assert [
        rows[1][rows[0].index(f"{name}: net present value")] for name in ("Plan version 1", "Proposed")
    ] == [
        before,
        after,
    ]
    changed = list(csv.reader(StringIO(b"".join(browser.get(f"{at[:-1]}.csv").streaming_content).decode())))
    assert changed == [
        [
            "Line reference",
            "Line",
            "Council",
            "Financial year",
            "Original plan",
            "Plan version 1",
            "Proposed",
            "Difference",
        ],
        [
            "ICT",
            "Lower cost of ICT",
            "Brockvale",
            "2027-28",
            "774000.00",
            "774000.00",
            "750000.00",
            "Saves £24,000.00 less",
        ],
    ]
    missing = [
        "Draft a decision that approves plan version 2 and asks Brockvale",
        "Brockvale has not been asked",
        "This plan takes effect when a decision of every council does. No decision is linked to it yet",
    ]
    assert [row["waits_for"] for row in shown["route"] if not row["is_done"]] == missing
    assert [text in page for text in missing] == [True] * 3
    steps = b"".join(browser.get(f"{at[:-1]}.csv?table=route").streaming_content).decode()
    assert [text in steps for text in missing] == [True] * 3
    start = f"/programmes/abc/decisions/new/?plan_proposal={proposal.pk}"
    assert start in browser.get(at).content.decode()
    draft = browser.get(start).content.decode()
    assert f'<option value="{proposal.pk}" selected' in draft
    decision = factories.DecisionFactory(
        programme=scene.programme, ref="D-014", plan_proposal=proposal, councils=[scene.brockvale]
    )
    waits = [row["waits_for"] for row in api.get(f"/api/v1{at}").json()["route"] if not row["is_done"]]
    assert waits[0] == "Awaiting: Brockvale has not approved it"
    assert decision.get_absolute_url() in browser.get(at).content.decode()
    assert browser.get(f"{at[:-1]}.csv?table=other").status_code == 404
    assert page_of(factories.UserFactory()).get(f"{at[:-1]}.csv?table=worth").status_code == 404


def test_change_of_plan_starts_from_savings_benefit_and_line(scene, version):
    start = "/programmes/abc/plans/new/"
    pages = ("/programmes/abc/savings/", f"/benefits/{scene.benefit.pk}/", f"/lines/{scene.saving.pk}/")
    offered = [
        [f'href="{start}"' in page_of(user).get(page).content.decode() for page in pages]
        for user in (scene.manager, scene.reader)
    ]
    assert offered == [[True] * 3, [False] * 3]
    browser, proposal = started(scene)
    answer = browser.get(start)
    assert (answer.status_code, answer.url) == (302, proposal.get_absolute_url())


def test_grid_that_cannot_be_read_keeps_what_was_typed(scene, version):
    browser, proposal = started(scene)
    changed = boxes(scene, proposal, **{f"a-{scene.saving.pk}-2027": "12k"})
    response = browser.post(f"/plan-proposals/{proposal.pk}/amounts/?council=brockvale", changed)
    assert refusals(response) == [
        "Lower cost of ICT, 2027 to 2028: Enter the amount in full using numbers, for example 1,200,000"
    ]
    assert 'value="12k"' in response.content.decode()
    assert proposal.amounts.get(fy=2027).amount_pence == 77_400_000


def test_grid_over_anothers_edit_answers_409(scene, version):
    browser, proposal = started(scene)
    changed = boxes(scene, proposal, **{f"a-{scene.saving.pk}-2027": "750,000"})
    PlanProposal.objects.update(version=7)
    response = browser.post(f"/plan-proposals/{proposal.pk}/amounts/?council=brockvale", changed)
    assert (response.status_code, proposal.amounts.get(fy=2027).amount_pence) == (409, 77_400_000)


def test_year_left_empty_and_date_left_empty_go_out_of_the_plan(scene, version):
    browser, proposal = started(scene)
    changed = boxes(scene, proposal, **{f"a-{scene.saving.pk}-2027": " "})
    browser.post(f"/plan-proposals/{proposal.pk}/amounts/?council=brockvale", changed)
    milestone = scene.programme.milestones.get()
    browser.post(f"/plan-proposals/{proposal.pk}/dates/", {"seen_version": "2", f"d-{milestone.pk}": ""})
    assert (proposal.amounts.count(), proposal.dates.count()) == (2, 0)


def test_date_that_is_none_is_refused(scene, version):
    browser, proposal = started(scene)
    milestone = scene.programme.milestones.get()
    response = browser.post(
        f"/plan-proposals/{proposal.pk}/dates/", {"seen_version": "1", f"d-{milestone.pk}": "31 4 2027"}
    )
    assert refusals(response) == ["Go live: Enter a real date, for example 30 4 2027"]


def test_edit_of_a_version_leads_to_the_start_of_a_rebaseline(scene, version):
    browser = page_of(scene.manager)
    answer = browser.get(f"/plan-versions/{version.pk}/update/")
    assert (answer.status_code, answer.url) == (302, "/programmes/abc/plans/new/?version=1")
    said = "This plan was approved on 31 March 2026 and cannot be changed. Start a re-baseline"
    assert said in text_of(browser.get(answer.url))


@pytest.mark.parametrize("method", ["put", "patch"])
def test_plan_version_in_the_api_is_read_only_with_the_reason(scene, version, method):
    at = f"/api/v1/plan-versions/{version.pk}/"
    said = "This plan was approved on 31 March 2026 and cannot be changed. Start a re-baseline"
    for user in (scene.manager, scene.s151, scene.reader):
        response = getattr(api_of(user), method)(at, {"number": 9}, format="json")
        assert problems(response) == [
            {"field": "", "message": said},
        ]
    assert api_of(scene.manager).delete(at).status_code == 405
    assert list(PlanVersion.objects.values_list("number", flat=True)) == [1]


def test_buttons_are_for_those_who_may_use_them(scene, version):
    proposal = factories.plan_proposal(
        scene.programme, based_on=version, created_by=scene.manager, submitted_by=scene.manager
    )
    at = f"/plan-proposals/{proposal.pk}/"
    words = ("Make it current", "Withdraw the proposal", "Say whether you support it")
    shown = {
        user.name: [word for word in words if word in text_of(page_of(user).get(at))]
        for user in (scene.manager, scene.s151, scene.reader)
    }
    assert shown == {
        "Priya": ["Withdraw the proposal"],
        "T Grant": ["Say whether you support it"],
        "R Osei": [],
    }
    scene.programme.partnership.memberships.update(status="left")
    refused = page_of(scene.manager).get(f"{at}opinions/new/")
    assert refused.status_code == 403
    assert "Only the section 151 officer of a partner council" in refused.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_query_counts(scene, version, count):
    lines = [scene.saving, *factories.LineFactory.create_batch(count - 1, programme=scene.programme)]
    for number in range(count - 1):
        old = factories.plan_proposal(scene.programme, based_on=version, created_by=scene.manager)
        PlanProposal.objects.filter(pk=old.pk).update(state=ProposalState.WITHDRAWN, ended_reason=f"{number}")
    milestones = factories.MilestoneFactory.create_batch(count, programme=scene.programme)
    proposal = factories.plan_proposal(
        scene.programme,
        based_on=version,
        amounts=[(line, scene.brockvale, 2028, None, 1) for line in lines],
        dates=[(milestone, date(2028, 1, 1)) for milestone in milestones],
        created_by=scene.manager,
    )
    factories.DecisionFactory.create_batch(
        count, programme=scene.programme, plan_proposal=proposal, councils=scene.councils
    )
    browser, api = page_of(scene.manager), api_of(scene.manager)
    at = f"/plan-proposals/{proposal.pk}/"
    counts = {}
    for name, get in {
        "list": lambda: browser.get("/programmes/abc/plans/"),
        "detail": lambda: browser.get(at),
        "amounts": lambda: browser.get(f"{at}amounts/"),
        "dates": lambda: browser.get(f"{at}dates/"),
        "api list": lambda: api.get("/api/v1/plan-proposals/"),
        "api detail": lambda: api.get(f"/api/v1{at}"),
        "api versions": lambda: api.get("/api/v1/plan-versions/"),
    }.items():
        with CaptureQueriesContext(connection) as captured:
            assert get().status_code == 200
        counts[name] = len(captured)
    assert counts == {
        "list": 14,
        "detail": 23,
        "amounts": 9,
        "dates": 8,
        "api list": 3,
        "api detail": 19,
        "api versions": 3,
    }
