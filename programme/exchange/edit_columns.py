"""The columns of a file by which milestones are changed, out and in: one list for both ways."""

from __future__ import annotations

from core.imports.cells import number_of, text_of
from core.imports.tables import ImportColumn
from core.rules.text import TEXT_LIMIT
from programme.rules.milestone_update import EVIDENCE_LIMIT

REFERENCE, VERSION, ID = "Reference", "Version", "ID"
# By the name that the action gives it: what a file may change, what only a programme manager changes by one,
# and what it shows beside that.
TERMS = {"title": "Milestone", "owner": "Owner"}
CHANGED = {
    "forecast_on": "Forecast",
    "achieved_on": "Achieved on",
    "note": "Note",
    "evidence": "Evidence",
}
SHOWN = {"plan": "Current plan"}
DATES = ("forecast_on", "achieved_on")
CLEAR = "clear"
_LONGEST_WORDS = 400
_LIMITS = {"note": TEXT_LIMIT, "evidence": EVIDENCE_LIMIT}

NOTES = (
    "Change Forecast, Achieved on, Note and Evidence, save the file and send it back.",
    "First you see each change, from what to what; nothing is changed before you say so.",
    f"A cell left empty changes nothing. To empty a field, write the word {CLEAR} in its cell.",
    "Dates may be dates of the spreadsheet, or text such as 1 April 2027, 01/04/2027 or 2027-04-01.",
    "A date that is known only to a month or a season stays as it is while its words stay.",
    "A programme manager may change Milestone and Owner too; for anyone else they are there to be read.",
    "An owner is chosen from the list of the cell, or named by e-mail address.",
    "ID, Reference and Version say which milestone a row is, and which state of it you edited: leave them.",
    "A row that someone else changed meanwhile is shown and left out; the others are taken.",
    "Current plan is there to be read, and is not changed by this file.",
    "Rows may be left out, and stand in any order: what is not in the file stays as it is.",
    "The sheet is protected without a password, so that its titles stay.",
    "A formula counts as the value that the spreadsheet last worked out for it.",
)


def edit_columns() -> list[ImportColumn]:
    """Reference and version must be there; the ID, what is changed and what is only shown may be left out.

    Dates are read as text: what the words of an imprecise date mean, its milestone knows.
    """
    return [
        ImportColumn("ref", REFERENCE, text_of(REFERENCE, 40), is_required=True),
        ImportColumn("version", VERSION, number_of(VERSION, places=0, least=1), is_required=True),
        ImportColumn("id", ID, number_of(ID, places=0, least=1), is_needed=False),
        *(
            ImportColumn(name, title, text_of(title, _LIMITS.get(name, _LONGEST_WORDS)), is_needed=False)
            for name, title in (*TERMS.items(), *SHOWN.items(), *CHANGED.items())
        ),
    ]
