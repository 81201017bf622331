"""Complaints, which settle a dispute, and reports of misconduct, which open cases: never one."""
