//! The people of a row: who may collect the child, who must not, who of them works at the school.

use chrono::NaiveDate;

use super::{Row, Wrong, person_name, safe};
use crate::domain::likeness::{Described, Likeness, called_alike, likeness, names_differ, of_child};
use crate::domain::people::MOST_LISTED;
use crate::import::cells::{employment, is_any_relation, phone_is_whole, read_phone, relation, tidy, tidy_code, yes_no};
use crate::import::headings::Field;
use crate::import::items;
use crate::import::nobody::is_nothing;
use crate::import::persons::{self, Person};
use crate::import::read::Cell;
use crate::import::roster::{Asked, AskedOf, Place, Reason, Remark, RosterCollector};
use crate::import::spoken::is_relation;

impl Row<'_> {
    /// Who of the family works at the school: names, one or several. A bare yes, or how somebody is employed, names nobody,
    /// which is said.
    pub(super) fn works_here(&self, place: &Place, remarks: &mut Vec<Remark>) -> Result<Vec<String>, Wrong> {
        let unnamed = |text: &str| yes_no(text) == Some(true) || employment(text).is_some();
        let text = self.text(Field::StaffName)?.filter(|text| yes_no(text) != Some(false)).unwrap_or_default();
        let listed = text.split(['、', '/', ';', '；', ',', '，']).map(str::trim).filter(|name| !name.is_empty() && !unnamed(name));
        let names: Result<Vec<String>, Wrong> =
            listed.map(|name| person_name(name).map_err(|reason| (self.spot(Field::StaffName), reason))).collect();
        let names = names?;
        let employed = self.text(Field::StaffEmployment)?.is_some_and(|text| unnamed(&text));
        let column = if text.is_empty() && employed { self.spot(Field::StaffEmployment) } else { self.spot(Field::StaffName) };
        let linked = (1..=MOST_LISTED).any(|n| !self.is_blank(Field::GuardianStaff(n)));
        if names.is_empty() && !linked && (employed || !text.is_empty()) {
            remarks.push(Remark::StaffUnnamed { place: place.clone(), column });
        }
        Ok(names)
    }

    /// The name by which the staff knows the collector with this number, with its column; a bare yes means the same name.
    fn staff_name(&self, n: u8, name: Option<&str>) -> Result<Option<Box<(usize, String)>>, Wrong> {
        let column = self.spot(Field::GuardianStaff(n));
        let Some(text) = self.text(Field::GuardianStaff(n))?.filter(|text| yes_no(text) != Some(false)) else { return Ok(None) };
        let same = yes_no(&text).is_some() || employment(&text).is_some();
        let staff = if same { Ok(name.unwrap_or_default().to_owned()) } else { person_name(&text) };
        staff.map(|staff| Some(Box::new((column, staff)))).map_err(|reason| (column, reason))
    }

    /// The numbers of a cell, in their order.
    fn phones(&self, field: Field) -> Result<Vec<String>, Wrong> {
        let Some((column, cell)) = self.cell(field) else { return Ok(Vec::new()) };
        let text = tidy_code(&cell.text());
        safe(&text).map_err(|reason| (column, reason))?;
        if is_nothing(&text) {
            return Ok(Vec::new());
        }
        if matches!(cell, Cell::Number(n) if !phone_is_whole(*n)) {
            return Err((column, Reason::BadPhone(text)));
        }
        let parts = text.split(['|', '/', '、', ';', '；', ',', '，', '或', '和']).map(str::trim).filter(|p| !p.is_empty());
        let mut numbers = Vec::new();
        for part in parts {
            // A blank stands inside a number or between two.
            let several = || part.split(' ').filter(|p| !p.is_empty()).map(read_phone).collect::<Option<Vec<String>>>();
            let read = read_phone(part).map(|one| vec![one]).or_else(several);
            numbers.extend(read.ok_or_else(|| (column, Reason::BadPhone(text.clone())))?);
        }
        Ok(numbers)
    }

    /// The people of a cell of collectors.
    fn people(&self, field: Field, child: &str) -> Result<Vec<Person>, Wrong> {
        let Some((column, cell)) = self.cell(field).filter(|(_, cell)| !cell.is_blank()) else { return Ok(Vec::new()) };
        persons::collectors(&cell.text(), child).map_err(|reason| (column, reason))
    }

    /// First and last day of somebody's right or restriction.
    #[allow(clippy::type_complexity)] // not said, or from a day, until a day
    fn validity(&self, field: Field) -> Result<Option<(Option<NaiveDate>, Option<NaiveDate>)>, Wrong> {
        let Some(text) = self.text(field)? else { return Ok(None) };
        items::validity(&text).map(Some).ok_or((self.spot(field), Reason::BadSpan(text)))
    }

    pub(super) fn collectors(
        &self,
        child: &str,
        place: &Place,
        remarks: &mut Vec<Remark>,
        asked: &mut Vec<Asked>,
    ) -> Result<Vec<RosterCollector>, Wrong> {
        let mut list: Vec<RosterCollector> = Vec::new();
        let mut others: Vec<(String, String, String)> = Vec::new();
        let parents = [(Field::MotherName, Field::MotherPhone, "母亲"), (Field::FatherName, Field::FatherPhone, "父亲")];
        for (name_field, number, relation) in parents {
            let people = self.people(name_field, child)?;
            let unclear = || (self.spot(name_field), Reason::PeopleDoNotFit(self.shown(name_field)));
            if people.len() > 1 || people.iter().any(|p| !p.relation.is_empty() && p.relation != relation) {
                return Err(unclear());
            }
            let person = people.into_iter().next().unwrap_or_default();
            let mut phones = self.phones(number)?;
            with_own(&mut phones, person.phone);
            let mut phones = phones.into_iter();
            let phone = phones.next();
            others.extend(phones.map(|more| (person.name.clone(), relation.to_owned(), more)));
            if !person.name.is_empty() || phone.is_some() {
                list.push(RosterCollector { name: person.name, relation: relation.to_owned(), phone, ..RosterCollector::default() });
            }
        }
        for n in 1..=MOST_LISTED {
            for person in self.guardians(n, child, &mut others, place, remarks)? {
                let known = list.iter_mut().find(|c| {
                    let same = c.phone == person.phone && (person.name.is_empty() || person.name == c.name);
                    let told_before = person.phone.is_none() && person.name.is_empty() && c.relation == person.relation;
                    (same && person.phone.is_some() && person.barred == c.barred) || (told_before && !person.barred)
                });
                if let Some(known) = known {
                    // A parent who stands in the list once more may be told more of there.
                    known.validity = known.validity.or(person.validity);
                    known.looks = known.looks.take().or(person.looks);
                    known.minor = known.minor.or(person.minor);
                    known.works_here = known.works_here.take().or(person.works_here);
                } else {
                    list.push(person);
                }
            }
        }
        for (name, relation, other) in others {
            if !list.iter().any(|c| c.phone.as_ref() == Some(&other)) {
                list.push(RosterCollector { name, relation, phone: Some(other), ..RosterCollector::default() });
            }
        }
        self.listed_twice(&list, asked);
        for n in 1..=MOST_LISTED {
            self.relation_asked(n, asked)?;
            self.bar(Field::Barred(n), child, &mut list, asked)?;
        }
        if !list.is_empty() && list.iter().all(|c| c.barred) {
            remarks.push(Remark::NobodyMayCollect { place: place.clone(), name: child.to_owned() });
        }
        list.shrink_to_fit();
        Ok(list)
    }

    /// The people whom the columns with one number tell of.
    fn guardians(
        &self,
        n: u8,
        child: &str,
        others: &mut Vec<(String, String, String)>,
        place: &Place,
        remarks: &mut Vec<Remark>,
    ) -> Result<Vec<RosterCollector>, Wrong> {
        let mut people = self.people(Field::GuardianName(n), child)?;
        let said = self.text(Field::GuardianRelation(n))?.filter(|text| !is_nothing(text));
        if self.yes_no(Field::GuardianIs(n))? == Some(false) {
            let names = people.iter().map(|p| if p.name.is_empty() { p.relation.clone() } else { p.name.clone() });
            let name = names.collect::<Vec<_>>().join("、");
            if !name.is_empty() || !self.is_blank(Field::GuardianPhone(n)) {
                let name = if name.is_empty() { self.shown(Field::GuardianPhone(n)) } else { name };
                let column = self.spot(Field::GuardianIs(n));
                remarks.push(Remark::SaidNoGuardian { place: place.clone(), column, child: child.to_owned(), name });
            }
            return Ok(Vec::new());
        }
        let mut phones = match self.phones(Field::GuardianPhone(n)) {
            // Whose number it is may stand beside it, where no other column says so: `爸爸13900070001`.
            Err(wrong) if people.is_empty() => {
                let with_numbers = self.people(Field::GuardianPhone(n), child).ok();
                let Some(with_numbers) = with_numbers.filter(|list| list.iter().all(|p| p.phone.is_some())) else { return Err(wrong) };
                people = with_numbers;
                Vec::new()
            }
            phones => phones?,
        };
        let barred = self.yes_no(Field::GuardianBarred(n))?.unwrap_or(false);
        let validity = self.validity(Field::GuardianValid(n))?;
        let (looks, minor) = (self.text(Field::GuardianLooks(n))?, self.yes_no(Field::GuardianMinor(n))?);
        let name_spot = self.spot(Field::GuardianName(n));
        let unfit = |field: Field| (self.spot(field), Reason::PeopleDoNotFit(self.shown(field)));
        if people.len() > 1 {
            let relations: Vec<String> = said.iter().flat_map(|text| text.split(['、', '/', ';', '；', ',', '，', ' '])).map(relation).collect();
            let own = people.iter().any(|p| p.phone.is_some());
            if phones.len() > people.len() || (own && !phones.is_empty()) {
                return Err(unfit(Field::GuardianPhone(n)));
            }
            if !relations.is_empty() && relations.len() != people.len() {
                return Err(unfit(Field::GuardianRelation(n)));
            }
            if validity.is_some() || looks.is_some() || minor.is_some() || !self.is_blank(Field::GuardianStaff(n)) {
                return Err((name_spot, Reason::PeopleDoNotFit(self.shown(Field::GuardianName(n)))));
            }
            let mut phones = phones.into_iter();
            let mut relations = relations.into_iter();
            let mut list = Vec::new();
            for person in people {
                let relation = relations.next().unwrap_or_else(|| person.relation.clone());
                if !person.relation.is_empty() && relation != person.relation {
                    return Err(unfit(Field::GuardianRelation(n)));
                }
                let phone = person.phone.or_else(|| phones.next());
                list.push(RosterCollector { name: person.name, relation, phone, barred, ..RosterCollector::default() });
            }
            return Ok(list);
        }
        let person = people.into_iter().next().unwrap_or_default();
        with_own(&mut phones, person.phone.clone());
        let said = said.map(|text| relation(&text)).unwrap_or_default();
        if !person.relation.is_empty() && !is_any_relation(&said) && !is_any_relation(&person.relation) && said != person.relation {
            return Err(unfit(Field::GuardianRelation(n)));
        }
        let from_name = !person.relation.is_empty() && !is_any_relation(&person.relation);
        let relation = if is_any_relation(&said) && !person.relation.is_empty() { person.relation } else { said };
        let name = (!person.name.is_empty()).then_some(person.name);
        let works_here = self.staff_name(n, name.as_deref())?;
        let mut phones = phones.into_iter();
        let phone = phones.next();
        let name = name.unwrap_or_default();
        others.extend(phones.map(|more| (name.clone(), relation.clone(), more)));
        // Of somebody who must not collect, and of one whom the cell calls by it, the relation may be all that is known.
        if name.is_empty() && phone.is_none() && (relation.is_empty() || !(barred || from_name)) {
            return Ok(Vec::new());
        }
        Ok(vec![RosterCollector { name, relation, phone, barred, validity, looks, minor, works_here }])
    }

    /// Asks about somebody whom a column of the list bars and who stands in it once more within a longer name: `前夫赵强`.
    fn listed_twice(&self, list: &[RosterCollector], asked: &mut Vec<Asked>) {
        let may = |name: &str| list.iter().any(|c| !c.barred && c.name != name && c.name.contains(name));
        let twice = list.iter().filter(|c| c.barred && !c.name.is_empty() && may(&c.name));
        let column = (1..=MOST_LISTED).map(Field::GuardianBarred).find(|field| !self.is_blank(*field)).map_or(0, |field| self.spot(field));
        asked.extend(twice.map(|c| Asked { column, text: c.name.clone(), of: AskedOf::Bar }));
    }

    /// Asks about a cell of relations that is not understood to its end.
    fn relation_asked(&self, n: u8, asked: &mut Vec<Asked>) -> Result<(), Wrong> {
        let field = Field::GuardianRelation(n);
        let said = self.text(field)?.filter(|text| !is_relation(text));
        asked.extend(said.map(|text| Asked { column: self.spot(field), text, of: AskedOf::Relation }));
        Ok(())
    }

    /// Bars whom a column of those who must not collect names: a listed collector where one matches, else by name, which is
    /// asked about.
    fn bar(&self, field: Field, child: &str, list: &mut Vec<RosterCollector>, asked: &mut Vec<Asked>) -> Result<(), Wrong> {
        let Some((column, cell)) = self.cell(field).filter(|(_, cell)| !cell.is_blank()) else { return Ok(()) };
        for person in persons::barred(&cell.text(), child).map_err(|reason| (column, reason))? {
            // A bar is against the person, however the list spells the name, and under each record of it.
            let who = Described { name: &person.name, relation: &person.relation, phone: person.phone.as_deref(), ..Described::default() };
            let who = of_child(who, child);
            let is_meant = |c: &RosterCollector| {
                let listed = of_child(c.described(), child);
                // Only the relation is told of one of the two.
                let related = !person.relation.is_empty() && c.relation == person.relation && (person.name.is_empty() || c.name.is_empty());
                related
                    || match likeness(who, listed) {
                        Some(Likeness::Name) => true,
                        Some(Likeness::Parent | Likeness::Number) => !names_differ(who, listed),
                        Some(Likeness::Staff) => false,
                        None => called_alike(who, listed),
                    }
            };
            let mut matched = false;
            for collector in list.iter_mut().filter(|c| is_meant(c)) {
                collector.barred = true;
                if collector.name.is_empty() {
                    collector.name.clone_from(&person.name);
                }
                matched = true;
            }
            // Only the relation is told, and one of the collectors may be the very person.
            if !matched && person.name.is_empty() && list.iter().any(|c| !c.barred && is_any_relation(&c.relation)) {
                return Err((column, Reason::BarUnclear(person.relation)));
            }
            if !matched {
                let text = if person.name.is_empty() { person.relation.clone() } else { person.name.clone() };
                asked.push(Asked { column, text, of: AskedOf::Bar });
                let Person { name, relation, phone } = person;
                list.push(RosterCollector { name, relation, phone, barred: true, ..RosterCollector::default() });
            }
        }
        Ok(())
    }

    /// So much of a cell as a sentence has room for.
    fn shown(&self, field: Field) -> String {
        self.cell(field).map(|(_, cell)| tidy(&cell.text()).chars().take(40).collect()).unwrap_or_default()
    }
}

/// The number of somebody's own cell comes first.
fn with_own(phones: &mut Vec<String>, own: Option<String>) {
    if let Some(own) = own {
        phones.retain(|phone| *phone != own);
        phones.insert(0, own);
    }
}
