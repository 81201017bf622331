"""Messages at the top of a page."""

import pytest

SOURCE = '{% from "layout/flash.html" import flash_messages, notification %}'


@pytest.mark.parametrize(("category", "role", "words"), [
    ("success", "alert", "操作成功"),
    ("error", "alert", "存在问题"),
    ("danger", "alert", "存在问题"),
    ("message", "region", "重要提示"),
])
def test_a_message_is_announced_by_its_weight(render, category, role, words):
    piece = render(SOURCE + "{{ notification('…', category) }}", "zh", category=category)
    assert piece.one("div[@aria-labelledby]").get("role") == role
    assert piece.text("h2") == words


def test_several_messages_have_names_of_their_own(render):
    messages = [("success", "One."), ("error", "Two.")]
    piece = render(SOURCE + "{{ flash_messages(messages) }}", messages=messages)
    named = [banner.get("aria-labelledby") for banner in piece.all("div[@aria-labelledby]")]
    assert named == ["flash-1-title", "flash-2-title"]
    assert [piece.by_id(name).tag for name in named] == ["h2", "h2"]


def test_a_message_is_escaped(render):
    assert not render(SOURCE + "{{ notification('<b>x</b>') }}").all("b")


def test_a_notice_may_say_more(render):
    source = SOURCE + "{% call notification('Draft saved.') %}<p>Kept 30 days.</p>{% endcall %}"
    assert "Kept 30 days." in render(source).text()
