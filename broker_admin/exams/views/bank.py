"""The bank, for those who write and approve its items; never linked from a candidate's page."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from broker_admin.exams import queries
from broker_admin.exams.items import ItemKind
from broker_admin.exams.models import Item
from broker_admin.exams.statutes import load_statutes
from broker_admin.exams.topics import TOPICS
from broker_admin.exams.views import bp
from broker_admin.forms import plain
from broker_admin.permissions import Permission
from broker_admin.web import load, page_of, requires


@bp.get("/bank")
@requires(Permission.ITEM_READ, by_role=True)
def bank() -> ResponseReturnValue:
    asked = request.args
    chosen: dict[str, Any] = {
        "topic": asked["topic"] if asked.get("topic") in TOPICS else None,
        "kind": ItemKind(asked["kind"]) if asked.get("kind") in set(ItemKind) else None,
        "words": (plain(asked.get("q")) or "")[:40],
    }
    return render_template("exams/office/bank.html", page=page_of(queries.items(**chosen)),
                           chosen=chosen, topics=TOPICS, kinds=list(ItemKind),
                           counts=queries.bank_counts())


@bp.get("/bank/<string:code>")
@requires(Permission.ITEM_READ, by_role=True)
def item(code: str) -> ResponseReturnValue:
    found = load(Item, Permission.ITEM_READ, code=code)
    # The newest version; what older papers carried is found from the paper, not from the bank.
    version = found.current.text
    return render_template("exams/office/item.html", item=found, text=version,
                           statute=load_statutes()[version.law], topic=TOPICS[found.topic],
                           drawn_on=queries.drawn_on(found))
