//! Who goes, for good or for a while: with whom, on what evidence, and which questions come first.

use super::{Answers, Proof, Purpose, Step, expected_taker, shown, went_out_with};
use crate::domain::card::CardNumber;
use crate::domain::custody::{Card, Custody};
use crate::domain::day::{Presence, Visit};
use crate::domain::fact::{CallPurpose, CallResult, Fact, Ground, Late, Means, MonthCount, OfficeFact, Taker};
use crate::domain::people::{Collector, CollectorId, Right};
use crate::domain::settings::ReleaseOn;
use crate::rules::collect::{Vouch, WRONG_PHRASES, default_taker, has_a_barred_number, may_vouch, needs_call, takers, wants_phrase, wrong_phrases};
use crate::rules::enrolment::leaves_early_as_agreed;
use crate::rules::hold::{family_was_asked_for, names_first};
use crate::rules::hours::{is_early, minutes_late};
use crate::rules::verdict::Verdict;
use crate::rules::{Decision, Objection, barred, duty, missing, unnamed};

impl Step<'_> {
    /// Whatever cards of a child that does not come back somebody holds, but the one that was shown, are out of the room now.
    pub(super) fn others_away(self, shown: Option<CardNumber>) -> impl Iterator<Item = Fact> {
        let others = self.room.register.cards_of(self.child.id).into_iter();
        let others = others.filter(move |c| c.custody == Custody::Holder && Some(&c.number) != shown.as_ref());
        others.filter_map(move |card| self.move_card(&card.number, Custody::Away))
    }

    pub(super) fn pickup(self, visit: &Visit) -> Decision {
        if self.room.register.in_doubt().contains(&self.child.id) {
            return Decision::refuse(Objection::InDoubt(self.child.id));
        }
        let answers = &self.pass.answers;
        // A school's number typed by hand may be another child's: it never releases by itself.
        let read = matches!(self.pass.proof, Proof::Card { means: Means::Scanned, .. } | Proof::Card { own: true, .. });
        let by_scan = read && self.room.settings.release_on == ReleaseOn::Scan;
        // Whatever a reading does here: the Enter or number that follows it is meant for the arrival.
        let came = shown::came_last(self.room, self.child.id, visit, self.then());
        let only_read = matches!(self.pass.proof, Proof::Card { .. }) && self.pass.purpose == Purpose::Home && *answers == Answers::default();
        if only_read && visit.out.is_none() && self.was_read_twice(came) {
            return self.ask(Verdict::InAlready { at: came.0 });
        }
        if let Proof::Card { number, .. } = &self.pass.proof
            && visit.out.is_none()
            && !self.proves(number, visit)
        {
            return Decision::refuse(Objection::ProvesNothing(self.child.id));
        }
        let is_missing = self.room.state().missing_child(self.child.id).is_some();
        if (!visit.place.is_room() || is_missing) && answers.on_site.is_none() && visit.out.is_none() {
            return self.elsewhere(visit);
        }
        let on = self.at.date();
        let taker = match &self.pass.proof {
            Proof::NoCard(evidence) => Some(Taker::Collector(evidence.collector)),
            Proof::StaffParent(staff) => {
                let parent = takers(self.room, self.child.id, on).into_iter().find(|c| c.staff == Some(*staff));
                let Some(parent) = parent else { return Decision::refuse(Objection::WrongStaff) };
                Some(Taker::Collector(parent.id))
            }
            Proof::SelfLeave => Some(Taker::Itself),
            Proof::NotBack { collector, .. } => Some(Taker::Collector(*collector)),
            Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) => answers.taker.map(Taker::Collector),
        };
        if taker.is_none() && names_first(self.room, self.child.id) {
            return self.ask(Verdict::Who);
        }
        // At another place the leader's word needs the card, or the family's yes. A no is a no; who was not reached is called
        // again.
        let shown = matches!(self.pass.proof, Proof::Card { .. });
        if let Some(on_site) = answers.on_site {
            let about = expected_taker(self.room, self.pass, on).and_then(|id| self.described(id));
            if let Err(objection) = may_vouch(self.room, self.child.id, about, on_site.call, self.now) {
                return Decision::refuse(objection);
            }
        }
        match answers.on_site.map(|o| o.call) {
            Some(vouch @ Vouch::Called(_, CallResult::No)) => {
                return self.hold_back(Some(vouch.call(self.room, self.child.id, CallPurpose::Collector)));
            }
            // Who was missed is under nobody's eyes: no card says that anybody has it.
            Some(Vouch::Called(_, CallResult::NoAnswer)) if !shown || is_missing => return self.elsewhere(visit),
            Some(Vouch::Called(_, CallResult::Yes | CallResult::NoAnswer) | Vouch::Leader(_)) | None => {}
        }
        if let Proof::NotBack { collector, vouch } = self.pass.proof {
            let listed = takers(self.room, self.child.id, on).iter().any(|c| c.id == collector);
            if listed
                && !self.speaks_for_itself(visit, collector, vouch)
                && let Err(objection) = self.may_vouch(collector, vouch)
            {
                return Decision::refuse(objection);
            }
            match vouch.result() {
                None | Some(CallResult::Yes) => {}
                Some(CallResult::No) => return self.hold_back(Some(vouch.call(self.room, self.child.id, CallPurpose::Collector))),
                Some(CallResult::NoAnswer) => return Decision::refuse(Objection::Evidence),
            }
        }
        if let Some(Taker::Collector(id)) = taker {
            if !takers(self.room, self.child.id, on).iter().any(|c| c.id == id) {
                return self.ask(Verdict::Who);
            }
            let vouched = match &self.pass.proof {
                Proof::NoCard(evidence) => self.vouched(id, Some(evidence.vouch)),
                Proof::StaffParent(_) => true,
                Proof::NotBack { vouch, .. } => vouch.agrees(),
                Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::SelfLeave => {
                    self.vouched(id, answers.call) || self.vouched(id, answers.on_site.filter(|o| o.about == Some(id)).map(|o| o.call))
                }
            };
            if !vouched && needs_call(self.room, self.child, visit, id, on) {
                return self.unannounced(id);
            }
        }
        if self.is_early(visit) && answers.early.is_none() {
            return self.ask(Verdict::Early);
        }
        let extended = self.state.child(self.child.id).and_then(|day| day.extended);
        let late_min = minutes_late(self.room.settings, visit, extended, self.at);
        if let Some(minutes) = late_min
            && answers.late.is_none()
        {
            return self.ask(Verdict::Late { minutes });
        }
        let taker = taker.or_else(|| default_taker(self.room, self.child.id, visit, on).map(Taker::Collector));
        let Some(taker) = taker else { return self.ask(Verdict::Who) };
        // What the family said of one person at the other place says nothing of another.
        if let (Some(on_site), Taker::Collector(id)) = (answers.on_site, taker)
            && on_site.about != Some(id)
            && (!shown || is_missing || names_first(self.room, self.child.id) || needs_call(self.room, self.child, visit, id, on))
            && !self.vouched(id, answers.call)
        {
            return self.elsewhere(visit);
        }
        let phrase_of = self.phrase_of(visit, taker);
        let named = answers.go || answers.taker.is_some() || matches!(self.pass.proof, Proof::NoCard(_));
        let unnamed = unnamed::of(self.room, taker).map(|c| c.id).filter(|id| answers.called.as_ref().is_none_or(|c| c.collector != *id));
        if let Some(collector) = unnamed
            && (named || takers(self.room, self.child.id, on).len() == 1)
        {
            return self.ask(Verdict::Unnamed { collector });
        }
        if let Some(collector) = phrase_of.filter(|_| named) {
            match answers.phrase.filter(|(of, _)| *of == collector) {
                Some((_, true)) => {}
                Some((_, false)) => return self.wrong_phrase(collector),
                None if wrong_phrases(self.room, self.child.id) >= WRONG_PHRASES => return self.hold_back(None),
                None => return self.ask(Verdict::Phrase { collector }),
            }
        }
        if self.pass.purpose == Purpose::Outing {
            return self.step_out(visit, taker, late_min);
        }
        if !answers.go && (!by_scan || phrase_of.is_some() || unnamed.is_some()) {
            return self.ask(if matches!(self.pass.proof, Proof::SelfLeave) { Verdict::OutAlone } else { Verdict::Out });
        }
        self.let_go(visit, taker, late_min)
    }

    /// The last questions of who steps out for a while: with whom, and until when.
    fn step_out(self, visit: &Visit, taker: Taker, late_min: Option<i64>) -> Decision {
        let Taker::Collector(collector) = taker else { return Decision::refuse(Objection::Evidence) };
        let answers = &self.pass.answers;
        if !answers.go && answers.taker.is_none() && !matches!(self.pass.proof, Proof::NoCard(_) | Proof::StaffParent(_)) {
            return self.ask(Verdict::MayStepOut);
        }
        match answers.back_by {
            Some(time) if time > self.at.time() => self.let_go(visit, taker, late_min),
            past => self.ask(Verdict::BackBy { taker: collector, past: past.is_some() }),
        }
    }

    /// Before ordinary pickup, and not as the family has agreed on for every such day (S3.07).
    fn is_early(self, visit: &Visit) -> bool {
        is_early(self.room.settings, visit, self.at) && !leaves_early_as_agreed(self.child, self.at)
    }

    /// Whose pass phrase stands before the release; a staff card with its PIN is more than a phrase.
    fn phrase_of(self, visit: &Visit, taker: Taker) -> Option<CollectorId> {
        match (taker, &self.pass.proof) {
            (Taker::Itself, _) | (_, Proof::StaffParent(_) | Proof::SelfLeave) => None,
            (Taker::Collector(id), Proof::NotBack { .. }) if went_out_with(visit, id) => None,
            (
                Taker::Collector(id),
                Proof::NotBack { .. } | Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::NoCard(_),
            ) => Some(id).filter(|id| wants_phrase(self.room, self.child.id, visit, *id, self.at.date())),
        }
    }

    /// The child stays and the phrase is asked for again; after the third wrong one of a day the leader takes over.
    fn wrong_phrase(self, collector: CollectorId) -> Decision {
        let tried = Fact::Office(OfficeFact::PhraseTried { child: self.child.id, collector, right: false });
        if wrong_phrases(self.room, self.child.id) + 1 < WRONG_PHRASES {
            return self.record(Verdict::Phrase { collector }, vec![tried]);
        }
        self.hold_back(Some(tried))
    }

    /// Whoever took the child out says at the number on record that it does not come back: nobody else has it. A number that is a
    /// barred person's as well says nothing.
    pub(super) fn speaks_for_itself(self, visit: &Visit, collector: CollectorId, vouch: Vouch) -> bool {
        let listed = takers(self.room, self.child.id, self.at.date()).into_iter().find(|c| c.id == collector);
        let reached = listed.is_some_and(|c| c.phone.is_some() && !has_a_barred_number(self.room, c, self.now.date()));
        reached && went_out_with(visit, collector) && matches!(vouch, Vouch::Called(called, _) if called == collector)
    }

    /// A right for one day ends with the release that it was given for (F032).
    fn consume(self, taker: Taker, learned: &[Fact]) -> Option<Fact> {
        let Taker::Collector(id) = taker else { return None };
        let called = learned.iter().find_map(|f| if let Fact::CollectorSet { now, .. } = f { Some(&**now) } else { None });
        let was = called.or_else(|| self.room.register.collector(id)).filter(|c| matches!(c.right, Right::OneDay { .. }))?;
        let now = Collector { right: Right::Ended, ..was.clone() };
        Some(Fact::CollectorSet { was: Some(Box::new(was.clone())), now: Box::new(now) })
    }

    /// The child is at another place, or nobody knows where: then nobody takes it out for a while either.
    fn elsewhere(self, visit: &Visit) -> Decision {
        if let Some(missing) = self.room.day.state().missing_child(self.child.id) {
            return match self.pass.purpose {
                Purpose::Home => self.ask(Verdict::Missing { since: missing.since, place: missing.place.clone() }),
                Purpose::Outing => Decision::refuse(Objection::Missing(self.child.id)),
            };
        }
        let called = self.state.child(self.child.id).and_then(|c| c.called_over);
        self.ask(Verdict::Elsewhere { place: visit.place.clone(), called })
    }

    /// Whether somebody who may vouch for this collector says yes.
    fn vouched(self, collector: CollectorId, vouch: Option<Vouch>) -> bool {
        vouch.is_some_and(|vouch| vouch.agrees() && self.may_vouch(collector, vouch).is_ok())
    }

    pub(super) fn may_vouch(self, collector: CollectorId, vouch: Vouch) -> Result<(), Objection> {
        may_vouch(self.room, self.child.id, self.described(collector), vouch, self.now)
    }

    /// The family was asked about a collector whom the desk did not expect. A no holds the child; who was not reached is called
    /// again, and the child stays meanwhile.
    fn unannounced(self, collector: CollectorId) -> Decision {
        let Some(vouch) = self.pass.answers.call else { return self.ask(Verdict::WhoCall { collector }) };
        if let Err(objection) = self.may_vouch(collector, vouch) {
            return Decision::refuse(objection);
        }
        let said = vouch.call(self.room, self.child.id, CallPurpose::Collector);
        if vouch.result() == Some(CallResult::No) { self.hold_back(Some(said)) } else { self.record(Verdict::WhoCall { collector }, vec![said]) }
    }

    /// The child goes, for good or for a while: the ground with its evidence, the ways of its cards, what else ends with it.
    fn let_go(self, visit: &Visit, taker: Taker, late_min: Option<i64>) -> Decision {
        let answers = &self.pass.answers;
        let id = self.child.id;
        let is_missing = self.room.state().missing_child(id).is_some();
        let ground = match &self.pass.proof {
            // Of whose family somebody asked today for a child who may not does not go home alone today.
            Proof::SelfLeave if self.child.is_young() || !self.child.self_leave || family_was_asked_for(self.room, id) => {
                return Decision::refuse(Objection::Evidence);
            }
            Proof::Card { number, .. } => Ground::Card { number: number.clone() },
            // Who was missed is with whom the family says: nothing can be shown here for a child that has gone.
            Proof::CardUnread if is_missing && answers.on_site.is_some() && taker != Taker::Itself => {
                Ground::OnSite { place: visit.place.clone(), card: None, call: answers.on_site.and_then(|o| o.call.result()) }
            }
            Proof::CardUnread => match self.card_in_hand() {
                Some(number) => Ground::CardUnread { number },
                None => return Decision::refuse(Objection::NoLiveCard(id)),
            },
            Proof::NoCard(e) => {
                let proven = e.recognised && self.vouched(e.collector, Some(e.vouch)) && !e.id_tail.trim().is_empty();
                let collector = self.described(e.collector);
                let adult = duty::seconds_for(self.room, self.pass.since, id, (collector, e.vouch), self.now).iter().any(|s| s.id == e.second);
                if !proven || !adult {
                    return Decision::refuse(if adult { Objection::Evidence } else { Objection::WrongStaff });
                }
                Ground::NoCard { id_tail: e.id_tail.clone(), call: e.vouch.result(), recognised: e.recognised, second: e.second }
            }
            Proof::StaffParent(staff)
                if !duty::is_able(self.room, *staff, self.now) || barred::is_of_staff(self.room.register, id, *staff, self.now.date()) =>
            {
                return Decision::refuse(Objection::WrongStaff);
            }
            Proof::StaffParent(staff) => Ground::StaffParent { staff: *staff },
            Proof::SelfLeave => Ground::SelfLeave,
            Proof::NotBack { vouch, .. } if vouch.agrees() => Ground::NotBack { call: vouch.result() },
            Proof::NotBack { .. } => return Decision::refuse(Objection::Evidence),
            Proof::Name | Proof::Escort(_) => return Decision::refuse(Objection::AlreadyHere(id)),
        };
        // At another place the card is shown to whoever is there; what else has to be proven has to be proven there too.
        let ground = match (ground, answers.on_site) {
            (Ground::Card { number } | Ground::CardUnread { number }, Some(on_site)) => {
                Ground::OnSite { place: visit.place.clone(), card: Some(number), call: on_site.call.result() }
            }
            (ground, _) => ground,
        };
        let shown = ground.card().cloned();
        let learned = match unnamed::learned(self.room, taker, answers.called.as_ref(), self.now) {
            Ok(learned) => learned,
            Err(objection) => return Decision::refuse(objection),
        };
        let mut facts = Vec::with_capacity(4);
        if let (Some((collector, true)), Taker::Collector(taker)) = (answers.phrase, taker)
            && collector == taker
        {
            facts.push(Fact::Office(OfficeFact::PhraseTried { child: id, collector, right: true }));
        }
        let evidence = match &self.pass.proof {
            Proof::NoCard(evidence) => Some(evidence.vouch),
            Proof::NotBack { vouch, .. } => Some(*vouch),
            Proof::Card { .. } | Proof::CardUnread | Proof::Name | Proof::Escort(_) | Proof::StaffParent(_) | Proof::SelfLeave => None,
        };
        let vouches = [answers.call, evidence, answers.on_site.map(|o| o.call)];
        facts.extend(vouches.into_iter().flatten().map(|vouch| vouch.call(self.room, id, CallPurpose::Collector)));
        let ends = self.consume(taker, &learned);
        facts.extend(learned);
        let late = late_min.and_then(|minutes| Some(Late { minutes, reason: answers.late? }));
        let early = answers.early.filter(|_| self.is_early(visit));
        let without_card = matches!(ground, Ground::NoCard { .. } | Ground::StaffParent { .. });
        let verdict = match (self.pass.purpose, taker, answers.back_by) {
            (Purpose::Home, _, _) => {
                facts.push(Fact::Released { child: id, arrival: visit.arrival, ground, taker, early, late });
                facts.extend(ends);
                Verdict::OutOk { taker, at: self.at }
            }
            (Purpose::Outing, Taker::Collector(taker), Some(back_by)) => {
                facts.push(Fact::SteppedOut { child: id, taker, back_by: Some(back_by), ground: Some(ground), early, late });
                Verdict::SteppedOut { taker, back_by }
            }
            (Purpose::Outing, _, _) => return Decision::refuse(Objection::Evidence),
        };
        // The card that was shown hangs on its hook again.
        facts.extend(shown.iter().filter_map(|number| self.move_card(number, Custody::Rack)));
        if self.pass.purpose == Purpose::Home {
            facts.extend(self.others_away(shown));
        }
        if without_card {
            facts.push(self.count_no_card());
        }
        facts.extend(missing::collected(self.room.day.state(), id));
        self.record(verdict, facts)
    }

    /// The card that is in the teacher's hand though it was not read: the one that was with a holder, else the main one.
    fn card_in_hand(self) -> Option<CardNumber> {
        let Presence::In(visit) = self.state.presence(self.child.id) else { return None };
        let cards: Vec<&Card> = self.cards().into_iter().filter(|c| self.proves(&c.number, visit)).collect();
        let held = cards.iter().find(|c| c.custody == Custody::Holder);
        held.or_else(|| cards.first()).map(|c| c.number.clone())
    }

    fn count_no_card(self) -> Fact {
        use chrono::Datelike;
        let (year, month) = (self.at.date().year(), self.at.date().month());
        let was = self.room.register.no_card_count(self.child.id);
        let before = was.filter(|c| (c.year, c.month) == (year, month)).map_or(0, |c| c.count);
        Fact::NoCardCounted { child: self.child.id, was, now: MonthCount { year, month, count: before + 1 } }
    }
}
