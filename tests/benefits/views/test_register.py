import csv
from datetime import date
from io import StringIO

import pytest

from accounts.enums import RoleName
from benefits.enums import BenefitClass, BenefitState
from benefits.models import (
    Benefit,
    BenefitEvidence,
    BenefitLink,
    BenefitReview,
    BenefitShare,
    MeasureReading,
    ProfileEntry,
)
from tests.factories import (
    BenefitFactory,
    MilestoneFactory,
    ObjectiveFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    role,
    sign_in,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/programmes/abc-shared-services/benefits/"


@pytest.fixture
def reader(client, story):
    user = UserFactory()
    role(user, RoleName.MEMBER, council=story.councils[0])
    return sign_in(client, user)


def test_register_shows_each_benefit_and_its_pounds(reader, story):
    page = text_of(reader.get(PAGE))
    assert (
        "Lower cost of ICT B-2 All partner councils, ICT Cashable Identified Not stated In pounds "
        "216,000.00 276,000.00 1,127.55 oldest 10 working days 14,272.45 0.00" in page
    )


def test_register_draws_pounds_by_state_and_claims_by_age_and_says_how_measures_move(reader, story):
    Benefit.objects.filter(ref="B-2").update(measure_name="Days to answer", starting_value=9)
    answer = reader.get(PAGE)
    page = text_of(answer)
    assert "of cashable savings is planned; none of it comes from benefits that have begun" in page
    assert "£1,127.55 waits for verification, nothing for more than 20 working days" in page
    assert "How measures move Of 1 measure" in page
    assert 'data-for="chart-states"' in answer.content.decode()
    narrowed = reader.get(f"{PAGE}?council={story.councils[0].key}&page=1").content.decode()
    assert f"benefits.csv?council={story.councils[0].key}&amp;table=states" in narrowed


def test_register_without_benefits_says_where_they_come_from(client):
    programme = ProgrammeFactory(key="empty")
    user = UserFactory()
    role(user, RoleName.MEMBER, council=councils_of(programme)[0])
    page = text_of(sign_in(client, user).get("/programmes/empty/benefits/"))
    assert "No benefits are recorded for this programme" in page


def test_register_takes_one_number_of_queries(reader, story, django_assert_num_queries):
    with django_assert_num_queries(18):
        reader.get(PAGE)
    for number in range(3):
        BenefitFactory(programme=story.programme, ref=f"N-{number}")
    with django_assert_num_queries(18):
        reader.get(PAGE)


def test_csv_of_the_register_holds_every_benefit(reader, story):
    BenefitFactory(
        programme=story.programme,
        ref="B-9",
        title="=1+1",
        benefit_class=BenefitClass.QUALITATIVE,
        target_text="No target wanted",
    )
    response = reader.get("/programmes/abc-shared-services/benefits.csv")
    rows = list(csv.DictReader(StringIO(b"".join(response).decode(), newline="")))
    assert [(row["Reference"], row["Benefit"], row["Target"], row["Current plan"]) for row in rows] == [
        ("B-1", "Lower cost of Revenues and benefits", "In pounds", "1404000.00"),
        ("B-2", "Lower cost of ICT", "In pounds", "276000.00"),
        ("B-3", "Lower cost of Offices", "In pounds", "360000.00"),
        ("B-9", "'=1+1", "No target wanted", "[x]"),
    ]


def test_benefit_shows_its_lines_and_leads_to_them(reader, story):
    response = reader.get(f"/benefits/{story.benefits[1].pk}/")
    assert f"/lines/{story.ict.pk}/" in response.content.decode()
    page = text_of(response)
    assert "Lower cost of ICT L-2 Cashable saving 216,000.00 276,000.00 275,400.00 1,127.55 14,272.45" in page
    assert "Lower cost of Offices" not in page


def test_benefit_counted_in_another_says_so(reader, story):
    inner = BenefitFactory(programme=story.programme, counted_in=story.benefits[0])
    page = text_of(reader.get(f"/benefits/{inner.pk}/"))
    assert "Counted in another benefit" in page
    assert "This benefit is not counted in pounds" in page


def test_benefit_is_not_there_for_a_stranger(client, story):
    assert sign_in(client, UserFactory()).get(f"/benefits/{story.benefits[0].pk}/").status_code == 404


def test_benefit_takes_one_number_of_queries(reader, story, django_assert_num_queries):
    benefit, councils = story.benefits[0], story.councils
    page = f"/benefits/{benefit.pk}/"
    with django_assert_num_queries(29):
        reader.get(page)
    officer = UserFactory()
    role(officer, RoleName.PROGRAMME_MANAGER, partnership=story.programme.partnership)
    Benefit.objects.filter(pk=benefit.pk).update(owner=officer, state=BenefitState.REALISING)
    said = {"benefit": benefit, "entered_by": officer}
    for number, council in enumerate(councils, 1):
        milestone = MilestoneFactory(programme=story.programme, ref=f"Q-{number}")
        objective = ObjectiveFactory(programme=story.programme, ref=f"Q-{number}")
        BenefitLink.objects.create(
            programme=story.programme, from_milestone=milestone, to_benefit=benefit, entered_by=officer
        )
        BenefitLink.objects.create(
            programme=story.programme, from_benefit=benefit, to_objective=objective, entered_by=officer
        )
        MeasureReading.objects.create(fy=2026, period=number, council=council, value=number, **said)
        BenefitEvidence.objects.create(text=f"Return {number}", **said)
        BenefitReview.objects.create(reviewed_on=date(2026, 11, number), finding="On the way", **said)
        BenefitShare.objects.create(benefit=benefit, council=council, percent=number)
        ProfileEntry.objects.create(benefit=benefit, fy=2026 + number, value=number)
    with django_assert_num_queries(30):
        reader.get(page)
