-- A card of which nobody is known to have it: counted and on no hook, or handed in where families keep their cards.

ALTER TABLE card ADD COLUMN astray INTEGER NOT NULL DEFAULT 0 CHECK (astray IN (0, 1) AND (astray = 0 OR custody = 'away'));
