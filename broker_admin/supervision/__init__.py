"""Periodic supervision: annual reports, annual reviews, random inspections, rectifications."""
