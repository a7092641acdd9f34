"""The menu of every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

Entry = tuple[str, str, bool]  # what it is called, where it leads, and whether that takes the programme

PROGRAMME_MENU = (
    ("Programme", "programme:programme_detail", True),
    ("Steering", "governance:steering_page", True),
    ("My work", "programme:my_work", False),
    ("Milestones", "programme:milestone_list", True),
    ("Savings", "benefits:savings_detail", True),
    ("Benefits", "benefits:benefit_list", True),
    ("Services", "services:service_list", True),
    ("Business cases", "services:business_case_list", True),
    ("Decisions", "governance:decision_list", True),
    ("Risks", "programme:risk_list", True),
    ("Downloads", "benefits:download_list", True),
)
# For people who approve; what they are is known since they signed in, so that no page asks for it again.
APPROVALS = ("My approvals", "governance:my_approvals", False)
APPROVES = "approves"
GENERAL_MENU = (
    ("Partnerships", "programme:partnership_list", False),
    ("Portfolio", "programme:portfolio", False),
    ("Savings", "benefits:all_savings_list", False),
    ("Agreements", "programme:agreement_list", False),
    ("My work", "programme:my_work", False),
    ("Help", "core:help", False),
)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the menu; `current` is "page" on its own page, "true" on one below it, or empty."""

    label: str
    url: str
    current: str


def menu_items(programme_key: str | None, view_name: str, *, approves: bool = False) -> list[MenuItem]:
    """The programme's menu, or the general one without a programme, with the present page marked.

    Who `approves` finds what waits for them after their work.
    """
    entries = PROGRAMME_MENU if programme_key else GENERAL_MENU
    return [
        MenuItem(label, reverse(name, args=[programme_key] if takes_key else []), _current(name, view_name))
        for label, name, takes_key in _with_approvals(entries, approves)
    ]


def _with_approvals(entries: Sequence[Entry], approves: bool) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        if approves and entry[1] == "programme:my_work":
            yield APPROVALS


def _current(name: str, view_name: str) -> str:
    if name == view_name:
        return "page"
    return "true" if _noun(name) == _noun(view_name) else ""


def _noun(view_name: str) -> str:
    """programme:milestone of programme:milestone_update; pages of one noun share a menu entry."""
    return view_name.rpartition("_")[0] or view_name
