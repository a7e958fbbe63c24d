-- Days are ordinals (day 1 is 0001-01-01), moments are UTC milliseconds since 1970.

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,                 -- drill
    started INTEGER NOT NULL,
    ended INTEGER,
    format TEXT,                        -- of a mock
    state TEXT NOT NULL DEFAULT '{}'    -- JSON: what cannot be told from the reviews
) STRICT;

-- Only ever appended to; a retraction takes one back.
CREATE TABLE review (
    id TEXT PRIMARY KEY,                -- uuid, so that files of several machines merge
    item TEXT NOT NULL,                 -- the key it was written with
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,               -- turns at 04:00 local time
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    seconds REAL,                       -- from the prompt to done; NULL: unknown
    coverage REAL,
    confidence INTEGER CHECK (confidence BETWEEN 0 AND 3),
    overruled TEXT NOT NULL DEFAULT '', -- guessed, knew
    hints INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL,               -- drill, mock, record
    session TEXT REFERENCES session (id),
    device TEXT NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    seed INTEGER NOT NULL               -- of the draw: inputs, order of the options
) STRICT;
CREATE INDEX review_by_item ON review (item, at, id);
CREATE INDEX review_by_day ON review (day);
CREATE INDEX review_by_session ON review (session);

CREATE TABLE point_mark (
    review TEXT NOT NULL REFERENCES review (id),
    point TEXT NOT NULL,                -- key of a point; flag:N for the Nth red flag
    hit INTEGER NOT NULL CHECK (hit IN (0, 1)),
    PRIMARY KEY (review, point)
) STRICT, WITHOUT ROWID;

CREATE TABLE retraction (
    review TEXT PRIMARY KEY REFERENCES review (id),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIEW kept AS
    SELECT rowid AS row, * FROM review WHERE id NOT IN (SELECT review FROM retraction);

-- The one answer that is being given, from the prompt to its grade.
CREATE TABLE draft (
    item TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL                 -- JSON: seed, seconds, hints, confidence, marks
) STRICT, WITHOUT ROWID;

-- The latest row of an item counts.
CREATE TABLE hold (
    id INTEGER PRIMARY KEY,
    item TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER,                      -- day on which it is free again; NULL: suspended
    session TEXT REFERENCES session (id)
) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL                 -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE forecast (
    day INTEGER PRIMARY KEY,
    mean REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL
) STRICT;
