"""Services and councils' parts in them are recorded by those who may, as the rules allow, with a trail."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent, Source
from programme.models import Membership
from services.actions import service as actions
from services.enums import Confidence, MeasureKind, Provider
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure
from tests.factories import CouncilFactory, UserFactory, role
from tests.services import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return rows.programme_of_three()


@pytest.fixture
def manager(programme):
    user = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return user


@pytest.fixture
def officer(programme):
    """A finance officer of Ashmere."""
    user = UserFactory()
    role(user, RoleName.FINANCE_OFFICER, council=rows.members(programme)[0])
    return user


@pytest.fixture
def service(programme):
    return rows.revenues(programme)


def refusals(said) -> list[tuple[str, str | None, str]]:
    value = said.value
    return [
        (one.code, one.field, one.message)
        for one in (value.refusals if isinstance(value, Refusals) else [value])
    ]


def events(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action))


def test_manager_adds_a_service_last_in_order(programme, manager, service):
    made = actions.create_service(programme, by=manager, values={"ref": " S-9 ", "name": "ICT"})
    stored = Service.objects.get(pk=made.pk)
    assert (stored.ref, stored.name, stored.order_index, stored.version, stored.created_by) == (
        "S-9",
        "ICT",
        1,
        1,
        manager,
    )
    (event,) = events("add_service")
    assert (event.by, event.scope, event.before, event.after) == (
        manager,
        "abc",
        {},
        {"name": "ICT", "ref": "S-9", "version": 1},
    )


def test_service_without_reference_or_name_or_of_a_known_reference_is_refused(programme, manager, service):
    with pytest.raises(Refusals) as said:
        actions.create_service(programme, by=manager, values={"ref": " "})
    assert refusals(said) == [("", "ref", "Enter the reference"), ("", "name", "Enter the name")]
    with pytest.raises(Refusal, match="S-1 is already a service of this programme"):
        actions.create_service(programme, by=manager, values={"ref": "S-1", "name": "x"})
    with pytest.raises(Refusal) as said:
        actions.create_service(programme, by=manager, values={"ref": "S-2", "name": "x" * 201})
    assert refusals(said) == [("85", "name", "Name must be 200 characters or less")]
    assert Service.objects.count() == 1


def test_officer_adds_no_service_and_changes_no_shared_fact(programme, officer, service):
    with pytest.raises(PermissionDenied):
        actions.create_service(programme, by=officer, values={"ref": "S-9", "name": "ICT"})
    with pytest.raises(PermissionDenied):
        actions.update_service(service, by=officer, seen_version=1, values={"name": "Taxes"})
    assert Service.objects.get().name == "revenues and benefits"


def test_update_changes_what_is_given_and_leaves_a_trail(programme, manager, service):
    brockvale = rows.members(programme)[1]
    actions.update_service(
        service, by=manager, seen_version=1, values={"lead_council": brockvale, "name": "Revenues"}
    )
    stored = Service.objects.get()
    assert (stored.name, stored.lead_council, stored.version) == ("Revenues", brockvale, 2)
    (event,) = events("change_service")
    assert (event.before, event.after) == (
        {"lead_council": "Ashmere", "name": "revenues and benefits"},
        {"lead_council": "Brockvale", "name": "Revenues", "version": 2},
    )


def test_saving_without_a_change_leaves_no_trace(manager, service):
    actions.update_service(service, by=manager, seen_version=1, values={"name": "revenues and benefits"})
    assert (Service.objects.get().version, events("change_service")) == (1, [])


def test_lead_council_is_a_partner(manager, service):
    with pytest.raises(Refusals) as said:
        actions.update_service(
            service, by=manager, seen_version=1, values={"lead_council": CouncilFactory(short_name="Holt")}
        )
    assert refusals(said) == [("76", "lead_council", "Holt is not a partner in this programme")]


def test_edit_of_an_older_version_is_refused(manager, service):
    actions.update_service(service, by=manager, seen_version=1, values={"name": "Revenues"})
    with pytest.raises(StaleEdit, match="Review their change before you save"):
        actions.update_service(service, by=manager, seen_version=1, values={"name": "Benefits"})
    read_before = Service.objects.get()
    Service.objects.update(version=7)
    with pytest.raises(StaleEdit):
        actions.update_service(read_before, by=manager, seen_version=2, values={"name": "Benefits"})
    assert Service.objects.get().name == "Revenues"


def test_officer_records_the_part_of_the_own_council_alone(programme, officer, service):
    ashmere, brockvale, _ = rows.members(programme)
    actions.save_provision(
        service,
        ashmere,
        by=officer,
        seen_version=1,
        channel=Channel.API,
        values={
            "provider": Provider.OUTSOURCED,
            "provider_name": "Northgate",
            "fte": Decimal("12.50"),
            "contract_break_on": date(2027, 4, 1),
            "contract_end_on": date(2029, 3, 31),
            "shared_percent": Decimal(20),
        },
    )
    stored = ServiceCouncil.objects.get(council=ashmere)
    assert (stored.provider_name, stored.fte, stored.contract_break_on, stored.shared_percent) == (
        "Northgate",
        Decimal("12.50"),
        date(2027, 4, 1),
        Decimal(20),
    )
    (event,) = events("change_service_council")
    assert (event.object_id, event.channel) == (service.pk, Channel.API)
    assert event.before == {
        "council": "Ashmere",
        "provider": "in_house",
        "provider_name": "",
        "fte": "31",
        "contract_break_on": None,
        "contract_end_on": None,
        "shared_percent": None,
    }
    assert event.after["fte"] == "12.5"
    assert Service.objects.get().version == 2
    with pytest.raises(PermissionDenied, match="Only an officer of Brockvale or the programme manager"):
        actions.save_provision(service, brockvale, by=officer, seen_version=2, values={"fte": Decimal(9)})


def test_part_of_another_partner_is_added(programme, manager):
    service = rows.payroll(programme)
    carrick = rows.members(programme)[2]
    actions.save_provision(service, carrick, by=manager, seen_version=1, values={})
    assert service.provisions.filter(council=carrick).count() == 1
    assert [event.after for event in events("add_service_council")] == [{"council": "Carrick", "version": 2}]
    with pytest.raises(Refusal) as said:
        actions.save_provision(
            service, CouncilFactory(short_name="Holt"), by=manager, seen_version=2, values={}
        )
    assert refusals(said) == [("76", "council", "Holt is not a partner in this programme")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"contract_break_on": date(2029, 4, 1), "contract_end_on": date(2029, 3, 31)},
            ("12", "contract_end_on", "End date must be after 1 April 2029"),
        ),
        (
            {"contract_end_on": date(9999, 3, 31)},
            ("13", "contract_end_on", "Date must be between 1 April 1974 and 31 March 2100"),
        ),
        ({"fte": Decimal(-1)}, ("", "fte", "Full-time equivalents must be between 0 and 99,999.99")),
        ({"shared_percent": Decimal(101)}, ("", "shared_percent", "Percentage must be between 0 and 100")),
    ],
)
def test_part_that_cannot_be_is_refused(programme, manager, service, values, expected):
    ashmere = rows.members(programme)[0]
    with pytest.raises(Refusals) as said:
        actions.save_provision(service, ashmere, by=manager, seen_version=1, values=values)
    assert refusals(said) == [expected]
    assert (Service.objects.get().version, AuditEvent.objects.count()) == (1, 0)


def test_cost_of_a_year_is_added_changed_and_removed(programme, officer, service):
    provision = service.provisions.get(council__short_name="Ashmere")
    cost = actions.save_cost(
        provision,
        by=officer,
        seen_version=1,
        fy=2027,
        values={"amount_pence": 5_00, "confidence": Confidence.LOW, "source": "Ledger"},
    )
    assert (cost.amount_pence, cost.confidence, str(cost.source)) == (5_00, "low", "Ledger")
    provision.refresh_from_db()
    actions.save_cost(
        provision, by=officer, seen_version=2, fy=2027, values={"amount_pence": 7_00, "source": "Ledger"}
    )
    assert provision.costs.get(fy=2027).amount_pence == 7_00
    assert Source.objects.filter(document="Ledger").count() == 1
    provision.refresh_from_db()
    actions.remove_cost(provision.costs.get(fy=2027), by=officer, seen_version=3)
    assert not provision.costs.filter(fy=2027).exists()
    trail = AuditEvent.objects.order_by("pk").values_list("action", "before", "after")
    about = {"council": "Ashmere", "fy": 2027}
    assert list(trail) == [
        (
            "add_service_cost",
            {},
            {**about, "amount_pence": 500, "confidence": "low", "source": "Ledger", "version": 2},
        ),
        ("change_service_cost", {**about, "amount_pence": 500}, {**about, "amount_pence": 700, "version": 3}),
        (
            "remove_service_cost",
            {**about, "amount_pence": 700, "confidence": "low"},
            {**about, "version": 4},
        ),
    ]


@pytest.mark.parametrize(
    ("fy", "values", "expected"),
    [
        (2027, {}, ("1", "amount_pence", "Enter the cost in pounds, for example 12,500 or 12,500.50")),
        (2027, {"amount_pence": -1}, ("5", "amount_pence", "Cost must be £0 or more")),
        (2027, {"amount_pence": 10**12 + 1}, ("7", "amount_pence", "Amount must be £10,000,000,000 or less")),
        (0, {"amount_pence": 1}, ("14", "fy", "Select a financial year, for example 2026 to 2027")),
        (2029, {"amount_pence": 1}, ("76", "fy", "Carrick left on 31 March 2028. Choose an earlier period")),
    ],
)
def test_cost_that_cannot_be_is_refused_and_nothing_is_stored(
    programme, manager, service, fy, values, expected
):
    membership = Membership.objects.get(council__short_name="Carrick")
    membership.left_first_on = membership.left_last_on = date(2028, 3, 31)
    membership.left_precision = "day"
    membership.save()
    provision = service.provisions.get(council__short_name="Carrick")
    with pytest.raises(Refusals) as said:
        actions.save_cost(provision, by=manager, seen_version=1, fy=fy, values=values)
    assert refusals(said) == [expected]
    assert (ServiceCost.objects.count(), AuditEvent.objects.count()) == (5, 0)


def test_cost_of_a_year_before_the_council_joined_is_where_a_comparison_starts(programme, manager, service):
    membership = Membership.objects.get(council__short_name="Carrick")
    membership.joined_first_on = membership.joined_last_on = date(2026, 4, 1)
    membership.joined_precision = "day"
    membership.save()
    provision = service.provisions.get(council__short_name="Carrick")
    cost = actions.save_cost(provision, by=manager, seen_version=1, fy=2023, values={"amount_pence": 5})
    assert ServiceCost.objects.get(pk=cost.pk).fy == 2023


def test_measure_is_recorded_changed_and_removed(programme, officer, service):
    provision = service.provisions.get(council__short_name="Ashmere")
    actions.save_measure(
        provision,
        by=officer,
        seen_version=1,
        name=" Claims ",
        fy=2025,
        values={"kind": MeasureKind.VOLUME, "value": Decimal(31_000), "unit": "claims"},
    )
    provision.refresh_from_db()
    actions.save_measure(
        provision, by=officer, seen_version=2, name="Claims", fy=2025, values={"value": Decimal("31000.5")}
    )
    measure = ServiceMeasure.objects.get()
    assert (measure.name, measure.kind, measure.unit, measure.value) == (
        "Claims",
        "volume",
        "claims",
        Decimal("31000.5"),
    )
    provision.refresh_from_db()
    actions.remove_measure(ServiceMeasure.objects.get(), by=officer, seen_version=3)
    assert (ServiceMeasure.objects.count(), len(events("remove_service_measure"))) == (0, 1)


def test_measure_that_cannot_be_is_refused(manager, service):
    provision = service.provisions.get(council__short_name="Ashmere")
    with pytest.raises(Refusals) as said:
        actions.save_measure(provision, by=manager, seen_version=1, name="Claims", fy=2025, values={})
    assert refusals(said) == [
        ("", "kind", "Select what the measure counts"),
        ("", "value", "Enter the value"),
    ]
    with pytest.raises(Refusals) as said:
        actions.save_measure(
            provision,
            by=manager,
            seen_version=1,
            name="Claims",
            fy=2025,
            values={"kind": MeasureKind.VOLUME, "value": Decimal(-1)},
        )
    assert refusals(said) == [("", "value", "A volume of work must be 0 or more")]
    with pytest.raises(Refusal, match="Enter the measure"):
        actions.save_measure(provision, by=manager, seen_version=1, name="", fy=2025, values={})


def test_failed_trail_takes_the_write_back(manager, service):
    provision = service.provisions.get(council__short_name="Ashmere")
    with pytest.raises(ValueError, match="channel"):
        actions.save_cost(
            provision,
            by=manager,
            seen_version=1,
            fy=2027,
            values={"amount_pence": 1},
            channel=_Broken(),
        )
    assert (ServiceCost.objects.count(), Service.objects.get().version) == (5, 1)


class _Broken:
    """A channel that no database takes."""

    def __str__(self) -> str:
        raise ValueError("channel")
