"""What is asked of people about themselves and their organisations."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectField
from wtforms.validators import Email, EqualTo, ValidationError

from broker_admin.accounts import service
from broker_admin.accounts.models import User
from broker_admin.accounts.passwords import LONGEST, weakness
from broker_admin.forms import CodeField, Form, line, required, to_choose
from broker_admin.i18n import LANGUAGES
from broker_admin.rules.identifiers import uscc_fault

REGIONS = {
    "440100": _l("Guangzhou"), "440200": _l("Shaoguan"), "440300": _l("Shenzhen"),
    "440400": _l("Zhuhai"), "440500": _l("Shantou"), "440600": _l("Foshan"),
    "440700": _l("Jiangmen"), "440800": _l("Zhanjiang"), "440900": _l("Maoming"),
    "441200": _l("Zhaoqing"), "441300": _l("Huizhou"), "441400": _l("Meizhou"),
    "441500": _l("Shanwei"), "441600": _l("Heyuan"), "441700": _l("Yangjiang"),
    "441800": _l("Qingyuan"), "441900": _l("Dongguan"), "442000": _l("Zhongshan"),
    "445100": _l("Chaozhou"), "445200": _l("Jieyang"), "445300": _l("Yunfu"),
}


def address_line() -> Any:
    return line(_l("E-mail address"), most=254, needed=_l("Enter your e-mail address."),
                validators=[Email(_l("Enter an e-mail address such as name@example.org."))],
                render_kw={"autocomplete": "email", "spellcheck": "false"})


def _chosen() -> PasswordField:
    return PasswordField(
        _l("Password"), validators=required(_l("Enter a password.")),
        description=_l("At least 12 characters. Several unrelated words are easy to remember."),
        render_kw={"autocomplete": "new-password", "maxlength": str(LONGEST)})


def _repeated() -> PasswordField:
    return PasswordField(
        _l("Password, once more"), render_kw={"autocomplete": "new-password"},
        validators=[EqualTo("password", _l("The two passwords differ."))])


class _NewPassword(Form):
    """A password and its repetition; what is weak about it is said in words."""

    password = _chosen()
    repeated = _repeated()

    def validate_password(self, field: PasswordField) -> None:
        problem = weakness(field.data or "", self.about())
        if problem:
            raise ValidationError(gettext(problem))

    def about(self) -> tuple[str, ...]:
        """Words about the person, which do not belong into the password."""
        return ()


class SignUpForm(_NewPassword):
    name = line(_l("Your name"), most=50, needed=_l("Enter your name."),
                render_kw={"autocomplete": "name"})
    email = address_line()
    # Made anew, as a form asks in the order in which its fields were made.
    password = _chosen()
    repeated = _repeated()

    def about(self) -> tuple[str, ...]:
        return (self.name.data or "", (self.email.data or "").split("@")[0])


class SignInForm(Form):
    email = address_line()
    password = PasswordField(_l("Password"), validators=required(_l("Enter your password.")),
                             render_kw={"autocomplete": "current-password"})
    user: User | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """One sentence for every reason: it must not tell which addresses have an account."""
        if not super().validate(extra_validators):
            return False
        self.user = service.check_password(self.email.data, self.password.data)
        if self.user is None:
            self.form_errors.append(gettext(
                "The address or the password is not right, or the address is not confirmed yet."))
        return self.user is not None


class ForgottenForm(Form):
    email = address_line()


class ConfirmationForm(Form):
    """Where the link that did not arrive is to go."""

    email = address_line()


class ResetForm(_NewPassword):
    """Only the new password: who it is for stands in the link."""


def _current_password() -> PasswordField:
    return PasswordField(_l("Current password"),
                         validators=required(_l("Enter your current password.")),
                         render_kw={"autocomplete": "current-password"})


class PasswordForm(_NewPassword):
    current = _current_password()


class NewAddressForm(Form):
    email = address_line()
    current = _current_password()


class ProfileForm(Form):
    name = line(_l("Your name"), most=50, needed=_l("Enter your name."))
    language = RadioField(_l("Language of mails"), choices=LANGUAGES,
                          validators=required(_l("Choose a language.")))


class _CreditCode(Form):
    uscc = CodeField(_l("Unified social credit code"),
                     description=_l("18 characters, as on the business license."),
                     validators=required(_l("Enter the credit code.")))

    def validate_uscc(self, field: CodeField) -> None:
        fault = uscc_fault(field.data)
        if fault:
            raise ValidationError(gettext(fault.sentence))


class JoinForm(_CreditCode):
    """The organisation that somebody asks to join."""


def _contact_email() -> Any:
    return line(_l("E-mail address that the public register shows"), most=254,
                validators=[Email(_l("Enter an e-mail address such as name@example.org."))])


def _contact_phone() -> Any:
    return line(_l("Telephone number that the public register shows"), most=30)


class OrganizationForm(_CreditCode):
    name = line(_l("Name, as on the business license"), most=100, needed=_l("Enter the name."))
    name_en = line(_l("Name in English, if there is one"), most=200)
    region_code = SelectField(_l("Region"), choices=to_choose(REGIONS),
                              validators=required(_l("Choose a region.")))
    address = line(_l("Registered address"), needed=_l("Enter the registered address."))
    contact_email = _contact_email()
    contact_phone = _contact_phone()


class ContactForm(Form):
    contact_email = _contact_email()
    contact_phone = _contact_phone()
