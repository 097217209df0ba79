//! `Config`: everything that determines a run, declared once.
//!
//! The table in `config!` below is the only declaration. The struct, its defaults, the schema from
//! which the page makes its controls, the URL, the attributes and the reference table all follow.

use crate::activation::Activation;
use crate::choice::{Choice, ChoiceInfo, choices};
use serde_json::{Map, Value as Json, json};
use std::fmt;

choices! {
    /// Where the training data come from.
    pub enum Data {
        Digits, "digits", "Handwritten digits", "1797 real digits, 8x8 pixels, 10 classes (UCI, Alpaydin and Kaynak 1998)";
        Circle, "circle", "Circle", "A disc inside a ring, 2 classes";
        Xor, "xor", "Exclusive or", "Opposite quadrants belong together, 2 classes";
        Gauss, "gauss", "Two clouds", "Two normal clouds, 2 classes";
        Spiral, "spiral", "Spiral", "Two arms wound around each other, 2 classes";
        Plane, "plane", "Plane", "Regression: the target rises along a slope";
        Iris, "iris", "Iris", "150 real flowers, 4 measurements, 3 classes (Fisher 1936)";
        Upload, "upload", "Your own table", "A table given to the page; it stays in the browser";
    }
}

impl Data {
    /// Is it one of the generated 2-D sets, to which `noise` applies?
    pub fn is_toy(self) -> bool {
        matches!(
            self,
            Data::Circle | Data::Xor | Data::Gauss | Data::Spiral | Data::Plane
        )
    }
}

choices! {
    /// How the weights start.
    pub enum Init {
        XavierUniform, "xavier_uniform", "Xavier uniform", "U[-r, r], r = sqrt(6 / (n_in + n_out)) (Glorot and Bengio 2010, eq. 16)";
        XavierNormal, "xavier_normal", "Xavier normal", "N(0, 2 / (n_in + n_out)) (Glorot and Bengio 2010)";
        HeUniform, "he_uniform", "He uniform", "U[-r, r], r = sqrt(6 / n_in) (He et al. 2015)";
        HeNormal, "he_normal", "He normal", "N(0, 2 / n_in) (He et al. 2015, eq. 10)";
        LecunNormal, "lecun_normal", "LeCun normal", "N(0, 1 / n_in) (LeCun et al. 1998, sec. 4.6)";
        Orthogonal, "orthogonal", "Orthogonal", "Orthonormal rows or columns (Saxe et al. 2014)";
        Normal, "normal", "Normal, std 1", "N(0, 1): far too large for wide layers";
        Uniform, "uniform", "Uniform 1/sqrt(n)", "U[-1/sqrt(n_in), 1/sqrt(n_in)], biases too: PyTorch's default for a linear layer";
        Zeros, "zeros", "Zeros", "All units of a layer stay equal: symmetry is never broken";
    }
}

choices! {
    /// What is normalised before the activation.
    pub enum Norm {
        None, "none", "None", "The pre-activation goes into the activation as it is";
        Batch, "batch", "Batch norm", "Each unit to mean 0, variance 1 over the minibatch (Ioffe and Szegedy 2015)";
        Layer, "layer", "Layer norm", "Each sample to mean 0, variance 1 over the layer's units (Ba et al. 2016)";
    }
}

choices! {
    /// The loss, as the config names it.
    pub enum Loss {
        Auto, "auto", "Automatic", "Softmax cross-entropy for classes, mean squared error for regression";
        SoftmaxCe, "softmax_ce", "Softmax cross-entropy", "One output per class";
        Bce, "bce", "Binary cross-entropy", "Logistic loss on each output; one output for two classes";
        Mse, "mse", "Mean squared error", "Mean of (prediction - target)^2; classes as targets";
    }
}

choices! {
    /// How the gradient becomes an update.
    pub enum Optimizer {
        Sgd, "sgd", "SGD", "W -= learning_rate * gradient";
        Momentum, "momentum", "Momentum", "Heavy ball (Polyak 1964), as in PyTorch";
        Nesterov, "nesterov", "Nesterov", "Nesterov's accelerated gradient, as in PyTorch";
        Rmsprop, "rmsprop", "RMSprop", "Divides by a running RMS of the gradient, alpha 0.99";
        Adam, "adam", "Adam", "Kingma and Ba 2015: betas 0.9 and 0.999; weight decay goes through the gradient";
        Adamw, "adamw", "AdamW", "Loshchilov and Hutter 2019: Adam with decoupled weight decay";
    }
}

choices! {
    /// Gradient clipping.
    pub enum Clip {
        None, "none", "None", "The gradient as it is";
        Norm, "norm", "By norm", "Scale the whole gradient down to norm clip_at (Pascanu et al. 2013)";
        Value, "value", "By value", "Cut each element to [-clip_at, clip_at]; turns the gradient's direction";
    }
}

choices! {
    /// The heading under which a control stands, in the order in which a learner thinks.
    pub enum Group {
        Network, "network", "Network", "What is computed";
        Start, "start", "Start", "How the weights begin";
        Training, "training", "Training", "How they change";
        Cures, "cures", "Cures", "What keeps the gradient alive and bounded";
        Data, "data", "Data", "What is learned";
    }
}

/// Samples per step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchSize {
    /// So many (at most the training part).
    Samples(usize),
    /// The whole training part.
    Full,
}

/// The slope on the negative side: set, or the activation's own default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slope {
    /// 0.01 for leaky_relu (Maas et al. 2013), 0.25 as the start of prelu (He et al. 2015).
    Auto,
    /// This value.
    Value(f64),
}

/// What a field accepts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// One of these names.
    Choice(&'static [ChoiceInfo]),
    /// A whole number in a range, or one of the words.
    Integer {
        /// Least value.
        min: u64,
        /// Greatest value.
        max: u64,
        /// Words allowed beside the numbers.
        words: &'static [&'static str],
    },
    /// A real number in a range.
    Real {
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
        /// How a slider runs over the range.
        scale: Scale,
    },
    /// true or false.
    Flag,
}

/// How a slider runs over a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By powers of ten.
    Log,
    /// By powers of ten, with zero at the low end; the number is log10 of the least value above zero.
    LogWithZero(i32),
}

impl Kind {
    /// What is allowed, in words.
    pub fn allowed(&self) -> String {
        match *self {
            Kind::Choice(choices) => {
                let names: Vec<_> = choices.iter().map(|c| c.name).collect();
                format!("one of {}", names.join(", "))
            }
            Kind::Integer { min, max, words } => {
                let words: String = words.iter().map(|w| format!(", or {w}")).collect();
                format!("a whole number from {min} to {max}{words}")
            }
            Kind::Real { min, max, .. } => format!("a number from {min} to {max}"),
            Kind::Flag => "true or false".into(),
        }
    }
}

/// A value was refused. The last good config stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The field's name, as it was given.
    pub field: String,
    /// The value that was refused.
    pub value: String,
    /// What is allowed.
    pub allowed: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let ConfigError {
            field,
            value,
            allowed,
        } = self;
        write!(f, "{field} = {value} is refused; allowed: {allowed}")
    }
}

impl std::error::Error for ConfigError {}

/// A field's declaration: what the controls, the URL, the attributes and the docs are made from.
pub struct Field {
    /// Name in Rust and JSON (snake_case).
    pub name: &'static str,
    /// What the control shows.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Unit behind the number, or empty.
    pub unit: &'static str,
    /// Heading.
    pub group: Group,
    /// Always in sight.
    pub at_hand: bool,
    /// A change acts on the running network at once.
    pub live: bool,
    /// The field matters only where another field has one of these values.
    pub relevant: Option<(&'static str, &'static [&'static str])>,
    /// What it accepts.
    pub kind: Kind,
    text: fn(&Config) -> String,
    json: fn(&Config) -> Json,
    read: fn(&mut Config, &str) -> bool,
}

impl Field {
    /// Name in the URL and in attributes (kebab-case).
    pub fn attribute(&self) -> String {
        self.name.replace('_', "-")
    }
}

/// A type that a field can have.
trait Value: Copy + PartialEq {
    fn read(text: &str, kind: &Kind) -> Option<Self>;
    fn text(&self, config: &Config) -> String;
    fn json(&self, config: &Config) -> Json;
}

impl<C: Choice> Value for C {
    fn read(text: &str, _: &Kind) -> Option<Self> {
        C::from_name(text)
    }
    fn text(&self, _: &Config) -> String {
        self.name().into()
    }
    fn json(&self, _: &Config) -> Json {
        self.name().into()
    }
}

impl Value for u64 {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        let Kind::Integer { min, max, .. } = *kind else {
            return None;
        };
        text.parse().ok().filter(|v| (min..=max).contains(v))
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        (*self).into()
    }
}

impl Value for usize {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        u64::read(text, kind).map(|v| v as usize)
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        (*self as u64).into()
    }
}

impl Value for f64 {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        let Kind::Real { min, max, .. } = *kind else {
            return None;
        };
        text.parse().ok().filter(|v| (min..=max).contains(v))
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        json!(*self)
    }
}

impl Value for bool {
    fn read(text: &str, _: &Kind) -> Option<Self> {
        text.parse().ok()
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        (*self).into()
    }
}

impl Value for BatchSize {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        if text == "full" {
            Some(BatchSize::Full)
        } else {
            usize::read(text, kind).map(BatchSize::Samples)
        }
    }
    fn text(&self, _: &Config) -> String {
        match self {
            BatchSize::Samples(n) => n.to_string(),
            BatchSize::Full => "full".into(),
        }
    }
    fn json(&self, config: &Config) -> Json {
        match self {
            BatchSize::Samples(n) => n.json(config),
            BatchSize::Full => "full".into(),
        }
    }
}

impl Value for Slope {
    fn read(text: &str, kind: &Kind) -> Option<Self> {
        f64::read(text, kind).map(Slope::Value)
    }
    fn text(&self, config: &Config) -> String {
        config.slope_value().to_string()
    }
    fn json(&self, config: &Config) -> Json {
        json!(config.slope_value())
    }
}

macro_rules! config {
    ($( $(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:expr, $label:literal, $unit:literal, $group:ident,
        $kind:expr, $relevant:expr $(, $flag:ident)*; )+) => {
        /// Everything that determines a run. The same config gives the same numbers on every machine.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Config { $( $(#[doc = $doc])+ pub $name: $type ),+ }

        impl Default for Config {
            fn default() -> Self { Config { $( $name: $default ),+ } }
        }

        /// The declaration of every field, in the order of the groups.
        pub const FIELDS: &[Field] = &[ $( Field {
            name: stringify!($name),
            label: $label,
            help: concat!($($doc),+).trim_ascii(),
            unit: $unit,
            group: Group::$group,
            at_hand: false $(|| flag_is(stringify!($flag), "at_hand"))*,
            live: false $(|| flag_is(stringify!($flag), "live"))*,
            relevant: $relevant,
            kind: $kind,
            text: |config| Value::text(&config.$name, config),
            json: |config| Value::json(&config.$name, config),
            read: |config, text| match Value::read(text, &$kind) {
                Some(value) => { config.$name = value; true }
                None => false,
            },
        } ),+ ];
    };
}

/// Compares two words at compile time.
const fn flag_is(flag: &str, word: &str) -> bool {
    let (flag, word) = (flag.as_bytes(), word.as_bytes());
    let mut at = 0;
    while at < flag.len() && at < word.len() {
        if flag[at] != word[at] {
            return false;
        }
        at += 1;
    }
    flag.len() == word.len()
}

const fn choice<C: Choice>() -> Kind {
    Kind::Choice(C::INFO)
}

const fn integer(min: u64, max: u64) -> Kind {
    Kind::Integer {
        min,
        max,
        words: &[],
    }
}

const fn real(min: f64, max: f64, scale: Scale) -> Kind {
    Kind::Real { min, max, scale }
}

/// The largest whole number that JavaScript holds exactly, 2^53 - 1.
const MAX_SEED: u64 = (1 << 53) - 1;

config! {
    /// Hidden layers. The gradient is multiplied once per layer on its way back.
    depth: usize = 10, "Depth", "layers", Network, integer(1, 100), None, at_hand;
    /// Units in each hidden layer.
    width: usize = 64, "Width", "units", Network, integer(1, 512), None;
    /// The nonlinearity of the hidden layers; its derivative multiplies the gradient.
    activation: Activation = Activation::Sigmoid, "Activation", "", Network, choice::<Activation>(), None, at_hand;
    /// Slope on the negative side: fixed 0.01 for leaky_relu, start value 0.25 for prelu.
    slope: Slope = Slope::Auto, "Negative slope", "", Network, real(0.0, 1.0, Scale::Linear),
        Some(("activation", &["leaky_relu", "prelu"]));
    /// How the weights are drawn at the start.
    init: Init = Init::XavierUniform, "Initialisation", "", Start, choice::<Init>(), None;
    /// Multiplies the weights drawn: below 1 the signal dies sooner, above 1 it grows.
    init_gain: f64 = 1.0, "Gain", "x", Start, real(0.01, 100.0, Scale::Log), None;
    /// Standard deviation of the biases at the start.
    bias_std: f64 = 0.0, "Bias spread", "", Start, real(0.0, 2.0, Scale::Linear), None;
    /// Determines weights, data and minibatches.
    seed: u64 = 1, "Seed", "", Start, integer(0, MAX_SEED), None;
    /// Step size: too small crawls, too large overshoots and explodes.
    learning_rate: f64 = 0.1, "Learning rate", "", Training, real(1e-6, 100.0, Scale::Log), None, at_hand, live;
    /// How the gradient becomes an update.
    optimizer: Optimizer = Optimizer::Sgd, "Optimizer", "", Training, choice::<Optimizer>(), None;
    /// Share of the last update kept.
    momentum: f64 = 0.9, "Momentum", "", Training, real(0.0, 0.999, Scale::Linear),
        Some(("optimizer", &["momentum", "nesterov"])), live;
    /// Samples per step; full is the whole training part.
    batch_size: BatchSize = BatchSize::Samples(64), "Batch size", "samples", Training,
        Kind::Integer { min: 1, max: 512, words: &["full"] }, None;
    /// What is minimised.
    loss: Loss = Loss::Auto, "Loss", "", Training, choice::<Loss>(), None;
    /// Normalization before the activation of the hidden layers.
    norm: Norm = Norm::None, "Normalization", "", Cures, choice::<Norm>(), None;
    /// Adds a layer's input to its output where the sizes agree (He et al. 2016).
    residual: bool = false, "Residual connections", "", Cures, Kind::Flag, None;
    /// Gradient clipping, before decay and update.
    clip: Clip = Clip::None, "Gradient clipping", "", Cures, choice::<Clip>(), None, live;
    /// The threshold of clipping.
    clip_at: f64 = 1.0, "Clip at", "", Cures, real(1e-6, 1e3, Scale::Log), Some(("clip", &["norm", "value"])), live;
    /// L2 penalty on the weights: adds weight_decay * W to the gradient (decoupled in adamw).
    weight_decay: f64 = 0.0, "Weight decay (L2)", "", Cures, real(0.0, 1.0, Scale::LogWithZero(-6)), None, live;
    /// L1 penalty on the weights: adds l1 * sign(W) to the gradient.
    l1: f64 = 0.0, "L1 penalty", "", Cures, real(0.0, 1.0, Scale::LogWithZero(-6)), None, live;
    /// What is learned.
    data: Data = Data::Digits, "Data", "", Data, choice::<Data>(), None;
    /// Spread of the points of a generated set.
    noise: f64 = 0.0, "Noise", "", Data, real(0.0, 0.5, Scale::Linear),
        Some(("data", &["circle", "xor", "gauss", "spiral", "plane"]));
    /// Share of the samples that is trained on; the rest is the test part.
    train_fraction: f64 = 0.8, "Training share", "", Data, real(0.1, 0.9, Scale::Linear), None;
}

/// The field called `name`, in snake_case or kebab-case.
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS
        .iter()
        .find(|f| f.name == name || f.attribute() == name)
}

impl Config {
    /// The slope on the negative side that the run uses.
    pub fn slope_value(&self) -> f64 {
        match self.slope {
            Slope::Value(slope) => slope,
            Slope::Auto if self.activation == Activation::Prelu => 0.25,
            Slope::Auto => 0.01,
        }
    }

    /// The loss with `auto` resolved for classes or for regression.
    pub fn resolved_loss(&self, classes: bool) -> Loss {
        match self.loss {
            Loss::Auto if classes => Loss::SoftmaxCe,
            Loss::Auto => Loss::Mse,
            loss => loss,
        }
    }

    /// A field's value as the URL writes it.
    pub fn get(&self, field: &Field) -> String {
        (field.text)(self)
    }

    /// Sets one field from text. Checks the field alone: call `check` when all are set.
    ///
    /// # Errors
    /// An unknown field or a value that is not allowed; the config is then unchanged.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ConfigError> {
        let refused = |allowed| ConfigError {
            field: name.into(),
            value: value.into(),
            allowed,
        };
        let Some(field) = field(name) else {
            let names: Vec<_> = FIELDS.iter().map(|f| f.name).collect();
            return Err(refused(format!(
                "a field named one of {}",
                names.join(", ")
            )));
        };
        if !(field.read)(self, value) {
            return Err(refused(field.kind.allowed()));
        }
        // A slope that is what the activation has by itself stays with the activation.
        if field.name == "slope" && self.get(field) == self.defaults().get(field) {
            self.slope = Slope::Auto;
        }
        Ok(())
    }

    /// Checks what no field can check alone.
    ///
    /// # Errors
    /// A loss that does not fit the data.
    pub fn check(&self) -> Result<(), ConfigError> {
        if self.data == Data::Plane && matches!(self.loss, Loss::SoftmaxCe | Loss::Bce) {
            return Err(ConfigError {
                field: "loss".into(),
                value: self.loss.name().into(),
                allowed: "auto or mse: the data \"plane\" have real-valued targets, not classes"
                    .into(),
            });
        }
        Ok(())
    }

    /// This config with the fields of a query string (`depth=20&activation=relu`) changed.
    ///
    /// # Errors
    /// The first field that is refused.
    pub fn with_query(&self, query: &str) -> Result<Self, ConfigError> {
        let query = query.trim_start_matches(['?', '#']);
        let pairs = form_urlencoded::parse(query.as_bytes());
        self.with_pairs(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())))
    }

    /// The config that a query string describes; what it does not name has its default.
    ///
    /// # Errors
    /// The first field that is refused.
    pub fn from_query(query: &str) -> Result<Self, ConfigError> {
        Config::default().with_query(query)
    }

    /// The defaults of all fields for a run with this config's activation, which decides the slope's.
    pub fn defaults(&self) -> Self {
        let slope = Config {
            slope: Slope::Auto,
            ..self.clone()
        }
        .slope_value();
        Config {
            slope: Slope::Value(slope),
            ..Config::default()
        }
    }

    /// The query string: the fields that differ from their defaults, kebab-case, in order.
    pub fn to_query(&self) -> String {
        let defaults = self.defaults();
        let mut query = form_urlencoded::Serializer::new(String::new());
        for field in FIELDS.iter().filter(|f| self.get(f) != defaults.get(f)) {
            query.append_pair(&field.attribute(), &self.get(field));
        }
        query.finish()
    }

    /// This config with the fields of a JSON object changed.
    ///
    /// # Errors
    /// Text that is not a JSON object, or the first field that is refused.
    pub fn with_json(&self, text: &str) -> Result<Self, ConfigError> {
        let not_an_object = || ConfigError {
            field: "config".into(),
            value: text.chars().take(80).collect(),
            allowed: "a JSON object such as {\"depth\": 20}".into(),
        };
        let object: Map<String, Json> = serde_json::from_str(text).map_err(|_| not_an_object())?;
        self.with_pairs(object.into_iter().map(|(name, value)| match value {
            Json::String(text) => (name, text),
            other => (name, other.to_string()),
        }))
    }

    /// The config that a JSON object describes; what it does not name has its default.
    ///
    /// # Errors
    /// Text that is not a JSON object, or the first field that is refused.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        Config::default().with_json(text)
    }

    /// Every field with its value, as a JSON object.
    pub fn to_json(&self) -> Json {
        FIELDS
            .iter()
            .map(|f| (f.name.to_string(), (f.json)(self)))
            .collect::<Map<_, _>>()
            .into()
    }

    fn with_pairs(
        &self,
        pairs: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        // The activation first: the slope's own default depends on it.
        let (first, rest): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| name == "activation");
        let mut config = self.clone();
        for (name, value) in first.iter().chain(&rest) {
            config.set(name, value)?;
        }
        config.check()?;
        Ok(config)
    }

    /// The names of the fields in which two configs differ.
    pub fn differences(&self, other: &Config) -> Vec<&'static str> {
        FIELDS
            .iter()
            .filter(|f| self.get(f) != other.get(f))
            .map(|f| f.name)
            .collect()
    }

    /// Can a running network take on `other` as it is, without being built anew?
    pub fn is_live_change(&self, other: &Config) -> bool {
        FIELDS.iter().all(|f| f.live || self.get(f) == other.get(f))
    }
}

/// The declaration of all groups and fields, from which a page makes its controls and docs.
pub fn schema() -> Json {
    let info = |c: &ChoiceInfo| json!({ "name": c.name, "label": c.label, "help": c.help });
    let default = Config::default();
    let fields: Vec<Json> = FIELDS
        .iter()
        .map(|f| {
            let mut entry = json!({
                "name": f.name, "attribute": f.attribute(), "label": f.label, "help": f.help, "unit": f.unit,
                "group": f.group.name(), "at_hand": f.at_hand, "live": f.live, "default": (f.json)(&default),
                "relevant": f.relevant.map(|(field, values)| json!({ "field": field, "values": values })),
                "allowed": f.kind.allowed(),
            });
            let more = match f.kind {
                Kind::Choice(choices) => json!({ "type": "choice", "choices": choices.iter().map(info).collect::<Vec<_>>() }),
                Kind::Integer { min, max, words } => json!({ "type": "integer", "min": min, "max": max, "words": words }),
                Kind::Real { min, max, scale } => {
                    let (scale, least) = match scale {
                        Scale::Linear => ("linear", None),
                        Scale::Log => ("log", None),
                        Scale::LogWithZero(least) => ("log_with_zero", Some(least)),
                    };
                    json!({ "type": "real", "min": min, "max": max, "scale": scale, "least_exponent": least })
                }
                Kind::Flag => json!({ "type": "flag" }),
            };
            let (Json::Object(entry), Json::Object(more)) = (&mut entry, more) else { unreachable!() };
            entry.extend(more);
            Json::Object(entry.clone())
        })
        .collect();
    json!({ "groups": Group::INFO.iter().map(info).collect::<Vec<_>>(), "fields": fields })
}

#[cfg(test)]
mod tests;
