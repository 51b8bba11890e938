"""Tags: which spellings are one tag, and which tags are inferred from an article's text.

`authority.py` holds the tags that `tags.toml` defines, and `tags_file.py` reads that file.
`gazetteer.py` has the names of countries and organisations, `vocabulary.py` finds names in a text,
and `inference.py` turns them into tags. `duplicates.py` finds tags that are probably one, and
`draft.py` writes a `tags.toml` for them.
"""
