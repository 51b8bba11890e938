"""newsarchive: a pile of news articles in, a static archive site out."""

__version__ = "0.1.0"
