"""Shared posts as files: a programme’s list, and what a council publishes under the Transparency Code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.assessment import NotApplicable
from programme.models import Programme
from services.queries.shared_posts import CouncilPosts, PostRow

BAND_NOTE = "Salary bands: £5,000 wide, from £50,000. [z] is the start of what is paid below that."
END_NOTE = "Ends on: [z] is a post that has no end yet."
NAME_NOTE = "No names are kept here. Where a name must be published, the council adds it."


def _end(row: PostRow) -> Value:
    return row.post.ends_on or NotApplicable("No end yet")


POST_COLUMNS: list[Column[PostRow]] = [
    Column("Reference", lambda row: row.post.ref),
    Column("Job title", lambda row: row.post.title),
    Column("Tier", lambda row: row.post.tier, Format.NUMBER),
    Column("Grade", lambda row: row.post.grade or None),
    Column("Department", lambda row: row.department or None),
    Column("Team", lambda row: row.post.team or None),
    Column("Service", lambda row: str(row.post.service) if row.post.service else None),
    Column("Employed by", lambda row: str(row.post.employed_by)),
    Column("Shared between", lambda row: row.shared_between),
    Column("Full-time equivalents", lambda row: row.post.fte, Format.NUMBER),
    Column("Permanent or temporary", lambda row: str(row.post.get_term_display())),
    Column("Salary from (£)", lambda row: row.band_start_pence, Format.MONEY),
    Column("Salary to (£)", lambda row: row.band_end_pence, Format.MONEY),
    Column("Salary ceiling (£)", lambda row: row.post.salary_ceiling_pence, Format.MONEY),
    Column("Budget (£)", lambda row: row.post.budget_pence, Format.MONEY),
    Column("Number of staff", lambda row: row.post.staff_count, Format.NUMBER),
    Column("Legal basis", lambda row: str(row.post.get_legal_basis_display())),
    Column("State", lambda row: row.state),
    Column("Starts on", lambda row: row.post.starts_on, Format.DATE),
    Column("Ends on", _end, Format.DATE),
    Column("Responsibilities", lambda row: row.post.responsibilities or None),
]


def shared_post_table(rows: Sequence[PostRow]) -> Table[PostRow]:
    """The posts of a page as a file, in its order."""
    return Table("shared-posts", "Shared posts", POST_COLUMNS, rows)


def shared_post_document(programme: Programme, rows: Sequence[PostRow], *, as_of: date) -> Document:
    """The same as a workbook."""
    return Document(
        title=f"Shared posts – {programme}",
        as_of=as_of,
        cover=[("Programme", str(programme)), ("Shared posts", str(len(rows)))],
        notes=[BAND_NOTE, END_NOTE, NAME_NOTE],
        tables=[shared_post_table(rows)],
    )


def organisation_chart_table(posts: CouncilPosts) -> Table[PostRow]:
    """The council's shared posts of the top three tiers, in the columns that the Code asks for."""
    columns: list[Column[PostRow]] = [
        *_about(posts),
        Column("Tier", lambda row: row.post.tier, Format.NUMBER),
        Column("Job title", lambda row: row.post.title),
        Column("Grade", lambda row: row.post.grade or None),
        Column("Department", lambda row: row.department or None),
        Column("Team", lambda row: row.post.team or None),
        Column("Permanent or temporary", lambda row: str(row.post.get_term_display())),
        Column("Contact details", lambda row: row.post.contact or None),
        *_salary(),
        Column("Salary ceiling (£)", lambda row: row.post.salary_ceiling_pence, Format.MONEY),
        *_sharing(posts),
    ]
    return Table("organisation-chart", "Organisation chart: shared posts", columns, posts.chart)


def senior_salaries_table(posts: CouncilPosts) -> Table[PostRow]:
    """The council's shared posts paid £50,000 or more, in the columns that the Code asks for."""
    columns: list[Column[PostRow]] = [
        *_about(posts),
        Column("Job title", lambda row: row.post.title),
        Column("Department", lambda row: row.department or None),
        *_salary(),
        Column("Responsibilities", lambda row: row.post.responsibilities or None),
        Column("Budget held (£)", lambda row: row.post.budget_pence, Format.MONEY),
        Column("Number of staff", lambda row: row.post.staff_count, Format.NUMBER),
        Column("Bonuses and benefits in kind", lambda row: row.post.bonuses or None),
        Column("Name must be published", lambda row: "Yes" if row.is_named else "No"),
        *_sharing(posts),
    ]
    return Table("senior-salaries", "Senior salaries: shared posts", columns, posts.salaries)


def _about(posts: CouncilPosts) -> list[Column[PostRow]]:
    council = posts.council
    return [
        Column("Organisation name", lambda _: council.name),
        Column("Organisation code", lambda _: council.ons_code or None),
        Column("Effective date", lambda _: posts.on, Format.DATE),
        Column("Post reference", lambda row: row.published_ref),
    ]


def _salary() -> list[Column[PostRow]]:
    return [
        Column("Salary from (£)", lambda row: row.band_start_pence, Format.MONEY),
        Column("Salary to (£)", lambda row: row.band_end_pence, Format.MONEY),
    ]


def _sharing(posts: CouncilPosts) -> list[Column[PostRow]]:
    def share(row: PostRow) -> Value:
        return row.percent_of(posts.council)

    return [
        Column("Full-time equivalents", lambda row: row.post.fte, Format.NUMBER),
        Column("Share of this organisation (%)", share, Format.NUMBER),
        Column("Employed by", lambda row: row.post.employed_by.name),
        Column("Sharing", lambda row: row.note),
        Column("Starts on", lambda row: row.post.starts_on, Format.DATE),
        Column("Ends on", _end, Format.DATE),
    ]
