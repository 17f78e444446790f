-- What was entered under a wrong time and set right: when it happened and was entered indeed. The journal keeps what was written.

CREATE TABLE redated (
  seq        INTEGER PRIMARY KEY REFERENCES journal (seq),
  by_seq     INTEGER NOT NULL REFERENCES journal (seq),        -- the entry that set it right last
  day        TEXT NOT NULL,
  at         INTEGER NOT NULL,
  entered_at INTEGER NOT NULL,
  CHECK (by_seq > seq),
  CHECK (at <= entered_at)
) STRICT;

CREATE INDEX redated_day ON redated (day);
CREATE INDEX redated_entered ON redated (entered_at);
CREATE INDEX redated_by ON redated (by_seq);

-- The journal under the times as they were set right.
CREATE VIEW dated AS
SELECT j.seq AS seq, j.act AS act, j.day AS day, j.at AS at, j.entered_at AS entered_at, j.offset_min AS offset_min, j.desk AS desk,
       j.staff AS staff, j.child AS child, j.kind AS kind, j.body AS body, j.body_hash AS body_hash, j.hash AS hash
FROM journal j WHERE NOT EXISTS (SELECT 1 FROM redated d WHERE d.seq = j.seq)
UNION ALL
SELECT d.seq, j.act, d.day, d.at, d.entered_at, j.offset_min, j.desk, j.staff, j.child, j.kind, j.body, j.body_hash, j.hash
FROM redated d JOIN journal j ON j.seq = d.seq;

DROP VIEW present;
DROP VIEW visits;
CREATE VIEW visits AS
SELECT coalesce(ad.day, a.day) AS day, c.grade AS grade, c.class_no AS class_no, c.name AS child,
       datetime(coalesce(ad.at, a.at) / 1000 + a.offset_min * 60, 'unixepoch') AS arrived,
       datetime(coalesce(rd.at, r.at) / 1000 + r.offset_min * 60, 'unixepoch') AS released,
       k.relation AS taker_relation, k.name AS taker, t.name AS released_by,
       s.arrival_seq AS arrival_entry, s.released_seq AS release_entry
FROM stay s
JOIN journal a ON a.seq = s.arrival_seq
LEFT JOIN redated ad ON ad.seq = a.seq
JOIN child c ON c.id = s.child
LEFT JOIN journal r ON r.seq = s.released_seq
LEFT JOIN redated rd ON rd.seq = r.seq
LEFT JOIN collector k ON k.id = json_extract(r.body, '$.taker.collector')
LEFT JOIN staff t ON t.id = r.staff;

CREATE VIEW present AS
SELECT grade, class_no, child, arrived FROM visits WHERE released IS NULL;

DROP VIEW activity_log;
CREATE VIEW activity_log AS
SELECT j.seq AS entry, datetime(coalesce(d.at, j.at) / 1000 + j.offset_min * 60, 'unixepoch') AS at,
       datetime(coalesce(d.entered_at, j.entered_at) / 1000 + j.offset_min * 60, 'unixepoch') AS entered, j.desk AS desk, t.name AS staff,
       c.name AS child, j.kind AS kind, j.body AS body, u.by_seq AS undone_by,
       iif(d.seq IS NULL, NULL, datetime(j.at / 1000 + j.offset_min * 60, 'unixepoch')) AS written_at
FROM journal j
LEFT JOIN redated d ON d.seq = j.seq
LEFT JOIN staff t ON t.id = j.staff
LEFT JOIN child c ON c.id = j.child
LEFT JOIN undone u ON u.seq = j.seq;
