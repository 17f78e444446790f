-- Recovery codes: by one a leader who is locked out, or has forgotten the PIN, sets a new one, once.

CREATE TABLE recovery (
  staff   INTEGER PRIMARY KEY REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
  hash    TEXT NOT NULL,                                      -- Argon2id hash of the code
  count   INTEGER NOT NULL CHECK (count >= 0),                -- tries of the code since it was made
  last_ms INTEGER NOT NULL                                    -- when the last one was made, milliseconds since 1970
) STRICT;
