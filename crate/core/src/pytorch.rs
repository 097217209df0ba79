//! A run as a PyTorch script: the same network from the same initial parameters, on the same data in
//! the same minibatches. What each choice is called in PyTorch stands beside its declaration
//! (`torch` of `Activation`, `Norm`, `Optimizer`, `Clip`, `LossFunction`).
//!
//! The script holds only what its run needs, so that it can be read; numbers that nobody reads
//! (parameters, data) stand at its end, as base64 of little-endian float32.

use crate::choice::Choice;
use crate::config::{Clip, Config, ConfigError, FIELDS, Norm, Optimizer};
use crate::data::{Part, Verdict};
use crate::init::initialise;
use crate::loss::{LossFunction, Targets};
use crate::network::Layer;
use crate::parameter::flat;
use crate::scalar::Scalar;
use crate::statistics::to_f32;
use crate::trainer::{Trainer, layer_specs};
use std::fmt::Write;

/// Bytes of a line of base64: 120 letters.
const LINE: usize = 90;

/// The script of a run, from its start to the step that it has reached; live changes of its config
/// are made at their steps.
///
/// # Errors
/// A batch size that PyTorch refuses.
pub fn script<T: Scalar>(trainer: &Trainer<T>) -> Result<String, ConfigError> {
    let (data, settings) = (trainer.data(), trainer.settings());
    let config = &settings[0].1;
    let batch_size = trainer.batch_size();
    if config.norm == Norm::Batch && batch_size == 1 {
        return Err(ConfigError {
            field: "batch_size".into(),
            value: "1".into(),
            allowed:
                "2 or more in a PyTorch script: its batch norm takes no minibatch of one sample"
                    .into(),
        });
    }
    let (inputs, outputs) = (data.train.x.ncols(), data.outputs);
    let mut text = code(&Run {
        settings,
        steps: trainer.steps(),
        sizes: [inputs, config.depth, config.width, outputs],
        batch_size,
        loss: data.loss,
        verdict: data.verdict,
    });

    let specs = layer_specs(config, inputs, outputs);
    let parameters = specs.iter().enumerate().flat_map(|(index, spec)| {
        let mut layer = Layer::<T>::new(*spec);
        initialise(&mut layer, config, index);
        let values = layer
            .parameters()
            .map(|parameter| flat(&parameter.value).to_vec());
        values.collect::<Vec<_>>().concat()
    });
    array(
        &mut text,
        "PARAMETERS",
        &mut parameters.map(|value| to_f32(value.f64())),
    );
    for (name, part) in [("TRAIN", &data.train), ("TEST", &data.test)] {
        part_arrays(&mut text, name, part);
    }
    text += "\nmain()\n";
    Ok(text)
}

fn part_arrays<T: Scalar>(text: &mut String, name: &str, part: &Part<T>) {
    let numbers = |values: &[T]| -> Vec<f32> { values.iter().map(|v| to_f32(v.f64())).collect() };
    let x = numbers(flat(&part.x));
    let y = match &part.targets {
        Targets::Classes(classes) => classes.iter().map(|class| *class as f32).collect(),
        Targets::Values(values) => numbers(flat(values)),
    };
    array(text, &format!("{name}_X"), &mut x.into_iter());
    array(text, &format!("{name}_Y"), &mut y.into_iter());
}

/// What the code depends on.
struct Run<'a> {
    /// The config from each of these steps on.
    settings: &'a [(u64, Config)],
    steps: u64,
    /// Inputs, hidden layers, their units, outputs.
    sizes: [usize; 4],
    batch_size: usize,
    loss: LossFunction,
    verdict: Verdict,
}

fn code(run: &Run) -> String {
    let (settings, config) = (run.settings, &run.settings[0].1);
    let [inputs, depth, width, outputs] = run.sizes;
    let used = |uses: fn(&Config) -> bool| settings.iter().any(|(_, config)| uses(config));
    let mut text =
        String::from("#!/usr/bin/env python3\n\"\"\"A run of Gradient Flow in PyTorch: ");
    let query = config.to_query();
    text += if query.is_empty() {
        "the defaults"
    } else {
        &query
    };
    let steps = if run.steps == 0 { 10 } else { run.steps };
    text += HEAD;
    let _ = writeln!(
        text,
        "STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else {steps}"
    );
    text += "# What may change during a run, from these steps on.\nSETTINGS = {\n";
    for (step, config) in settings {
        let live = FIELDS.iter().filter(|field| field.live);
        let live: Vec<_> = live
            .map(|f| format!("{}={}", f.name, f.literal(config)))
            .collect();
        let _ = writeln!(text, "    {step}: dict({}),", live.join(", "));
    }
    text += "}\n";

    // A hidden layer.
    let (norm, phi) = (config.norm.torch(), config.activation.torch());
    let mut input = "self.linear(a)".to_string();
    text += "\n\nclass Hidden(nn.Module):\n    def __init__(self, n_in, n_out):\n        super().__init__()\n";
    text += "        self.linear = nn.Linear(n_in, n_out)\n";
    if let Some(norm) = norm {
        let _ = writeln!(text, "        self.norm = {norm}");
        input = format!("self.norm({input})");
    }
    let phi = phi.replace("SLOPE", &config.slope_value().to_string());
    let _ = writeln!(
        text,
        "        self.phi = {phi}\n\n    def forward(self, a):"
    );
    if config.residual {
        let _ = writeln!(text, "        h = self.phi({input})");
        text += "        return h + a if h.shape == a.shape else h\n";
    } else {
        let _ = writeln!(text, "        return self.phi({input})");
    }

    text += BATCHES;
    let seed = config.seed;
    let _ = writeln!(
        text,
        "            random = Random(Random({seed}).next() ^ (3 << 48 | epoch))"
    );
    text += BATCHES_END;

    // The run.
    let y = match (run.loss, run.verdict) {
        (LossFunction::SoftmaxCe, _) => ".long()".into(),
        _ => format!(".view(-1, {outputs})"),
    };
    let _ = write!(
        text,
        "    x, test_x = (floats(text).view(-1, {inputs}) for text in (TRAIN_X, TEST_X))
    y, test_y = (floats(text){y} for text in (TRAIN_Y, TEST_Y))
    sizes = [{inputs}] + [{width}] * {depth}
    net = nn.Sequential(*map(Hidden, sizes, sizes[1:]), nn.Linear({width}, {outputs}))
"
    );
    text += START;
    let (class, more) = config.optimizer.torch();
    let _ = write!(
        text,
        "    loss_function = {}
    optimizer = torch.optim.{class}(groups, lr=s[\"learning_rate\"], weight_decay=s[\"weight_decay\"]{more})
    batches = minibatches(len(x), {})
",
        run.loss.torch(),
        run.batch_size
    );
    text += STEP;
    let right = match (run.verdict, run.loss) {
        (Verdict::Number, _) => None,
        (Verdict::Sign, _) => Some("(z > 0) == (test_y > 0)"),
        (Verdict::Largest, LossFunction::SoftmaxCe) => Some("z.argmax(1) == test_y"),
        (Verdict::Largest, _) => Some("z.argmax(1) == test_y.argmax(1)"),
    };
    let _ = writeln!(text, "                z = net(test_x)");
    text += "            print(f\"# test part: loss {loss_function(z, test_y).item()}";
    if let Some(right) = right {
        let _ = write!(text, ", accuracy {{({right}).double().mean().item()}}");
    }
    text += "\")\n            net.train()\n";
    text += GRADIENT;
    if settings.len() > 1 {
        text += "        if step in SETTINGS:\n            s = SETTINGS[step]\n";
        text += "            optimizer.param_groups[0][\"weight_decay\"] = s[\"weight_decay\"]\n";
        text += "            for group in optimizer.param_groups:\n                group[\"lr\"] = s[\"learning_rate\"]\n";
        if matches!(config.optimizer, Optimizer::Momentum | Optimizer::Nesterov) {
            text += "                group[\"momentum\"] = max(s[\"momentum\"], 1e-30)\n";
        }
    }
    for (clip, used) in [
        (Clip::Norm, used(|config| config.clip == Clip::Norm)),
        (Clip::Value, used(|config| config.clip == Clip::Value)),
    ] {
        if used {
            let (name, call) = (clip.name(), clip.torch());
            let _ = writeln!(
                text,
                "        if s[\"clip\"] == \"{name}\":\n            {call}"
            );
        }
    }
    if used(|config| config.l1 != 0.0) {
        text += "        for w in weights:\n            w.grad += s[\"l1\"] * w.detach().sign()\n";
    }
    text += "        optimizer.step()\n\n\n";
    text
}

/// A named array of float32 as base64.
fn array(text: &mut String, name: &str, values: &mut dyn Iterator<Item = f32>) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes: Vec<u8> = values.flat_map(f32::to_le_bytes).collect();
    text.reserve(bytes.len() * 4 / 3 + bytes.len() / LINE + 80);
    text.push_str(name);
    text.push_str(" = \"\"\"");
    for line in bytes.chunks(LINE) {
        text.push('\n');
        for three in line.chunks(3) {
            let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for letter in 0..4 {
                let at = (bits >> (18 - 6 * letter) & 63) as usize;
                text.push(if letter <= three.len() {
                    LETTERS[at].into()
                } else {
                    '='
                });
            }
        }
    }
    text.push_str("\n\"\"\"\n");
}

const HEAD: &str = r#"

The same start, data and minibatches as in the page. Prints as CSV, for every step: the loss of the
minibatch, the norm of the whole gradient, and the RMS of each layer's dW (the gradient of its
weights, before clipping and decay), the output layer last.

    python run.py [STEPS]
"""
import base64
import itertools
import sys

import torch
from torch import nn

"#;

const BATCHES: &str = r#"

MASK = 2**64 - 1


def rotate(x, by):
    return (x << by | x >> 64 - by) & MASK


class Random:
    """xoshiro256++ (Blackman and Vigna 2021), seeded by SplitMix64."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = seed + 0x9E3779B97F4A7C15 & MASK
            z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 & MASK
            z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
            self.state.append(z ^ z >> 31)

    def next(self):
        a, b, c, d = self.state
        result = rotate(a + d & MASK, 23) + a & MASK
        c, d = c ^ a, d ^ b
        self.state = [a ^ d, b ^ c, c ^ (b << 17 & MASK), rotate(d, 45)]
        return result


def minibatches(count, size):
    """Indices of samples: a new order each epoch; what does not fill a batch is left over."""
    order = list(range(count))
    for epoch in itertools.count():
        if size < count:
"#;

const BATCHES_END: &str = r#"            for last in range(count - 1, 0, -1):
                other = random.next() * (last + 1) >> 64
                order[last], order[other] = order[other], order[last]
        for at in range(0, count - size + 1, size):
            yield order[at : at + size]


def floats(text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)


def main():
"#;

const START: &str = r#"    # In the order of the parameters; W is (inputs, outputs) there and transposed here.
    start = iter(floats(PARAMETERS).split([p.numel() for p in net.parameters()]))
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(next(start).view(p.shape[::-1]).t())
    weights = [p for p in net.parameters() if p.dim() == 2]
    others = [p for p in net.parameters() if p.dim() == 1]
    groups = [dict(params=weights), dict(params=others, weight_decay=0)]
    s = SETTINGS[0]
"#;

const STEP: &str = r#"    print("step", "train_loss", "grad_norm", *(f"dw_rms_{l + 1}" for l in range(len(weights))), sep=",")
    for step, rows in zip(range(STEPS + 1), batches):
        if step == STEPS:
            net.eval()
            with torch.no_grad():
"#;

const GRADIENT: &str = r#"        loss = loss_function(net(x[rows]), y[rows])
        optimizer.zero_grad()
        loss.backward()
        norm = sum(p.grad.double().square().sum() for p in net.parameters()).sqrt()
        rms = [w.grad.double().square().mean().sqrt().item() for w in weights]
        print(step, loss.item(), norm.item(), *rms, sep=",")
        if step == STEPS:
            break
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Kind;

    #[test]
    fn base64_is_the_standards() {
        // RFC 4648, sec. 10 has these bytes' letters; here they come as float32.
        let mut text = String::new();
        array(&mut text, "A", &mut [1.0f32, -2.5].into_iter());
        assert_eq!(text, "A = \"\"\"\nAACAPwAAIMA=\n\"\"\"\n");
        let mut text = String::new();
        array(
            &mut text,
            "B",
            &mut [f32::from_bits(0x6f6f_6f66)].into_iter(),
        );
        assert_eq!(text, "B = \"\"\"\nZm9vbw==\n\"\"\"\n");
    }

    #[test]
    fn pytorch_runs_every_choice() {
        let runs = include_str!("../../../tests/pytorch/runs.txt");
        let configs: Vec<Config> = runs
            .lines()
            .flat_map(|line| line.split(' ').filter(|word| word.contains('=')))
            .map(|query| Config::from_query(query).unwrap())
            .collect();
        for field in FIELDS {
            let Kind::Choice(choices) = field.kind else {
                continue;
            };
            for choice in choices {
                let runs = configs.iter().any(|c| c.get(field) == choice.name);
                assert!(runs, "no run has {} = {}", field.name, choice.name);
            }
        }
    }

    #[test]
    fn a_batch_of_one_sample_has_no_batch_norm_in_pytorch() {
        let config =
            Config::from_query("data=xor&depth=2&width=4&norm=batch&batch-size=1").unwrap();
        let error = script(&Trainer::<f32>::new(config, None).unwrap()).unwrap_err();
        assert_eq!(
            (error.field.as_str(), error.value.as_str()),
            ("batch_size", "1")
        );
    }
}
