"""The programme, the facts that explain it, its bodies and risks."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from core.models import Source
from core.publication import shown
from governance.casefiles.checking.programme import DEFAULT_HORIZON, limits_in
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading, details_of
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from governance.casefiles.plain import plain
from governance.models import Body, BodySeat
from programme.enums import FactKind, PriceBasis, ProgrammeState, RaidRegister
from programme.models import Fact, Judgement, Partnership, Programme, Risk, RiskImpact
from programme.rules.rag_limits import check_limits, own_limits

NOT_STATED = "not_stated"
FACTS: dict[str, tuple[FactKind, str, tuple[str, ...]]] = {
    "context": (FactKind.CONTEXT, "label", ("value",)),
    "criteria": (FactKind.CRITERION, "text", ("measure", "threshold", "by", "applies_to")),
    "red_lines": (FactKind.RED_LINE, "text", ()),
    "ambiguities": (FactKind.AMBIGUITY, "text", ("readings", "handling")),
}


def load_programme(loading: Loading, file: CaseFile, partnership: Partnership) -> Programme:
    """The programme itself, with its facts."""
    given = file.section("programme")
    title = file.root.text("title")
    name = given.text("name") or title
    programme = Programme.objects.select_related("sro", "partnership").filter(
        key=file.key
    ).first() or Programme(key=file.key)
    details = {key: file.root.text(key) for key in ("id_prefix", "group") if file.root.text(key)}
    if name != title:
        details["title"] = title
    values = {
        "partnership": partnership,
        "name": name,
        "summary": given.text("summary"),
        "state": given.text("state") or ProgrammeState.ACTIVE.value,
        "base_fy": given.fy("base_fy"),
        "horizon_years": given.integer("horizon_years") or DEFAULT_HORIZON,
        "price_basis": given.text("price_basis") or PriceBasis.NOT_STATED.value,
        "sro": loading.user(given, "sro"),
        "closes_on": given.day("closes_on"),
        "rag_thresholds": own_limits(check_limits(limits_in(given.entry("rag_thresholds")))) or None,
        "facts": file.root.date("as_at"),
        "details": details,
    }
    parts = [_facts_part(loading, file, programme, section) for section in FACTS]
    return save_row(
        loading, programme, Wanted("programme", f"Programme {file.key}", file.key, values, parts=parts)
    )


def load_bodies(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, Body]:
    """The bodies of the partnership, by id."""
    partnership = programme.partnership
    existing = {body.ref: body for body in partnership.bodies.select_related("source")}
    found = {}
    for index, entry in enumerate(file.entries("governance")):
        ref = entry.text("id")
        body = existing.get(ref) or Body(partnership=partnership, ref=ref)
        frequency = entry.text("frequency")
        values = {
            "name": entry.text("body"),
            "order_index": index,
            "authority": entry.text("authority") or NOT_STATED,
            "seats": entry.integer("seats"),
            "frequency": "" if frequency == NOT_STATED else frequency,
            "note": entry.text("note"),
            "source": loading.source(entry),
        }
        parts = [_seats_part(loading, body, entry)]
        found[ref] = save_row(loading, body, Wanted("body", f"Body {ref}", file.key, values, parts=parts))
    report_kept(loading, "body", existing, found)
    return found


def load_risks(loading: Loading, file: CaseFile, programme: Programme) -> None:
    """Entries of the registers with their scores, where the source gives any, and each council's impact."""
    rows = programme.risks.select_related("owner", "source").prefetch_related("impacts__council")
    existing = {risk.ref: risk for risk in rows}
    for index, entry in enumerate(file.entries("risks")):
        ref = entry.text("id")
        values = {
            "title": entry.text("label"),
            "category": entry.text("category"),
            "order_index": index,
            "likelihood": entry.integer("likelihood"),
            "impact": entry.integer("impact"),
            "has_occurred": entry.raw("occurred"),
            "response": entry.text("mitigation"),
            "owner": loading.user(entry, "owner"),
            "source": loading.source(entry),
            "register": entry.text("register") or RaidRegister.RISK.value,
            "proximity_on": entry.day("proximity_on"),
            "review_on": entry.day("review_on"),
            "closed_on": entry.day("closed_on"),
            "closed_because": entry.text("closed_because"),
        }
        risk = existing.get(ref) or Risk(programme=programme, ref=ref)
        parts = [_impacts_part(loading, entry, risk)]
        if risk.pk and risk.is_withheld:
            values, parts = _open_values(loading, entry, risk, values), []
        save_row(loading, risk, Wanted("risk", f"Risk {ref}", file.key, values, parts=parts))
    report_kept(loading, "risk", existing, (entry.text("id") for entry in file.entries("risks")))


_KEPT = ("response", "closed_on", "closed_because")


def _open_values(loading: Loading, entry: Entry, risk: Risk, values: dict[str, Any]) -> dict[str, Any]:
    """The values without those that the stored entry withholds: an open file does not hold them."""
    rows = risk.impacts.all()
    own = {row.council.key: [row.impact, row.text] for row in rows}
    as_shown = {row.council.key: [row.impact, shown(risk, row.text).text] for row in rows}
    same = all(
        values[name] in {getattr(risk, name), shown(risk, getattr(risk, name)).text}
        for name in risk.withheld_fields
    )
    if not same or values["closed_on"] != risk.closed_on or _impacts_of(entry) not in (own, as_shown):
        words = "it is withheld. Change what it withholds in Concordat"
        loading.report.refused.append(f"Risk {risk.ref}: {words}")
    return {name: value for name, value in values.items() if name not in _KEPT}


def _impacts_of(entry: Entry) -> dict[str, list[Any]]:
    return {
        one.text("council"): [one.integer("impact"), one.text("text")] for one in entry.entries("impacts")
    }


def _impacts_part(loading: Loading, entry: Entry, risk: Risk) -> Part:
    """What the entry means for single councils, replaced as a whole."""
    now = {row.council.key: [row.impact, row.text] for row in risk.impacts.all()} if risk.pk else {}
    wanted = _impacts_of(entry)

    def write() -> None:
        risk.impacts.all().delete()
        RiskImpact.objects.bulk_create(
            RiskImpact(risk=risk, council=loading.councils[key], impact=impact, text=text)
            for key, (impact, text) in wanted.items()
        )

    return Part("impacts", now, wanted, write)


def load_judgements(loading: Loading, file: CaseFile, programme: Programme) -> None:
    """Judgements of the senior responsible owner, each with what was worked out when it was given."""
    existing = {row.ref: row for row in programme.judgements.select_related("given_by")}
    for entry in file.entries("judgements"):
        ref = entry.text("id")
        worked_out = entry.entry("worked_out")
        values = {
            "subject": entry.text("subject"),
            "point": entry.text("point"),
            "reason": entry.text("reason"),
            "given_by": loading.user(entry, "by"),
            "given_on": entry.day("given_on"),
            "until_on": entry.day("until_on"),
            "computed_word": worked_out.text("word"),
            "computed_reason": worked_out.text("reason"),
            "ended_on": entry.day("ended_on"),
            "ended_because": entry.text("ended_because"),
        }
        row = existing.get(ref) or Judgement(programme=programme, ref=ref)
        save_row(loading, row, Wanted("judgement", f"Judgement {ref}", file.key, values))
    report_kept(loading, "judgement", existing, (entry.text("id") for entry in file.entries("judgements")))


def _facts_part(loading: Loading, file: CaseFile, programme: Programme, section: str) -> Part:
    kind, text_name, detail_names = FACTS[section]
    existing = list(programme.facts.filter(kind=kind).select_related("source")) if programme.pk else []
    wanted = [
        Fact(
            kind=kind,
            ref=entry.text("id"),
            order_index=index,
            text=entry.text(text_name),
            details=details_of(entry, detail_names),
            source=loading.source(entry),
        )
        for index, entry in enumerate(file.entries(section))
    ]

    def write() -> None:
        refs = [fact.ref for fact in wanted]
        programme.facts.filter(Q(kind=kind) | Q(ref__in=refs)).delete()
        for fact in wanted:
            fact.programme = programme
        Fact.objects.bulk_create(wanted)

    return Part(section, _plain_facts(existing), _plain_facts(wanted), write)


def _plain_facts(facts: list[Fact]) -> list[list[Any]]:
    return [[fact.ref, fact.text, plain(fact.details), _source_words(fact.source)] for fact in facts]


def _source_words(source: Source | None) -> str:
    return str(source or "")


def _seats_part(loading: Loading, body: Body, entry: Entry) -> Part:
    existing = list(body.composition.select_related("council")) if body.pk else []
    wanted = [
        BodySeat(
            council=loading.council(seat),
            order_index=index,
            seats=seat.integer("seats"),
            make_up=seat.text("make_up"),
        )
        for index, seat in enumerate(entry.entries("composition"))
    ]

    def write() -> None:
        body.composition.all().delete()
        for seat in wanted:
            seat.body = body
        BodySeat.objects.bulk_create(wanted)

    return Part("composition", _plain_seats(existing), _plain_seats(wanted), write)


def _plain_seats(seats: list[BodySeat]) -> list[list[Any]]:
    return [[seat.council.key if seat.council else None, seat.seats, seat.make_up] for seat in seats]
