"""The application, for a WSGI server: ``gunicorn wsgi:app``."""

from broker_admin import create_app

app = create_app()
