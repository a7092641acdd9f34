"""What the approved business case of the demonstration says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from governance.demonstration.money import (
    EXIT,
    ICT,
    LEGAL,
    OFFICES,
    RECORDS,
    REVENUES,
    RUNNING,
    TEAM,
    TRAINING,
)
from services.enums import CaseSectionName

SUMMARY = (
    "Three councils share revenues and benefits, ICT and offices. Together they save £480,000 a year from "
    "the fourth year, for £750,000 of joint one-off cost. Carrick also pays £250,000 to end its own contract."
)

SECTIONS: Mapping[str, str] = {
    CaseSectionName.STRATEGIC.value: (
        "Each council runs its own revenues and benefits team, its own ICT and its own offices. Small teams "
        "have no cover for leave and sickness, and each council pays for its own systems.\n\n"
        "Sharing keeps three sovereign councils. Each decides its own policies, council tax and budget."
    ),
    CaseSectionName.ECONOMIC.value: (
        "Four ways forward were compared: business as usual, sharing, one contract with a company, and "
        "improving alone. Sharing has the highest net present value and the highest score.\n\n"
        "The ranking holds unless cost weighs more than 53.49 of 100, or local jobs more than 79.01 or less "
        "than 5.18."
    ),
    CaseSectionName.COMMERCIAL.value: (
        "The systems are bought together under a framework. Staff transfer to no company. Carrick gives "
        "notice on its contract in time and pays what the contract says."
    ),
    CaseSectionName.FINANCIAL.value: (
        "Savings and running costs are shared by population. One-off costs are shared equally. Each council "
        "pays its own contract exit. All amounts are in prices of the base year.\n\n"
        "In cash every council is better off over the six years. At present value Carrick is not, without "
        "compensation."
    ),
    CaseSectionName.MANAGEMENT.value: (
        "One programme manager reports to the programme board every four weeks and to the joint steering "
        "group every six. The benefits are checked each month by each council’s section 151 officer."
    ),
}

EVIDENCE: Mapping[str, str] = {
    REVENUES: "Joint note FIN-12: posts and systems before and after",
    ICT: "Prices of two suppliers for one set of licences",
    OFFICES: "Leases of the three annexes",
    RECORDS: "Quotation of the records supplier",
    TEAM: "Posts of the programme team at present grades",
    LEGAL: "Fee estimate of the shared legal team",
    TRAINING: "Two days a person, at the rate of the last course",
    EXIT: "Clause 41 of Carrick’s contract",
    RUNNING: "Price list of the systems",
}

STATEMENTS: Sequence[str] = (
    "The savings are realistic and Ashmere can pay its share of the one-off cost from reserves.",
    "Brockvale can afford its share. The range of the figures has been tested and the case stands in each.",
    (
        "I support the case on two conditions. Carrick is compensated so that it is not worse off at present "
        "value, and notice on the present contract is given only when all three councils have agreed."
    ),
)

Scored = tuple[str, int, int, str]
# Criterion, weight, and for each option the mean of three scores, how far the others are from it, and why.
CRITERIA: Sequence[tuple[str, str, int, str, Sequence[Scored]]] = (
    (
        "C-1", "Cost", 40, "What the services cost a year once the change is made",
        (
            ("SHARE", 70, 5, "Close to the lowest cost a year, and known to us"),
            ("OUTSOURCE", 95, 5, "The lowest cost a year on paper, if the market answers"),
            ("IMPROVE", 30, 10, "Each council pays for its own systems"),
            ("BAU", 10, 5, "Saves nothing"),
        ),
    ),
    (
        "C-2", "Quality", 25, "What residents get",
        (
            ("SHARE", 80, 5, "Specialists in each field, and a person to see in each town"),
            ("OUTSOURCE", 65, 10, "Depends on the contract and on how it is watched"),
            ("IMPROVE", 60, 5, "Better than now, within what one council can do"),
            ("BAU", 40, 5, "Waiting times have grown for two years"),
        ),
    ),
    (
        "C-3", "Resilience", 20, "Cover when people are away or leave",
        (
            ("SHARE", 85, 5, "Two people or more for each specialist job"),
            ("OUTSOURCE", 70, 5, "The company can move people, the councils keep few"),
            ("IMPROVE", 30, 5, "Teams stay small"),
            ("BAU", 15, 5, "Single people hold key knowledge"),
        ),
    ),
    (
        "C-4", "Local jobs", 15, "Posts that stay in the three towns",
        (
            ("SHARE", 90, 5, "Posts stay in the three towns, though fewer"),
            ("OUTSOURCE", 20, 10, "The work may be done elsewhere"),
            ("IMPROVE", 100, 0, "All posts stay where they are"),
            ("BAU", 100, 0, "All posts stay where they are"),
        ),
    ),
)  # fmt: skip
