"""The frame of every page."""

import pytest

from tests.layout.stage import ROOT, Preferences, Visitor

PAGE = """{% extends "layout/base.html" %}
{% block title %}A page{% endblock %}
{% block main %}<h1>A page</h1>{% endblock %}"""
STAFF = Visitor("Li Min")


class Failed:
    errors = {"name": ["Say a name."]}


def sheets(page):
    return {link.get("href").split("/")[-1]: link.get("media")
            for link in page.all("link[@rel='stylesheet']")}


def test_the_frame_is_strict_html_for_visitors(render, language):
    page = render(PAGE, language)
    assert page.text("h1") == "A page"
    assert len(page.all("main")) == 1


def test_the_frame_is_strict_html_for_staff(render, language):
    page = render(PAGE, language, {"current_user": STAFF, "session_seconds": 900})
    assert "Li Min" in page.text("header")


def test_the_frame_names_its_language_and_its_twin(render):
    page = render(PAGE, "zh")
    assert 'lang="zh-CN"' in page.html
    assert {link.get("hreflang") for link in page.all("link[@rel='alternate']")} == {"zh-CN", "en"}


def test_the_switch_is_labelled_in_the_other_language(render):
    link = render(PAGE, "zh").one("a[@hreflang='en']")
    assert (link.text, link.get("lang"), link.get("href")) == ("English", "en", "/other")


def test_a_failed_form_marks_the_title(render):
    page = render(PAGE, "zh", form=Failed())
    assert page.text("title").startswith("错误： A page")


def test_a_page_without_errors_has_a_plain_title(render):
    assert render(PAGE).text("title") == "A page – Data Broker Qualification and Licensing"


def test_the_skip_link_comes_first_and_leads_to_main(render):
    body = render(PAGE).one("body")
    assert [child.tag for child in body][:2] == ["script", "a"]
    assert body[1].get("href") == "#main"
    assert render(PAGE).one("main").get("id") == "main"


def test_the_body_is_prepared_before_any_module(render):
    first, module = render(PAGE).all("script")
    assert first.get("src").endswith("boot.js")
    assert module.get("type") == "module"


@pytest.mark.parametrize(("theme", "media"), [
    ("auto", "screen and (prefers-color-scheme: dark)"),
    ("dark", "screen"),
    ("lurid", "screen and (prefers-color-scheme: dark)"),
])
def test_dark_colours_follow_the_choice_or_the_system(render, theme, media):
    page = render(PAGE, around={"preferences": Preferences(theme=theme)})
    assert sheets(page)["dark.css"] == media


def test_light_colours_never_load_the_dark_sheet(render):
    assert "dark.css" not in sheets(render(PAGE, around={"preferences": Preferences(theme="light")}))


def test_high_contrast_loads_its_sheet_after_all_colours(render):
    page = render(PAGE, around={"preferences": Preferences(contrast=True)})
    assert list(sheets(page))[-2:] == ["contrast.css", "print.css"]


def test_elder_mode_marks_the_page(render):
    assert 'data-elder="true"' in render(PAGE, around={"preferences": Preferences(elder=True)}).html


def test_preferences_need_no_session_and_return_here(render):
    page = render(PAGE, path="/list/firms?page=2", root="/zh")
    form = page.one("form[@action='/zh/public/preferences']")
    hidden = {field.get("name"): field.get("value") for field in form.findall("input")}
    assert form.get("method") == "get"
    assert hidden == {"next": "/zh/list/firms?page=2"}


def test_each_preference_offers_its_opposite(render):
    chosen = Preferences(elder=True, contrast=True, theme="dark")
    form = render(PAGE, around={"preferences": chosen}).one("form[@action='/public/preferences']")
    offered = {button.get("name"): button.get("value") for button in form.findall("button")}
    assert offered == {"elder": "0", "contrast": "0", "theme": "light"}


def test_visitors_can_sign_in(render):
    page = render(PAGE, "zh")
    assert page.one("a[@href='/accounts/sign_in']").text == "登录"
    assert not page.all("form[@action='/accounts/sign_out']")


def test_signing_out_is_a_guarded_form(render):
    page = render(PAGE, around={"current_user": STAFF})
    form = page.one("form[@action='/accounts/sign_out']")
    assert form.get("method") == "post"
    assert form.find("input").get("name") == "csrf_token"
    assert not page.all("a[@href='/accounts/sign_in']")


def test_demonstrations_say_so_on_every_page(render):
    page = render(PAGE, "zh")
    assert "演示环境 · 数据均为虚构" in page.text()
    assert "演示" not in render(PAGE, "zh", {"demo": False}).text()


def test_the_navigation_shows_where_one_is(render):
    page = render(PAGE)
    links = page.one("ul[@id='navigation']").findall(".//a")
    assert [link.get("aria-current") for link in links] == ["true", None]
    assert [link.get("href") for link in links] == ["/one", "/register/search"]
    assert page.text("span[@class='app-badge']") == "6"


def test_a_page_without_navigation_has_no_empty_menu(render):
    assert not render(PAGE, around={"navigation": []}).all("nav")


def test_the_footer_names_the_hotline(render):
    assert "联系我们：12345" in render(PAGE, "zh").text("footer")


def test_rooms_that_are_not_installed_are_not_linked(render):
    assert "Open data" not in render(PAGE).text("footer")


def test_the_sign_in_announces_its_end(render):
    page = render(PAGE, around={"current_user": STAFF, "session_seconds": 900})
    region = page.one("div[@role='status']")
    assert (region.get("data-timeout"), region.get("data-extend")) == ("900", "/accounts/profile")
    assert region.find("div").get("hidden") == ""


def test_visitors_are_not_warned_of_a_sign_out(render):
    assert not render(PAGE, around={"session_seconds": 900}).all("div[@role='status']")


def test_flashed_messages_open_the_page(render):
    page = render(PAGE, flashed=[("success", "Saved."), ("error", "Not sent.")])
    assert [banner.get("role") for banner in page.one("main").findall("div")] == ["alert", "alert"]
    assert "Saved." in page.text("main")


def test_a_side_note_makes_two_columns(render):
    page = render(PAGE + "{% block aside %}<h2>Fees</h2>{% endblock %}")
    assert page.text("aside") == "Fees"
    assert page.one("div[@class='govuk-grid-column-two-thirds']/h1").text == "A page"


def test_the_regulator_has_wide_pages(render):
    wide = "govuk-template__body app-wide"
    assert render(PAGE.replace("base", "regulator")).one("body").get("class") == wide
    assert render(PAGE, around={"in_regulator_area": True}).one("body").get("class") == wide


@pytest.mark.parametrize("path", sorted((ROOT / "templates/layout").iterdir()), ids=lambda p: p.name)
def test_no_template_of_the_frame_needs_inline_code(path):
    source = path.read_text()
    for forbidden in ("style=", "<style", "onclick=", "onsubmit=", "javascript:"):
        assert forbidden not in source
    assert source.count("<script") == source.count("<script src") + source.count("<script type")
