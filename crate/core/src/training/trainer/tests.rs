//! The training loop: when gradients are computed, what a config changes, live changes.

use super::*;

const DIGITS: &str = include_str!("../../../data/digits.csv");

fn trainer(query: &str) -> Trainer<f32> {
    Trainer::new(Config::from_query(query).unwrap(), Some(DIGITS)).unwrap()
}

#[test]
fn advance_leaves_the_gradient_of_the_last_state() {
    let mut trainer = trainer("depth=3&width=8");
    assert!(
        trainer.gradient.is_none(),
        "a new trainer has not computed it"
    );
    for steps in [1, 3] {
        trainer.advance(steps);
        let loss = trainer.gradient.expect("a gradient").loss;
        assert_eq!(trainer.gradient().loss, loss);
    }
    // Also after an overflow.
    trainer.network_mut().layers[1].w.value.fill(f32::MAX);
    assert_eq!(trainer.advance(2), 0);
    assert!(trainer.gradient.is_some());
}

#[test]
fn more_depth_leaves_earlier_layers_and_data_unchanged() {
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
fn the_log_has_the_learning_rate_that_each_update_used() {
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

#[test]
fn a_loss_that_float32_cannot_hold_is_an_overflow() {
    let mut trainer = trainer("depth=1&width=8&activation=linear&loss=mse&learning-rate=0.01");
    trainer.network_mut().layers[1].w.value.fill(1e19);
    let gradient = trainer.gradient();
    assert!(gradient.loss > f32::MAX.into() && gradient.loss.is_finite());
    let overflow = trainer.first_nonfinite().expect("an overflow");
    let NonFinite {
        step,
        layer,
        tensor,
        operation,
    } = overflow;
    assert_eq!((*step, *layer), (0, 2));
    assert_eq!(
        (tensor.as_str(), operation.as_str()),
        ("loss", "mean squared error")
    );
    assert_eq!(trainer.advance(1), 0, "the run has stopped");
}

#[test]
fn a_squared_gradient_that_float32_cannot_hold_is_an_overflow() {
    for optimizer in ["rmsprop", "adam", "adamw"] {
        let mut trainer = trainer(&format!(
            "activation=relu&init=normal&depth=30&learning-rate=0.000001&optimizer={optimizer}"
        ));
        assert_eq!(trainer.advance(5), 1, "{optimizer}");
        let overflow = trainer.first_nonfinite().expect("an overflow");
        assert_eq!((overflow.step, overflow.layer), (1, 1));
        assert_eq!(overflow.tensor, "v");
        assert_eq!(overflow.operation, "running mean of dW²");
        // Clipping brings the squares back into the range.
        let mut clipped = self::trainer(&format!("{}&clip=norm", trainer.config().to_query()));
        assert_eq!(clipped.advance(5), 5, "{optimizer}");
        assert_eq!(clipped.first_nonfinite(), None);
    }
}
