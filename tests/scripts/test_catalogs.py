from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.support import Translations

from scripts import catalogs

CODE = """
from flask_babel import gettext as _, ngettext
print(_("Apply for a license"))
print(ngettext("%(num)d day left", "%(num)d days left", 3))
"""
TRANSLATED = {"Apply for a license": "申请许可证", "%(num)d day left": "剩余%(num)d天"}


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def translate(root, room, sentences):
    """Fill in msgstr lines of a room's catalog, as a translator would with an editor."""
    path = catalogs.folder_of(root) / f"{room}.po"
    lines = path.read_text("utf-8").splitlines()
    current = ""
    for number, line in enumerate(lines):
        if line.startswith("msgid "):
            current = line.removeprefix("msgid ").strip('"')
        elif line.startswith("msgstr") and current in sentences:
            lines[number] = f'{line.split(" ")[0]} "{sentences[current]}"'
    path.write_text("\n".join(lines) + "\n", "utf-8")


def po(root, room):
    return (catalogs.folder_of(root) / f"{room}.po").read_text("utf-8")


def faults(root):
    return [problem.fault for problem in catalogs.check(root)]


@pytest.fixture
def tree(tmp_path):
    """A repository with one room, every sentence translated."""
    write(tmp_path, "broker_admin/applications/views.py", CODE)
    (tmp_path / "templates").mkdir()
    catalogs.update(tmp_path)
    translate(tmp_path, "applications", TRANSLATED)
    return tmp_path


@pytest.mark.parametrize(("path", "room"), [
    ("broker_admin/errors.py", "kernel"),
    ("broker_admin/exams/views/candidate.py", "exams"),
    ("templates/layout/base.html", "layout"),
    ("templates/errors/404.html", "layout"),
    ("templates/public/home.html", "public"),
    ("templates/email/licenses/suspended.txt", "licenses"),
    ("templates/letters/applications/refused.html", "applications"),
    ("templates/sitemap.xml", "layout"),
])
def test_each_source_file_belongs_to_one_room(path, room):
    assert catalogs.room_of(Path(path)) == room


def test_a_translated_tree_has_no_problems(tree):
    assert faults(tree) == []


def test_a_new_sentence_is_reported_as_missing(tree):
    write(tree, "templates/applications/apply.html", "<h1>{{ _('Check your answers') }}</h1>")

    [problem] = catalogs.check(tree)

    assert (problem.room, problem.msgid) == ("applications", "Check your answers")
    assert problem.fault.startswith("missing")


def test_an_updated_catalog_waits_for_its_translation(tree):
    write(tree, "templates/applications/apply.html", "<h1>{{ _('Check your answers') }}</h1>")

    assert catalogs.update(tree) == ["applications"]

    assert faults(tree) == ["not translated"]


def test_updating_keeps_the_translations_that_exist(tree):
    write(tree, "templates/applications/apply.html", "<h1>{{ _('Check your answers') }}</h1>")

    catalogs.update(tree)

    assert all(sentence in po(tree, "applications") for sentence in TRANSLATED.values())


def test_updating_twice_changes_nothing_more(tree):
    before = po(tree, "applications")

    assert catalogs.update(tree) == []
    assert po(tree, "applications") == before


def test_a_similar_sentence_never_gets_a_guess(tree):
    write(tree, "broker_admin/applications/views.py",
          CODE.replace("Apply for a license", "Apply for a licence"))

    catalogs.update(tree)

    assert "申请许可证" not in po(tree, "applications")
    assert faults(tree) == ["not translated"]


def test_a_deleted_sentence_must_leave_the_catalog(tree):
    write(tree, "broker_admin/applications/views.py", CODE.replace('_("Apply', 'str("Apply'))

    assert [fault.split(" (")[0] for fault in faults(tree)] == ["no longer in the source"]
    catalogs.update(tree)
    assert faults(tree) == []


def test_a_room_that_falls_silent_loses_its_catalog(tree):
    write(tree, "broker_admin/applications/views.py", "")

    catalogs.update(tree)

    assert not (catalogs.folder_of(tree) / "applications.po").exists()


def test_a_sentence_that_gains_a_plural_keeps_its_translation(tree):
    write(tree, "broker_admin/applications/views.py", CODE.replace(
        '_("Apply for a license")', 'ngettext("Apply for a license", "Apply for licenses", 2)'))

    catalogs.update(tree)

    assert 'msgstr[0] "申请许可证"' in po(tree, "applications")


def test_a_fuzzy_mark_survives_and_is_reported(tree):
    path = catalogs.folder_of(tree) / "applications.po"
    path.write_text(po(tree, "applications").replace(
        'msgid "Apply', '#, fuzzy\nmsgid "Apply'), "utf-8")

    catalogs.update(tree)

    assert faults(tree) == ["marked fuzzy"]


def test_one_sentence_has_one_translation_in_all_rooms(tree):
    write(tree, "templates/public/home.html", "{{ _('Apply for a license') }}")
    catalogs.update(tree)
    translate(tree, "public", {"Apply for a license": "申请牌照"})

    assert faults(tree) == ["'申请牌照' here but '申请许可证' in applications"]


def test_a_broken_template_stops_the_extraction(tree):
    write(tree, "templates/public/home.html", "{% if %}")

    with pytest.raises(Exception, match="Expected an expression"):
        catalogs.check(tree)


@pytest.mark.parametrize("call", [
    "_('Sign in')", "gettext('Sign in')", "_l('Sign in')", "lazy_gettext('Sign in')",
    "ngettext('Sign in', 'Sign in all', 2)", "pgettext('button', 'Sign in')",
    "N_('Sign in')",
])
def test_every_way_to_mark_a_sentence_is_found(tmp_path, call):
    write(tmp_path, "broker_admin/accounts/forms.py", f"title = {call}\n")

    found = catalogs.extract_rooms(tmp_path)

    assert [catalogs.ids_of(m)[0] for m in catalogs.messages_of(found["accounts"])] == ["Sign in"]


def test_translators_see_the_comments_meant_for_them(tmp_path):
    write(tmp_path, "broker_admin/exams/forms.py",
          "# Translators: a paper, not a newspaper\ntitle = _('Paper')\n")

    catalogs.update(tmp_path)

    assert "#. a paper, not a newspaper" in po(tmp_path, "exams")


def test_a_trans_block_is_one_trimmed_line(tmp_path):
    write(tmp_path, "templates/public/home.html", "{% trans %}\n  Two\n  lines\n{% endtrans %}")

    found = catalogs.extract_rooms(tmp_path)

    assert [m.id for m in catalogs.messages_of(found["public"])] == ["Two lines"]


@pytest.mark.parametrize(("source", "target"), [
    ("Hello %(name)s", "你好"),
    ("Hello", "你好%(name)s"),
    ("Hello %(name)s", "你好%(nome)s"),
])
def test_variables_must_survive_the_translation(source, target):
    assert catalogs.variable_fault(Message(source, target)) == "other variables than the source"


def test_a_singular_may_leave_out_its_number():
    message = Message(("One day left", "%(num)d days left"), ("剩余%(num)d天",))

    assert catalogs.variable_fault(message) is None


@pytest.mark.parametrize("target", ["%(share)s%", "百分之%(share)s % 的"])
def test_a_stray_percent_sign_beside_a_variable_is_found(target):
    message = Message("%(share)s%%", target)

    assert catalogs.variable_fault(message) == "a stray % beside a variable"


def test_a_percent_sign_without_variables_is_text():
    assert catalogs.variable_fault(Message("100%", "100%")) is None


@pytest.mark.parametrize("target", [
    "请核对,谢谢", "是否有效?请看", "期限: 十日", "甲(乙", "《条例》;第三条",
])
def test_half_width_punctuation_between_chinese_is_found(target):
    assert catalogs.punctuation_fault(Message("x", target)) is not None


@pytest.mark.parametrize("target", ["请核对，谢谢", "时间 10:30", "PDF, JPG", "第（一）项", "见 https://a.cn/?b"])
def test_right_punctuation_passes_the_check(target):
    assert catalogs.punctuation_fault(Message("x", target)) is None


def test_html_tags_must_survive_the_translation():
    assert catalogs.tag_fault(Message("<a>Sign in</a> now", "现在登录")) is not None
    assert catalogs.tag_fault(Message("<a>Sign in</a> now", "现在<a>登录</a>")) is None


def test_compiling_writes_what_the_application_reads(tree):
    catalogs.compile_rooms(tree)

    with (catalogs.folder_of(tree) / "applications.mo").open("rb") as file:
        compiled = Translations(file)

    assert compiled.gettext("Apply for a license") == "申请许可证"
    assert compiled.ngettext("%(num)d day left", "%(num)d days left", 1) == "剩余%(num)d天"


def test_compiling_forgets_rooms_without_a_catalog(tree):
    catalogs.compile_rooms(tree)
    (catalogs.folder_of(tree) / "applications.po").unlink()

    catalogs.compile_rooms(tree)

    assert not (catalogs.folder_of(tree) / "applications.mo").exists()


def test_the_header_names_language_and_plurals(tree):
    with (catalogs.folder_of(tree) / "applications.po").open("rb") as file:
        catalog = catalogs.read_po(file)

    assert (str(catalog.locale), catalog.num_plurals) == ("zh", 1)


def test_checking_by_command_answers_with_a_status(tree, capsys):
    assert catalogs.main(["--check", "--root", str(tree)]) == 0
    assert capsys.readouterr().out == "catalogs are complete\n"

    write(tree, "templates/public/home.html", "{{ _('Look up a license') }}")

    assert catalogs.main(["--check", "--root", str(tree)]) == 1
    assert "public: missing" in capsys.readouterr().out


def test_updating_by_command_names_the_changed_rooms(tmp_path, capsys):
    write(tmp_path, "broker_admin/applications/views.py", CODE)

    assert catalogs.main(["--root", str(tmp_path)]) == 0

    assert capsys.readouterr().out == "changed: applications\n"
    assert (catalogs.folder_of(tmp_path) / "applications.mo").exists()


def test_an_empty_catalog_has_no_messages():
    assert catalogs.messages_of(Catalog(locale="zh")) == []
