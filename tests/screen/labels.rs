//! The keyboard as a door (R16): a label holds whatever somebody printed, and a reader types it. Whatever comes faster than a hand
//! is a card and nothing else; what answers was begun when its question had been in sight for a while.

use std::time::Duration;

use caredesk::desk::clock::Doubted;
use caredesk::desk::said::{Hint, Said};
use caredesk::domain::custody::Custody;
use caredesk::domain::fact::{Entry, Fact, Seq};
use caredesk::domain::trouble::Doubt;
use caredesk::shell::keys::Key;
use caredesk::texts::Lang;
use proptest::prelude::*;

use super::desk::Desk;
use super::scenes::SCENES;

/// What a label can hold between its line ends.
const PIECES: [&str; 24] = [
    "453841",
    "693691",
    "381544",
    "112018",
    "110031",
    "526014",
    "830168",
    "000000",
    "zhouzimo",
    "zzm",
    "陈一诺",
    "Zhang San",
    "uncle",
    "13912345678",
    "2468",
    "0428",
    "1725",
    "1",
    "2",
    "4",
    "9",
    ".undo",
    ".7",
    "x",
];
/// What stands behind each of them.
const ENDS: [&[Key]; 6] = [&[Key::Enter], &[Key::Enter, Key::Enter], &[Key::Enter, Key::Tab], &[Key::Tab], &[Key::Ctrl('z')], &[]];

fn keys_of(piece: &str, end: &[Key]) -> Vec<Key> {
    piece.chars().map(Key::Char).chain(end.iter().cloned()).collect()
}

fn since(desk: &Desk, head: Seq) -> Vec<Entry> {
    desk.session.model.day.entries().iter().filter(|e| e.seq > head).cloned().collect()
}

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is asked: of what no hand pressed only cards are taken. Keys follow each other within 60 ms, and within 300 ms
    /// behind a line end.
    #[test]
    fn a_label_is_a_card_and_nothing_else(
        scene in 0..SCENES.len(),
        label in proptest::collection::vec((0..PIECES.len(), 0..ENDS.len(), 0_u64..300), 1..7),
        speed in 1_u64..=60,
    ) {
        let (name, lines) = SCENES[scene];
        let mut desk = Desk::lived_in(Lang::Zh);
        desk.lines(lines);
        desk.look(ms(2000));
        let head = desk.session.model.head;
        let mut pause = 0;
        for (piece, end, rest) in &label {
            for key in keys_of(PIECES[*piece], ENDS[*end]) {
                desk.press_key(key, ms(speed.max(std::mem::take(&mut pause))));
            }
            pause = if ENDS[*end].first() == Some(&Key::Enter) { *rest } else { 0 };
        }
        let held = |number: &str| label.iter().any(|(piece, ..)| PIECES[*piece] == number);
        for entry in since(&desk, head) {
            let said = || format!("{name}: {:?} at {speed} ms gave {:?}", label.iter().map(|(p, ..)| PIECES[*p]).collect::<Vec<_>>(), entry.fact);
            match &entry.fact {
                Fact::Arrived { card, .. } => {
                    prop_assert!(card.as_ref().is_some_and(|card| held(card.as_str())), "{}", said());
                }
                // With its arrival a card goes to whoever brings the child.
                Fact::CardMoved { number, now, .. } => prop_assert!(*now == Custody::Holder && held(number.as_str()), "{}", said()),
                fact => prop_assert!(["refused", "refused_again"].contains(&fact.kind()), "{}", said()),
            }
        }
    }
}

/// By hand: 60 ms from letter to letter, and 300 ms before what answers.
fn by_hand(desk: &mut Desk, text: &str) {
    let mut first = true;
    for c in text.chars() {
        let key = if c == '⏎' { Key::Enter } else { Key::Char(c) };
        desk.press_key(key, ms(if first || c == '⏎' { 300 } else { 60 }));
        first = c == '⏎';
    }
}

#[test]
fn by_hand_everything_goes_on_as_it_did() {
    let mut desk = Desk::lived_in(Lang::Zh);
    let inside = |desk: &Desk| desk.session.model.counts().inside;
    let before = inside(&desk);
    by_hand(&mut desk, "453841⏎1⏎");
    assert_eq!(inside(&desk), before - 1, "{}", desk.text());
    by_hand(&mut desk, "159082⏎⏎");
    assert_eq!(inside(&desk), before - 2, "{}", desk.text());
    by_hand(&mut desk, ".undo⏎1⏎");
    assert_eq!(inside(&desk), before - 1, "{}", desk.text());
    let head = desk.session.model.head;
    by_hand(&mut desk, "宋雅琪⏎3⏎Zhang San⏎uncle⏎13912345678⏎⏎1⏎1⏎");
    let kinds: Vec<&str> = since(&desk, head).iter().map(|e| e.fact.kind()).collect();
    assert!(kinds.contains(&"collector_set"), "{kinds:?}\n{}", desk.text());
}

#[test]
fn two_cards_in_one_breath_are_two_cards() {
    for gap in [1, 60, 150, 299] {
        let mut desk = Desk::lived_in(Lang::Zh);
        let before = desk.session.model.counts().inside;
        desk.look(ms(2000));
        for card in ["453841", "693691", "381544"] {
            desk.look(ms(gap));
            for key in keys_of(card, &[Key::Enter]) {
                desk.press_key(key, ms(1));
            }
        }
        assert_eq!(desk.session.model.counts().inside, before + 1, "one has come");
        desk.press("⏎");
        assert_eq!(desk.session.model.counts().inside, before - 1, "{gap}: the siblings go together\n{}", desk.text());
    }
}

#[test]
fn an_answer_counts_once_its_question_was_in_sight() {
    for (wait, counts) in [(100, false), (250, false), (301, true)] {
        let mut desk = Desk::lived_in(Lang::Zh);
        let before = desk.session.model.counts().inside;
        desk.press("159082⏎");
        desk.press_key(Key::Char('1'), ms(wait));
        desk.press_key(Key::Enter, ms(150));
        assert_eq!(desk.session.model.counts().inside == before - 1, counts, "{wait}");
        assert_eq!(desk.text().contains("请看清再按"), !counts, "{}", desk.text());
    }
}

#[test]
fn what_no_frame_showed_is_not_answered() {
    let mut desk = Desk::lived_in(Lang::Zh);
    let before = desk.session.model.counts().inside;
    desk.press("15908");
    let at = std::time::Instant::now() + Duration::from_hours(1);
    for (key, after) in [(Key::Char('2'), 0), (Key::Enter, 200), (Key::Enter, 5000)] {
        desk.window.key(&mut desk.session, key, at + ms(after));
    }
    assert_eq!(desk.session.model.counts().inside, before, "the terminal took no frame meanwhile");
    desk.window.drawn(&desk.session, at + ms(5100));
    desk.window.key(&mut desk.session, Key::Enter, at + ms(5500));
    assert_eq!(desk.session.model.counts().inside, before - 1);
}

#[test]
fn a_pin_begun_at_its_question_is_hidden_and_answers_no_other() {
    // Four digits begun before the question of the clock came up, or just after.
    for (before, after) in [("24", "68"), ("", "2468")] {
        let mut desk = Desk::lived_in(Lang::Zh);
        desk.press(".7⏎").press("1⏎").press("3⏎");
        assert!(desk.session.model.asks_secret(), "{}", desk.text());
        desk.press(before);
        desk.look(ms(500));
        desk.session.model.doubted = Some(Doubted::new(Doubt::Jumped(desk.session.model.now), desk.session.model.now.plus_seconds(3600)));
        desk.look(ms(100));
        let head = desk.session.model.head;
        for c in after.chars() {
            desk.press_key(Key::Char(c), ms(90));
            assert!(!desk.session.model.asks_secret() && !desk.text().contains(&format!("> {before}{c}")), "{}", desk.text());
        }
        assert!(desk.text().contains("> ****"), "{}", desk.text());
        desk.press_key(Key::Enter, ms(90));
        assert_eq!(desk.session.model.said, Some(Said::Hint(Hint::SecretDropped)));
        assert!(desk.session.model.held.is_empty() && desk.session.model.head == head && desk.window.look(&desk.session).typed.is_empty());
    }
}
