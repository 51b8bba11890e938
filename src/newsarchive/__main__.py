"""`python -m newsarchive` is the same as `newsarchive`."""

from newsarchive.cli import main

main()
