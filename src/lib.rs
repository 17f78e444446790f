//! # caredesk: THE MAP
//!
//! The terminal kiosk on the front desk of a primary school's after-school care room (课后托管). A teacher scans or types a
//! card number: the child is in, or may go. What the desk says is done is on the disk.
//!
//! ```text
//!  header   school · room        09-07 周一 17:36 上课日  距 18:00 还有 24 分  在岗 韩 [丁]
//!  counts   在班 16   应到 21   已接 5   请假 1   在外 0   卡架 5/22
//!  roster   ─ 名册 F2 ─────── 1/2 │─ 刷卡 / 卡号 / 姓名 ──────────────── box
//!             陈一诺 四(1)班 教室 │> 693691_                            typed text
//!           ! 赵小满 二(1)班 教室 │ + 可接走 · 同一家庭 2 人            verdict in focus
//!           * 张雨桐 一(1)班 教室 │  1 母亲 林静(持卡) ⏎  2 父亲 陈涛   choices
//!             周子墨 一(1)班 已离 │排队 王子涵 三(2)班                  queue
//!                                 │17:33 …                              notices
//!                                 │─ 在哪里 ─────────────────────────── board
//!                                 │教室  12  陈一诺 陈一鸣 …            children by place
//!  keys     F1 帮助  F2 名册  F7 签到  .命令  ?为什么           监督电话 0571-8000 0000
//! ```
//!
//! ## The idea
//!
//! Everything that happens is a *fact*, appended to one hash-chained journal and never changed; of a child that is erased,
//! or a day that is kept no more, only the words go, and the chain holds without them. What the desk knows is a *fold* of facts: the register and the day. What a teacher wants is a *request*; [`rules::decide`] answers, purely, with a
//! *verdict* and the facts to record. The kiosk is a loop of four plain functions: a line becomes a message, a message
//! changes the model ([`desk::update`]), the model may ask for effects (performed by [`shell::session`]), the model is drawn
//! ([`view::draw`]). "Done" is said only when the facts came back from the store.
//!
//! ## The rooms, in reading order
//!
//! * [`domain`]: what a care room is: cards, people, facts, the folds [`domain::register`] and [`domain::day`], search keys.
//! * [`rules`]: what may happen. Every rule about children is there and nowhere else.
//! * [`desk`]: what the kiosk is doing: model, messages, queue of verdicts, forms, the roster kept entry by entry.
//! * [`wording`] and [`texts`]: sentences, Chinese and English side by side.
//! * [`view`]: the screen, one file for each thing you can point at; [`view::theme`] has all colours and signs.
//! * [`store`]: the journal and the register tables in one `SQLite` file.
//! * [`import`]: rosters become facts.
//! * [`mod@print`]: register and facts become files: cards, tables, one child's record, `OneRoster`.
//! * [`shell`]: the outside: terminal (keys in by `window`, frames out by `glass`), line mode, practice, clock, PINs, the
//!   [`shell::wall`] behind which files that people hand in are read, [`shell::backup`] and [`shell::doctor`]; with [`cli`] and [`config`].
//!
//! The screens of the register (`.people`, `.cards`, `.calendar`, `.staff`, `.settings`) are one file each in `office` of
//! [`rules`], [`desk`] and [`wording`], with their sentences in `texts`: whoever adds one looks there and nowhere else.
//!
//! Beside the program, `findings/` keeps scripts that show where outside software does not do what one would guess; CI does not
//! run them.
//!
//! Who may import whom: `domain` ← `rules` ← `desk` ← `wording` ← `view`; `domain` ← `store`; `import` stands on `rules`, `print` on
//! `wording`; `texts` serves everybody who speaks; `shell` and `cli` know all, nobody imports them. rusqlite appears in `store` only, ratatui in
//! `view` and `shell`, crossterm and the clock in `shell` only. `tests/house.rs` reads the sources and holds this true.

pub mod domain;

pub mod rules;

pub mod desk;

pub mod texts;
pub mod wording;

pub mod view;

pub mod store;

pub mod import;

pub mod print;

pub mod shell;

pub mod cli;
pub mod config;
