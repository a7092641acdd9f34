"""The menu of every page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

PROGRAMME_MENU = (
    ("Programme", "programme:programme_detail", True),
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
GENERAL_MENU = (
    ("Partnerships", "programme:partnership_list", False),
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


def menu_items(programme_key: str | None, view_name: str) -> list[MenuItem]:
    """The programme's menu, or the general one without a programme, with the present page marked."""
    entries = PROGRAMME_MENU if programme_key else GENERAL_MENU
    return [
        MenuItem(label, reverse(name, args=[programme_key] if takes_key else []), _current(name, view_name))
        for label, name, takes_key in entries
    ]


def _current(name: str, view_name: str) -> str:
    if name == view_name:
        return "page"
    return "true" if _noun(name) == _noun(view_name) else ""


def _noun(view_name: str) -> str:
    """programme:milestone of programme:milestone_update; pages of one noun share a menu entry."""
    return view_name.rpartition("_")[0] or view_name
