"""Files for the scripts of the pages: each is a script that calls a function."""
