"""Converts Markdown and plain text to HTML."""
