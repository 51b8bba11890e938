"""Data for the scripts of the pages: each file is itself a script, which calls a function."""
