"""The sources: finds the files of the source folders and what changed since the last build."""
