"""What the benefits register is narrowed to and sorted by, kept in its address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from benefits.enums import ENDED, BenefitClass, BenefitKind, BenefitState
from benefits.queries.register import BenefitRow, Register
from services.enums import Confidence

NOT_LISTED = "Select a {} from the list"
NOBODY, NOT_STATED = "none", "none"
OVERDUE, SOON = "overdue", "soon"
WAITS, VERIFIED, UNCLAIMED = "waits", "verified", "unclaimed"
SOON_DAYS = 30
DISBENEFIT = "disbenefit"
Choices = list[tuple[str, str]]

_SORTS: Mapping[str, tuple[str, Callable[[BenefitRow], Any]]] = {
    "title": ("Title", lambda row: row.benefit.title.casefold()),
    "state": ("State", lambda row: BenefitState.values.index(row.benefit.state)),
    "owner": ("Owner", lambda row: (row.benefit.owner is None, str(row.benefit.owner).casefold())),
    "review": ("Next review, the earliest first", lambda row: row.benefit.review_on or date.max),
    "plan": ("Current plan, the largest first", lambda row: -(row.plan_pence or 0)),
    "verified": ("Verified, the largest first", lambda row: -(row.verified_pence or 0)),
    "waiting": ("Longest wait for verification", lambda row: -row.waiting.oldest_days),
}


class RegisterFilter(forms.Form):
    """Limits of the register; choices come from its rows, so that none is empty."""

    state = forms.ChoiceField(required=False)
    benefit_class = forms.ChoiceField(required=False, label="Class")
    kind = forms.ChoiceField(required=False)
    council = forms.ChoiceField(required=False)
    service = forms.ChoiceField(required=False)
    owner = forms.ChoiceField(required=False)
    objective = forms.ChoiceField(required=False)
    risk = forms.ChoiceField(required=False, label="At risk")
    review = forms.ChoiceField(required=False)
    confidence = forms.ChoiceField(required=False)
    money = forms.ChoiceField(required=False, label="Verified")
    q = forms.CharField(required=False, label="Words", max_length=100)
    sort = forms.ChoiceField(required=False, label="Sort by")

    def __init__(self, data: Any, *, register: Register) -> None:
        """Offer what the register holds."""
        super().__init__(data, auto_id="filter-%s")
        self.register = register
        for name, choices in _choices(register).items():
            field = cast(forms.ChoiceField, self.fields[name])
            first = "As recorded" if name == "sort" else "All"
            field.choices = [("", first), *choices]
            field.error_messages["invalid_choice"] = NOT_LISTED.format(str(field.label or name).lower())

    def rows(self) -> tuple[BenefitRow, ...]:
        """The rows that meet every limit, in the order asked for; a limit not in its list is left out."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        kept = [row for row in self.register.rows if admits(row, chosen, self.register.as_of)]
        sort = chosen.get("sort")
        return tuple(sorted(kept, key=_SORTS[sort][1]) if sort else kept)

    @property
    def is_narrow(self) -> bool:
        """Whether any limit is set; how it is sorted is none."""
        self.is_valid()
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """Boxes that offer something: a list with more than one choice, and the words."""
        return [self[name] for name, box in self.fields.items() if len(getattr(box, "choices", "abc")) > 2]


def admits(row: BenefitRow, chosen: Mapping[str, str], as_of: date) -> bool:
    """Whether a row meets every limit chosen."""
    tests: Mapping[str, Callable[[str], bool]] = {
        "state": lambda value: row.benefit.state == value,
        "benefit_class": lambda value: _class_key(row) == value,
        "kind": lambda value: row.benefit.kind == value,
        "council": lambda value: _is_of_council(row, value),
        "service": lambda value: (row.benefit.service.ref if row.benefit.service else "") == value,
        "owner": lambda value: (str(row.benefit.owner_id) if row.benefit.owner_id else NOBODY) == value,
        "objective": lambda value: value in ({str(one.key) for one in row.objectives} or {NOBODY}),
        "risk": lambda value: bool(row.reasons) == (value == "yes"),
        "review": lambda value: _review_key(row, as_of) == value,
        "confidence": lambda value: (row.benefit.confidence or NOT_STATED) == value,
        "money": lambda value: _money_key(row) == value,
        "q": lambda value: _has_words(row, value),
    }
    return all(tests[name](value) for name, value in chosen.items() if name in tests)


def _choices(register: Register) -> dict[str, Choices]:
    rows = register.rows
    benefits = [row.benefit for row in rows]
    states = {one.state for one in benefits}
    kinds = {one.kind for one in benefits}
    owners = {str(one.owner_id): str(one.owner) for one in benefits if one.owner}
    services = {one.service.ref: one.service.name for one in benefits if one.service}
    served = {str(one.key): one.title for row in rows for one in row.objectives}
    return {
        "state": [(value, label) for value, label in BenefitState.choices if value in states],
        "benefit_class": _classes(rows),
        "kind": [(value, label) for value, label in BenefitKind.choices if value in kinds],
        "council": [(one.key, one.name) for one in register.councils],
        "service": _by_label(services.items()),
        "owner": _with(_by_label(owners.items()), NOBODY, "Nobody", any(not one.owner for one in benefits)),
        "objective": _with(_by_label(served.items()), NOBODY, "None", bool(served)),
        "risk": [("yes", "At risk"), ("no", "Not at risk")],
        "review": [
            (OVERDUE, "Overdue"),
            (SOON, f"Due within {SOON_DAYS} days"),
            (NOT_STATED, "No date"),
        ],
        "confidence": _with(list(Confidence.choices), NOT_STATED, "Not stated", has=True),
        "money": [
            (WAITS, "Claims wait"),
            (VERIFIED, "All claims verified"),
            (UNCLAIMED, "Nothing claimed"),
        ],
        "sort": [(name, label) for name, (label, _) in _SORTS.items()],
    }


def _classes(rows: Sequence[BenefitRow]) -> Choices:
    known = {_class_key(row): row.class_text for row in rows}
    order = [*BenefitClass.values, *(f"{DISBENEFIT}_{value}" for value in BenefitClass.values)]
    return [(key, known[key]) for key in order if key in known]


def _class_key(row: BenefitRow) -> str:
    benefit = row.benefit
    return f"{DISBENEFIT}_{benefit.benefit_class}" if benefit.is_disbenefit else benefit.benefit_class


def _by_label(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _with(choices: Choices, value: str, label: str, has: bool) -> Choices:
    return [*choices, (value, label)] if has else choices


def _is_of_council(row: BenefitRow, key: str) -> bool:
    """A benefit that names no council is every council's."""
    named = {council.key for council in row.benefit.councils.all()}
    return not named or key in named


def _review_key(row: BenefitRow, as_of: date) -> str:
    day = row.benefit.review_on
    if row.benefit.state in ENDED:
        return ""
    if day is None:
        return NOT_STATED
    if day < as_of:
        return OVERDUE
    return SOON if day <= as_of + timedelta(days=SOON_DAYS) else ""


def _money_key(row: BenefitRow) -> str:
    if row.claims:
        return WAITS
    return VERIFIED if row.verified_pence else UNCLAIMED


def _has_words(row: BenefitRow, words: str) -> bool:
    """Whether every word asked for stands somewhere in what the benefit says of itself."""
    benefit = row.benefit
    said = (benefit.ref, benefit.title, benefit.description, benefit.category, benefit.measure_name)
    text = " ".join(said).casefold()
    return all(word in text for word in words.casefold().split())
