#!/usr/bin/env bash
# SQLite takes `$2` for a name, PostgreSQL for a number: one text binds crosswise, and nobody says so.
#
# Guess:  a statement with $1 and $2 and two values in their order means the same to both engines.
# What happens: PostgreSQL gives $2 the second value. SQLite numbers such names by where each is first read, so in
#         `SELECT $2, $1` the name $2 gets the first value and $1 the second. Nothing is raised, the types fit, and with a
#         collector and a child the two change places. Names that first appear in rising order mean the same to both.
# Seen:   2026-11-28, PostgreSQL 18.7 (@electric-sql/pglite 0.5.17) and SQLite 3.54.1 (sql.js 1.16.0), Node.js 20:
#           PostgreSQL  $2=collector $1=child
#           SQLite      $2=child $1=collector
#           in rising order  the same
# Fails when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.17 sql.js@1.16.0 >/dev/null
cat > ask.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite'
import initSqlJs from 'sql.js'
const values = ['child', 'collector']
const crosswise = 'SELECT CAST($2 AS TEXT) AS second, CAST($1 AS TEXT) AS first'
const rising = 'SELECT CAST($1 AS TEXT) AS first, CAST($2 AS TEXT) AS second'
const postgres = new PGlite()
const sqlite = new (await initSqlJs()).Database()
const lite = (sql) => {
  const statement = sqlite.prepare(sql)
  statement.bind(values)
  statement.step()
  return statement.getAsObject()
}
const line = (row) => `$2=${row.second} $1=${row.first}`
console.log('PostgreSQL ', line((await postgres.query(crosswise, values)).rows[0]))
console.log('SQLite     ', line(lite(crosswise)))
const same = line((await postgres.query(rising, values)).rows[0]) === line(lite(rising))
console.log('in rising order ', same ? 'the same' : 'different')
JS
node ask.mjs | tee seen.txt
diff seen.txt - <<'WANT' && echo "as kept"
PostgreSQL  $2=collector $1=child
SQLite      $2=child $1=collector
in rising order  the same
WANT
