"""What a load writes, leaves alone, reports and undoes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.actions.system_user import SYSTEM_EMAIL
from accounts.models import RoleHeld, User
from benefits.actions.plan import is_intact
from benefits.models import ActualAmount, Benefit, ForecastSnapshot, StatedFigure, Verification
from core.enums import Channel
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from governance.casefiles.files import document_of
from governance.casefiles.loading import load_documents
from governance.casefiles.loading.report import LoadReport
from governance.models import CouncilDecision, Decision
from programme.actions.milestone import update_milestone
from programme.actions.updating.comments import withdraw_comment
from programme.models import (
    Council,
    Membership,
    Milestone,
    MilestoneComment,
    Partnership,
    PlanVersion,
    Programme,
    Risk,
)
from services.models import ServiceCost
from tests.factories import UserFactory
from tests.governance.casefiles.samples import (
    AS_OF,
    CASE_KEYS,
    CHIEF,
    FINANCE,
    MANAGER,
    casebook_documents,
    council,
    living,
    load,
    load_casebook,
    small,
)
from tests.governance.casefiles.state import sandbox, state

pytestmark = pytest.mark.django_db


def _lines(report: LoadReport) -> list[str]:
    return [line.strip() for line in report.lines()][1:]


def _changed(section: str, ref: str, **fields: Any) -> dict[str, Any]:
    """The living programme with one entry of a section changed."""
    case = living()
    case[section] = [
        {**entry, **fields} if str(entry.get("id", entry.get("number"))) == ref else entry
        for entry in case[section]
    ]
    return case


# The casebook


def test_casebook_loads_whole() -> None:
    report = load_casebook()
    assert set(Programme.objects.values_list("key", flat=True)) == set(CASE_KEYS)
    assert (Council.objects.count(), Partnership.objects.count()) == (54, 22)
    assert [file.refused + file.changed + file.kept for file in report.files] == [[]] * 10


def test_casebook_loads_to_the_same_state_in_any_order() -> None:
    documents = casebook_documents("east_kent", "twenty20")
    found = []
    for order in (documents, documents[::-1]):
        with sandbox():
            load_documents(order, as_of=AS_OF)
            found.append(state())
    with sandbox():
        for document in documents:
            load_documents([document], as_of=AS_OF)
        found.append(state())
    for table, rows in found[0].items():
        assert (found[1][table], found[2][table]) == (rows, rows)


def test_casebook_loaded_again_changes_nothing() -> None:
    load_casebook()
    before, events = state(), AuditEvent.objects.count()
    versions = list(Milestone.objects.order_by("pk").values_list("version", flat=True))
    report = load_casebook()
    assert [line for line in report.lines() if line.startswith("  ")] == ["  No change"] * 10
    assert state() == before
    assert AuditEvent.objects.count() == events
    assert list(Milestone.objects.order_by("pk").values_list("version", flat=True)) == versions


def test_what_the_source_does_not_state_stays_empty() -> None:
    load_casebook("pannel", "twenty20", "east_kent")
    assert StatedFigure.objects.get(ref="pan-v-fte").amount_pence is None
    assert StatedFigure.objects.get(ref="ek-v-est").amount_pence is None
    member = Membership.objects.get(partnership__key="twenty20", council__key="cheltenham")
    assert (member.get_date("joined"), member.financial_share_percent) == (None, None)
    assert not ServiceCost.objects.exists()
    assert not StatedFigure.objects.filter(amount_pence=0).exists()


def test_figures_and_dates_of_the_casebook_are_kept_as_printed() -> None:
    load_casebook("south_oxfordshire_vale", "breckland_south_holland")
    tupe = StatedFigure.objects.get(ref="sov-v-tupe-s")
    assert (tupe.amount_pence, tupe.details, tupe.counts_in_total) == (
        -7_700_000,
        {"table_value_gbp": "77000.00"},
        True,
    )
    assert [item.key for item in tupe.councils.all()] == ["south_oxfordshire"]
    plan = StatedFigure.objects.get(ref="bsh-v-plan")
    assert (plan.amount_pence, plan.qualifier, plan.is_combined) == (50_000_000, "over", True)
    talks = Programme.objects.get(key="south_oxfordshire_vale").phases.get(ref="sov-p0")
    assert talks.get_date("start") == ImpreciseDate(
        date(2007, 6, 1), date(2007, 6, 30), "month", "two years before June 2009 (derived)"
    )


def test_councils_carry_their_figures_and_further_facts() -> None:
    load_casebook("twenty20")
    forest = Council.objects.get(key="forest_of_dean")
    figures = {(row.series, row.year): row.quantity or row.amount_pence for row in forest.figures.all()}
    assert figures == {("headcount", 2014): 248, ("expenditure", 2013): 2_550_000_000}
    assert (forest.short_name, forest.details["region"]) == ("Forest of Dean", "South West")


def test_decisions_of_the_past_stand_as_their_outcomes_say() -> None:
    load_casebook("east_kent", "chiltern_south_bucks", "south_oxfordshire_vale", "bromsgrove_redditch")
    states = dict(Decision.objects.values_list("ref", "state"))
    assert (states["br-d01"], states["csb-d01"], states["ek-d03"], states["sov-d01"]) == (
        "effective",
        "blocked",
        "proceeding_without",
        "proceeding_without",
    )
    third = CouncilDecision.objects.get(decision__ref="sov-d01", council=None)
    assert (third.party_text, third.state) == ("unnamed third district", "rejected")


def test_partners_are_shown_by_name_where_the_file_gives_no_order() -> None:
    load_casebook("pannel")
    members = Membership.objects.filter(partnership__key="pannel").order_by("order_index")
    assert [member.council.key for member in members] == ["north_east_lincolnshire", "north_lincolnshire"]


# A living programme


def test_living_programme_is_written_with_who_and_when() -> None:
    load(living())
    version = PlanVersion.objects.get()
    assert (version.entered_by.email, version.entered_at) == (MANAGER, datetime(2026, 3, 14, 12, tzinfo=UTC))
    assert is_intact(version)
    claimed = ActualAmount.objects.get(period=4)
    assert (claimed.amount_pence, claimed.entered_by.email) == (10_000, FINANCE)
    assert claimed.entered_at == datetime(2026, 8, 10, 11, tzinfo=UTC)
    answer = Verification.objects.get()
    assert (answer.actual, answer.verified_by.email) == (claimed, CHIEF)
    reversal = ActualAmount.objects.get(amount_pence=-9_000)
    assert reversal.reverses == ActualAmount.objects.get(amount_pence=9_000)
    assert [str(amount.amount_pence) for amount in ForecastSnapshot.objects.get().amounts.all()] == ["-500"]


def test_milestone_takes_its_plan_date_from_the_plan_in_effect() -> None:
    load(living())
    milestone = Milestone.objects.get(ref="M-1")
    assert milestone.get_date("plan") == ImpreciseDate.day(date(2026, 11, 30))
    assert milestone.get_date("forecast") == ImpreciseDate.day(date(2026, 12, 15))


def test_approval_without_a_version_is_of_the_present_text() -> None:
    load(living())
    decision = Decision.objects.get()
    own = {
        row.council.key: row for row in decision.council_decisions.select_related("council") if row.council
    }
    assert (own["ashmere"].text_number, own["ashmere"].text_hash) == (1, decision.text_hash)
    assert (own["brockvale"].text_number, own["brockvale"].text_hash) == (None, "")


def test_people_get_accounts_that_nobody_can_sign_in_with() -> None:
    load(living())
    person = User.objects.get(email=MANAGER)
    assert (person.name, person.has_usable_password(), person.is_demonstration) == (
        "Priya Raman",
        False,
        False,
    )
    role = RoleHeld.objects.get(user=person)
    assert (role.role, role.partnership, role.from_on) == (
        "programme_manager",
        Partnership.objects.get(),
        date(2025, 4, 1),
    )


def test_measure_other_than_money_is_a_benefit_that_counts() -> None:
    measure = {"id": "n-1", "measure": "calls answered", "unit": "pct", "council": "ashmere", "actual": 97}
    load(small(non_financial=[measure, {"id": "n-2", "measure": "service quality", "target": "kept"}]))
    first, second = Benefit.objects.order_by("order_index")
    assert (first.title, first.benefit_class, first.actual_value) == ("Calls answered", "quantifiable", 97)
    assert (second.benefit_class, second.target_value, second.target_text) == ("qualitative", None, "kept")


def test_load_is_in_the_name_of_concordat_or_of_the_person_given() -> None:
    load(small())
    assert Programme.objects.get().created_by.email == SYSTEM_EMAIL
    person = UserFactory()
    load_documents([document_of("other.yaml", small() | {"key": "other"})], by=person, as_of=AS_OF)
    assert Programme.objects.get(key="other").created_by == person


def test_every_row_made_has_one_audit_event_of_the_import() -> None:
    load(living())
    milestone = Milestone.objects.get(ref="M-2")
    event = AuditEvent.objects.get(object_type="programme.milestone", object_id=milestone.pk)
    assert (event.action, event.channel, event.scope) == ("import_milestone", Channel.IMPORT, "living")
    assert (event.after["actual"], event.after["evidence"]) == ("2026-05-01", "Minute 12")
    assert AuditEvent.objects.filter(action="import_plan_version").get().by.email == SYSTEM_EMAIL


# Loaded again


def test_same_file_again_changes_nothing() -> None:
    load(living())
    before, events = state(), AuditEvent.objects.count()
    assert _lines(load(living())) == ["No change"]
    assert (state(), AuditEvent.objects.count()) == (before, events)


def test_comment_that_was_withdrawn_does_not_come_back() -> None:
    said = {"milestone": "M-1", "text": "A week more.", "by": MANAGER, "at": "2026-11-02T09:00:00Z"}
    case = living(milestone_comments=[said, said | {"text": "Or two.", "names": [CHIEF], "at": None}])
    load(case)
    first, second = MilestoneComment.objects.order_by("entered_at")
    assert [person.email for person in second.mentioned.all()] == [CHIEF]
    withdraw_comment(first, by=first.entered_by)
    assert _lines(load(case)) == ["No change"]


def test_dry_run_says_the_same_and_changes_nothing() -> None:
    before, events = state(), AuditEvent.objects.count()
    documents = [document_of("case.yaml", living())]
    dry = load_documents(documents, as_of=AS_OF, dry_run=True)
    assert (state(), AuditEvent.objects.count()) == (before, events)
    assert list(dry.lines()) == list(load_documents(documents, as_of=AS_OF).lines())


def test_corrected_file_updates_what_is_not_approved_with_its_audit() -> None:
    load(living())
    milestone = Milestone.objects.get(ref="M-1")
    report = load(_changed("milestones", "M-1", forecast="2027-01-15", owner=CHIEF))
    owner, forecast = f"owner from {MANAGER} to {CHIEF}", "forecast from 15 December 2026 to 15 January 2027"
    assert _lines(report) == [f"Changed: Milestone M-1: {owner}; {forecast}"]
    milestone.refresh_from_db()
    assert (milestone.version, milestone.get_date("forecast")) == (2, ImpreciseDate.day(date(2027, 1, 15)))
    event = AuditEvent.objects.get(action="correct_milestone")
    assert event.before == {"owner": MANAGER, "forecast": "2026-12-15"}
    assert event.after == {"owner": CHIEF, "forecast": "2027-01-15", "version": 2}


def test_corrected_figures_of_a_service_replace_the_old_ones() -> None:
    load(living())
    provision = {"council": "ashmere", "fte": 3, "costs": [{"fy": "2025-26", "amount_gbp": 90_000}]}
    load(_changed("services", "S-1", provisions=[provision]))
    assert list(ServiceCost.objects.values_list("amount_pence", "confidence")) == [(9_000_000, "medium")]


def test_field_that_a_corrected_file_leaves_out_is_cleared() -> None:
    load(living())
    report = load(_changed("milestones", "M-1", forecast=None))
    assert _lines(report) == ["Changed: Milestone M-1: forecast from 15 December 2026 to not stated"]


def test_entry_that_a_corrected_file_leaves_out_is_kept_and_reported() -> None:
    load(living())
    report = load(living(risks=[]))
    assert _lines(report) == ["Kept, though the file does not name it: risk R-1", "No change"]
    assert Risk.objects.count() == 1


PLAN_1 = "Plan version 1 was approved on 14 March 2026 and cannot be changed. Start a re-baseline"


def test_approved_plan_is_not_changed_and_the_rest_is() -> None:
    load(living())
    case = _changed("plan_versions", "1", amounts=[])
    case["risks"] = [{"id": "R-1", "label": "Long delay", "likelihood": 3, "impact": 4, "owner": MANAGER}]
    before = PlanVersion.objects.get().content_hash
    assert _lines(load(case)) == [
        "Changed: Risk R-1: title from Delay to Long delay",
        f"Not changed: {PLAN_1}",
    ]
    assert (PlanVersion.objects.get().content_hash, is_intact(PlanVersion.objects.get())) == (before, True)


@pytest.mark.parametrize(
    "change",
    [
        {"effective_on": "2026-04-01"},
        {"narrative": "Written later"},
        {"by": CHIEF},
        {"dates": [{"milestone": "M-1", "date": "2026-12-01"}]},
    ],
)
def test_no_part_of_an_approved_plan_changes(change: dict[str, Any]) -> None:
    load(living())
    before = state()
    assert _lines(load(_changed("plan_versions", "1", **change))) == [f"Not changed: {PLAN_1}", "No change"]
    assert state() == before


def test_date_that_an_approved_plan_holds_is_not_changed() -> None:
    load(living())
    assert _lines(load(_changed("milestones", "M-1", due="2027-02-01"))) == [
        f"Not changed: Milestone M-1: due. {PLAN_1}",
        "No change",
    ]


def test_new_plan_version_is_recorded_and_gives_milestones_their_dates() -> None:
    load(living())
    case = living()
    case["plan_versions"].append(
        {
            "number": 2,
            "approved_on": "2026-06-20",
            "effective_on": "2026-06-20",
            "reason": "approved_delay",
            "narrative": "The supplier was late and all councils agreed to a later day.",
            "by": MANAGER,
            "dates": [{"milestone": "M-1", "date": "2027-01-31"}],
        }
    )
    assert _lines(load(case)) == ["Added: 1 plan version"]
    assert Milestone.objects.get(ref="M-1").get_date("plan") == ImpreciseDate.day(date(2027, 1, 31))
    assert _lines(load(case)) == ["No change"]


def test_recorded_forecast_is_not_changed_and_a_new_one_is_recorded() -> None:
    load(living())
    case = living()
    case["forecasts"][0]["commentary"] = "Off course"
    case["forecasts"].append({**living()["forecasts"][0], "as_at": "2026-10-31"})
    kept = "The forecast of 30 September 2026 is already recorded and cannot be changed. Enter a new forecast"
    assert _lines(load(case)) == ["Added: 1 forecast", f"Not changed: {kept}"]
    assert ForecastSnapshot.objects.count() == 2


def test_recorded_amount_is_not_changed_nor_entered_twice() -> None:
    load(living())
    kept = "A-1 (ICT, Ashmere, July 2026) is already recorded and cannot be changed"
    assert _lines(load(_changed("actuals", "A-1", amount_gbp=110))) == [
        f"Not changed: {kept}. Reverse it and enter a new amount",
        "No change",
    ]
    assert ActualAmount.objects.count() == 4


def test_ids_of_amounts_may_change_between_files() -> None:
    load(living())
    case = living()
    for number, entry in enumerate(case["actuals"]):
        entry["id"] = f"other-{number}"
    case["actuals"][2]["reverses"] = "other-1"
    assert _lines(load(case)) == ["No change"]


def test_claimed_amount_is_verified_by_a_later_file() -> None:
    load(living())
    verified = {"outcome": "verified", "by": CHIEF, "at": "2026-10-01"}
    assert _lines(load(_changed("actuals", "A-4", verification=verified))) == ["Added: 1 verification"]
    assert Verification.objects.count() == 2


def test_answer_of_the_section_151_officer_is_not_changed() -> None:
    load(living())
    returned = {"outcome": "returned", "by": CHIEF, "at": "2026-08-12", "reason": "No budget was reduced"}
    assert _lines(load(_changed("actuals", "A-1", verification=returned))) == [
        "Not changed: A-1 (ICT, Ashmere, July 2026) is already verified. That cannot be changed",
        "No change",
    ]


def test_approved_business_case_is_not_changed() -> None:
    load(living())
    assert _lines(load(_changed("business_cases", "BC-1", title="Another"))) == [
        "Not changed: Business case BC-1 version 1: title. This version is approved. Add a new version",
        "No change",
    ]


def test_line_with_planned_amounts_keeps_its_kind_and_dates() -> None:
    load(living())
    report = load(_changed("lines", "ICT", kind="income", starts_on="2026-08-01", title="ICT team"))
    why = "An approved plan holds amounts of this line. Start a new line"
    assert _lines(report) == [
        "Changed: Line ICT: title from ICT to ICT team",
        f"Not changed: Line ICT: kind. {why}",
        f"Not changed: Line ICT: start date. {why}",
    ]


def test_text_that_a_council_decided_on_is_not_rewritten() -> None:
    load(living())
    assert _lines(load(_changed("decisions", "D-1", text="To share nothing."))) == [
        "Not changed: Decision D-1: text. A council has decided on this text. Propose a new version",
        "No change",
    ]
    load(_changed("decisions", "D-1", text="To share nothing.", version=2))
    decision = Decision.objects.get()
    assert (decision.text, decision.text_number) == ("To share nothing.", 2)


# What people did in Concordat stays


def _update_forecast(day: date) -> None:
    milestone = Milestone.objects.get(ref="M-1")
    manager = User.objects.get(email=MANAGER)
    update_milestone(milestone, by=manager, seen_version=milestone.version, forecast_on=day)


def test_same_file_again_leaves_what_people_changed_since() -> None:
    load(living())
    _update_forecast(date(2027, 2, 1))
    assert _lines(load(living())) == ["No change"]
    assert Milestone.objects.get(ref="M-1").get_date("forecast") == ImpreciseDate.day(date(2027, 2, 1))


def test_corrected_file_changes_other_fields_of_a_row_that_people_changed() -> None:
    load(living())
    _update_forecast(date(2027, 2, 1))
    load(_changed("milestones", "M-1", label="Service goes live"))
    milestone = Milestone.objects.get(ref="M-1")
    assert (milestone.title, milestone.get_date("forecast")) == (
        "Service goes live",
        ImpreciseDate.day(date(2027, 2, 1)),
    )


def test_field_that_both_people_and_the_file_changed_is_reported() -> None:
    load(living())
    _update_forecast(date(2027, 2, 1))
    assert _lines(load(_changed("milestones", "M-1", forecast="2027-03-01"))) == [
        "Not changed: Milestone M-1: forecast was changed in Concordat since the last load. Change it there",
        "No change",
    ]


def test_two_files_may_each_say_a_part_of_a_council() -> None:
    load(small(councils=[council("ashmere", region="East"), council("brockvale")]))
    load(small(councils=[council("ashmere", ons_code="E07000001"), council("brockvale")]))
    ashmere = Council.objects.get(key="ashmere")
    assert (ashmere.ons_code, ashmere.details) == ("E07000001", {"region": "East"})


def test_partner_that_a_corrected_file_leaves_out_goes_unless_it_has_entries() -> None:
    three = [council("ashmere"), council("brockvale"), council("carrick")]
    partners = [{"council": entry["key"]} for entry in three]
    load(living(councils=three, partners=partners))
    assert _lines(load(living(councils=three, partners=partners[:2]))) == [
        "Changed: Partnership living: partners"
    ]
    case = living(councils=three, partners=partners[1:])
    for section in ("business_cases", "lines", "plan_versions", "forecasts", "actuals", "decisions"):
        case[section] = []
    kept = [line for line in _lines(load(case)) if "partner " in line]
    assert kept == [
        "Kept, though the file does not name it: partner ashmere, which has entries in the ledgers"
    ]
    members = Membership.objects.values_list("council__key", flat=True)
    assert sorted(members) == ["ashmere", "brockvale", "carrick"]
