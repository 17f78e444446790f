-- The same entries under a condition that is compared as it stands: of a longer list SQLite makes a set anew for every row that it
-- writes, and for every row that it holds against its index.

DROP INDEX journal_of_register;
CREATE INDEX journal_of_register ON journal (seq) WHERE kind = 'child_set' OR kind = 'collector_set' OR kind = 'card_set' OR kind = 'card_lost'
  OR kind = 'staff_set' OR kind = 'no_card_counted' OR kind = 'setting_set' OR kind = 'term_set' OR kind = 'timetable_set' OR kind = 'day_set'
  OR kind = 'duty_planned';
