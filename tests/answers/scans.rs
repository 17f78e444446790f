//! A scan is never swallowed: over every kind of form and every screen a card gives its verdict, but where the question says 扫卡.

use caredesk::desk::forms::{Form, Kind, Purpose, Value};
use caredesk::desk::office::cards::{Found, View};
use caredesk::desk::office::{Screen, Task, cards};
use caredesk::desk::question::{Asks, Takes};
use caredesk::desk::said::{Hint, Said};
use caredesk::desk::{Attention, Dialog, Effect, How, Model};
use caredesk::domain::activity::GroupId;
use caredesk::domain::card::CardNumber;
use caredesk::domain::fact::{Fact, Seq};
use caredesk::domain::people::{ChildId, CollectorId, StaffId};
use caredesk::domain::redating::Stretch;
use caredesk::rules::pass::Proof;
use caredesk::rules::{Pass, Verdict};
use caredesk::texts::Lang;
use caredesk::wording::Words;

use crate::{alone, lines, would};

/// A card as it may come over anything.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Card {
    /// Of a child who is not here: its card hangs on the rack.
    Comes,
    /// Of a child who is here: the card is with its holder.
    Goes,
    /// Of somebody on the staff.
    Staff,
    /// Reported lost.
    Lost,
    /// Of another place.
    Unknown,
    /// One of ours with a wrong digit.
    Wrong,
}

impl Card {
    const ALL: [Self; 6] = [Self::Comes, Self::Goes, Self::Staff, Self::Lost, Self::Unknown, Self::Wrong];

    fn code(self) -> &'static str {
        match self {
            Self::Comes => "381544",
            Self::Goes => "112018",
            Self::Staff => "815907",
            Self::Lost => "142757",
            Self::Unknown => "3104001122",
            Self::Wrong => "159028",
        }
    }

    /// Whether the question in front says that it takes this card.
    fn is_taken(self, takes: Option<Takes>) -> bool {
        match takes {
            // 周子墨 is asked for, and none of these is that card.
            None | Some(Takes::Own(_)) => false,
            Some(Takes::Child) => matches!(self, Self::Comes | Self::Goes),
            Some(Takes::Staff) => self == Self::Staff,
            Some(Takes::NewCard) => true,
            Some(Takes::Found) => self != Self::Staff,
            Some(Takes::Hook) => self == Self::Comes,
        }
    }
}

fn child(model: &Model, name: &str) -> ChildId {
    model.register.children().find(|c| c.name == name).unwrap().id
}

/// The place of a kind in this table: a new kind of form does not compile before it stands here.
fn place(kind: &Kind) -> usize {
    match kind {
        Kind::Leave(_) => 0,
        Kind::Note(_) => 1,
        Kind::Move(_) => 2,
        Kind::StepOut(_) => 3,
        Kind::LoseCard(_) => 4,
        Kind::NoCard(..) => 5,
        Kind::Authorise(_) => 6,
        Kind::CallBack(..) => 7,
        Kind::Duty => 8,
        Kind::BackFill => 9,
        Kind::Batch(_) => 10,
        Kind::LeftOpen(_) => 11,
        Kind::OnSite(_) => 12,
        Kind::UndoReason(_) => 13,
        Kind::NewGroup => 14,
        Kind::Members(_) => 15,
        Kind::GoOut(_) => 16,
        Kind::ComeBack(_) => 17,
        Kind::Lead(_) => 18,
        Kind::Chase(..) => 19,
        Kind::Extend => 20,
        Kind::TellLeader => 21,
        Kind::Stay { .. } => 22,
        Kind::Office(_) => 23,
        Kind::Unlock(..) => 24,
        Kind::UnlockUndo(_) => 25,
        Kind::Quit => 26,
        Kind::Hold(_) => 27,
        Kind::NotBack(_) => 28,
        Kind::Vouch(_) => 29,
        Kind::Seen(_) => 30,
        Kind::NameTaker(_) => 31,
        Kind::Redate(_) => 32,
    }
}

const KINDS: usize = 33;

fn kinds(model: &Model) -> Vec<Kind> {
    let (here, due) = (child(model, "周子墨"), child(model, "宋雅琪"));
    let pass = || Box::new(Pass::new(here, Proof::Name));
    let group = model.day.state().groups().open().next().unwrap().group.id;
    let away: GroupId = model.day.state().groups().open().find(|g| g.away.is_some()).unwrap().group.id;
    let task = || Task::Cards(cards::Task::Day(due));
    vec![
        Kind::Leave(due),
        Kind::Note(here),
        Kind::Move(here),
        Kind::StepOut(here),
        Kind::LoseCard(here),
        Kind::NoCard(here, Purpose::Home),
        Kind::NoCard(here, Purpose::Outing),
        Kind::Hold(here),
        Kind::NotBack(here),
        Kind::Vouch(pass()),
        Kind::NameTaker(vec![(*pass(), model.register.collectors(here).next().unwrap().id)]),
        Kind::Seen(here),
        Kind::Authorise(here),
        Kind::CallBack(here, None),
        Kind::Duty,
        Kind::BackFill,
        Kind::Batch("王老师".to_owned()),
        Kind::LeftOpen(pass()),
        Kind::OnSite(pass()),
        Kind::UndoReason(Seq(1)),
        Kind::NewGroup,
        Kind::Members(group),
        Kind::GoOut(None),
        Kind::GoOut(Some(group)),
        Kind::ComeBack(away),
        Kind::Lead(group),
        Kind::Chase(due, CollectorId(1), caredesk::domain::closing::Matter::Arrival),
        Kind::Extend,
        Kind::TellLeader,
        Kind::Stay { guard: true, children: vec![due] },
        Kind::Stay { guard: false, children: vec![due] },
        Kind::Office(task()),
        Kind::Office(Task::Cards(cards::Task::Count)),
        Kind::Office(Task::Cards(cards::Task::EndAll)),
        Kind::Unlock(task(), caredesk::rules::access::Right::ChangePeople),
        Kind::UnlockUndo(Seq(1)),
        Kind::Redate(vec![Stretch { from: Seq(1), to: Seq(1), first: model.now, last: model.now, before: None, after: None, end: None }]),
        Kind::Quit,
    ]
}

/// What leads to further questions of forms, to lists and to screens.
const FRONTS: &[&[&str]] = &[
    &[],
    &["."],
    &[".1"],
    &[".2"],
    &["@1700"],
    &[".3"],
    &[".3", "1"],
    &[".3", "1", "加人"],
    &[".3", "外出", "体育", "跳绳"],
    &[".3", "外出", "体育", "跳绳", "zzm", "", "丁", ""],
    &[".3", "足球", "返回", "2"],
    &[".4"],
    &[".5"],
    &[".5", "1"],
    &[".5", "1", "1"],
    &[".5", "1", "1", "书法课"],
    &[".clock 18:00", ".5", "延时"],
    &[".7"],
    &[".7", "830168"],
    &[".8"],
    &["wzh"],
    &["zzm"],
    &["syq"],
    &["zzm", "2"],
    &["zzm", "2", "2"],
    &["zzm", "2", "2", "0428"],
    &["zzm", "2", "2", "0428", "1"],
    &["zzm", "2", "2", "0428", "1", "", "丁"],
    &["zzm", "3", "1"],
    &["syq", "3", "林晓", "姑姑", "13900000099"],
    &["430315", "2"],
    &[".undo"],
    &[".backfill"],
    &[".backfill", "598728"],
    &[".batch"],
    &[".people"],
    &[".people", "1", "2468"],
    &[".people zzm", "2"],
    &[".cards"],
    &[".cards zzm"],
    &[".cards syq", "临时卡"],
    &[".rack"],
    &[".rack 4"],
    &[".found"],
    &[".found 112018"],
    &[".calendar"],
    &[".staff"],
    &[".staff 排班"],
    &[".staff", "丁"],
    &[".settings"],
    &[".quit"],
];

/// A room in which the lost card is lost, and something stands in front.
fn front(open: impl FnOnce(&mut Model), before: &[&str]) -> Model {
    let mut session = alone();
    lines(&mut session, &[".cards mhr", "挂失", "", "esc", "esc"]);
    lines(&mut session, before);
    open(&mut session.model);
    session.model.said = None;
    session.model
}

fn takes(model: &Model) -> Option<Takes> {
    let waits = matches!(model.dialog, Some(Dialog::Office(Screen::Cards(View::Found(Found::Waiting)))));
    let in_front = model.dialog.is_some() && model.keyboard() == Attention::Dialog;
    model.question().filter(|_| in_front).and_then(|q| q.takes()).or(waits.then_some(Takes::Found))
}

/// A number that nobody knows answers where words are asked for: in line mode nothing else tells them apart.
fn may_be_words(model: &Model) -> bool {
    model.question().is_some_and(|q| matches!(q.asks, Asks::Text | Asks::Named | Asks::Pin | Asks::Secret(_)))
}

fn answers(model: &Model) -> (Option<Vec<Value>>, usize) {
    if let Some(Dialog::Form(Form { values, ticked, .. })) = &model.dialog { (Some(values.clone()), ticked.len()) } else { (None, 0) }
}

/// Scans every card over what stands in front; says how many gave their verdict.
fn scan_all(model: &Model, what: &str) -> usize {
    let mut heard = 0;
    for card in Card::ALL {
        for how in [How::Scanned, How::Burst, How::Lifted] {
            let unsure = how == How::Scanned && matches!(card, Card::Unknown | Card::Wrong) && may_be_words(model);
            if card.is_taken(takes(model)) || unsure {
                continue;
            }
            let (after, effects) = would(model, card.code(), how);
            let what = format!("{card:?} {how:?} over {what}: {:?} {effects:?}", after.said);
            if how == How::Burst && matches!(card, Card::Unknown | Card::Wrong) && model.asks_secret() {
                assert_eq!((&after.said, &effects[..]), (&Some(Said::Hint(Hint::OnlyACard)), &[][..]), "{what}: it might be the secret");
                assert_eq!(answers(&after), answers(model), "{what}: the form took it");
                continue;
            }
            let said = |wanted: fn(&Verdict) -> bool| matches!(&after.said, Some(Said::Verdict { verdict, .. }) if wanted(verdict));
            match card {
                Card::Comes => {
                    let comes = child(model, "宋雅琪");
                    let arrived = |e: &Effect| matches!(e, Effect::Record { drafts, .. } if drafts.iter().any(|d| matches!(d.fact, Fact::Arrived { child, .. } if child == comes)));
                    assert!(effects.iter().any(arrived), "{what}");
                }
                Card::Goes => {
                    let goes = child(model, "赵小满");
                    assert!(after.queue.groups().iter().any(|g| g.waiting.iter().any(|w| w.pass.child == goes)), "{what}");
                }
                Card::Staff => assert!(said(|v| matches!(v, Verdict::Staff { staff } if *staff == StaffId(2))), "{what}"),
                Card::Lost => assert!(said(|v| matches!(v, Verdict::Lost { .. })), "{what}"),
                Card::Unknown => assert!(said(|v| *v == Verdict::NoCard), "{what}"),
                Card::Wrong => assert!(said(|v| *v == Verdict::BadDigit), "{what}"),
            }
            assert_eq!(answers(&after), answers(model), "{what}: the form took it");
            heard += 1;
        }
    }
    heard
}

#[test]
fn over_every_kind_of_form_a_scan_gives_its_verdict_and_is_no_answer() {
    let all = kinds(&alone().model);
    let known: std::collections::BTreeSet<usize> = all.iter().map(place).collect();
    assert_eq!(known.len(), KINDS, "every kind of form stands in the table");
    let mut heard = 0;
    for kind in all {
        let model = front(|m| m.dialog = Some(Dialog::Form(Form::new(kind.clone()))), &[]);
        heard += scan_all(&model, &format!("{kind:?}"));
    }
    assert!(heard > 250, "{heard} scans");
}

#[test]
fn over_every_list_and_screen_a_scan_gives_its_verdict() {
    let heard: usize = FRONTS.iter().map(|lines| scan_all(&front(|_| (), lines), &format!("{lines:?}"))).sum();
    assert!(heard > 450, "{heard} scans");
}

#[test]
fn after_tab_a_scan_answers_no_form_behind_the_verdict() {
    for form in [&[".batch"][..], &[".7"], &[".backfill"], &[".rack 4"]] {
        let model = front(|m| m.led_to = m.queue.focus().map(|g| g.household), &[form, &["504179"]].concat());
        assert_eq!(model.keyboard(), if model.queue.is_empty() { Attention::Dialog } else { Attention::Queue });
        if !model.queue.is_empty() {
            scan_all(&model, &format!("{form:?} behind the verdict"));
        }
    }
}

#[test]
fn a_question_says_in_both_languages_whether_it_takes_a_scan() {
    let fronts = FRONTS.iter().map(|lines| front(|_| (), lines));
    let forms = kinds(&alone().model).into_iter().map(|kind| front(|m| m.dialog = Some(Dialog::Form(Form::new(kind))), &[]));
    let enrolment = [&[".cards syq", "换卡", "2468"][..], &[".staff", "新建", "2468", "周", "1", "1", "1"], &[".staff 丁", "教职工卡", "2468"]];
    let (mut seen, mut none) = (Vec::new(), 0);
    for mut model in fronts.chain(forms).chain(enrolment.iter().map(|lines| front(|_| (), lines))) {
        let takes = takes(&model);
        for lang in [Lang::Zh, Lang::En] {
            model.lang = lang;
            let prompt = match model.question() {
                Some(question) => Words::of(&model).prompt(&question.prompt),
                None if takes.is_some() => caredesk::texts::cards::ask_found(lang),
                None => continue,
            };
            let says = prompt.split(|c: char| !c.is_alphanumeric()).any(|w| w.contains("扫卡") || w.eq_ignore_ascii_case("scan"));
            assert_eq!(says, takes.is_some(), "{prompt}");
        }
        match takes {
            Some(takes) if !seen.contains(&takes) => seen.push(takes),
            Some(_) => {}
            None => none += 1,
        }
    }
    assert!(seen.len() == 6 && none > 40, "{seen:?} {none}");
}

#[test]
fn on_the_rack_only_a_card_that_hangs_there_is_ticked() {
    let mut session = alone();
    lines(&mut session, &[".rack 5", "syq"]);
    let ticks = |model: &Model| answers(model).1;
    assert_eq!(ticks(&session.model), 5, "one hook is empty");
    let (after, effects) = would(&session.model, Card::Comes.code(), How::Scanned);
    assert!(ticks(&after) == 6 && effects.is_empty(), "{:?}", after.said);
    let (after, _) = would(&session.model, Card::Goes.code(), How::Scanned);
    assert!(ticks(&after) == 5 && after.queue.len() == 1, "{:?}", after.said);
}

#[test]
fn a_card_that_is_handed_in_is_asked_about() {
    let found = |effects: &[Effect]| {
        effects.iter().any(|e| matches!(e, Effect::Record { drafts, .. } if !drafts.iter().any(|d| matches!(d.fact, Fact::Arrived { .. }))))
    };
    for (open, card) in [(&[".found", "112018"][..], Card::Goes), (&[".found 112018"], Card::Goes), (&[".found", "142757"], Card::Lost)] {
        let model = front(|_| (), open);
        let number = CardNumber::new(card.code());
        assert!(!model.day.entries().iter().any(|e| format!("{:?}", e.fact).contains("CardFound")), "nothing is recorded before it is said");
        let question = model.question().unwrap();
        assert!(question.choices.len() == 2 && question.default().is_none(), "{question:?}");
        let asked = Words::of(&model).question(&question);
        assert!(asked.contains("1 捡到") && asked.contains("2 家长来接") && !asked.contains("赵小满"), "{asked}");
        let (_, effects) = would(&model, "", How::Scanned);
        assert!(effects.is_empty(), "no default");
        let (after, effects) = would(&model, "1", How::Scanned);
        assert!(found(&effects) && after.queue.is_empty(), "{effects:?}");
        assert_eq!(after.dialog, Some(Dialog::Office(Screen::Cards(View::Found(Found::Known(number))))));
        let (after, _) = would(&model, "2", How::Scanned);
        assert_eq!(after.dialog, None);
        match card {
            Card::Lost => assert!(matches!(after.said, Some(Said::Verdict { verdict: Verdict::Lost { .. }, .. })), "{:?}", after.said),
            _ => assert_eq!(after.queue.len(), 1, "the verdict asks who collects"),
        }
    }
}
