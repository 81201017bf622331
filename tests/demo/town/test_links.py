"""Every link that a page shows leads its reader somewhere."""

import pytest

from tests.demo.town.people import OFFICERS, PEOPLE, VISITOR


@pytest.mark.parametrize("mailbox", PEOPLE)
def test_no_link_leads_nowhere(walk_of, mailbox):
    walk = walk_of(mailbox)
    dead = {address: (code, walk.linked_from.get(address))
            for address, code in walk.answers.items() if code not in {200, 302}}
    assert dead == {}


@pytest.mark.parametrize("mailbox", PEOPLE)
def test_everybody_finds_many_pages(walk_of, mailbox):
    assert len(walk_of(mailbox).answers) > 30


def test_a_visitor_is_shown_no_desk(walk_of):
    inside = {endpoint for endpoint in walk_of(VISITOR).endpoints
              if endpoint.partition(".")[0] in {"desk", "portal", "audit", "admin", "licenses"}}
    assert inside == set()


@pytest.mark.parametrize("mailbox", OFFICERS)
def test_officers_are_shown_no_portal(walk_of, mailbox):
    assert not [e for e in walk_of(mailbox).endpoints if e.startswith("portal.")]


@pytest.mark.parametrize("mailbox", PEOPLE)
def test_every_page_says_that_this_is_a_demonstration(walk_of, mailbox):
    assert walk_of(mailbox).unmarked == []


@pytest.mark.parametrize("mailbox", PEOPLE)
def test_no_page_shows_an_identity_or_mobile_number(walk_of, mailbox):
    # Only whoever handles a complaint or report must be able to call the person behind it.
    needed = {"complaints.case", "complaints.report_case"} if mailbox == "enforcement" else set()
    shown = {address: numbers for address, (endpoint, numbers) in walk_of(mailbox).identifiers.items()
             if endpoint not in needed}
    assert shown == {}
