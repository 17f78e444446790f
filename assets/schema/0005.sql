-- A clock that was wrong is set: that entry alone may be entered before the one it follows.

DROP TRIGGER journal_follows;
CREATE TRIGGER journal_follows BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR (NEW.kind <> 'clock_set' AND NEW.entered_at < (SELECT entered_at FROM journal ORDER BY seq DESC LIMIT 1))
BEGIN
  SELECT RAISE(ABORT, 'journal: an entry follows the last one');
END;
