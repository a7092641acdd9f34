"""What the columns of a report's tables mean, for the dictionary of its data."""

from __future__ import annotations

from core.exports.tables import Format
from core.publishing.tidy import Meanings
from governance.benefits_files.figures import FIGURES
from governance.reporting.tracing import CURRENT, FORECAST, ORIGINAL

# By title and format: the same title stands over pounds in one table and over days in another.
MEANINGS: Meanings = {
    **{(field.title, field.unit.cell_format): field.says for field in FIGURES},
    (ORIGINAL, Format.DATE): "The day in plan version 1, which stays visible",
    (CURRENT, Format.DATE): "The day in the plan version in effect on the file's day",
    (FORECAST, Format.DATE): "The day that was expected on the file's day",
    ("Days from plan", Format.NUMBER): "The day achieved, else the forecast, less the current plan; "
    "positive is late",
    ("Rating", Format.TEXT): "Green, Amber or Red by the programme’s limits; in words why there is none",
    ("Likelihood", Format.NUMBER): "From 1, the least, to 5",
    ("Impact", Format.NUMBER): "From 1, the least, to 5",
    ("Score", Format.NUMBER): "Likelihood times impact",
}
