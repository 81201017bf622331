"""People who work as brokers: their certificates, and whom they work for."""
