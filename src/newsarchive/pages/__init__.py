"""Pages: templates, the theme, and the words in the site's language."""
