"""The pages of the services floor: the catalogue, reviews, business cases and apportionment."""

from __future__ import annotations

from typing import Any

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from services.enums import QuestionSet
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    BusinessCase,
    Compensation,
    Consultation,
    CostPool,
    RedLine,
    Service,
    ServiceCost,
    ServiceMeasure,
    ServiceReview,
    SharedPost,
    TrueUp,
)
from tests.browser.drafts import next_version, unused_key
from tests.browser.page_case import Arguments, PageCase, of_programmes, with_key

APPROVED, DRAFT = "BC-1", "BC-2"
CARRICK = "carrick"


def _case(ref: str) -> Arguments:
    return lambda: {"pk": BusinessCase.objects.get(programme__key=KEY, ref=ref, number=1).pk}


def _draft_option() -> dict[str, Any]:
    case = BusinessCase.objects.get(programme__key=KEY, ref=DRAFT)
    return {"pk": case.pk, "option_pk": case.options.get(is_preferred=True).pk}


def _draft_line() -> dict[str, Any]:
    case = BusinessCase.objects.get(programme__key=KEY, ref=DRAFT)
    return {"pk": case.pk, "line_pk": case.lines.order_by("pk")[0].pk}


def _versions() -> dict[str, Any]:
    first = BusinessCase.objects.get(programme__key=KEY, ref=APPROVED, number=1)
    return {"pk": first.pk, "other": next_version(first).pk}


def _next() -> dict[str, Any]:
    return {"pk": _versions()["other"]}


def _service(ref: str) -> Arguments:
    return lambda: {"pk": Service.objects.get(programme__key=KEY, ref=ref).pk}


def _part() -> dict[str, Any]:
    return _service("S-1")() | {"council": CARRICK}


def _of_part(model: type[Any]) -> Arguments:
    def find() -> dict[str, Any]:
        rows = model.objects.filter(provision__service__programme__key=KEY, provision__council__key=CARRICK)
        return {"pk": rows.order_by("pk")[0].pk}

    return find


def _review(ref: str) -> Arguments:
    return lambda: {"pk": ServiceReview.objects.get(service__programme__key=KEY, ref=ref).pk}


def _answers(question_set: QuestionSet) -> Arguments:
    return lambda: _review("SR-2")() | {"council": CARRICK, "question_set": question_set.value}


def _of_review(model: type[Any]) -> Arguments:
    return lambda: {"pk": model.objects.filter(review__ref="SR-1", council__key="brockvale")[0].pk}


def _pool(ref: str) -> Arguments:
    return lambda: {"pk": CostPool.objects.get(programme__key=KEY, ref=ref).pk}


def _key(ref: str) -> Arguments:
    return lambda: {"pk": ApportionmentKey.objects.filter(pool__programme__key=KEY, pool__ref=ref)[0].pk}


def _run() -> dict[str, Any]:
    runs = ApportionmentRun.objects.filter(pool__programme__key=KEY, line__isnull=False)
    return {"pk": runs.order_by("pk")[0].pk}


def _true_up() -> dict[str, Any]:
    return {"pk": TrueUp.objects.get(key__pool__programme__key=KEY).pk}


def _compensation() -> dict[str, Any]:
    return {"pk": Compensation.objects.get(business_case=_case(APPROVED)()["pk"]).pk}


def _post() -> dict[str, Any]:
    return {"pk": SharedPost.objects.get(programme__key=KEY, ref="SP-2").pk}


_TABS = (
    "business_case_detail",
    "case_check",
    "case_options",
    "case_lines",
    "case_appraisal",
    "case_sensitivity",
    "case_fairness",
    "case_entry_rule",
    "case_scores",
)

READ = [
    *of_programmes(
        "services:service_list",
        "services:service_compare",
        "services:service_timeline",
        "services:service_candidates",
        "services:review_list",
        "services:business_case_list",
        "services:key_list",
    ),
    PageCase("services:shared_post_list", with_key(KEY)),
    PageCase("services:shared_post_detail", _post),
    PageCase("services:transparency_detail", with_key("ashmere")),
    PageCase("services:service_detail", _service("S-1")),
    PageCase("services:service_compare_one", _service("S-1")),
    PageCase("services:review_detail", _review("SR-1"), "carried out"),
    PageCase("services:review_detail", _review("SR-2"), "begun"),
    *(
        PageCase(f"services:{name}", _case(ref), variant)
        for ref, variant in ((APPROVED, "approved"), (DRAFT, "draft"))
        for name in _TABS
    ),
    PageCase("services:case_line_detail", _draft_line),
    PageCase("services:case_compare", _versions),
    PageCase("services:case_step", _case(DRAFT)),
    PageCase("services:pool_detail", _pool("P-1")),
    PageCase("services:run_detail", _run),
    PageCase("services:true_up_detail", _true_up),
    PageCase("services:year_end", with_key(KEY)),
]

# Only who may change something sees these.
EDIT = [
    PageCase("services:service_create", with_key(KEY)),
    PageCase("services:service_update", _service("S-1")),
    PageCase("services:service_import", with_key(KEY)),
    PageCase("services:service_part_update", _part),
    PageCase("services:service_cost_create", _part),
    PageCase("services:service_cost_update", _of_part(ServiceCost)),
    PageCase("services:service_measure_create", _part),
    PageCase("services:service_measure_update", _of_part(ServiceMeasure)),
    PageCase("services:review_create", with_key(KEY)),
    PageCase("services:review_update", _review("SR-2")),
    PageCase("services:review_step", _review("SR-2")),
    PageCase("services:review_tasks", _review("SR-2")),
    PageCase("services:review_answers", _answers(QuestionSet.READINESS), "empty"),
    PageCase("services:review_answers", _answers(QuestionSet.HR_ALIGNMENT), "answered"),
    PageCase("services:red_line_create", _review("SR-2")),
    PageCase("services:red_line_update", _of_review(RedLine)),
    PageCase("services:shared_post_create", with_key(KEY)),
    PageCase("services:consultation_create", _review("SR-2")),
    PageCase("services:consultation_update", _of_review(Consultation)),
    PageCase("services:business_case_create", with_key(KEY)),
    PageCase("services:business_case_update", _case(DRAFT)),
    PageCase("services:case_option_update", _draft_option),
    PageCase("services:case_lines_import", _case(DRAFT)),
    PageCase("services:case_step", _case(DRAFT), "review", query="?step=send_to_review"),
    PageCase("services:case_step", _case(APPROVED), "next version", query="?step=new_version"),
    PageCase("services:case_statement", _case(DRAFT), role=RoleName.S151),
    PageCase("services:case_criteria", _next),
    PageCase("services:case_own_scores", _next),
    PageCase("services:case_succession", _case(DRAFT)),
    PageCase("services:compensation_create", _case(DRAFT)),
    PageCase("services:compensation_update", _compensation),
    PageCase("services:compensation_withdraw", _compensation),
    PageCase("services:quality_create", _case(DRAFT)),
    PageCase("services:pool_create", with_key(KEY)),
    PageCase("services:pool_update", _pool("P-1")),
    PageCase("services:key_create", _pool("P-1")),
    PageCase("services:key_update", unused_key),
    PageCase("services:key_end", _key("P-1")),
    PageCase("services:run_create", _pool("P-1")),
    PageCase("services:true_up_create", _key("P-3")),
    PageCase("services:year_end_run", with_key(KEY)),
]

# Addresses that answer with a file or take what is sent.
FILES = {
    "services:service_csv",
    "services:service_workbook",
    "services:service_compare_csv",
    "services:service_compare_one_csv",
    "services:service_timeline_csv",
    "services:service_candidates_csv",
    "services:review_assessment_csv",
    "services:review_task_done",
    "services:case_rates",
    "services:case_option_remove",
    "services:case_line_remove",
    "services:case_lines_file",
    "services:case_convert",
    "services:case_appraisal_file",
    "services:case_scores_file",
    "services:case_compare_csv",
    "services:year_end_csv",
    "services:shared_post_csv",
    "services:shared_post_workbook",
    "services:organisation_chart_csv",
    "services:senior_salaries_csv",
}
