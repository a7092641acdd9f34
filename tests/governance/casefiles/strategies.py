"""Generated case files: valid ones, with every section, odd texts and awkward amounts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from hypothesis import strategies as st

from programme.enums import PartnershipModel
from tests.governance.casefiles.drawn import (
    Draw,
    Fields,
    choice,
    dates,
    listed,
    moments,
    notes,
    sources,
    texts,
)
from tests.governance.casefiles.drawn_benefits import BenefitParts, map_step
from tests.governance.casefiles.drawn_programme import ProgrammeParts
from tests.governance.casefiles.drawn_services import ServiceParts


@st.composite
def cases(draw: Draw) -> Fields:
    """One whole case."""
    return _Case(draw).fields()


class _Case(ProgrammeParts, ServiceParts, BenefitParts):
    """Draws a case section by section, so that references lead to what was drawn before."""

    def fields(self) -> Fields:
        """The sections in an order in which each refers only to those before it."""
        draw = self.draw
        case: Fields = {"format": 1, "key": "generated", "title": draw(texts), "group": draw(notes)}
        case |= {
            "id_prefix": draw(st.none() | st.just("gen")),
            "as_at": draw(st.none() | dates()),
            "councils": [self._council(key) for key in self.councils],
            "partnerships": draw(st.sampled_from([[], [self._registered()]])),
            "people": [self._person(number, email) for number, email in enumerate(self.people)],
            "programme": self._programme(),
            "model": {
                "primary": draw(choice(PartnershipModel.values)),
                "also": draw(st.lists(texts, max_size=2)),
                "description": draw(notes),
                "source": draw(sources),
            },
            "partners": [self._partner(key) for key in self.councils],
        }
        self.decided = draw(st.sampled_from([[], ["D-0"]]))
        self.ids["pools"] = [f"P-{number}" for number in range(draw(st.integers(0, 2)))]
        makers: list[tuple[str, str, Callable[[Draw, str], Fields]]] = [
            ("context", "x", self._context),
            ("criteria", "c", self._criterion),
            ("red_lines", "r", lambda draw, ref: {"id": ref, "text": draw(texts), "source": draw(sources)}),
            ("ambiguities", "a", self._ambiguity),
            ("governance", "G", self._body),
            ("phases", "P", self._phase),
            ("tranches", "T", self._tranche),
            ("milestones", "M", self._milestone),
            ("services", "S", self._service),
            ("shared_posts", "SP", self._shared_post),
            ("risks", "R", self._risk),
            ("gate_reviews", "GR", self._gate_review),
            ("judgements", "J", self._judgement),
            ("lessons", "L", self._lesson),
            ("savings", "v", self._saving),
            ("costs", "e", self._cost),
            ("funding", "f", self._grant),
            ("unravelling", "u", self._exit_cost),
            ("non_financial", "n", self._measure),
            ("business_cases", "BC", self._business_case),
            ("benefits", "B", self._benefit),
            ("objectives", "O", lambda draw, ref: {"id": ref, "title": draw(texts), "source": draw(sources)}),
            ("map_steps", "CH", map_step),
            ("lines", "LN", self._line),
        ]
        for section, prefix, make in makers:
            case[section] = listed(prefix, 3, make, draw)
            self.ids[section] = [entry["id"] for entry in case[section]]
        case["milestone_dependencies"] = [
            {"milestone": then, "waits_for": first, "lag_days": draw(st.none() | st.integers(0, 20))}
            for first, then in combinations(self.ids["milestones"], 2)
            if draw(st.booleans())
        ]
        case["milestone_comments"] = [
            {
                "milestone": milestone,
                "text": draw(texts),
                "names": draw(st.lists(st.sampled_from(self.people), unique=True, max_size=2)),
                "by": draw(st.sampled_from(self.people)),
                "at": draw(moments),
            }
            for milestone in self.ids["milestones"]
            if draw(st.booleans())
        ]
        case["benefit_links"] = self._links(draw)
        case["plan_versions"] = [self._plan_version(number) for number in range(1, draw(st.integers(1, 3)))]
        case["forecasts"] = self._forecasts()
        case["actuals"] = self._actuals()
        case["decisions"] = [self._decision(draw, ref) for ref in self.decided]
        case["decisions"] += listed("DX", 2, self._decision, draw)
        case["cost_pools"] = [self._pool(number, ref) for number, ref in enumerate(self.ids["pools"])]
        case["apportionment_runs"] = self._runs(case)
        return case
