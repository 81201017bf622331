"""The front door of system administrators: users and roles, working days, the law in force."""
