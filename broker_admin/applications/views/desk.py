"""What the pages of the desk share: the case page, and the page of a step."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from broker_admin.applications.models import Application
from broker_admin.applications.workflow import STEPS
from broker_admin.forms import Form


def done(application: Application, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("applications.case", reference=application.reference))


def ask(name: str, application: Application, form: Form, **words: object) -> ResponseReturnValue:
    """The page of a step; 422 when the answers so far will not do."""
    page = render_template(
        "applications/regulator/step.html", application=application, form=form,
        title=gettext(STEPS.get(name, name)), name=name, **words)
    return page, 422 if form.errors else 200
