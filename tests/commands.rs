//! The commands as scripts see them: exit statuses, one sentence on standard error, nothing written when refused.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use caredesk::domain::fact::{Draft, Fact};
use caredesk::domain::people::{Child, Collector};
use caredesk::shell::clock::Clock;
use caredesk::store::{Kind, Recorded, Stamp, Store};
use caredesk::texts::{self, Lang};
use serde_json::Value;

#[path = "commands/erasing.rs"]
mod erasing;
#[path = "commands/forgetting.rs"]
mod forgetting;
#[path = "commands/leaders.rs"]
mod leaders;
#[path = "commands/leaving.rs"]
mod leaving;
#[path = "commands/unended.rs"]
mod unended;

struct Ran {
    status: i32,
    out: String,
    err: String,
}

/// The PIN of the leader in stores of these tests, as it is typed.
const PIN: &str = "572406\n";

/// Runs `caredesk erase` with the leader's PIN.
fn erase(data: &Path, arguments: &[&str]) -> Ran {
    run_with(data, &[&["erase"], arguments, &["--pin-stdin"]].concat(), PIN)
}

/// Whether a text stands in any file of a store.
fn holds(data: &Path, text: &str) -> bool {
    let mut files = std::fs::read_dir(data).unwrap().map(|f| f.unwrap().path()).filter(|path| path.is_file());
    files.any(|path| std::fs::read(path).unwrap().windows(text.len()).any(|w| w == text.as_bytes()))
}

fn run_with(data: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut command = Command::cargo_bin("caredesk").unwrap();
    command.args(arguments).env("CAREDESK_DATA", data).env_remove("CAREDESK_CONFIG").write_stdin(input);
    command.env("HOME", data.parent().unwrap()).env_remove("XDG_CONFIG_HOME").timeout(std::time::Duration::from_mins(1));
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let ran = Ran { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) };
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

fn run(data: &Path, arguments: &[&str]) -> Ran {
    run_with(data, arguments, "")
}

fn roster(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/n22").join(name).to_string_lossy().into_owned()
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("store");
    (dir, data)
}

fn one_sentence(ran: &Ran) {
    assert_eq!(ran.err.trim_end().lines().count(), 1, "{}", ran.err);
    assert!(ran.err.starts_with("caredesk: "), "{}", ran.err);
}

#[test]
fn what_is_no_roster_is_refused_and_leaves_nothing() {
    let (dir, data) = folder();
    let write = |name: &str, bytes: &[u8]| {
        let file = dir.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file.to_string_lossy().into_owned()
    };
    let heads = "姓名,年级,班级,卡号,监护人1姓名,监护人1关系,监护人1电话\n";
    let rubbish: Vec<u8> = (0..50_u32 * 1024 * 1024).map(|n| (n.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]).collect();
    let cases = [
        dir.path().to_string_lossy().into_owned(),
        dir.path().join("missing.csv").to_string_lossy().into_owned(),
        write("empty.csv", b""),
        write("rubbish.csv", &rubbish),
        write("prose.txt", "今天天气很好".as_bytes()),
        write("twice.csv", format!("{heads}张三,三,1,0004835004,李,母亲,13800130000\n王五,三,1,0004835004,赵,母亲,13800130001\n").as_bytes()),
        write("grade.csv", format!("{heads}张三,九,1,0004835004,李,母亲,13800130000\n").as_bytes()),
        write("adult.csv", format!("{heads}张三,三,1,0004835004,李,母亲,\n").as_bytes()),
    ];
    for file in &cases {
        for lang in ["zh", "en"] {
            let ran = run(&data, &["--lang", lang, "import", file]);
            assert_eq!(ran.status, 1, "{file}: {}", ran.err);
            one_sentence(&ran);
        }
        let left = data.join("caredesk.db");
        if left.exists() {
            let status: Value = serde_json::from_str(&run(&data, &["verify", "--json"]).out).unwrap();
            assert_eq!(status["entries"], 0, "{file}");
        }
    }
    let ran = run(&data, &["import", &cases[6]]);
    assert!(ran.out.contains("第 2 行第 2 列"), "file, row and column: {}", ran.out);
}

#[test]
fn a_store_that_is_none_is_left_as_it_is() {
    for bytes in ["just a text".as_bytes(), b"", b"SQLite format 3\0rubbish rubbish rubbish"] {
        let (_dir, data) = folder();
        std::fs::create_dir(&data).unwrap();
        let file = data.join("caredesk.db");
        std::fs::write(&file, bytes).unwrap();
        let before = std::fs::metadata(&file).unwrap().modified().unwrap();
        for arguments in [&["line"][..], &["status"], &["verify"], &["import", &roster("roster_utf8.csv")], &["staff", "add", "何", "--role", "duty"]]
        {
            let ran = run_with(&data, arguments, "2468\n");
            assert_eq!(ran.status, 3, "{arguments:?}: {} {}", ran.out, ran.err);
            one_sentence(&ran);
            assert_eq!(std::fs::read(&file).unwrap(), bytes, "{arguments:?}");
            assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), before, "{arguments:?}");
        }
    }
    let (_dir, data) = folder();
    for command in ["line", "status", "verify"] {
        assert_eq!(run(&data, &[command]).status, 3, "no store at all: {command}");
    }
}

#[test]
fn practice_and_the_real_store_never_mix() {
    let (_dir, data) = folder();
    assert_eq!(run(&data, &["practice", "--line"]).status, 0);
    let ran = run(&data, &["line"]);
    assert_eq!(ran.status, 3);
    one_sentence(&ran);
    let status: Value = serde_json::from_str(&run(&data, &["status", "--json"]).out).unwrap();
    assert_eq!((&status["store"], &status["counts"]["in"]), (&"practice".into(), &16.into()));
    let past: Value = serde_json::from_str(&run(&data, &["status", "--json", "--at", "16:35"]).out).unwrap();
    assert_eq!(past["counts"]["in"], 6);

    let (_dir, data) = folder();
    assert_eq!(run(&data, &["import", &roster("roster_utf8.csv")]).status, 0);
    assert_eq!(run(&data, &["practice", "--line"]).status, 3);
}

#[test]
fn import_is_dry_first_and_idempotent_after() {
    let (_dir, data) = folder();
    let file = roster("roster_utf8.csv");
    let ran = run(&data, &["import", &file, "--dry-run"]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.contains("新增 22") && !data.exists(), "{}", ran.out);
    for (added, unchanged) in [(22, 0), (0, 22)] {
        let ran = run(&data, &["import", &file, "--json"]);
        let last: Value = serde_json::from_str(ran.out.lines().last().unwrap()).unwrap();
        assert_eq!((&last["added"], &last["changed"], &last["unchanged"]), (&added.into(), &0.into(), &unchanged.into()), "{last}");
        assert_eq!(last["refused"], Value::Array(Vec::new()));
    }
    // A file with a lost character is refused whole, and its good rows can be taken.
    let (_dir, data) = folder();
    let gbk = roster("roster_gbk.csv");
    let ran = run(&data, &["import", &gbk, "--json"]);
    assert_eq!(ran.status, 1);
    let last: Value = serde_json::from_str(ran.out.lines().last().unwrap()).unwrap();
    assert_eq!((&last["refused"][0]["row"], &last["refused"][0]["column"]), (&8.into(), &2.into()), "{last}");
    assert_eq!(run(&data, &["import", &gbk, "--skip-bad"]).status, 0);
    let line = run_with(&data, &["line", "--json"], "0004835004\n");
    let answer: Value = serde_json::from_str(line.out.lines().next().unwrap()).unwrap();
    for key in ["verdict", "severity", "child", "say", "choices", "asks", "recorded", "head", "waiting", "counts", "notices"] {
        assert!(answer.get(key).is_some(), "{key} in {answer}");
    }
}

#[test]
fn staff_and_the_leaders_pin() {
    let (_dir, data) = folder();
    for (pin, role, fits) in
        [("123", "duty", false), ("12a4", "duty", false), ("24680", "leader", false), ("572406", "leader", true), ("2468", "duty", true)]
    {
        // The first leader makes the PIN of a leader necessary for whoever comes after.
        let input = if role == "duty" && fits { format!("572406\n{pin}\n") } else { format!("{pin}\n") };
        let ran = run_with(&data, &["staff", "add", &format!("员{pin}"), "--role", role, "--pin-stdin"], &input);
        assert_eq!(ran.status == 0, fits, "{pin} {role}: {}", ran.err);
        if !fits {
            one_sentence(&ran);
        }
    }
    let ran = run_with(&data, &["staff", "add", "卡号", "--role", "duty", "--pin-stdin"], "572406\n453841\n");
    assert_eq!(ran.status, 1, "a PIN that could be a card: {}", ran.err);
    let file = roster("roster_utf8.csv");
    let ran = run(&data, &["import", &file]);
    assert_eq!(ran.status, 1, "without a PIN");
    one_sentence(&ran);
    for _ in 0..4 {
        assert_eq!(run_with(&data, &["import", &file, "--pin-stdin"], "000000\n").status, 1);
    }
    assert_eq!(run_with(&data, &["import", &file, "--pin-stdin"], "572406\n").status, 0, "the fifth try may be right");
    for _ in 0..5 {
        run_with(&data, &["import", &file, "--pin-stdin"], "000000\n");
    }
    let ran = run_with(&data, &["import", &file, "--pin-stdin"], "572406\n");
    assert_eq!(ran.status, 1, "paused, even for the right PIN");
    assert_eq!(run(&data, &["verify"]).status, 0);
}

#[test]
fn staff_is_added_listed_and_changed_from_the_command_line() {
    let (_dir, data) = folder();
    let staff = |arguments: &[&str], input: &str| {
        let all: Vec<&str> = ["staff"].iter().chain(arguments).copied().collect();
        run_with(&data, &all, input)
    };
    assert_eq!(staff(&["add", "何主任", "--role", "leader", "--pin-stdin"], "572406\n").status, 0);
    let coach = ["add", "许", "--role", "duty", "--kind", "足球", "--capacity", "coach", "--employment", "temporary", "--vetted-on", "2026-01-08"];
    let papers = ["--credential", "教练员证:2020-08-31", "--credential", "健康证", "--load", "60", "--phone", "13900000077", "--card", "0004835004"];
    let all: Vec<&str> = coach.iter().chain(&papers).chain(&["--pin-stdin"]).copied().collect();
    let ran = staff(&all, "572406\n2468\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("教练员证（2020-08-31 过期）"), "what is missing for duty is said at once: {}", ran.out);
    for arguments in [&["list"][..], &["list", "--json"], &["list", "--pin-stdin"]] {
        let ran = staff(arguments, "000000\n");
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "the list is for who has a leader's PIN: {arguments:?}");
        one_sentence(&ran);
    }
    let ran = staff(&["list", "--json", "--pin-stdin"], "572406\n");
    let list: Value = serde_json::from_str(&ran.out).unwrap();
    let of = |n: usize, key: &str| list["staff"][n][key].clone();
    assert_eq!((of(1, "capacity"), of(1, "employment"), of(1, "load")), ("coach".into(), "temporary".into(), 60.into()), "{list}");
    assert_eq!((of(1, "kind"), of(1, "vetted_on"), of(1, "card")), ("足球".into(), "2026-01-08".into(), "0004835004".into()), "{list}");
    assert_eq!((of(1, "has_pin"), of(0, "lacks")), (true.into(), Value::Null), "{list}");
    assert!(!ran.out.contains("argon2") && !ran.out.contains("13900000077"), "neither hash nor number: {}", ran.out);
    // Bad usage is 2, a refusal is 1, each with one sentence, and nothing changes.
    let refused: [(&[&str], i32); 9] = [
        (&["set", "许", "--pin-stdin"], 2),
        (&["set", "许", "--vetted-on", "昨天", "--pin-stdin"], 2),
        (&["set", "许", "--credential", "证:明年", "--pin-stdin"], 2),
        (&["set", "无此人", "--load", "50", "--pin-stdin"], 1),
        (&["set", "许", "--load", "201", "--pin-stdin"], 1),
        (&["set", "许", "--card", "12", "--pin-stdin"], 2),
        (&["set", "何主任", "--retire", "--pin-stdin"], 1),
        (&["set", "许", "--role", "leader", "--pin-stdin"], 1),
        (&["set", "许", "--load", "50"], 1),
    ];
    for (arguments, status) in refused {
        let ran = staff(arguments, "572406\n");
        assert_eq!(ran.status, status, "{arguments:?}: {} {}", ran.out, ran.err);
        one_sentence(&ran);
    }
    assert_eq!(staff(&["set", "许", "--load", "50", "--pin-stdin"], "000000\n").status, 1, "a wrong PIN");
    assert_eq!(staff(&["list", "--json", "--pin-stdin"], "572406\n").out, ran.out, "nothing has changed");
    let ran = staff(&["set", "许", "--credential", "教练员证:2099-08-31", "--load", "100", "--pin-stdin"], "572406\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("教练员证 有效至 2099-08-31") && !ran.out.contains("不能上岗"), "{}", ran.out);
    let ran = staff(&["set", "2", "--new-pin", "--role", "leader", "--pin-stdin"], "572406\n2468\n");
    assert_eq!(ran.status, 1, "a leader's PIN has six digits");
    assert_eq!(staff(&["set", "2", "--new-pin", "--role", "leader", "--pin-stdin"], "572406\n135791\n").status, 0);
    let ran = staff(&["set", "何主任", "--employment", "left", "--retire", "--as", "许", "--pin-stdin"], "135791\n");
    assert_eq!(ran.status, 0, "the other leader agrees: {}", ran.err);
    let text = staff(&["list", "--pin-stdin"], "135791\n").out;
    assert!(text.contains("1 何主任  组长") && text.contains("已停用"), "{text}");
    assert_eq!(run(&data, &["verify"]).status, 0);
}

#[test]
fn verify_names_the_first_bad_entry() {
    let (_dir, data) = folder();
    run(&data, &["practice", "--line"]);
    let report: Value = serde_json::from_str(&run(&data, &["verify", "--json"]).out).unwrap();
    assert_eq!(report["ok"], true);
    let db = rusqlite::Connection::open(data.join("caredesk.db")).unwrap();
    let triggers: Vec<String> = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        db.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    db.execute("UPDATE journal SET body = replace(body, '陈一诺', '陈二诺') WHERE seq = 8", []).unwrap();
    drop(db);
    let ran = run(&data, &["verify", "--json"]);
    assert_eq!(ran.status, 1);
    one_sentence(&ran);
    assert!(ran.out.contains("第 8 条记录"), "{}", ran.out);
}

#[test]
fn usage_help_and_configuration() {
    let (dir, data) = folder();
    for (arguments, status) in [
        (&["--nonsense"][..], 2),
        (&["practice", "--at", "late"], 2),
        (&["practice", "--speed", "0", "--line"], 2),
        (&["practice", "--children", "0"], 2),
        (&["help"], 0),
        (&["help", "import"], 0),
        (&["--version"], 0),
        (&["completions", "bash"], 0),
        (&["practice"], 2), // no terminal
    ] {
        assert_eq!(run(&data, arguments).status, status, "{arguments:?}");
    }
    let config = dir.path().join("desk.toml");
    std::fs::write(&config, "school = \"向阳\"\ncolour = \"red\"\n").unwrap();
    let config = config.to_string_lossy();
    for command in ["status", "verify", "doctor"] {
        let ran = run(&data, &["--config", &config, command]);
        assert_eq!(ran.status, 2, "{command}");
        assert!(ran.err.contains('2'), "the line is named: {}", ran.err);
        one_sentence(&ran);
    }
    // A desk opens all the same, and says which line it left out (P12).
    let ran = run_with(&data, &["--config", &config, "practice", "--line"], "159082\n");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("王子涵") && ran.out.contains("第 2 行看不懂"), "{}", ran.out);
}

#[test]
fn an_import_is_taken_back_as_one() {
    let (dir, data) = folder();
    assert_eq!(run(&data, &["import", "--undo"]).status, 3, "no store yet");
    assert_eq!(run(&data, &["import", &roster("roster_clean.xlsx")]).status, 0);
    let changed = dir.path().join("changed.csv");
    std::fs::write(&changed, "姓名,班级,学号,家长姓名,家长电话\n陈尹浩,三1班,202410102,陈霖驰,13911112222\n新生,三1班,,新家长,13811112222\n")
        .unwrap();
    let dry = run(&data, &["import", "--dry-run", &changed.to_string_lossy()]);
    assert!(dry.out.contains("~ 陈尹浩 3(1)班：电话（父亲陈霖驰） 13800130002 → 13911112222\n") && dry.out.contains("+ 新生\n"), "{}", dry.out);
    let json: Value = serde_json::from_str(&run(&data, &["--lang", "en", "import", "--json", &changed.to_string_lossy()]).out).unwrap();
    assert_eq!((&json["added"], &json["changed"], &json["unchanged"]), (&1.into(), &1.into(), &0.into()));
    assert_eq!(
        json["changes"][0]["fields"][0],
        serde_json::json!({"field": "phone", "what": "phone (父亲 陈霖驰)", "was": "13800130002", "now": "13911112222"})
    );
    let undone = run(&data, &["import", "--undo"]);
    assert!(undone.status == 0 && undone.out.contains("changed.csv"), "{} {}", undone.out, undone.err);
    assert_eq!(run(&data, &["verify"]).status, 0);
    // As if it had never been: the same import says the same again, and the first one can be taken back as well.
    assert_eq!(run(&data, &["import", "--dry-run", &changed.to_string_lossy()]).out, dry.out);
    assert_eq!(run(&data, &["import", "--undo"]).status, 0);
    assert_eq!(run(&data, &["verify"]).status, 0);
    let again: Value = serde_json::from_str(&run(&data, &["import", "--json", &roster("roster_clean.xlsx")]).out).unwrap();
    assert_eq!(again["added"], 22);
    assert_eq!(run(&data, &["import", "--undo"]).status, 0);
    let nothing = run(&data, &["import", "--undo"]);
    assert_eq!(nothing.status, 1);
    one_sentence(&nothing);
    // Once a child has arrived, its import stands.
    assert_eq!(run(&data, &["import", &roster("roster_utf8.csv")]).status, 0);
    let ran = run_with(&data, &["staff", "add", "何老师", "--role", "duty"], "2468\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    // A child that does not take part: taken in all the same, on any day of the week.
    let lines = run_with(&data, &["line"], ".duty\n1\n2468\n0004835012\n\n1\n");
    assert!(lines.out.contains("已到 · 官书"), "{}", lines.out);
    let refused = run(&data, &["import", "--undo"]);
    assert_eq!(refused.status, 1, "{}", refused.err);
    one_sentence(&refused);
}

/// What was entered between two imports of one file is found in the journal and stays; what was taken back there counts no more.
#[test]
fn an_import_undoes_nothing_that_the_desk_decided() {
    let (dir, data) = folder();
    let file = dir.path().join("list.csv");
    let list =
        "姓名,班级,学号,母亲姓名,母亲电话,父亲姓名,父亲电话,过敏,自行离校承诺书\n张三,四1班,7,林静,13800130001,张大,13800130002,花生,信2026-3\n";
    std::fs::write(&file, list).unwrap();
    let import = || run(&data, &["import", "--json", &file.to_string_lossy()]);
    assert_eq!(import().status, 0);
    let mut store = Store::open(&data, Kind::Real, false).unwrap();
    let loaded = store.load(Clock::Wall.now()).unwrap();
    let child = loaded.register.children().next().unwrap().clone();
    let mother = loaded.register.collectors(child.id).find(|c| c.name == "林静").unwrap().clone();
    let now = Child { self_leave: false, letter: None, health: Some("花生、鸡蛋".into()), ..child.clone() };
    let mother_now = Collector { phone: Some("13800130077".into()), ..mother.clone() };
    let facts = [
        Fact::ChildSet { was: Some(Box::new(child)), now: Box::new(now) },
        Fact::CollectorSet { was: Some(Box::new(mother)), now: Box::new(mother_now) },
    ];
    let stamp = Stamp { now: Clock::Wall.now(), desk: "一号".into(), staff: None };
    let recorded = store.record(loaded.head, &facts.map(Draft::from), &stamp).unwrap();
    let Recorded::Done(entries) = recorded else { panic!("behind") };
    store.close().unwrap();
    let again: Value = serde_json::from_str(&import().out).unwrap();
    assert_eq!((&again["changed"], &again["unchanged"]), (&0.into(), &1.into()), "{again}");
    let remarks = again["remarks"].to_string();
    for kept in ["健康 仍为 花生、鸡蛋，文件写 花生", "自行离校承诺书 仍为 （无），文件写 信2026-3", "13800130077，文件写 13800130001"]
    {
        assert!(remarks.contains(kept), "{kept}: {remarks}");
    }
    let mut store = Store::open(&data, Kind::Real, false).unwrap();
    let undo = entries.iter().map(|e| Draft::from(Fact::Undone { seq: e.seq, reason: None }));
    let head = store.head().unwrap();
    store.record(head, &undo.collect::<Vec<_>>(), &stamp).unwrap();
    store.close().unwrap();
    let back: Value = serde_json::from_str(&import().out).unwrap();
    assert_eq!((&back["changed"], &back["remarks"]), (&0.into(), &serde_json::json!([])), "{back}");
}

/// A restriction that counted for a child by the name of a record which goes with its import counts on, and is said.
#[test]
fn an_import_that_is_taken_back_lifts_no_restriction() {
    let (dir, data) = folder();
    let head = "姓名,班级,学号,家长姓名,家长关系,家长电话,不得接\n";
    let files =
        [("first.csv", "赵小满,二年级1班,S1,王芳,母亲,13800130001,\n"), ("second.csv", "赵小满,三年级2班,S2,林静,母亲,13800130002,舅舅孙浩\n")];
    for (name, row) in files {
        let file = dir.path().join(name);
        std::fs::write(&file, format!("{head}{row}")).unwrap();
        let ran = run(&data, &["import", &file.to_string_lossy()]);
        assert_eq!(ran.status, 0, "{} {}", ran.out, ran.err);
    }
    let undone = run(&data, &["import", "--undo"]);
    assert!(undone.status == 0 && undone.out.contains("second.csv"), "{} {}", undone.out, undone.err);
    assert!(undone.out.contains("赵小满：孙浩 仍不得接"), "{}", undone.out);
    assert_eq!(run(&data, &["verify"]).status, 0);
    let json: Value = serde_json::from_str(&run(&data, &["import", "--undo", "--json"]).out).unwrap_or_default();
    assert_eq!(json["file"], Value::Null, "what was entered since rests on the first");
}

#[test]
fn who_may_no_longer_collect_is_said_ended_when_told_and_taken_back() {
    let (dir, data) = folder();
    let head = "sourcedId,status,role,givenName,familyName,sms,agentSourcedIds,grades\n";
    let write = |name: &str, people: &str| {
        let folder = dir.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("users.csv"), format!("{head}s1,,student,三,张,,\"g1,g2,a\",03\n{people}")).unwrap();
        folder.to_string_lossy().into_owned()
    };
    let [g1, a] = ["g1,,parent,大山,张,13800130000,s1,\n", "a,,aide,师,王,13800130009,s1,\n"];
    let first = write("first", &format!("{g1}g2,,guardian,芳,王,13800130001,s1,\n{a}"));
    let second = write("second", &format!("{g1}g2,tobedeleted,guardian,芳,王,13800130001,s1,\n"));
    let json = |arguments: &[&str]| -> Value {
        let ran = run(&data, &[&["import", "--json"], arguments].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    };
    let unasked = json(&["--dry-run", &first]);
    assert!(unasked["remarks"].to_string().contains("--also aide"), "{unasked}");
    assert_eq!(run(&data, &["import", "--also", "aide", &first]).status, 0);
    // Unasked nothing ends: the aide is missing as well, and both are named.
    let said = run(&data, &["import", "--dry-run", &second]).out;
    assert!(said.contains("监护人王芳 在文件里标为删除，现在仍可接") && said.contains("王师 已不在这份全体名单里"), "{said}");
    assert_eq!(json(&[&second])["changed"], 0);
    let dry = run(&data, &["import", "--dry-run", "--end-missing", &second]).out;
    assert!(dry.contains("监护人王芳 在文件里标为删除，不再可接"), "{dry}");
    let ended = json(&["--end-missing", &second]);
    assert_eq!((&ended["changed"], ended["leaving"].as_array().map(Vec::len), &ended["leaving"][0]["outcome"]), (&1.into(), Some(2), &"ends".into()));
    assert_eq!(json(&["--end-missing", &second])["leaving"], serde_json::json!([]), "the same again");
    assert_eq!(run(&data, &["import", "--undo"]).status, 0);
    assert_eq!(run(&data, &["verify"]).status, 0);
    assert_eq!(json(&["--dry-run", &second])["leaving"].as_array().map(Vec::len), Some(2), "taken back, both may collect again");
}

#[test]
fn answers_to_what_a_file_cannot_say() {
    let (_dir, data) = folder();
    let asked = run(&data, &["import", "--dry-run", &roster("roster_messy.xls")]);
    assert_eq!(asked.status, 1);
    assert!(asked.out.contains("（O9）：卡号存成了数字") && asked.out.contains("--card-digits 10"), "{}", asked.out);
    one_sentence(&asked);
    assert_eq!(run(&data, &["import", "--card-digits", "10", &roster("roster_messy.xls")]).status, 0);
    let same: Value = serde_json::from_str(&run(&data, &["import", "--json", &roster("roster_messy_nocache.xlsx")]).out).unwrap();
    assert_eq!((&same["added"], &same["changed"], &same["unchanged"]), (&0.into(), &0.into(), &22.into()));
    let bare = roster("odd/utf16le_tab.txt");
    assert_eq!(run(&data, &["import", &bare]).status, 1);
    let named: Value =
        serde_json::from_str(&run(&data, &["import", "--json", "--columns", "姓名,卡号,年级,班级,家长姓名,家长电话", &bare]).out).unwrap();
    // It knows a phone more of one family than the workbook with two columns for guardians.
    assert_eq!((&named["added"], &named["changed"], &named["unchanged"]), (&0.into(), &1.into(), &21.into()), "{named}");
    let zip: Value = serde_json::from_str(&run(&data, &["import", "--json", &roster("oneroster_v1p1.zip")]).out).unwrap();
    assert_eq!((&zip["added"], &zip["changed"].as_u64().map(|n| n > 0)), (&0.into(), &Some(true)), "numbers are learnt: {zip}");
}

#[test]
fn cards_are_allotted_listed_and_reported_lost() {
    let (dir, data) = folder();
    let file = dir.path().join("none.csv");
    std::fs::write(&file, "姓名,年级,班级,监护人1姓名,监护人1关系,监护人1电话\n张三,三,1,李,母亲,13800130000\n王五,三,1,赵,母亲,13800130001\n王五,四,1,钱,母亲,13800130002\n").unwrap();
    assert_eq!(run(&data, &["cards", "list"]).status, 3, "no store yet");
    assert_eq!(run(&data, &["import", &file.to_string_lossy()]).status, 0);
    assert_eq!(run(&data, &["cards", "issue"]).status, 2, "for whom");
    for (name, status) in [("李四", 1), ("王五", 1), ("张三", 0), ("张三", 1)] {
        let ran = run(&data, &["cards", "issue", "--child", name]);
        assert_eq!(ran.status, status, "{name}: {}", ran.err);
        if status == 1 {
            one_sentence(&ran);
        }
    }
    let ran = run(&data, &["cards", "issue", "--all"]);
    assert_eq!((ran.status, ran.out.lines().count()), (0, 2), "{}", ran.err);
    let ran = run(&data, &["cards", "issue", "--all"]);
    assert_eq!(ran.status, 1, "everybody has one");
    one_sentence(&ran);
    let list = |data: &Path| -> Vec<Value> {
        let ran = run_with(data, &["cards", "list", "--json", "--pin-stdin"], "246813\n");
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let cards = list(&data);
    assert_eq!(cards.len(), 3);
    assert!(cards.iter().all(|c| c["state"] == "live" && c["custody"] == "rack" && c["own"] == true), "{cards:?}");
    let number = cards[0]["number"].as_str().unwrap().to_owned();
    assert!(run(&data, &["cards", "list"]).out.contains(&number));
    // With a leader a PIN is asked for.
    assert_eq!(run_with(&data, &["staff", "add", "何", "--role", "leader"], "246813\n").status, 0);
    for arguments in [&["cards", "list"][..], &["cards", "list", "--json"], &["cards", "list", "--pin-stdin"], &["cards", "print", "--all"]] {
        let ran = run_with(&data, arguments, "111111\n");
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "a number is as good as a card: {arguments:?}");
        one_sentence(&ran);
    }
    assert!(!run(&data, &["status"]).out.contains(&number), "what is open to everybody has no number");
    let ran = run_with(&data, &["cards", "lost", "--pin-stdin", &number], "111111\n");
    assert_eq!(ran.status, 1, "{}", ran.err);
    let ran = run_with(&data, &["cards", "lost", "--pin-stdin", &number], "246813\n");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(list(&data).iter().filter(|c| c["state"] == "lost").count(), 1);
    for wrong in [number.as_str(), "000000"] {
        let ran = run_with(&data, &["cards", "lost", "--pin-stdin", wrong], "246813\n");
        assert_eq!(ran.status, 1, "{wrong}");
        one_sentence(&ran);
    }
    let ran = run_with(&data, &["cards", "issue", "--all", "--pin-stdin"], "246813\n");
    assert_eq!((ran.status, ran.out.lines().count()), (0, 1), "{}", ran.err);
    assert_eq!(run(&data, &["verify"]).status, 0);
}

/// Where numbers can no longer all be three edits apart, the command says how many are, why not more, and what to do (N01).
#[test]
fn how_many_numbers_keep_apart_and_why_not_more() {
    for (lang, parts) in
        [(Lang::Zh, ["30 个号中 12 个", "位数不够", "请刷卡"]), (Lang::En, ["12 of 30", "too many for their digits", "scan these cards"])]
    {
        let said = texts::cards::notice_spacing(lang, 12, 30);
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        let said = texts::cards::cli_fewer(lang, 12, 30, 8);
        assert!(["12", "30", "8", "--child"].iter().all(|part| said.contains(part)), "{said}");
    }
}

/// Who entered each act, as the journal has it: the names of the kinds of facts in it, and the staff of its entries.
fn who_entered(data: &Path, kind: &str) -> Vec<Option<i64>> {
    let db = rusqlite::Connection::open(data.join("caredesk.db")).unwrap();
    let mut query = db.prepare("SELECT DISTINCT act, staff FROM journal WHERE kind = ?1 ORDER BY act").unwrap();
    query.query_map([kind], |row| row.get(1)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn what_a_command_enters_names_the_leader_who_agreed() {
    let (dir, data) = folder();
    let file = dir.path().join("none.csv");
    std::fs::write(&file, "姓名,年级,班级,监护人1姓名,监护人1关系,监护人1电话\n张三,三,1,李,母亲,13800130000\n").unwrap();
    assert_eq!(run(&data, &["import", &file.to_string_lossy()]).status, 0);
    for (name, pin) in [("何", "246813"), ("崔", "135791")] {
        let ran = run_with(&data, &["staff", "add", name, "--role", "leader", "--pin-stdin"], &format!("246813\n{pin}\n"));
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    let more = dir.path().join("more.csv");
    std::fs::write(&more, "姓名,年级,班级,监护人1姓名,监护人1关系,监护人1电话\n王五,三,1,赵,母亲,13800130001\n").unwrap();
    let of_child = dir.path().join("child.html").to_string_lossy().into_owned();
    let ok = |arguments: &[&str]| {
        let all: Vec<&str> = arguments.iter().copied().chain(["--as", "崔", "--pin-stdin"]).collect();
        let ran = run_with(&data, &all, "135791\n");
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.err);
        ran.out
    };
    let more = more.to_string_lossy().into_owned();
    ok(&["import", &more]);
    ok(&["import", "--undo"]);
    let issued = ok(&["cards", "issue", "--all"]);
    ok(&["cards", "lost", issued.split(' ').next().unwrap()]);
    ok(&["export", "child", "张三", "--out", &of_child]);
    // 崔 is number 2; while nobody led, nobody agreed.
    for (kind, by) in [
        ("imported", vec![None, Some(2)]),
        ("undone", vec![Some(2)]),
        ("card_set", vec![Some(2)]),
        ("card_lost", vec![Some(2)]),
        ("exported", vec![Some(2)]),
        ("staff_set", vec![None, Some(1)]),
    ] {
        assert_eq!(who_entered(&data, kind), by, "{kind}");
    }
    // A family reads it in its extract.
    let page = std::fs::read_to_string(&of_child).unwrap();
    assert!(page.contains('崔'), "the one who agreed is named");
    assert_eq!(run(&data, &["verify"]).status, 0);
}

/// The doctor says each thing once, in two languages and to scripts, with what to do where it is not so; it changes nothing.
#[test]
fn the_doctor_says_each_thing_once_and_ends_badly_where_one_is_bad() {
    let (_dir, data) = folder();
    assert_eq!(run(&data, &["import", &roster("roster_utf8.csv")]).status, 0);
    let told = run(&data, &["doctor", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let of = |word: &str| list.as_array().unwrap().iter().filter(|one| one["state"] == word).count();
    assert_eq!((list.as_array().unwrap().len(), of("ok") + of("not") + of("unseen")), (20, 20), "{}", told.out);
    for (lang, ok, unseen) in [("zh", "OK   ", "?    "), ("en", "OK   ", "?    ")] {
        let said = run(&data, &["--lang", lang, "doctor"]);
        let count = |sign: &str| said.out.lines().filter(|line| line.starts_with(sign)).count();
        assert_eq!([count(ok), count("NOT  "), count(unseen)], [of("ok"), of("not"), of("unseen")], "{}", said.out);
        assert_eq!(said.status, i32::from(of("not") > 0), "{}", said.err);
    }
    let no_backup = list.as_array().unwrap().iter().find(|one| one["check"] == "Backups").unwrap();
    assert_eq!(no_backup["state"], "not", "there is none");
    assert_eq!(told.status, 1);
    let nowhere = data.join("nowhere");
    assert_eq!(run(&nowhere, &["doctor"]).status, 1);
    assert!(!nowhere.exists(), "looking makes nothing");
}
