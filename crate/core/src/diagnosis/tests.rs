//! Each sentence is provoked by a real run, and what is offered helps there.

use super::*;
use crate::Trainer;

const DIGITS: &str = include_str!("../../data/digits.csv");

fn run(query: &str, steps: usize) -> (Config, Snapshot) {
    let config = Config::from_query(query).unwrap();
    let mut trainer = Trainer::<f32>::new(config.clone(), Some(DIGITS)).unwrap();
    trainer.advance(steps);
    (config, trainer.snapshot(true))
}

fn said(query: &str, steps: usize) -> Diagnosis {
    let (config, snapshot) = run(query, steps);
    diagnose(&config, &snapshot)
}

/// The config after the first cure that is offered.
fn cured(query: &str, steps: usize) -> String {
    let (config, snapshot) = run(query, steps);
    let cure = &diagnose(&config, &snapshot).cures[0];
    config
        .with_json(&cure.patch.to_string())
        .unwrap()
        .to_query()
}

#[test]
fn a_deep_sigmoid_network_vanishes_and_relu_with_he_makes_it_learn() {
    let diagnosis = said("depth=20", 0);
    assert_eq!(diagnosis.tone, Tone::Vanishing);
    assert!(
        diagnosis
            .text
            .contains("layer 1's dW is 10⁻¹² of layer 20's"),
        "{}",
        diagnosis.text
    );
    assert!(
        diagnosis.text.contains("each Sigmoid layer passes on 23 %"),
        "{}",
        diagnosis.text
    );
    let query = cured("depth=20", 0);
    assert_eq!(said(&query, 0).tone, Tone::Calm, "{}", said(&query, 0).text);
    let (_, snapshot) = run(&query, 500);
    assert!(
        snapshot.test_accuracy > 0.9,
        "{query}: {}",
        snapshot.test_accuracy
    );
}

#[test]
fn small_relu_weights_vanish_behind_a_level_dw_and_he_cures_them() {
    let query = "depth=30&activation=relu&init=lecun_normal";
    let diagnosis = said(query, 0);
    assert_eq!(diagnosis.tone, Tone::Vanishing);
    assert!(
        diagnosis
            .text
            .starts_with("Hidden vanishing: dW looks level"),
        "{}",
        diagnosis.text
    );
    assert_eq!(said(&cured(query, 0), 0).tone, Tone::Calm);
}

#[test]
fn large_tanh_weights_explode_and_xavier_cures_them() {
    let query = "depth=30&activation=tanh&init-gain=3";
    let diagnosis = said(query, 0);
    assert_eq!(diagnosis.tone, Tone::Exploding, "{}", diagnosis.text);
    assert_eq!(said(&cured(query, 0), 0).tone, Tone::Calm);
}

#[test]
fn an_overflow_names_step_layer_tensor_and_operation_and_a_lower_rate_cures_it() {
    let query = "activation=relu&init=he_normal&learning-rate=10";
    let (_, snapshot) = run(query, 300);
    let found = snapshot.first_nonfinite.clone().expect("an overflow");
    let diagnosis = said(query, 300);
    assert_eq!(diagnosis.tone, Tone::Overflow);
    for part in [
        format!("step {}", found.step),
        format!("layer {}", found.layer),
        found.operation,
    ] {
        assert!(diagnosis.text.contains(&part), "{}", diagnosis.text);
    }
    let (_, snapshot) = run("activation=relu&init=he_normal&learning-rate=0.1", 300);
    assert_eq!(snapshot.first_nonfinite, None);
    assert_eq!(diagnosis.cures.last().unwrap().label, "Learning rate 1");
    let huge = "activation=relu&init=normal&init-gain=100&depth=60";
    assert_eq!(said(huge, 0).tone, Tone::Overflow);
    assert_eq!(said(&cured(huge, 0), 0).tone, Tone::Calm);
}

#[test]
fn exact_zeros_say_why() {
    let zeros = said("init=zeros", 0);
    assert!(
        zeros
            .text
            .contains("the weights that should carry it back are zero"),
        "{}",
        zeros.text
    );
    let flushed = said("depth=100", 0);
    assert!(
        flushed.text.contains("which float32 flushes to zero"),
        "{}",
        flushed.text
    );
    assert!(flushed.text.contains("layers 1 to"), "{}", flushed.text);
    let query = "activation=relu&init=he_normal&depth=100&width=2";
    let dead = said(query, 0);
    assert!(dead.text.contains("is dead"), "{}", dead.text);
    assert_eq!(said(&cured("init=zeros", 0), 0).tone, Tone::Calm);
}

#[test]
fn a_level_network_is_left_alone() {
    for query in [
        "activation=relu&init=he_normal",
        "activation=tanh",
        "depth=1",
        "depth=2",
    ] {
        let diagnosis = said(query, 0);
        assert_eq!(
            (diagnosis.tone, diagnosis.cures.len()),
            (Tone::Calm, 0),
            "{query}: {}",
            diagnosis.text
        );
    }
}

#[test]
fn numbers_read_well() {
    assert_eq!(power_of_ten(1.2e-12), "10⁻¹²");
    assert_eq!(power_of_ten(3.0), "10⁰");
    assert_eq!(
        (percent(0.236), percent(0.0456)),
        ("24 %".to_string(), "4.6 %".to_string())
    );
    assert_eq!((one_digit(0.0081), one_digit(0.04)), (0.008, 0.04));
}
