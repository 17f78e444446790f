#!/usr/bin/env bash
# A SQLite checkpoint beside somebody who reads leaves a database file that is of no moment at all, though it counts the frames
# up to that reader as moved.
#
# Guess:  a passive checkpoint moves the log into the file as far as the oldest reader reads, so the file alone is then what that
#         reader sees: an earlier state, but a state.
# What happens: of each page only its last version in the whole log is looked at. Where that lies behind the reader's mark the page
#         is not moved, though an older version stands before the mark. The count says all frames up to the mark; the file alone
#         has some rows as they were before the log and some as the reader sees them. integrity_check finds nothing here; where
#         the tables grew meanwhile it can. The log has to go with the file until a checkpoint is complete.
# Seen:   2026-11-29, SQLite 3.54.1 (apsw 3.54.1.0), Python 3.11.7:
#           moved up to the reader: 100 of 150 frames
#           rows marked: 0 before, 100 for the reader, 36 in the file alone (integrity: ok)
# Fails when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv one >/dev/null
one/bin/pip install --quiet --disable-pip-version-check apsw==3.54.1.0
cat > ask.py <<'PY'
import shutil
import apsw

def all_of(connection, text, values=()):
    return connection.execute(text, values).fetchall()

MARKED = "select count(*) from stay where note = 'marked'"
desk = apsw.Connection("care.db")
all_of(desk, "pragma journal_mode = wal")
all_of(desk, "pragma wal_autocheckpoint = 0")
all_of(desk, "create table stay (id integer primary key, note text)")
for number in range(1, 201):
    all_of(desk, "insert into stay values (?, ?)", (number, "n" * 210))
all_of(desk, "pragma wal_checkpoint(truncate)")
before = all_of(desk, MARKED)[0][0]
for number in range(1, 101):
    all_of(desk, "update stay set note = 'marked' where id = ?", (number,))
reader = apsw.Connection("care.db")
all_of(reader, "begin")
seen = all_of(reader, MARKED)[0][0]
for number in range(51, 101):
    all_of(desk, "update stay set note = 'again' where id = ?", (number,))
_, frames, moved = all_of(desk, "pragma wal_checkpoint(passive)")[0]
shutil.copy("care.db", "alone.db")
flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
alone = apsw.Connection("file:alone.db?immutable=1", flags=flags)
print(f"moved up to the reader: {moved} of {frames} frames")
print(f"rows marked: {before} before, {seen} for the reader, {all_of(alone, MARKED)[0][0]} in the file alone "
      f"(integrity: {all_of(alone, 'pragma integrity_check')[0][0]})")
PY
one/bin/python ask.py | tee seen.txt
diff seen.txt - <<'WANT' && echo "as kept"
moved up to the reader: 100 of 150 frames
rows marked: 0 before, 100 for the reader, 36 in the file alone (integrity: ok)
WANT
