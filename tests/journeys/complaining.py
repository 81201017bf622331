"""A complaint: filed without an account, followed by its code, accepted and answered."""

from datetime import timedelta

from broker_admin.clock import day_of, now
from tests.journeys.signing import FIRM

STORY = "向我出售的数据无法说明来源。The data sold to me came from nowhere."
TOLD = "有人反映数据来源不明，请说明。Say where the data came from."
ANSWER = "数据来自公开目录，附登记编号。They come from a public catalogue."
QUESTION = "请说明购买的日期。On which day did you buy them?"


def complain(theatre):
    citizen = theatre.stranger("citizen")
    citizen.open("/complaints/").open("/complaints/new").is_refused(narrative=STORY)
    citizen.open("/complaints/new").unfold().hand_in(
        respondent_name=FIRM, respondent_number=theatre.known["number"], conduct_codes=["C01"],
        narrative=STORY, name="何听雪", phone="020-81230000", request="退款。", honest=True)
    theatre.known["receipt of the complaint"] = citizen.page.locator(
        "main .govuk-panel__body strong").inner_text()
    theatre.known["code"] = citizen.page.locator("main .app-code strong").inner_text()


def follow(theatre):
    citizen = theatre.stranger("citizen")
    citizen.step("/complaints/follow", receipt=theatre.known["receipt of the complaint"],
                 code=theatre.known["code"])
    assert citizen.path == "/complaints/followed"


def accept(theatre):
    """The officer screens it, asks one question and tells the respondent."""
    officer = theatre.enter("investigator")
    officer.open("/complaints/worklist").follow("/complaints/TS-")
    theatre.known["complaint"] = officer.path.removesuffix("/case")
    answer_by = day_of(now()) + timedelta(days=20)
    officer.follow("/accept").hand_in(told=TOLD, answer_by=answer_by.isoformat())
    officer.follow("/ask").hand_in(text=QUESTION)


def reply(theatre):
    """The complainant sees that it is accepted, and answers."""
    citizen = theatre.stranger("citizen")
    citizen.open("/complaints/followed").reads(QUESTION).follow("/reply").hand_in(text="上月五日。")


def answer(theatre):
    founder, path = theatre.enter("founder"), theatre.known["complaint"]
    founder.open("/complaints/mine").follow(path).reads(TOLD)
    assert STORY not in founder.text
    founder.follow("/answer").hand_in(text=ANSWER)


def open_case(theatre):
    officer = theatre.enter("investigator")
    officer.open(f"{theatre.known['complaint']}/case").reads(ANSWER)
    officer.follow("/open-case").hand_in(conduct_codes=["C01"], facts="未要求提供方说明数据来源。")
