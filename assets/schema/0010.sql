-- Days of which what was done at the desk is not kept any more: of entries before this one, of these days, only number, times, kind and
-- hash are left, and their stays have no rows.

CREATE TABLE forgotten (
  by_seq    INTEGER PRIMARY KEY REFERENCES journal (seq),       -- the entry that says so
  until_day TEXT NOT NULL                                       -- the last of these days
) STRICT;
