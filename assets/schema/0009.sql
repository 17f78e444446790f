-- Children of whom everything was erased, each with the entry that says so: what stood in the journal about them before it has no
-- body any more. Their cards may still be in somebody's drawer, so numbers of ours are given to nobody again.

CREATE TABLE erased (
  child  INTEGER PRIMARY KEY CHECK (child >= 1),
  by_seq INTEGER NOT NULL UNIQUE REFERENCES journal (seq)
) STRICT;

CREATE TABLE spent_card (
  number TEXT PRIMARY KEY
) STRICT;
