"""The golden programme's councils with all who act on decisions, and one desk at which they sit in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from governance.demonstration.decisions import STEERING_GROUP
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN, SAM_OKAFOR
from governance.models import Body, Decision
from programme.models import CouncilSetting, Programme
from programme.queries.partners import partner_councils
from tests.browser.story import open_session
from tests.browser.tables import rows_of, words_of
from tests.governance.actions.scene import STARTS, Scene, officers

BOARD = f"/programmes/{KEY}/decisions/"


def golden_scene(clock: Any) -> Scene:
    """The demonstration on 2 November 2026: each council with its officers, three councillors call in."""
    clock.move_to(STARTS, tick=True)
    programme = Programme.objects.select_related("partnership").get(key=KEY)
    councils = {one.key: one for one in partner_councils(programme.partnership_id)}
    CouncilSetting.objects.filter(council__in=councils.values()).update(callin_min_members=3)
    return Scene(
        programme=programme,
        councils=councils,
        manager=User.objects.get(email=PRIYA_RAMAN.email),
        owner=User.objects.get(email=SAM_OKAFOR.email),
        group=Body.objects.get(partnership=programme.partnership, ref=STEERING_GROUP),
        clock=clock,
        ticks=True,
        **officers(councils),
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """One browser window before which people of the scene sit down in turn."""

    page: Page
    origin: str
    scene: Scene

    def seat(self, user: User) -> None:
        """Let somebody else work here, signed in now."""
        self.page.context.clear_cookies()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": open_session(user), "url": self.origin}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self, decision: Decision) -> None:
        """Go to the decision's own page."""
        self.page.goto(decision.get_absolute_url())

    def find(self, decision: Decision) -> None:
        """Go to the decision from its row on the board."""
        self.page.goto(BOARD)
        row = self.page.locator("tbody").filter(has_text=decision.ref)
        row.get_by_role("link", name=decision.title).click()
        row.get_by_role("link", name="Decision record and reasons").click()
        expect(self.main.get_by_role("heading", level=1)).to_contain_text(decision.ref)

    def take(self, step: str, *, save: str = "", saved: str, **boxes: str | bool) -> None:
        """Follow the link of a step, fill in its form, save it, and read what the page says then.

        A box is named by its label, with underscores between the words.
        """
        self.page.get_by_role("link", name=step, exact=True).click()
        self.fill(**boxes)
        self.save(save or step.partition(" for ")[0])
        expect(self.page.get_by_text(saved, exact=True)).to_be_visible()

    def fill(self, **boxes: str | bool) -> None:
        """Type into the boxes, choose from the lists, tick."""
        for label, value in boxes.items():
            self._put(self.main.get_by_label(label.replace("_", " "), exact=True), value)

    def save(self, name: str) -> None:
        """Press the button of the form."""
        self.main.get_by_role("button", name=name, exact=True).click()

    def refused(self, message: str) -> None:
        """The form came back and says so, above and at its box."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary.get_by_text(message, exact=True)).to_be_visible()

    @property
    def main(self) -> Locator:
        """The page without its menu."""
        return self.page.locator("main")

    @property
    def answer(self) -> str:
        """What the decision's page says when asked whether one can start."""
        (answer,) = words_of(self.page.locator(".app-start__answer"))
        return answer

    @property
    def standing(self) -> list[str]:
        """The word for each council on the decision's page, in their order."""
        return words_of(self.main.locator("section[aria-labelledby=councils] .govuk-tag"))

    def table(self, heading: str) -> list[list[str]]:
        """The words of the table under a heading, without the head."""
        section = self.main.locator("section").filter(has=self.page.get_by_role("heading", name=heading))
        return rows_of(section.locator("table"))[1:]

    def _put(self, box: Locator, value: str | bool) -> None:
        if value is True:
            box.check()
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=str(value))
        else:
            box.fill(str(value))
