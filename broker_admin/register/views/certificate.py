"""Is this file a certificate as it was issued?"""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from broker_admin.clock import day_of, now
from broker_admin.documents import service as documents
from broker_admin.documents.content import MediaType, type_of
from broker_admin.licenses import validity
from broker_admin.licenses.certificate import digest
from broker_admin.licenses.models import CertificateIssue
from broker_admin.register import answers, queries
from broker_admin.register.forms import CertificateForm
from broker_admin.register.views import bp


@bp.route("/register/certificate", methods=["GET", "POST"])
def check_certificate() -> ResponseReturnValue:
    form, at = CertificateForm(), now()
    if form.validate_on_submit():
        content = form.file.data.read()
        # By content: a name says only what the sender likes. Nothing inside is ever opened.
        if type_of(content) is MediaType.PDF:
            made = queries.by_digest(digest(content))
            return render_template("register/certificate_answer.html", made=made, at=at,
                                   **_answers(made))
        form.file.errors = [gettext("This file is not a PDF. Certificates are issued as PDF files.")]
    page = render_template("register/certificate.html", form=form)
    return page, 422 if form.errors else 200


@bp.get("/register/<string:number>/certificate")
def certificate(number: str) -> ResponseReturnValue:
    """The certificate, to compare with what one was shown; the latest edition."""
    license = queries.numbered(number)
    if license is None or not license.certificates:
        abort(404)
    return documents.send(license.certificates[-1].document)


def _answers(made: CertificateIssue | None) -> dict[str, answers.Answer | None]:
    """What to say of the file, and of the license it stands for."""
    if made is None:
        return {"of_file": answers.FOREIGN, "of_license": None}
    license = made.license
    replaced = made.edition < license.edition
    return {
        "of_file": answers.REPLACED if replaced else answers.GENUINE,
        "of_license": answers.answer_for(license, validity.of(license, day_of(now()))),
    }
