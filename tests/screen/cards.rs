//! Pictures of the screen about cards, its forms, the count of the rack, and a card that was found.

use super::desk::Desk;
use super::pictures::shoot;

/// From the lived-in practice room at 17:40: eight cards hang on the rack; 何主任 leads.
const SCENES: &[(&str, &[&str])] = &[
    ("cards", &[".cards"]),
    ("cards_by_name", &[".cards zxm"]),
    ("cards_by_tail", &[".cards 544"]),
    ("cards_hits", &[".cards lsy"]),
    ("cards_lose", &[".cards syq", "挂失"]),
    ("cards_lost", &[".cards syq", "挂失", ""]),
    ("cards_issue_pin", &[".cards syq", "挂失", "", "发卡"]),
    ("cards_issue", &[".cards syq", "挂失", "", "发卡", "2468"]),
    ("cards_issued", &[".cards syq", "挂失", "", "发卡", "2468", ""]),
    ("cards_enrolled", &[".cards syq", "挂失", "", "发卡", "2468", "0040856634"]),
    ("cards_enrol_refused", &[".cards syq", "挂失", "", "发卡", "2468", "453842"]),
    ("cards_replaced", &[".cards zxm", "换卡", "2468", ""]),
    ("cards_day", &[".cards syq", "临时卡", ""]),
    ("cards_revive", &[".cards syq", "挂失", "", "恢复", "2468"]),
    ("cards_revived", &[".cards syq", "挂失", "", "恢复", "2468", ""]),
    ("cards_until", &[".cards", "全部到期日", "2468"]),
    ("cards_until_past", &[".cards", "全部到期日", "2468", "2026-01-01"]),
    ("cards_until_done", &[".cards", "全部到期日", "2468", "2027-01-20"]),
    ("cards_issue_all", &[".cards syq", "挂失", "", ".cards", "全部补发", "2468"]),
    ("cards_issued_all", &[".cards syq", "挂失", "", ".cards", "全部补发", "2468", ""]),
    ("rack", &[".rack"]),
    ("rack_right", &[".rack", "6"]),
    ("rack_short", &[".rack", "5"]),
    ("rack_short_wrong", &[".rack", "5", ""]),
    ("rack_short_reason", &[".rack", "5", "1", ""]),
    ("rack_short_done", &[".rack", "5", "1", "", "昨天没还"]),
    ("rack_over", &[".rack", "7"]),
    ("rack_over_done", &[".rack 7", "多一张旧卡"]),
    ("found", &[".found"]),
    ("found_why", &[".found", "381544"]),
    ("found_live", &[".found", "381544", "1"]),
    ("found_lost", &[".cards syq", "挂失", "", ".found", "381544", "1"]),
    ("found_unknown", &[".found", "3104001122"]),
    ("found_whose_pin", &[".cards syq", "挂失", "", ".found 381544", "1", "1"]),
    ("found_whose", &[".cards syq", "挂失", "", ".found 381544", "1", "1", "2468"]),
];

#[test]
fn cards_rack_and_found() {
    for (name, lines) in SCENES {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.lines(lines);
            let picture = desk.draw(width, height);
            if name.starts_with("found") && !name.ends_with("whose") {
                let box_and_panel = picture.text.lines().map(|line| line.chars().skip(38).collect::<String>()).collect::<String>();
                assert!(!box_and_panel.contains("宋雅琪"), "{name} names the child\n{}", picture.text);
            }
            picture
        });
    }
}
