"""Tags: which of them are one, and which an article has from what it says.

`authority.py` is what the archive's owner decided about tags, and `tags_file.py` reads it from
`tags.toml`. `gazetteer.py` knows the names of countries and organisations, `vocabulary.py` finds
names in a text, and `inference.py` makes tags of them.
"""
