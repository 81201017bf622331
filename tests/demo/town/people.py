"""Some of those who live in the town, one of each kind."""

VISITOR = "a visitor"
BROKERS = ["firm01", "firm50", "person70", "candidate01"]
OFFICERS = ["intake", "reviewer", "decider", "legal", "enforcement", "supervision", "exam", "author",
            "auditor", "admin"]
PEOPLE = [VISITOR, *BROKERS, *OFFICERS]
