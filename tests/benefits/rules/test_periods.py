"""When a month can be closed."""

from datetime import date

import pytest

from benefits.rules.periods import check_close
from core.errors import Refusal


def test_month_is_closed_after_its_last_day_and_not_on_it() -> None:
    with pytest.raises(Refusal, match="November 2026 is not over"):
        check_close(2026, 8, as_of=date(2026, 11, 30), is_closed=False)
    check_close(2026, 8, as_of=date(2026, 12, 1), is_closed=False)
