"""Subjects, topics and the two languages."""

import pytest

from broker_admin.exams.topics import SUBJECT_NAMES, TOPICS, Subject, Text, topics_of


@pytest.mark.parametrize("subject", list(Subject))
def test_each_subject_has_ten_topics(subject):
    assert len(topics_of(subject)) == 10
    assert all(topic.subject is subject for topic in topics_of(subject))


def test_a_topic_is_found_by_its_code():
    assert TOPICS["DSL"].name == Text("数据安全法", "Data Security Law")
    assert all(code == topic.code for code, topic in TOPICS.items())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_topics_share_a_name(language):
    names = [getattr(topic.name, language) for topic in TOPICS.values()]

    assert len(set(names)) == len(names) == 20


@pytest.mark.parametrize(("locale", "words"), [
    ("zh", "数据"), ("zh-CN", "数据"), ("zh_Hans_CN", "数据"), ("en", "data"), ("en-GB", "data"),
])
def test_words_are_read_in_the_users_language(locale, words):
    assert Text("数据", "data").read_in(locale) == words


def test_subjects_are_named_in_both_languages():
    assert set(SUBJECT_NAMES) == set(Subject)
    assert SUBJECT_NAMES[Subject.PRACTICE].read_in("zh-CN") == "数据经纪实务"
