//! The diagnosis over random configs: a short form of `cargo xtask bench diagnosis`, with small networks.

mod study;

use study::{Size, Summary, measure};

const SMALL: Size = Size {
    steps: 250,
    depth: 12.0,
    width: 24.0,
};

#[test]
fn what_is_offered_learns_and_what_learns_is_left_alone() {
    let mut lines = Vec::new();
    let runs = measure(60, 1, SMALL, |index, run| {
        lines.push(format!("{index} {}", run.line()))
    });
    let summary = Summary::of(&runs);
    let complain = |what: &str| format!("{what}\n{summary}\n{}", lines.join("\n"));
    let failing = summary.failing.value();
    assert!(
        (0.3..0.8).contains(&failing),
        "{}",
        complain("not about half fail")
    );
    // Those that are not named are about to learn: they need more steps, and no cure.
    for run in runs.iter().filter(|run| run.is_healthy()) {
        assert!(
            run.progress() > 0.05,
            "{}\n{}",
            complain("called healthy"),
            run.line()
        );
    }
    assert!(
        summary.named.value() >= 0.7,
        "{}",
        complain("failures go unnamed")
    );
    assert!(
        summary.offered.value() >= 0.65,
        "{}",
        complain("failures stay without a fix")
    );
    assert!(
        summary.kept.value() >= 0.95,
        "{}",
        complain("fixes do not learn")
    );
    assert!(
        summary.false_alarms.value() <= 0.05,
        "{}",
        complain("false alarms")
    );
    assert!(
        summary.changes_at(0.5) <= 1,
        "{}",
        complain("the verdict wavers")
    );
}
