//! Which collector is in front: whose photo may stand beside the verdict. Only with cargo feature `photo`.
//!
//! Absent: the photo. Files are read in `shell`, drawn in `view`; the desk only says who.

use super::question::Label;
use super::{Attention, Model};
use crate::domain::people::CollectorId;
use crate::rules::Verdict;

impl Model {
    /// The collector whom the verdict in focus is about: to whom Enter alone would release the child that asks, or whom the
    /// arrows marked, or whose phrase or call is asked for. Nobody while a list or form is in front, nobody for a
    /// restricted child before somebody is marked (I14).
    #[must_use]
    pub fn collector_in_front(&self) -> Option<CollectorId> {
        if self.dialog.is_some() && self.keyboard() == Attention::Dialog {
            return None;
        }
        let asking = self.queue.focus()?.asking()?;
        if let Verdict::WhoCall { collector } | Verdict::Unnamed { collector } | Verdict::Phrase { collector } = asking.verdict {
            return Some(collector);
        }
        let question = self.question()?;
        let n = self.marked_choice(&question).or_else(|| question.default().map(|c| c.n))?;
        if let Label::Taker { collector, .. } = question.choice(n)?.label { Some(collector) } else { None }
    }
}
