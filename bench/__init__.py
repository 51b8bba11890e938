"""The benchmark: newsarchive and other generators build the same articles in one run."""
