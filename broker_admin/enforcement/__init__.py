"""Conduct cases: finding, notice, statement, decision, measure."""
