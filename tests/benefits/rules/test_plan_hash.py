from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.plan_hash import plan_hash, plan_text

AMOUNTS = st.tuples(
    st.sampled_from(["L-1", "L-2"]),
    st.sampled_from(["ashmere", "brockvale"]),
    st.integers(2026, 2031),
    st.none() | st.integers(1, 12),
    st.integers(0, 10**12),
)


def test_plan_text_is_one_sorted_list_a_line():
    day = date(2027, 10, 1)
    text = plan_text(
        [("M-1", day, day, "day")],
        [("L-1", "ashmere", 2027, 7, 400_000), ("L-1", "ashmere", 2026, None, 1)],
    )
    assert text == (
        '["amount", "L-1", "ashmere", 2026, "year", 1]\n'
        '["amount", "L-1", "ashmere", 2027, 7, 400000]\n'
        '["date", "M-1", "2027-10-01", "2027-10-01", "day"]\n'
    )


@given(st.lists(AMOUNTS), st.randoms())
def test_plan_hash_does_not_depend_on_the_order_of_rows(amounts, random):
    shuffled = list(amounts)
    random.shuffle(shuffled)
    assert plan_hash([], amounts) == plan_hash([], shuffled)


@given(st.lists(AMOUNTS, min_size=1), st.data())
def test_plan_hash_changes_with_any_penny(amounts, data):
    index = data.draw(st.integers(0, len(amounts) - 1))
    line, council, fy, period, pence = amounts[index]
    other = [*amounts[:index], (line, council, fy, period, pence + 1), *amounts[index + 1 :]]
    assert plan_hash([], amounts) != plan_hash([], other)
