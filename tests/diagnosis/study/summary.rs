//! What random runs show of the diagnosis, in numbers.

use super::Run;
use gradient_flow::diagnosis::DiagnosisKind;
use std::collections::BTreeMap;
use std::fmt;

/// A part of all.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub all: usize,
}

impl Share {
    fn of<'a, T: 'a>(all: impl Iterator<Item = &'a T> + Clone, is_part: fn(&T) -> bool) -> Self {
        Share {
            part: all.clone().filter(|one| is_part(one)).count(),
            all: all.count(),
        }
    }

    /// From 0 to 1; 0 of nothing.
    pub fn value(self) -> f64 {
        self.part as f64 / self.all.max(1) as f64
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let percent = 100.0 * self.value();
        write!(f, "{percent:.1} % ({} of {})", self.part, self.all)
    }
}

/// What random runs show of the diagnosis. A run fails if it has not made half of the way from guessing to no error.
#[derive(Debug)]
pub struct Summary {
    pub failing: Share,
    /// Of the failing runs: with another verdict than healthy in the end.
    pub named: Share,
    /// Of the failing runs: with a fix.
    pub offered: Share,
    /// Of the offered fixes: those that learn on another seed, in twice the steps.
    pub kept: Share,
    /// Of the runs that learn: with another verdict than healthy in the end.
    pub false_alarms: Share,
    /// Of the runs that learn: with another verdict than healthy at any step.
    pub alarms_on_the_way: Share,
    /// Changes of the verdict per run, sorted.
    pub changes: Vec<usize>,
    /// For each verdict on failing runs: how many, and how many of them with a fix.
    pub by_kind: BTreeMap<&'static str, Share>,
}

impl Summary {
    /// The summary of some runs.
    pub fn of(runs: &[Run]) -> Self {
        let failing = runs.iter().filter(|run| !run.learns());
        let learning = runs.iter().filter(|run| run.learns());
        let is_alarm = |(_, kind): &(u64, DiagnosisKind)| *kind != DiagnosisKind::Healthy;
        let mut by_kind: BTreeMap<&str, Share> = BTreeMap::new();
        for run in failing.clone() {
            let share = by_kind
                .entry(run.kind().name())
                .or_insert(Share { part: 0, all: 0 });
            share.all += 1;
            share.part += usize::from(!run.fixes.is_empty());
        }
        let mut changes: Vec<usize> = runs.iter().map(|run| run.kinds.len() - 1).collect();
        changes.sort_unstable();
        let fixes = runs.iter().flat_map(|run| &run.fixes);
        Summary {
            failing: Share::of(runs.iter(), |run| !run.learns()),
            named: Share::of(failing.clone(), |run| !run.is_healthy()),
            offered: Share::of(failing, |run| !run.fixes.is_empty()),
            kept: Share::of(fixes, |(_, _, again)| again.learns()),
            false_alarms: Share::of(learning.clone(), |run| !run.is_healthy()),
            alarms_on_the_way: Share {
                part: learning
                    .clone()
                    .filter(|run| run.kinds.iter().any(is_alarm))
                    .count(),
                all: learning.count(),
            },
            changes,
            by_kind,
        }
    }

    /// How many changes of the verdict this share of the runs has at most.
    pub fn changes_at(&self, share: f64) -> usize {
        let last = self.changes.len().saturating_sub(1);
        let index = (last as f64 * share) as usize;
        self.changes.get(index).copied().unwrap_or(0)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let [median, most_runs, most] = [0.5, 0.9, 1.0].map(|share| self.changes_at(share));
        writeln!(f, "| Measured | |\n|---|---|")?;
        writeln!(f, "| Runs that fail | {} |", self.failing)?;
        writeln!(f, "| Failing runs that are named | {} |", self.named)?;
        writeln!(
            f,
            "| Failing runs for which a fix is offered | {} |",
            self.offered
        )?;
        writeln!(
            f,
            "| Offered fixes that learn on another seed, in twice the steps | {} |",
            self.kept
        )?;
        writeln!(
            f,
            "| Runs that learn, with an alarm in the end | {} |",
            self.false_alarms
        )?;
        writeln!(
            f,
            "| Runs that learn, with an alarm on the way | {} |",
            self.alarms_on_the_way
        )?;
        writeln!(
            f,
            "| Changes of the verdict per run: median, 90 % of runs, most | {median}, {most_runs}, {most} |"
        )?;
        writeln!(
            f,
            "\n| Verdict on failing runs | Runs | With a fix |\n|---|---|---|"
        )?;
        for (kind, Share { part, all }) in &self.by_kind {
            writeln!(f, "| `{kind}` | {all} | {part} |")?;
        }
        Ok(())
    }
}
