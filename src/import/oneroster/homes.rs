//! Which class a student is in: by the enrolment that holds today in a class that is a home. The first day of an enrolment
//! counts, the last does not (`endDate` is the day after); one that has ended, or not begun, decides nothing.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Delivery;
use super::parts::Line;
use crate::import::cells::{read_class, read_date, read_grade};
use crate::import::read::{Cell, ReadError};
use crate::import::roster::{Harvest, Reason, Refused};

/// A class that is a home: its grade and number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Home {
    pub(super) grade: Option<u8>,
    pub(super) class_no: Option<u8>,
}

impl Home {
    pub(super) fn of(title: &str, grades: &str) -> Option<Self> {
        let (grade, class_no) = read_class(title);
        let grade = grade.or_else(|| read_grade(grades));
        grade.map(|grade| Self { grade: Some(grade), class_no })
    }
}

/// Where a student is at home, as far as its enrolments say.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Seat {
    pub(super) home: Option<Home>,
    /// How much the enrolment counts: the primary one before others, a class before a grade alone.
    weight: u8,
    /// Another class counts as much as this one.
    pub(super) other: Option<Home>,
}

impl Seat {
    fn take(&mut self, home: Home, primary: bool) {
        let weight = 1 + u8::from(home.class_no.is_some()) + 2 * u8::from(primary);
        if weight > self.weight {
            *self = Self { home: Some(home), weight, other: None };
        } else if weight == self.weight && self.home != Some(home) && home.class_no.is_some() {
            self.other = Some(home);
        }
    }
}

/// Whether a line with a first day and a day after the last holds today; `Err` is the column of a date that is none.
pub(super) fn holds(line: &Line<'_>, columns: [&[&str]; 2], today: Option<NaiveDate>) -> Result<bool, (usize, Reason)> {
    let date = |columns: &[&str]| {
        let text = line.first(columns);
        let column = columns.iter().map(|c| line.spot(c)).find(|spot| *spot > 0).unwrap_or(0);
        if text.is_empty() { Ok(None) } else { read_date(&Cell::Text(text.clone())).map(Some).ok_or((column, Reason::BadDate(text))) }
    };
    let [first, after] = columns.map(date);
    let (first, after) = (first?, after?);
    Ok(today.is_none_or(|today| first.is_none_or(|day| day <= today) && after.is_none_or(|day| today < day)))
}

/// The home of every student; one without an enrolment that decides is there with none.
pub(super) fn seats(delivery: &mut Delivery, harvest: &mut Harvest, today: Option<NaiveDate>) -> Result<HashMap<String, Seat>, ReadError> {
    let mut homes: HashMap<String, Home> = HashMap::new();
    if let Some(part) = delivery.part("classes.csv") {
        part.each(&["sourcedid", "title"], &mut |line| {
            let kind = line.text("classtype").to_lowercase();
            if !line.is_gone()
                && (kind.is_empty() || kind == "homeroom")
                && let Some(home) = Home::of(&line.text("title"), &line.text("grades"))
            {
                homes.insert(line.text("sourcedid"), home);
            }
            Ok(())
        })?;
    }
    let mut seats: HashMap<String, Seat> = HashMap::new();
    if let Some(part) = delivery.part("enrollments.csv") {
        part.each(&["classsourcedid", "usersourcedid", "role"], &mut |line| {
            if line.is_gone() || !line.text("role").eq_ignore_ascii_case("student") {
                return Ok(());
            }
            let seat = seats.entry(line.text("usersourcedid")).or_default();
            match holds(&line, [&["begindate"], &["enddate"]], today) {
                Ok(true) => {
                    if let Some(home) = homes.get(&line.text("classsourcedid")) {
                        seat.take(*home, line.text("primary").eq_ignore_ascii_case("true"));
                    }
                }
                Ok(false) => {}
                Err((column, reason)) => harvest.refused.push(Refused { place: line.place(), column, who: String::new(), reason }),
            }
            Ok(())
        })?;
    }
    Ok(seats)
}
