"""HTML that articles bring along: made safe and tidied."""
