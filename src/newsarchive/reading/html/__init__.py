"""HTML in articles: sanitising and tidying."""
