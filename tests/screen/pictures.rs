//! Pictures of every screen, form and verdict, in both languages, at 80×24 and 120×36, with styles.

use std::fmt::Write as _;
use std::path::Path;

use caredesk::desk::appearance::{Appearance, Colours};
use caredesk::desk::clock::Doubted;
use caredesk::desk::record::Job;
use caredesk::desk::said::Said;
use caredesk::desk::unrecorded::{Cause, Unrecorded};
use caredesk::desk::welcome::{Found, Stage, Welcome};
use caredesk::domain::card::CardNumber;
use caredesk::domain::fact::{Doubt, Fact, Means, Taker};
use caredesk::domain::people::{ChildId, StaffId};
use caredesk::domain::settings::Place;
use caredesk::domain::trouble::Doubt as Trouble;
use caredesk::rules::pass::Proof;
use caredesk::rules::{Act, Pass, Request, Verdict};
use caredesk::shell::keys::Key;
use caredesk::texts::Lang;
use caredesk::view::theme::Theme;
use caredesk::view::welcome;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::desk::{Desk, Picture};
use super::scenes::SCENES;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];
const LANGS: [(&str, Lang); 2] = [("zh", Lang::Zh), ("en", Lang::En)];

/// One snapshot holds a scene in both languages and sizes.
pub fn shoot(name: &str, picture: impl Fn(Lang, u16, u16) -> Picture) {
    let mut all = String::new();
    for (word, lang) in LANGS {
        for (width, height) in SIZES {
            let Picture { text, styles } = picture(lang, width, height);
            write!(all, "== {word} {width}x{height}\n{text}-- styles\n{styles}").unwrap();
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screen/pictures"));
    settings.bind(|| insta::assert_snapshot!(name, all));
}

#[test]
fn every_screen_and_form() {
    for (name, lines) in SCENES {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.lines(lines);
            desk.draw(width, height)
        });
    }
}

/// Every verdict. The match has no wildcard: a new verdict breaks the build until it has a picture.
fn verdicts(desk: &Desk) -> Vec<(&'static str, Verdict)> {
    let model = &desk.session.model;
    let at = model.now;
    let collector = model.register.collectors(ChildId(1)).next().unwrap().id;
    let taker = Taker::Collector(collector);
    let list = vec![
        Verdict::InOk,
        Verdict::InAlready { at },
        Verdict::Back,
        Verdict::InAlert,
        Verdict::Out,
        Verdict::MayStepOut,
        Verdict::BackBy { taker: collector, past: false },
        Verdict::SteppedOut { taker: collector, back_by: at.plus_seconds(1800).time() },
        Verdict::OutAlone,
        Verdict::OutOk { taker, at },
        Verdict::Sibling,
        Verdict::Repeat { taker, at, returned: true },
        Verdict::Early,
        Verdict::Late { minutes: 34 },
        Verdict::Elsewhere { place: Place::new("field"), called: None },
        Verdict::Missing { since: at, place: Place::new("field") },
        Verdict::Who,
        Verdict::WhoCall { collector },
        Verdict::Unnamed { collector },
        Verdict::Phrase { collector },
        Verdict::Hold,
        Verdict::Doubt(Doubt::OnLeave),
        Verdict::LeftOpen { since: at.date() },
        Verdict::TypedSchoolCard,
        Verdict::NobodyOnDuty,
        Verdict::Ambiguous,
        Verdict::Staff { staff: StaffId(1) },
        Verdict::BadDigit,
        Verdict::NoCard,
        Verdict::Lost { at },
        Verdict::Replaced,
        Verdict::Expired,
        Verdict::NotRecorded,
        Verdict::Doubt(Doubt::NotToday),
        Verdict::Doubt(Doubt::NoConsent),
    ];
    let name = |verdict: &Verdict| match verdict {
        Verdict::InOk => "verdict_in_ok",
        Verdict::InAlready { .. } => "verdict_in_already",
        Verdict::Back => "verdict_back",
        Verdict::InAlert => "verdict_in_alert",
        Verdict::Out => "verdict_out",
        Verdict::MayStepOut => "verdict_may_step_out",
        Verdict::BackBy { .. } => "verdict_back_by",
        Verdict::SteppedOut { .. } => "verdict_stepped_out",
        Verdict::OutAlone => "verdict_out_alone",
        Verdict::OutOk { .. } => "verdict_out_ok",
        Verdict::Sibling => "verdict_sibling",
        Verdict::Repeat { .. } => "verdict_repeat",
        Verdict::Early => "verdict_early",
        Verdict::Late { .. } => "verdict_late",
        Verdict::Elsewhere { .. } => "verdict_elsewhere",
        Verdict::Missing { .. } => "verdict_missing",
        Verdict::Who => "verdict_who",
        Verdict::WhoCall { .. } => "verdict_who_call",
        Verdict::Unnamed { .. } => "verdict_unnamed",
        Verdict::Phrase { .. } => "verdict_phrase",
        Verdict::Hold => "verdict_hold",
        Verdict::Doubt(Doubt::OnLeave) => "verdict_on_leave",
        Verdict::Doubt(Doubt::NotToday) => "verdict_not_today",
        Verdict::Doubt(Doubt::NoConsent) => "verdict_no_consent",
        Verdict::LeftOpen { .. } => "verdict_left_open",
        Verdict::TypedSchoolCard => "verdict_typed_school_card",
        Verdict::NobodyOnDuty => "verdict_nobody_on_duty",
        Verdict::Ambiguous => "verdict_ambiguous",
        Verdict::Staff { .. } => "verdict_staff",
        Verdict::BadDigit => "verdict_bad_digit",
        Verdict::NoCard => "verdict_no_card",
        Verdict::Lost { .. } => "verdict_lost",
        Verdict::Replaced => "verdict_replaced",
        Verdict::Expired => "verdict_expired",
        Verdict::NotRecorded => "verdict_not_recorded",
    };
    list.into_iter().map(|v| (name(&v), v)).collect()
}

#[test]
fn every_verdict() {
    let names: Vec<&str> = verdicts(&Desk::lived_in(Lang::Zh)).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 35);
    for (index, name) in names.into_iter().enumerate() {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            let (_, verdict) = verdicts(&desk).swap_remove(index);
            let model = &mut desk.session.model;
            let child = ChildId(1);
            if verdict.waits() {
                let household = model.register.child(child).unwrap().household;
                let proof = Proof::Card { number: CardNumber::new("453841"), means: Means::Scanned, own: true };
                model.queue.put(household, Pass::new(child, proof), verdict.clone(), model.now);
            }
            let children = if verdict.names_child() { vec![(child, verdict.clone())] } else { Vec::new() };
            model.said = Some(Said::Verdict { children, verdict });
            desk.draw(width, height)
        });
    }
}

#[test]
fn what_is_half_typed() {
    for (name, typed) in
        [("typed_initials", "wzh"), ("typed_characters", "陈一"), ("typed_dot", "."), ("typed_command", ".ba"), ("typed_number", "4538")]
    {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.press(typed);
            desk.draw(width, height)
        });
    }
    shoot("typed_pin", |lang, width, height| {
        let mut desk = Desk::lived_in(lang);
        desk.lines(&[".7", "830168"]).press("2468");
        let picture = desk.draw(width, height);
        assert!(picture.text.contains("> ****") && !picture.text.contains("2468"));
        picture
    });
    shoot("marked_choice", |lang, width, height| {
        let mut desk = Desk::lived_in(lang);
        desk.lines(&["zxm"]).key(Key::Down).key(Key::Down);
        desk.draw(width, height)
    });
    shoot("help_second_page", |lang, width, height| {
        let mut desk = Desk::lived_in(lang);
        desk.key(Key::F(1)).key(Key::PageDown);
        desk.draw(width, height)
    });
    shoot("roster_second_page", |lang, width, height| {
        let mut desk = Desk::lived_in(lang);
        desk.key(Key::PageDown);
        desk.draw(width, height)
    });
}

/// What cannot be dated, or be recorded: the question, who waits, and the list.
#[test]
fn what_waits_for_the_clock_or_the_store() {
    let doubted = |lang| {
        let mut desk = Desk::lived_in(lang);
        let (now, wall) = (desk.session.model.now, desk.session.model.now.plus_seconds(365 * 86_400));
        desk.session.model.doubted = Some(Doubted::new(Trouble::Jumped(now), wall));
        desk
    };
    shoot("clock_doubted", |lang, width, height| {
        let mut desk = doubted(lang);
        desk.lines(&["381544", "453841", "159082"]);
        desk.draw(width, height)
    });
    let unrecorded = |lang| {
        let mut desk = doubted(lang);
        let model = &mut desk.session.model;
        for (n, child) in (1..=12).zip(model.register.children().map(|c| c.id).collect::<Vec<_>>()) {
            let act = Act::Note { child, text: format!("{n}") };
            let draft = Fact::NoteLeft { child, text: format!("{n}") }.into();
            let job = Job { since: Some(model.now), ..Job::new(Request::Act(act), vec![draft]) };
            model.unrecorded.push(Unrecorded { job, at: model.now, cause: Cause::Full });
        }
        model.doubted = None;
        desk
    };
    shoot("unrecorded_list", |lang, width, height| {
        let mut desk = unrecorded(lang);
        desk.lines(&[".unrecorded"]);
        desk.draw(width, height)
    });
    shoot("unrecorded_of_another_day", |lang, width, height| {
        let mut desk = unrecorded(lang);
        desk.session.model.unrecorded[0].at = desk.session.model.now.plus_seconds(-86_400);
        desk.lines(&[".unrecorded", "1"]);
        desk.draw(width, height)
    });
}

#[test]
fn the_guided_round() {
    let steps: [(&str, &[&str]); 5] = [
        ("guide_take_in", &[]),
        ("guide_release", &["381544"]),
        ("guide_take_back", &["381544", "159082", ""]),
        ("guide_find", &["381544", "159082", "", ".undo", "1"]),
        ("guide_done", &["381544", "159082", "", ".undo", "1", "wzh", "1"]),
    ];
    for (name, lines) in steps {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.session.model.begin_guide();
            desk.lines(lines);
            desk.draw(width, height)
        });
    }
    shoot("guide_sign_on", |lang, width, height| {
        let mut desk = Desk::of(lang, "16:00", false);
        desk.session.model.begin_guide();
        desk.draw(width, height)
    });
}

#[test]
fn every_theme() {
    for colours in Colours::ALL {
        for ascii in [false, true] {
            let name = format!("theme_{}{}", colours.word(), if ascii { "_ascii" } else { "" });
            shoot(&name, |lang, width, height| {
                let mut desk = Desk::lived_in(lang);
                desk.session.model.appearance = Appearance { colours, ascii };
                desk.lines(&["112018", "159028"]);
                let picture = desk.draw(width, height);
                assert!(!ascii || !picture.text.contains(['│', '─', '⏎', '·', '█']), "{}", picture.text);
                picture
            });
        }
    }
}

#[test]
fn the_first_start() {
    let stages: [(&str, Stage, Option<&str>, &str); 7] = [
        ("welcome", Stage::Choose, None, ""),
        ("welcome_wrong", Stage::Choose, Some("请输入 1 或 2"), "4"),
        ("welcome_file", Stage::File, None, "/home/desk/名册.xlsx"),
        ("welcome_reading", Stage::Reading { percent: 42 }, None, ""),
        ("welcome_preview", Stage::Preview { lines: (1..60).map(|n| format!("+ 陈一诺{n} 四(1)班")).collect(), found: Found::Good }, None, ""),
        ("welcome_refused", Stage::Preview { lines: vec!["x 第 2 行：没有姓名".to_owned()], found: Found::Refused }, None, ""),
        (
            "welcome_digits",
            Stage::Preview {
                lines: vec!["! 名册.xlsx 第 9 行第 15 列（O9）：卡号存成了数字，前面的 0 可能丢失".to_owned()],
                found: Found::WantsDigits,
            },
            None,
            "10",
        ),
    ];
    for (name, stage, error, typed) in stages {
        shoot(name, |lang, width, height| {
            let mut start = Welcome::new(lang, "/var/lib/caredesk".to_owned());
            start.stage = stage.clone();
            start.error = error.map(str::to_owned);
            let area = Rect::new(0, 0, width, height);
            let mut buf = Buffer::empty(area);
            let theme = Theme::of(Appearance::default());
            let cursor = welcome::draw(&start, &theme, typed, typed.chars().count(), area, &mut buf);
            Picture::of(&buf, cursor, &theme)
        });
    }
}
