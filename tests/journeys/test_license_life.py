"""The whole life of one license, on every side of it."""

import os

import pytest

from tests.journeys import (
    applying,
    complaining,
    deciding,
    enforcing,
    looking,
    signing,
    sitting,
    supervising,
)
from tests.journeys.conftest import CHINESE, ENGLISH, PLAIN

pytestmark = pytest.mark.journeys
# The databases differ below the pages: one run on the other one is enough.
MANNERS = [CHINESE, ENGLISH, PLAIN] if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite" else [PLAIN]

LIFE = (
    signing.sign_up, signing.verify, signing.register_organization,
    sitting.sit_both_papers, sitting.release_results, sitting.receive_certificate,
    applying.name_practitioner, applying.start, applying.fill_in, applying.attach_documents,
    applying.submit, applying.require_correction, applying.correct, applying.accept,
    looking.find_nothing_yet,
    deciding.check_criteria, deciding.propose, deciding.grant, deciding.receive_license,
    looking.find_in_register, looking.compare_certificate,
)
AFTERWARDS = (
    complaining.complain, complaining.follow, complaining.accept, complaining.reply,
    complaining.answer, complaining.open_case,
    enforcing.investigate, enforcing.give_notice, enforcing.defend, enforcing.review,
    enforcing.suspend, looking.see_suspended,
    supervising.report, supervising.score, supervising.object_to_it, supervising.publish,
)


@pytest.mark.parametrize("theatre", MANNERS, indirect=True, ids=str)
def test_the_whole_life_of_a_license(theatre):
    # From the complaint to the yearly grade the way is walked by forms alone.
    for chapter in LIFE if theatre.manner.script else LIFE + AFTERWARDS:
        chapter(theatre)
