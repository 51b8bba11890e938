"""Pages: the theme, its templates, and dates, numbers and messages in the site's language."""
