"""A row of each kind in one programme, for tests that ask for every address."""

from __future__ import annotations

from datetime import date
from typing import Any

from benefits.models import CouncilPayment
from governance.enums import PublishingState, ReportState
from governance.models import Body, Decision
from programme.models import Programme
from services.enums import QuestionSet, TestBasis
from services.models import Compensation
from tests import factories
from tests.benefits import benefit_rows
from tests.governance.open_publication.opened import open_edition, sample
from tests.services import factories as service_rows
from tests.services import review_rows

KEYED = {"council", "partnership", "programme"}


def rows_of(programme: Programme) -> dict[str, dict[str, Any]]:
    """A row of each kind in a programme; by kind, what its address takes."""
    councils = factories.councils_of(programme)
    line = factories.LineFactory(programme=programme)
    version = factories.plan_version(programme, 1, amounts=[(line, councils[0], 2026, None, 100_00)])
    snapshot = factories.forecast(programme, date(2026, 6, 1), [(line, councils[0], 2026, None, 90_00)])
    reduction = factories.reduction(line, councils[0], 2026)
    claimed = factories.actual(line, councils[0], 2026, 1, 10_00)
    made = {
        "programme": programme,
        "agreement": factories.AgreementFactory(partnership=programme.partnership),
        "council_setting": factories.CouncilSettingFactory(council=councils[0]),
        "council_closure": factories.CouncilClosureFactory(council=councils[0]),
        "membership": programme.partnership.memberships.get(council=councils[0]),
        "budget_line": reduction.budget_line,
        "budget_reduction": reduction,
        "period_close": factories.period_close(councils[0], 2020, 1),
        "fund": factories.FundFactory(programme=programme),
        "partnership": programme.partnership,
        "council": councils[0],
        "phase": factories.PhaseFactory(programme=programme),
        "tranche": factories.TrancheFactory(programme=programme),
        "milestone": factories.MilestoneFactory(programme=programme, forecast=date(2026, 12, 1)),
        "milestone_dependency": factories.MilestoneDependencyFactory(
            successor=factories.MilestoneFactory(programme=programme)
        ),
        "milestone_comment": factories.CommentFactory(
            milestone=factories.MilestoneFactory(programme=programme)
        ),
        "risk": factories.RiskFactory(programme=programme),
        "gate_review": (gate_review := factories.GateReviewFactory(programme=programme)),
        "gate_recommendation": factories.GateRecommendationFactory(review=gate_review),
        "judgement": factories.JudgementFactory(programme=programme),
        "lesson": factories.LessonFactory(programme=programme),
        "saved_view": factories.SavedViewFactory(programme=programme),
        "reminder_setting": factories.ReminderSettingFactory(programme=programme),
        "service": factories.ServiceFactory(programme=programme),
        "shared_post": service_rows.shared_post(programme, {councils[0]: 60, councils[1]: 40}),
        "business_case": factories.BusinessCaseFactory(programme=programme),
        **apportionment_of(programme),
        **review_rows.parts_of(programme),
        **benefit_rows.parts_of(programme),
        "line": line,
        "claim_file": factories.ClaimFileFactory(actual=claimed),
        "import_job": factories.ImportJobFactory(programme=programme),
        "deputy": factories.deputy(councils[0]),
        "plan_version": version,
        "plan_proposal": factories.plan_proposal(programme, based_on=version),
        "plan_amount": version.amounts.get(),
        "forecast_amount": snapshot.amounts.get(),
        "actual_amount": claimed,
        "stated_figure": factories.StatedFigureFactory(programme=programme),
        "body": factories.BodyFactory(partnership=programme.partnership),
        "decision": factories.DecisionFactory(programme=programme, councils=councils),
    }
    made |= meeting_of(made["body"])
    made |= parts_of_decision(made["decision"])
    made["scrutiny_response"] = factories.scrutiny_response(programme, councils[0])
    made["scrutiny_recommendation"] = made["scrutiny_response"].recommendation
    case_line = factories.BusinessCaseLineFactory(business_case=made["business_case"])
    made["compensation"] = Compensation.objects.create(
        business_case=made["business_case"],
        beneficiary=councils[0],
        basis=TestBasis.NPV,
        created_by=programme.created_by,
        updated_by=programme.created_by,
    )
    made["council_payment"] = CouncilPayment.objects.create(
        compensation=made["compensation"],
        payer=councils[1],
        receiver=councils[0],
        fy=2026,
        amount_pence=1_00,
        paid_on=date(2026, 6, 1),
        entered_by=programme.created_by,
    )
    part = factories.ServiceCouncilFactory(service=made["service"], council=councils[0])
    made["service_cost"] = factories.ServiceCostFactory(provision=part)
    made["service_measure"] = factories.ServiceMeasureFactory(provision=part)
    opened = open_edition(programme, sample(), exempt=sample())
    numbered = {"key": programme.key, "number": opened.number}
    made["edition"] = opened
    made["report_addition"] = factories.ReportAdditionFactory(report__programme=programme)
    made["report"] = made["report_addition"].report
    ended = factories.ReportFactory(programme=programme, state=ReportState.WITHDRAWN)
    made["publishing_job"] = factories.PublishingJobFactory(report=ended, state=PublishingState.CANCELLED)
    made["bulletin"] = factories.BulletinFactory(programme=programme)
    made["sent_bulletin"] = factories.sent_bulletin(programme)
    taken = {kind: {"key": row.key} if kind in KEYED else {"pk": row.pk} for kind, row in made.items()}
    flag = {"key": programme.key, "ref": benefit_rows.flag_of(programme)}
    return taken | {
        "": {},
        "edition_pair": {"pk": opened.pk, "other": opened.pk},
        "edition_table": {"pk": opened.pk, "table": "savings"},
        "open_edition": numbered,
        "open_table": {"key": programme.key, "table": "savings"},
        "open_edition_table": {**numbered, "table": "savings"},
        "open_file": {**numbered, "ending": "zip"},
        "double_count": flag,
        "double_count_way": {**flag, "outcome": "linked"},
        "double_count_file": {"key": programme.key, "name": "flags"},
        "benefit_step": {"pk": made["benefit"].pk, "step": "profile"},
        "reminder_rule": {"key": programme.key, "rule": made["reminder_setting"].rule},
        "judgement_subject": {"key": programme.key, "subject": "confidence"},
        "saved_page": {"key": programme.key, "page": "benefits"},
        "overall_page": {"page": "all"},
        "map_kind": {"key": programme.key, "kind": "change"},
        "lesson_at_gate": {"pk": made["gate_review"].pk, "lesson_pk": made["lesson"].pk},
        "lesson_in_review": {"pk": made["review"].pk, "lesson_pk": made["lesson"].pk},
        "decision_step": {"pk": made["decision"].pk, "step": "withdraw"},
        "council_step": {"pk": made["decision"].council_decisions.first().pk, "step": "record"},
        "gallery": {"ref": "M-13"},
        "calendar_feed": {"pk": 1},
        "absence": {"pk": 1},
        "no_mail": {"pk": 1},
        "unknown_token": {"token": "unknown"},
        "provision": {"pk": part.pk},
        "service_part": {"pk": part.service_id, "council": councils[0].key},
        "case_line": {"pk": case_line.business_case_id, "line_pk": case_line.pk},
        "case_option": {"pk": case_line.business_case_id, "option_pk": case_line.option_id},
        "case_file": {"pk": case_line.business_case_id, "name": "csv"},
        "case_appraisal": {"pk": case_line.business_case_id, "name": "appraisal.json"},
        "case_scores": {"pk": case_line.business_case_id, "name": "ranking.csv"},
        "case_pair": {"pk": case_line.business_case_id, "other": case_line.business_case_id},
        "review_answers": {
            "pk": made["review"].pk,
            "council": councils[0].key,
            "question_set": QuestionSet.READINESS.value,
        },
        "deputy_of_programme": {"key": programme.key, "pk": made["deputy"].pk},
        "close_of_programme": {"key": programme.key, "pk": made["period_close"].pk},
        "budget_of_programme": {"key": programme.key, "pk": reduction.budget_line.pk},
        "bulletin_file": {"pk": made["sent_bulletin"].pk, "ending": "docx"},
        "meeting_pack": {"pk": made["meeting"].pk, "kind": "pack"},
        "password": {"uidb64": "MQ", "token": "set-password"},
        "exempt": {"kind": "decisions", "pk": made["decision"].pk},
        "entry": {"kind": "actual", "pk": made["actual_amount"].pk},
        "entry_file": {"key": programme.key, "name": "csv"},
        "download": {"key": programme.key, "name": "savings.xlsx"},
        "panel_file": {"key": programme.key, "name": "over-time"},
    }


def meeting_of(body: Body) -> dict[str, Any]:
    """A member of a body, and a meeting of it with an item and a paper."""
    paper = factories.PaperFactory(item__meeting__body=body)
    member = factories.BodyMemberFactory(body=body)
    return {"body_member": member, "meeting": paper.item.meeting, "agenda_item": paper.item, "paper": paper}


def parts_of_decision(decision: Decision) -> dict[str, Any]:
    """What one council is asked, a call-in of it, and a condition of the decision."""
    asked = decision.council_decisions.get(order_index=0)
    return {
        "council_decision": asked,
        "call_in": factories.CallInFactory(council_decision=asked),
        "condition": factories.DecisionConditionFactory(decision=decision),
    }


def apportionment_of(programme: Programme) -> dict[str, Any]:
    """A pool with a key, an amount that it shared, and a true-up of the year."""
    pool = service_rows.CostPoolFactory(programme=programme)
    key = service_rows.key_of(pool, dict.fromkeys(factories.councils_of(programme), 1))
    true_up = service_rows.true_up_of(key, 2026)
    return {"pool": pool, "apportionment_key": key, "run": true_up.final_run, "true_up": true_up}
