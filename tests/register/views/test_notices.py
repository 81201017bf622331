import re
from xml.etree import ElementTree

import pytest

from broker_admin.register.queries import PER_PAGE
from tests.register.factories import act, make_named

ATOM = "{http://www.w3.org/2005/Atom}"


def test_notices_tell_what_was_done_newest_first(browser):
    act(make_named("数链公司"), "revoke")
    page = browser.get("/notices").text
    assert page.index("License revoked") < page.index("License issued")
    assert "Sold data it had no right to." in page


def test_the_number_of_a_license_stays_in_one_line(browser):
    license = make_named("数链公司")
    page = browser.get("/notices").text
    assert f'数链公司 <span class="app-nowrap">{license.display_number}</span></a>' in page


def test_a_kind_of_notice_can_be_chosen(browser):
    act(make_named("数链公司"), "suspend")
    page = browser.get("/notices?kind=granted").text
    assert "License issued" in page
    assert "License suspended" not in page


def test_older_notices_are_a_link_away(browser):
    for n in range(PER_PAGE + 1):
        make_named(f"数链{n}公司")
    first = browser.get("/notices")
    link = re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    assert "数链0公司" not in first.text
    assert "数链0公司" in browser.get(link).text


@pytest.mark.parametrize("query", ["kind=%00", "before=x", "before=-1", "before=" + "9" * 40, "before=٣"])
def test_nonsense_gets_a_page(browser, query):
    make_named("数链公司")
    assert browser.get(f"/notices?{query}").status_code == 200


def test_an_empty_register_has_no_notices(browser):
    assert "No notices of this kind." in browser.get("/notices").text


def test_the_feed_is_well_formed_and_complete(browser):
    license = act(make_named("数链<&>公司"), "revoke")
    feed = ElementTree.fromstring(browser.get("/en/notices.atom").data)  # noqa: S314 (it is ours)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["License revoked: 数链<&>公司", "License issued: 数链<&>公司"]
    assert license.number in feed.find(f"{ATOM}entry/{ATOM}link").get("href")


def test_an_unchanged_feed_is_not_sent_again(browser):
    make_named("数链公司")
    tag = browser.get("/notices.atom").headers["ETag"]
    assert browser.get("/notices.atom", headers={"If-None-Match": tag}).status_code == 304
    make_named("前海公司")
    assert browser.get("/notices.atom", headers={"If-None-Match": tag}).status_code == 200
