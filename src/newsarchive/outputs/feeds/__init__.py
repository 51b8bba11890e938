"""Feeds: RSS, Atom and JSON Feed, their history, and the list of all feeds."""
