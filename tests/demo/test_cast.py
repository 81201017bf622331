from datetime import date

from broker_admin.demo.cast import firms, identity, person
from broker_admin.rules.identifiers import identity_fault, uscc_fault

TODAY = date(2026, 11, 22)


def test_no_two_firms_are_alike():
    made = firms(64)
    assert len({firm.name for firm in made}) == len({firm.uscc for firm in made}) == 64


def test_every_code_is_well_formed():
    assert {uscc_fault(firm.uscc) for firm in firms(64)} == {None}


def test_every_identity_number_is_well_formed():
    assert {identity_fault(identity(index), TODAY) for index in range(600)} == {None}
    assert len({identity(index) for index in range(600)}) == 600


def test_four_hundred_people_have_names_of_their_own():
    assert len({person(index) for index in range(400)}) == 400


def test_the_cast_is_the_same_at_every_start():
    assert firms(8) == firms(64)[:8]
