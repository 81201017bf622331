"""The commands of whoever runs an installation.

Exit codes: 0 done and well, 1 something was found, 2 the command or the settings are wrong.
"""

import logging
import os
import sys
import threading
import time
from importlib import import_module
from typing import Any

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from sqlalchemy.exc import OperationalError

from broker_admin import cases, config, create_app, doctor, schema, showroom
from broker_admin.accounts import staff, tokens
from broker_admin.clock import now
from broker_admin.db import db, transaction
from broker_admin.i18n import LANGUAGES
from broker_admin.jobs import worker
from broker_admin.jobs.nightly import run_nightly
from broker_admin.jobs.runner import run_due
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.web import public_url

FOUND, WRONG = 1, 2
_PARENT_SECONDS = 1.0


class Commands(click.Group):
    """Tells in one sentence that the database cannot be reached, whichever command needs it."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except OperationalError as error:
            raise click.UsageError(f"The database cannot be used ({error.orig}). "
                                   "For the cure, run: broker-admin doctor") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--demo", "demo_", is_flag=True, help="Work on the demonstration's database and keys.")
@click.pass_context
def main(context: click.Context, demo_: bool) -> None:
    """Licensing and supervision of data brokers: commands for those who run it.

    \b
    Settings come from the environment (docs/configuration.md).
    Example: broker-admin --demo doctor
    """
    context.obj = showroom.environ(8000) if demo_ else os.environ
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("broker_admin").setLevel(logging.INFO)


def application() -> Flask:
    """The application with the settings of this call; a wrong one is told with its cure."""
    context = click.get_current_context()
    try:
        app = create_app(context.obj)
    except config.ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    context.call_on_close(lambda: _let_go(app))
    return app


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def migrated() -> Flask:
    """The application on tables of this version."""
    app = application()
    try:
        schema.require_newest(app)
    except config.ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    return app


@main.command()
def init() -> None:
    """Make the tables, or bring them to this version.

    \b
    Run it after every installation and update; run again it does nothing.
    Example: broker-admin init
    """
    with application().app_context():
        before = schema.current()
        schema.migrate()
        click.echo(f"The database stands at migration {schema.current()} (before: {before or 'none'}).")


@main.command("create-user")
@click.argument("email")
@click.option("--name", required=True, help="As others will read it.")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]),
              default=[Role.ADMINISTRATOR.value], show_default=True, help="May be given several times.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="zh", show_default=True)
def create_user(email: str, name: str, roles: tuple[str, ...], language: str) -> None:
    """Open an account for a member of the staff: the first administrator, who adds the others.

    \b
    Prints a link by which the password is set; it works once, for 24 hours.
    Example: broker-admin create-user li@example.org --name "Li Hua"
    """
    with migrated().app_context():
        try:
            with transaction():
                user = staff.create_staff(
                    email=checked_address(email), name=name, language=language, actor=SYSTEM, at=now(),
                    roles=frozenset(map(Role, roles)))
                token = tokens.make(user, tokens.INVITE)
                link = public_url("accounts.invitation", language, token=token)
        except Refused as refusal:
            raise click.UsageError(str(refusal)) from refusal
        click.echo(f"Set the password within 24 hours at:\n{link}")


def checked_address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.UsageError(f"{email} is not an e-mail address: {error}") from error


@main.command("doctor")
def examine() -> None:
    """Check this installation; each line names the cure of what is wrong.

    \b
    Exit code 1 when something is wrong.
    Example: broker-admin doctor
    """
    with application().app_context():
        diagnoses = doctor.examine()
    for diagnosis in diagnoses:
        click.echo(diagnosis)
    sys.exit(0 if all(diagnosis.fine for diagnosis in diagnoses) else FOUND)


@main.group()
def jobs() -> None:
    """Work that is done beside the pages: mail, certificates, what falls due at night."""


@jobs.command("run")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@click.option("--parent", type=int, hidden=True, help="End when this process has ended.")
def run_jobs(once: bool, parent: int | None) -> None:
    """Do queued and nightly work, until asked to end.

    \b
    Several may run at once. Example: broker-admin jobs run --once
    """
    app = migrated()
    if once:
        with app.app_context():
            tasks, done = run_nightly(now()), run_due(now())
        click.echo(f"{tasks} nightly tasks and {done} jobs were tried.")
        return
    stop = worker.stop_on_signals()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent, stop), daemon=True).start()
    worker.run_forever(app, stop)


@main.command()
def verify() -> None:
    """Prove the record: the chain of entries, the state of every case, numbers and files.

    \b
    Exit code 1 when something does not hold.
    Example: broker-admin verify
    """
    with migrated().app_context():
        findings = cases.findings()
    for finding in findings:
        click.echo(finding)
    click.echo(f"{len(findings)} findings." if findings else "Everything is explained by the record.")
    sys.exit(FOUND if findings else 0)


@main.command()
def routes() -> None:
    """List every page with its methods and the permission that it asks for.

    \b
    Example: broker-admin routes | grep -v public
    """
    app = application()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        permission = getattr(app.view_functions[rule.endpoint], "permission", "public")
        methods = ",".join(sorted((rule.methods or set()) & {"GET", "POST"}))
        click.echo(f"{methods:9} {rule.rule:60} {rule.endpoint:35} {permission}")


@main.command()
@click.option("--port", default=8000, show_default=True, help="Where to serve; the next free one if taken.")
@click.option("--reset", is_flag=True, help="Forget the demonstration, and begin anew.")
def demo(port: int, reset: bool) -> None:
    """Fill a database with made-up history, and serve it on this machine.

    \b
    The second time it starts at once and keeps the data.
    Example: broker-admin demo --port 8080
    """
    if reset:
        showroom.reset()
    # The history calls every room, and only this command needs it.
    history = import_module("broker_admin.demo.history")
    free = showroom.free_port(port)
    app = _prepared(free, history)
    _welcome(free, history.SIGN_INS, history.PASSWORD)
    showroom.serve(app, free, showroom.environ(free))


def _prepared(port: int, history: Any) -> Flask:
    with click.progressbar(length=100, label="Making up three years of history",
                           file=sys.stderr) as bar:
        def progress(done: int, total: int) -> None:
            bar.update(done * 100 // max(total, 1) - bar.pos)

        return showroom.prepare(port, history.fill, progress)


def _welcome(port: int, sign_ins: dict[str, str], password: str) -> None:
    click.echo(f"\nServing on http://{showroom.HOST}:{port} (Ctrl-C ends it)")
    click.echo(f"Mail is shown at http://{showroom.HOST}:{port}/dev/outbox")
    click.echo(f"Sign in with one of these, and the password: {password}\n")
    for email, who in sign_ins.items():
        click.echo(f"  {email:34} {who}")


def _watch(parent: int, stop: threading.Event) -> None:
    """A worker whose server was killed would go on alone."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    stop.set()


if __name__ == "__main__":
    main()
