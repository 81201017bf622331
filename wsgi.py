"""The application, for a WSGI server: ``gunicorn wsgi:app``."""

from broker_admin import create_app, schema

app = create_app()
if app.config["ENVIRONMENT"] == "production":
    schema.require_newest(app)
