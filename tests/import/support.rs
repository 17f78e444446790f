//! Where the rosters are, the truth beside them, and a register after an import.

use std::path::{Path, PathBuf};

use caredesk::domain::day::Day;
use caredesk::domain::fact::{Entry, Seq};
use caredesk::domain::register::Register;
use caredesk::domain::time::Moment;
use caredesk::import::roster::Reason;
use caredesk::import::{Answers, Plan, ReadError, plan, words};
use caredesk::texts::Lang;
use serde_json::Value;

pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

pub fn truth(room: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(data(room).join("truth_children.jsonl")).unwrap();
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

pub fn planned(file: &Path, register: &Register) -> Plan {
    asked(file, register, &Answers::default()).unwrap_or_else(|(file, e)| panic!("{}: {e}", file.display()))
}

pub fn asked(file: &Path, register: &Register, answers: &Answers) -> Result<Plan, (PathBuf, ReadError)> {
    plan(&[file.to_owned()], register, answers, &mut |_| ())
}

/// How a plan is said, in Chinese.
pub fn said(plan: &Plan) -> String {
    plan.text(Lang::Zh, true, false)
}

/// Why a file is refused, in Chinese.
pub fn refusal(file: &Path, register: &Register) -> String {
    let (at, error) = asked(file, register, &Answers::default()).unwrap_err();
    words::read_error(Lang::Zh, &at, &error)
}

/// A roster under a name of its own, for as long as the folder lives.
pub fn file(dir: &tempfile::TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let file = dir.path().join(name);
    std::fs::write(&file, content).unwrap();
    file
}

/// The register after a plan was recorded.
pub fn after(plan: &Plan, mut register: Register) -> Register {
    let at = Moment { ms: 0, offset_min: 480 };
    for (n, draft) in (1..).zip(&plan.drafts) {
        let entry =
            Entry { seq: Seq(n), act: Seq(1), day: at.date(), at, entered_at: at, desk: String::new(), staff: None, fact: draft.fact.clone() };
        register.apply(&entry);
    }
    let _ = Day::new(at.date(), Vec::new());
    register
}

/// A file with these lines.
pub fn lines(text: &str, register: &Register, answers: &Answers) -> Plan {
    let dir = tempfile::tempdir().unwrap();
    asked(&file(&dir, "list.csv", text), register, answers).unwrap()
}

/// Row, column and reason of every refusal.
pub fn refusals(plan: &Plan) -> Vec<(usize, usize, Reason)> {
    plan.refused.iter().map(|r| (r.place.row, r.column, r.reason.clone())).collect()
}
