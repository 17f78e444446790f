//! Pictures of the screen about people: every page, every form, what it refuses; what is typed as a pass phrase shows nowhere.

use caredesk::domain::calendar::Term;
use caredesk::domain::people::{ChildId, Right, Role, Staff, StaffId};
use caredesk::domain::settings::keys::Key as SettingKey;
use caredesk::texts::{self, Lang};

use super::desk::Desk;
use super::pictures::shoot;

/// A leader's PIN before the first change.
const PIN: &str = "2468";

/// A screen: its name, and the lines that lead there. 周子墨 (zzm) is in grade 1 and here; 赵小满 (zxm) has a barred father; 宋雅琪 (syq)
/// has not come; 吴昊天 (wht) is in grade 5.
const SCENES: &[(&str, &[&str])] = &[
    ("people", &[".people"]),
    ("people_found", &[".people wzh"]),
    ("people_nobody", &[".people 孙悟空"]),
    ("people_all", &[".people", "3"]),
    ("people_all_more", &[".people", "3", "下一页"]),
    ("people_consent", &[".people 同意书"]),
    ("people_child", &[".people zzm"]),
    ("people_fields", &[".people zzm", "1"]),
    ("people_collectors", &[".people zzm", "2"]),
    ("people_days", &[".people zzm", "3"]),
    ("people_with", &[".people zzm", "4"]),
    ("people_with_found", &[".people zzm", "4", "zxm"]),
    ("people_pin", &[".people zzm", "1", "6"]),
    ("people_pin_wrong", &[".people zzm", "1", "6", "1111"]),
    ("people_field", &[".people zzm", "1", "6", PIN]),
    ("people_field_done", &[".people zzm", "1", "6", PIN, "芒果过敏"]),
    ("people_field_unchanged", &[".people zzm", "1", "6", PIN, "-"]),
    ("people_grade_wrong", &[".people zzm", "1", "2", PIN, "7"]),
    ("people_collector", &[".people zzm", "2", "1"]),
    ("people_barred_hidden", &[".people zxm", "2"]),
    ("people_barred_seen", &[".people zxm", "1", "9", PIN, "左撇子", "0", "2"]),
    ("people_bar_from", &[".people zzm", "2", "1", "不得接", PIN]),
    ("people_bar_paper", &[".people zzm", "2", "1", "不得接", PIN, "", ""]),
    ("people_bar_done", &[".people zzm", "2", "1", "不得接", PIN, "", "12-31", "(2026)民初12号"]),
    ("people_bar_new", &[".people zzm", "2", "加不得接的人", PIN, "周某", "前夫"]),
    ("people_bar_of_list", &[".people zzm", "2", "加不得接的人", PIN, "周某", "朋友", "-"]),
    ("people_phrase", &[".people zzm", "2", "1", "口令", PIN]),
    ("people_phrase_done", &[".people zzm", "2", "1", "口令", PIN, "月牙桥"]),
    ("people_looks", &[".people zzm", "2", "1", "特征", PIN, "短发，戴眼镜，灰色电动车"]),
    ("people_minor_done", &[".people zzm", "2", "2", "标为未成年", PIN, ""]),
    ("people_last_number", &[".people wht", "2", "1", "不再接", PIN, ""]),
    ("people_staff", &[".people zzm", "2", "1", "本校教职工", PIN]),
    ("people_new_collector", &[".people zzm", "2", "加接送人", PIN, "周琳", "姑姑", "13900000555"]),
    ("people_new_collector_minor", &[".people zzm", "2", "加接送人", PIN, "周婷", "姐姐", "13900000555", "未成年"]),
    ("people_young", &[".people cym", "准许自行离校", PIN, "2026-09-01"]),
    ("people_self_leave", &[".people wht", "准许自行离校", PIN]),
    ("people_self_leave_done", &[".people wht", "准许自行离校", PIN, "2026-09-01 信"]),
    ("people_withdraw", &[".people syq", "退出托管", PIN]),
    ("people_withdraw_done", &[".people syq", "退出托管", PIN, ""]),
    ("people_withdraw_here", &[".people zzm", "退出托管", PIN, ""]),
    ("people_enrol_again", &[".people syq", "退出托管", PIN, "", "重新入册", ""]),
    ("people_household", &[".people zzm", "4", "syq", "1", PIN]),
    ("people_buddy_done", &[".people zzm", "5", "syq", "1", PIN, ""]),
    ("people_term", &[".people zzm", "3", "1", PIN]),
    ("people_term_days", &[".people zzm", "3", "1", PIN, "1"]),
    ("people_term_days_wrong", &[".people zzm", "3", "1", PIN, "1", "明天"]),
    ("people_term_consent", &[".people zzm", "3", "1", PIN, "1", "一三五"]),
    ("people_always_done", &[".people zzm", "3", "1", PIN, "1", "一三五", "2"]),
    ("people_early_day", &[".people zzm", "3", "2", PIN]),
    ("people_early_time", &[".people zzm", "3", "2", PIN, "周二"]),
    ("people_early_done", &[".people zzm", "3", "2", PIN, "周二", "1710", "钢琴课"]),
    ("people_early_today", &[".people zzm", "3", "2", PIN, "周一", "1710", "钢琴课", ".people syq", "3", "2", "周一", "1730", "游泳课", "esc"]),
    ("people_add_name", &[".people", "1", PIN]),
    ("people_add_grade", &[".people", "1", PIN, "钱多多"]),
    ("people_add_class", &[".people", "1", PIN, "钱多多", "3"]),
    ("people_add_relation", &[".people", "1", PIN, "钱多多", "3", "2", "李芳"]),
    ("people_add_phone", &[".people", "1", PIN, "钱多多", "3", "2", "李芳", "1"]),
    ("people_add_phone_wrong", &[".people", "1", PIN, "钱多多", "3", "2", "李芳", "1", "12"]),
    ("people_add_phone_again", &[".people", "1", PIN, "钱多多", "3", "2", "李芳", "1", "13911112222", "-", "父亲", "139 1111 2222"]),
    ("people_add_done", &[".people", "1", PIN, "钱多多", "3", "2", "李芳", "1", "13911112222", "-", "父亲", "13911112223"]),
    ("people_add_twice", &[".people", "1", PIN, "周子墨", "1", "1"]),
    ("people_guest_done", &[".people", "2", PIN, "钱多多", "3", "-", "李芳", "1", "13911112222", "-", "父亲", "13911112223"]),
    ("people_refused", &[".people", "5"]),
    ("people_refuse_why", &[".people", "5", "1", PIN, "钱多多", "3"]),
    ("people_refused_done", &[".people", "5", "1", PIN, "钱多多", "3", "家长改了主意"]),
];

#[test]
fn every_page_and_form_about_people() {
    for (name, lines) in SCENES {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.lines(lines);
            desk.draw(width, height)
        });
    }
}

#[test]
fn a_pass_phrase_is_asked_and_shown_nowhere() {
    shoot("people_phrase_asked", |lang, width, height| {
        let mut desk = Desk::lived_in(lang);
        desk.lines(&[".people zxm", "2", "2", "口令", PIN, "月牙桥", "esc", "esc", ".clock 17:45"]);
        let zxm = desk.session.model.names.find(&desk.session.model.register, "zxm")[0];
        let card = desk.session.model.register.live_card(zxm).unwrap().number.as_str().to_owned();
        desk.lines(&[&card, "2", "1"]).press("yueya");
        let picture = desk.draw(width, height);
        assert!(picture.text.contains("> *****") && !picture.text.contains("yueya"), "{}", picture.text);
        picture
    });
}

/// The paper behind a restriction, and who is barred, are for leaders' eyes only (F031, N14).
#[test]
fn who_is_barred_and_the_paper_are_seen_only_while_a_leader_has_the_register_open() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::lived_in(lang);
        desk.lines(&[".people zzm", "2", "1", "不得接", PIN, "", "", "(2026)民初12号"]);
        let model = &desk.session.model;
        let barred = model.register.all_collectors().find(|c| c.right == Right::Barred && c.paper.is_some()).unwrap().clone();
        assert!(desk.text().contains("民初12号"), "{}", desk.text());
        desk.lines(&[".lock", ".people zzm", "2"]);
        assert!(!desk.text().contains(&barred.name) && !desk.text().contains("民初"), "{}", desk.text());
        desk.lines(&["1"]);
        assert!(!desk.text().contains(&barred.name) && !desk.text().contains("民初"), "{}", desk.text());
    }
}

/// The office keeps the register of people and sees who is barred, and never the paper behind it (F031, F167).
#[test]
fn the_office_sees_who_is_barred_and_not_the_paper() {
    for (lang, hidden) in [(Lang::Zh, texts::people::paper_hidden(Lang::Zh)), (Lang::En, texts::people::paper_hidden(Lang::En))] {
        let mut desk = Desk::lived_in(lang);
        desk.lines(&[".people zzm", "2", "1", "不得接", PIN, "", "", "(2026)民初12号"]);
        let barred = desk.session.model.register.all_collectors().find(|c| c.paper.is_some()).unwrap().name.clone();
        assert!(desk.text().contains("民初12号"), "a leader sees it: {}", desk.text());
        let office = Staff { role: Role::Office, ..desk.session.model.register.staff_member(StaffId(3)).unwrap().clone() };
        let name = office.name.clone();
        desk.session.model.register.put_staff(office);
        desk.lines(&[".lock", ".people zzm", "1", "6", &name, PIN, "芒果过敏"]);
        assert_eq!(desk.session.model.keeper(), Some(StaffId(3)), "the office opened it: {}", desk.text());
        let mut seen = false;
        for page in [&[".people zzm"][..], &["2"], &["1"], &[".people zzm", "1"]] {
            desk.lines(page);
            for (width, height) in [(80, 24), (120, 36)] {
                let text = desk.draw(width, height).text;
                assert!(!text.contains("民初"), "{page:?}: {text}");
                seen |= text.contains(&barred) && text.contains(&hidden);
            }
        }
        assert!(seen, "who is barred is seen, with a word that there is a paper");
    }
}

/// The overview counts those who may collect children that come, and nobody of a child that was withdrawn.
#[test]
fn the_overview_counts_no_collector_of_a_withdrawn_child() {
    let mut desk = Desk::lived_in(Lang::Zh);
    let may_collect = |desk: &Desk| {
        let register = &desk.session.model.register;
        let enrolled = register.children().filter(|c| c.enrolled);
        let counts = enrolled.map(|c| register.collectors(c.id).filter(|p| p.right == Right::Standing).count());
        (register.children().filter(|c| c.enrolled).count(), counts.sum::<usize>())
    };
    let (children, before) = may_collect(&desk);
    assert!(desk.lines(&[".people"]).text().contains(&texts::people::count_people(Lang::Zh, children, before)), "{}", desk.text());
    desk.lines(&[".people syq", "退出托管", PIN, "", ".people"]);
    let (children, after) = may_collect(&desk);
    assert!(after < before, "who collected 宋雅琪 is not counted any more");
    assert!(desk.text().contains(&texts::people::count_people(Lang::Zh, children, after)), "{}", desk.text());
}

fn autumn() -> Term {
    Term { name: "2026秋".into(), from: "2026-09-01".parse().unwrap(), until: "2027-01-22".parse().unwrap() }
}

#[test]
fn terms_and_capacity_stand_on_the_screen() {
    shoot("people_term_and_capacity", |lang, width, height| {
        let mut desk = Desk::lived_in(lang);
        let model = &mut desk.session.model;
        model.settings.terms = vec![autumn()];
        assert!(SettingKey::Capacity.put(&mut model.settings, "20"));
        desk.lines(&[".people"]);
        desk.draw(width, height)
    });
    let in_term: [(&str, &[&str]); 4] = [
        ("people_term_which", &[".people zzm", "3", "1", PIN]),
        ("people_term_signed_by", &[".people zzm", "3", "1", PIN, "2026秋", "一三五", "1", ""]),
        ("people_term_reference", &[".people zzm", "3", "1", PIN, "1", "", "1", "09-01", "1", "1"]),
        ("people_term_done", &[".people zzm", "3", "1", PIN, "1", "一三五", "1", "09-01", "1", "1", "TY-2026-017"]),
    ];
    for (name, lines) in in_term {
        shoot(name, |lang, width, height| {
            let mut desk = Desk::lived_in(lang);
            desk.session.model.settings.terms = vec![autumn()];
            desk.lines(lines);
            desk.draw(width, height)
        });
    }
    let mut desk = Desk::lived_in(Lang::Zh);
    assert!(SettingKey::Capacity.put(&mut desk.session.model.settings, "20"));
    desk.lines(&[".people", "1", PIN, "钱多多", "3", "2", "李芳", "1", "13911112222", "-", "父亲", "13911112223"]);
    assert!(desk.text().contains("不拒收"), "{}", desk.text());
    assert_eq!(desk.session.model.register.child(ChildId(23)).unwrap().name, "钱多多", "warned of, and taken in");
}
