//! What a look shows: one rule for each kind, in the order of their weight.

use super::DiagnosisKind;
use super::fixes::{fitting_sigma, is_symmetric};
use super::memory::{Memory, REMEMBERED, Start};
use crate::config::Activation;
use crate::config::choice::Choice;
use crate::config::{Config, Norm};
use crate::numeric::format::{layers, number, percent, power_of_ten};
use crate::observe::snapshot::{LayerStatistics, Snapshot};

/// delta (and a) may change by this factor between the first and the last hidden layer. Wide nets at
/// their fitting start stay within 20 at depth 100 (tanh) and 2 (ReLU); training adds a factor of 6.
pub const LEVEL: f64 = 100.0;
/// Where a falls below 1 / LEVEL, delta may fall by this alone to count as vanishing.
const HALF_LEVEL: f64 = 10.0;
/// dW looks level within this factor.
const LEVEL_DW: f64 = 30.0;
/// float32's smallest normal number, 2^-126.
const SMALLEST_NORMAL: f64 = 1.175_494_4e-38;
/// Share of saturated (sample, unit) pairs from which on saturation is the cause.
const SATURATED: f64 = 0.3;
/// Shares of dead units, in one layer and over all, from which on a network is dying.
const DEAD_LAYER: f64 = 0.7;
const DEAD_MEAN: f64 = 0.5;
/// A loss this many times its start has been driven up.
const DRIVEN_UP: f64 = 2.0;
/// Updates this small a share of the weights need a million steps to turn them.
const CRAWLING: f64 = 1e-6;
/// Weights below this share of the fitting ones are too small.
const TOO_SMALL: f64 = 0.95;

/// What a rule has found.
pub struct Found {
    pub kind: DiagnosisKind,
    pub text: String,
    pub evidence: String,
}

/// A snapshot with what is read off it.
pub struct Evidence<'a> {
    pub config: &'a Config,
    pub snapshot: &'a Snapshot,
    pub memory: &'a Memory,
    pub layers: &'a LayerStatistics,
    /// Hidden layers.
    pub depth: usize,
}

/// Mean of the finite values; NaN where there are none.
pub fn mean(values: &[f32]) -> f64 {
    let finite = values.iter().filter(|x| x.is_finite());
    let (sum, count) = finite.fold((0.0, 0.0), |(sum, n), x| (sum + f64::from(*x), n + 1.0));
    sum / count
}

/// The first value as a multiple of the last.
pub fn ratio(values: &[f32]) -> f64 {
    match values {
        [first, .., last] => f64::from(*first) / f64::from(*last),
        _ => 1.0,
    }
}

/// The largest value (NaN aside) with its index.
pub fn largest(values: &[f32]) -> (usize, f64) {
    let pairs = values.iter().enumerate();
    let pairs = pairs.filter(|(_, x)| !x.is_nan());
    let largest = pairs.max_by(|(_, x), (_, y)| x.total_cmp(y));
    largest.map_or((0, f64::NAN), |(index, x)| (index, f64::from(*x)))
}

/// Geometric mean.
fn typical(values: &[f32]) -> f64 {
    let logs = values.iter().map(|x| libm::log(f64::from(*x)));
    libm::exp(logs.sum::<f64>() / values.len() as f64)
}

impl<'a> Evidence<'a> {
    pub fn new(config: &'a Config, snapshot: &'a Snapshot, memory: &'a Memory) -> Self {
        Evidence {
            config,
            snapshot,
            memory,
            layers: &snapshot.layers,
            depth: snapshot.layer_count().saturating_sub(1),
        }
    }

    /// Does the start itself overflow?
    pub fn overflows_at_start(&self) -> bool {
        self.snapshot
            .first_nonfinite
            .as_ref()
            .is_some_and(|found| found.step == 0)
    }

    /// Was the backward signal level at the start?
    pub fn started_level(&self) -> bool {
        let level = |start: &Start| (1.0 / LEVEL..LEVEL).contains(&start.delta_ratio);
        self.memory.start.as_ref().is_some_and(level)
    }

    /// The first rule that holds.
    pub fn find(&self) -> Found {
        self.overflow()
            .or_else(|| self.zeros())
            .or_else(|| self.blocked())
            .or_else(|| self.underflow())
            .or_else(|| self.exploding())
            .or_else(|| self.rate())
            .or_else(|| self.oscillation())
            .or_else(|| self.vanishing())
            .or_else(|| self.dying())
            .or_else(|| self.crawling())
            .unwrap_or_else(|| self.healthy())
    }

    pub fn hidden<'b>(&self, array: &'b [f32]) -> &'b [f32] {
        &array[..self.depth]
    }

    /// delta at the first hidden layer as a multiple of the last one's.
    fn delta_ratio(&self) -> f64 {
        ratio(self.hidden(&self.layers.delta_rms))
    }

    /// The activation's name on the screen.
    fn activation(&self) -> &'static str {
        self.config.activation.info().label
    }

    /// Does it saturate on both sides?
    fn saturates(&self) -> bool {
        matches!(
            self.config.activation,
            Activation::Sigmoid | Activation::Tanh
        )
    }

    fn saturated(&self) -> f64 {
        mean(self.hidden(&self.layers.saturated_fraction))
    }

    /// Did this grow in training, rather than stand at the start?
    fn grew(&self, at_start: impl Fn(&Start) -> f64, now: f64) -> bool {
        let stood = |start: &Start| at_start(start) >= now / 2.0;
        !self.memory.seen.is_empty() && !self.memory.start.as_ref().is_some_and(stood)
    }

    /// Did training saturate the units?
    pub fn saturated_in_training(&self) -> bool {
        self.grew(|start| start.saturated, self.saturated())
    }

    /// Did training kill the units?
    pub fn died_in_training(&self) -> bool {
        let now = mean(self.hidden(&self.layers.dead_fraction));
        self.grew(|start| start.dead, if now.is_nan() { 1.0 } else { now })
    }

    /// sqrt(n_in Var W) of the hidden layers above the first.
    fn sigma(&self) -> f64 {
        let above = &self.hidden(&self.layers.w_rms)[1.min(self.depth - 1)..];
        typical(above) * (self.config.width as f64).sqrt()
    }

    /// How delta changes on its way through a layer, and why.
    fn factors(&self) -> String {
        let steps = self.depth - 1;
        let typical = |array: &[f32]| typical(&array[..steps]);
        let part = |factor, name| format!("× {} by {name}", number(factor));
        let all = self.layers;
        let mut parts = vec![
            part(typical(&all.weight_factor), "the weights"),
            part(typical(&all.activation_factor), "the derivative"),
        ];
        if self.config.norm != Norm::None {
            parts.push(part(typical(&all.norm_factor), "normalization"));
        }
        if self.config.residual {
            parts.push(part(typical(&all.residual_factor), "the residual path"));
        }
        format!(
            "A layer changes delta by × {} on its way back: {} (averages over {}).",
            number(libm::pow(self.delta_ratio(), 1.0 / steps as f64)),
            parts.join(", "),
            layers(1, steps),
        )
    }

    /// The weights' size, measured and fitting.
    fn sizes(&self) -> Option<String> {
        let fitting = fitting_sigma(self.config)?;
        Some(format!(
            "sqrt(n_in Var W) is {}; {} keeps the signal at {}",
            number(self.sigma()),
            self.activation(),
            number(fitting)
        ))
    }

    /// The loss now and at the start.
    fn losses(&self) -> String {
        let now = match self.memory.loss() {
            loss if loss.is_nan() => self.snapshot.train_loss,
            loss => loss,
        };
        match self.memory.start {
            Some(start) if !self.memory.seen.is_empty() => format!(
                "The loss was {} at the start and is {}",
                number(start.loss),
                number(now)
            ),
            _ => format!("The loss is {}", number(now)),
        }
    }

    /// The largest update as a share of its weights, and its layer.
    fn largest_update(&self) -> String {
        let (layer, share) = largest(&self.layers.update_ratio);
        format!(
            "The last update was {} of layer {}'s weights",
            percent(share),
            layer + 1
        )
    }

    fn overflow(&self) -> Option<Found> {
        let found = self.snapshot.first_nonfinite.as_ref()?;
        let text = format!(
            "Overflow at step {}: in layer {} the tensor {} left the range of float32 ({}). The run has stopped.",
            found.step, found.layer, found.tensor, found.operation
        );
        let evidence = if found.step > 0 {
            let last = self.snapshot.log.train_loss.iter().rev();
            let last = last.copied().find(|loss| loss.is_finite());
            let before = last.map_or(String::new(), |loss| {
                format!("The last finite loss was {}. ", number(f64::from(loss)))
            });
            format!("{before}{}.", self.largest_update())
        } else {
            let sizes = self.sizes().filter(|_| self.config.norm == Norm::None);
            let sizes = sizes.map_or(String::new(), |sizes| format!(" {sizes}."));
            format!("Nothing was learned yet: the start itself overflows.{sizes}")
        };
        Some(Found {
            kind: DiagnosisKind::Overflow,
            text,
            evidence,
        })
    }

    /// Weights of zero.
    fn zeros(&self) -> Option<Found> {
        let (dw, w) = (&self.layers.dw_rms, &self.layers.w_rms);
        let unmoved: Vec<usize> = (0..self.depth)
            .filter(|l| dw[*l] == 0.0 && (*w)[*l + 1..].contains(&0.0))
            .collect();
        let zero = w.iter().filter(|rms| **rms == 0.0).count();
        if let (Some(first), Some(last)) = (unmoved.first(), unmoved.last()) {
            return Some(Found {
                kind: DiagnosisKind::Zeros,
                text: format!(
                    "Nothing reaches {}: dW is exactly 0, because the weights that should carry it back are zero.",
                    layers(first + 1, last + 1)
                ),
                evidence: format!(
                    "All weights are 0 in {zero} of {} layers; delta is multiplied by them on its way back.",
                    w.len()
                ),
            });
        }
        let width = self.config.width;
        (is_symmetric(self.config) && width > 1).then(|| Found {
            kind: DiagnosisKind::Zeros,
            text: format!(
                "Symmetric: all weights began at zero, so the {width} units of each layer stay equal and do the work of one."
            ),
            evidence: format!(
                "Equal units get equal gradients, and equal updates. {}.",
                self.losses()
            ),
        })
    }

    /// The uppermost hidden layer (0-based) at which delta is cut off to exactly 0, rather than fading.
    fn cut(&self) -> Option<usize> {
        let delta = &self.layers.delta_rms;
        let cut = (0..self.depth).rev().find(|l| delta[*l] == 0.0)?;
        // What is small above was flushed to zero.
        let above = f64::from(delta[cut + 1]);
        (above >= SMALLEST_NORMAL / f64::from(f32::EPSILON)).then_some(cut)
    }

    /// A layer whose derivative is 0 throughout blocks everything below it.
    fn blocked(&self) -> Option<Found> {
        let delta = &self.layers.delta_rms;
        let dead = self.cut()?;
        let share = f64::from(self.layers.dead_fraction[dead]);
        // Some unit may live for samples that this minibatch does not hold.
        if share < 1.0 {
            return None;
        }
        let seen = if share.is_nan() {
            "its delta is exactly 0 over this minibatch".into()
        } else {
            format!(
                "all its units are dead over {} samples",
                self.snapshot.dead_samples
            )
        };
        let saturated = self.saturates();
        let why = if saturated { "saturated" } else { "dead" };
        Some(Found {
            kind: if saturated {
                DiagnosisKind::Saturation
            } else {
                DiagnosisKind::Dying
            },
            text: format!(
                "Nothing reaches {}: dW is exactly 0, because layer {} is {why}, the derivative of all its units is 0.",
                layers(1, dead + 1),
                dead + 1
            ),
            evidence: format!(
                "delta is {} at layer {} above it and 0 below; {seen}. {}.",
                number(f64::from(delta[dead + 1])),
                dead + 2,
                self.losses()
            ),
        })
    }

    /// A gradient that float32 flushes, or holds with few digits.
    fn underflow(&self) -> Option<Found> {
        let dw = self.hidden(&self.layers.dw_rms);
        let top = f64::from(*self.layers.delta_rms.last()?);
        let small = dw
            .iter()
            .take_while(|rms| f64::from(**rms) < SMALLEST_NORMAL)
            .count();
        // Without an error at the output there is nothing to pass back.
        if small == 0 || top < 1e-10 || self.cut().is_some() {
            return None;
        }
        let zero = dw.iter().take_while(|rms| **rms == 0.0).count();
        let text = if zero > 0 {
            format!(
                "Nothing reaches {}: dW is exactly 0, because it is below 10⁻⁴⁵, which float32 flushes to zero.",
                layers(1, zero)
            )
        } else {
            format!(
                "Underflow: layer 1's dW is {}, below 10⁻³⁸, where float32 loses its digits.",
                power_of_ten(f64::from(dw[0]))
            )
        };
        let first = dw.iter().position(|rms| *rms > 0.0);
        let there = first.map_or(String::new(), |l| {
            format!(" layer {}'s dW is {}.", l + 1, number(f64::from(dw[l])))
        });
        let evidence = format!(
            "delta is {} at the output,{there} float32's smallest normal number is 1.2 × 10⁻³⁸, its smallest at all 1.4 × 10⁻⁴⁵.",
            number(top)
        );
        Some(Found {
            kind: DiagnosisKind::Underflow,
            text,
            evidence,
        })
    }

    /// delta grows on its way back, though no step drove it there.
    fn exploding(&self) -> Option<Found> {
        let delta = self.delta_ratio();
        if self.depth < 2 || delta <= LEVEL || !delta.is_finite() {
            return None;
        }
        let began = self.memory.start.map_or(delta, |start| start.delta_ratio);
        if began <= LEVEL && self.driven_up() {
            return None;
        }
        let normalized = self.config.norm != Norm::None;
        let factor = libm::pow(delta, 1.0 / (self.depth - 1) as f64);
        let why = if normalized {
            let name = self.config.norm.info().label;
            format!(
                "{name} divides by a spread below 1 at every layer, which multiplies delta; the weights' size cancels out."
            )
        } else if self.config.residual {
            "Each layer adds to its input, so a and delta grow with every layer.".into()
        } else {
            self.sizes()
                .map_or(String::new(), |sizes| format!("{sizes}."))
        };
        Some(Found {
            kind: if normalized {
                DiagnosisKind::ExplodingNorm
            } else {
                DiagnosisKind::ExplodingWeights
            },
            text: format!(
                "Exploding: delta at layer 1 is {} times layer {}'s; each {} layer multiplies it by {factor:.2}.",
                power_of_ten(delta),
                self.depth,
                self.activation()
            ),
            evidence: format!("{} {why}", self.factors()).trim_end().into(),
        })
    }

    /// Has training driven the loss up, and does it stay up?
    fn driven_up(&self) -> bool {
        let loss = self.memory.loss();
        let start = self.memory.start.map_or(f64::NAN, |start| start.loss);
        loss > DRIVEN_UP * start && loss > 0.5 * self.memory.peak
    }

    fn rate(&self) -> Option<Found> {
        if !self.driven_up() {
            return None;
        }
        let start = self.memory.start?.loss;
        let mut evidence = format!(
            "The loss was {} at the start. {}.",
            number(start),
            self.largest_update()
        );
        if self.saturates() && self.saturated_in_training() {
            evidence += &format!(
                " The steps have saturated {} of the {} units' outputs.",
                percent(self.saturated()),
                self.activation()
            );
        }
        Some(Found {
            kind: DiagnosisKind::ExplodingRate,
            text: format!(
                "Exploding by the rate: the loss is {} times its start; learning rate {} is too high.",
                number(self.memory.loss() / start),
                self.config.learning_rate
            ),
            evidence,
        })
    }

    /// Steps that jump across the minimum of their line and gain nothing.
    fn oscillation(&self) -> Option<Found> {
        let seen = &self.memory.seen;
        let looks = seen.iter().filter(|s| s.change.is_finite()).count();
        if seen.len() < REMEMBERED || looks < 8 {
            return None;
        }
        let across = seen.iter().filter(|s| s.cosine > 0.0).count();
        let up = seen.iter().filter(|s| s.change > 0.0).count();
        let half = |from: usize| {
            let losses = seen.iter().skip(from).take(REMEMBERED / 2);
            losses.map(|s| s.loss).sum::<f64>() / (REMEMBERED / 2) as f64
        };
        let (before, now) = (half(0), half(REMEMBERED / 2));
        let jumps = 10 * across >= 7 * seen.len() && 10 * up >= 3 * looks;
        (jumps && now >= 0.9 * before).then(|| Found {
            kind: DiagnosisKind::Oscillation,
            text: format!(
                "Oscillation: the steps jump across the minimum of their line ({across} of the last {} looks) and the loss does not fall ({} before, {} now).",
                seen.len(),
                number(before),
                number(now)
            ),
            evidence: format!(
                "The gradient after a step points along the step: it went past the lowest point. {up} of {looks} steps raised the loss of their own minibatch. {}.",
                self.largest_update()
            ),
        })
    }

    fn vanishing(&self) -> Option<Found> {
        let delta = self.delta_ratio();
        if self.depth < 2 || delta.is_nan() || delta == 0.0 {
            return None;
        }
        let forward = ratio(self.hidden(&self.layers.a_rms)).recip();
        let fades = forward < 1.0 / LEVEL && delta < 1.0 / HALF_LEVEL;
        if delta >= 1.0 / LEVEL && !fades {
            return None;
        }
        let (depth, activation) = (self.depth, self.activation());
        let dw = ratio(self.hidden(&self.layers.dw_rms));
        let share = percent(libm::pow(delta, 1.0 / (depth - 1) as f64));
        let fitting = fitting_sigma(self.config).filter(|_| self.config.norm == Norm::None);
        let small = fitting.is_some_and(|fitting| self.sigma() < TOO_SMALL * fitting);
        let dead = mean(self.hidden(&self.layers.dead_fraction));
        let seen = format!(
            "Vanishing: layer 1's dW is {} of layer {depth}'s;",
            power_of_ten(dw)
        );
        let (kind, text) = if self.saturates() && self.saturated() >= SATURATED {
            let saturated = percent(self.saturated());
            let text =
                format!("{seen} {saturated} of the {activation} units' outputs are saturated.");
            (DiagnosisKind::Saturation, text)
        } else if !small && dead >= DEAD_MEAN && !self.saturates() {
            return self.dying();
        } else if dw >= 1.0 / LEVEL_DW {
            let text = format!(
                "Hidden vanishing: dW looks level, but delta at layer 1 is {} of layer {depth}'s; each {activation} layer passes on {share}.",
                power_of_ten(delta)
            );
            (DiagnosisKind::Hidden, text)
        } else if small {
            let text = format!(
                "{seen} the weights are too small: sqrt(n_in Var W) is {}, {activation} needs {}.",
                number(self.sigma()),
                number(fitting.expect("a fitting size"))
            );
            (DiagnosisKind::SmallWeights, text)
        } else {
            let text = format!("{seen} each {activation} layer passes on {share} of the signal.");
            (DiagnosisKind::Derivative, text)
        };
        let why = match kind {
            DiagnosisKind::Saturation => format!(
                "Where {activation} is saturated its derivative is below 5 % of its largest. {}.",
                self.losses()
            ),
            DiagnosisKind::Hidden => format!(
                "dW is a from below times delta from above; a falls to {} of layer 1's forwards, delta to {} backwards, and the product stays within a factor of {}. {}",
                number(forward),
                number(delta),
                number(self.spread()),
                self.sizes()
                    .map_or(String::new(), |sizes| format!("{sizes}."))
            ),
            DiagnosisKind::SmallWeights => self
                .decay()
                .map_or(String::new(), |decay| format!("{decay}.")),
            _ if self.config.activation == Activation::Sigmoid => {
                "Sigmoid's derivative is at most 1/4, at u = 0.".into()
            }
            _ => String::new(),
        };
        let evidence = format!("{} {why}", self.factors()).trim_end().into();
        Some(Found {
            kind,
            text,
            evidence,
        })
    }

    /// The part of the hidden layers' updates that decay makes.
    fn decay_share(&self) -> f64 {
        let mean = |array: &[f32]| mean(self.hidden(array));
        mean(&self.layers.decay_rms) / mean(&self.layers.update_rms)
    }

    /// Does decay make most of the updates?
    pub fn decayed(&self) -> bool {
        self.decay_share() > 0.5
    }

    fn decay(&self) -> Option<String> {
        let share = percent(self.decay_share().min(1.0));
        self.decayed()
            .then(|| format!("Decay makes {share} of the update"))
    }

    fn dying(&self) -> Option<Found> {
        let dead = self.hidden(&self.layers.dead_fraction);
        let ((layer, most), all) = (largest(dead), mean(dead));
        if self.saturates() || !(most >= DEAD_LAYER || all >= DEAD_MEAN) {
            return None;
        }
        let (width, samples) = (self.config.width, self.snapshot.dead_samples);
        let count = (most * width as f64).round();
        let layers = dead
            .iter()
            .filter(|share| f64::from(**share) >= DEAD_LAYER)
            .count();
        let start = self
            .memory
            .start
            .filter(|start| !self.memory.seen.is_empty() && !start.dead.is_nan());
        let before = start.map_or(String::new(), |start| {
            format!(", {} at the start", percent(start.dead))
        });
        Some(Found {
            kind: DiagnosisKind::Dying,
            text: format!(
                "Dying {}: {count} of layer {}'s {width} units are dead, their derivative is 0 for all of {samples} samples.",
                self.activation(),
                layer + 1
            ),
            evidence: format!(
                "{} of all hidden units are dead{before}; in {layers} of {} layers {} or more. A dead unit gets no gradient and does not come back by itself.",
                percent(all),
                self.depth,
                percent(DEAD_LAYER)
            ),
        })
    }

    fn crawling(&self) -> Option<Found> {
        let (layer, share) = largest(&self.layers.update_ratio);
        let start = self.memory.start?.loss;
        let learned = self.memory.loss() < 0.5 * start;
        let seen = &self.memory.seen;
        // One sample alone may give no gradient.
        let moves = seen.len() < 3 || seen.iter().any(|s| s.update >= CRAWLING);
        (!moves && !learned).then(|| Found {
            kind: DiagnosisKind::Crawling,
            text: format!(
                "Crawling: a step moves no layer by more than {} of its weights; learning rate {} is too small.",
                number(share),
                self.config.learning_rate
            ),
            evidence: format!(
                "The largest share is layer {}'s; the gradient arrives with norm {}. {}.",
                layer + 1,
                number(self.snapshot.grad_norm),
                self.losses()
            ),
        })
    }

    /// The factor within which the hidden layers' dW lie.
    fn spread(&self) -> f64 {
        let hidden = self
            .hidden(&self.layers.dw_rms)
            .iter()
            .map(|x| f64::from(*x));
        hidden.clone().fold(0.0, f64::max) / hidden.fold(f64::INFINITY, f64::min)
    }

    fn healthy(&self) -> Found {
        let kind = DiagnosisKind::Healthy;
        if self.depth < 2 {
            return Found {
                kind,
                text: "One hidden layer: the gradient has no way to go. Add depth to see it vanish or explode.".into(),
                evidence: format!("{}.", self.losses()),
            };
        }
        let delta = self.delta_ratio();
        if let Some(cut) = self.cut() {
            return Found {
                kind,
                text: format!(
                    "Nothing passes back through layer {} for this minibatch; for others its units are alive.",
                    cut + 1
                ),
                evidence: format!("{}.", self.losses()),
            };
        }
        if !delta.is_finite() || delta == 0.0 {
            return Found {
                kind,
                text: "Level: no error is left at the output, and nothing to pass back.".into(),
                evidence: format!("{}.", self.losses()),
            };
        }
        let spread = self.spread();
        let text = format!(
            "Level: the hidden layers' dW lie within a factor of {}; each {} layer passes on {} of the signal.",
            if spread < 100.0 {
                format!("{spread:.1}")
            } else {
                power_of_ten(spread)
            },
            self.activation(),
            percent(libm::pow(delta, 1.0 / (self.depth - 1) as f64))
        );
        Found {
            kind,
            text,
            evidence: self.factors(),
        }
    }
}
