"""A build: its stages, one after the other."""
