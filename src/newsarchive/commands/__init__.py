"""The work of the commands, and the printing of their results."""
