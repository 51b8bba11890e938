"""The tables of the catalogue."""

VERSION = 11
"""Raised with every change of the tables: a catalogue of another version is made anew."""

SCHEMA = """
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Files of the source folders as they were when last read.
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    is_article INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    sha256 TEXT                 -- of its bytes, of an article's source
) WITHOUT ROWID;

-- What was to be said about a source when it was read, again at every build; and about files and
-- folders that never came to be read, which every scan says anew.
CREATE TABLE problems (
    source TEXT NOT NULL,       -- its name; a folder's ends with a slash, or is empty
    is_of_scan INTEGER NOT NULL,
    path TEXT NOT NULL,
    line INTEGER,
    reason TEXT NOT NULL,
    set_aside INTEGER NOT NULL
);
CREATE INDEX problems_by_source ON problems (source);

-- Every article that was found: published, draft, or merged into another that says the same.
CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    tie_break INTEGER NOT NULL, -- orders the articles of one source: see Row
    status TEXT NOT NULL,
    content BLOB NOT NULL,      -- the digest of what readers could tell apart
    claimed_id TEXT NOT NULL,   -- the id it states
    id TEXT NOT NULL,           -- the id it has: another's is left to the other
    claim TEXT NOT NULL,        -- the address it asks for
    address TEXT NOT NULL,      -- the address it has
    day INTEGER NOT NULL,       -- 20230619 in the archive's time zone, 0 for undated
    moment INTEGER NOT NULL,    -- seconds since 1970, UTC; 0 for undated
    terms TEXT NOT NULL,        -- JSON: [[collection, its name as spelled here], ...]
    mentioned TEXT NOT NULL,    -- JSON: the same for tags that it has from what it says
    is_searched INTEGER NOT NULL, -- whether such tags were looked for
    updated INTEGER NOT NULL,   -- the last change that it tells of, in seconds since 1970, or 0
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

-- Sets of articles: all, and those with one tag, author or section.
CREATE TABLE collections (
    key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    identity TEXT NOT NULL,     -- what makes two spellings one
    name TEXT NOT NULL,         -- as tags.toml has it, or as most articles spell it
    claim TEXT NOT NULL,        -- the slug it asks for
    slug TEXT NOT NULL,         -- the slug it has; empty where it has no pages
    UNIQUE (kind, identity)
);
CREATE INDEX collections_by_claim ON collections (kind, claim);
CREATE TABLE spellings (
    collection INTEGER NOT NULL,
    is_stated INTEGER NOT NULL, -- by the article; otherwise inferred
    spelling TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (collection, is_stated, spelling)
) WITHOUT ROWID;

-- Published articles by collection, in the order of time.
CREATE TABLE memberships (
    collection INTEGER NOT NULL,
    day INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (collection, day, moment, article)
) WITHOUT ROWID;

-- Dated articles by each set of the tags that they are compared by: see coverage.py. Its index has
-- all of a row, and is made after the rows.
CREATE TABLE shared (
    tags TEXT NOT NULL,         -- the keys of the tags, rising: "12 40 7031"
    day INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    tie INTEGER NOT NULL,       -- decides between articles of one moment
    article INTEGER NOT NULL
);

-- How many articles a collection has in all, in a year, in a month, and undated.
CREATE TABLE periods (
    collection INTEGER NOT NULL,
    period INTEGER NOT NULL,    -- Period.number
    articles INTEGER NOT NULL,
    PRIMARY KEY (collection, period)
) WITHOUT ROWID;

-- The files of the site as they were last published.
CREATE TABLE outputs (
    address TEXT PRIMARY KEY,
    producer TEXT NOT NULL,     -- what is published there
    state TEXT,                 -- of a copied file: differs when the original has changed
    digest BLOB NOT NULL,       -- of its bytes
    build INTEGER NOT NULL      -- the last build that planned it
) WITHOUT ROWID;

-- The lines of redirects.csv.
CREATE TABLE redirects (
    folded TEXT PRIMARY KEY,    -- the address where case and accents' writing do not count
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
"""Which pages of articles and collections were there when a build began that changes too much to
list."""

REMEMBERING = (
    "INSERT OR IGNORE INTO before SELECT address, 'article', id FROM articles "
    "WHERE status = 'published'",
    "INSERT OR IGNORE INTO before SELECT o.address, c.kind, c.identity FROM collections c "
    "JOIN outputs o ON o.address BETWEEN c.kind || 's/' || c.slug || '/' "
    "AND c.kind || 's/' || c.slug || '0' WHERE c.slug != '' AND o.producer LIKE 'listing %'",
)
"""The statements that fill it."""

LAST_CHARACTER = "\U0010ffff"
"""Sorts after all that an address can go on with."""


INDEXES = {
    "articles_by_source": "articles (source)",
    "articles_by_time": "articles (status, day, moment, id)",
    "articles_by_update": "articles (status, day / 100, updated)",
    "articles_with_contested_id": "articles (claimed_id) WHERE id != claimed_id",
    "articles_by_content": "articles (content)",
    "articles_by_claimed_id": "articles (claimed_id)",
    "articles_by_claim": "articles (claim)",
    "articles_searched": "articles (status) WHERE is_searched",
    "articles_with_mentions": "articles (status) WHERE mentioned != '[]'",
    "shared_by_tags": "shared (tags, day, moment, tie, article)",
}
"""What the indexes of `articles` and `shared` are of. They are made after the rows where all come
at once, which takes a third of the time."""
