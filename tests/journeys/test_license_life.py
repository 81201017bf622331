"""The whole life of one license, on every side of it."""

import os

import pytest

from tests.journeys import (
    applying,
    booking,
    complaining,
    deciding,
    enforcing,
    looking,
    rectifying,
    reviewing,
    signing,
    sitting,
    visiting,
)
from tests.journeys.conftest import CHINESE, ENGLISH, PLAIN

pytestmark = pytest.mark.journeys
# The databases differ below the pages: each manner is walked on one of them.
MANNERS = [CHINESE, ENGLISH] if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite" else [PLAIN]

LIFE = (
    looking.walk_around,
    signing.sign_up, signing.verify, signing.register_organization,
    booking.plan_sittings, booking.see_sittings, booking.register_as_candidate, booking.book_seats,
    booking.seal_papers, booking.see_commitments,
    sitting.sit_both_papers, sitting.see_no_result_yet, sitting.release_results,
    sitting.receive_certificate, sitting.verify_person,
    applying.name_practitioner, applying.start, applying.fill_in, applying.attach_documents,
    applying.submit, applying.require_correction, applying.correct, applying.accept,
    deciding.check_criteria, deciding.propose, looking.find_nothing_yet,
    deciding.grant, deciding.receive_license,
    looking.find_in_register, looking.compare_certificate,
    complaining.complain, complaining.follow, complaining.accept, looking.see_in_force,
    complaining.reply, complaining.answer, complaining.open_case,
    enforcing.investigate, enforcing.give_notice, looking.see_in_force,
    enforcing.defend, enforcing.review, looking.see_in_force,
    enforcing.suspend, looking.see_suspended,
    reviewing.report, reviewing.score, reviewing.object_to_it, reviewing.answer_it,
    reviewing.see_no_grade_yet, reviewing.publish, reviewing.see_grade,
    visiting.publish_plan, visiting.commit_draw, visiting.see_only_hashes, visiting.make_draw,
    visiting.see_only_hashes, visiting.notify_holders, visiting.see_who_was_drawn,
    visiting.record_visit, visiting.conclude, visiting.tell, visiting.see_no_result_yet,
    rectifying.read_order, rectifying.answer, rectifying.verify,
    visiting.publish_result, visiting.see_result,
)


@pytest.mark.parametrize("theatre", MANNERS, indirect=True, ids=str)
def test_the_whole_life_of_a_license(theatre):
    for step in LIFE:
        theatre.play(step)
