"""Three years of made-up history, made by the verbs that the pages call."""
