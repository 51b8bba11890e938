"""The commands, and how they print their results."""
