//! A number means the thing that was shown under it, or says that it is gone.

use caredesk::desk::forms::{Kind as Form, Mistake};
use caredesk::desk::office::{Pick, people, staff};
use caredesk::desk::question::{Label, Question, Takes};
use caredesk::desk::said::{Hint, Said};
use caredesk::desk::{Dialog, Effect, How, Model, Msg, update};
use caredesk::domain::fact::Fact;
use caredesk::shell::line;
use caredesk::shell::session::Session;
use caredesk::wording::Words;
use proptest::prelude::*;

use crate::{alone, desk, lines, would};

/// What leads to each list.
const LISTS: &[&[&str]] = &[
    &[".undo"],
    &[".4"],
    &[".5"],
    &[".clock 17:50", ".5"],
    &[".clock 18:00", ".5"],
    &[".clock 18:00", ".5", "延时"],
    &[".3"],
    &[".3", "1"],
    &[".3", "足球"],
    &[".3", "1", "加人"],
    &[".3", "外出", "体育", "跳绳"],
    &[".3", "足球", "返回", "2"],
    &["wzh"],
    &["lsy"],
    &["zzm"],
    &["syq"],
    &["zzm", "2"],
    &["zzm", "3"],
    &["zzm", "4"],
    &["159082"],
    &["112018"],
    &["430315"],
    &[".7"],
    &[".people", "3"],
    &[".people zxm", "2"],
    &[".staff"],
    &[".staff 排班", "1"],
    &[".cards"],
    &[".cards syq"],
    &[".cards zxm"],
    &[".rack 5"],
    &[".settings"],
    &[".calendar"],
];

/// Something that happens between showing and answering.
#[derive(Clone, Copy, Debug)]
enum Between {
    /// A card is scanned at this desk.
    Scan(&'static str),
    /// The next desk is at work.
    There(&'static [&'static str]),
    /// So many minutes pass.
    Minutes(i64),
}

const CARDS: &[&str] = &["453841", "693691", "112018", "159082", "779093", "110031", "381544", "430315", "598728", "142757"];

const THERE: &[&[&str]] = &[
    &["159082", ""],
    &["598728", ""],
    &["381544"],
    &["110031", "1", ""],
    &["430315", "1"],
    &[".undo", "1"],
    &["syq", "请假", "1"],
    &["zzm", "备注", "早点回家"],
    &["zxm", "外出", "1", "1755"],
    &["zxm", "移动", "1"],
    &[".3", "新建", "艺术", "做风筝", "韩", ""],
    &[".3", "1", "结束"],
    &[".3", "足球", "返回", "3", "", "3"],
    &[".5", "1", "2"],
    &[".7", "613181", "2"],
    &[".cards syq", "挂失", ""],
    &[".cards zxm", "临时卡", ""],
    &[".people zxm", "2", "加人", "2468", "周姨", "1", "13900000077", "1", "esc"],
];

fn between() -> impl Strategy<Value = Between> {
    prop_oneof![
        3 => prop::sample::select(CARDS).prop_map(Between::Scan),
        3 => prop::sample::select(THERE).prop_map(Between::There),
        1 => (1_i64..40).prop_map(Between::Minutes),
    ]
}

/// Whether the scan is the answer that the list asks for: the card of 周子墨, who steps out.
fn answers(shown: &Question, what: Between) -> bool {
    matches!((shown.takes(), what), (Some(Takes::Own(_)), Between::Scan("110031")))
}

fn happens(here: &mut Session, there: &mut Session, what: Between) {
    match what {
        Between::Scan(card) => lines(here, &[card]),
        Between::There(acts) => {
            there.catch_up();
            lines(there, acts);
            lines(there, &["esc", "esc", "esc"]);
            here.catch_up();
        }
        Between::Minutes(n) => {
            let to = here.model.now.plus_seconds(60 * n);
            update(&mut here.model, Msg::Tick, to);
        }
    }
}

/// The same desk with the same list in front, opened just now: numbered anew.
fn opened_anew(model: &Model) -> Model {
    let mut anew = model.clone();
    let (dialog, queue, notice) = (anew.dialog.take(), std::mem::take(&mut anew.queue), anew.last_notice.take());
    let now = anew.now;
    update(&mut anew, Msg::Mark { down: true }, now);
    (anew.dialog, anew.queue, anew.last_notice) = (dialog, queue, notice);
    // What stands in front when nothing is open has been shown by now; the list is shown after it.
    update(&mut anew, Msg::Mark { down: true }, now);
    anew.marked = None;
    anew
}

fn refused(model: &Model, after: &Model, effects: &[Effect]) -> bool {
    let sentence = matches!(after.said, Some(Said::Hint(Hint::Gone | Hint::Changed) | Said::Mistake(Mistake::Gone)));
    // A form whose matter has settled itself goes back.
    let closed = matches!(after.said, Some(Said::Hint(Hint::Back))) && after.dialog.is_none();
    let nothing = effects.is_empty() && after.queue == model.queue;
    nothing && (closed || (sentence && ticked(after) == ticked(model)))
}

fn ticked(model: &Model) -> usize {
    if let Some(Dialog::Form(form)) = &model.dialog { form.ticked.len() } else { 0 }
}

fn is_changed(after: &Model) -> bool {
    matches!(after.said, Some(Said::Hint(Hint::Changed)))
}

/// What has only been pushed off the end of the undo list can still be taken back: that act and no other.
fn takes_back(label: &Label, after: &Model, effects: &[Effect]) -> bool {
    let Label::Undo(act) = label else { return false };
    let own = |e: &Effect| match e {
        Effect::Record { drafts, .. } => {
            drafts.iter().all(|d| matches!(d.fact, Fact::Undone { seq, .. } if after.day.entry(seq).is_some_and(|e| e.act == *act)))
        }
        _ => false,
    };
    let asks = matches!(&after.dialog, Some(Dialog::Form(form)) if matches!(form.kind, Form::UndoReason(a) | Form::UnlockUndo(a) if a == *act));
    asks || (!effects.is_empty() && effects.iter().all(own)) || matches!(after.said, Some(Said::Objection(_)))
}

/// Answers `n`, which was shown as `label`, and compares with the answer that the same thing has in a list opened just now.
fn check(model: &Model, shown: &Question, n: u32, label: &Label) -> Result<&'static str, TestCaseError> {
    let (after, effects) = would(model, &n.to_string(), How::Scanned);
    let anew = opened_anew(model);
    let question = anew.question();
    let same_list = question.as_ref().is_some_and(|q| q.prompt == shown.prompt);
    let listed = question.iter().flat_map(|q| &q.choices).find(|c| c.label.is_same(label));
    let Some(listed) = listed.filter(|_| same_list) else {
        let fine = refused(model, &after, &effects) || takes_back(label, &after, &effects);
        // With nothing in front any more a number has nothing to answer.
        let nothing = question.is_none() && effects.is_empty() && after.queue.is_empty();
        prop_assert!(fine || nothing, "{n} {label:?} has gone, and this happened: {:?} {effects:?}", after.said);
        return Ok("gone");
    };
    if is_changed(&after) {
        prop_assert!(refused(model, &after, &effects));
        return Ok("changed");
    }
    let (expected, wanted) = would(&anew, &listed.n.to_string(), How::Scanned);
    prop_assert_eq!(&effects, &wanted, "{} {:?}", n, label);
    prop_assert_eq!(&after.dialog, &expected.dialog, "{} {:?} as {}: {:?}", n, label, listed.n, expected.said);
    prop_assert_eq!(&after.queue, &expected.queue, "{} {:?}", n, label);
    Ok("meant")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_number_means_what_was_shown_or_says_that_it_is_gone(list in 0..LISTS.len(), between in prop::collection::vec(between(), 1..5)) {
        let dir = tempfile::tempdir().unwrap();
        let mut here = desk(dir.path(), "practice");
        let mut there = desk(dir.path(), "other");
        lines(&mut there, &[".7", "830168", "2468"]);
        here.catch_up();
        lines(&mut here, LISTS[list]);
        let mut shown = here.model.question().unwrap();
        for what in between {
            if answers(&shown, what) {
                continue;
            }
            let in_front = |s: &Session| (s.model.question().map(|q| q.prompt), s.model.queue.focus().map(|g| g.household));
            let before = in_front(&here);
            happens(&mut here, &mut there, what);
            // A scan is answered with what stands in front: if that is another question by now, it has been shown.
            let is_another = in_front(&here) != before || before.0.as_ref() != Some(&shown.prompt);
            match (what, is_another, here.model.question()) {
                (Between::Scan(_), true, Some(next)) => shown = next,
                // The list had gone before; what the scan brought has been shown since, and a number answers that.
                (Between::Scan(_), true, None) => break,
                _ => {}
            }
            for choice in shown.choices.iter().filter(|c| !c.gone) {
                check(&here.model, &shown, choice.n, &choice.label)?;
            }
            // On the screen the list is drawn anew: what is new at its end has been shown as well.
            match here.model.question() {
                Some(next) if next.prompt == shown.prompt => shown = next,
                _ => {}
            }
        }
    }
}

/// The lists do not only refuse: over every list and every single event both answers are seen.
#[test]
fn every_list_keeps_its_numbers_over_everything_that_can_happen() {
    let mut seen = std::collections::BTreeMap::new();
    for list in LISTS {
        let dir = tempfile::tempdir().unwrap();
        let mut here = desk(dir.path(), "practice");
        let mut there = desk(dir.path(), "other");
        lines(&mut there, &[".7", "830168", "2468"]);
        here.catch_up();
        lines(&mut here, list);
        let shown = here.model.question().unwrap_or_else(|| panic!("{list:?} is no list"));
        assert!(!shown.choices.is_empty(), "{list:?}");
        let all = CARDS.iter().map(|c| Between::Scan(c)).chain(THERE.iter().map(|t| Between::There(t)));
        for what in all.filter(|what| !answers(&shown, *what)) {
            happens(&mut here, &mut there, what);
            for choice in &shown.choices {
                let what = || format!("{list:?} {what:?} {:?} {:?}", here.model.dialog, here.model.led_to);
                *seen.entry(check(&here.model, &shown, choice.n, &choice.label).unwrap_or_else(|e| panic!("{}: {e}", what()))).or_insert(0) += 1;
            }
        }
    }
    assert!(seen["meant"] > 1000 && seen["gone"] > 100, "{seen:?}");
}

/// The roll, the staff and the children of a list are numbered in a panel of their own: it says the numbers that answer.
#[test]
fn a_panel_says_the_numbers_that_answer() {
    for (list, card) in [(".4", "381544"), (".people", ""), (".staff", "")] {
        let mut session = alone();
        lines(&mut session, &[list]);
        if list == ".people" {
            lines(&mut session, &["3"]);
        }
        let shown = session.model.question().unwrap();
        if !card.is_empty() {
            lines(&mut session, &[card]);
        }
        let words = Words::of(&session.model);
        let panel = match &session.model.dialog {
            Some(Dialog::Roll) => words.roll_panel().1,
            Some(Dialog::Office(screen)) => words.office_panel(screen).1,
            other => panic!("{other:?}"),
        };
        let mut seen = 0;
        for choice in &shown.choices {
            let name = match &choice.label {
                Label::Numbers(child) | Label::Office(Pick::People(people::Pick::Child(child))) => {
                    session.model.register.child(*child).unwrap().name.clone()
                }
                Label::Office(Pick::Staff(staff::Pick::Person(person))) => session.model.register.staff_member(*person).unwrap().name.clone(),
                _ => continue,
            };
            let start = format!("{} {name}", choice.n);
            assert!(panel.iter().any(|line| line.text.starts_with(&start)), "{start}: {panel:?}");
            seen += 1;
        }
        assert!(seen > 1, "{list}: {shown:?}");
    }
}

#[test]
fn a_scan_over_the_undo_list_takes_nobody_elses_arrival_back() {
    let mut session = alone();
    lines(&mut session, &["159082", "", ".undo"]);
    let released = session.model.question().unwrap().choice(1).unwrap().label.clone();
    lines(&mut session, &["381544"]);
    let answer = serde_json::to_value(line::answer(&mut session, Some("1".into()))).unwrap();
    assert!(answer["say"].as_str().unwrap().contains("王子涵") && !answer["say"].as_str().unwrap().contains("宋雅琪"), "{released:?} {answer}");
    assert!(session.model.day.state().open_visits().iter().any(|(c, _)| session.model.register.child(*c).unwrap().name == "宋雅琪"));
}

#[test]
fn what_has_gone_says_so_in_line_mode_and_refuses() {
    let mut session = alone();
    let a = serde_json::to_value(line::answer(&mut session, Some("syq".into()))).unwrap();
    assert_eq!(a["choices"][0]["label"], "请假", "{a}");
    assert!(a["choices"][0].get("gone").is_none());
    lines(&mut session, &["381544"]);
    let a = serde_json::to_value(line::answer(&mut session, Some(String::new()))).unwrap();
    assert_eq!((&a["choices"][0]["label"], &a["choices"][0]["gone"]), (&"请假".into(), &true.into()), "{a}");
    assert!(a["say"].as_str().unwrap().contains("1 请假（已不在）"), "{a}");
    let a = serde_json::to_value(line::answer(&mut session, Some("1".into()))).unwrap();
    assert!(a["say"].as_str().unwrap().starts_with("这一项已不在") && a["recorded"] == serde_json::json!([]), "{a}");
    let n = a["choices"].as_array().unwrap().iter().find(|c| c["label"] == "无卡").unwrap()["n"].as_u64().unwrap();
    assert!(n > 4, "what is new stands at the end: {a}");
}

/// Time took the family in focus away: an Enter on its way for it releases nobody else.
#[test]
fn an_answer_to_a_pickup_that_lapsed_is_none_to_the_next() {
    for answer in ["", "1"] {
        let mut session = alone();
        lines(&mut session, &["159082"]);
        let later = session.model.now.plus_seconds(90);
        update(&mut session.model, Msg::Tick, later);
        lines(&mut session, &["453841"]);
        let lapsed = later.plus_seconds(60);
        let (after, effects) = {
            let mut model = session.model.clone();
            let effects = update(&mut model, Msg::Line { text: answer.to_owned(), how: How::Scanned }, lapsed);
            (model, effects)
        };
        assert!(effects.is_empty() && after.said == Some(Said::Hint(Hint::Changed)), "{:?} {effects:?}", after.said);
        assert_eq!(after.queue.len(), 1);
        let (_, effects) = would(&after, answer, How::Scanned);
        assert!(matches!(&effects[..], [Effect::Record { .. }]), "asked and shown again, it is answered");
    }
}

/// Whoever opens what is on file about a child is on record with it, once a day; the list of names is nobody's record.
#[test]
fn who_looks_at_a_record_is_on_record() {
    let looked = |session: &Session| {
        let is_look = |f: &Fact| matches!(f, Fact::Office(caredesk::domain::fact::OfficeFact::Looked { .. }));
        session.model.day.entries().iter().filter(|e| is_look(&e.fact)).map(|e| (e.fact.child().unwrap().0, e.staff.map(|s| s.0))).collect::<Vec<_>>()
    };
    let mut session = alone();
    lines(&mut session, &[".people", "esc", ".people 没有这个人", "esc"]);
    assert_eq!(looked(&session), []);
    lines(&mut session, &[".people 陈一诺", "1", "esc", ".people 陈一诺", "esc"]);
    let who = session.model.room().actor().map(|s| s.0);
    assert_eq!(looked(&session), [(1, who)], "once");
    lines(&mut session, &[".people 王子涵", "esc"]);
    assert_eq!(looked(&session), [(1, who), (4, who)]);
    assert!(session.model.dialog.is_none() && session.model.unrecorded.is_empty());
    // It is nothing that could be taken back, nor a reason to keep a record for ever.
    lines(&mut session, &[".undo"]);
    let offered = session.model.question().map(|q| q.choices.len()).unwrap_or_default();
    let undone =
        |label: &Label| matches!(label, Label::Undo(act) if session.model.day.entries().iter().any(|e| e.act == *act && e.fact.kind() == "looked"));
    assert!(session.model.question().is_none_or(|q| !q.choices.iter().any(|c| undone(&c.label))), "{offered}");
}
