from broker_admin.forms import Form


class ReadAllForm(Form):
    """Nothing to fill in: only the wish to have read everything."""
