//! A run as a PyTorch script: the same network from the same initial parameters, on the same data in the same
//! minibatches.
//!
//! The script is made from the template `pytorch.py`. In it, `$name` stands for a value, and a line that ends with
//! `#? condition` is left out unless the condition holds, so that a script contains only what its run needs. The
//! template is passed in, because the page loads it only when a user asks for a script. What each choice of a config is
//! in PyTorch is in `torch_names.rs`.

use super::python_text::{push_base64, python, render};
use super::torch_names;
use crate::config::LossFunction;
use crate::config::activation::SlopeRole;
use crate::config::{Activation, Clip, Config, ConfigError, FIELDS, Norm, Schedule};
use crate::data::{Batches, Dataset, Decision, Split, Targets};
use crate::network::init::initialise;
use crate::network::{Layer, SHAREABLE, layer_specs, tied_layers};
use crate::numeric::array::flat;
use crate::numeric::random::Stream;
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::to_f32;
use crate::training::Trainer;
use gradient_flow_words::message;
use serde_json::Value;
use std::fmt::Display;

/// Number of steps in the script of a run that has made none yet.
const DEFAULT_STEPS: u64 = 10;

/// A run, as far as its script depends on it: its network is the one that its config and data begin with.
pub struct Run<'a, T> {
    /// The data, split and scaled.
    pub data: &'a Dataset<T>,
    /// The configs of the run, each with the step at which it took effect; the first at step 0.
    pub configs: &'a [(u64, Config)],
    /// The present step.
    pub steps: u64,
    /// Of a table of one's own: what [`Upload::about`](crate::data::Upload::about) says of it, and the options of its reading.
    pub table: Option<&'a Value>,
}

impl<'a, T: Scalar> From<&'a Trainer<T>> for Run<'a, T> {
    fn from(trainer: &'a Trainer<T>) -> Self {
        Run {
            data: trainer.data(),
            configs: trainer.config_history(),
            steps: trainer.steps(),
            table: None,
        }
    }
}

/// The script of a run, from its start to its present step. Live changes of the config are made at the same steps.
/// `template` is the text of `pytorch.py`.
///
/// # Errors
/// If PyTorch refuses the batch size: batch norm with batches of one sample.
///
/// ```
/// use gradient_flow::{Config, Trainer};
/// use gradient_flow::export::pytorch;
///
/// let config = Config::from_query("data=xor&depth=2&width=4&activation=elu&optimizer=adam")?;
/// let trainer = Trainer::<f32>::new(config, None)?;
/// let template = "phi = $phi\nnorm = $norm  #? norm\noptimizer = $optimizer\n";
/// let script = pytorch::script(&(&trainer).into(), template)?;
/// assert!(script.starts_with("phi = nn.ELU()\noptimizer = torch.optim.Adam("));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn script<T: Scalar>(run: &Run<T>, template: &str) -> Result<String, ConfigError> {
    let Run {
        data,
        configs,
        steps,
        table,
    } = *run;
    let config = &configs[0].1;
    let batch = Batches::of(config, data.train.len()).size();
    if config.norm == Norm::Batch && batch == 1 {
        return Err(ConfigError {
            field: "batch_size".into(),
            value: "1".into(),
            allowed: message!("allowed-batch-pytorch"),
        });
    }
    let inputs = data.train.x.ncols();
    let mut text = script_body(
        template,
        &RunFacts {
            configs,
            steps,
            table,
            inputs,
            outputs: data.outputs,
            batch,
            loss: data.loss,
            decision: data.decision,
        },
    );
    let mut parameters = Vec::new();
    let specs = layer_specs(config, inputs, data.outputs);
    for (index, spec) in specs.into_iter().enumerate() {
        let mut layer = Layer::<T>::new(spec);
        initialise(&mut layer, config, index);
        // What layers share is a parameter once.
        let repeats = tied_layers(config).is_some_and(|t| t.contains(&index) && index > t.start);
        let skipped = if repeats { SHAREABLE } else { 0 };
        for parameter in layer.parameters().skip(skipped) {
            push_float_bytes(flat(&parameter.value), &mut parameters);
        }
    }
    push_base64(&mut text, "PARAMETERS", &parameters);
    for (split, names) in [
        (&data.train, ["TRAIN_X", "TRAIN_Y"]),
        (&data.test, ["TEST_X", "TEST_Y"]),
    ] {
        let arrays = split_bytes(split);
        for (name, bytes) in names.into_iter().zip(&arrays) {
            push_base64(&mut text, name, bytes);
        }
    }
    text += "\nmain()\n";
    Ok(text)
}

/// Appends values as little-endian float32.
#[inline(never)]
fn push_float_bytes<T: Scalar>(values: &[T], bytes: &mut Vec<u8>) {
    for value in values {
        bytes.extend(to_f32(value.to_f64()).to_le_bytes());
    }
}

/// The bytes of the features and of the targets.
fn split_bytes<T: Scalar>(split: &Split<T>) -> [Vec<u8>; 2] {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    push_float_bytes(flat(&split.x), &mut x);
    match &split.targets {
        Targets::Classes(classes) => {
            let classes: Vec<T> = classes
                .iter()
                .map(|class| T::from_f64(*class as f64))
                .collect();
            push_float_bytes(&classes, &mut y);
        }
        Targets::Values(values) => push_float_bytes(flat(values), &mut y),
    }
    [x, y]
}

/// What the script depends on, apart from its arrays.
struct RunFacts<'a> {
    /// The configs of the run, each with the step at which it took effect.
    configs: &'a [(u64, Config)],
    steps: u64,
    table: Option<&'a Value>,
    inputs: usize,
    outputs: usize,
    batch: usize,
    loss: LossFunction,
    decision: Decision,
}

/// The script without its arrays.
fn script_body(template: &str, run: &RunFacts) -> String {
    let config = &run.configs[0].1;
    let changes = run.configs.len() > 1;
    let ever = |holds: fn(&Config) -> bool| run.configs.iter().any(|(_, config)| holds(config));
    let classes = run.loss == LossFunction::SoftmaxCe;
    let tied = tied_layers(config).is_some();
    let output = config.output.activation();
    let schedule = torch_names::schedule(config.schedule);
    let rate_factor = match (config.warmup > 0, config.schedule) {
        (true, Schedule::Constant) => "warm".into(),
        (true, _) => format!("warm * {schedule}"),
        (false, _) => schedule.to_string(),
    };
    let conditions = [
        (
            "slope",
            config.activation.traits().slope != SlopeRole::Unused,
        ),
        ("norm", config.norm != Norm::None),
        ("tied", tied),
        ("untied", !tied),
        ("output", output != Activation::Linear),
        ("warmup", config.warmup > 0),
        ("schedule", config.schedule != Schedule::Constant),
        (
            "rate",
            config.warmup > 0 || config.schedule != Schedule::Constant,
        ),
        ("plain", !config.residual),
        ("residual", config.residual),
        ("classes", classes),
        ("values", !classes),
        ("accuracy", run.decision != Decision::Regression),
        ("changes", changes),
        (
            "momentum changes",
            changes && config.optimizer.has_momentum(),
        ),
        ("clip norm", ever(|config| config.clip == Clip::Norm)),
        ("clip value", ever(|config| config.clip == Clip::Value)),
        ("l1", ever(|config| config.l1 != 0.0)),
        ("table", run.table.is_some()),
    ];
    let is_correct = match run.decision {
        Decision::ArgMax if classes => "z.argmax(1) == test_y",
        Decision::ArgMax => "z.argmax(1) == test_y.argmax(1)",
        Decision::Half => "(z > 0.5) == (test_y > 0)",
        Decision::Sign | Decision::Regression => "(z > 0) == (test_y > 0)",
    };
    let (class, arguments) = torch_names::optimizer(config.optimizer);
    let common = "groups, lr=s[\"learning_rate\"], weight_decay=s[\"weight_decay\"]";
    let query = config.to_query();
    let steps = if run.steps == 0 {
        DEFAULT_STEPS
    } else {
        run.steps
    };
    let query: &str = if query.is_empty() {
        "the defaults"
    } else {
        &query
    };
    let optimizer = format!("torch.optim.{class}({common}{arguments})");
    let stream = Stream::Batches as usize;
    let table = run.table.map(python).unwrap_or_default();
    let values: [(&str, &dyn Display); 23] = [
        ("table", &table),
        ("query", &query),
        ("steps", &steps),
        ("settings", &live_settings(run.configs)),
        ("slope", &config.slope_value()),
        ("norm", &torch_names::norm(config.norm)),
        ("phi", &config.activation.traits().pytorch),
        ("output", &output.traits().pytorch),
        ("warmup", &config.warmup),
        ("schedule_steps", &config.schedule_steps),
        ("rate_factor", &rate_factor),
        ("seed", &config.seed),
        ("stream", &stream),
        ("inputs", &run.inputs),
        ("outputs", &run.outputs),
        ("width", &config.width),
        ("depth", &config.depth),
        ("loss", &torch_names::loss(run.loss)),
        ("optimizer", &optimizer),
        ("batch", &run.batch),
        ("is_correct", &is_correct),
        ("clip_norm", &torch_names::clip(Clip::Norm)),
        ("clip_value", &torch_names::clip(Clip::Value)),
    ];
    render(template, &conditions, &values)
}

/// The values of the live fields from each step on, as the entries of a Python dictionary.
fn live_settings(configs: &[(u64, Config)]) -> String {
    let mut text = String::new();
    for (step, config) in configs {
        text += &format!("    {step}: dict(");
        for field in FIELDS.iter().filter(|field| field.live) {
            let comma = if text.ends_with('(') { "" } else { ", " };
            text += &format!("{comma}{}={}", field.name, field.literal(config));
        }
        text += "),\n";
    }
    // The line of the template ends with a newline itself.
    text.pop();
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::FieldKind;
    use crate::data::Upload;

    const TEMPLATE: &str = include_str!("pytorch.py");

    #[test]
    fn a_script_contains_only_what_its_run_needs() {
        let script = |query: &str| {
            let trainer = Trainer::<f32>::new(Config::from_query(query).unwrap(), None).unwrap();
            script(&Run::from(&trainer), TEMPLATE).unwrap()
        };
        let plain = script("data=xor&depth=2&width=4");
        let full = script(
            "data=xor&depth=2&width=4&norm=layer&residual=true&clip=norm&l1=0.1&activation=prelu&loss=bce",
        );
        let rates = "warmup=3&schedule=cosine&output=sigmoid&tied=true&depth=3";
        let more = script(&format!("data=xor&width=4&{rates}"));
        for part in [
            "rate_factor",
            "import math",
            "net.append(nn.Sigmoid())",
            "self.share",
            "WARMUP, SCHEDULE_STEPS = 3, 1000",
        ] {
            assert!(!plain.contains(part) && more.contains(part), "{part}");
        }
        let parts = [
            "self.norm",
            "clip_grad_norm_",
            "h + a",
            "sign()",
            "SLOPE = 0.25",
        ];
        for part in parts {
            assert!(!plain.contains(part) && full.contains(part), "{part}");
        }
        for text in [plain, full, more] {
            assert!(!text.contains('$') && !text.contains("#?"), "{text}");
        }
    }

    #[test]
    fn a_script_says_how_a_table_of_ones_own_was_read() {
        let table = "size,colour,id\n1.5,a \"b\" $query \\,1\n2.5,c,2\n,c,3\n";
        let upload = Upload::read(&format!("{{\"target\":\"size\"}}\n{table}")).unwrap();
        let config = Config::from_query("data=upload&depth=2&width=4").unwrap();
        let data = Dataset::<f32>::of_samples(&config, upload.samples().unwrap()).unwrap();
        let mut about = upload.about();
        about["reading"] = serde_json::json!({"target": "size", "header": true, "seed": null});
        let run = Run {
            data: &data,
            configs: &[(0, config)],
            steps: 3,
            table: Some(&about),
        };
        let text = script(&run, TEMPLATE).unwrap();
        let line = text.lines().find(|line| line.starts_with("TABLE = "));
        let line = line.expect("the table is told");
        let digest = format!(r#""digest": {}"#, about["digest"]);
        for part in [
            digest.as_str(),
            r#""target": "size""#,
            r#""features": ["colour = c", "id"]"#,
            r#""header": True"#,
            r#""seed": None"#,
        ] {
            assert!(line.contains(part), "{part} in {line}");
        }
        // Without a table, nothing is said of one.
        let trainer = Trainer::<f32>::new(Config::from_query("data=xor").unwrap(), None).unwrap();
        let text = super::script(&Run::from(&trainer), TEMPLATE).unwrap();
        assert!(!text.contains("TABLE"));
    }

    #[test]
    fn the_comparison_with_pytorch_covers_every_choice() {
        let runs = include_str!("../../../../tests/pytorch/runs.txt");
        let configs: Vec<Config> = runs
            .lines()
            .flat_map(|line| line.split(' ').filter(|word| word.contains('=')))
            .map(|query| Config::from_query(query).unwrap())
            .collect();
        for field in FIELDS {
            let FieldKind::Choice(choices) = field.kind else {
                continue;
            };
            for choice in choices {
                let runs = configs.iter().any(|c| c.get(field) == choice.name);
                assert!(runs, "no run has {} = {}", field.name, choice.name);
            }
        }
        for field in FIELDS {
            let mut values: Vec<String> = configs.iter().map(|c| c.get(field)).collect();
            values.dedup();
            assert!(values.len() > 1, "no run sets {}", field.name);
        }
    }

    #[test]
    fn batch_norm_of_a_single_sample_is_refused() {
        let config =
            Config::from_query("data=xor&depth=2&width=4&norm=batch&batch-size=1").unwrap();
        let trainer = Trainer::<f32>::new(config, None).unwrap();
        let error = script(&Run::from(&trainer), TEMPLATE).unwrap_err();
        assert_eq!(
            (error.field.as_str(), error.value.as_str()),
            ("batch_size", "1")
        );
    }
}
