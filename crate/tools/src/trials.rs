//! The plan of trials: which changes of a config are to be tried, and what came of them. The page trains them in a worker.

use gradient_flow::diagnosis::DiagnosisKind;
use gradient_flow::diagnosis::trials::{Outcome, Trials as Plan, Tried};
use gradient_flow_bridge::{named_error, parse_config};
use gradient_flow_words::Words;
use js_sys::Error;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The trials against one diagnosis of one run.
#[wasm_bindgen]
pub struct Trials(Plan);

#[wasm_bindgen]
impl Trials {
    /// The trials of a config (as JSON) against a kind of diagnosis (by its name), of a network that classifies or not,
    /// after a run of `steps` steps.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, kind: &str, classifies: bool, steps: f64) -> Result<Trials, Error> {
        let named = |known: &&DiagnosisKind| known.name() == kind;
        let kind = DiagnosisKind::ALL.iter().find(named);
        let kind = kind.ok_or_else(|| named_error("RangeError", "no such kind of diagnosis"))?;
        let config = parse_config(config)?;
        let plan = Plan::new(&config, *kind, classifies, steps as u64);
        Ok(Trials(plan))
    }

    /// The steps after which trials are compared.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> f64 {
        self.0.steps() as f64
    }

    /// The steps of the trial that is next.
    #[wasm_bindgen(getter, js_name = nextSteps)]
    pub fn next_steps(&self) -> f64 {
        self.0.next_steps() as f64
    }

    /// The config that is to be trained next, as JSON; undefined when all trials are made.
    #[wasm_bindgen(js_name = next)]
    pub fn next_config(&self) -> Option<String> {
        let config = self.0.next()?;
        Some(config.to_json().to_string())
    }

    /// Takes in what the config of `next` has reached, as `Trainer.outcome` tells it. NaN as the accuracy is none, and as
    /// the loss that it was not trained.
    pub fn record(
        &mut self,
        accuracy: f64,
        loss: f64,
        guess_accuracy: f64,
        guess_loss: f64,
        overflowed: bool,
    ) {
        self.0.record(Outcome {
            accuracy,
            loss,
            guess_accuracy,
            guess_loss,
            overflowed,
        });
    }

    /// What has been tried so far, as JSON, in the language of `words` (a table of messages): `steps`, `made` and
    /// `planned` (trials), `tried` (in the order of the trials, the best change of each setting), and `fixes`, the places
    /// in `tried` of what is offered, best first. `cause` is a verdict that takes the place of the run's, or null.
    pub fn report(&self, words: String) -> String {
        let (plan, words) = (&self.0, Words::new(words));
        let tried = plan.tried();
        let place = |fix: &Tried| tried.iter().position(|other| other.patch == fix.patch);
        let fixes: Value = plan.fixes().into_iter().filter_map(place).collect();
        let (made, planned) = plan.made();
        let cause = plan.cause().map(|cause| {
            json!({
                "kind": cause.kind.name(), "tone": cause.kind.tone().name(), "title": words.say(&cause.title),
                "text": words.say(&cause.text),
            })
        });
        json!({
            "steps": plan.steps(), "made": made, "planned": planned, "tried": rows(tried, &words), "fixes": fixes,
            "cause": cause,
        })
        .to_string()
    }

    /// What would be tried first, in the form of `tried` of the report.
    pub fn untried(&self, words: String) -> String {
        rows(&self.0.untried(), &Words::new(words)).to_string()
    }
}

fn rows(changes: &[Tried], words: &Words) -> Value {
    changes.iter().map(|change| row(change, words)).collect()
}

/// Numbers that are not finite become null.
fn row(change: &Tried, words: &Words) -> Value {
    // A trial that was passed over has reached nothing.
    let outcome = change.outcome.filter(|o| o.overflowed || !o.loss.is_nan());
    let (accuracy, loss) = outcome.map_or((f64::NAN, f64::NAN), |o| (o.accuracy, o.loss));
    json!({
        "setting": change.setting, "label": words.say(&change.label), "note": words.say_all(&change.notes),
        "patch": change.patch, "single": change.is_single, "trained": outcome.is_some(),
        "accuracy": accuracy, "loss": loss, "learns": change.learns() && change.is_confirmed != Some(false),
        "overflowed": outcome.is_some_and(|o| o.overflowed || !o.loss.is_finite()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradient_flow::Config;
    use gradient_flow::diagnosis::Tone;

    fn read(trials: &Trials) -> Value {
        let english = gradient_flow_words::LANGUAGES[0].table;
        serde_json::from_str(&trials.report(english.into())).expect("JSON")
    }

    #[test]
    fn a_report_tells_what_was_tried_and_what_is_offered() {
        let config = Config::from_query("depth=20").expect("a config");
        let config = config.to_json().to_string();
        let kind = DiagnosisKind::ALL
            .iter()
            .find(|kind| kind.tone() == Tone::Vanishing);
        let kind = kind.expect("a kind").name();
        let mut trials = Trials::new(&config, kind, true, 250.0).expect("a plan");
        assert_eq!(trials.steps(), 250.0);
        let first = trials.next_config().expect("a trial");
        assert_ne!(first, config);
        let report = read(&trials);
        assert_eq!((&report["made"], &report["tried"]), (&json!(0), &json!([])));
        trials.record(0.97, 0.1, 0.1, 2.3, false);
        // One setting overflows, one is passed over, the others do not learn.
        let nothings = [
            (0.1, f64::INFINITY, true),
            (f64::NAN, f64::NAN, false),
            (0.1, 2.3, false),
        ];
        while trials.next_config().is_some() {
            let settings = trials.0.tried().len();
            if trials.next_steps() > trials.steps() {
                // From another seed.
                trials.record(0.96, 0.1, 0.1, 2.3, false);
                continue;
            }
            let (accuracy, loss, overflowed) = nothings[(settings - 1).min(2)];
            trials.record(accuracy, loss, 0.1, 2.3, overflowed);
        }
        let report = read(&trials);
        let tried = report["tried"].as_array().expect("a list");
        assert_eq!(report["made"], report["planned"]);
        assert!(report["made"].as_u64().unwrap() as usize >= tried.len());
        assert_eq!(report["fixes"], json!([0]));
        let best = &tried[0];
        assert_eq!(
            (&best["learns"], &best["single"]),
            (&json!(true), &json!(true))
        );
        assert!(!best["label"].as_str().unwrap().is_empty());
        assert!(!best["note"].as_str().unwrap().is_empty());
        // The patch is what makes the config that was trained.
        let patched = Config::from_json(&config).unwrap();
        let patched = patched.with_json(&best["patch"].to_string()).unwrap();
        assert_eq!(patched.to_json().to_string(), first);
        assert_eq!(
            (&tried[1]["overflowed"], &tried[1]["loss"]),
            (&json!(true), &Value::Null)
        );
        assert_eq!(
            (&tried[2]["trained"], &tried[2]["overflowed"]),
            (&json!(false), &json!(false))
        );
    }

    #[test]
    fn a_cause_that_only_trials_find_is_told_and_luck_is_not_offered() {
        let config =
            Config::from_query("depth=3&activation=relu&init=he_normal&learning-rate=0.00001");
        let config = config.expect("a config").to_json().to_string();
        for (confirmed, offered) in [(0.9, 1), (0.1, 0)] {
            let kind = DiagnosisKind::NotLearning.name();
            let mut trials = Trials::new(&config, kind, true, 0.0).expect("a plan");
            while let Some(next) = trials.next_config() {
                let is_rate = next.contains("learning_rate\":0.")
                    && !next.contains("learning_rate\":0.00001,");
                let others = [
                    "momentum\":0.9",
                    "batch_size\":64",
                    "optimizer\":\"sgd",
                    "\"clip\":\"none",
                ];
                let reached = if trials.next_steps() > trials.steps() {
                    confirmed
                } else if is_rate && others.iter().all(|other| next.contains(other)) {
                    0.9
                } else {
                    0.1
                };
                trials.record(
                    reached,
                    if reached > 0.5 { 0.2 } else { 2.3 },
                    0.1,
                    2.3,
                    false,
                );
            }
            let report = read(&trials);
            let fixes = report["fixes"].as_array().expect("a list").len();
            assert_eq!(fixes.min(1), offered, "{report}");
            assert_eq!(report["cause"].is_null(), offered == 0, "{report}");
        }
    }

    #[test]
    fn what_is_not_tried_is_proposed() {
        let config = Config::from_query("depth=20").expect("a config");
        let kind = DiagnosisKind::ALL
            .iter()
            .find(|kind| kind.tone() == Tone::Vanishing);
        let kind = kind.expect("a kind").name();
        let trials = Trials::new(&config.to_json().to_string(), kind, true, 0.0).expect("a plan");
        let english = gradient_flow_words::LANGUAGES[0].table;
        let rows: Value = serde_json::from_str(&trials.untried(english.into())).expect("JSON");
        assert_eq!(rows[0]["trained"], false);
        assert!(!rows[0]["label"].as_str().unwrap().is_empty());
    }
}
