"""Text boxes that stand in the cells of a table, as forms of many boxes share them.

`components/cell-box.html` draws one; static/js/grid.js takes cells pasted from a spreadsheet into them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Box:
    """One text box: its name, which is its id too, what stands in it, and what is wrong with it.

    `stored` is what is there without what was typed. `label` says what the box is for, or `labelled` holds
    the ids of what says so on the page.
    """

    name: str
    value: str = ""
    stored: str = ""
    error: str = ""
    label: str = ""
    labelled: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether something else was typed than is stored."""
        return self.value.strip() != self.stored
