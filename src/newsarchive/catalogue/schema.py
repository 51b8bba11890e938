"""The tables of the catalogue."""

VERSION = 11
"""The version of the tables. Raise it with every change of them: a build replaces a catalogue of
another version."""

SCHEMA = """
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Files of the source folders as last read.
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    is_article INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256 TEXT                 -- of the bytes of an article's source; NULL for other files
) WITHOUT ROWID;

-- Problems of sources, found when they were read and reported by every build until they are read
-- again; and of files and folders that cannot be read, which every scan reports again.
CREATE TABLE problems (
    source TEXT NOT NULL,       -- its name; or a folder: "2023/", "" for the first source folder
    is_of_scan INTEGER NOT NULL,
    path TEXT NOT NULL,
    line INTEGER,
    reason TEXT NOT NULL,
    skipped INTEGER NOT NULL
);
CREATE INDEX problems_by_source ON problems (source);

-- All articles: published, drafts, and those merged into an article with the same content.
CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    tie_break INTEGER NOT NULL, -- orders the articles of one source: see Row
    status TEXT NOT NULL,
    content BLOB NOT NULL,      -- Article.content_digest(): equal if readers see no difference
    claimed_id TEXT NOT NULL,   -- the id that it claims
    id TEXT NOT NULL,           -- the id that it has; differs if another article has that id
    claim TEXT NOT NULL,        -- the address that it claims
    address TEXT NOT NULL,      -- the address that it has
    day INTEGER NOT NULL,       -- 20230619 in the archive's time zone, 0 for undated
    moment INTEGER NOT NULL,    -- seconds since 1970, UTC; 0 for undated
    terms TEXT NOT NULL,        -- JSON: [[collection, spelling in the article], ...]
    mentioned TEXT NOT NULL,    -- JSON: the same for inferred tags
    is_searched INTEGER NOT NULL, -- 1 if tags were inferred from its text
    updated INTEGER NOT NULL,   -- its last known change in seconds since 1970, or 0
    record TEXT NOT NULL        -- JSON: the other fields, without the body
);
CREATE TABLE bodies (article INTEGER PRIMARY KEY, html TEXT NOT NULL);

-- Files of the source folders that articles refer to.
CREATE TABLE files (
    name TEXT NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (name, article)
) WITHOUT ROWID;
CREATE INDEX files_by_article ON files (article);

-- Sets of articles: all articles, and those with a tag, of an author or in a section.
CREATE TABLE collections (
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    identity TEXT NOT NULL,     -- equal for spellings of one name
    name TEXT NOT NULL,         -- from tags.toml, else the most frequent spelling
    claim TEXT NOT NULL,        -- the slug that it claims
    slug TEXT NOT NULL,         -- the slug that it has; empty if it has no pages
    UNIQUE (kind, identity)
);
CREATE INDEX collections_by_claim ON collections (kind, claim);
CREATE TABLE spellings (
    collection INTEGER NOT NULL,
    is_stated INTEGER NOT NULL, -- 1 if articles state it, 0 if it was inferred
    spelling TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (collection, is_stated, spelling)
) WITHOUT ROWID;

-- Published articles by collection, oldest first.
CREATE TABLE memberships (
    collection INTEGER NOT NULL,
    day INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (collection, day, moment, article)
) WITHOUT ROWID;

-- Dated articles by each set of their first tags, for earlier coverage: see related.py. The index
-- has all columns and is created after the rows.
CREATE TABLE shared (
    tags TEXT NOT NULL,         -- the keys of the tags, sorted: "12 40 7031"
    day INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    tie INTEGER NOT NULL,       -- orders articles of one moment
    article INTEGER NOT NULL
);

-- The number of articles of a collection in all time, a year, a month, and undated.
CREATE TABLE periods (
    collection INTEGER NOT NULL,
    period INTEGER NOT NULL,    -- Period.number
    articles INTEGER NOT NULL,
    PRIMARY KEY (collection, period)
) WITHOUT ROWID;

-- The files of the site as they were last published.
CREATE TABLE outputs (
    address TEXT PRIMARY KEY,
    producer TEXT NOT NULL,     -- the output that was written there: Output.producer
    state TEXT,                 -- of a copied file: changes whenever the original does
    digest BLOB NOT NULL,       -- of its bytes
    build INTEGER NOT NULL      -- the last build that planned it
) WITHOUT ROWID;

-- The lines of redirects.csv.
CREATE TABLE redirects (
    folded TEXT PRIMARY KEY,    -- the address without differences of case and Unicode form
    address TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX redirects_by_name ON redirects (kind, name);

INSERT INTO collections VALUES (1, 'all', '', '', '', '');
"""

BEFORE = """
CREATE TEMP TABLE before (address TEXT PRIMARY KEY, kind TEXT, name TEXT) WITHOUT ROWID;
CREATE INDEX temp.before_by_name ON before (kind, name);
CREATE TEMP TABLE unchanged (key INTEGER PRIMARY KEY);
"""
"""Temporary tables: the pages of articles and collections at the beginning of a build with too
many changes to list, and the articles that a source still has unchanged."""

REMEMBERING = (
    "INSERT OR IGNORE INTO before SELECT address, 'article', id FROM articles "
    "WHERE status = 'published'",
    "INSERT OR IGNORE INTO before SELECT o.address, c.kind, c.identity FROM collections c "
    "JOIN outputs o ON o.address BETWEEN c.kind || 's/' || c.slug || '/' "
    "AND c.kind || 's/' || c.slug || '0' WHERE c.slug != '' AND o.producer LIKE 'listing %'",
)
"""The statements that fill the table `before`."""

LAST_CHARACTER = "\U0010ffff"
"""The last character of Unicode: sorts after every continuation of an address."""


INDEXES = {
    "articles_by_source": "articles (source)",
    "articles_by_time": "articles (status, day, moment, id)",
    "articles_by_update": "articles (status, day / 100, updated)",
    "articles_with_another_id": "articles (id) WHERE id != claimed_id",
    "articles_by_content": "articles (content)",
    "articles_by_claimed_id": "articles (claimed_id)",
    "articles_by_claim": "articles (claim)",
    "articles_searched": "articles (status) WHERE is_searched",
    "articles_with_mentions": "articles (status) WHERE mentioned != '[]'",
    "shared_by_tags": "shared (tags, day, moment, tie, article)",
}
"""The indexes of `articles` and `shared`, by name. A build of all articles creates them after the
rows, which takes a third of the time."""
