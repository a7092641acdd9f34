"""Pages of reminders in the crawl; forms that the general template draws stand for one another."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from governance.demonstration.golden import KEY
from programme.actions.reminding.wishes import stop_token
from tests.browser.page_case import PageCase, with_key


def _link() -> dict[str, Any]:
    user = User.objects.get(email="priya.raman@ashmere.example")
    return {"token": stop_token(user, "milestone_due")}


OPEN = [PageCase("programme:reminder_stop", _link)]
READ = [
    PageCase("programme:colleague_absence_list"),
    PageCase("programme:inbox_list", query="?show=all"),
    PageCase("programme:reminder_preview", query="?to=all"),
    PageCase("programme:reminder_rule_list", with_key(KEY)),
]
EDIT = [
    PageCase("programme:reminder_wish_update"),
    PageCase("programme:reminder_rule_update", lambda: {"key": KEY, "rule": "milestone_overdue"}),
]
# They only take what is sent, or are of the general template, as programme:reminder_rule_update is.
ALIKE = frozenset(
    {
        "programme:absence_create",
        "programme:colleague_absence_create",
        "programme:colleague_absence_end",
        "programme:absence_end",
        "programme:inbox_read",
        "programme:reminder_trial",
    }
)
