-- What the register knows of children, collectors, staff and cards beside the first day's needs; terms and consent, the
-- calendar, the duty plan, settings.

ALTER TABLE child ADD COLUMN own_school TEXT;                 -- the child's own school, when it is another one
ALTER TABLE child ADD COLUMN calm TEXT;                       -- what calms the child
ALTER TABLE child ADD COLUMN snack TEXT;                      -- what it may eat of its own
ALTER TABLE child ADD COLUMN letter TEXT;                     -- date or number of the letter behind self_leave
ALTER TABLE child ADD COLUMN guest_on TEXT;                   -- a walk-in guest: here on this day only
ALTER TABLE child ADD COLUMN withdrawn_on TEXT;               -- when the family withdrew it
ALTER TABLE child ADD COLUMN buddy INTEGER;                   -- the child it is paired with

-- For which term and days a child is enrolled, and the consent that goes with it.
CREATE TABLE enrolment (
  child     INTEGER NOT NULL REFERENCES child (id) DEFERRABLE INITIALLY DEFERRED,
  position  INTEGER NOT NULL CHECK (position >= 0),           -- order within the child
  term      TEXT NOT NULL,
  weekdays  INTEGER CHECK (weekdays BETWEEN 0 AND 127),       -- bit 0 is Monday; NULL means every care day
  consent   TEXT NOT NULL CHECK (consent IN ('unknown', 'given', 'missing')),
  signed_on TEXT,
  signed_by TEXT,
  source    TEXT,                                             -- paper, app, platform
  reference TEXT,                                             -- by which the paper is found again
  PRIMARY KEY (child, position)
) STRICT;

-- Standing early departures.
CREATE TABLE early_day (
  child    INTEGER NOT NULL REFERENCES child (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CHECK (position >= 0),
  weekday  INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- Monday is 0
  at       TEXT NOT NULL,                                     -- HH:MM:SS
  reason   TEXT NOT NULL,
  PRIMARY KEY (child, position)
) STRICT;

ALTER TABLE collector ADD COLUMN phrase TEXT;                 -- Argon2id hash of the pass phrase
ALTER TABLE collector ADD COLUMN minor INTEGER NOT NULL DEFAULT 0 CHECK (minor IN (0, 1));
ALTER TABLE collector ADD COLUMN valid_from TEXT;             -- first day on which the right, or the restriction, holds
ALTER TABLE collector ADD COLUMN valid_until TEXT;            -- last day
ALTER TABLE collector ADD COLUMN paper TEXT;                  -- reference of the paper behind a restriction; leaders only
ALTER TABLE collector ADD COLUMN looks TEXT;                  -- by what the person is recognised

ALTER TABLE card ADD COLUMN kind TEXT NOT NULL DEFAULT 'main' CHECK (kind IN ('main', 'second', 'day'));
ALTER TABLE card ADD COLUMN until TEXT;                       -- last valid day
CREATE INDEX card_until ON card (until, state, custody) WHERE until IS NOT NULL;

ALTER TABLE staff ADD COLUMN capacity TEXT NOT NULL DEFAULT 'teacher';
ALTER TABLE staff ADD COLUMN employment TEXT CHECK (employment IN ('permanent', 'temporary', 'left'));
ALTER TABLE staff ADD COLUMN vetting TEXT NOT NULL DEFAULT 'unknown' CHECK (vetting IN ('unknown', 'clear', 'barred'));
ALTER TABLE staff ADD COLUMN vetted_on TEXT;
ALTER TABLE staff ADD COLUMN load INTEGER CHECK (load BETWEEN 0 AND 255);   -- per cent of a full teaching load
ALTER TABLE staff ADD COLUMN phone TEXT;

CREATE TABLE credential (
  staff    INTEGER NOT NULL REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CHECK (position >= 0),
  name     TEXT NOT NULL,
  until    TEXT,                                              -- last valid day
  PRIMARY KEY (staff, position)
) STRICT;

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE term (
  name     TEXT PRIMARY KEY,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  CHECK (from_day <= until_day)
) STRICT;

CREATE TABLE timetable (
  id          INTEGER PRIMARY KEY CHECK (id >= 1),
  name        TEXT NOT NULL,
  from_day    TEXT NOT NULL,
  until_day   TEXT,
  days        INTEGER NOT NULL CHECK (days BETWEEN 0 AND 127),
  kind        TEXT NOT NULL CHECK (kind IN ('standard', 'extended', 'evening')),
  start_at    TEXT NOT NULL,                                  -- HH:MM:SS, as the three below
  end_at      TEXT NOT NULL,
  pickup_from TEXT NOT NULL,
  quiet_until TEXT
) STRICT;

CREATE TABLE special_day (
  day         TEXT PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('closed', 'care', 'half')),
  name        TEXT NOT NULL,
  follows     INTEGER CHECK (follows BETWEEN 0 AND 6),        -- whose weekday's plan it follows, Monday is 0
  start_at    TEXT,
  end_at      TEXT,
  pickup_from TEXT
) STRICT;

CREATE TABLE duty_plan (
  day      TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  staff    INTEGER NOT NULL REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (day, position)
) STRICT;

CREATE TABLE refused_care (
  id       INTEGER PRIMARY KEY CHECK (id >= 1),
  name     TEXT NOT NULL,
  grade    INTEGER,
  asked_on TEXT NOT NULL,
  reason   TEXT NOT NULL
) STRICT;
