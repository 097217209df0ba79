//! The trials of changes as the page reports them to its charts: in arrays, since numbers in JSON would bring the
//! parsing of decimals along, which is larger than the chart.

use gradient_flow_charts::{Trial, TrialState, Trials};

/// Trials from a report: the name of their state, whether values are accuracies, `steps`, `made`, `planned` and the value
/// of guessing; then for each row its label, its value (NaN for none), and bits: 1 if it learns, 2 if it overflowed, 4 if it
/// was tried, 8 if it changes one setting alone. None if no state has the name, or arrays differ in length.
pub fn from_report(
    (state, has_accuracy): (&str, bool),
    numbers: &[f64],
    labels: Vec<String>,
    values: &[f64],
    bits: &[u8],
) -> Option<Trials> {
    let &[steps, made, planned, guess] = numbers else {
        return None;
    };
    if labels.len() != values.len() || labels.len() != bits.len() {
        return None;
    }
    let mut rows = Vec::with_capacity(labels.len());
    for (row, label) in labels.into_iter().enumerate() {
        rows.push(Trial {
            label,
            value: values[row],
            learns: bits[row] & 1 > 0,
            overflowed: bits[row] & 2 > 0,
            tried: bits[row] & 4 > 0,
            is_single: bits[row] & 8 > 0,
        });
    }
    Some(Trials {
        state: TrialState::ALL.into_iter().find(|s| s.name() == state)?,
        steps: steps as u64,
        made: made as usize,
        planned: planned as usize,
        has_accuracy,
        guess,
        rows,
        selected: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read() {
        let labels = || vec!["ReLU + He".to_string(), "Adam".to_string()];
        let numbers = [300.0, 2.0, 14.0, f64::NAN];
        let report = ("running", true);
        let trials = from_report(report, &numbers, labels(), &[0.97, f64::NAN], &[13, 6]);
        let trials = trials.expect("a report");
        assert_eq!(
            (trials.state, trials.steps, trials.made, trials.planned),
            (TrialState::Running, 300, 2, 14)
        );
        assert!(trials.guess.is_nan() && trials.has_accuracy);
        let [relu, adam] = &trials.rows[..] else {
            panic!("two rows");
        };
        assert_eq!((relu.label.as_str(), relu.value), ("ReLU + He", 0.97));
        assert!(relu.learns && relu.tried && relu.is_single && !relu.overflowed);
        assert!(!adam.learns && adam.tried && !adam.is_single && adam.overflowed);
        let calm = from_report(("calm", false), &numbers, vec![], &[], &[]);
        assert_eq!(calm.map(|calm| calm.tried()), Some(0));
        assert_eq!(from_report(("x", true), &numbers, vec![], &[], &[]), None);
        assert_eq!(
            from_report(report, &numbers, labels(), &[0.97], &[13, 6]),
            None
        );
        assert_eq!(from_report(report, &numbers[1..], vec![], &[], &[]), None);
    }
}
