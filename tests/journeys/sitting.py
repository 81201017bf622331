"""Both papers of the exam, from the first question to the certificate."""

from urllib.parse import urlencode

from sqlalchemy import select

from broker_admin.exams.models import ExamAttempt
from broker_admin.exams.workflow import AttemptStatus
from tests.exams.factories import right_letters
from tests.journeys.patience import until

SEND = """async (batch) => {
  const exam = document.querySelector("[data-exam]").dataset;
  const client = sessionStorage.getItem(`exam-window-${exam.attempt}`);
  const answer = await fetch(exam.saveUrl, {
    method: "POST", body: JSON.stringify({client, epoch: Number(exam.epoch), batch}),
    headers: {"Content-Type": "application/json", "X-CSRFToken": exam.csrf},
  });
  return [answer.status, (await answer.json()).acked.length];
}"""
NEXT = '[data-exam-form] button[name=go][value="next"]'


def sit_both_papers(theatre):
    candidate = theatre.enter("candidate")
    for _ in theatre.known["sittings"]:
        candidate.open("/exams/mine").follow("/start").hand_in(understood=True)
        number = int(candidate.path.split("/")[3])
        keys = _keys(theatre, number)
        _answer_on_the_page(candidate, keys.pop(1))
        send = _send_by_script if theatre.manner.script else _send_by_forms
        send(candidate, keys)
        candidate.open(f"/exams/attempts/{number}/review")
        assert candidate.page.locator("main .app-navigator").count() == 0, candidate.text
        candidate.press()
        assert candidate.path.endswith("/finished")


def see_no_result_yet(theatre):
    """Not even whoever sat learns anything before all are released together."""
    candidate = theatre.enter("candidate").open("/exams/mine")
    assert candidate.page.locator("main a[href$='/result']").count() == 0


def release_results(theatre):
    """Somebody else than planned the sittings ends and releases them."""
    examiner = theatre.enter("examiner")
    examiner.open("/exams/administration")
    for reference in theatre.known["sittings"]:
        desk = f"/exams/administration/{reference}"
        examiner.open(f"{desk}/monitor").step(f"{desk}/close", reason="Everybody has handed in.")
        examiner.step(f"{desk}/release").open(f"{desk}/results")


def receive_certificate(theatre):
    candidate = theatre.enter("candidate")
    candidate.open("/exams/mine").follow("/result")
    until(lambda: "SJP" in candidate.open("/practitioners/mine").text, "the certificate is made")
    theatre.known["certificate"] = candidate.finds(r"(SJP\S+)")


def verify_person(theatre):
    """Everybody may check the number, and sees only a part of the name."""
    citizen = theatre.stranger("citizen").open(f"/v/{theatre.known['certificate']}")
    citizen.reads(theatre.known["certificate"])
    assert "林思远" not in citizen.text


def _keys(theatre, number):
    """The right letters by question: only the records know them."""
    with theatre.server.records() as session:
        attempt = session.scalars(select(ExamAttempt).where(ExamAttempt.id == number)).one()
        assert attempt.status is AttemptStatus.IN_PROGRESS
        return {line.position: right_letters(attempt, line.position)
                for line in attempt.paper.lines}


def _answer_on_the_page(candidate, letters):
    candidate.page.locator(f'main input[name=v][value="{letters[0]}"]').check()
    candidate.press(NEXT)
    assert candidate.path.endswith("/questions/2")


def _send_by_script(candidate, keys):
    """All at once to where the page's own script sends them one by one."""
    batch = [{"seq": 1_000 + position, "slot": position, "v": letters, "flag": False}
             for position, letters in keys.items()]
    assert candidate.page.evaluate(SEND, batch) == [200, len(batch)]


def _send_by_forms(candidate, keys):
    """As the button of each question's page would."""
    form = candidate.page.locator("[data-exam-form]")
    hidden = {name: form.locator(f"[name={name}]").get_attribute("value")
              for name in ("csrf_token", "client", "epoch", "seq")}
    first = int(hidden.pop("seq"))
    address = candidate.page.url.rsplit("/", 1)[0]
    for position, letters in keys.items():
        answer = candidate.context.request.post(
            f"{address}/{position}", max_redirects=0,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            data=urlencode({**hidden, "seq": first + position, "v": letters}, doseq=True))
        assert answer.status == 302, answer.text()
