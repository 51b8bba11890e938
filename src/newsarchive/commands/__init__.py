"""What the commands do, and how they print it."""
