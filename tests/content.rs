//! The content guard over a table of titles, in both directions: what is forbidden is refused with its rule, and what is
//! welcome is not refused by mistake. Then the same at the desk: nobody can get round it.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names)]

use caredesk::desk::appearance::Appearance;
use caredesk::domain::activity::{Category, ContentRule};
use caredesk::domain::settings::Settings;
use caredesk::domain::time::time_of_day;
use caredesk::rules::content::{Content, guess, judge};
use caredesk::shell::clock::Clock;
use caredesk::shell::line;
use caredesk::shell::practice::{Plan, furnish, practice_day, settings};
use caredesk::shell::session::{Session, Setup};
use caredesk::store::Store;
use caredesk::texts::{Lang, words};

fn titles() -> Vec<(Content, &'static str)> {
    let content = |word: &str| match word {
        "welcome" => Content::Welcome,
        "help" => Content::Help,
        rule => Content::Forbidden(ContentRule::of_key(rule).unwrap()),
    };
    let lines = include_str!("data/titles.tsv").lines().filter(|l| !l.starts_with('#'));
    lines.map(|l| l.split_once('\t').unwrap()).map(|(word, title)| (content(word), title)).collect()
}

#[test]
fn the_table_of_titles() {
    let titles = titles();
    let wrong: Vec<String> = titles
        .iter()
        .filter(|(want, title)| judge(title) != *want)
        .map(|(want, title)| format!("{title}: {:?}, not {want:?}", judge(title)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let welcome = titles.iter().filter(|(c, _)| *c == Content::Welcome).count();
    assert!(titles.len() >= 60 && welcome >= 25 && titles.len() - welcome >= 25, "{} titles, {welcome} welcome", titles.len());
    for rule in ContentRule::ALL {
        assert!(titles.iter().any(|(c, _)| *c == Content::Forbidden(rule)), "{rule:?} has no title");
    }
}

#[test]
fn every_category_is_welcome_by_its_own_name_and_is_guessed() {
    for category in Category::ALL {
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(judge(words::category(lang, category)), Content::Welcome, "{category:?}");
        }
    }
    for (title, category) in [
        ("做风筝", Category::Art),
        ("放风筝", Category::Sport),
        ("足球", Category::Sport),
        ("看书", Category::Reading),
        ("订正作业", Category::Homework),
        ("种菜浇花", Category::Labour),
        ("机器人", Category::Science),
        ("围棋", Category::Games),
        ("动画片", Category::Film),
    ] {
        assert_eq!(guess(title), Some(category), "{title}");
    }
    assert_eq!(guess("随便"), None);
}

fn desk() -> Session {
    let start = practice_day(time_of_day("17:40").unwrap());
    let mut store = Store::memory().unwrap();
    furnish(&mut store, Plan { start, lived_in: true, children: None, seed: 1 }).unwrap();
    let setup = Setup {
        settings: settings(Settings::default()),
        desk: "practice".to_owned(),
        lang: Lang::Zh,
        practice: true,
        appearance: Appearance::default(),
    };
    Session::start(store, Clock::simulated(start, 0.001), setup).unwrap()
}

fn lines(desk: &mut Session, texts: &[&str]) -> String {
    let say = |text: &&str| serde_json::to_value(line::answer(desk, Some((*text).to_owned()))).unwrap()["say"].as_str().unwrap().to_owned();
    texts.iter().map(say).last().unwrap()
}

#[test]
fn at_the_desk_every_forbidden_title_is_refused_with_its_rule_and_nothing_is_made() {
    let mut desk = desk();
    let before = desk.model.day.state().groups().all().count();
    for (content, title) in titles() {
        if let Content::Forbidden(rule) = content {
            let said = lines(&mut desk, &["esc", ".3", "新建", title]);
            assert!(said.contains(words::content_rule(Lang::Zh, rule)), "{title}: {said}");
        }
    }
    lines(&mut desk, &["esc"]);
    assert_eq!(desk.model.day.state().groups().all().count(), before);
}

#[test]
fn help_is_for_three_and_no_more() {
    let mut desk = desk();
    let said = lines(&mut desk, &[".3", "新建", "数学答疑", "1", "", ""]);
    assert!(said.contains("已建：数学答疑"), "{said}");
    let said = lines(&mut desk, &[".3", "数学答疑", "加人", "陈一诺", "陈一鸣", "王子涵", ""]);
    assert!(said.contains("加入 3 人"), "{said}");
    let said = lines(&mut desk, &[".3", "数学答疑", "加人", "赵小满", ""]);
    assert!(said.contains("限 1–3 人"), "{said}");
    let state = desk.model.day.state();
    assert_eq!(state.groups().all().find(|g| g.group.title == "数学答疑").unwrap().members.len(), 3);
}
