//! What can only be seen from inside: every statement, its parameters and its plan.
#![allow(clippy::unwrap_used)]

use crate::domain::fact::{Draft, Fact, Seq};
use crate::domain::time::Moment;

use super::{
    DATA_VERSION, QUICK_CHECK, Recorded, Stamp, Store, StoreError, attendance, cards, copy, counts, erased, extracts, forgotten, guard, journal,
    office, people, redated, schema, sql, staff, stays,
};

fn statements() -> Vec<&'static str> {
    let mut all = vec![DATA_VERSION, QUICK_CHECK, guard::CHECKPOINT, guard::FRAMES, copy::EMPTY_LOG, copy::ALONE];
    all.extend(schema::STATEMENTS);
    all.extend(journal::STATEMENTS);
    all.extend(people::STATEMENTS);
    all.extend(staff::STATEMENTS);
    all.extend(office::STATEMENTS);
    all.extend(cards::STATEMENTS);
    all.extend(counts::STATEMENTS);
    all.extend(stays::STATEMENTS);
    all.extend(redated::STATEMENTS);
    all.extend(erased::STATEMENTS);
    all.extend(forgotten::STATEMENTS);
    all.extend(forgotten::cards::STATEMENTS);
    all.extend(extracts::STATEMENTS);
    all.extend(attendance::STATEMENTS);
    all.push(extracts::EXPORTS);
    all
}

#[test]
fn every_statement_fits_the_schema_and_numbers_its_parameters_in_order() {
    let store = Store::memory().unwrap();
    for text in statements() {
        let statement = sql::prepared(&store.conn, text).unwrap_or_else(|e| panic!("{text}: {e}"));
        for i in 1..=statement.parameter_count() {
            assert_eq!(statement.parameter_name(i), Some(format!("${i}").as_str()), "{text}");
        }
    }
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "out of order")]
fn parameters_out_of_order_are_seen() {
    let store = Store::memory().unwrap();
    let _ = sql::prepared(&store.conn, "SELECT $2, $1");
}

#[test]
fn nothing_that_a_desk_asks_for_reads_the_whole_journal() {
    let store = Store::memory().unwrap();
    let whole = [journal::EVERY, stays::EVERY, stays::EVERY_UNDONE, stays::CHILDREN];
    for text in journal::STATEMENTS
        .into_iter()
        .chain(stays::STATEMENTS)
        .chain(extracts::STATEMENTS)
        .chain(attendance::STATEMENTS)
        .filter(|text| !whole.contains(text))
    {
        let mut plan = store.conn.prepare(&["EXPLAIN QUERY PLAN ", text].concat()).unwrap();
        let values = vec![0_i64; plan.parameter_count()];
        let steps = plan.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        for step in steps.map(Result::unwrap) {
            // From the end, one row.
            let limited = ["SCAN journal", "SCAN j", "SCAN d"].contains(&step.as_str()) && text.ends_with("LIMIT 1");
            let limited = limited || step == "SCAN CONSTANT ROW"; // no table at all
            assert!(limited || !step.starts_with("SCAN"), "{text}: {step}");
            assert!(!step.contains("TEMP B-TREE") || !text.ends_with("LIMIT 1"), "{text}: {step}");
        }
    }
}

#[test]
fn no_set_is_made_for_a_row_that_is_held_against_its_indexes() {
    let store = Store::memory().unwrap();
    let mut steps = store.conn.prepare("EXPLAIN PRAGMA integrity_check(journal)").unwrap();
    let steps: Vec<String> = steps.query_map([], |row| row.get(1)).unwrap().map(Result::unwrap).collect();
    assert!(steps.iter().any(|step| step == "Found"), "{steps:?}");
    assert!(!steps.iter().any(|step| step == "OpenEphemeral"), "{steps:?}");
}

#[test]
fn later_changes_of_the_register_are_found_by_their_own_index() {
    let store = Store::memory().unwrap();
    let mut plan = store.conn.prepare(&["EXPLAIN QUERY PLAN ", journal::LATER_OF_REGISTER].concat()).unwrap();
    let steps: Vec<String> = plan.query_map([0], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
    assert!(steps.iter().any(|step| step.contains("journal_of_register")), "{steps:?}");
}

#[test]
fn a_file_is_opened_with_what_durability_rests_on() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), super::Kind::Real, true).unwrap();
    let text = |name: &str| store.conn.pragma_query_value(None, name, |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("journal_mode"), "wal");
    for (name, value) in [("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0), ("cell_size_check", 1), ("busy_timeout", 800)] {
        assert_eq!(schema::pragma(&store.conn, name).unwrap(), value, "{name}");
    }
    for config in [rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG] {
        assert!(store.conn.db_config(config).unwrap());
    }
    assert!(rusqlite::version_number() >= 3_051_003);
    let tables: i64 = store
        .conn
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(tables, 0, "every table is strict");
}

#[test]
fn migrating_twice_changes_nothing() {
    let mut store = Store::memory().unwrap();
    let (key, objects) = (store.key.clone(), schema::objects(&store.conn).unwrap());
    schema::migrate(&mut store.conn, super::Kind::Practice).unwrap();
    assert_eq!((schema::key(&store.conn).unwrap(), schema::objects(&store.conn).unwrap()), (key, objects));
}

#[test]
fn a_full_disk_is_said_so_leaves_nothing_behind_and_heals() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), super::Kind::Real, true).unwrap();
    let stamp = Stamp { now: Moment { ms: 0, offset_min: 480 }, desk: "一号".into(), staff: None };
    let act: Vec<Draft> = (0..200).map(|i| Fact::Imported { file: "名册".repeat(20), added: i, changed: 0 }.into()).collect();
    let pages = schema::pragma(&store.conn, "page_count").unwrap();
    store.conn.pragma_update(None, "max_page_count", pages + 2).unwrap();
    for _ in 0..2 {
        let error = store.record(Seq(0), &act, &stamp).unwrap_err();
        assert!(matches!(error, StoreError::Full) && error.is_retryable(), "{error:?}");
        assert_eq!(store.head().unwrap(), Seq(0));
    }
    store.conn.pragma_update(None, "max_page_count", 1 << 20).unwrap();
    assert!(matches!(store.record(Seq(0), &act, &stamp).unwrap(), Recorded::Done(entries) if entries.len() == 200));
    store.conn.execute_batch("BEGIN").unwrap(); // as if a failure had left it open
    assert!(matches!(store.record(Seq(200), &act, &stamp).unwrap(), Recorded::Done(_)));
    assert!(store.verify().is_sound());
}
