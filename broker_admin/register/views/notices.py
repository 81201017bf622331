"""Public notices: what was granted, suspended and ended."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from broker_admin.clock import day_of, now
from broker_admin.register import queries
from broker_admin.register.views import bp
from broker_admin.rules.regime import regime_on


@bp.get("/notices")
def notices() -> ResponseReturnValue:
    kind = request.args.get("kind", "")
    rows = queries.notices(kind, _before())
    more = rows[queries.PER_PAGE - 1].id if len(rows) > queries.PER_PAGE else None
    return render_template(
        "register/notices.html", rows=rows[:queries.PER_PAGE], more=more, at=now(),
        regime=regime_on(day_of(now())),
        kind=kind if kind in queries.NOTICE_KINDS else "")


@bp.get("/notices.atom")
def feed() -> ResponseReturnValue:
    """The newest notices for feed readers."""
    rows = queries.notices()[:queries.PER_PAGE]
    updated = rows[0].known_at if rows else now()
    answer = Response(render_template("register/notices.xml", rows=rows, updated=updated),
                      mimetype="application/atom+xml")
    # Readers of feeds ask every few minutes.
    answer.add_etag()
    return answer.make_conditional(request)


def _before() -> int | None:
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
