-- What the past is read by: the few entries that change the register, those that were entered late, and those that set the clock.

CREATE INDEX journal_of_register ON journal (seq) WHERE kind IN ('child_set', 'collector_set', 'card_set', 'card_lost', 'staff_set',
  'no_card_counted', 'setting_set', 'term_set', 'timetable_set', 'day_set', 'duty_planned');
CREATE INDEX journal_late ON journal (seq) WHERE at < entered_at;
CREATE INDEX journal_clock ON journal (seq) WHERE kind IN ('clock_set', 'redated');
