"""Writes an open edition as a case for other councils: what was planned, saved, decided and learnt.

Every word and figure is one that the edition says openly, so nothing exempt and no small number can come
this way. From the database come only the details of the councils that the edition names, how they work
together, which of them a measure is of, and the names of people that are left out. It is therefore written
when the edition is frozen and kept in its content: the file is the same bytes whatever is renamed later. An
edition that was published before it was kept is written from what is known now, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.db.models import Q

from accounts.models import RoleHeld
from benefits.queries.published_cases import (
    ENDING,
    MOST_OWN_KEY,
    PLANNED_YEAR,
    VERIFIED_YEAR,
    YEARLY_PLAN,
)
from core.publishing.content import SHORTHAND, Content, Figures, Section
from core.rules.calendar import format_date
from core.rules.words import are, count_of
from governance.casefiles.dumping.register import dump_partnerships
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    date_of,
    in_order,
    inline,
    keys_of,
    number_of,
    pounds_of,
    unless,
)
from governance.casefiles.schema import FORMAT_VERSION
from governance.casefiles.writing import to_yaml
from governance.models import BodyMember, Edition
from governance.queries.open_publication.editions import OpenEdition
from governance.rules.reports import names_few_people
from programme.enums import CouncilType, Gate, GovernanceModel, MemberStatus, PriceBasis
from programme.models import Council, Membership, Programme
from programme.queries.assurance.lesson_places import service_kinds

COUNCILS = "Councils"  # in the header of an edition
CASE_TYPE = "application/yaml"
HEADING = b"# A published case of Concordat, for other councils: load it with manage.py load_case.\n"
# Heads of names, which are never missing: one that people wrote as [x] is a name all the same.
_NAMES = frozenset(
    {"Reference", "Milestone", "Line", "Kind", "Lesson", "Benefit", "Measure", "Council", "Decision"}
)
LEFT_OUT = "{} {} left out: they name a person, or count fewer than 5 people"
AS_NOW = (
    "This edition was published before case files were kept with editions. Names of the programme and its "
    "councils, how they work together and what each measure is of are as on the day on which this was written"
)
_AGREED = {"Approved": "agreed", "Rejected": "declined"}
_COSTS = {"One-off cost": "one_off", "Recurring cost": "total"}
Row = dict[str, Any]


def published_case(found: OpenEdition) -> bytes:
    """The bytes of the case file of an open edition: those that were kept with it, else written now.

    Its key is not the programme's own, so that it can be loaded anywhere without touching what is there.
    """
    if found.content.case:
        return found.content.case.encode()
    fields = published_fields(found.edition, found.content)
    said = [*fields.get("ambiguities", ()), {"id": "as-now", "text": AS_NOW}]
    return _file({**fields, "ambiguities": said})


def case_to_keep(edition: Edition, content: Content) -> str:
    """The case file of an open version that is being frozen; its edition need not be stored yet."""
    return _file(published_fields(edition, content)).decode()


def _file(fields: Fields) -> bytes:
    return HEADING + to_yaml(fields)


def case_name(found: OpenEdition) -> str:
    """abc-case-2.yaml."""
    return f"{found.programme.key}-case-{found.edition.number}.yaml"


def published_fields(edition: Edition, content: Content) -> Fields:
    """The case as plain values, in the order of its sections, with names as they are now."""
    programme, case = edition.programme, _Case(edition, content)
    partnership = programme.partnership
    formed = dump_partnerships(programme)
    fields = {
        "format": FORMAT_VERSION,
        "key": _key(programme.key),
        "title": f"{partnership.name}: {programme.name}"[:200],
        "as_at": edition.as_of_on.isoformat(),
        "councils": [_council(one.council) for one in case.members],
        "partnerships": [{**one, "key": _key(partnership.key)} for one in formed],
        "partnership": {"key": _key(partnership.key), "name": partnership.name},
        "programme": _programme(programme),
        "model": {"primary": str(partnership.model), "also": in_order(partnership.also_models)},
        "context": [*case.worth(), *case.posts()],
        "partners": [_partner(one) for one in case.members],
        "milestones": list(case.milestones()),
        "costs": list(case.costs()),
        "savings": [*case.yearly_savings(), *case.year_reported(), *case.savings()],
        "lessons": list(case.lessons()),
        "non_financial": list(case.measures()),
        "decisions": list(case.decisions()),
    }
    fields["ambiguities"] = case.said_of_left_out()
    return compact(fields)


def _key(key: str) -> str:
    return f"{key[:MOST_OWN_KEY]}{ENDING}"


def _programme(programme: Programme) -> Fields:
    """Without its first year: a milestone may come before it, which a file cannot say."""
    return compact(
        {
            "name": programme.name,
            "price_basis": unless(programme.price_basis, PriceBasis.NOT_STATED.value),
        }
    )


def _council(council: Council) -> Fields:
    return compact(
        {
            "key": council.key,
            "name": council.name,
            "short_name": council.short_name,
            "type": unless(council.type, CouncilType.NOT_STATED.value),
            "governance_model": unless(council.governance_model, GovernanceModel.NOT_STATED.value),
            "ons_code": council.ons_code,
        }
    )


def _partner(row: Membership) -> Fields:
    """A partner, which it was when the edition was published."""
    return compact(
        {
            "council": row.council.key,
            "order": row.order_index,
            "status": MemberStatus.ACTIVE.value,
            "joined": date_of(row.get_date("joined")),
        }
    )


@dataclass
class _Case:
    """An open edition, read table by table; counts what is left out on the way."""

    edition: Edition
    content: Content
    left_out: int = 0

    @cached_property
    def members(self) -> list[Membership]:
        """The councils that the edition is of, in their order, whatever became of them. One query."""
        rows = self.edition.programme.partnership.memberships.select_related("council")
        named = f", {dict(self.content.header).get(COUNCILS, '')}, "
        return [row for row in rows.order_by("order_index", "council__key") if f", {row.council}, " in named]

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of each council by the name that the edition calls it by."""
        return {str(one.council): one.council.key for one in self.members}

    @cached_property
    def names(self) -> re.Pattern[str] | None:
        """Every person who is known to work for the programme. Two queries."""
        partnership = self.edition.programme.partnership
        councils = [one.council_id for one in self.members]
        held = RoleHeld.objects.filter(Q(partnership=partnership) | Q(council__in=councils))
        seats = BodyMember.objects.filter(Q(body__partnership=partnership) | Q(body__council__in=councils))
        found = {*held.values_list("user__name", flat=True), *seats.values_list("name", flat=True)}
        plain = sorted(re.escape(name.removeprefix("Cllr ").strip()) for name in found if name.strip())
        return re.compile(rf"\b({'|'.join(plain)})\b", re.IGNORECASE) if plain else None

    @cached_property
    def of_benefits(self) -> dict[str, list[str]]:
        """Keys of the councils of each benefit by its title; none where it is of all. Two queries."""
        found = self.edition.programme.benefits.prefetch_related("councils")
        return {one.title: keys_of(one.councils.all()) for one in found}

    def table(self, key: str) -> Figures | None:
        """A table of the edition by its key."""
        return next((one for one in self.content.tables if one.key == key), None)

    def rows(self, key: str) -> Iterator[Row]:
        """The rows of a table by the heads of its columns, without what is missing or tells of a person."""
        table = self.table(key)
        if table is None:
            return
        heads = [head.title for head in table.heads]
        for cells in table.rows:
            if self._tells_of_a_person(cells):
                self.left_out += 1
                continue
            named = zip(heads, cells, strict=True)
            yield {head: cell for head, cell in named if head in _NAMES or cell not in SHORTHAND}

    def source(self, key: str) -> Fields:
        """Where the edition says it: its name and day, the section and the table."""
        section = next(one for one in self.content.sections if _holds(one, key))
        table = self.table(key)
        caption = f", {table.caption}" if table else ""
        return inline(
            {
                "file": f"{self.edition}, as recorded on {format_date(self.edition.as_of_on)}"[:300],
                "loc": f"Section {section.number} {section.title}{caption}"[:300],
            }
        )

    def worth(self) -> Iterator[Fields]:
        """What was put in and what comes back, in words."""
        for number, row in enumerate(self.rows("worth"), 1):
            if "Value" in row:
                yield {
                    "id": f"W-{number}",
                    "label": row["Measure"],
                    "value": row["Value"],
                    "source": self.source("worth"),
                }

    def posts(self) -> Iterator[Fields]:
        """Posts removed, of each council whose number is told."""
        for row in self.rows("posts"):
            told = {self.keys[name]: value for name, value in row.items() if name in self.keys}
            if told:
                label, source = row["What is counted"], self.source("posts")
                yield {"id": "P-1", "label": label, "value": inline(told), "source": source}

    def milestones(self) -> Iterator[Fields]:
        """Milestones with the date of the plan in force, and when they were achieved."""
        for row in self.rows("milestones"):
            yield compact(
                {
                    "id": row["Reference"],
                    "label": row["Milestone"],
                    "due": row.get("Current plan"),
                    "actual": row.get("Achieved on"),
                    "source": self.source("milestones"),
                }
            )

    def costs(self) -> Iterator[Fields]:
        """Costs of the current plan, line by line."""
        for number, row in enumerate(self.rows("cost-lines"), 1):
            if row["Kind"] in _COSTS and "Current plan" in row:
                yield {
                    "id": f"C-{number}",
                    "label": row["Line"],
                    "amount_gbp": pounds_of(row["Current plan"]),
                    "recurrence": _COSTS[row["Kind"]],
                    "source": self.source("cost-lines"),
                }

    def yearly_savings(self) -> Iterator[Fields]:
        """What each council plans to save in the last year of the plan: the saving a year that counts."""
        for name, key in self.keys.items():
            rows = [row for row in self.rows(f"council-{key}") if "Current plan" in row]
            if rows:
                last = rows[-1]
                said = self._saving(YEARLY_PLAN, name, "planned", last["Current plan"], "per_year")
                yield {**said, "period": last["Financial year"], "counts_in_total": True}

    def year_reported(self) -> Iterator[Fields]:
        """What each council first planned for the last year that was over, and what is verified of it."""
        kinds = (("planned", "Original plan", PLANNED_YEAR), ("achieved", "Verified", VERIFIED_YEAR))
        for name, key in self.keys.items():
            over = [row for row in self.rows(f"council-{key}") if self._is_over(row["Financial year"])]
            for kind, head, letters in kinds if over else ():
                if head in over[-1]:
                    said = self._saving(letters, name, kind, over[-1][head], "per_year")
                    yield {**said, "period": over[-1]["Financial year"], "counts_in_total": False}

    def _is_over(self, year: str) -> bool:
        return date(int(year[:4]) + 1, 3, 31) <= self.edition.as_of_on

    def savings(self) -> Iterator[Fields]:
        """What each council planned for all years, and what is verified of it."""
        kinds = (("planned", "Current plan", "T"), ("achieved", "Verified", "V"))
        for name, key in self.keys.items():
            table = self.table(f"council-{key}")
            total = table.total if table else None
            for kind, head, letter in kinds:
                value = total[table.place(head)] if table and total else None
                if isinstance(value, int):
                    said = self._saving(letter, name, kind, value, "total")
                    yield {**said, "counts_in_total": False}

    def _saving(self, letter: str, name: str, kind: str, pence: int, recurrence: str) -> Fields:
        key = self.keys[name]
        return {
            "id": f"{letter}-{key}"[:40],
            "label": "Cashable saving, gross, before costs",
            "kind": kind,
            "amount_gbp": pounds_of(pence),
            "recurrence": recurrence,
            "council": key,
            "cashable": True,
            "net_of_costs": False,
            "source": self.source(f"council-{key}"),
        }

    def lessons(self) -> Iterator[Fields]:
        """What was learnt, and what to do differently; about what, as far as another council knows it."""
        gates = {str(gate.label): gate.value for gate in Gate}
        kinds = {label: kind for kind, label in service_kinds()}
        for row in self.rows("lessons"):
            about = str(row.get("About", "")).split("; ")
            yield compact(
                {
                    "id": row["Reference"],
                    "text": row["Lesson"],
                    "change": row.get("What to do differently"),
                    "gate": next((gates[one] for one in about if one in gates), None),
                    "service_kind": next((kinds[one] for one in about if one in kinds), None),
                    "source": self.source("lessons"),
                }
            )

    def measures(self) -> Iterator[Fields]:
        """What was measured beside money; without councils where it is of all, as in the register."""
        for number, row in enumerate(self.rows("measures"), 1):
            values = {
                "baseline": _number(row.get("Starting value")),
                "target": _number(row.get("Target")),
                "actual": _number(row.get("Latest value")),
            }
            if values["target"] is not None:
                yield compact(
                    {
                        "id": f"N-{number}",
                        "measure": f"{row['Benefit']}: {row['Measure']}"[:200],
                        "unit": str(row.get("Unit", ""))[:40],
                        "council": self.of_benefits.get(row["Benefit"]),
                        **values,
                        "source": self.source("measures"),
                    }
                )

    def decisions(self) -> Iterator[Fields]:
        """Decisions in effect, with what each council answered."""
        answers: dict[str, dict[str, str]] = {}
        for row in self.rows("council-decisions"):
            if row["Council"] in self.keys and row.get("Answer") in _AGREED:
                said = answers.setdefault(str(row["Decision"]), {})
                said[self.keys[row["Council"]]] = _AGREED[row["Answer"]]
        for row in self.rows("decisions"):
            outcomes = answers.get(f"{row['Reference']} {row['Decision']}")
            if row.get("Can we start?") == "Yes" and outcomes:
                yield {
                    "id": row["Reference"],
                    "label": row["Decision"],
                    "outcomes": inline(outcomes),
                    "note": str(row.get("Why", "")),
                    "source": self.source("decisions"),
                }

    def said_of_left_out(self) -> list[Fields]:
        """The sentence that says how much is left out; nothing where nothing is."""
        if not self.left_out:
            return []
        rows = count_of(self.left_out, "row")
        return [{"id": "left-out", "text": LEFT_OUT.format(rows, are(self.left_out))}]

    def _tells_of_a_person(self, cells: tuple[object, ...]) -> bool:
        texts = [cell for cell in cells if isinstance(cell, str)]
        names = self.names
        return names_few_people(texts) or bool(names and any(map(names.search, texts)))


def _holds(section: Section, key: str) -> bool:
    return any(getattr(block, "key", None) == key for block in section.blocks)


def _number(value: object) -> Decimal | int | None:
    """A number with up to three decimals; None for words."""
    try:
        return number_of(round(Decimal(str(value)), 3))
    except InvalidOperation:
        return None
