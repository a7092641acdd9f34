"""What was said of amounts that may be counted twice. An answer stands only on the facts it was of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benefits.enums import DoubleCountKind
from benefits.models import Benefit, DoubleCountAnswer, Line
from benefits.queries.claimants import key_of, read_claims
from benefits.rules.double_counts import Flag, find_double_counts, flag_key
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.entered import by_whom, recorded_as
from governance.casefiles.loading.rows import audit_entry
from programme.models import Programme
from programme.queries.milestones import known_on

_LAPSED = ""  # no mark of any facts


def load_double_count_answers(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    lines: Mapping[str, Line],
    benefits: Mapping[str, Benefit],
) -> None:
    """Enter the answers that are new, each to the flag that the programme's amounts raise today."""
    rows = list(programme.double_count_answers.select_related("entered_by").order_by("pk"))
    flags: list[Flag] | None = None
    for entry in file.entries("double_count_answers"):
        values = _values(loading, entry)
        if recorded_as(loading, entry, rows, values) is not None:
            continue
        if flags is None:
            claims = read_claims(programme, as_of=known_on(programme, loading.as_of))
            flags = find_double_counts(claims.claimants)
        row = lines.get(entry.text("line")) or benefits.get(entry.text("benefit"))
        about = _about(entry, values, flags, key_of(row) if row else "")
        made = DoubleCountAnswer.objects.create(
            programme=programme, **values, **about, **by_whom(loading, entry)
        )
        after = {"outcome": made.outcome, "doubtful_pence": made.doubtful_pence}
        audit_entry(loading, made, noun="answer to a flag", scope=programme.key, after=after, why=made.why)


def _values(loading: Loading, entry: Entry) -> dict[str, Any]:
    """What the entry says that is the same in every database."""
    return {
        "kind": entry.text("kind"),
        "council": loading.council(entry),
        "flag_text": entry.text("text"),
        "doubtful_pence": needed(entry.pence("doubtful_gbp")),
        "outcome": entry.text("outcome"),
        "why": entry.text("why"),
    }


def _about(entry: Entry, values: Mapping[str, Any], flags: Iterable[Flag], claimant: str) -> dict[str, str]:
    """Key of the flag that it answers, and the mark of its facts where the answer still stands."""
    kind, council = DoubleCountKind(values["kind"]), values["council"].pk if values["council"] else 0
    key = flag_key(kind, council, entry.fy("fy") or 0, entry.text("ledger_code"), claimant)
    flag = next((one for one in flags if _answers(one, kind, council, key, claimant)), None)
    if flag is None:
        return {"flag_key": key, "facts_mark": _LAPSED}
    return {"flag_key": flag.key, "facts_mark": flag.mark if entry.yes("stands") else _LAPSED}


def _answers(flag: Flag, kind: DoubleCountKind, council: int, key: str, claimant: str) -> bool:
    """Whether the answer is to this flag: by its key, or of a shared cause by one of those who share it."""
    if flag.key == key:
        return True
    is_one = any(one.key == claimant for one in flag.claimants)
    return kind == DoubleCountKind.SAME_CAUSE and flag.kind == kind and flag.council == council and is_one
