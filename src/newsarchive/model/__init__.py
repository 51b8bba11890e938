"""The values that every stage knows: articles, addresses, periods, changes, dates."""
