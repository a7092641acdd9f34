"""The ranking of services to share: points, reasons and what is missing."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from services.rules.candidates import Candidate, Part, ServiceFacts, Unranked, rank
from services.rules.comparison import Spread
from services.rules.contracts import Contract

AS_OF = date(2026, 11, 22)


def contract(name: str, year: int, break_on: date | None = None) -> Contract:
    return Contract(name, date(year, 3, 31), break_on)


def test_contracts_size_gap_and_what_is_shared_make_the_points():
    revenues = ServiceFacts(
        "S-1",
        (
            Part("Ashmere", 300_000_00, has_no_contract=True, shared_percent=Decimal(0)),
            Part("Brockvale", 100_000_00, contract=contract("Brockvale", 2028), shared_percent=Decimal(20)),
            Part("Carrick", 200_000_00, contract=contract("Carrick", 2033), shared_percent=Decimal(50)),
        ),
        spread=Spread(Fraction(200), "Ashmere", Fraction(462), "Carrick"),
        spread_of="unit cost",
    )
    payroll = ServiceFacts(
        "S-2", tuple(Part(name, 200_000_00, has_no_contract=True) for name in ("Ashmere", "Brockvale"))
    )
    ranked, unranked = rank([revenues, payroll], as_of=AS_OF)
    assert unranked == []
    assert ranked == [
        Candidate(
            "S-2",
            contracts=Fraction(40),
            size=Fraction(20),
            gap=Fraction(0),
            left_to_share=Fraction(1),
            reasons=(
                "No contract binds Ashmere and Brockvale",
                "The councils spend £400,000 a year on it, 66.7% of the largest service ranked",
            ),
            missing=(
                "Part shared already of Ashmere and Brockvale",
                "A unit cost or cost per head of two councils",
            ),
        ),
        Candidate(
            "S-1",
            contracts=Fraction(80, 3),
            size=Fraction(30),
            gap=Fraction(30 * 262, 462),
            left_to_share=Fraction(4, 5),
            reasons=(
                "No contract binds Ashmere. Brockvale can leave its contract on 31 March 2028",
                "The councils spend £600,000 a year on it, the most of any service ranked",
                "The unit cost is 2.31 times as high in Carrick as in Ashmere",
                "20.0% of it, by cost, is shared already",
            ),
            missing=(),
        ),
    ]
    assert [one.points for one in ranked] == [60, 59]


def test_services_shared_already_or_of_one_council_are_not_ranked():
    done = ServiceFacts("S-1", (Part("Ashmere"), Part("Brockvale")), done="It is shared already")
    assert rank([done, ServiceFacts("S-2", ()), ServiceFacts("S-3", (Part("Ashmere"),))], as_of=AS_OF) == (
        [],
        [
            Unranked("S-1", "It is shared already"),
            Unranked("S-2", "No council’s part in it is stated"),
            Unranked("S-3", "Only Ashmere has a part in it"),
        ],
    )


def test_nothing_stated_earns_nothing_and_is_named():
    (only,), _ = rank([ServiceFacts("S-1", (Part("Ashmere"), Part("Brockvale")))], as_of=AS_OF)
    assert (only.points, only.reasons) == (0, ())
    assert only.missing == (
        "Cost of Ashmere and Brockvale",
        "Contract end of Ashmere and Brockvale",
        "Part shared already of Ashmere and Brockvale",
        "A unit cost or cost per head of two councils",
    )


def test_contracts_far_apart_do_not_fit_together():
    parts = (
        Part("Ashmere", contract=contract("Ashmere", 2028)),
        Part("Brockvale", contract=contract("Brockvale", 2030)),
    )
    (apart,), _ = rank([ServiceFacts("S-1", parts)], as_of=AS_OF)
    (together,), _ = rank([ServiceFacts("S-1", parts)], months=24, as_of=AS_OF)
    assert (apart.contracts, apart.reasons) == (
        0,
        ("Ashmere can leave its contract on 31 March 2028. No two councils are known to fit together",),
    )
    days = "from 31 March 2028 to 31 March 2030"
    assert (together.contracts, together.reasons) == (
        40,
        (f"Ashmere and Brockvale can leave their contracts within 24 months, {days}",),
    )


def test_contract_that_has_ended_binds_nobody():
    parts = (
        Part("Ashmere", contract=contract("Ashmere", 2020)),
        Part("Brockvale", contract=contract("Brockvale", 2028)),
    )
    (one,), _ = rank([ServiceFacts("S-1", parts)], as_of=AS_OF)
    assert one.contracts == 40
    assert one.reasons == ("No contract binds Ashmere. Brockvale can leave its contract on 31 March 2028",)


PENCE = st.none() | st.integers(0, 10**11)
PERCENT = st.none() | st.decimals(0, 100, places=2)


@given(st.lists(st.lists(st.tuples(PENCE, st.booleans(), PERCENT), min_size=2, max_size=5), min_size=1))
def test_points_are_from_0_to_100_and_fall_down_the_list(services):
    facts = [
        ServiceFacts(
            str(index), tuple(Part(f"C{place}", *part[:2], None, part[2]) for place, part in enumerate(parts))
        )
        for index, parts in enumerate(services)
    ]
    ranked, _ = rank(facts, as_of=AS_OF)
    points = [one.exact_points for one in ranked]
    assert sorted(points, reverse=True) == points
    assert all(0 <= one <= 100 for one in points)
    assert sorted(one.ref for one in ranked) == sorted(one.ref for one in facts)
