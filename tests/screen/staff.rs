//! The screen about staff: list, person, forms, refusals, duty plan; in both languages and sizes.

use caredesk::desk::Dialog;
use caredesk::desk::question::Takes;
use caredesk::domain::fact::Fact;
use caredesk::domain::people::{Role, Staff, StaffId};
use caredesk::texts::Lang;

use super::desk::Desk;
use super::pictures::shoot;

const ADD: [&str; 3] = [".staff", "添加", "2468"];

/// What stands on the screen, by the lines that lead there from the lived-in practice room.
fn scenes() -> Vec<(&'static str, Vec<&'static str>)> {
    let add = |more: &[&'static str]| ADD.into_iter().chain(more.iter().copied()).collect();
    let plan = |more: &[&'static str]| [".staff 排班", "1", "1", "2468"].into_iter().chain(more.iter().copied()).collect();
    vec![
        ("staff_list", vec![".staff"]),
        ("staff_nobody", vec![".staff 火星"]),
        ("staff_one", vec![".staff 方"]),
        ("staff_one_expired", vec![".staff", "许"]),
        ("staff_one_parent", vec![".staff 孙嘉禾的母亲"]),
        ("staff_unlock", vec![".staff", "添加"]),
        ("staff_add_name", add(&[])),
        ("staff_add_name_taken", add(&["方"])),
        ("staff_add_role", add(&["彭"])),
        ("staff_add_capacity", add(&["彭", "1"])),
        ("staff_add_card", add(&["彭", "1", "体育教练"])),
        ("staff_add_card_digit", add(&["彭", "1", "体育教练", "397727"])),
        ("staff_add_pin", add(&["彭", "1", "体育教练", ""])),
        ("staff_add_pin_weak", add(&["彭", "1", "体育教练", "", "12"])),
        ("staff_add_pin_again", add(&["彭", "1", "体育教练", "", "1357"])),
        ("staff_add_pin_differs", add(&["彭", "1", "体育教练", "", "1357", "1358"])),
        ("staff_added", add(&["彭", "1", "体育教练", "", "1357", "1357"])),
        ("staff_role", vec![".staff 韩", "角色", "2468"]),
        ("staff_role_leader_pin", vec![".staff 韩", "角色", "2468", "2"]),
        ("staff_employment", vec![".staff 孙嘉禾的母亲", "聘用", "2468"]),
        ("staff_left_parent", vec![".staff 孙嘉禾的母亲", "聘用", "2468", "3"]),
        ("staff_paper_name", vec![".staff 崔", "加证件", "2468"]),
        ("staff_paper_until", vec![".staff 崔", "加证件", "2468", "1"]),
        ("staff_paper_until_wrong", vec![".staff 崔", "加证件", "2468", "1", "明年"]),
        ("staff_renew", vec![".staff 许", "续期", "2468", "1"]),
        ("staff_renewed", vec![".staff 许", "续期", "2468", "1", "20270831"]),
        ("staff_vetting", vec![".staff 崔", "核查", "2468"]),
        ("staff_vetted_on", vec![".staff 崔", "核查", "2468", "1"]),
        ("staff_barred_leads", vec![".staff 崔", "核查", "2468", "2"]),
        ("staff_barred_off_duty", vec![".staff 许", "核查", "2468", "2"]),
        ("staff_load", vec![".staff 韩", "工作量", "2468"]),
        ("staff_phone_shown", vec![".staff 韩", "电话", "2468", "13900000077"]),
        ("staff_retire", vec![".staff 韩", "停用", "2468"]),
        ("staff_retired", vec![".staff 韩", "停用", "2468", ""]),
        ("staff_undo", vec![".staff 韩", "工作量", "2468", "60", "esc", ".undo"]),
        ("staff_undone", vec![".staff 韩", "停用", "2468", "", "esc", ".undo", "1"]),
        ("staff_undo_rests", vec![".staff 韩", "工作量", "2468", "60", "esc", ".7", "韩", "2468", ".undo", "1", "2468"]),
        ("staff_last_leader", vec![".staff 何主任", "停用", "2468", ""]),
        ("staff_week", vec![".staff 排班"]),
        ("staff_day", vec![".staff 排班", "1"]),
        ("staff_planned", plan(&[])),
        ("staff_planned_by_name", plan(&["崔"])),
        ("staff_plan_refused", plan(&["许"])),
        ("staff_substitute", plan(&["换人"])),
        ("staff_substitute_by", plan(&["换人", "1"])),
        ("staff_substituted", plan(&["换人", "1", "1"])),
        ("staff_week_planned", plan(&["崔", "看整周"])),
        ("staff_duty_refused", vec![".7", "397726", "2468"]),
        ("staff_not_planned", plan(&["esc", ".7", "830168", "2468"])),
    ]
}

#[test]
fn every_screen_about_staff() {
    for (name, lines) in scenes() {
        // One desk for both sizes: a PIN takes its time.
        let desks = [Lang::Zh, Lang::En].map(|lang| {
            let mut desk = Desk::lived_in(lang);
            desk.lines(&lines);
            desk
        });
        shoot(name, |lang, width, height| {
            let desk = if lang == Lang::Zh { &desks[0] } else { &desks[1] };
            let picture = desk.draw(width, height);
            assert!(!picture.text.contains("argon2"), "{name}: no hash on the screen");
            assert!(!picture.text.contains("2468") && !picture.text.contains("1357"), "{name}: no PIN on the screen");
            picture
        });
    }
}

#[test]
fn a_scan_lands_over_every_screen_about_staff() {
    for (name, lines) in scenes() {
        let mut desk = Desk::lived_in(Lang::Zh);
        desk.lines(&lines);
        let before = desk.session.model.counts().inside;
        // A card that is being enrolled is the one that the question asks for.
        let arrives = usize::from(desk.session.model.question().and_then(|q| q.takes()) != Some(Takes::NewCard));
        desk.scan("381544");
        assert_eq!(desk.session.model.counts().inside, before + arrives, "{name}");
    }
}

/// A change of the staff wants a leader to take it back: what the office may open is not enough (F167).
#[test]
fn the_office_takes_no_change_of_the_staff_back() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&[".staff 韩", "工作量", "2468", "60", ".lock"]);
    let load = |desk: &Desk| desk.session.model.register.staff_member(StaffId(3)).unwrap().load;
    assert_eq!(load(&desk), Some(60));
    let office = desk.session.model.register.staff_member(StaffId(3)).unwrap().clone();
    desk.session.model.register.put_staff(Staff { role: Role::Office, ..office.clone() });
    desk.lines(&[".people zzm", "1", "6", &office.name, "2468", "芒果过敏"]);
    assert_eq!(desk.session.model.keeper(), Some(StaffId(3)), "the office has the register open: {}", desk.text());
    desk.lines(&["esc", ".undo", "2"]);
    assert!(desk.text().contains("PIN"), "a leader is asked all the same: {}", desk.text());
    desk.session.model.register.put_staff(office);
    desk.lines(&["2468"]);
    assert_eq!(load(&desk), None, "{}", desk.text());
    let last = desk.session.model.day.entries().last().unwrap();
    assert!(matches!(last.fact, Fact::Undone { .. }) && last.staff == desk.session.model.keeper(), "the leader who agreed is named");
}

#[test]
fn a_form_goes_back_to_its_screen_and_the_register_can_be_locked_again() {
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&[".staff 韩", "工作量", "2468", "60"]);
    assert!(matches!(desk.session.model.dialog, Some(Dialog::Office(_))), "back on the person");
    assert_eq!(desk.session.model.register.staff_member(StaffId(3)).unwrap().load, Some(60));
    desk.lines(&["工作量", "70"]);
    assert_eq!(desk.session.model.register.staff_member(StaffId(3)).unwrap().load, Some(70), "no second PIN within five minutes");
    desk.lines(&[".lock", ".staff 韩", "工作量"]);
    assert!(desk.text().contains("PIN"), "{}", desk.text());
    desk.lines(&["80"]);
    assert_eq!(desk.session.model.register.staff_member(StaffId(3)).unwrap().load, Some(70), "a wrong PIN changes nothing");
}
