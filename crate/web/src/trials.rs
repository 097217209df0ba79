//! The trials of changes as the page reports them to its charts: in one array and one text. Numbers in JSON would bring the
//! parsing of decimals along, which is larger than the chart.

use gradient_flow_charts::{Trial, TrialState, Trials};

/// Trials from a report. `numbers` are the place of their state in `TrialState::ALL`, 1 if values are accuracies, `steps`,
/// `made`, `planned` and the value of guessing; then for each row its value (NaN for none), and bits: 1 if it learns, 2 if
/// it overflowed, 4 if it was tried, 8 if it changes one setting alone. `labels` has a line for each row. None if there is
/// no such state, or a row lacks something.
pub fn from_report(numbers: &[f64], labels: &str) -> Option<Trials> {
    let (&[state, has_accuracy, steps, made, planned, guess], values) =
        numbers.split_first_chunk()?;
    let mut rows = Vec::new();
    let mut at = 0;
    for label in labels.lines() {
        let bits = *values.get(at + 1)? as u8;
        rows.push(Trial {
            label: label.into(),
            value: values[at],
            learns: bits & 1 > 0,
            overflowed: bits & 2 > 0,
            tried: bits & 4 > 0,
            is_single: bits & 8 > 0,
        });
        at += 2;
    }
    Some(Trials {
        state: *TrialState::ALL.get(state as usize)?,
        steps: steps as u64,
        made: made as usize,
        planned: planned as usize,
        has_accuracy: has_accuracy > 0.0,
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
        let head = [2.0, 1.0, 300.0, 2.0, 14.0, f64::NAN];
        let numbers = [&head[..], &[0.97, 13.0, f64::NAN, 6.0]].concat();
        let trials = from_report(&numbers, "ReLU + He\nAdam").expect("a report");
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
        assert_eq!(from_report(&head, "").map(|calm| calm.tried()), Some(0));
        assert_eq!(from_report(&numbers, "ReLU\nAdam\nmore"), None);
        assert_eq!(from_report(&head[1..], ""), None);
        let unknown = [7.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(from_report(&unknown, ""), None);
    }

    #[test]
    fn states_have_the_places_that_the_page_knows() {
        let states = [
            "waiting",
            "calm",
            "running",
            "finished",
            "off",
            "too-large",
            "no-worker",
        ];
        assert_eq!(TrialState::ALL.map(TrialState::name), states);
    }
}
