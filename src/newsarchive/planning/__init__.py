"""Plan: from what has changed to the outputs that are stale, each with its reason.

Pure functions over the catalogue's answers: no file is looked at and no page is made here. The
plan may name an output that turns out the same; it must never leave one out that would differ.
"""
