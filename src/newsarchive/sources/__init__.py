"""The source folders: what lies in them, and what changed since the last build."""
