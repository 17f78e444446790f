//! What the desk shows to whom: phone numbers, names of who must not collect, notes, a leader's PIN that still holds. On the
//! screen in both languages and sizes, and in line mode.

use caredesk::desk::office::{Screen, people::View};
use caredesk::desk::{Dialog, Msg};
use caredesk::domain::people::ChildId;
use caredesk::shell::keys::Key;
use caredesk::shell::line;
use caredesk::texts::Lang;

use super::desk::Desk;

/// Every way to ask for numbers: the lines that lead there from the lived-in room, and about which child it is.
const ASKED: &[(&str, &[&str])] = &[
    ("宋雅琪", &[".4", "1"]),
    ("宋雅琪", &[".5", "1"]),
    ("周子墨", &["zzm", "2", "2", "0428", "1"]),
    ("宋雅琪", &["syq", "3", "林晓", "姑姑", "13900000099", "", "1"]),
    ("周子墨", &["110031", "2"]),
    ("周子墨", &["zzm", ".5"]),
];

/// What never shows a number by itself.
const COVERED: &[&[&str]] =
    &[&[], &[".4"], &[".5"], &[".clock 17:50"], &[".clock 18:00"], &[".clock 18:00", ".5"], &["zzm"], &["110031"], &[".people zzm", "2"]];

/// The screen in both sizes, and what line mode says, as one text without line ends.
fn all(desk: &mut Desk) -> String {
    let frames = [(80, 24), (140, 45)].map(|(w, h)| desk.draw(w, h).text);
    let answer = line::Answer::of(&mut desk.session);
    let json = serde_json::to_value(&answer).unwrap();
    format!("{}\n{}\n{json}", frames[0], frames[1])
}

fn clock(desk: &mut Desk, seconds: i64) {
    let to = desk.session.model.now.plus_seconds(seconds);
    assert!(caredesk::desk::update(&mut desk.session.model, Msg::Tick, to).is_empty());
}

fn child(desk: &Desk, name: &str) -> ChildId {
    desk.session.model.register.children().find(|c| c.name == name).unwrap().id
}

fn phones(desk: &Desk, of: Option<ChildId>) -> Vec<String> {
    let all = desk.session.model.register.all_collectors();
    all.filter(|c| of.is_none_or(|child| c.child == child)).filter_map(|c| c.phone.clone()).filter(|p| p.len() == 11).collect()
}

#[test]
fn a_number_stands_in_full_for_half_a_minute_once_it_is_asked_for() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, lines) in ASKED {
            let mut desk = Desk::lived_in(lang);
            let child = child(&desk, name);
            let own = phones(&desk, Some(child));
            let others: Vec<String> = phones(&desk, None).into_iter().filter(|p| !own.contains(p)).collect();
            desk.lines(&lines[..lines.len() - 1]);
            let before = all(&mut desk);
            assert!(!own.iter().any(|p| before.contains(p)), "{lines:?}: before it is asked for\n{before}");
            desk.lines(&lines[lines.len() - 1..]);
            let shown = all(&mut desk);
            assert!(own.iter().any(|p| shown.contains(p)), "{lines:?}: asked for\n{shown}");
            assert!(!others.iter().any(|p| shown.contains(p)), "{lines:?}: nobody else's");
            clock(&mut desk, 29);
            assert!(own.iter().any(|p| all(&mut desk).contains(p)), "{lines:?}: for half a minute");
            assert!(desk.session.model.next_deadline().is_some_and(|at| at.ms <= desk.session.model.now.ms + 1_500), "the screen is drawn anew then");
            clock(&mut desk, 2);
            let after = all(&mut desk);
            assert!(!own.iter().any(|p| after.contains(p)), "{lines:?}: and is covered again\n{after}");
        }
    }
}

#[test]
fn nothing_shows_a_number_by_itself() {
    for lang in [Lang::Zh, Lang::En] {
        for lines in COVERED {
            let mut desk = Desk::lived_in(lang);
            desk.lines(lines);
            let text = all(&mut desk);
            for phone in phones(&desk, None) {
                assert!(!text.contains(&phone), "{lines:?}: {phone}\n{text}");
            }
        }
        let mut desk = Desk::lived_in(lang);
        desk.lines(&[".4"]);
        let tails: Vec<String> =
            phones(&desk, Some(child(&desk, "宋雅琪"))).iter().map(|p| format!("…{}", p.chars().skip(7).collect::<String>())).collect();
        let text = all(&mut desk);
        assert!(tails.iter().all(|tail| text.contains(tail)), "by its last four digits: {tails:?}\n{text}");
        // Under one another.
        let frame = desk.text();
        let panel = |line: &str| line.split('│').nth(1).unwrap_or_default().to_owned();
        let columns: Vec<usize> = tails
            .iter()
            .map(|t| frame.lines().map(panel).find(|l| l.contains(t)).unwrap())
            .map(|l| l.chars().position(|c| c == '…').unwrap())
            .collect();
        assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{columns:?}\n{frame}");
    }
}

/// 周子墨's mother is barred, then the register is locked, or the time is over: nothing names her any more.
#[test]
fn nobody_who_is_barred_is_named_once_the_register_is_closed() {
    let looks: [&[&str]; 8] = [
        &[".undo"],
        &[".undo", "1", "崔"],
        &[".people zzm", "2"],
        &[".people zzm", "2", "1"],
        &["zzm"],
        &["110031", "?"],
        &["zzm", ".5"],
        &[".people zzm", "2", "1", "允许接"],
    ];
    for (lang, by_lock) in [(Lang::Zh, true), (Lang::Zh, false), (Lang::En, true)] {
        for lines in looks {
            let mut desk = Desk::lived_in(lang);
            let child = child(&desk, "周子墨");
            let mother = desk.session.model.register.collectors(child).next().unwrap().clone();
            desk.lines(&[".people zzm", "2", "1", "不得接", "2468", "", "12-31", "文书"]);
            assert_eq!(desk.session.model.dialog, Some(Dialog::Office(Screen::People(View::Collector(mother.id)))));
            assert!(all(&mut desk).contains(&mother.name), "while the leader's PIN holds she is named");
            if by_lock {
                desk.lines(&["esc", ".lock"]);
            } else {
                clock(&mut desk, 301);
                desk.key(Key::Esc);
            }
            desk.session.model.lang = lang;
            let mut said = all(&mut desk);
            for line in lines {
                desk.lines(&[line]);
                said.push_str(&all(&mut desk));
            }
            assert!(!said.contains(&mother.name), "{lines:?}: {said}");
            if lines == [".undo"] {
                assert!(said.contains(lang.pick("接送名单已更改", "list of collectors changed")), "{said}");
            }
        }
    }
}

#[test]
fn the_header_says_how_long_a_leaders_pin_still_holds() {
    for lang in [Lang::Zh, Lang::En] {
        for ascii in [false, true] {
            let mut desk = Desk::lived_in(lang);
            desk.session.model.appearance.ascii = ascii;
            desk.session.model.appearance.colours = caredesk::desk::appearance::Colours::None;
            let said = |n: i64| lang.pick("组长 PIN 有效 # 分", "leader's PIN # min").replace('#', &n.to_string());
            let header = |desk: &Desk, columns| desk.draw(columns, 24).text.lines().take(2).collect::<String>();
            assert!(!header(&desk, 80).contains("PIN"));
            desk.lines(&[".people zzm", "1", "6", "2468"]);
            for (seconds, minutes) in [(0, 5), (59, 5), (2, 4), (120, 2), (118, 1)] {
                clock(&mut desk, seconds);
                for columns in [80, 140] {
                    assert!(header(&desk, columns).contains(&said(minutes)), "{minutes}: {}", header(&desk, columns));
                }
                let json = serde_json::to_value(line::Answer::of(&mut desk.session)).unwrap();
                assert_eq!(json["open_minutes"], minutes);
            }
            assert!(desk.session.model.next_deadline().is_some_and(|at| at.ms <= desk.session.model.now.ms + 1_500));
            clock(&mut desk, 2);
            assert!(!header(&desk, 80).contains("PIN"), "{}", header(&desk, 80));
            let json = serde_json::to_value(line::Answer::of(&mut desk.session)).unwrap();
            assert!(json.get("open_minutes").is_none(), "{json}");
            desk.lines(&["esc", ".people zzm", "1", "6", "2468", "esc", ".lock"]);
            assert!(!header(&desk, 80).contains("PIN"), "{}", header(&desk, 80));
        }
    }
}

/// Hands type the PIN by habit where it is not asked for any more: digits are asked about, and shown and stored nowhere.
#[test]
fn a_pin_typed_by_habit_is_no_answer() {
    // The register is opened, then a form asks for a text first.
    let open = [".people zzm", "1", "6", "2468", "-", "esc"];
    // A PIN for what only a leader may, just now.
    let alone = [".staff 韩", "工作量", "2468", "60", "esc"];
    let forms: [(&[&str], &str); 5] = [
        (&[".cards zzm", "2"], ""),
        (&[".staff", "添加"], "姓名"),
        (&[".people zzm", "1", "6"], ""),
        (&[".people zzm", "2", "加接送人"], ""),
        (&[".staff 韩", "电话"], "电话"),
    ];
    for (lines, field) in forms {
        for typed in ["2468", "572406", "135790135790"] {
            let mut desk = Desk::lived_in(Lang::Zh);
            desk.lines(if lines[0].starts_with(".staff") { &alone } else { &open[..] }).lines(lines);
            let head = desk.session.model.head;
            desk.press(&format!("{typed}⏎"));
            let text = all(&mut desk);
            assert!(text.contains("这像是 PIN") && text.contains(field), "{lines:?} {typed}: {text}");
            assert!(!text.contains(typed), "{lines:?}: shown nowhere: {text}");
            assert_eq!(desk.session.model.head, head, "{lines:?}: stored nowhere");
            // Enter alone forgets it; the question stands again, and a longer text is an answer at once.
            desk.press("⏎");
            let again = all(&mut desk);
            assert!(!again.contains("这像是 PIN") && !again.contains(typed), "{lines:?}: {again}");
            assert_eq!(desk.session.model.head, head);
            desk.lines(&["esc", "esc"]);
            assert!(!all(&mut desk).contains(typed));
        }
    }
    // Who says that it is none is believed.
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&open).lines(&[".people zzm", "1", "6"]).press("2468⏎").press("2⏎");
    assert_eq!(desk.session.model.register.child(child(&desk, "周子墨")).unwrap().health.as_deref(), Some("2468"));
    // Where the PIN was just asked for, digits are an answer.
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&[".people zzm", "1", "6", "2468"]).press("2468⏎");
    assert_eq!(desk.session.model.register.child(child(&desk, "周子墨")).unwrap().health.as_deref(), Some("2468"));
}

/// Today's note stays while the child is in front; about a restricted child it is read behind `?`, by name and by card.
#[test]
fn todays_note_stands_while_the_child_is_in_front() {
    for lang in [Lang::Zh, Lang::En] {
        let note = "今天姥姥来接";
        for (name, card, hidden) in [("zzm", "110031", false), ("zxm", "112018", true)] {
            let mut desk = Desk::lived_in(lang);
            desk.lines(&[name, "备注", note]);
            assert!(!hidden || !all(&mut desk).contains(note), "what was entered is not read out");
            for front in [name, card] {
                desk.lines(&["esc", "esc", front]);
                // Other things happen meanwhile.
                for _ in 0..30 {
                    desk.session.model.notices.push((desk.session.model.now, caredesk::desk::said::Notice::ReaderSilent));
                }
                let frames = [(80, 24), (140, 45)].map(|(w, h)| desk.draw(w, h).text);
                for frame in &frames {
                    assert_eq!(frame.contains(note), !hidden, "{front}: {frame}");
                    assert!(!hidden || frame.contains(lang.pick("有备注，按 ? 看", "there is a note: ? shows it")), "{front}: {frame}");
                }
                desk.lines(&["?"]);
                assert!(all(&mut desk).contains(note), "{front}: {}", all(&mut desk));
            }
        }
    }
}

/// A leader who is locked out, at the desk: by the code a new PIN; the code is shown once, and never again.
#[test]
fn a_leader_comes_back_by_the_code_at_the_desk() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&[".staff 何主任", "做恢复码", "2468"]);
    assert!(all(&mut desk).contains("旧的作废"), "{}", all(&mut desk));
    desk.lines(&[""]);
    let answer = serde_json::to_value(line::Answer::of(&mut desk.session)).unwrap();
    let said = answer["say"].as_str().unwrap().to_owned();
    let code = said.split(' ').find(|w| w.len() == 19 && w.matches('-').count() == 3).unwrap_or_else(|| panic!("{said}")).to_owned();
    assert!(desk.text().contains(&code) && said.contains("只显示这一次"), "{}", desk.text());
    assert_eq!(desk.session.model.register.all_recovery().count(), 1);
    desk.lines(&["esc", ".lock"]);
    assert!(!all(&mut desk).contains(&code), "once");
    // Five wrong PINs: paused, and the way out is named.
    desk.lines(&[".staff 何主任", "电话", "1111", "1111", "1111", "1111", "1111"]);
    assert!(all(&mut desk).contains("用恢复码设新 PIN"), "{}", all(&mut desk));
    desk.lines(&["esc", "esc", ".staff 何主任", "用恢复码", "0000-0000-0000-0000"]);
    assert!(all(&mut desk).contains("恢复码不对"), "{}", all(&mut desk));
    let typed = code.to_lowercase();
    desk.press(&format!("{typed}⏎"));
    assert!(!all(&mut desk).contains(&typed) && !all(&mut desk).contains(&code), "typed unseen");
    desk.lines(&["111111"]);
    assert!(all(&mut desk).contains("连号"), "{}", all(&mut desk));
    desk.lines(&["135790", "135790"]);
    assert!(all(&mut desk).contains("已用恢复码设了新 PIN"), "{}", all(&mut desk));
    assert_eq!((desk.session.model.register.all_recovery().count(), desk.session.model.register.all_pin_tries().count()), (0, 0));
    desk.lines(&["esc", ".staff 何主任", "电话", "135790"]);
    assert!(desk.session.model.keeper().is_some(), "the new PIN opens the register: {}", all(&mut desk));
    // Not shown for ever where nobody types, and another code is another one.
    desk.lines(&["esc", "esc", ".staff 何主任", "做恢复码", ""]);
    let shown = desk.text();
    assert!(shown.contains("的恢复码") && !shown.contains(&code), "{shown}");
    clock(&mut desk, 121);
    assert!(!desk.text().contains("只显示这一次"), "{}", desk.text());
}
