"""The links at the top of every page, for those who may follow them."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_login import current_user

from broker_admin.permissions import Permission, granted
from broker_admin.refusals import N_


@dataclass(frozen=True)
class Link:
    label: str
    endpoint: str
    permission: Permission | None = None


PUBLIC = (
    Link(N_("Home"), "public.home"),
    Link(N_("Check a license"), "register.search"),
    Link(N_("Can I apply?"), "applications.eligibility"),
    Link(N_("Examinations"), "exams.sittings"),
    Link(N_("Complain or report"), "complaints.start"),
    Link(N_("Public notices"), "register.notices"),
)
MEMBER = (
    Link(N_("My matters"), "portal.home"),
    Link(N_("Check a license"), "register.search"),
    Link(N_("Examinations"), "exams.sittings"),
    Link(N_("Organisation"), "accounts.organizations"),
)
STAFF = (
    Link(N_("My work"), "desk.home"),
    Link(N_("Applications"), "applications.worklist", Permission.APPLICATION_READ),
    Link(N_("Examinations"), "exams.administration", Permission.ITEM_READ),
    Link(N_("Licenses"), "licenses.worklist", Permission.LICENSE_READ),
    Link(N_("Complaints"), "complaints.worklist", Permission.COMPLAINT_READ),
    Link(N_("Cases"), "enforcement.worklist", Permission.CASE_READ),
    Link(N_("Supervision"), "supervision.worklist", Permission.REVIEW_READ),
    Link(N_("Audit"), "audit.search", Permission.AUDIT_READ),
    Link(N_("Users"), "admin.users", Permission.USER_ADMINISTER),
    Link(N_("Working days"), "admin.calendar", Permission.SYSTEM_READ),
    Link(N_("Law in force"), "admin.regimes", Permission.SYSTEM_READ),
)


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"navigation": links(app), "in_regulator_area": _is_staff()})


def links(app: Flask) -> list[dict[str, Any]]:
    """The links of this visitor, each with its address and whether it is where they are."""
    shown = [link for link in _of_visitor() if link.endpoint in app.view_functions]
    here = _here(shown)
    return [
        {"label": gettext(link.label), "url": url_for(link.endpoint), "active": link is here}
        for link in shown
    ]


def _of_visitor() -> tuple[Link, ...]:
    if _is_staff():
        # By role and not by case: a menu must not change with whichever page is open.
        held = granted(current_user)
        return tuple(x for x in STAFF if x.permission is None or x.permission in held)
    return MEMBER if current_user.is_authenticated else PUBLIC


def _is_staff() -> bool:
    return bool(current_user.is_authenticated and current_user.is_staff)


# Several links lead into these, so only the page itself is where one is.
_SHARED = frozenset({"public", "admin"})


def _here(shown: list[Link]) -> Link | None:
    """The link to this very page, else the first one into its room."""
    here = request.endpoint or ""
    room = here.split(".", maxsplit=1)[0]
    same = [link for link in shown if link.endpoint.split(".")[0] == room and room not in _SHARED]
    return next((link for link in shown if link.endpoint == here), next(iter(same), None))
