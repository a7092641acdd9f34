"""The partnership of a programme and the councils in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from benefits.models import ActualAmount, ForecastAmount, PlanAmount
from governance.casefiles.checking.programme import status_of
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Part, Wanted, save_row
from governance.casefiles.plain import plain
from programme.models import Membership, Partnership

_FIELDS = (
    "order_index",
    "status",
    "role_text",
    "financial_share_percent",
    "voting_share_percent",
    "note",
    "source",
)
_DATES = ("joined", "left")


def load_partnership(loading: Loading, file: CaseFile) -> Partnership:
    """The partnership that the file's programme belongs to, with its councils as the file lists them."""
    given, model = file.section("partnership"), file.section("model")
    key = given.text("key") or file.key
    partnership = Partnership.objects.select_related("source").filter(key=key).first() or Partnership(key=key)
    values = {
        "name": given.text("name") or name_from(file.root.text("title")),
        "model": model.text("primary") or Partnership._meta.get_field("model").get_default(),
        "also_models": model.strings("also"),
        "description": model.text("description"),
        "source": loading.source(model),
    }
    part = _members_part(loading, file, partnership)
    wanted = Wanted("partnership", f"Partnership {key}", key, values, parts=[part], is_shared=True)
    return save_row(loading, partnership, wanted)


def name_from(title: str) -> str:
    """A partnership's name from the title of a case: what stands before the colon."""
    return title.split(": ", maxsplit=1)[0]


def _members_part(loading: Loading, file: CaseFile, partnership: Partnership) -> Part:
    rows = partnership.memberships.select_related("council", "source") if partnership.pk else ()
    existing = {row.council.key: row for row in rows}
    wanted = _memberships(loading, file, partnership)
    for key in sorted(_with_entries(partnership, existing.keys() - wanted.keys())):
        wanted[key] = existing[key]
        loading.report.kept.append(f"partner {key}, which has entries in the ledgers")
    return members_part(partnership, existing, wanted)


def members_part(
    partnership: Partnership, existing: dict[str, Membership], wanted: dict[str, Membership]
) -> Part:
    """The councils of a partnership by key, as they are and as a file says."""

    def write() -> None:
        for key, row in wanted.items():
            row.pk = existing[key].pk if key in existing else None
            row.version = existing[key].version + 1 if key in existing else 1
            row.partnership = partnership
            row.save()
        partnership.memberships.exclude(council__key__in=wanted).delete()

    return Part("partners", _plain_members(existing), _plain_members(wanted), write)


def _with_entries(partnership: Partnership, keys: Collection[str]) -> set[str]:
    """Those councils that have entries in the ledgers of the partnership's programmes (INV-42)."""
    found: set[str] = set()
    for ledger in (PlanAmount, ForecastAmount, ActualAmount) if keys else ():
        rows = ledger.objects.filter(line__programme__partnership=partnership, council__key__in=keys)
        found |= set(rows.values_list("council__key", flat=True))
    return found


def _memberships(loading: Loading, file: CaseFile, partnership: Partnership) -> dict[str, Membership]:
    wanted = {}
    for order, entry in _in_order(loading, file.entries("partners")):
        row = Membership(
            partnership=partnership,
            council=loading.councils[entry.text("council")],
            order_index=order,
            status=status_of(entry),
            role_text=entry.text("role"),
            financial_share_percent=entry.number("financial_share_percent"),
            voting_share_percent=entry.number("voting_share_percent"),
            note=entry.text("note"),
            source=loading.source(entry),
        )
        for name in _DATES:
            row.set_date(name, entry.date(name))
        wanted[entry.text("council")] = row
    return wanted


def _in_order(loading: Loading, partners: list[Entry]) -> list[tuple[int, Entry]]:
    """Each partner with its place: as given, then by name, so that none comes first by favour."""
    given = [order for entry in partners if (order := entry.integer("order")) is not None]
    following = max(given, default=-1) + 1
    rest = [entry for entry in partners if entry.integer("order") is None]
    rest.sort(key=lambda entry: loading.councils[entry.text("council")].name)
    placed = [(order, entry) for entry in partners if (order := entry.integer("order")) is not None]
    return placed + list(enumerate(rest, following))


def _plain_members(rows: dict[str, Membership]) -> list[list[Any]]:
    return [
        [
            key,
            *(plain(getattr(row, name)) for name in _FIELDS),
            *(plain(row.get_date(name)) for name in _DATES),
        ]
        for key, row in sorted(rows.items())
    ]
