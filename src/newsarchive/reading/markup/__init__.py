"""Markdown and plain text into HTML."""
