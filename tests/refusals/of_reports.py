"""A report that is signed while something is not said (rows 72, 86 and 87)."""

from __future__ import annotations

from collections.abc import Callable

from tests.benefits.scene import api_of, page_of
from tests.governance.reports.scene import ReportScene, report_scene
from tests.refusals.asking import Asked, Row


def _signed(write: Callable[[ReportScene], object]) -> Callable[[], Asked]:
    """The senior responsible owner signs a joint draft, in which these texts were written."""

    def prepare() -> Asked:
        scene = report_scene()
        write(scene)
        report = scene.programme.reports.get()
        browser, api = page_of(scene.people["sro"]), api_of(scene.people["sro"])
        return Asked(
            lambda: browser.post(
                f"/reports/{report.pk}/publish/", {"seen_version": report.version, "reason": ""}
            ),
            lambda: api.post(
                f"/api/v1/reports/{report.pk}/publish/", {"version": report.version}, format="json"
            ),
        )

    return prepare


def _unverified(scene: ReportScene) -> None:
    """Of £1,000 saved, £230 is only claimed."""
    scene.claim(verified_pence=770_00, claimed_pence=230_00)
    scene.write(scene.draft())


ROWS = (
    Row(
        72,
        "report",
        'This could identify people. Use "fewer than 5"',
        _signed(lambda scene: scene.write(scene.draft(), summary="We lost 3 posts in Dover.")),
    ),
    Row(
        86,
        "report",
        "23% of reported savings are not verified. Say so in the summary",
        _signed(_unverified),
    ),
    Row(87, "report", "Say whether there are any dis-benefits", _signed(lambda scene: scene.draft())),
)
