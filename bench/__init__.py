"""The benchmark: newsarchive beside other generators, with the same articles, in one run."""
