//! The activity board with 500 children in 20 groups, and what the end of the day asks of 500: frames, folds, lists.
#![allow(missing_docs, clippy::unwrap_used)]

use caredesk::desk::appearance::Appearance;
use caredesk::desk::commands::Command;
use caredesk::desk::{Model, Msg, Start, update};
use caredesk::domain::activity::{Category, Group, GroupId};
use caredesk::domain::day::Day;
use caredesk::domain::fact::{Entry, Fact, GroupFact, Holder, Means, Seq};
use caredesk::domain::people::{ChildId, StaffId};
use caredesk::domain::settings::{Place, Settings};
use caredesk::domain::time::{Moment, time_of_day};
use caredesk::rules::closing;
use caredesk::shell::practice::{Plan, furnish, practice_day};
use caredesk::store::Store;
use caredesk::texts::Lang;
use caredesk::view::theme::Theme;
use caredesk::view::{Look, draw};
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

const CHILDREN: u32 = 500;
const GROUPS: u32 = 20;

fn at(text: &str) -> Moment {
    practice_day(time_of_day(text).unwrap())
}

/// Everybody has come, twenty groups of twenty-five run.
fn entries() -> (caredesk::domain::register::Register, Vec<Entry>) {
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start: at("16:25"), lived_in: false, children: Some(CHILDREN), seed: 7 }).unwrap();
    let loaded = store.load(at("16:25")).unwrap();
    let children: Vec<ChildId> = loaded.register.children().map(|c| c.id).collect();
    let arrived = children.iter().map(|child| Fact::Arrived {
        child: *child,
        card: None,
        means: Means::Name,
        holder: Holder::Nobody,
        place: Place::room(),
        despite: None,
    });
    let made = (1..=GROUPS).flat_map(|n| {
        let category = Category::ALL[n as usize % 10];
        let group = Group { id: GroupId(n), category, title: format!("小组{n}"), leader: StaffId(1), place: Place::room() };
        [GroupFact::Made { group }, GroupFact::Started { group: GroupId(n) }].map(Fact::Group)
    });
    let joined =
        (0..GROUPS).cycle().zip(&children).map(|(n, child)| Fact::Group(GroupFact::Joined { child: *child, was: None, now: Some(GroupId(n + 1)) }));
    let facts = arrived.chain(std::iter::once(Fact::SignedOn { staff: StaffId(1) })).chain(made).chain(joined);
    let when = at("16:55");
    let entry =
        |(seq, fact)| Entry { seq: Seq(seq), act: Seq(seq), day: when.date(), at: when, entered_at: when, desk: "desk".into(), staff: None, fact };
    (loaded.register, (1..).zip(facts).map(entry).collect())
}

fn model(now: &str) -> Model {
    let (register, entries) = entries();
    let mut day = Day::new(at("16:00").date(), Vec::new());
    for entry in &entries {
        day.apply(entry);
    }
    let (settings, head) = (Settings::default(), entries.last().unwrap().seq);
    let appearance = Appearance::default();
    Model::new(Start { register, day, settings, desk: "desk".into(), lang: Lang::Zh, practice: false, appearance, head, now: at(now) })
}

fn frame(model: &Model, size: (u16, u16)) -> Buffer {
    let look = Look {
        theme: Theme::of(model.appearance),
        typed: String::new(),
        secret: false,
        cursor: 0,
        page: 0,
        panel_page: 0,
        #[cfg(feature = "photo")]
        photo: None,
    };
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buf = Buffer::empty(area);
    draw(model, &look, area, &mut buf);
    buf
}

#[divan::bench(args = [(80, 24), (120, 36), (200, 60)])]
fn frame_with_the_groups(bencher: Bencher, size: (u16, u16)) {
    let model = model("17:00");
    bencher.bench_local(|| frame(&model, size));
}

#[divan::bench(args = [(80, 24), (120, 36)])]
fn frame_with_the_board_open(bencher: Bencher, size: (u16, u16)) {
    let mut model = model("17:00");
    update(&mut model, Msg::Command(Command::Board), at("17:00"));
    bencher.bench_local(|| frame(&model, size));
}

#[divan::bench(args = [(80, 24), (120, 36)])]
fn frame_with_the_pictures(bencher: Bencher, size: (u16, u16)) {
    let mut model = model("17:00");
    update(&mut model, Msg::Command(Command::Log), at("17:00"));
    bencher.bench_local(|| frame(&model, size));
}

#[divan::bench(args = [(80, 24), (120, 36)])]
fn frame_with_who_is_left(bencher: Bencher, size: (u16, u16)) {
    let model = model("17:55");
    bencher.bench_local(|| frame(&model, size));
}

#[divan::bench]
fn fold_a_day_with_groups(bencher: Bencher) {
    let entries = entries().1;
    bencher.bench_local(|| {
        let mut day = Day::new(at("16:00").date(), Vec::new());
        for entry in &entries {
            day.apply(entry);
        }
        day
    });
}

#[divan::bench]
fn whom_to_call(bencher: Bencher) {
    let model = model("18:05");
    bencher.bench_local(|| closing::to_call(model.room(), model.now));
}

#[divan::bench]
fn a_tick(bencher: Bencher) {
    let mut model = model("17:55");
    let mut now = model.now;
    bencher.bench_local(move || {
        now = now.plus_seconds(1);
        update(&mut model, Msg::Tick, now)
    });
}

/// What every frame, and the first key of a line, costs more: what stands in front, so that nothing answers it unseen.
#[divan::bench(args = ["", ".4", ".5", ".undo"])]
fn what_stands_in_front(bencher: Bencher, line: &str) {
    let mut model = model("17:00");
    update(&mut model, Msg::Line { text: line.to_owned(), how: caredesk::desk::How::Scanned }, at("17:00"));
    bencher.bench_local(|| model.standing());
}
