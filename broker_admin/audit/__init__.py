"""Reading the record: the history of a case, the search of auditors, the proof that nothing changed."""
