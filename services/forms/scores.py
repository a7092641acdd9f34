"""Forms of scoring: the criteria with their weights, and one person's own scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from core.errors import Refusal, Refusals
from core.forms.fields import LongTextField, PlainTextField, add_refusals
from services.actions.scores import MOST_CRITERIA, NAME_LIMIT, GivenCriterion, GivenScore
from services.models import BusinessCase, CaseOption, Criterion, Score
from services.queries.scores import ScorePage

_LEAST_ROWS, _SPARE_ROWS = 4, 2
_WEIGHT = "Weight must be a whole number from 0 to 100"
_SCORE = "Score must be between 0 and 100"
_NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


@dataclass(frozen=True, slots=True)
class CriterionFields:
    """The boxes of one criterion; a new one has no removal. `scores` is how many go with it."""

    ref: BoundField
    name: BoundField
    weight: BoundField
    description: BoundField
    remove: BoundField | None
    scores: int


class CriteriaForm(forms.Form):
    """Every criterion of a case in a row of boxes, and rows for new ones; an empty row is left out."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: BusinessCase, page: ScorePage) -> None:
        self.known = {one.ref: one for one in page.criteria}
        self.counts = {
            one.ref: sum(score.criterion_id == one.pk for score in page.scores) for one in page.criteria
        }
        self.refs = _refs_sent(data) if data is not None else _refs_shown(page.criteria)
        super().__init__(data, initial={"seen_version": case.version})
        for row, ref in enumerate(self.refs):
            self._add(row, self.known.get(ref))

    def rows(self) -> Iterator[CriterionFields]:
        """The boxes, row by row."""
        for row, ref in enumerate(self.refs):
            yield CriterionFields(
                self[f"ref-{row}"],
                self[f"name-{row}"],
                self[f"weight-{row}"],
                self[f"description-{row}"],
                self[f"remove-{row}"] if ref in self.known else None,
                self.counts.get(ref, 0),
            )

    def given(self) -> list[tuple[int, GivenCriterion]]:
        """The criteria as they are to be, each with the row that it stands in."""
        found = []
        for row, ref in enumerate(self.refs):
            values = self.cleaned_data
            name, weight = values.get(f"name-{row}", ""), values.get(f"weight-{row}")
            description = values.get(f"description-{row}", "")
            is_spare = not ref and not name and weight is None and not description
            if not values.get(f"remove-{row}") and not is_spare:
                found.append((row, GivenCriterion(name, weight, description, ref)))
        return found

    def add_said(self, said: Refusal | Refusals) -> None:
        """Put what the action refused on the boxes of its rows."""
        rows = [row for row, _ in self.given()]
        for refusal in said.refusals if isinstance(said, Refusals) else [said]:
            add_refusals(self, Refusal(refusal.message, self._box(refusal.field, rows), refusal.code))

    def _box(self, field: str | None, rows: Sequence[int]) -> str | None:
        if field == "weight_percent":
            return f"weight-{rows[0]}" if rows else "weight-0"
        name, _, place = (field or "").partition("-")
        return f"{name}-{rows[int(place)]}" if place.isdigit() and int(place) < len(rows) else field

    def _add(self, row: int, known: Criterion | None) -> None:
        number = row + 1
        self.fields[f"ref-{row}"] = forms.CharField(
            required=False, initial=known.ref if known else "", widget=forms.HiddenInput
        )
        self.fields[f"name-{row}"] = PlainTextField(
            label=f"Criterion {number}",
            max_length=NAME_LIMIT,
            required=False,
            initial=known.name if known else "",
        )
        self.fields[f"weight-{row}"] = forms.IntegerField(
            label=f"Weight of criterion {number}",
            required=False,
            initial=known.weight_percent if known else None,
            widget=_NUMBER,
            error_messages={"invalid": _WEIGHT},
        )
        self.fields[f"description-{row}"] = PlainTextField(
            label=f"What criterion {number} means", required=False, initial=known.description if known else ""
        )
        if known:
            self.fields[f"remove-{row}"] = forms.BooleanField(label=f"Remove {known.name}", required=False)


@dataclass(frozen=True, slots=True)
class ScoreFields:
    """The boxes of one person's score of one option on one criterion."""

    option: CaseOption
    score: BoundField
    reason: BoundField


@dataclass(frozen=True, slots=True)
class CriterionScores:
    """A criterion and the boxes of every option."""

    criterion: Criterion
    cells: tuple[ScoreFields, ...]


class OwnScoresForm(forms.Form):
    """A score and a reason for each option on each criterion; both empty: not scored."""

    def __init__(self, data: Any = None, *, page: ScorePage, own: Sequence[Score]) -> None:
        self.page = page
        self.own = {(score.criterion_id, score.option_id): score for score in own}
        super().__init__(data)
        for criterion in page.criteria:
            for option in page.options:
                self._add(criterion, option)

    def groups(self) -> Iterator[CriterionScores]:
        """The boxes, criterion by criterion."""
        for criterion in self.page.criteria:
            cells = tuple(
                ScoreFields(
                    option, self[_name("score", criterion, option)], self[_name("reason", criterion, option)]
                )
                for option in self.page.options
            )
            yield CriterionScores(criterion, cells)

    def given(self) -> list[GivenScore]:
        """What was sent, by references."""
        return [
            GivenScore(
                criterion.ref,
                option.ref,
                self.cleaned_data.get(_name("score", criterion, option)),
                self.cleaned_data.get(_name("reason", criterion, option), ""),
                self.cleaned_data.get(_name("seen", criterion, option)) or 0,
            )
            for criterion in self.page.criteria
            for option in self.page.options
        ]

    def versions_seen(self) -> dict[str, int]:
        """The versions of the person's scores as they are now, by the boxes that carry them."""
        cells = [(criterion, option) for criterion in self.page.criteria for option in self.page.options]
        found = {cell: self.own.get((cell[0].pk, cell[1].pk)) for cell in cells}
        return {_name("seen", *cell): score.version if score else 0 for cell, score in found.items()}

    def add_said(self, said: Refusal | Refusals) -> None:
        """Put what the action refused on its boxes."""
        boxes = {
            f"{part}.{criterion.ref}.{option.ref}": _name(part, criterion, option)
            for part in ("score", "reason")
            for criterion in self.page.criteria
            for option in self.page.options
        }
        for refusal in said.refusals if isinstance(said, Refusals) else [said]:
            field = boxes.get(refusal.field or "", refusal.field)
            add_refusals(self, Refusal(refusal.message, field, refusal.code))

    def _add(self, criterion: Criterion, option: CaseOption) -> None:
        stored = self.own.get((criterion.pk, option.pk))
        about = f"{option.name} on {criterion.name}"
        self.fields[_name("score", criterion, option)] = forms.IntegerField(
            label=f"Score of {about}",
            required=False,
            initial=stored.score if stored else None,
            widget=_NUMBER,
            error_messages={"invalid": _SCORE},
        )
        self.fields[_name("reason", criterion, option)] = LongTextField(
            label=f"Reason for the score of {about}",
            required=False,
            initial=stored.reason if stored else "",
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[_name("seen", criterion, option)] = forms.IntegerField(
            required=False, initial=stored.version if stored else 0, widget=forms.HiddenInput
        )


def _refs_shown(criteria: Sequence[Criterion]) -> list[str]:
    """References of the criteria, then an empty one for each row for a new one."""
    spare = max(_LEAST_ROWS - len(criteria), _SPARE_ROWS)
    return [one.ref for one in criteria] + [""] * spare


def _refs_sent(data: Any) -> list[str]:
    """References of the rows that were sent, empty for new ones."""
    rows: list[str] = []
    while f"name-{len(rows)}" in data and len(rows) <= MOST_CRITERIA:
        rows.append(str(data.get(f"ref-{len(rows)}", "")).strip())
    return rows


def _name(part: str, criterion: Criterion, option: CaseOption) -> str:
    return f"{part}-{criterion.pk}-{option.pk}"
