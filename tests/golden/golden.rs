//! Replays every reference run within its tolerance, in f64 and in f32.

mod replay;

use gradient_flow::numeric::scalar::Scalar;
use replay::replay;
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/fixtures");
    let files = fs::read_dir(folder)
        .expect("the fixtures")
        .map(|entry| entry.unwrap().path());
    let mut runs: Vec<_> = files
        .filter(|f| f.extension().is_some_and(|e| e == "json"))
        .collect();
    runs.sort();
    runs
}

fn replay_all<T: Scalar>(min_compared: usize) {
    let runs = fixtures();
    assert!(runs.len() >= 37, "only {} fixtures", runs.len());
    let mut failures = Vec::new();
    for run in runs {
        let name = run.file_stem().unwrap().to_string_lossy().into_owned();
        match replay::<T>(&fs::read_to_string(&run).unwrap()) {
            Ok(worst) if worst.share <= 1.0 => {
                assert!(
                    worst.compared >= min_compared,
                    "{name}: only {} compared",
                    worst.compared
                );
            }
            Ok(worst) => failures.push(format!("{name}: {} at {}", worst.share, worst.place)),
            Err(error) => failures.push(format!("{name}: {error}")),
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_run_replays_in_f64() {
    replay_all::<f64>(50);
}

#[test]
fn every_run_replays_in_f32() {
    replay_all::<f32>(3);
}

#[test]
fn a_wrong_number_anywhere_is_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/fixtures");
    let text = fs::read_to_string(folder.join("relu_he_ce_batchnorm_sgd.json")).unwrap();
    let run: serde_json::Value = serde_json::from_str(&text).unwrap();
    for pointer in [
        "/steps/0/loss",
        "/steps/2/layers/1/stats/dW_raw/l2",
        "/steps/0/layers/0/dz/3/2",
        "/steps/0/layers/1/update_gamma/4",
        "/steps/1/layers/2/running_var/0",
        "/final/layers/3/W/7/1",
        "/final/loss_eval_mode",
    ] {
        let mut wrong = run.clone();
        let value = wrong.pointer_mut(pointer).unwrap();
        *value = (value.as_f64().unwrap() * 1.0001 + 1e-6).into();
        assert!(
            replay::<f64>(&wrong.to_string()).unwrap().share > 1.0,
            "{pointer}"
        );
    }
    assert!(replay::<f64>("{}").is_err());
}
