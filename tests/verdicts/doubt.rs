//! What is on file about a child is not what was entered: nobody releases it on that, on whatever evidence.

use super::*;

#[test]
fn a_child_in_doubt_is_not_released_on_any_evidence_and_another_is() {
    let evidence =
        NoCard { collector: CollectorId(1), id_tail: "1234".into(), vouch: Vouch::Leader(StaffId(3)), recognised: true, second: StaffId(2) };
    let proofs = [
        Proof::Card { number: CardNumber::new("453841"), means: Means::Scanned, own: true },
        Proof::Card { number: CardNumber::new("453841"), means: Means::Typed, own: true },
        Proof::CardUnread,
        Proof::NoCard(evidence),
        Proof::StaffParent(StaffId(2)),
        Proof::SelfLeave,
        Proof::NotBack { collector: CollectorId(1), vouch: said(2, CallResult::Yes) },
    ];
    let leaves = |decision: &Decision| decision.drafts.iter().any(|d| matches!(d.fact, Fact::Released { .. } | Fact::SteppedOut { .. }));
    let mut left = 0;
    for out in [false, true] {
        for release_on in [ReleaseOn::Enter, ReleaseOn::Scan] {
            for purpose in [Purpose::Home, Purpose::Outing] {
                for proof in &proofs {
                    let mut world = World::new();
                    world.settings.release_on = release_on;
                    world.change(1, |c| c.self_leave = true);
                    world.happen(
                        "16:00",
                        Fact::CollectorSet {
                            was: None,
                            now: Box::new(Collector { staff: Some(StaffId(2)), ..world.register.collector(CollectorId(2)).unwrap().clone() }),
                        },
                    );
                    world.arrive("453841", "16:30");
                    if out {
                        let facts = world.decide(&answered(world.shown(proofs[0].clone()), Purpose::Outing), "17:00").drafts;
                        assert!(!facts.is_empty());
                        world.enter(clock("17:00"), facts);
                    }
                    let pass = answered(world.shown(proof.clone()), purpose);
                    left += usize::from(leaves(&world.decide(&pass, "17:40")));
                    world.register.put_in_doubt([ChildId(2)].into());
                    let of_another = world.decide(&pass, "17:40");
                    world.register.put_in_doubt([ChildId(1)].into());
                    let decision = world.decide(&pass, "17:40");
                    assert!(!leaves(&decision), "{proof:?} {purpose:?} {release_on:?}: {decision:?}");
                    if leaves(&of_another) {
                        assert_eq!(decision.objection, Some(Objection::InDoubt(ChildId(1))), "{proof:?}");
                    }
                }
            }
        }
    }
    assert!(left >= 10, "{left} would have left");
}

/// A pass with everything said that can be asked.
fn answered(pass: Pass, purpose: Purpose) -> Pass {
    let mut pass = Pass { purpose, ..pass };
    pass.answers.taker = Some(CollectorId(1));
    pass.answers.early = Some(EarlyReason::Family);
    pass.answers.back_by = time_of_day("17:50");
    pass.answers.go = true;
    pass
}

#[test]
fn a_child_in_doubt_still_arrives_comes_back_and_is_held() {
    let mut world = World::new();
    world.register.put_in_doubt([ChildId(1)].into());
    assert_eq!(world.verdict(&world.scan("453841"), "16:30"), Verdict::InOk);
    world.arrive("453841", "16:30");
    let mut pass = world.scan("453841");
    pass.answers.somebody_else = true;
    assert_eq!(world.verdict(&pass, "17:30"), Verdict::Hold);
}
