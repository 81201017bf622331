from datetime import date

import pytest

from broker_admin.demo import cast
from broker_admin.demo.cast import firms, identity, person
from broker_admin.rules.identifiers import birth_date, identity_fault, uscc_fault

TODAY = date(2026, 11, 22)
EVERYBODY = [*range(70, 470), *range(5_001, 5_101), *range(9_001, 9_006)]


@pytest.mark.parametrize("attribute", ["name", "name_en", "uscc", "mailbox", "address"])
def test_no_two_firms_are_alike(attribute):
    assert len({getattr(firm, attribute) for firm in firms(66)}) == 66


def test_every_code_is_well_formed():
    assert {uscc_fault(firm.uscc) for firm in firms(66)} == {None}


def test_no_code_has_an_area_that_registers_anybody():
    assert {firm.uscc[6:8] for firm in firms(66)} == {"99"}


def test_firms_sit_in_several_cities_of_the_province():
    regions = {firm.region_code for firm in firms(66)}
    assert len(regions) == 8
    assert {region[:2] for region in regions} == {"44"}


@pytest.mark.parametrize("firm", firms(8), ids=lambda firm: firm.mailbox)
def test_name_and_address_agree_on_the_city(firm):
    city = firm.name[:2]
    assert firm.address.startswith(f"广东省{city}市")
    assert firm.name_en.endswith("Co., Ltd.")


def test_mailboxes_count_from_one():
    assert [firm.mailbox for firm in firms(3)] == ["firm01", "firm02", "firm03"]


def test_every_identity_number_is_well_formed():
    assert {identity_fault(identity(index), TODAY) for index in EVERYBODY} == {None}


def test_no_two_people_share_an_identity_number():
    assert len({identity(index) for index in EVERYBODY}) == len(EVERYBODY)


def test_no_identity_number_is_of_a_district_that_exists():
    assert {identity(index)[:6] for index in EVERYBODY} == {"440199"}


def test_everybody_is_old_enough_to_work():
    births = [birth_date(identity(index)) for index in EVERYBODY]
    assert date(1975, 1, 1) <= min(births)
    assert max(births) <= date(1999, 12, 31)


def test_four_hundred_people_have_names_of_their_own():
    assert len({person(index) for index in range(400)}) == 400


@pytest.mark.parametrize("index", [0, 1, 19, 20, 399, 7_000])
def test_a_name_is_a_surname_and_two_characters(index):
    assert len(person(index)) == 3
    assert person(index)[0] in cast._SURNAMES


def test_the_cast_is_the_same_at_every_start():
    assert firms(8) == firms(66)[:8]
    assert [identity(index) for index in range(5)] == [identity(index) for index in range(5)]
