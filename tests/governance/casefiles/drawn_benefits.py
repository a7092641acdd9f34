"""Sections of a generated case about figures that are stated, benefits, and the three ledgers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from benefits.enums import (
    BenefitClass,
    BenefitState,
    Combining,
    Direction,
    Frequency,
    MapStepKind,
    Recurrence,
    StatedKind,
)
from benefits.rules.profile import target_refusal
from core.rules.calendar import fy_file_key
from services.enums import Confidence, CostType, LineKind
from tests.governance.casefiles.drawn import (
    BASE_FY,
    Draw,
    Fields,
    Ground,
    choice,
    dates,
    days,
    fys,
    later_days,
    moments,
    notes,
    numbers,
    pounds,
    qualifiers,
    sources,
    texts,
)

_COSTS = {LineKind.ONE_OFF_COST.value, LineKind.RECURRING_COST.value, LineKind.GRANT.value}
_EXPLANATION = "This month was paid back"

_BEFORE_APPROVAL = (BenefitState.IDENTIFIED.value, BenefitState.PROFILED.value)
_PROFILE_TEXTS = (
    "category",
    "service_feature",
    "potential_costs",
    "activities",
    "dependencies",
    "counterfactual",
    "early_reason",
    "measure_source",
    "measure_method",
    "starting_reason",
    "no_target_reason",
    "percent_reason",
)


def map_step(draw: Draw, ref: str) -> Fields:
    return {"id": ref, "kind": draw(choice(MapStepKind.values)), "title": draw(texts)}


class BenefitParts(Ground):
    """Draws stated figures, benefits and what leads to them, plans, forecasts and actuals."""

    def _figure(self, draw: Draw, ref: str) -> Fields:
        return {
            "id": ref,
            "amount_gbp": draw(st.none() | pounds | st.integers(-(10**6), 0)),
            "qualifier": draw(qualifiers),
            "note": draw(notes),
            "counts_in_total": draw(st.booleans()),
            "source": draw(sources),
        }

    def _saving(self, draw: Draw, ref: str) -> Fields:
        whose = st.sampled_from(["combined", self.councils[0], self.councils[:2]])
        return self._figure(draw, ref) | {
            "label": draw(texts),
            "kind": draw(choice(StatedKind.values)),
            "recurrence": draw(choice(Recurrence.values)),
            "period": draw(notes),
            "council": draw(whose),
            "cashable": draw(st.sampled_from([None, True, False, "not_stated"])),
            "net_of_costs": draw(st.sampled_from([None, True, False, "not_stated"])),
            "contract": draw(notes),
            "table_value_gbp": draw(st.none() | pounds),
        }

    def _cost(self, draw: Draw, ref: str) -> Fields:
        shares = {key: Decimal("33.333") for key in self.councils[:2]}
        return self._figure(draw, ref) | {
            "label": draw(texts),
            "category": draw(notes),
            "recurrence": draw(choice(Recurrence.values)),
            "borne_by": draw(
                st.sampled_from(["not_stated", self.councils[:2], [self.councils[0], "A Fund"]])
            ),
            "apportionment": draw(
                st.sampled_from(
                    [None, {"basis": "equal", "shares_pct": None}, {"basis": "key", "shares_pct": shares}]
                )
            ),
        }

    def _grant(self, draw: Draw, ref: str) -> Fields:
        return self._figure(draw, ref) | {
            "label": draw(texts),
            "funder": draw(notes),
            "per": draw(choice(Recurrence.values)),
            "period": draw(notes),
        }

    def _exit_cost(self, draw: Draw, ref: str) -> Fields:
        return self._figure(draw, ref) | {
            "scope": draw(texts),
            "per": draw(notes),
            "total_gbp": draw(st.none() | pounds),
        }

    def _measure(self, draw: Draw, ref: str) -> Fields:
        start = draw(numbers)
        target = draw(numbers | texts)
        return {
            "id": ref,
            "measure": draw(texts),
            "unit": draw(notes),
            "council": draw(st.sampled_from(["combined", self.councils[0], self.councils[:2]])),
            "baseline": None if start == target else start,
            "target": target,
            "actual": draw(numbers),
            "qualifier": draw(qualifiers),
            "as_at": draw(notes),
            "note": draw(notes),
        }

    def _benefit(self, draw: Draw, ref: str) -> Fields:
        start, target = draw(numbers), draw(numbers)
        state, direction = draw(choice(BenefitState.values)), draw(choice(Direction.values))
        is_disbenefit = draw(st.booleans())
        is_refused = target_refusal(start, target, direction, is_disbenefit=is_disbenefit) is not None
        if is_refused or (start is None and state not in _BEFORE_APPROVAL):
            target = None
        return {
            "id": ref,
            "title": draw(texts),
            "description": draw(notes),
            "class": draw(choice(BenefitClass.values)),
            "disbenefit": is_disbenefit,
            "state": state,
            "confidence": draw(st.none() | choice(Confidence.values)),
            "owner": draw(st.sampled_from(self.people)),
            "service": self._one_of("services"),
            "councils": self._some_councils(),
            "counted_in": self._one_of("non_financial"),
            "review_on": draw(st.none() | later_days),
            "measure": draw(notes),
            "unit": draw(notes),
            "direction": direction,
            "starting_value": start,
            "target_value": target,
            "target_text": draw(notes),
            "actual_value": draw(numbers),
            "measured": draw(notes),
            "note": draw(notes),
            "qualifier": draw(qualifiers),
            "source": draw(sources),
            **self._profile(draw),
        }

    def _profile(self, draw: Draw) -> Fields:
        """The further fields of a benefit profile, and its history."""
        starts_on = draw(st.none() | later_days)
        half = Decimal(draw(st.integers(0, 100_000))) / 1000
        shares = dict(zip(self.councils[:2], [half, 100 - half], strict=True))
        entered = {"by": draw(st.sampled_from(self.people)), "at": draw(moments)}
        reading = {
            "council": draw(st.sampled_from([None, *self.councils])),
            "fy": draw(fys),
            "period": draw(st.none() | st.integers(1, 12)),
            "value": draw(numbers.filter(lambda value: value is not None)),
            "note": draw(notes),
            **entered,
        }
        return {
            **{name: draw(notes) for name in _PROFILE_TEXTS},
            "sro": self._person_or_none(),
            "lesson": self._one_of("lessons"),
            "risks": [ref for ref in self.ids["risks"] if draw(st.booleans())],
            "shares": draw(st.sampled_from([None, shares])),
            "full_year_gbp": draw(st.none() | pounds),
            "recurrence": draw(choice(Recurrence.values)),
            "frequency": draw(choice(Frequency.values)),
            "combining": draw(choice(Combining.values)),
            "starts_on": starts_on,
            "ends_on": draw(st.sampled_from([None, starts_on])),
            "starting_on": draw(st.none() | days),
            "approved_on": draw(st.none() | days),
            "tests": {"observable": {"met": draw(st.booleans()), "text": draw(texts)}},
            "trajectory": [
                {"fy": fy, "value": draw(numbers.filter(lambda value: value is not None))}
                for fy in draw(st.lists(fys, unique=True, max_size=2))
            ],
            "readings": draw(st.sampled_from([[], [reading], [reading, reading]])),
            "evidence": [{"text": text, **entered} for text in draw(st.lists(texts, max_size=2))],
            "reviews": draw(
                st.sampled_from([[], [{"reviewed_on": "2026-05-01", "finding": "On track", **entered}]])
            ),
        }

    def _links(self, draw: Draw) -> list[Fields]:
        """Links that go one way only, so that none closes a loop."""
        entered = {"by": draw(st.sampled_from(self.people)), "at": draw(moments)}
        ways = (
            ("from_milestone", "milestones", "to_step", "map_steps"),
            ("from_step", "map_steps", "to_benefit", "benefits"),
            ("from_milestone", "milestones", "to_benefit", "non_financial"),
            ("from_benefit", "benefits", "to_objective", "objectives"),
        )
        return [
            {start: one, end: other, **entered}
            for start, ones, end, others in ways
            for one in self.ids[ones]
            for other in self.ids[others]
            if draw(st.booleans())
        ]

    def _line(self, draw: Draw, ref: str) -> Fields:
        kind = draw(choice(LineKind.values))
        return {
            "id": ref,
            "title": draw(texts),
            "kind": kind,
            "cost_type": draw(st.none() | choice(CostType.values)),
            "benefit": None if kind in _COSTS else self._one_of("benefits"),
            "service": self._one_of("services"),
            "budgeted": draw(st.booleans()),
            "starts_on": draw(st.none() | later_days),
            "qualifier": draw(qualifiers),
            "source": draw(sources),
        }

    def _plan_version(self, number: int) -> Fields:
        draw = self.draw
        narrative = "The first date was missed because a supplier was late, and the councils agreed another."
        return {
            "number": number,
            "approved_on": draw(days),
            "effective_on": draw(later_days),
            "reason": draw(texts),
            "narrative": narrative,
            "by": self._person_or_none() or self.people[0],
            "dates": [
                {"milestone": ref, "date": draw(dates()), "qualifier": draw(qualifiers)}
                for ref in self.ids["milestones"]
                if draw(st.booleans())
            ],
            "amounts": self._amounts(negative=False),
        }

    def _forecasts(self) -> list[Fields]:
        draw = self.draw
        found = []
        for _ in range(draw(st.integers(0, 2)) if self.ids["lines"] else 0):
            amounts = self._amounts(negative=True)
            if amounts:
                found.append(
                    {"as_at": draw(days), "commentary": draw(notes), "by": self.people[0], "amounts": amounts}
                )
        return found

    def _amounts(self, *, negative: bool) -> list[Fields]:
        draw = self.draw
        slots = [(line, council) for line in self.ids["lines"] for council in self.partners]
        found = []
        for line, council in slots:
            fields = {"line": line, "council": council, "fy": draw(fys), "qualifier": draw(qualifiers)}
            fields |= {"period": draw(st.none() | st.integers(1, 12)), "amount_gbp": draw(pounds)}
            if negative and draw(st.booleans()):
                fields |= {"amount_gbp": -draw(st.integers(0, 10**6)), "explanation": _EXPLANATION}
            if draw(st.booleans()):
                found.append(fields)
        return found

    def _actuals(self) -> list[Fields]:
        """Some amounts of one month each; some reversed, some verified by a person who did not enter them."""
        draw = self.draw
        found: list[Fields] = []
        for number in range(draw(st.integers(0, 4)) if self.ids["lines"] else 0):
            entry = {
                "id": f"A{number}",
                "line": draw(st.sampled_from(self.ids["lines"])),
                "council": draw(st.sampled_from(self.partners)),
                "fy": fy_file_key(BASE_FY),
                "period": draw(st.integers(1, 12)),
                "amount_gbp": draw(st.integers(0, 10**6)),
                "by": self.people[-1],
                "at": "2026-05-01T08:15:00Z",
                "explanation": draw(notes),
                "ledger_code": draw(notes),
                "evidence": draw(notes),
            }
            if draw(st.booleans()):
                reversal = {"id": f"A{number}R", "amount_gbp": -entry["amount_gbp"], "reverses": entry["id"]}
                found.append(entry | reversal | {"at": "2026-05-02", "explanation": _EXPLANATION})
            elif len(self.people) > 1 and not self.ids["benefits"] and draw(st.booleans()):
                outcome = draw(st.sampled_from(["verified", "returned"]))
                entry["verification"] = {
                    "outcome": outcome,
                    "by": self.people[0],
                    "at": "2026-06-01",
                    "reason": "The budget was not reduced",
                }
            found.insert(draw(st.integers(0, len(found))), entry)
        return found
