//! Networks that people could not train, as published or met in the field: each is named by its root cause over three
//! seeds, and what is tried first against that cause lets it learn.

use gradient_flow::data::data_file;
use gradient_flow::diagnosis::trials::{Outcome, Trials};
use gradient_flow::diagnosis::{Diagnosis, DiagnosisKind, Diagnostician};
use gradient_flow::{Config, Session, Trainer};
use gradient_flow_words::Words;

const DIGITS: &str = include_str!("../../crate/core/data/digits.csv");

struct Case {
    query: &'static str,
    steps: u64,
    /// The verdict in the end; of an overflow, what led to it.
    cause: DiagnosisKind,
    /// A part of what is said.
    says: &'static str,
    /// What must be among the fixes, as a part of the label.
    fix: &'static str,
}

use DiagnosisKind as K;

const CASES: &[Case] = &[
    Case {
        query: "activation=sigmoid&depth=4",
        steps: 1200,
        cause: K::Derivative,
        says: "Each Sigmoid layer passes back only",
        fix: "ReLU + He",
    },
    Case {
        query: "activation=gelu&depth=2&init=normal&init-gain=0.01",
        steps: 300,
        cause: K::StartTooSmall,
        says: "The initial weights are too small: sqrt(n_in Var W) is 0.08",
        fix: "He start, gain 1.05",
    },
    Case {
        query: "activation=relu&depth=6&init=he_normal&init-gain=2&width=128",
        steps: 20,
        cause: K::ExplodingWeights,
        says: "Before: The backward signal δ is",
        fix: "He start",
    },
    Case {
        query: "activation=relu&depth=2&init=normal",
        steps: 0,
        cause: K::StartTooLarge,
        says: "where guessing has 2.30",
        fix: "He start",
    },
    Case {
        query: "data=circle&noise=0.05&activation=relu&depth=2&width=10&loss=bce&batch-size=full&learning-rate=0.01&init=normal&init-gain=10",
        steps: 0,
        cause: K::StartTooLarge,
        says: "where guessing has 0.69",
        fix: "He start",
    },
    Case {
        query: "activation=relu&depth=2&width=256&init=normal&learning-rate=0.5&batch-size=100",
        steps: 100,
        cause: K::StartTooLarge,
        says: "",
        fix: "He start",
    },
    Case {
        query: "activation=relu&init=he_normal&depth=5&width=50&weight-decay=1",
        steps: 500,
        cause: K::PenaltyTooStrong,
        says: "pulls the weights to 0",
        fix: "No weight decay",
    },
    Case {
        query: "activation=relu&init=he_normal&depth=5&width=50&weight-decay=1&batch-size=1",
        steps: 500,
        cause: K::PenaltyTooStrong,
        says: "Weight decay makes",
        fix: "No weight decay",
    },
    Case {
        query: "activation=tanh&depth=2&l1=1",
        steps: 400,
        cause: K::PenaltyTooStrong,
        says: "The L1 penalty makes",
        fix: "No weight decay",
    },
    Case {
        query: "activation=relu&init=he_normal&depth=5&clip=norm&clip-at=0.00001",
        steps: 100,
        cause: K::ThresholdTooSmall,
        says: "Clipping at 0.00001",
        fix: "Clip at 1",
    },
    Case {
        query: "activation=relu&init=he_normal&depth=5&clip=norm&clip-at=0.001",
        steps: 400,
        cause: K::ThresholdTooSmall,
        says: "Clipping at 0.001",
        fix: "Clip at 1",
    },
    Case {
        query: "activation=relu&init=he_normal&depth=3&norm=batch&batch-size=1",
        steps: 300,
        cause: K::BatchTooSmall,
        says: "every normalized value is 0",
        fix: "Batch size 32",
    },
    Case {
        query: "residual=true&activation=linear&depth=20",
        steps: 20,
        cause: K::ExplodingWeights,
        says: "Before: The backward signal δ is",
        fix: "He start, gain 0.2",
    },
    Case {
        query: "activation=tanh&depth=20&init=normal",
        steps: 300,
        cause: K::ExplodingWeights,
        says: "of the Tanh outputs are saturated",
        fix: "Xavier start",
    },
    Case {
        query: "activation=tanh&depth=10&init=normal",
        steps: 0,
        cause: K::ExplodingWeights,
        says: "of the Tanh outputs are saturated",
        fix: "Xavier start",
    },
    Case {
        query: "activation=tanh&depth=3&learning-rate=0.00001",
        steps: 400,
        cause: K::RateTooSmall,
        says: "The learning rate 0.00001 is too small",
        fix: "Learning rate 0.7",
    },
    Case {
        query: "activation=gelu&depth=6&init=normal&learning-rate=0.00001&optimizer=adam",
        steps: 300,
        cause: K::ExplodingWeights,
        says: "times larger at layer 1",
        fix: "He start, gain 1.05, rate 0.001",
    },
    Case {
        query: "activation=silu&depth=20&init=he_normal",
        steps: 300,
        cause: K::Hidden,
        says: "The network has not learned since",
        fix: "He start, gain 1.15, rate 0.02",
    },
];

/// Follows a run to its end, with every kind that was said, and the last diagnosis.
fn follow(query: &str, seed: u64, steps: u64) -> (Config, Vec<DiagnosisKind>, Diagnosis) {
    let config = Config::from_query(&format!("{query}&seed={seed}")).unwrap();
    let mut session = Session::<f32>::new(config.clone(), table(&config)).unwrap();
    let mut diagnostician = Diagnostician::default();
    let mut kinds = Vec::new();
    loop {
        let snapshot = session.snapshot(true);
        let diagnosis = diagnostician.diagnose(&config, &snapshot);
        if kinds.last() != Some(&diagnosis.kind) {
            kinds.push(diagnosis.kind);
        }
        if snapshot.step >= steps || snapshot.first_nonfinite.is_some() {
            return (config, kinds, diagnosis);
        }
        session.advance(10);
    }
}

fn table(config: &Config) -> Option<&'static str> {
    data_file(config).map(|_| DIGITS)
}

/// What is said in all.
fn said(diagnosis: &Diagnosis) -> String {
    let words = Words::english();
    let parts = [&diagnosis.title, &diagnosis.text].map(|message| words.say(message));
    format!(
        "{}: {} {}",
        parts[0],
        parts[1],
        words.say_all(&diagnosis.evidence)
    )
}

#[test]
fn published_failures_are_named_by_their_cause() {
    let mut wrong = Vec::new();
    for case in CASES {
        for seed in 1..=3 {
            let (_, kinds, diagnosis) = follow(case.query, seed, case.steps);
            let said = said(&diagnosis);
            let is_named = diagnosis.cause == case.cause;
            if !is_named || !said.contains(case.says) || kinds.len() > 3 {
                wrong.push(format!("{} seed {seed}: {kinds:?} {said}", case.query));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_tried_first_against_the_cause_lets_them_learn() {
    let mut wrong = Vec::new();
    for case in CASES {
        for seed in 1..=3 {
            let config = Config::from_query(&format!("{}&seed={seed}", case.query)).unwrap();
            let mut trials = Trials::new(&config, case.cause, true, case.steps);
            // The alternatives for the two likeliest settings.
            let learns = |trials: &Trials| trials.tried().iter().any(|tried| tried.learns());
            while trials.tried().len() < 2 && !learns(&trials) {
                let next = trials.next().expect("something to try").clone();
                let mut trainer = Trainer::<f32>::new(next.clone(), table(&next)).unwrap();
                trainer.advance(trials.next_steps() as usize);
                trials.record(Outcome::of(&trainer));
            }
            let labels: Vec<String> = trials.tried().iter().map(|t| t.label.to_string()).collect();
            if !learns(&trials) || !labels[0].contains(case.fix) {
                wrong.push(format!("{} seed {seed}: {labels:?}", case.query));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_test_loss_that_is_not_finite_is_said_with_what_batch_norm_has_to_do_with_it() {
    let query = "activation=silu&depth=16&init=he_uniform&learning-rate=0.001&norm=batch&l1=0.03&batch-size=1";
    let (_, _, diagnosis) = follow(query, 1, 300);
    assert_eq!(diagnosis.kind, K::TestLossNotFinite);
    assert!(said(&diagnosis).contains("running means over minibatches of one sample"));
}

#[test]
fn a_rate_too_high_is_named_although_the_loss_has_fallen_a_little() {
    let (_, kinds, diagnosis) = follow("activation=relu&depth=20&init=he_normal", 1, 300);
    assert_eq!(diagnosis.kind, K::ExplodingRate, "{kinds:?}");
}

#[test]
fn an_overflow_names_the_step_whose_gradient_drove_it() {
    let query = "activation=relu&depth=2&width=256&init=normal&learning-rate=0.5&batch-size=100";
    let (_, _, diagnosis) = follow(query, 1, 100);
    assert_eq!(
        (diagnosis.kind, diagnosis.cause),
        (K::Overflow, K::StartTooLarge)
    );
    let said = said(&diagnosis);
    assert!(said.contains("The gradient's norm was"), "{said}");
    assert!(said.contains("Before: The loss starts at"), "{said}");
}

#[test]
fn a_wrecked_run_does_not_turn_calm_or_change_its_mind() {
    let query = "depth=100&activation=tanh&init=normal&init-gain=0.3";
    let (_, kinds, _) = follow(query, 1, 60);
    assert_eq!(kinds, [K::ExplodingWeights]);
}
