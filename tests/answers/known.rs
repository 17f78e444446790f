//! What this desk knows counts before it is on record, and nothing that was scanned or said goes without a word.

use caredesk::desk::actions::Action;
use caredesk::desk::forms::Kind;
use caredesk::desk::question::Label;
use caredesk::desk::record::Job;
use caredesk::desk::said::{Hint, Notice, Said};
use caredesk::desk::unrecorded::{Cause, Unrecorded};
use caredesk::desk::{Dialog, Effect, How, Model, Msg, update};
use caredesk::domain::card::CardNumber;
use caredesk::domain::custody::{Card, CardState};
use caredesk::domain::day::Presence;
use caredesk::domain::fact::{Account, Draft, Entry, Fact, Seq};
use caredesk::domain::people::{Child, ChildId, Collector, Right, Role, Staff};
use caredesk::domain::settings::Place;
use caredesk::rules::{Act, Request};

use super::*;

const CHILD: ChildId = ChildId(1); // 陈一诺, card 453841

/// Something that waits in the list, as a request whose facts these are.
fn waits(model: &mut Model, facts: Vec<Fact>) {
    let request = Request::Act(Act::Note { child: CHILD, text: "x".into() });
    let job = Job::new(request, facts.into_iter().map(Into::into).collect());
    let at = model.now;
    model.unrecorded.push(Unrecorded { job, at, cause: Cause::Full });
}

fn of_list(model: &Model, child: ChildId, n: usize) -> Collector {
    model.register.collectors(child).filter(|c| c.right == Right::Standing).nth(n).unwrap().clone()
}

fn set(was: Collector, change: impl FnOnce(&mut Collector)) -> Fact {
    let mut now = was.clone();
    change(&mut now);
    Fact::CollectorSet { was: Some(Box::new(was)), now: Box::new(now) }
}

fn today(model: &Model) -> Right {
    Right::OneDay { day: model.now.date(), confirmed: true }
}

fn missed(child: ChildId) -> Fact {
    Fact::Account(Account::Missed { child, place: Place::new("field") })
}

/// An entry of another desk.
fn happens(model: &mut Model, fact: Fact) -> Seq {
    let (seq, now) = (Seq(model.head.0 + 1), model.now);
    let entry = Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact };
    update(model, Msg::News(vec![entry]), now);
    seq
}

/// What is taken back counts as well: a right for today that is being taken back is nobody's; and an undo is dropped by whoever could take
/// it back, which of a lifted bar a leader may.
#[test]
fn an_undo_that_waits_counts_and_is_not_everybodys_to_drop() {
    // The entry that is taken back, whether the child is asked about before that, whether anybody at the desk drops it.
    type Makes = fn(&Model) -> Fact;
    let cases: [(&str, Makes, bool, bool); 4] = [
        (
            "a right for today",
            |m| {
                let id = m.register.next_ids().collector();
                Fact::CollectorSet { was: None, now: Box::new(Collector::new(id, CHILD, 9, "姑姑甲", "姑姑", today(m))) }
            },
            false,
            true,
        ),
        (
            "a bar that was lifted",
            |m| {
                let bar = Collector { right: Right::Barred, ..of_list(m, CHILD, 1) };
                set(bar, |c| c.right = Right::Standing)
            },
            false,
            false,
        ),
        (
            "a lost card that was found",
            |m| {
                let card = m.register.card(&CardNumber::new("453841")).unwrap().clone();
                let lost = Card { state: CardState::Lost { at: m.now }, ..card.clone() };
                Fact::CardSet { was: Some(Box::new(lost)), now: Box::new(card) }
            },
            false,
            false,
        ),
        ("a note", |_| Fact::NoteLeft { child: CHILD, text: "x".into() }, true, true),
    ];
    for (what, makes, asked, drops) in cases {
        let mut model = alone().model;
        let fact = makes(&model);
        let seq = happens(&mut model, fact);
        let job = Job::new(Request::Undo { act: seq, reason: None }, vec![Fact::Undone { seq, reason: None }.into()]);
        let at = model.now;
        model.unrecorded.push(Unrecorded { job, at, cause: Cause::Full });
        let (after, _) = would(&model, "453841", How::Scanned);
        let is_asked = after.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == CHILD));
        assert_eq!(is_asked, asked, "{what}: {:?}", after.said);
        for text in [".unrecorded", "1"] {
            update(&mut model, Msg::Line { text: text.into(), how: How::Typed }, at);
        }
        assert_eq!(model.question().map(|q| q.choices.len()), Some(1 + usize::from(drops)), "{what}: {:?}", model.question());
    }
}

/// A PIN is compared with none that somebody has changed, be that on record or not.
#[test]
fn a_pin_is_not_compared_while_a_new_one_waits() {
    for changed in [false, true] {
        let mut model = alone().model;
        let leader = model.register.staff().find(|s| s.role == Role::Leader && s.pin.is_some()).unwrap().clone();
        if changed {
            let now = Staff { pin: Some("$other".into()), ..leader.clone() };
            waits(&mut model, vec![Fact::StaffSet { was: Some(Box::new(leader)), now: Box::new(now) }]);
        }
        let now = model.now;
        let mut effects = Vec::new();
        for text in [".7", "何主任", "2468"] {
            effects = update(&mut model, Msg::Line { text: text.into(), how: How::Typed }, now);
        }
        let tries = |d: &Draft| matches!(d.fact, Fact::PinTried { .. });
        let tried = effects.iter().any(|e| matches!(e, Effect::Record { drafts, .. } if drafts.iter().any(tries)));
        assert_eq!(tried, !changed, "{effects:?} {:?} {:?}", model.question(), model.said);
        assert!(!effects.is_empty(), "what waits is tried: {:?} {:?}", model.question(), model.said);
    }
}

/// A bar, a lost card, whoever was put off the list, a letter that was withdrawn: while it waits to be recorded the child is not asked
/// about, nobody is named for it who is meant, and nobody drops it who could not take it back. What takes nothing from anybody is in
/// nobody's way.
#[test]
fn what_the_desk_knows_counts_before_it_is_on_record() {
    type Makes = fn(&Model) -> Vec<Fact>;
    // Whether it comes first, and whether anybody drops it.
    let cases: [(&str, Makes, bool, bool); 11] = [
        ("a bar", |m| vec![set(of_list(m, CHILD, 0), |c| c.right = Right::Barred)], true, false),
        ("put off the list", |m| vec![set(of_list(m, CHILD, 0), |c| c.right = Right::Ended)], true, false),
        ("under age", |m| vec![set(of_list(m, CHILD, 0), |c| c.minor = true)], true, false),
        (
            "a lost card",
            |m| {
                let card = m.register.card(&CardNumber::new("453841")).unwrap().clone();
                vec![Fact::CardLost { number: card.number.clone(), child: CHILD, was: Box::new(card) }]
            },
            true,
            false,
        ),
        (
            "a card that is void",
            |m| {
                let card = m.register.card(&CardNumber::new("453841")).unwrap().clone();
                let now = Card { state: CardState::Expired { at: m.now }, ..card.clone() };
                vec![Fact::CardSet { was: Some(Box::new(card)), now: Box::new(now) }]
            },
            true,
            false,
        ),
        ("a new pass phrase", |m| vec![set(of_list(m, CHILD, 0), |c| (c.phrase, c.right) = (Some("$x".into()), today(m)))], true, false),
        ("missing", |_| vec![missed(CHILD)], true, true),
        ("another child is missing", |_| vec![missed(ChildId(3))], false, true),
        // Of another child's list: nothing of this one.
        ("a bar of another", |m| vec![set(of_list(m, ChildId(3), 0), |c| c.right = Right::Barred)], false, false),
        ("another way to know somebody", |m| vec![set(of_list(m, CHILD, 1), |c| c.looks = Some("red coat".into()))], false, false),
        ("a note", |_| vec![Fact::NoteLeft { child: CHILD, text: "x".into() }], false, true),
    ];
    for (what, makes, first, drops) in cases {
        let mut model = alone().model;
        let facts = makes(&model);
        waits(&mut model, facts.clone());
        let now = model.now;
        let (after, effects) = would(&model, "453841", How::Scanned);
        let asked = after.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == CHILD));
        assert_eq!(asked, !first, "{what}: {:?}", after.said);
        assert_eq!(effects.iter().any(|e| matches!(e, Effect::Record { .. })), first, "{what}: what waits is tried: {effects:?}");
        let mut list = model.clone();
        for text in [".unrecorded", "1"] {
            update(&mut list, Msg::Line { text: text.into(), how: How::Typed }, now);
        }
        assert_eq!(list.question().map(|q| q.choices.len()), Some(1 + usize::from(drops)), "{what}: {:?}", list.question());
    }
}

/// Nobody is named for today whom a bar fits that is not on record yet.
#[test]
fn a_bar_that_waits_stops_naming() {
    for barred in [false, true] {
        let mut model = alone().model;
        if barred {
            let bar = Collector {
                phone: Some("13911112222".into()),
                ..Collector::new(model.register.next_ids().collector(), CHILD, 9, "赵强", "叔叔", Right::Barred)
            };
            waits(&mut model, vec![Fact::CollectorSet { was: None, now: Box::new(bar) }]);
        }
        let now = model.now;
        let mut asked = Vec::new();
        for text in ["陈一诺", "今日授权", "赵 强", "朋友", "13900001234", "", "1", "1"] {
            asked.extend(update(&mut model, Msg::Line { text: text.into(), how: How::Typed }, now));
        }
        let named = |d: &Draft| matches!(&d.fact, Fact::CollectorSet { now, .. } if now.name == "赵 强");
        let lists = asked.iter().any(|e| matches!(e, Effect::Record { drafts, .. } if drafts.iter().any(named)));
        assert_eq!(lists, !barred, "{asked:?} {:?}", model.said);
    }
}

/// Whoever goes alone by a letter does not when the letter was withdrawn, be it on record or not.
#[test]
fn a_letter_that_was_withdrawn_counts() {
    for withdrawn in [false, true] {
        let mut model = alone().model;
        let now = model.now;
        let was = model.register.child(CHILD).unwrap().clone();
        let alone = Child { self_leave: true, ..was.clone() };
        let seq = Seq(model.head.0 + 1);
        let fact = Fact::ChildSet { was: Some(Box::new(was.clone())), now: Box::new(alone.clone()) };
        update(
            &mut model,
            Msg::News(vec![Entry { seq, act: seq, day: now.date(), at: now, entered_at: now, desk: "other".into(), staff: None, fact }]),
            now,
        );
        if withdrawn {
            let kept = Child { self_leave: false, ..was };
            waits(&mut model, vec![Fact::ChildSet { was: Some(Box::new(alone)), now: Box::new(kept) }]);
        }
        update(&mut model, Msg::Line { text: "陈一诺".into(), how: How::Typed }, now);
        let choices = model.question().map(|q| q.choices).unwrap_or_default();
        let line = choices.iter().find(|c| c.label == Label::Action(Action::SelfLeave)).map(|c| c.n.to_string()).unwrap();
        update(&mut model, Msg::Line { text: line, how: How::Typed }, now);
        let asked = model.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == CHILD));
        assert_eq!(asked, !withdrawn, "{:?}", model.said);
    }
}

/// Children who were scanned into a batch are named when it is given up, and the desk is not closed over them.
#[test]
fn a_batch_is_given_up_by_name() {
    let is_batch = |model: &Model| matches!(&model.dialog, Some(Dialog::Form(form)) if matches!(form.kind, Kind::Batch(_)));
    for over in [None, Some(".rack"), Some(".5"), Some(".2")] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        lines(&mut session, &[".batch 李老师", "381544", "110031"]);
        lines(&mut session, &over.into_iter().collect::<Vec<_>>());
        lines(&mut session, &[".quit", "1"]);
        assert!(!session.has_quit(), "{over:?}");
        let said = session.model.notices.iter().find_map(|(_, n)| if let Notice::BatchGivenUp(children) = n { Some(children.len()) } else { None });
        assert_eq!(said, None, "{over:?}");
        for _ in 0..4 {
            session.send(Msg::Escape);
        }
        let said = session.model.notices.iter().find_map(|(_, n)| if let Notice::BatchGivenUp(children) = n { Some(children.len()) } else { None });
        assert!(!is_batch(&session.model) && said == Some(2), "{over:?}: {:?}", session.model.notices);
        let inside =
            session.model.day.state().children().filter(|(id, _)| matches!(session.model.day.state().presence(*id), Presence::In(_))).count();
        assert_eq!(inside, 0, "{over:?}");
        lines(&mut session, &[".quit", "1"]);
        assert!(session.has_quit(), "{over:?}: {:?}", session.model.said);
    }
    let dir = tempfile::tempdir().unwrap();
    let mut session = fresh(dir.path(), "practice");
    lines(&mut session, &[".batch 李老师", "381544", ".quit"]);
    assert_eq!(session.model.said, Some(Said::Hint(Hint::BatchFirst(1))));
}

/// What fell due while the desk was off is said at its start, also where a command entered something meanwhile.
#[test]
fn what_a_command_entered_silences_nothing() {
    for desk in ["practice", "other", "command"] {
        let mut model = alone().model;
        model.notices.clear();
        let (end, started) = (model.now.at_time(time_of_day("18:02").unwrap()), model.now.at_time(time_of_day("18:04").unwrap()));
        let seq = Seq(model.head.0 + 1);
        let fact = Fact::Imported { file: "a.csv".into(), added: 0, changed: 0 };
        let entry = Entry { seq, act: seq, day: end.date(), at: end, entered_at: end, desk: desk.into(), staff: None, fact };
        model.day.apply(&entry);
        (model.head, model.now) = (seq, started);
        model.ring_what_was_missed();
        let rang = model.notices.iter().any(|(_, n)| matches!(n, Notice::Alarm(caredesk::rules::closing::Alarm::Ended(_))));
        assert_eq!(rang, desk != "practice", "{desk}: {:?}", model.notices);
    }
}

/// A hold that came while everything was read anew closes the forms about the child, as one does that comes as news.
#[test]
fn a_hold_that_is_read_anew_closes_what_was_said_before() {
    for held in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let mut session = fresh(dir.path(), "practice");
        lines(&mut session, &["453841", "381544", "陈一诺", "无卡"]);
        assert!(matches!(session.model.dialog, Some(Dialog::Form(_))), "{:?}", session.model.said);
        let (mut day, now) = (session.model.day.clone(), session.model.now);
        let seq = Seq(session.model.head.0 + 1);
        let child = if held { session.model.register.card(&CardNumber::new("453841")).unwrap().child } else { ChildId(3) };
        day.apply(&Entry {
            seq,
            act: seq,
            day: now.date(),
            at: now,
            entered_at: now,
            desk: "other".into(),
            staff: None,
            fact: Fact::HeldBack { child },
        });
        let register = session.model.register.clone();
        session.model.read_anew(register, day, seq, Some(now));
        assert_eq!(session.model.dialog.is_none(), held, "{:?}", session.model.dialog);
    }
}

/// What another desk enters on a day that is over here belongs to that day: who signed on, came and went then is nothing of today.
#[test]
fn what_is_entered_on_a_day_that_is_over_is_nothing_of_today() {
    for lines_there in [&[".duty", "1", "2468"][..], &["453841"], &["453841", ".clock 17:50", "453841", ""]] {
        let dir = tempfile::tempdir().unwrap();
        let mut here = fresh(dir.path(), "practice");
        lines(&mut here, &["381544", ".clock 2026-09-08T00:10"]);
        let mut there = fresh(dir.path(), "other");
        lines(&mut there, lines_there);
        here.catch_up();
        here.send(Msg::Tick);
        let loaded = Store::open_read_only(dir.path()).unwrap().load(here.now()).unwrap();
        assert_eq!(here.model.head, loaded.head, "{lines_there:?}");
        assert_eq!(here.model.day.state(), loaded.day.state(), "{lines_there:?}");
        assert!(here.model.day.state().duty().is_empty(), "{lines_there:?}");
    }
}

/// Whoever comes is taken in, whatever waits of the child and cannot be recorded now.
#[test]
fn nobody_is_kept_out_by_what_waits() {
    let dir = tempfile::tempdir().unwrap();
    let mut model = fresh(dir.path(), "practice").model;
    let bar = set(of_list(&model, CHILD, 0), |c| c.right = Right::Barred);
    waits(&mut model, vec![bar, missed(CHILD)]);
    let (mut model, effects) = would(&model, "453841", How::Scanned);
    let comes = |effects: &[Effect]| {
        let is_it = |d: &Draft| matches!(d.fact, Fact::Arrived { child: CHILD, .. });
        effects.iter().any(|e| matches!(e, Effect::Record { drafts, .. } if drafts.iter().any(is_it)))
    };
    assert!(!comes(&effects) && !effects.is_empty(), "what waits first: {effects:?}");
    let now = model.now;
    let effects = update(&mut model, Msg::Failed(Cause::Busy), now);
    assert!(comes(&effects), "then the child: {effects:?} {:?}", model.said);
    assert!(update(&mut model, Msg::Failed(Cause::Busy), now).is_empty());
    assert!(model.waits_to_be_recorded(CHILD), "{:?}", model.unrecorded);
}
