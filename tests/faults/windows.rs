//! A second window on a store is a second desk of the room, and is not refused (trust P9): both show the same, and one of them releases.

use super::*;

fn asks(answer: &Value) -> (&str, &str, bool) {
    let word = |key: &str| answer[key].as_str().unwrap_or_default();
    (word("verdict"), word("asks"), recorded(answer).is_empty())
}

fn released(dir: &Path) -> Vec<i64> {
    let store = Store::open_read_only(dir).unwrap();
    let mut all: Vec<i64> = Vec::new();
    for entry in store.news_after(0) {
        if let caredesk::domain::fact::Fact::Released { child, .. } = entry.fact {
            all.push(child.0);
        }
    }
    all
}

#[test]
fn two_windows_show_one_truth_and_one_of_them_releases() {
    let dir = tempfile::tempdir().unwrap();
    let mut one = Desk::practice(dir.path());
    for card in CARDS {
        assert!(!recorded(&one.say(card)).is_empty());
    }
    let before = entries(dir.path());
    let mut two = Desk::practice(dir.path());
    let answer = two.say("esc");
    assert_eq!((answer["counts"]["in"].as_u64(), answer["head"].as_i64()), (Some(6), Some(before)), "it enters nothing by starting: {answer}");
    // Each window in turn is the faster one; the other had the same question on its screen.
    for (n, card) in CARDS.into_iter().take(4).enumerate() {
        for desk in [&mut one, &mut two] {
            desk.say(&format!(".clock 17:{:02}", 30 + n));
            let answer = desk.say(card);
            assert_eq!(asks(&answer), ("OUT", "choice", true), "{card}: {answer}");
        }
        let (first, other) = if n % 2 == 0 { (&mut one, &mut two) } else { (&mut two, &mut one) };
        assert!(!recorded(&first.say("")).is_empty(), "{card}");
        let late = other.say("");
        assert!(recorded(&late).is_empty() && late["verdict"] != "OUT_OK", "{card}: {late}");
        let again = other.say(card);
        assert_eq!((again["verdict"].as_str(), recorded(&again).is_empty()), (Some("REPEAT"), true), "{card}: {again}");
        assert!(said(&again).contains(&format!("17:{:02}", 30 + n)), "it names the first: {again}");
        let counts = [first.say("esc"), other.say("esc")].map(|answer| answer["counts"]["in"].as_u64());
        assert_eq!(counts, [Some(5 - n as u64); 2], "{card}");
    }
    // One ends, or is killed; the other goes on, and a third one finds all of it.
    assert_eq!(one.end(), Some(0));
    two.say(CARDS[4]);
    assert!(!recorded(&two.say("")).is_empty());
    two.child.kill().unwrap();
    two.end();
    let mut three = Desk::practice(dir.path());
    assert_eq!(three.say("")["counts"]["in"], 1);
    assert_eq!(three.end(), Some(0));
    let children = released(dir.path());
    assert_eq!(children.len(), 5, "{children:?}");
    assert_eq!(children.iter().collect::<BTreeSet<_>>().len(), 5, "each once: {children:?}");
    assert!(Store::open_read_only(dir.path()).unwrap().verify().is_sound());
}

/// A real store: windows that start at the same instant all open, none enters anything by that, and the end stays sealed.
#[test]
fn windows_that_start_together_all_open_and_leave_the_record_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    real_store(dir.path());
    let before = entries(dir.path());
    let mut windows: Vec<Desk> = (0..8).map(|_| Desk::start(caredesk(dir.path()), &["line", "--json"])).collect();
    for window in &mut windows {
        let answer = window.say("");
        assert_eq!((answer["head"].as_i64(), answer["severity"].as_str()), (Some(before), None), "{answer}");
        assert!(!notices(&answer).contains("封印") && !notices(&answer).contains("数据"), "{answer}");
    }
    // A command beside them enters something: every window has it with its next answer.
    let mut command = caredesk(dir.path());
    command.args(["staff", "add", "赵", "--role", "duty", "--pin-stdin"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"285739\n").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    for window in &mut windows {
        assert_eq!(window.say("")["head"].as_i64(), Some(before + 1));
    }
    for window in windows {
        assert_eq!(window.end(), Some(0));
    }
    let verified = run(dir.path(), &["verify", "--json"]);
    let report: Value = serde_json::from_slice(&verified.stdout).unwrap();
    assert_eq!((verified.status.code(), &report["sealed"]["fits"]), (Some(0), &Value::Bool(true)), "{report}");
}
