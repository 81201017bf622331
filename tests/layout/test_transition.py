"""The page of one step of a case."""

import pytest

from broker_admin import forms

PAGE = '{% extends "layout/transition.html" %}'
WORDS = {"title": "Refuse", "button": "Refuse the application", "case": "SQ-2026-003470"}


class Refusal(forms.Form):
    reasons = forms.text("Reasons", needed="Give reasons.")


@pytest.fixture
def page(render, fill):
    def shown(typed=None, language="en", **words):
        return render(PAGE, language, form=fill(Refusal, typed), **WORDS | words)
    return shown


def test_a_step_is_strict_html_in_both_languages(page, language):
    shown = page({}, language, cancel_url="/back", warning="Cannot be undone.")
    assert shown.text("h1") == "SQ-2026-003470Refuse"


def test_a_step_is_one_form_with_one_button(page):
    form = page().one("main//form")
    assert form.get("data-unsaved") == "true"
    assert [button.text for button in form.findall(".//button[@type='submit']")] == [WORDS["button"]]


def test_a_step_carries_token_and_key(page):
    names = {field.get("name") for field in page().one("main//form").findall("input")}
    assert names == {"csrf_token", "once"}


def test_a_failed_step_says_so_and_keeps_what_was_typed(page):
    shown = page({"reasons": ""}, "zh")
    assert shown.text("title").startswith("错误：")
    assert shown.one("main//a[@href='#reasons']").text == "Give reasons."


def test_the_way_out_is_a_link(page):
    assert page(language="zh", cancel_url="/back").one("main//a[@href='/back']").text == "取消"
    assert not page().all("main//a")


def test_grave_steps_are_red_and_warn(page):
    shown = page(variant="warning", warning="Cannot be undone.", explanation="The firm is told.")
    assert "govuk-button--warning" in shown.one("main//button[@type='submit']").get("class")
    assert "Cannot be undone." in shown.text("main//strong[@class='govuk-warning-text__text']")
    assert "The firm is told." in shown.text("main")
