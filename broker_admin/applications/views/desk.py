"""What the pages of the desk share: who may open a step, the page of a step, and the way back."""

from collections.abc import Callable, Mapping

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.applications import decisions
from broker_admin.applications.models import Application
from broker_admin.applications.views import shown
from broker_admin.applications.workflow import STEPS, WORKFLOW, ApplicationStatus
from broker_admin.forms import Form
from broker_admin.permissions import Permission, is_party
from broker_admin.web import load
from broker_admin.workflow import Transition

# What the table leaves open and this case has settled already: no button leads to a form in vain.
_SETTLED: Mapping[str, Callable[[Application], bool]] = {
    "require_correction": lambda application: bool(application.corrections),
    "grant": lambda application: not decisions.is_proposed(application, granted=True),
    "refuse": lambda application: not decisions.is_proposed(application, granted=False),
}


def filed(reference: str, permission: Permission) -> Application:
    """The application, once it was handed in: a draft is nobody's business but its party's (404)."""
    application = load(Application, permission, reference=reference)
    if application.submitted_at is None and not is_party(current_user, application):
        abort(404)
    return application


def opened(name: str, reference: str) -> Application:
    """The application in which this step is open to the officer now.

    Asked before a form is shown: the conflict page comes at once, and not after the typing.
    """
    application = filed(reference, WORKFLOW[name].permission)
    WORKFLOW.check(name, application, current_user)
    return application


def steps(application: Application) -> list[Transition[ApplicationStatus]]:
    """The buttons of the case page."""
    settled = {name for name, is_settled in _SETTLED.items() if is_settled(application)}
    return [t for t in WORKFLOW.open_to(current_user, application) if t.name not in settled]


def done(application: Application, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("applications.case", reference=application.reference))


def ask(name: str, application: Application, form: Form, **words: object) -> ResponseReturnValue:
    """The page of a step; 422 when the answers so far will not do."""
    page = render_template(
        "applications/regulator/step.html", application=application, form=form,
        title=gettext(STEPS.get(name, name)), name=name, **words)
    return shown(page, form)
