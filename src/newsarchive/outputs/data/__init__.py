"""The articles as data: JSON Lines, CSV, and the description of the archive in JSON."""
