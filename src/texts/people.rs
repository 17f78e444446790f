//! Sentences about children, collectors and households.

use std::fmt::Display;

use super::Lang;
use crate::desk::office::people::{Ask, Pick, Task};

catalogue! {
    phrase(who): "请{who}说口令（孩子不在旁边听）" | "Ask {who} for the pass phrase";
    because_phrase(who): "{who}留有口令，说对才放行" | "{who} has a pass phrase: only the right one releases";
    ask_named_phrase(): "约定口令（两个字以上，不显示，只存摘要；⏎ 不设）" | "Pass phrase (two characters or more, unseen, kept as a hash; Enter: none)";
    title(): "人员" | "People";
    title_of(what): "人员 · {what}" | "People · {what}";
}

/// The title of a form.
#[must_use]
pub fn task(_lang: Lang, task: &Task) -> String {
    match *task {}
}

/// The name of a field, before what is typed into it.
#[must_use]
pub fn field(lang: Lang, ask: &Ask) -> String {
    match ask {
        Ask::What => title(lang),
    }
}

/// The word of a choice that can be typed instead of its number.
#[must_use]
pub fn pick(_lang: Lang, pick: &Pick) -> Option<String> {
    match *pick {}
}
