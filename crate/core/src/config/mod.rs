//! [`Config`]: everything that determines a run.
//!
//! The table in `config!` below is the only declaration of the fields. From it follow the struct with its defaults, the
//! schema from which the page makes its controls, the URL, the element's attributes and the README's reference table.

pub mod activation;
pub mod choice;
mod choices;
mod field;
mod schema;
mod value;

pub use activation::Activation;
use activation::SlopeRole;
use choice::Choice;
use choice::known;
pub use choices::{
    BatchSize, Clip, Data, Group, Init, Loss, LossFunction, Norm, OptimizerKind, Output, Scaling,
    Schedule, Slope,
};
pub use field::{ConfigError, Field, FieldKind, Scale};
use field::{choice, config, flag_is, if_message, integer, real};
use gradient_flow_words::{Message, Number, Value as Shown, message};
pub use schema::schema;
use serde_json::{Map, Value as Json};
use value::Value;

/// 2^53 - 1, the `Number.MAX_SAFE_INTEGER` of JavaScript.
const MAX_SEED: u64 = (1 << 53) - 1;

/// The slope that a control shows while the activation has none.
const UNUSED_SLOPE: f64 = 0.01;

config! {
    /// Everything that determines a run. The same config gives the same numbers on every machine.
    ///
    /// ```
    /// use gradient_flow::Config;
    /// use gradient_flow::config::Activation;
    ///
    /// // A shared link carries the fields that differ from their defaults.
    /// let config = Config::from_query("depth=20&activation=relu")?;
    /// assert_eq!((config.depth, config.activation), (20, Activation::Relu));
    /// assert_eq!(config.learning_rate, Config::default().learning_rate);
    /// assert_eq!(config.to_query(), "depth=20&activation=relu");
    ///
    /// // A refusal names the field, the value and what is allowed.
    /// let error = Config::from_query("depth=101").unwrap_err();
    /// assert_eq!((error.field.as_str(), error.value.as_str()), ("depth", "101"));
    /// assert_eq!(error.allowed.to_string(), "a whole number from 1 to 100");
    /// # Ok::<(), gradient_flow::config::ConfigError>(())
    /// ```
    pub struct Config {
        /// Hidden layers. The gradient is multiplied once per layer on its way back.
        depth: usize = 10, Network, integer(1, 100, Scale::Linear), None, at_hand;
        /// Units in each hidden layer.
        width: usize = 64, Network, integer(1, 512, Scale::Linear), None;
        /// The nonlinearity of the hidden layers; its derivative multiplies the gradient.
        activation: Activation = Activation::Sigmoid, Network, choice::<Activation>(), None, at_hand;
        /// Slope on the negative side: fixed 0.01 for leaky_relu, start value 0.25 for prelu.
        slope: Slope = Slope::Auto, Network, real(0.0, 1.0, Scale::Linear),
            Some(("activation", &["leaky_relu", "prelu"]));
        /// The activation of the output layer; auto is linear. The cross-entropies take a linear output.
        output: Output = Output::Auto, Network, choice::<Output>(), Some(("loss", &["auto", "mse"]));
        /// Whether the hidden layers above the first share one W and one b: a recurrent network unrolled in depth.
        tied: bool = false, Network, FieldKind::Flag, None;
        /// How the weights are drawn at the start.
        init: Init = Init::XavierUniform, Start, choice::<Init>(), None;
        /// Multiplies the weights drawn: below 1 the signal dies sooner, above 1 it grows.
        init_gain: f64 = 1.0, Start, real(1e-4, 100.0, Scale::Log), None;
        /// Standard deviation of the biases at the start.
        bias_std: f64 = 0.0, Start, real(0.0, 2.0, Scale::Linear), None;
        /// Determines weights, data and minibatches.
        seed: u64 = 1, Start, integer(0, MAX_SEED, Scale::Linear), None;
        /// Step size: too small crawls, too large overshoots and explodes.
        learning_rate: f64 = 0.1, Training, real(1e-6, 100.0, Scale::Log), None, at_hand, live;
        /// How the gradient becomes an update.
        optimizer: OptimizerKind = OptimizerKind::Sgd, Training, choice::<OptimizerKind>(), None;
        /// Share of the last update kept.
        momentum: f64 = 0.9, Training, real(0.0, 0.999, Scale::Linear),
            Some(("optimizer", &["momentum", "nesterov"])), live;
        /// Samples per step; full is the whole training part.
        batch_size: BatchSize = BatchSize::Samples(64), Training,
            FieldKind::Integer { min: 1, max: 512, words: &["full"], scale: Scale::Linear }, None;
        /// What is minimised.
        loss: Loss = Loss::Auto, Training, choice::<Loss>(), None;
        /// Steps over which the learning rate rises linearly to its value.
        warmup: u64 = 0, Training, integer(0, 10_000, Scale::LogWithZero(0)), None;
        /// How the learning rate goes on after the warm-up.
        schedule: Schedule = Schedule::Constant, Training, choice::<Schedule>(), None;
        /// Steps until cosine has taken the learning rate to 0, and step and exponential to a tenth.
        schedule_steps: u64 = 1000, Training, integer(1, 1_000_000, Scale::Log),
            Some(("schedule", &["cosine", "step", "exponential"]));
        /// Normalization before the activation of the hidden layers.
        norm: Norm = Norm::None, Remedies, choice::<Norm>(), None;
        /// Adds a layer's input to its output where the sizes agree (He et al. 2016).
        residual: bool = false, Remedies, FieldKind::Flag, None;
        /// Gradient clipping, before decay and update.
        clip: Clip = Clip::None, Remedies, choice::<Clip>(), None, live;
        /// The threshold of clipping.
        clip_at: f64 = 1.0, Remedies, real(1e-6, 1e3, Scale::Log), Some(("clip", &["norm", "value"])), live;
        /// L2 penalty on the weights: adds weight_decay * W to the gradient (decoupled in adamw).
        weight_decay: f64 = 0.0, Remedies, real(0.0, 1.0, Scale::LogWithZero(-6)), None, live;
        /// L1 penalty on the weights: adds l1 * sign(W) to the gradient.
        l1: f64 = 0.0, Remedies, real(0.0, 1.0, Scale::LogWithZero(-6)), None, live;
        /// What is learned.
        data: Data = Data::Digits, Data, choice::<Data>(), None;
        /// Spread of the points of a generated set.
        noise: f64 = 0.0, Data, real(0.0, 0.5, Scale::Linear),
            Some(("data", &["circle", "xor", "gauss", "spiral", "plane"]));
        /// Share of the samples that is trained on; the rest is the test part.
        train_fraction: f64 = 0.8, Data, real(0.1, 0.9, Scale::Linear), None;
        /// How the features are scaled, by the training part.
        scaling: Scaling = Scaling::Standard, Data, choice::<Scaling>(), None;
    }
}

/// The field with this name, in snake_case or kebab-case.
pub fn field(name: &str) -> Option<&'static Field> {
    FIELDS
        .iter()
        .find(|f| f.name == name || f.attribute() == name)
}

/// A field in which two configs differ.
#[derive(Clone)]
pub struct Difference {
    /// The field.
    pub field: &'static Field,
    /// Its value in the first config, as the screen shows it.
    pub from: Shown,
    /// Its value in the second config, as the screen shows it.
    pub to: Shown,
}

impl Config {
    /// The slope on the negative side: as set, or the activation's default.
    pub fn slope_value(&self) -> f64 {
        match self.slope {
            Slope::Value(slope) => slope,
            Slope::Auto => match self.activation.traits().slope {
                SlopeRole::Fixed { default } | SlopeRole::Learned { default } => default,
                SlopeRole::Unused => UNUSED_SLOPE,
            },
        }
    }

    /// The loss, with `auto` resolved for classification (`classes`) or regression. Softmax cross-entropy takes a linear
    /// output, so an output layer with an activation gets the squared error.
    pub fn resolved_loss(&self, classes: bool) -> Loss {
        let is_linear = self.output.activation() == Activation::Linear;
        match self.loss {
            Loss::Auto if classes && is_linear => Loss::SoftmaxCe,
            Loss::Auto => Loss::Mse,
            loss => loss,
        }
    }

    /// A field's value as it is written in the URL.
    pub fn get(&self, field: &Field) -> String {
        (field.text)(self)
    }

    /// Sets one field from text. Call [`check`](Self::check) when all fields are set, for what depends on several.
    ///
    /// # Errors
    /// If the field is unknown or the value not allowed. The config is then unchanged.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), ConfigError> {
        let refused = |allowed: Message| ConfigError {
            field: name.into(),
            value: value.into(),
            allowed,
        };
        let Some(field) = field(name) else {
            let names: Vec<_> = FIELDS.iter().map(|f| f.name).collect();
            return Err(refused(message!("allowed-field", names = names.join(", "))));
        };
        if !(field.parse_into)(self, value) {
            return Err(refused(field.kind.allowed()));
        }
        // A slope equal to the activation's default keeps following the activation.
        if field.name == "slope" && self.get(field) == self.defaults().get(field) {
            self.slope = Slope::Auto;
        }
        Ok(())
    }

    /// The fields in which `other` differs, with both values as the screen shows them.
    pub fn differences(&self, other: &Config) -> Vec<Difference> {
        let shown = |config: &Config, field: &Field| {
            let text = config.get(field);
            let FieldKind::Choice(choices) = field.kind else {
                return Shown::from(Number::new(text));
            };
            let choice = choices.iter().find(|choice| choice.name == text);
            choice.expect("a config has allowed values").label().into()
        };
        FIELDS
            .iter()
            .filter(|field| self.get(field) != other.get(field))
            .map(|field| Difference {
                field,
                from: shown(self, field),
                to: shown(other, field),
            })
            .collect()
    }

    /// Checks what depends on several fields.
    ///
    /// # Errors
    /// If the loss does not fit the data, or the activation of the output layer does not fit the loss.
    pub fn check(&self) -> Result<(), ConfigError> {
        let is_cross_entropy = matches!(self.loss, Loss::SoftmaxCe | Loss::Bce);
        if is_cross_entropy && self.output.activation() != Activation::Linear {
            return Err(ConfigError {
                field: "output".into(),
                value: self.output.name().into(),
                allowed: message!("allowed-output", loss = self.loss.name()),
            });
        }
        if self.data == Data::Plane && is_cross_entropy {
            return Err(ConfigError {
                field: "loss".into(),
                value: self.loss.name().into(),
                allowed: message!("allowed-loss"),
            });
        }
        Ok(())
    }

    /// This config, changed by the fields of a query string such as `depth=20&activation=relu`.
    ///
    /// # Errors
    /// The refusal of the first field that is unknown or has a value that is not allowed.
    pub fn with_query(&self, query: &str) -> Result<Self, ConfigError> {
        let query = query.trim_start_matches(['?', '#']);
        let pairs = form_urlencoded::parse(query.as_bytes());
        self.with_pairs(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())))
    }

    /// The config of a query string. Fields that it does not name have their defaults.
    ///
    /// # Errors
    /// Like [`with_query`](Self::with_query).
    pub fn from_query(query: &str) -> Result<Self, ConfigError> {
        Config::default().with_query(query)
    }

    /// The default of every field. The default slope is that of this config's activation.
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

    /// The query string: the fields that differ from their defaults, in kebab-case and in declaration order.
    pub fn to_query(&self) -> String {
        let defaults = self.defaults();
        let mut query = form_urlencoded::Serializer::new(String::new());
        for field in FIELDS.iter().filter(|f| self.get(f) != defaults.get(f)) {
            query.append_pair(&field.attribute(), &self.get(field));
        }
        query.finish()
    }

    /// This config, changed by the fields of a JSON object.
    ///
    /// # Errors
    /// If the text is not a JSON object, or like [`with_query`](Self::with_query).
    pub fn with_json(&self, text: &str) -> Result<Self, ConfigError> {
        let not_an_object = || ConfigError {
            field: "config".into(),
            value: text.chars().take(80).collect(),
            allowed: message!("allowed-object"),
        };
        let object: Map<String, Json> = serde_json::from_str(text).map_err(|_| not_an_object())?;
        self.with_pairs(object.into_iter().map(|(name, value)| match value {
            Json::String(text) => (name, text),
            other => (name, other.to_string()),
        }))
    }

    /// The config of a JSON object. Fields that it does not name have their defaults.
    ///
    /// # Errors
    /// Like [`with_json`](Self::with_json).
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        Config::default().with_json(text)
    }

    /// All fields with their values, as a JSON object.
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
        // The activation comes first, because the default of the slope depends on it.
        let (activation, others): (Vec<_>, Vec<_>) =
            pairs.partition(|(name, _)| name == "activation");
        let mut config = self.clone();
        for (name, value) in activation.iter().chain(&others) {
            config.set(name, value)?;
        }
        config.check()?;
        Ok(config)
    }

    /// Whether `other` has the same samples, split, scaling and loss, so that a loaded data set can be shared.
    pub fn has_same_data(&self, other: &Config) -> bool {
        // The activation of the output decides on loss and targets.
        self.output.activation() == other.output.activation()
            && FIELDS
                .iter()
                .filter(|f| f.group == Group::Data || ["seed", "loss"].contains(&f.name))
                .all(|f| self.get(f) == other.get(f))
    }

    /// Whether a running network can go on with `other`: only live fields differ.
    pub fn is_live_change(&self, other: &Config) -> bool {
        FIELDS.iter().all(|f| f.live || self.get(f) == other.get(f))
    }
}

#[cfg(test)]
mod tests;
