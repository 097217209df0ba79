//! The loop: when gradients are computed, what a config changes, live changes.

use super::*;

const DIGITS: &str = include_str!("../../../data/digits.csv");

fn trainer(query: &str) -> Trainer<f32> {
    Trainer::new(Config::from_query(query).unwrap(), Some(DIGITS)).unwrap()
}

#[test]
fn after_steps_the_gradient_is_at_hand() {
    let mut trainer = trainer("depth=3&width=8");
    assert!(trainer.gradient.is_none(), "a new network costs nothing");
    for steps in [1, 3] {
        trainer.advance(steps);
        let loss = trainer.gradient.expect("a gradient").loss;
        assert_eq!(trainer.gradient().loss, loss);
    }
    // After an overflow too.
    trainer.network_mut().layers[1].w.value.fill(f32::MAX);
    assert_eq!(trainer.advance(2), 0);
    assert!(trainer.gradient.is_some());
}

#[test]
fn more_depth_keeps_the_earlier_layers_and_the_data() {
    let (shallow, deep) = (trainer("depth=2&width=8"), trainer("depth=4&width=8"));
    for l in 0..2 {
        assert_eq!(
            shallow.network.layers[l].w.value,
            deep.network.layers[l].w.value
        );
    }
    assert_eq!(shallow.data, deep.data);
    assert_eq!(shallow.batches.current(), deep.batches.current());
}

#[test]
fn live_fields_act_at_once_and_others_need_a_new_network() {
    let mut trainer = trainer("depth=2&width=8");
    trainer.advance(3);
    let faster = Config {
        learning_rate: 1.0,
        clip: crate::config::Clip::Norm,
        ..trainer.config().clone()
    };
    assert!(trainer.configure(&faster));
    assert_eq!((trainer.steps(), trainer.config().learning_rate), (3, 1.0));
    let deeper = Config {
        depth: 3,
        ..faster.clone()
    };
    assert!(!trainer.configure(&deeper));
    assert_eq!(trainer.config(), &faster);
}

#[test]
fn the_rate_that_an_update_used_is_logged_not_the_one_set_since() {
    let mut trainer = trainer("depth=2&width=8&learning-rate=0.1");
    trainer.advance(2);
    let faster = Config {
        learning_rate: 1.0,
        ..trainer.config().clone()
    };
    assert!(trainer.configure(&faster));
    let last = |trainer: &Trainer<f32>| trainer.optimizer().last_settings().unwrap().learning_rate;
    assert_eq!(
        (last(&trainer), trainer.settings().learning_rate),
        (0.1, 1.0)
    );
    trainer.advance(1);
    assert_eq!(last(&trainer), 1.0);
    let log = trainer.take_log().learning_rate;
    assert!(log[0].is_nan(), "no update led to step 0");
    assert_eq!(log[1..], [0.1, 0.1, 1.0]);
}
