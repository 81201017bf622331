import re

import pytest

from broker_admin.public.views import bp
from tests.factories import make_user

PAGES = ["/", "/accessibility", "/privacy", "/contact"]


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_open_in_both_languages(browser, path):
    for language, tag in [("zh", "zh-CN"), ("en", "en")]:
        page = browser.get(f"/{language}{path}")
        assert page.status_code == 200
        assert f'lang="{tag}"' in page.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_of_the_first_rank(browser, path):
    assert browser.get(path).text.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_the_words_of_the_languages_differ(browser, path):
    main = re.compile(r"<main.*</main>", re.S)
    chinese = main.search(browser.get(f"/zh{path}").text)[0]
    assert len(re.findall("[\u4e00-\u9fff]", chinese)) > 100
    assert not re.findall("[\u4e00-\u9fff]", main.search(browser.get(f"/en{path}").text)[0])


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_public_page_leads_somewhere(browser, path):
    for target in set(re.findall(r'href="(/[^"#]*)"', browser.get(path).text)):
        with browser.get(target) as page:
            assert page.status_code == 200, target


@pytest.mark.parametrize("path", PAGES)
def test_public_pages_load_nothing_from_elsewhere(browser, path):
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', browser.get(path).text)


def test_the_home_page_has_doors_for_everybody(browser):
    page = browser.get("/").text
    for door in ("Apply for a license", "Sign in"):
        assert door in page


def test_the_privacy_notice_says_how_long(browser):
    page = browser.get("/privacy").text
    assert "How long" in page
    assert "at most two days" in page


def test_the_contact_page_names_the_channel_for_stuck_matters(browser):
    assert "12345" in browser.get("/contact").text
    assert "办不成事" in browser.get("/zh/contact").text


def test_the_health_page_answers_without_a_database(browser):
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_somebody_signed_in_sees_the_same_pages(browser):
    browser.sign_in(make_user())
    for path in PAGES:
        assert browser.get(path).status_code == 200


def test_the_room_is_called_public(app):
    assert bp.name == "public"
