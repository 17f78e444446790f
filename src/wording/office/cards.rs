//! What the screen about cards says: where each card is, what was done, what stands against it. A card that was found is
//! spoken of without its child.

use chrono::NaiveDate;

use crate::desk::office::cards::{Ask, Found, Pick, View};
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, CardState, Custody};
use crate::domain::people::ChildId;
use crate::domain::settings::CardMode;
use crate::domain::time::Moment;
use crate::rules::office::cards::{CardsAct, Hindrance, NewCard, rack};
use crate::rules::verdict::Severity;
use crate::texts::{self, cards as t};
use crate::wording::Words;
use crate::wording::panels::PanelLine;

/// Most cards that the list holds: what is beyond is found by name.
const MOST_LINES: usize = 600;

impl Words<'_> {
    /// The panel: its title and lines.
    pub(super) fn cards_panel(self, view: &View) -> (String, Vec<PanelLine>) {
        match view {
            View::List => (self.cards_title(), self.cards_list()),
            View::Hits(hits) => (self.cards_title(), hits.iter().flat_map(|child| self.cards_lines_of(*child)).collect()),
            View::Child(child) => (t::ask_child(self.lang, self.name_and_class(*child)), self.cards_lines_of(*child)),
            View::Found(found) => (t::title_found(self.lang), self.found_lines(found)),
        }
    }

    fn cards_title(self) -> String {
        let n = self.model.register.card_count_on(self.cards_today());
        match self.model.settings.card_mode {
            CardMode::Claim => t::title_counts(self.lang, n.issued, n.rack, n.holder, n.away, n.lost),
            CardMode::Held => t::title_held(self.lang, n.issued, n.lost),
        }
    }

    fn cards_today(self) -> NaiveDate {
        self.model.day.date()
    }

    /// Every card: first those that are good, in the order of the roster, then those that are not.
    fn cards_list(self) -> Vec<PanelLine> {
        let today = self.cards_today();
        let cards = || self.model.names.all().flat_map(|child| self.model.register.cards_of(child));
        let mut lines: Vec<PanelLine> = cards().filter(|c| c.is_valid_on(today)).take(MOST_LINES).map(|c| self.card_of_child_line(c)).collect();
        let dead: Vec<PanelLine> =
            cards().filter(|c| !c.is_valid_on(today)).take(MOST_LINES - lines.len()).map(|c| self.card_of_child_line(c)).collect();
        if !dead.is_empty() {
            lines.push(PanelLine::plain(t::dead_title(self.lang)));
            lines.extend(dead);
        }
        let all = self.model.register.cards().count();
        if lines.is_empty() {
            lines.push(PanelLine::plain(t::no_cards(self.lang)));
        } else if all > MOST_LINES {
            lines.push(PanelLine::plain(t::more_cards(self.lang, all - MOST_LINES)));
        }
        lines
    }

    fn cards_lines_of(self, child: ChildId) -> Vec<PanelLine> {
        let lines: Vec<PanelLine> = self.model.register.cards_of(child).into_iter().map(|c| self.card_of_child_line(c)).collect();
        if lines.is_empty() { vec![PanelLine::plain(format!("{} · {}", self.name_and_class(child), texts::card_none(self.lang)))] } else { lines }
    }

    fn card_of_child_line(self, card: &Card) -> PanelLine {
        let (severity, place) = self.card_place(card);
        PanelLine { severity, text: format!("{} · {} · {place}", self.name_and_class(card.child), self.card_words(card)) }
    }

    /// A card with its whole number, its child and where it is: for a list that a leader asks for.
    #[must_use]
    pub fn card_line_with_number(self, card: &Card) -> String {
        let (_, place) = self.card_place(card);
        let kind = t::kind(self.lang, card.kind);
        format!("{}  {}  {place} {kind}", card.number, self.name_and_class(card.child)).trim_end().to_owned()
    }

    /// The card in a few words: the end of its number, the whole of it for a leader; its sort; its last day.
    fn card_words(self, card: &Card) -> String {
        let number = if self.model.keeper().is_some() { card.number.as_str().to_owned() } else { self.card_tail(&card.number) };
        let kind = t::kind(self.lang, card.kind).to_owned();
        let school = if card.own { String::new() } else { t::own_school(self.lang) };
        let lasts = card.until.filter(|until| card.is_valid_on(self.cards_today()) && *until > self.cards_today());
        let until = lasts.map(|until| t::good_until(self.lang, until)).unwrap_or_default();
        [number, kind, school, until].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn card_tail(self, number: &CardNumber) -> String {
        t::tail(self.lang, number.tail())
    }

    /// Where a card is, since when where that is known; or why it is not good.
    fn card_place(self, card: &Card) -> (Option<Severity>, String) {
        let lang = self.lang;
        let visit = self.model.day.state().child(card.child).and_then(|day| day.visits.last());
        match card.state {
            CardState::Lost { at } => (Some(Severity::Red), t::was_lost(lang, self.card_moment(at))),
            CardState::Replaced { at } => (None, t::was_replaced(lang, self.card_moment(at))),
            CardState::Expired { at } => (None, t::was_ended(lang, self.card_moment(at))),
            CardState::Live if !card.is_valid_on(self.cards_today()) => {
                (None, t::has_lapsed(lang, card.until.map_or_else(String::new, |until| until.to_string())))
            }
            CardState::Live => match (self.model.settings.card_mode, card.custody) {
                (_, Custody::Astray) => (Some(Severity::Amber), texts::card_is_astray(lang)),
                (CardMode::Held, _) => (None, texts::card_held(lang)),
                (CardMode::Claim, Custody::Rack) => (None, texts::card_on_rack(lang)),
                (CardMode::Claim, Custody::Holder) => {
                    let place = texts::card_with(lang, self.card_holder(card.child));
                    (None, visit.map_or_else(|| place.clone(), |v| t::since(lang, &place, self.card_moment(v.arrived))))
                }
                (CardMode::Claim, Custody::Away) => {
                    let place = texts::card_is_away(lang);
                    let gone = visit.and_then(|v| v.release.as_ref()).map(|r| t::since(lang, &place, self.card_moment(r.at)));
                    (Some(Severity::Amber), gone.unwrap_or(place))
                }
            },
        }
    }

    /// A moment of today by its time, an earlier one by its date too.
    fn card_moment(self, at: Moment) -> String {
        if at.date() == self.cards_today() { at.hhmm() } else { at.local().format("%m-%d %H:%M").to_string() }
    }

    // ---- a card that was found ----

    fn found_lines(self, found: &Found) -> Vec<PanelLine> {
        let lang = self.lang;
        match found {
            Found::Waiting => vec![PanelLine::plain(t::ask_found(lang)), PanelLine::plain(t::found_help(lang))],
            Found::Read(number, ..) => vec![PanelLine::plain(t::ask_found_why(lang, number.tail())), PanelLine::plain(t::found_help(lang))],
            Found::Unknown => {
                let unknown = PanelLine { severity: Some(Severity::Amber), text: t::found_unknown(lang) };
                vec![unknown, PanelLine::plain(t::ask_found_more(lang)), PanelLine::plain(t::found_help(lang))]
            }
            Found::Known(number) => vec![
                PanelLine { severity: Some(Severity::Amber), text: self.found_state(number) },
                PanelLine::plain(t::found_next(lang)),
                PanelLine::plain(t::found_help(lang)),
            ],
        }
    }

    /// What a found card is and what to do with it, without its child (F107, N34).
    fn found_state(self, number: &CardNumber) -> String {
        let lang = self.lang;
        let tail = number.tail();
        let Some(card) = self.model.register.card(number) else { return t::found_unknown(lang) };
        match card.state {
            CardState::Live if card.is_valid_on(self.cards_today()) => t::found_live(lang, tail),
            CardState::Lost { at } => t::found_lost(lang, tail, self.card_moment(at)),
            CardState::Replaced { .. } => t::found_replaced(lang, tail),
            CardState::Live | CardState::Expired { .. } => t::found_expired(lang, tail),
        }
    }

    // ---- questions ----

    pub(super) fn cards_prompt(self, ask: &Ask) -> String {
        let lang = self.lang;
        match ask {
            Ask::What => t::ask_what(lang),
            Ask::Child(child) => t::ask_child(lang, self.name_and_class(*child)),
            Ask::Found => t::ask_found(lang),
            Ask::FoundWhy(number) => t::ask_found_why(lang, number.tail()),
            Ask::FoundMore => t::ask_found_more(lang),
            Ask::WhichCard(child) => t::ask_which_card(lang, self.name_and_class(*child)),
            Ask::IssueAll(n) => t::ask_issue_all(lang, n),
            Ask::Lose(number) => t::ask_lose(lang, self.card_owner(number), number.tail()),
            Ask::Revive(number) => t::ask_revive(lang, self.card_owner(number), number.tail()),
            Ask::Void(number) => t::ask_void(lang, self.card_owner(number), number.tail()),
            Ask::Until => self.term_end().map_or_else(|| t::ask_until(lang), |(name, day)| t::ask_until_term(lang, name, day)),
            Ask::Counted => t::ask_counted(lang),
            Ask::Hooks(short) => t::ask_hooks(lang, short, self.ticked()),
            Ask::Token(left) => t::ask_token(lang, left),
            Ask::ReasonShort(missing) => t::ask_reason_short(lang, self.tokens(missing)),
            Ask::ReasonOver { counted, expected } => {
                let surplus = rack::surplus(self.model.room());
                let list = self.join(surplus.iter().take(6).map(|c| self.token(&c.number)));
                let asked = t::ask_reason_over(lang, counted, expected);
                if list.is_empty() { asked } else { format!("{asked} {}：{list}", t::surplus_title(lang)) }
            }
        }
    }

    /// The term that today is in, with its last day.
    fn term_end(self) -> Option<(String, NaiveDate)> {
        let today = self.cards_today();
        let term = self.model.register.office().terms.values().find(|t| (t.from..=t.until).contains(&today))?;
        Some((term.name.clone(), term.until))
    }

    fn card_owner(self, number: &CardNumber) -> String {
        self.model.register.card(number).map_or_else(|| "-".to_owned(), |c| self.name_and_class(c.child))
    }

    /// A token of the rack: whose, and the end of its number.
    fn token(self, number: &CardNumber) -> String {
        format!("{} {}", self.card_owner(number), self.card_tail(number))
    }

    fn tokens(self, numbers: &[CardNumber]) -> String {
        self.join(numbers.iter().map(|n| self.token(n)))
    }

    pub(super) fn cards_pick(self, pick: &Pick) -> String {
        let word = t::pick(self.lang, pick).unwrap_or_default();
        let with_tail = |number: &CardNumber| format!("{word} {}", self.card_tail(number));
        match pick {
            Pick::Child(child) => self.name_and_class(*child),
            Pick::Token(number) => self.token(number),
            Pick::IssueAll
            | Pick::EndAll
            | Pick::Count
            | Pick::Found
            | Pick::Issue(_)
            | Pick::Allot
            | Pick::Second(_)
            | Pick::Day(_)
            | Pick::HandedIn(_)
            | Pick::Collects(..)
            | Pick::Whose(_) => word,
            Pick::Replace(number) | Pick::Lose(number) | Pick::Revive(number) | Pick::Void(number) | Pick::End(number) | Pick::Hang(number) => {
                with_tail(number)
            }
        }
    }

    // ---- what was done ----

    pub(super) fn cards_done(self, act: &CardsAct) -> String {
        let lang = self.lang;
        match act {
            CardsAct::Issue(cards) => match &cards[..] {
                [only] => self.card_given(only),
                several => t::did_issue_all(lang, several.len()),
            },
            CardsAct::Replace { old, new } if new.own => t::did_replace(lang, self.name(new.child), old.tail(), &new.number),
            CardsAct::Replace { new, .. } => self.card_given(new),
            CardsAct::Lose(number) => t::did_lose(lang, self.card_owner(number), number.tail()),
            CardsAct::Revive(number) => t::did_revive(lang, self.card_owner(number), number.tail()),
            CardsAct::Void(number) => t::did_void(lang, self.card_owner(number), number.tail()),
            CardsAct::End { number, until } => t::did_end(lang, self.card_owner(number), number.tail(), until),
            CardsAct::EndAll { until } => t::did_end_all(lang, until),
            CardsAct::Hang(number) => t::did_hang(lang, self.card_owner(number), number.tail()),
            CardsAct::Count { counted, missing, reason: None } => t::did_count(lang, counted, counted_of(*counted, missing)),
            CardsAct::Count { counted, missing, reason: Some(_) } if missing.is_empty() => {
                t::did_count_over(lang, counted, rack::expected(self.model.room()))
            }
            CardsAct::Count { counted, missing, reason: Some(_) } => {
                t::did_count_short(lang, counted, counted_of(*counted, missing), self.tokens(missing))
            }
            CardsAct::Find(number) => self.found_state(number),
        }
    }

    fn card_given(self, new: &NewCard) -> String {
        let (lang, name) = (self.lang, self.name_and_class(new.child));
        match (new.own, new.kind) {
            (true, crate::domain::custody::CardKind::Day) => t::did_issue_day(lang, name, &new.number),
            (true, _) => t::did_issue(lang, name, &new.number),
            (false, _) => t::did_enrol(lang, name, new.number.tail()),
        }
    }

    pub(super) fn cards_hindrance(self, hindrance: &Hindrance) -> String {
        let lang = self.lang;
        match hindrance {
            Hindrance::Taken(number) => t::taken(lang, number.tail()),
            Hindrance::StaffCard => t::is_staff_card(lang),
            Hindrance::SameCard(number) => t::same_card(lang, number.tail()),
            Hindrance::SharesFace(number) => t::shares_face(lang, number.tail()),
            Hindrance::TooClose(number) => t::too_close(lang, number.tail()),
            Hindrance::Short => t::short_face(lang),
            Hindrance::NotOwn => t::not_own(lang),
            Hindrance::HasCard(child) => t::has_card(lang, self.name(*child)),
            Hindrance::NoSecondCard => t::no_second_card(lang),
            Hindrance::HasDayCard(child) => t::has_day_card(lang, self.name(*child)),
            Hindrance::NobodyWithout => t::nobody_without(lang),
            Hindrance::StaysDead => t::stays_dead(lang),
            Hindrance::NotInUse => t::not_in_use(lang),
            Hindrance::NotAway => t::not_away(lang),
            Hindrance::DayIsPast => t::day_is_past(lang),
            Hindrance::NothingToChange => t::nothing_to_change(lang),
            Hindrance::NoRack => t::no_rack(lang),
            Hindrance::CountChanged => t::count_changed(lang),
            Hindrance::WantsReason => t::wants_reason(lang),
            Hindrance::NoSuchCard => t::no_such_card(lang),
            Hindrance::NoNumbers => t::no_numbers(lang),
        }
    }
}

/// How many there should have been: those that were counted and those that are missing.
fn counted_of(counted: u32, missing: &[CardNumber]) -> usize {
    usize::try_from(counted).unwrap_or(0) + missing.len()
}

/// How grave it is what was done: a count that differs, and a card that was found, want somebody to look.
pub(in crate::wording) fn severity(act: &CardsAct) -> Severity {
    match act {
        CardsAct::Count { reason: Some(_), .. } | CardsAct::Find(_) => Severity::Amber,
        CardsAct::Issue(_)
        | CardsAct::Replace { .. }
        | CardsAct::Lose(_)
        | CardsAct::Revive(_)
        | CardsAct::Void(_)
        | CardsAct::End { .. }
        | CardsAct::EndAll { .. }
        | CardsAct::Hang(_)
        | CardsAct::Count { reason: None, .. } => Severity::Green,
    }
}
