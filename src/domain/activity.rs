//! Groups and what they do: the ten categories, a group's day, and the fold that knows who is in which.
//!
//! Where a child is stands in its visit and nowhere else (I1); a group only says who belongs together, who leads them and
//! whether they are on their way. So a group's return is its departure without those who were released meanwhile (I5).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::people::{ChildId, StaffId};
use super::settings::Place;
use super::time::Moment;

/// Number of a group within its day: 1, 2, 3 …; never given twice, not even after an undo.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct GroupId(pub u32);

/// The closed list of what after-school care may offer (S2.18).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 完成作业
    Homework,
    /// 自主阅读
    Reading,
    /// 体育
    Sport,
    /// 艺术
    Art,
    /// 科普活动
    Science,
    /// 劳动实践
    Labour,
    /// 娱乐游戏
    Games,
    /// 拓展训练
    Outward,
    /// 社团及兴趣小组
    Club,
    /// 观看适宜儿童的影片
    Film,
}

impl Category {
    /// In the order of their numbers, from 1.
    pub const ALL: [Self; 10] =
        [Self::Homework, Self::Reading, Self::Sport, Self::Art, Self::Science, Self::Labour, Self::Games, Self::Outward, Self::Club, Self::Film];

    /// Its key in config and word lists.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Homework => "homework",
            Self::Reading => "reading",
            Self::Sport => "sport",
            Self::Art => "art",
            Self::Science => "science",
            Self::Labour => "labour",
            Self::Games => "games",
            Self::Outward => "outward",
            Self::Club => "club",
            Self::Film => "film",
        }
    }

    /// The category of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }
}

/// The rule that a group's content would break; the words by which it is known are data (see `assets/policy`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ContentRule {
    /// 上新课: a new lesson (S2.24, S4.01).
    Lesson,
    /// 集体补课: tutoring a group (S2.24).
    Tutoring,
    /// 考试训练: drill for tests (S2.24).
    Exam,
    /// 奥数、竞赛 (S2.60).
    Olympiad,
    /// 学科教学: teaching a school subject (S2.56).
    Subject,
    /// 加重课业负担: more homework (S2.61).
    Burden,
    /// 商业活动 (S2.65).
    Trade,
}

impl ContentRule {
    /// All rules.
    pub const ALL: [Self; 7] = [Self::Lesson, Self::Tutoring, Self::Exam, Self::Olympiad, Self::Subject, Self::Burden, Self::Trade];

    /// The rule of a key in the word lists.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "lesson" => Self::Lesson,
            "tutoring" => Self::Tutoring,
            "exam" => Self::Exam,
            "olympiad" => Self::Olympiad,
            "subject" => Self::Subject,
            "burden" => Self::Burden,
            "trade" => Self::Trade,
            _ => return None,
        })
    }
}

/// A group as it was made (F075).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its number.
    pub id: GroupId,
    /// What it does, by the closed list.
    pub category: Category,
    /// What it does, in the school's words.
    pub title: String,
    /// Who leads it.
    pub leader: StaffId,
    /// Where it takes place.
    pub place: Place,
}

/// A group's day so far.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupDay {
    /// As it was made; leader and place as they are now.
    pub group: Group,
    /// When it was made.
    pub made: Moment,
    /// When it started.
    pub started: Option<Moment>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// Who belongs to it now.
    pub members: BTreeSet<ChildId>,
    /// Everybody who ever belonged to it.
    pub attended: BTreeSet<ChildId>,
    /// Away from the room.
    pub away: Option<Away>,
    /// When it last came back, with how many of how many.
    pub back: Option<Back>,
}

/// A group away from the room.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Away {
    /// Where.
    pub to: Place,
    /// Since when.
    pub since: Moment,
    /// Who left with it: as many as were counted twice.
    pub left: BTreeSet<ChildId>,
}

/// A group's return.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Back {
    /// When.
    pub at: Moment,
    /// How many were counted.
    pub counted: u32,
    /// How many it should have been.
    pub expected: u32,
}

/// All groups of a day, and who is in which.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Groups {
    groups: BTreeMap<GroupId, GroupDay>,
    of_child: BTreeMap<ChildId, GroupId>,
}

impl Groups {
    /// All, in the order in which they were made.
    #[must_use]
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &GroupDay> {
        self.groups.values()
    }

    /// Those that have not ended.
    pub fn open(&self) -> impl Iterator<Item = &GroupDay> {
        self.groups.values().filter(|g| g.ended.is_none())
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: GroupId) -> Option<&GroupDay> {
        self.groups.get(&id)
    }

    /// The group that a child is in.
    #[must_use]
    pub fn of(&self, child: ChildId) -> Option<&GroupDay> {
        self.groups.get(self.of_child.get(&child)?)
    }

    pub(super) fn make(&mut self, group: &Group, at: Moment) {
        let day = GroupDay {
            group: group.clone(),
            made: at,
            started: None,
            ended: None,
            members: BTreeSet::new(),
            attended: BTreeSet::new(),
            away: None,
            back: None,
        };
        self.groups.insert(group.id, day);
    }

    pub(super) fn start(&mut self, id: GroupId, at: Moment) {
        self.change(id, |g| g.started = Some(at));
    }

    pub(super) fn lead(&mut self, id: GroupId, leader: StaffId) {
        self.change(id, |g| g.group.leader = leader);
    }

    /// A child is in this group from now on, or in none; in at most one at a time (F079).
    pub(super) fn put(&mut self, child: ChildId, now: Option<GroupId>) {
        if let Some(was) = self.of_child.remove(&child) {
            self.change(was, |g| {
                g.members.remove(&child);
            });
        }
        if let Some(now) = now {
            self.of_child.insert(child, now);
            self.change(now, |g| {
                g.members.insert(child);
                g.attended.insert(child);
                if let Some(away) = &mut g.away {
                    away.left.insert(child); // sent after it
                }
            });
        }
    }

    pub(super) fn go(&mut self, id: GroupId, to: &Place, left: &[ChildId], at: Moment) {
        self.change(id, |g| {
            g.started = g.started.or(Some(at));
            g.away = Some(Away { to: to.clone(), since: at, left: left.iter().copied().collect() });
            g.back = None;
        });
    }

    pub(super) fn come_back(&mut self, id: GroupId, back: Back) {
        self.change(id, |g| {
            g.away = None;
            g.back = Some(back);
        });
    }

    pub(super) fn end(&mut self, id: GroupId, at: Moment) {
        let Some(group) = self.groups.get_mut(&id) else { return };
        group.ended = Some(at);
        group.away = None;
        for child in std::mem::take(&mut group.members) {
            self.of_child.remove(&child);
        }
    }

    fn change(&mut self, id: GroupId, change: impl FnOnce(&mut GroupDay)) {
        if let Some(group) = self.groups.get_mut(&id) {
            change(group);
        }
    }
}
