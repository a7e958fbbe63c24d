-- A progress file as schema 1 kept it, by hand. Never change it: it stands for what users have.

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

INSERT INTO session VALUES ('s1', 'drill', 1780000000000, 1780001800000, NULL, '{}');
INSERT INTO session VALUES
    ('s2', 'drill', 1780086400000, NULL, NULL,
     '{"acts": [{"act": "later", "item": "b/q2", "reviews": 1, "after": 3}]}');

INSERT INTO review VALUES
    ('r1', 'b/q1', 1780000060000, 739763, 1, 61.5, NULL, 3, '', 0, 'drill', 's1', 'desk', 'b', 7);
INSERT INTO review VALUES
    ('r2', 'b/q2', 1780000200000, 739763, 2, NULL, 0.6, 2, '', 1, 'drill', 's1', 'desk',
     'two lines
of text', 8);
INSERT INTO review VALUES
    ('r3', 'b/q1', 1780086460000, 739764, 3, 20.0, NULL, NULL, 'knew', 0, 'drill', 's2', 'desk',
     'a', 9);
INSERT INTO review VALUES
    ('r4', 'b/q3', 1780086500000, 739764, 4, 5.0, NULL, 3, '', 0, 'record', NULL, 'lap', '', 10);

INSERT INTO point_mark VALUES ('r2', 'cost', 1);
INSERT INTO point_mark VALUES ('r2', '~0123456789ab', 0);
INSERT INTO point_mark VALUES ('r2', 'flag:1', 1);
INSERT INTO retraction VALUES ('r4', 1780086510000);
INSERT INTO draft VALUES
    ('b/q2', 1780086600000, 'half an ans',
     '{"seed": 11, "revealed": false, "undone": false, "seconds": 12.5, "hints": 1, "confidence": null, "marks": {}, "flags": []}');
INSERT INTO hold VALUES (1, 'b/q3', 1780086600000, NULL, 's2');
INSERT INTO hold VALUES (2, 'b/q4', 1780086600000, 739765, 's2');
INSERT INTO setting VALUES ('date', '"2026-12-14"');
INSERT INTO setting VALUES ('minutes', '35');
INSERT INTO forecast VALUES (739763, 0.5, 0.45, 0.55);
PRAGMA user_version = 1;
