import pytest

from broker_admin.i18n import LanguagePrefix, in_language, language
from tests.factories import make_user


@pytest.mark.parametrize(("accepted", "expected"), [
    ("en", "en"), ("zh-CN,zh;q=0.9", "zh"), ("fr,en;q=0.5", "en"), ("fr", "zh"), ("", "zh"),
    ("zh;q=0.1,en;q=0.9", "en"), (";;;q=x", "zh"),
])
def test_the_browser_says_which_language(app, accepted, expected):
    with app.test_request_context("/", headers={"Accept-Language": accepted}):
        assert language() == expected


def test_the_path_overrules_the_browser(browser):
    assert 'lang="zh-CN"' in browser.get("/zh/privacy").text
    assert 'lang="en"' in browser.get("/en/privacy").text


def test_the_person_overrules_the_browser(browser):
    browser.sign_in(make_user(language="zh"))
    assert 'lang="zh-CN"' in browser.get("/privacy").text


def test_the_path_overrules_the_person(browser):
    browser.sign_in(make_user(language="zh"))
    assert 'lang="en"' in browser.get("/en/privacy").text


def test_links_keep_the_language(browser):
    assert 'href="/zh/privacy"' in browser.get("/zh/contact").text
    assert 'href="/en/privacy"' in browser.get("/en/contact").text


def test_the_switch_keeps_page_and_question(browser):
    browser.sign_in(make_user())
    page = browser.get("/en/account/organizations?page=2&x=%22").text
    assert 'href="/zh/account/organizations?page=2&amp;x=%22"' in page


def test_both_languages_are_named_as_alternates(browser):
    page = browser.get("/en/privacy").text
    assert '<link rel="alternate" hreflang="zh-CN" href="/zh/privacy">' in page
    assert '<link rel="alternate" hreflang="en" href="/en/privacy">' in page


def test_redirects_keep_the_language(browser):
    assert browser.get("/zh/account/profile").location.startswith("/zh/account/sign-in")


@pytest.mark.parametrize("path", ["/fr/privacy", "/zhx/privacy", "/ZH/privacy", "/zh/zh/privacy"])
def test_another_prefix_is_no_language(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/zh", "/zh/", "/en"])
def test_the_home_page_has_an_address_per_language(browser, path):
    assert browser.get(path).status_code == 200


def test_a_job_speaks_chinese(app):
    assert language() == "zh"


def test_an_odd_path_is_quoted_in_the_switch(app):
    with app.test_request_context("/a<b>", query_string="x=1"):
        assert in_language("zh") == "/zh/a%3Cb%3E?x=1"


def test_error_pages_are_in_the_language_of_the_path(browser):
    assert "没有这个页面" in browser.get("/zh/nowhere").text or "页面" in browser.get("/zh/nowhere").text
    assert "There is no such page" in browser.get("/en/nowhere").text


PLACES = [
    # path asked, language, address in Chinese, address in English
    ("/privacy", "zh", "/zh/privacy", "/en/privacy"),
    ("/zh/privacy?x=1", "zh", "/zh/privacy?x=1", "/en/privacy?x=1"),
    ("/en/register?q=%E6%95%B0%E6%8D%AE", "en", "/zh/register?q=%E6%95%B0%E6%8D%AE",
     "/en/register?q=%E6%95%B0%E6%8D%AE"),
    ("/en", "en", "/zh/", "/en/"),
]


@pytest.mark.parametrize(("asked", "spoken", "zh", "en"), PLACES)
def test_every_page_has_an_address_in_each_language(app, browser, asked, spoken, zh, en):
    seen = {}
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.update(
        language=language(), zh=in_language("zh"), en=in_language("en")))
    browser.get(asked, headers={"Accept-Language": "zh"})
    app.before_request_funcs[None].pop(0)
    assert seen == {"language": spoken, "zh": zh, "en": en}


@pytest.mark.parametrize("prefix", ["zh", "en"])
def test_the_prefix_is_moved_out_of_the_path(prefix):
    seen = {}
    LanguagePrefix(lambda environ, start: seen.update(environ) or [])(
        {"PATH_INFO": f"/{prefix}/register/x", "SCRIPT_NAME": "/mount"}, None)
    assert seen["PATH_INFO"] == "/register/x"
    assert seen["SCRIPT_NAME"] == f"/mount/{prefix}"
    assert seen["broker_admin.language"] == prefix
    assert seen["broker_admin.root"] == "/mount"


@pytest.mark.parametrize("path", ["/register/zh", "/zho/x", "", "/", "//zh/x"])
def test_other_paths_are_left_alone(path):
    seen = {}
    LanguagePrefix(lambda environ, start: seen.update(environ) or [])({"PATH_INFO": path}, None)
    assert seen == {"PATH_INFO": path}


@pytest.mark.parametrize(("code", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_page_names_its_language_for_screen_readers(browser, code, tag):
    assert f'<html lang="{tag}"' in browser.get(f"/{code}/contact").text


def test_a_query_that_is_no_text_does_no_harm(browser):
    page = browser.get("/en/contact?q=%ff%00")
    assert page.status_code in {200, 400}
