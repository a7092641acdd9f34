"""Rules of partners, bodies, phases, milestones, services, risks and facts."""

from __future__ import annotations

from datetime import date

from core.errors import Refusal
from core.rules.dates import check_within
from governance.casefiles.checking.common import (
    check_council,
    check_councils,
    check_order,
    check_past,
    check_person,
    check_reference,
    check_unique,
    check_unique_time,
    ids_of,
)
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from programme.enums import MemberStatus, MilestoneKind, MilestoneState, RaidRegister
from programme.rules.cycles import check_no_loop
from programme.rules.judgement import check_point
from programme.rules.milestone_update import programme_period
from programme.rules.rag_limits import LIMITS, check_limits

FACT_SECTIONS = ("context", "criteria", "red_lines", "ambiguities")
DEFAULT_HORIZON = 5
SHORTFALL = "shortfall_amber_gbp"
_PARTNERS = frozenset({MemberStatus.ACTIVE.value, MemberStatus.LEFT.value})


def check_programme(file: CaseFile, world: World) -> None:
    """Note what is wrong in a programme's partners, bodies, phases, milestones, services, risks and facts."""
    check_person(file.section("programme"), "sro", world)
    _check_limits(file.section("programme").entry("rag_thresholds"))
    _check_partners(file, world)
    _check_bodies(file, world)
    _check_phases(file)
    _check_milestones(file, world)
    _check_dependencies(file)
    _check_services(file, world)
    _check_risks(file, world)
    check_unique([fact for section in FACT_SECTIONS for fact in file.entries(section)])
    _check_judgements(file, world)


def status_of(partner: Entry) -> str:
    """A partner's status; active where the file does not say."""
    return partner.text("status") or MemberStatus.ACTIVE.value


def partner_keys(file: CaseFile) -> set[str]:
    """Councils that are or were partners: only they have entries in the ledgers."""
    return {
        partner.text("council") for partner in file.entries("partners") if status_of(partner) in _PARTNERS
    }


def limits_in(entry: Entry) -> dict[str, int]:
    """Every limit of a programme's ratings: as the file gives it, else the default."""
    given = {one.name: entry.integer(one.name) for one in LIMITS}
    given["shortfall_amber_pence"] = entry.pence(SHORTFALL)
    return {one.name: one.default if (value := given[one.name]) is None else value for one in LIMITS}


def _check_limits(entry: Entry) -> None:
    """Note limits out of range, and an Amber one that is not worse than the Green one (row 88)."""
    limits = limits_in(entry)
    names = {one.name: (one.name,) for one in LIMITS} | {"shortfall_amber_pence": (SHORTFALL,)}
    entry.refused_each(lambda: check_limits(limits), names)


def _check_partners(file: CaseFile, world: World) -> None:
    seen: set[str] = set()
    for partner in file.entries("partners"):
        key = partner.text("council")
        check_council(partner, key, world, "council")
        if key in seen:
            partner.add(f"{world.council_name(key)} is already in this programme", "council")
        seen.add(key)
        check_order(partner, "joined", "left")
        if "left" in partner and status_of(partner) == MemberStatus.ACTIVE:
            partner.add("Write left: the file says when this council left", "status")
    broken = any(path[0] == "partners" for path in file.broken)
    if len(partner_keys(file)) < 2 and not broken:
        file.root.add("Add at least 2 councils", "partners")


def _check_bodies(file: CaseFile, world: World) -> None:
    check_unique(file.entries("governance"))
    for body in file.entries("governance"):
        for seat in body.entries("composition"):
            check_council(seat, seat.text("council"), world, "council")


def _check_phases(file: CaseFile) -> None:
    check_unique(file.entries("phases"))
    for phase in file.entries("phases"):
        check_order(phase, "start", "due")
        check_order(phase, "start", "actual_end")


def _check_milestones(file: CaseFile, world: World) -> None:
    check_unique(file.entries("milestones"))
    check_unique(file.entries("tranches"))
    phases, tranches, period = ids_of(file, "phases"), ids_of(file, "tranches"), _period_of(file)
    for milestone in file.entries("milestones"):
        check_reference(milestone, "phase", phases, "phases")
        check_reference(milestone, "tranche", tranches, "tranches")
        if "gate" in milestone and milestone.text("kind") != MilestoneKind.GATE:
            milestone.add("Only a gate has a gate number. Write kind: gate", "gate")
        check_person(milestone, "owner", world)
        check_councils(milestone, "councils", world)
        check_past(milestone, "actual", world.as_of, "Actual date")
        _check_within_programme(milestone, period)
        _check_achieved(milestone)


def _check_dependencies(file: CaseFile) -> None:
    """Each joins two milestones of the file, once; a loop is refused in the words of row 52."""
    titles = {entry.text("id"): entry.text("label") for entry in file.entries("milestones")}
    waits: dict[str, list[str]] = {}
    for entry in file.entries("milestone_dependencies"):
        one, other = entry.text("milestone"), entry.text("waits_for")
        for name in ("milestone", "waits_for"):
            check_reference(entry, name, titles, "milestones")
        if one not in titles or other not in titles:
            continue
        if other in waits.get(one, ()):
            entry.add(f"{titles[one]} already waits for {titles[other]}", "waits_for")
            continue
        wanted = {one: [*waits.get(one, ()), other]}
        wanted |= {key: found for key, found in waits.items() if key != one}
        if not entry.refused(lambda wanted=wanted: check_no_loop(wanted, titles)):  # type: ignore[misc]
            waits = wanted


def _check_achieved(milestone: Entry) -> None:
    if milestone.text("state") == MilestoneState.DONE and "actual" not in milestone:
        milestone.add("Add the actual date, or write done_undated", "state")
    shown = milestone.text("evidence") or "source" in milestone
    if milestone.yes("critical") and "actual" in milestone and not shown:
        milestone.add("Add evidence that the milestone was achieved", "evidence")


def _check_within_programme(milestone: Entry, period: tuple[date, date] | None) -> None:
    """Note a date outside the programme (row 13), where the file states its base year."""
    for name in ("due", "forecast", "actual") if period else ():
        day = milestone.date(name)
        if day and period:
            try:
                check_within(day.first_on, *period)
                check_within(day.last_on, *period)
            except Refusal as refusal:
                milestone.add(refusal.message, name)


def _period_of(file: CaseFile) -> tuple[date, date] | None:
    starts = [start.first_on for phase in file.entries("phases") if (start := phase.date("start"))]
    programme = file.section("programme")
    horizon = programme.integer("horizon_years") or DEFAULT_HORIZON
    return programme_period(programme.fy("base_fy"), horizon, min(starts, default=None))


def _check_services(file: CaseFile, world: World) -> None:
    check_unique(file.entries("services"))
    for service in file.entries("services"):
        check_councils(service, "councils", world)
        check_council(service, service.text("lead"), world, "lead")
        check_unique(service.entries("provisions"), "council")
        check_unique(service.entries("reviews"))
        for provision in service.entries("provisions"):
            check_council(provision, provision.text("council"), world, "council")
            _check_costs(provision)


def _check_costs(provision: Entry) -> None:
    check_unique_time(provision.entries("costs"), "fy", lambda cost: cost.fy("fy"))
    for cost in provision.entries("costs"):
        if (cost.pence("amount_gbp") or 0) < 0:
            cost.add("Cost must be £0 or more", "amount_gbp")


def _check_risks(file: CaseFile, world: World) -> None:
    check_unique(file.entries("risks"))
    affected = partner_keys(file) | {one.text("successor") for one in file.entries("successors")}
    for risk in file.entries("risks"):
        check_person(risk, "owner", world)
        _check_scores(risk)
        if ("closed_on" in risk) != ("closed_because" in risk):
            risk.add("Give both the day and the reason it was closed, or neither")
        check_unique(risk.entries("impacts"), "council")
        for one in risk.entries("impacts"):
            if one.text("council") not in affected:
                one.add(
                    f"{world.council_name(one.text('council'))} is not a partner in this programme", "council"
                )
            if "impact" not in one and "text" not in one:
                one.add("Give an impact from 1 to 5, words, or both")


def _check_judgements(file: CaseFile, world: World) -> None:
    """One judgement of a subject at a time, of a point of its scale, from its day to its last."""
    check_unique(file.entries("judgements"))
    not_ended: set[str] = set()
    for entry in file.entries("judgements"):
        check_person(entry, "by", world)
        subject = entry.text("subject")
        try:
            check_point(subject, entry.text("point"))
        except Refusal as refusal:
            entry.add(refusal.message, "point")
        given_on, until_on, ended_on = (entry.day(name) for name in ("given_on", "until_on", "ended_on"))
        if given_on and until_on and until_on < given_on:
            entry.add("The last day must be on or after the day it was given", "until_on")
        if given_on and ended_on and ended_on < given_on:
            entry.add("It cannot end before it was given", "ended_on")
        if ("ended_on" in entry) != ("ended_because" in entry):
            entry.add("Give both the day and the reason it ended, or neither")
        if ended_on is None and subject in not_ended:
            entry.add("Another judgement of this has not ended. End it first")
        not_ended |= set() if ended_on else {subject}


def _check_scores(risk: Entry) -> None:
    if risk.text("register") == RaidRegister.ISSUE:
        if "likelihood" in risk:
            risk.add("An issue has happened already. Leave its likelihood empty", "likelihood")
    elif ("likelihood" in risk) != ("impact" in risk):
        risk.add("Give both likelihood and impact, or neither")
