"""The list of what remains to do."""

import pytest

SOURCE = '{% from "layout/tasks.html" import task_list, tasks_done %}'


def listed(render, *tasks, tongue="en"):
    return render(SOURCE + "{{ task_list(tasks) }}", tongue, tasks=tasks)


@pytest.mark.parametrize(("status", "english", "chinese"), [
    ("completed", "Completed", "已完成"),
    ("in_progress", "In progress", "填写中"),
    ("not_started", "Not yet started", "未开始"),
    ("cannot_start", "Cannot start yet", "暂不能开始"),
    ("problem", "There is a problem", "存在问题"),
])
def test_every_status_has_a_word_in_both_languages(render, status, english, chinese):
    task = {"label": "Staff", "status": status}
    assert english in listed(render, task).text()
    assert chinese in listed(render, task, tongue="zh").text()


@pytest.mark.parametrize(("status", "coloured"), [
    ("completed", False), ("cannot_start", False), ("in_progress", True), ("problem", True),
])
def test_only_what_is_left_to_do_has_colour(render, status, coloured):
    piece = listed(render, {"label": "Staff", "status": status})
    assert bool(piece.all("strong")) is coloured


def test_red_is_kept_for_problems(render):
    tag = listed(render, {"label": "Staff", "status": "problem"}).one("strong")
    assert "govuk-tag--red" in tag.get("class")


def test_a_task_is_described_by_its_hint_and_status(render):
    piece = listed(render, {"label": "Staff", "url": "/staff", "status": "problem", "hint": "Five"})
    described = piece.one("a").get("aria-describedby").split()
    assert [" ".join("".join(piece.by_id(part).itertext()).split()) for part in described] == [
        "Five", "There is a problem"]


def test_a_locked_task_cannot_be_opened(render):
    assert not listed(render, {"label": "Send", "status": "cannot_start"}).all("a")


def test_two_lists_on_a_page_keep_their_names_apart(render):
    task = [{"label": "Staff", "url": "/staff", "status": "completed"}]
    source = SOURCE + "{{ task_list(task, 'a', 'Prepare') }}{{ task_list(task, 'b') }}"
    piece = render(source, task=task)
    names = [element.get("id") for element in piece.all("*[@id]")]
    assert len(names) == len(set(names))
    assert piece.text("h2") == "Prepare"


def test_progress_is_told_in_numbers(render):
    assert render(SOURCE + "{{ tasks_done(3, 7) }}", "zh").text() == "已完成 3 项，共 7 项。"
