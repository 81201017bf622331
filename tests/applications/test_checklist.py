import pytest

from broker_admin.applications import checklist
from broker_admin.applications.checklist import TaskState as T
from tests.applications.factories import ANSWERS

MAIN = {kind.code for kind in checklist.DOCUMENTS if kind.main}
COMPLETE = {task: {**public, **personal, "complete": True} for task, (public, personal) in ANSWERS.items()}
FORMS = ("matter", "organization", "people", "staff", "technology", "commitments")


def without(*tasks, **changes):
    kept = {task: given for task, given in COMPLETE.items() if task not in tasks}
    return {**kept, **changes}


def test_seven_tasks_stand_in_their_order():
    assert [task.code for task in checklist.TASKS] == [
        "matter", "organization", "people", "staff", "technology", "documents", "commitments"]


def test_tasks_of_one_group_stand_together():
    groups = [task.group for task in checklist.TASKS]
    assert groups == sorted(groups, key=groups.index)
    assert len(set(groups)) == 4


def test_an_empty_application_has_not_begun():
    found = checklist.states({}, set())
    assert found.pop("commitments") is T.CANNOT_START
    assert set(found.values()) == {T.NOT_STARTED}


@pytest.mark.parametrize("task", FORMS[:-1])
def test_a_task_saved_half_way_is_in_progress(task):
    found = checklist.states({task: {"complete": False}}, set())
    assert found[task] is T.IN_PROGRESS


@pytest.mark.parametrize("task", FORMS[:-1])
def test_a_task_saved_whole_is_completed(task):
    assert checklist.states({task: {"complete": True}}, set())[task] is T.COMPLETED


@pytest.mark.parametrize("task", [*FORMS, "documents"])
def test_one_missing_task_keeps_it_incomplete(task):
    attached = MAIN - {"POA"} if task != "documents" else set()
    found = checklist.states(without(task), attached)
    assert not checklist.is_complete(found)


def test_everything_there_is_complete():
    assert checklist.is_complete(checklist.states(COMPLETE, MAIN))


@pytest.mark.parametrize("task", FORMS[:-1])
def test_the_signature_waits_for_each_task(task):
    found = checklist.states(without(task), MAIN)
    assert found["commitments"] is T.CANNOT_START


def test_the_signature_may_be_given_once_all_is_there():
    assert checklist.states(without("commitments"), MAIN)["commitments"] is T.NOT_STARTED


@pytest.mark.parametrize("code", sorted(MAIN - {"POA"}))
def test_each_main_document_is_needed(code):
    found = checklist.states(COMPLETE, MAIN - {code})
    assert (found["documents"], found["commitments"]) == (T.IN_PROGRESS, T.CANNOT_START)
    assert [kind.code for kind in checklist.missing_documents(COMPLETE, MAIN - {code})] == [code]


@pytest.mark.parametrize("code", ["SHAREHOLDING", "SOCIAL_SECURITY", "CASES"])
def test_a_secondary_document_may_be_missing(code):
    assert code in {kind.code for kind in checklist.documents_for(COMPLETE)}
    assert checklist.missing_documents(COMPLETE, MAIN) == []


@pytest.mark.parametrize(("name", "needed"), [("王浩", True), ("", False), (None, False)])
def test_an_agent_needs_a_power_of_attorney(name, needed):
    answers = without(people={"agent_name": name})
    missing = {kind.code for kind in checklist.missing_documents(answers, MAIN - {"POA"})}
    assert ("POA" in missing) is needed


@pytest.mark.parametrize(("level", "needed"), [
    ("0", False), ("", False), (None, False), ("1", True), ("5", True)])
def test_a_claimed_level_needs_its_certificate(level, needed):
    answers = without(technology={"dcmm_level": level})
    assert ("DCMM_CERT" in {kind.code for kind in checklist.documents_for(answers)}) is needed


def test_nothing_answered_calls_for_the_common_documents():
    codes = {kind.code for kind in checklist.documents_for({})}
    assert codes == set(checklist.DOCUMENT_BY_CODE) - {"POA", "DCMM_CERT"}


@pytest.mark.parametrize("task", [*FORMS[:-1], "documents"])
def test_a_reopened_task_is_a_problem(task):
    found = checklist.states(COMPLETE, MAIN, {task})
    assert (found[task], found["commitments"]) == (T.PROBLEM, T.CANNOT_START)


@pytest.mark.parametrize("task", FORMS[:-1])
def test_a_corrected_task_is_completed_again(task):
    answers = without(**{task: {**COMPLETE[task], "corrected": True}})
    assert checklist.states(answers, MAIN, {task})[task] is T.COMPLETED


def test_corrected_half_way_is_not_completed():
    answers = without(matter={"complete": False, "corrected": True})
    assert checklist.states(answers, MAIN, {"matter"})["matter"] is T.IN_PROGRESS


def test_corrected_documents_are_counted_again():
    answers = without(documents={"corrected": True})
    assert checklist.states(answers, MAIN, {"documents"})["documents"] is T.COMPLETED
    assert checklist.states(answers, MAIN - {"POLICIES"}, {"documents"})["documents"] is T.IN_PROGRESS


def test_no_document_is_listed_twice():
    codes = [kind.code for kind in checklist.DOCUMENTS]
    assert len(codes) == len(set(codes)) == len(checklist.DOCUMENT_BY_CODE)
