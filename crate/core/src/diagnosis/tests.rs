//! Real runs, most of them on the digits, that provoke each kind. What helps against them is tried in
//! `tests/diagnosis`.

use super::trials::Trials;
use super::*;
use crate::Session;
use crate::config::choice::Choice;

const DIGITS: &str = include_str!("../../data/digits.csv");

/// A run that is diagnosed every few steps.
struct Run {
    config: Config,
    session: Session<f32>,
    diagnostician: Diagnostician,
    snapshot: Snapshot,
    start_loss: f64,
    /// Every diagnosis, with its step.
    diagnoses: Vec<(u64, Diagnosis)>,
}

impl Run {
    fn of(config: Config) -> Self {
        let session = Session::new(config.clone(), Some(DIGITS)).unwrap();
        let mut run = Run {
            config,
            session,
            diagnostician: Diagnostician::default(),
            snapshot: Snapshot::default(),
            start_loss: 0.0,
            diagnoses: Vec::new(),
        };
        run.diagnose();
        run.start_loss = run.snapshot.test_loss;
        run
    }

    fn new(query: &str) -> Self {
        Run::of(Config::from_query(query).unwrap())
    }

    fn diagnose(&mut self) {
        self.snapshot = self.session.snapshot(true);
        let diagnosis = self.diagnostician.diagnose(&self.config, &self.snapshot);
        self.diagnoses.push((self.snapshot.step, diagnosis));
    }

    /// Trains on, with a diagnosis every `every` steps.
    fn train(mut self, steps: usize, every: usize) -> Self {
        for _ in 0..steps / every {
            if self.session.advance(every) > 0 {
                self.diagnose();
            }
        }
        self
    }

    /// Trains on in one go, on whose way the page may look, now here, now there: nothing is evaluated for that.
    fn train_unwatched(mut self, steps: u64, looks: &[u64]) -> Self {
        for look in looks {
            self.session.advance((look - self.snapshot.step) as usize);
            self.snapshot = self.session.snapshot(false);
            let diagnosis = self.diagnostician.diagnose(&self.config, &self.snapshot);
            self.diagnoses.push((self.snapshot.step, diagnosis));
        }
        self.session.advance((steps - self.snapshot.step) as usize);
        self.diagnose();
        self
    }

    fn diagnosis(&self) -> &Diagnosis {
        &self.diagnoses.last().unwrap().1
    }
}

const EVERY: usize = 20;

fn evidence(said: &Diagnosis) -> String {
    gradient_flow_words::Words::english().say_all(&said.evidence)
}

/// A config that provokes a kind, and what must then be said.
struct Provoked {
    query: &'static str,
    steps: usize,
    kind: DiagnosisKind,
    /// Parts of the text and the evidence.
    says: &'static [&'static str],
}

const PROVOKED: &[Provoked] = &[
    Provoked {
        query: "depth=20",
        steps: 0,
        kind: DiagnosisKind::Derivative,
        says: &[
            "Vanishing gradient: Layer 1's gradient is 10¹² times smaller than layer 20's. Each Sigmoid layer passes back only 23 % of it.",
            "weights × 1.00, slope × 0.23",
        ],
    },
    Provoked {
        query: "activation=tanh&init=uniform&depth=20",
        steps: 0,
        kind: DiagnosisKind::StartTooSmall,
        says: &[
            "The initial weights are too small: sqrt(n_in Var W) is 0.58, Tanh needs 1.00. The backward signal δ is",
        ],
    },
    Provoked {
        query: "activation=relu&init=he_normal&learning-rate=0.04&weight-decay=0.3",
        steps: 200,
        kind: DiagnosisKind::PenaltyTooStrong,
        says: &[
            "Weight decay makes up",
            "pulls the weights to 0",
            "times as large as at the start",
        ],
    },
    Provoked {
        query: "activation=relu&init=lecun_normal&depth=20",
        steps: 0,
        kind: DiagnosisKind::Hidden,
        says: &[
            "Hidden vanishing: dW looks level, but the backward signal δ is 10³ times smaller at layer 1 than at layer 20. Each ReLU layer passes back 69 %",
            "a shrinks to 7.7 × 10⁻⁴",
            "sqrt(n_in Var W) is 1.00; ReLU keeps the signal's size at 1.41",
        ],
    },
    Provoked {
        query: "activation=linear&init-gain=0.5&depth=20",
        steps: 0,
        kind: DiagnosisKind::Hidden,
        says: &[
            "δ is 10⁶ times smaller at layer 1",
            "weights × 0.50, slope × 1.00",
        ],
    },
    Provoked {
        query: "activation=tanh&init-gain=0.5&depth=20",
        steps: 0,
        kind: DiagnosisKind::Hidden,
        says: &["weights × 0.50, slope × 0.99"],
    },
    Provoked {
        query: "activation=silu&init=he_normal&depth=20",
        steps: 0,
        kind: DiagnosisKind::Hidden,
        says: &["sqrt(n_in Var W) is 1.41; SiLU keeps the signal's size at 1.62"],
    },
    Provoked {
        query: "activation=tanh&bias-std=2&depth=20",
        steps: 0,
        kind: DiagnosisKind::Saturation,
        says: &[
            "Layer 1's gradient is 10⁶ times smaller",
            "32 % of the Tanh outputs are saturated",
        ],
    },
    Provoked {
        query: "activation=tanh&optimizer=adam&learning-rate=0.03",
        steps: 100,
        kind: DiagnosisKind::Saturation,
        says: &[
            // How many are, and whether a whole layer is, depends on the last bits.
            "of the Tanh outputs are saturated",
            "The loss was 2.32 at the start",
        ],
    },
    Provoked {
        query: "activation=tanh&init-gain=3&depth=20",
        steps: 0,
        kind: DiagnosisKind::ExplodingWeights,
        says: &[
            "Exploding gradient: The backward signal δ is 361 times larger at layer 1 than at layer 20. Each Tanh layer multiplies it by 1.36.",
            "weights × 3.02, slope × 0.45",
            "sqrt(n_in Var W) is 3.00; Tanh keeps the signal's size at 1.00",
        ],
    },
    Provoked {
        query: "activation=relu&init=normal",
        steps: 0,
        kind: DiagnosisKind::ExplodingWeights,
        says: &["sqrt(n_in Var W) is 8.00; ReLU keeps the signal's size at 1.41"],
    },
    Provoked {
        query: "activation=relu&init=he_normal&residual=true&depth=20",
        steps: 0,
        kind: DiagnosisKind::ExplodingWeights,
        says: &[
            "10⁴ times larger at layer 1 than at layer 20",
            "residual path × 1.42",
            "adds to its input",
        ],
    },
    Provoked {
        query: "activation=relu&init=he_normal&norm=batch&depth=30",
        steps: 0,
        kind: DiagnosisKind::ExplodingNorm,
        says: &[
            "times larger at layer 1 than at layer 30. Each ReLU layer multiplies it by 1.22",
            "normalization × 1.25",
        ],
    },
    Provoked {
        query: "activation=tanh&learning-rate=1",
        steps: 60,
        kind: DiagnosisKind::ExplodingRate,
        says: &[
            "Learning rate too high: The loss is",
            "The loss was 2.32 at the start",
            "The steps have saturated",
        ],
    },
    // The initialisation is bad too: with a lower rate alone the gradient would vanish again.
    // Clipped steps all have the same length: near the minimum they jump across it for ever. The network is
    // linear, so that the case does not depend on the last bits of any function.
    Provoked {
        query: "activation=linear&depth=2&learning-rate=3&clip=norm",
        steps: 500,
        kind: DiagnosisKind::Oscillation,
        says: &[
            "of the last 10 checked steps overshot",
            "of 10 checked steps raised the loss of their own minibatch",
        ],
    },
    Provoked {
        query: "activation=relu&init=he_normal&learning-rate=0.3&optimizer=adam",
        steps: 60,
        kind: DiagnosisKind::Dying,
        says: &[
            "No gradient reaches layers 1 to ",
            "is dead, so its slope is 0 and dW is exactly 0.",
            "all its units are dead on 1024 samples",
        ],
    },
    Provoked {
        query: "activation=relu&init=he_normal&width=4&depth=30",
        steps: 0,
        kind: DiagnosisKind::Dying,
        says: &["layer 30 is dead"],
    },
    Provoked {
        query: "activation=relu&init=he_normal&norm=batch&learning-rate=10",
        steps: 100,
        kind: DiagnosisKind::Dying,
        says: &["layer 10", "1024 samples"],
    },
    Provoked {
        query: "activation=relu&init=normal&depth=2",
        steps: 0,
        kind: DiagnosisKind::StartTooLarge,
        says: &["The loss starts at", "sqrt(n_in Var W) is 8."],
    },
    Provoked {
        query: "scaling=none&activation=relu&init=he_normal&depth=3",
        steps: 0,
        kind: DiagnosisKind::InputsNotScaled,
        says: &["the inputs are far from mean 0 and variance 1"],
    },
    Provoked {
        query: "norm=batch&batch-size=1",
        steps: 0,
        kind: DiagnosisKind::BatchTooSmall,
        says: &["every normalized value is 0"],
    },
    Provoked {
        query: "activation=silu&depth=16&init=he_uniform&learning-rate=0.001&norm=batch&l1=0.03&batch-size=1",
        steps: 300,
        kind: DiagnosisKind::TestLossNotFinite,
        says: &[
            "overflows on test samples",
            "over minibatches of one sample",
        ],
    },
    Provoked {
        query: "activation=relu&init=he_normal&depth=5&clip=norm&clip-at=0.001",
        steps: 100,
        kind: DiagnosisKind::ThresholdTooSmall,
        says: &[
            "Clipping at 0.001 multiplies the gradient by",
            "the weights hardly move",
        ],
    },
    Provoked {
        query: "depth=2&width=8&activation=softplus&tied=true&init=he_normal&learning-rate=0.00723&seed=203739",
        steps: 280,
        kind: DiagnosisKind::NotLearning,
        says: &["No rule finds a cause", "(guessing: 11 %)"],
    },
    Provoked {
        query: "init=zeros",
        steps: 0,
        kind: DiagnosisKind::Zeros,
        says: &[
            "No gradient reaches layers 1 to 10: the weights that should carry it back are all zero.",
            "11 of 11 layers",
        ],
    },
    Provoked {
        query: "init=zeros&depth=2&learning-rate=1",
        steps: 200,
        kind: DiagnosisKind::Zeros,
        says: &[
            "Symmetric start: All weights of a layer began with the same value, so the 64 units of each layer stay identical",
        ],
    },
    Provoked {
        query: "depth=100",
        steps: 0,
        kind: DiagnosisKind::Underflow,
        says: &[
            "No gradient reaches layers 1 to",
            "which float32 rounds to 0",
        ],
    },
    Provoked {
        query: "depth=62",
        steps: 0,
        kind: DiagnosisKind::Underflow,
        says: &["Vanishing gradient: Layer 1's weight gradient dW is 10⁻"],
    },
    Provoked {
        query: "activation=relu&init=he_normal&learning-rate=10",
        steps: 20,
        kind: DiagnosisKind::Overflow,
        says: &[
            "Overflow at step 2: The pre-activations z of the output layer exceeded float32's maximum, 3.4 × 10³⁸ (input W + b). Training has stopped.",
            "The gradient's norm was",
        ],
    },
    Provoked {
        query: "activation=relu&init=he_normal&learning-rate=1",
        steps: 20,
        kind: DiagnosisKind::Overflow,
        says: &["Overflow at step 5"],
    },
    Provoked {
        query: "data=plane&activation=relu&init=he_normal&depth=5",
        steps: 20,
        kind: DiagnosisKind::Overflow,
        says: &["Overflow at step 3"],
        // No classes, no accuracy.
    },
    Provoked {
        query: "activation=relu&init=normal&init-gain=100&depth=20",
        steps: 0,
        kind: DiagnosisKind::Overflow,
        says: &[
            "Overflow at step 0: The pre-activations z of layer 14",
            "sqrt(n_in Var W) is 800; ReLU keeps the signal's size at 1.41",
        ],
    },
    Provoked {
        query: "activation=relu&init=he_normal&learning-rate=0.000001",
        steps: 120,
        kind: DiagnosisKind::RateTooSmall,
        says: &[
            "Crawling: 120 steps have moved no layer's weights by more than",
            "The learning rate 0.000001 is too small",
        ],
    },
];

#[test]
fn kinds_that_show_at_the_start_are_found() {
    check(PROVOKED.iter().filter(|case| case.steps == 0));
}

#[test]
fn kinds_that_show_in_training_are_found() {
    check(PROVOKED.iter().filter(|case| case.steps > 0));
}

fn check<'a>(cases: impl Iterator<Item = &'a Provoked>) {
    let mut broken = Vec::new();
    for case in cases {
        let run = Run::new(case.query).train(case.steps, EVERY);
        let found = run.diagnosis();
        let mut complain =
            |what: String| broken.push(format!("{}: {what}\n  {found:#?}", case.query));
        if (found.kind, found.tone) != (case.kind, case.kind.tone()) {
            complain(format!("{:?} instead of {:?}", found.kind, case.kind));
            continue;
        }
        let said = format!("{}: {} {}", found.title, found.text, evidence(found));
        for part in case.says.iter().filter(|part| !said.contains(**part)) {
            complain(format!("does not say: {part}"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_kind_is_provoked() {
    for kind in DiagnosisKind::ALL
        .iter()
        .filter(|kind| **kind != DiagnosisKind::Healthy)
    {
        assert!(PROVOKED.iter().any(|case| case.kind == *kind), "{kind:?}");
    }
}

/// Configs close to those of `PROVOKED` that must be healthy at every step.
const HEALTHY: &[(&str, usize)] = &[
    ("depth=1", 0),
    ("depth=2", 100),
    ("activation=tanh&depth=10", 200),
    ("activation=tanh&depth=20", 100),
    ("activation=tanh&depth=30", 0),
    ("activation=tanh&init-gain=1.5&depth=20", 0),
    ("activation=tanh&init-gain=0.9&depth=20", 0),
    ("activation=tanh&bias-std=0.1&depth=20", 0),
    ("activation=tanh&optimizer=adam&learning-rate=0.001", 100),
    ("activation=tanh&learning-rate=0.3", 200),
    ("activation=relu&init=he_normal&learning-rate=0.04", 300),
    (
        "activation=relu&init=he_normal&depth=20&learning-rate=0.02",
        200,
    ),
    ("activation=relu&init=he_normal&depth=15", 0),
    ("activation=relu&init=lecun_normal&depth=10", 0),
    ("activation=linear&depth=20", 0),
    ("activation=selu&init=lecun_normal&depth=30", 0),
    ("activation=elu&init=he_normal&depth=20", 0),
    ("activation=relu&init=he_normal&norm=batch&depth=10", 100),
    (
        "activation=relu&init=he_normal&norm=layer&depth=30&learning-rate=0.01",
        100,
    ),
    ("activation=sigmoid&norm=batch&depth=20", 100),
    (
        "activation=relu&init=he_normal&weight-decay=0.001&learning-rate=0.04",
        100,
    ),
    ("activation=relu&init=he_normal&width=32&depth=10", 0),
    (
        "activation=relu&init=he_normal&init-gain=0.2&residual=true&depth=20&learning-rate=0.02",
        100,
    ),
    ("init-gain=0.01&depth=1", 100),
    ("data=plane&activation=tanh&depth=5", 200),
    ("data=spiral&activation=tanh&depth=2&width=4", 100),
    (
        "data=xor&activation=relu&init=he_normal&depth=3&width=8&batch-size=1&learning-rate=0.01",
        200,
    ),
];

#[test]
fn similar_but_sound_configs_are_healthy() {
    for (query, steps) in HEALTHY {
        let run = Run::new(query).train(*steps, EVERY);
        for (step, said) in &run.diagnoses {
            let calm = (DiagnosisKind::Healthy, Tone::Calm);
            assert_eq!(
                (said.kind, said.tone),
                calm,
                "{query} at step {step}: {said:#?}"
            );
        }
    }
}

#[test]
fn it_is_not_called_healthy_before_it_has_learned() {
    let titles = |query, steps| {
        let run = Run::new(query).train(steps, EVERY);
        let mut titles: Vec<String> = Vec::new();
        for (_, said) in &run.diagnoses {
            let title = said.title.to_string();
            if titles.last() != Some(&title) {
                titles.push(title);
            }
        }
        (titles, run.diagnosis().text.to_string())
    };
    let (all, said) = titles("activation=relu&init=he_normal&depth=20", 0);
    assert_eq!(all, ["Good start"]);
    assert_eq!(
        said,
        "Every hidden layer gets a gradient of similar size (within a factor of 1.7)."
    );
    let (_, one_layer) = titles("depth=1", 0);
    assert!(one_layer.starts_with("With one hidden layer there is nothing"));
    let (all, said) = titles("activation=relu&init=he_normal&depth=5", 200);
    assert_eq!(all[0], "Good start");
    assert_eq!(all.last().unwrap(), "Healthy: it has learned");
    assert!(
        said.contains("of the test samples are correct (guessing: 1"),
        "{said}"
    );
}

#[test]
fn a_rate_changed_on_a_paused_run_is_not_blamed_for_the_steps_before() {
    let mut run = Run::new("depth=2&learning-rate=0.000001").train(120, EVERY);
    let blamed = run.diagnosis();
    assert_eq!(blamed.kind, DiagnosisKind::RateTooSmall);
    let text = blamed.text.to_string();
    assert!(
        text.contains("learning rate 0.000001 is too small"),
        "{text}"
    );
    run.config.learning_rate = 1.0;
    assert!(run.session.configure(&run.config));
    assert_eq!(diagnose_again(&mut run), text);
}

/// What is said of the run as it stands, after a live change.
fn diagnose_again(run: &mut Run) -> String {
    let snapshot = run.session.snapshot(true);
    let diagnosis = run.diagnostician.diagnose(&run.config, &snapshot);
    diagnosis.text.to_string()
}

#[test]
fn since_is_the_first_step_of_an_unbroken_kind() {
    // The run learns for 100 steps; then the rate is raised, and it overflows.
    let mut run = Run::new("activation=relu&init=he_normal&learning-rate=0.04").train(100, EVERY);
    run.config.learning_rate = 100.0;
    assert!(run.session.configure(&run.config));
    let run = run.train(100, EVERY);
    let found = run.diagnosis();
    let step = run
        .snapshot
        .first_nonfinite
        .as_ref()
        .expect("an overflow")
        .step;
    assert!(step > 100, "{step}");
    assert_eq!((found.kind, found.since), (DiagnosisKind::Overflow, step));
    assert_eq!(
        (run.diagnoses[5].1.kind, run.diagnoses[5].1.since),
        (DiagnosisKind::Healthy, 0)
    );

    // Units die one by one; then a whole layer is dead, which is still the same kind.
    let run =
        Run::new("activation=relu&init=he_normal&learning-rate=0.2&optimizer=adam").train(100, 10);
    let dying = |(_, said): &&(u64, Diagnosis)| said.kind == DiagnosisKind::Dying;
    let (step, first) = run.diagnoses.iter().find(dying).expect("dying");
    // It is said once it has lasted for a while, and counts from its first sign.
    assert!(first.since > 0 && first.since < *step);
    for (_, said) in run.diagnoses.iter().filter(|(later, _)| later >= step) {
        assert_eq!((said.kind, said.since), (first.kind, first.since));
        let since = format!("Since step {}.", first.since);
        assert!(evidence(said).contains(&since), "{}", evidence(said));
    }
}

#[test]
fn an_older_step_starts_another_run() {
    let mut run = Run::new("activation=tanh&learning-rate=1").train(60, EVERY);
    assert_eq!(run.diagnosis().kind, DiagnosisKind::ExplodingRate);
    run.session = Session::new(run.config.clone(), Some(DIGITS)).unwrap();
    run.diagnose();
    assert_eq!(
        (run.diagnosis().kind, run.diagnosis().since),
        (DiagnosisKind::Healthy, 0)
    );
}

#[test]
fn one_snapshot_is_enough_for_kinds_that_need_no_memory() {
    let mut session =
        Session::<f32>::new(Config::from_query("depth=20").unwrap(), Some(DIGITS)).unwrap();
    session.advance(7);
    let config = session.trainer.config().clone();
    let diagnosis = diagnose(&config, &session.snapshot(false));
    assert_eq!(
        (diagnosis.kind, diagnosis.since),
        (DiagnosisKind::Derivative, 7)
    );
}

#[test]
fn any_config_can_be_diagnosed() {
    for activation in crate::config::Activation::ALL {
        for more in [
            "",
            "&norm=batch",
            "&norm=layer",
            "&residual=true",
            "&init=zeros",
            "&init=normal",
            "&depth=1&width=1",
            "&loss=mse",
        ] {
            let query = format!("activation={}&depth=6&width=8{more}", activation.name());
            let run = Run::new(&query).train(4, 2);
            for kind in DiagnosisKind::ALL {
                let trials = Trials::new(&run.config, *kind, true, 0);
                for fix in trials.untried() {
                    let fixed = run.config.with_json(&fix.patch.to_string());
                    assert_ne!(fixed.expect("a config"), run.config, "{query}: {fix:?}");
                    assert!(fix.notes.iter().all(|note| !note.to_string().is_empty()));
                }
            }
        }
    }
}

#[test]
fn a_run_that_nobody_has_watched_is_judged_by_what_it_has_come_to() {
    // Where the page happened to look says nothing of the run.
    let titles = |query: &str, steps, looks: &[&[u64]]| -> Vec<String> {
        let runs = looks
            .iter()
            .map(|looks| Run::new(query).train_unwatched(steps, looks));
        runs.map(|run| run.diagnosis().title.to_string()).collect()
    };
    let looks: [&[u64]; 10] = [
        &[],
        &[20],
        &[110],
        &[205],
        &[295],
        &[105, 195],
        &[60, 120, 180],
        &[230, 239, 253, 278, 281],
        &[29, 120, 248, 259, 274, 279, 295],
        &[40, 60, 80, 100, 120, 140, 160, 180],
    ];
    for query in [
        "depth=3&width=32&activation=tanh",
        "activation=relu&init=he_normal&depth=5",
    ] {
        let said = titles(query, 300, &looks);
        assert_eq!(said, ["Healthy: it has learned"; 10], "{query}");
    }
    // It learned at first; then the loss rose to ten times that of guessing.
    let wrecked = "depth=4&width=32&activation=tanh&optimizer=momentum&learning-rate=0.5";
    let said = titles(wrecked, 300, &looks);
    assert_eq!(said, ["Learning rate too high"; 10]);
}
