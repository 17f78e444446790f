-- The first schema of a caredesk store. A migration that has been shipped is never edited; the next one is a new file.
--
-- The journal is the truth. Every other table is its fold, written in the same transaction; `caredesk verify` proves it.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,        -- 'key': 32 random bytes, hex, for keyed hashes of refused numbers
  value TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------------------------------------------- the journal

CREATE TABLE journal (
  seq        INTEGER PRIMARY KEY CHECK (seq >= 1),   -- 1, 2, 3 … without gaps: of two writers one fails, which is the lock
  act        INTEGER NOT NULL,      -- seq of the first entry of the same transaction
  day        TEXT NOT NULL,         -- the care day it belongs to: the local date of `at`
  at         INTEGER NOT NULL,      -- when it happened, ms since 1970 UTC
  entered_at INTEGER NOT NULL,      -- when it was entered: max(clock, last), so it never decreases
  offset_min INTEGER NOT NULL,      -- the local offset then, minutes
  desk       TEXT NOT NULL,         -- where it was entered
  staff      INTEGER,               -- who was acting
  child      INTEGER,               -- the child it is about
  kind       TEXT NOT NULL,         -- what happened, in one word
  body       TEXT,                  -- JSON with a random 16-byte salt; NULL only after erasure
  body_hash  TEXT NOT NULL,         -- hex SHA-256 of body, so that erasing a body leaves the chain whole
  hash       TEXT NOT NULL,         -- hex SHA-256 of the previous hash and all of the above but body, as netstrings
  CHECK (act BETWEEN 1 AND seq),
  CHECK (at <= entered_at),
  CHECK (length(body_hash) = 64 AND length(hash) = 64)
) STRICT;

CREATE INDEX journal_of_child ON journal (child, seq) WHERE child IS NOT NULL;
CREATE INDEX journal_by_entry ON journal (entered_at, seq);
CREATE INDEX journal_of_day ON journal (day, seq);

CREATE TRIGGER journal_follows BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR NEW.entered_at < (SELECT coalesce(max(entered_at), NEW.entered_at) FROM journal)
BEGIN
  SELECT RAISE(ABORT, 'journal: an entry follows the last one');
END;

CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN
  SELECT RAISE(ABORT, 'journal: an entry is never deleted');
END;

CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
WHEN NEW.body IS NOT NULL
  OR NEW.seq IS NOT OLD.seq OR NEW.act IS NOT OLD.act OR NEW.day IS NOT OLD.day OR NEW.at IS NOT OLD.at
  OR NEW.entered_at IS NOT OLD.entered_at OR NEW.offset_min IS NOT OLD.offset_min OR NEW.desk IS NOT OLD.desk
  OR NEW.staff IS NOT OLD.staff OR NEW.child IS NOT OLD.child OR NEW.kind IS NOT OLD.kind
  OR NEW.body_hash IS NOT OLD.body_hash OR NEW.hash IS NOT OLD.hash
BEGIN
  SELECT RAISE(ABORT, 'journal: an entry is never changed');
END;

-- Entries that were taken back.
CREATE TABLE undone (
  seq INTEGER PRIMARY KEY REFERENCES journal (seq),          -- the entry that was taken back; only once
  by_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq),   -- the entry that took it back
  CHECK (by_seq > seq)
) STRICT;

-- ---------------------------------------------------------------------------------------------------- the register

CREATE TABLE staff (
  id     INTEGER PRIMARY KEY CHECK (id >= 1),
  name   TEXT NOT NULL,
  role   TEXT NOT NULL CHECK (role IN ('duty', 'leader', 'office', 'inspector')),
  kind   TEXT,                   -- in what capacity: carer, relief, coach …
  card   TEXT,                   -- staff card, for signing on
  pin    TEXT,                   -- Argon2id hash in PHC form
  active INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE child (
  id         INTEGER PRIMARY KEY CHECK (id >= 1),
  name       TEXT NOT NULL,
  grade      INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 9),
  class_no   INTEGER CHECK (class_no BETWEEN 0 AND 255),
  seat       INTEGER NOT NULL CHECK (seat >= 0),               -- order within the class
  student_no TEXT,                                             -- the school's own number
  household  INTEGER NOT NULL,                                 -- siblings share it
  health     TEXT,                                             -- allergy or illness
  note       TEXT,                                             -- standing note for the carers
  weekdays   INTEGER CHECK (weekdays BETWEEN 0 AND 127),       -- bit 0 is Monday; NULL means every care day
  consent    TEXT NOT NULL CHECK (consent IN ('unknown', 'given', 'missing')),
  self_leave INTEGER NOT NULL CHECK (self_leave IN (0, 1)),    -- a signed letter allows going home alone
  enrolled   INTEGER NOT NULL CHECK (enrolled IN (0, 1))
) STRICT;

CREATE TABLE collector (
  id          INTEGER PRIMARY KEY CHECK (id >= 1),
  child       INTEGER NOT NULL REFERENCES child (id) DEFERRABLE INITIALLY DEFERRED,
  rank        INTEGER NOT NULL CHECK (rank BETWEEN 0 AND 255), -- place in the list, from 1
  name        TEXT NOT NULL,
  relation    TEXT NOT NULL,
  phone       TEXT,
  may_collect TEXT NOT NULL CHECK (may_collect IN ('standing', 'barred', 'one_day', 'ended')),
  one_day     TEXT,                                            -- the day of a one-day authorisation
  confirmed   INTEGER CHECK (confirmed IN (0, 1)),             -- whether its call-back said yes
  staff       INTEGER REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((may_collect = 'one_day') = (one_day IS NOT NULL)),
  CHECK ((may_collect = 'one_day') = (confirmed IS NOT NULL))
) STRICT;

CREATE INDEX collector_of_child ON collector (child);
CREATE INDEX collector_on_staff ON collector (staff) WHERE staff IS NOT NULL;

CREATE TABLE card (
  number       TEXT PRIMARY KEY,
  child        INTEGER NOT NULL REFERENCES child (id) DEFERRABLE INITIALLY DEFERRED,
  state        TEXT NOT NULL CHECK (state IN ('live', 'lost', 'replaced', 'expired')),
  state_at     INTEGER,                                        -- since when it is not live, ms since 1970 UTC
  state_offset INTEGER,                                        -- the local offset then, minutes
  custody      TEXT NOT NULL CHECK (custody IN ('rack', 'holder', 'away')),
  own          INTEGER NOT NULL CHECK (own IN (0, 1)),         -- made by caredesk, with a check digit
  CHECK ((state = 'live') = (state_at IS NULL)),
  CHECK ((state = 'live') = (state_offset IS NULL))
) STRICT;

CREATE INDEX card_of_child ON card (child);

CREATE TABLE pin_tries (
  staff   INTEGER PRIMARY KEY REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
  count   INTEGER NOT NULL CHECK (count >= 1),                 -- wrong tries since the last right one
  last_ms INTEGER NOT NULL                                     -- when the last one was made, ms since 1970 UTC
) STRICT;

CREATE TABLE no_card_count (
  child INTEGER PRIMARY KEY REFERENCES child (id) DEFERRABLE INITIALLY DEFERRED,
  year  INTEGER NOT NULL,
  month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  count INTEGER NOT NULL CHECK (count >= 0)                    -- releases without a card in that month
) STRICT;

-- One stay from arrival to release. An arrival that was taken back has no row. A release ends one open stay or fails.
CREATE TABLE stay (
  arrival_seq  INTEGER PRIMARY KEY REFERENCES journal (seq),
  child        INTEGER NOT NULL REFERENCES child (id) DEFERRABLE INITIALLY DEFERRED,
  released_seq INTEGER UNIQUE REFERENCES journal (seq),
  CHECK (released_seq > arrival_seq)
) STRICT;

CREATE UNIQUE INDEX stay_open ON stay (child) WHERE released_seq IS NULL;   -- nobody is in twice
CREATE INDEX stay_of_child ON stay (child);

-- ---------------------------------------------------------------------- for people who open the file in a browser

CREATE VIEW visits AS
SELECT a.day AS day, c.grade AS grade, c.class_no AS class_no, c.name AS child,
       datetime(a.at / 1000 + a.offset_min * 60, 'unixepoch') AS arrived,
       datetime(r.at / 1000 + r.offset_min * 60, 'unixepoch') AS released,
       k.relation AS taker_relation, k.name AS taker, t.name AS released_by,
       s.arrival_seq AS arrival_entry, s.released_seq AS release_entry
FROM stay s
JOIN journal a ON a.seq = s.arrival_seq
JOIN child c ON c.id = s.child
LEFT JOIN journal r ON r.seq = s.released_seq
LEFT JOIN collector k ON k.id = json_extract(r.body, '$.taker.collector')
LEFT JOIN staff t ON t.id = r.staff;

CREATE VIEW present AS
SELECT grade, class_no, child, arrived FROM visits WHERE released IS NULL;

CREATE VIEW custody AS
SELECT k.number AS card, c.name AS child, k.state AS state, k.custody AS custody
FROM card k JOIN child c ON c.id = k.child;

CREATE VIEW activity_log AS
SELECT j.seq AS entry, datetime(j.at / 1000 + j.offset_min * 60, 'unixepoch') AS at,
       datetime(j.entered_at / 1000 + j.offset_min * 60, 'unixepoch') AS entered, j.desk AS desk, t.name AS staff,
       c.name AS child, j.kind AS kind, j.body AS body, u.by_seq AS undone_by
FROM journal j
LEFT JOIN staff t ON t.id = j.staff
LEFT JOIN child c ON c.id = j.child
LEFT JOIN undone u ON u.seq = j.seq;
