-- An own answer that was ticked again without its old ticks; only ever appended to.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,                -- uuid, so that files of several machines merge
    review TEXT NOT NULL REFERENCES review (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_by_review ON audit (review);

CREATE TABLE audit_mark (
    audit TEXT NOT NULL REFERENCES audit (id),
    point TEXT NOT NULL,
    hit INTEGER NOT NULL CHECK (hit IN (0, 1)),
    PRIMARY KEY (audit, point)
) STRICT, WITHOUT ROWID;

-- Holds all that memory and statistics read of a review, so that they never touch its answer.
DROP INDEX review_by_item;
CREATE INDEX review_by_item
    ON review (item, at, id, day, rating, seconds, coverage, confidence, overruled);
