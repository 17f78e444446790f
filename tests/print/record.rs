//! One child's record: everything about it, what was taken back too, and nobody else's secrets.

use caredesk::domain::closing::{ExtendReason, Found, Matter, Outcome, Stay};
use caredesk::domain::fact::{Account, Agreed, CallPurpose, CallResult, Draft, Fact, HoldAnswer, Incident, LeaveReason, OfficeFact, Seq};
use caredesk::domain::people::{Child, ChildId, Collector, Right};
use caredesk::domain::settings::Place;
use caredesk::print::record::{History, Record};
use caredesk::store::Store;
use caredesk::texts::Lang;
use serde_json::Value;

use crate::attendance::{enter, room};

fn history(lang: Lang, store: &Store, child: ChildId) -> History {
    let found = store.history_of(child).unwrap();
    History::of(lang, found.entries, &found.groups, found.written, found.head)
}

#[test]
fn everything_about_the_child_is_told_and_nobody_elses_secret() {
    let (mut store, loaded, now) = room();
    let one = loaded.register.child(ChildId(1)).unwrap().clone();
    let buddy = loaded.register.child(ChildId(9)).unwrap().name.clone();
    let mother = loaded.register.collectors(one.id).next().unwrap().clone();
    let secret = Collector {
        phrase: Some("$argon2id$phrase".to_owned()),
        paper: Some("民初字第123号".to_owned()),
        looks: Some("戴眼镜".to_owned()),
        right: Right::Barred,
        ..mother.clone()
    };
    let changed = Child {
        calm: Some("先喝水".to_owned()),
        note: Some("近视".to_owned()),
        buddy: Some(ChildId(9)),
        terms: vec![],
        withdrawn_on: None,
        ..one.clone()
    };
    let note = enter(&mut store, now, None, vec![Fact::NoteLeft { child: one.id, text: "写错了".to_owned() }]);
    enter(&mut store, now.plus_seconds(1), None, vec![Fact::Undone { seq: note[0].seq, reason: None }]);
    enter(
        &mut store,
        now.plus_seconds(2),
        None,
        vec![
            Fact::ChildSet { was: Some(Box::new(one.clone())), now: Box::new(changed.clone()) },
            Fact::CollectorSet { was: Some(Box::new(mother.clone())), now: Box::new(secret) },
            Fact::Office(OfficeFact::PhraseTried { child: one.id, collector: mother.id, right: false }),
            Fact::Office(OfficeFact::Exported { what: "child".to_owned(), rows: 3, child: Some(one.id) }),
        ],
    );
    let loaded = store.load(now.plus_seconds(3)).unwrap();
    let history = history(Lang::Zh, &store, one.id);
    let about: Vec<_> =
        store.entries_between(Seq(1), store.head().unwrap()).unwrap().into_iter().filter(|e| e.fact.child() == Some(one.id)).collect();
    assert_eq!(history.entries.iter().map(|(e, _)| e.clone()).collect::<Vec<_>>(), about);
    assert_eq!(history.entries.iter().filter(|(_, by)| by.is_some()).count(), 1);
    for lang in [Lang::Zh, Lang::En] {
        let record = Record::of(lang, &loaded.register, one.id, &history, now.plus_seconds(3), "0571-8000 0000").unwrap();
        let (page, json) = (record.html().unwrap(), record.json());
        assert_eq!(record.entries(), about.len());
        let data: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(data["journal"].as_array().unwrap().len(), about.len());
        for (line, entry) in data["journal"].as_array().unwrap().iter().zip(&about) {
            assert_eq!(line["entry"], entry.seq.0);
            assert!(!line["what"].as_str().unwrap().is_empty());
            assert!(!line["what"].as_str().unwrap().contains(entry.fact.kind()), "in words: {line}");
            assert_eq!(page.matches(&format!("<td class=\"n\">{}</td>", entry.seq.0)).count(), 1);
        }
        for told in ["陈一诺", "453841", "先喝水", "近视", "写错了", "林静", "13900000001", "戴眼镜"] {
            assert!(page.contains(told) && json.contains(told), "{told}");
        }
        for hidden in ["argon2", "民初字", buddy.as_str()] {
            assert!(!page.contains(hidden) && !json.contains(hidden), "{hidden}");
        }
        for staff in loaded.register.staff() {
            if let Some(card) = &staff.card {
                assert!(!page.contains(card.as_str()) && !json.contains(card.as_str()), "no staff card");
            }
        }
        let taken_back: Vec<&Value> = data["journal"].as_array().unwrap().iter().filter(|l| !l["taken_back"].is_null()).collect();
        assert_eq!((taken_back.len(), page.matches("class=\"back\"").count()), (1, 1));
    }
    let zh = Record::of(Lang::Zh, &loaded.register, one.id, &history, now, "").unwrap().json();
    assert!(zh.contains("加入小组“完成作业”"), "groups by their titles");
    assert!(zh.contains("备注：- → 近视"), "what changed, and from what: {zh}");
    assert!(Record::of(Lang::Zh, &loaded.register, ChildId(999), &history, now, "").is_none());
}

#[test]
fn every_kind_of_fact_about_a_child_has_words() {
    // The practice room has most; the rest are entered here.
    let (mut store, loaded, now) = room();
    let who = loaded.register.collectors(ChildId(3)).next().unwrap().id;
    let staff = loaded.register.staff().next().unwrap().id;
    let (child, six) = (ChildId(3), chrono::NaiveTime::from_hms_opt(18, 0, 0).unwrap());
    let facts = vec![
        Fact::AlertAcknowledged { child },
        Fact::CalledOver { child },
        Fact::LeaveTaken { child, reason: LeaveReason::Ill },
        Fact::Called { child, collector: who, purpose: CallPurpose::OneDay, result: CallResult::NoAnswer, number: Some("13900000001".into()) },
        Fact::HeldBack { child },
        Fact::HoldDecided { child, how: HoldAnswer::Noted { text: "已联系".to_owned() }, approver: staff },
        Fact::HoldDecided { child, how: HoldAnswer::Listed, approver: staff },
        Fact::HoldDecided { child, how: HoldAnswer::Left, approver: staff },
        Fact::Account(Account::Missed { child, place: Place::new("field") }),
        Fact::Account(Account::Found { child, how: Found::Elsewhere { text: "图书角".to_owned() } }),
        Fact::Account(Account::Found { child, how: Found::Here }),
        Fact::Account(Account::Found { child, how: Found::WithFamily }),
        Fact::Account(Account::Chased {
            child,
            collector: who,
            about: Matter::Pickup,
            outcome: Outcome::Promised { by: six, note: None },
            again: None,
        }),
        Fact::Account(Account::Chased { child, collector: who, about: Matter::Arrival, outcome: Outcome::WrongNumber, again: None }),
        Fact::Account(Account::Extended { child, until: six, reason: ExtendReason::Work, approver: staff }),
        Fact::Account(Account::Stays { child, how: Stay::Guard { signed: "周".to_owned() } }),
        Fact::Account(Account::Stays { child, how: Stay::TwoAdults { reason: "大雨".to_owned(), adults: Vec::new() } }),
        Fact::Account(Account::Incident { child, kind: Incident::ReleasedUnseen }),
        Fact::Account(Account::Incident { child, kind: Incident::NamingStopped }),
        Fact::Account(Account::LeaderAgreed { child, leader: staff, to: Agreed::Naming }),
        Fact::Account(Account::LeaderAgreed { child, leader: staff, to: Agreed::InsteadOfCall(CallPurpose::Collector) }),
    ];
    let drafts: Vec<Draft> = facts.iter().cloned().map(Draft::from).collect();
    let head = store.head().unwrap();
    store.record(head, &drafts, &caredesk::store::Stamp { now, desk: "d".to_owned(), staff: None }).unwrap();
    let loaded = store.load(now).unwrap();
    for child in loaded.register.children() {
        for lang in [Lang::Zh, Lang::En] {
            let record = Record::of(lang, &loaded.register, child.id, &history(lang, &store, child.id), now, "").unwrap();
            let json = record.json();
            assert!(!json.contains("其他记录") && !json.contains("Other entry"), "{json}");
        }
    }
}
