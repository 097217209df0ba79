//! What mean-field theory says of a map: where the gradient neither vanishes nor explodes.
//!
//! chi_1 is the factor per layer of the mean squared delta deep in an infinitely wide network (see [`crate::theory`]).
//! Over a whole network it makes a factor of chi_1^depth. The curve chi_1 = 1 is where that is 1; the signal reaches
//! through networks that are not deeper than about six times its depth scale 1/|ln chi_1| (Schoenholz et al. 2017), and
//! beyond the curves depth = 6/|ln chi_1| it does not.

use super::axis::{Axis, Range};
use crate::config::Config;
use crate::theory::limit;

/// Along a range of numbers, theory is asked at so many places, ends included.
const NODES: usize = 33;
/// So many depth scales are the deepest network that learns.
pub const DEPTH_SCALES: f64 = 6.0;

/// A line through points, as fractions of the width and of the height.
pub type Line = Vec<(f64, f64)>;

/// depth x ln chi_1 over a map, asked for node by node because each takes about a millisecond.
pub struct Field {
    config: Config,
    ranges: [Range; 2],
    /// The values at the nodes of both axes, and where they lie, as fractions.
    nodes: [Vec<(f64, String)>; 2],
    values: Vec<Option<f64>>,
    /// The last ln chi_1, with the config that it belongs to. Most settings do not matter to theory.
    known: Vec<(Config, Option<f64>)>,
}

fn nodes(axis: &Axis) -> Vec<(f64, String)> {
    let center = |place: usize| (place as f64 + 0.5) / axis.count() as f64;
    if axis.range.is_choice() {
        return (0..).map(center).zip(axis.values.iter().cloned()).collect();
    }
    let last = (axis.count() - 1).max(1) as f64;
    // The value at a fraction of the range lies between the centers of the first and the last cell.
    let (first, width) = (center(0), last / axis.count() as f64);
    let node = |node: usize| {
        let fraction = node as f64 / (NODES - 1) as f64;
        let value = axis.range.at(fraction);
        (
            first + width * axis.range.fraction(value),
            value.to_string(),
        )
    };
    let mut nodes: Vec<_> = (0..NODES).map(node).collect();
    nodes.dedup();
    nodes
}

/// What theory depends on, without the depth: other settings are those of the default.
fn essence(config: &Config) -> Config {
    Config {
        width: config.width,
        activation: config.activation,
        slope: config.slope,
        init: config.init,
        init_gain: config.init_gain,
        bias_std: config.bias_std,
        norm: config.norm,
        residual: config.residual,
        ..Config::default()
    }
}

impl Field {
    /// Nothing is computed yet.
    pub fn new(config: &Config, x: &Axis, y: &Axis) -> Self {
        Field {
            config: config.clone(),
            ranges: [x.range.clone(), y.range.clone()],
            nodes: [nodes(x), nodes(y)],
            values: Vec::new(),
            known: Vec::new(),
        }
    }

    /// Computes the next node; false if all are known.
    pub fn advance(&mut self) -> bool {
        let [x, y] = &self.nodes;
        let at = self.values.len();
        if at >= x.len() * y.len() {
            return false;
        }
        let mut config = self.config.clone();
        let values = [&x[at % x.len()].1, &y[at / x.len()].1];
        let is_set = self
            .ranges
            .iter()
            .zip(values)
            .all(|(range, value)| config.set(range.field.name, value).is_ok());
        let value = is_set.then(|| self.log_chi(&config)).flatten();
        self.values
            .push(value.map(|log_chi| config.depth as f64 * log_chi));
        true
    }

    fn log_chi(&mut self, config: &Config) -> Option<f64> {
        let essence = essence(config);
        if let Some((_, known)) = self.known.iter().find(|(known, _)| *known == essence) {
            return *known;
        }
        let chi = limit(&essence).map(|limit| limit.chi);
        let log_chi = chi.filter(|chi| *chi > 0.0).map(libm::log);
        self.known.push((essence, log_chi));
        log_chi
    }

    /// Computes all nodes.
    pub fn complete(mut self) -> Self {
        while self.advance() {}
        self
    }

    /// The curves on which chi_1 is 1.
    pub fn critical(&self) -> Vec<Line> {
        self.lines(0.0)
    }

    /// The curves on which the depth is so many depth scales that the signal is lost: vanished, then exploded.
    pub fn reach(&self) -> [Vec<Line>; 2] {
        [-DEPTH_SCALES, DEPTH_SCALES].map(|level| self.lines(level))
    }

    fn lines(&self, level: f64) -> Vec<Line> {
        let [x, y] = &self.nodes;
        if self.values.len() < x.len() * y.len() {
            return Vec::new();
        }
        let value = |column: usize, row: usize| Some(self.values[row * x.len() + column]? - level);
        let [x_is_choice, y_is_choice] = [0, 1].map(|axis| self.ranges[axis].is_choice());
        // Across a name the curve is a bar as wide as the name's cells.
        if x_is_choice || y_is_choice {
            let mut bars = Vec::new();
            let (names, numbers) = if x_is_choice { (x, y) } else { (y, x) };
            if x_is_choice && y_is_choice {
                return bars;
            }
            let half = 0.5 / names.len() as f64;
            for (name, (center, _)) in names.iter().enumerate() {
                for (number, pair) in numbers.windows(2).enumerate() {
                    let at = |n: usize| {
                        if x_is_choice {
                            value(name, n)
                        } else {
                            value(n, name)
                        }
                    };
                    let crossing = at(number).zip(at(number + 1)).and_then(crossing);
                    if let Some(part) = crossing {
                        let place = pair[0].0 + part * (pair[1].0 - pair[0].0);
                        let bar = [center - half, center + half].map(|along| {
                            if x_is_choice {
                                (along, place)
                            } else {
                                (place, along)
                            }
                        });
                        bars.push(bar.to_vec());
                    }
                }
            }
            return bars;
        }
        let mut pieces = Vec::new();
        for row in 0..y.len().saturating_sub(1) {
            for column in 0..x.len().saturating_sub(1) {
                // Counter-clockwise, so that neighbours share an edge.
                let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(c, r)| (column + c, row + r));
                let mut points = Vec::new();
                for (place, from) in corners.iter().enumerate() {
                    let to = &corners[(place + 1) % 4];
                    // From the lower to the higher node, whichever cell asks, so that both get the same point.
                    let (from, to) = if from <= to { (from, to) } else { (to, from) };
                    let ends = value(from.0, from.1).zip(value(to.0, to.1));
                    if let Some(part) = ends.and_then(crossing) {
                        let along = |a: f64, b: f64| a + part * (b - a);
                        points.push((along(x[from.0].0, x[to.0].0), along(y[from.1].0, y[to.1].0)));
                    }
                }
                points.dedup();
                pieces.extend(points.chunks_exact(2).map(<[_]>::to_vec));
            }
        }
        joined(pieces)
    }
}

/// Where a line between two values crosses 0, as a part of the way. A node at 0 belongs to the positive side.
fn crossing((from, to): (f64, f64)) -> Option<f64> {
    ((from < 0.0) != (to < 0.0)).then(|| from / (from - to))
}

/// Joins pieces that end where others begin.
fn joined(mut pieces: Vec<Line>) -> Vec<Line> {
    let mut lines = Vec::new();
    while let Some(mut line) = pieces.pop() {
        loop {
            let end = line[line.len() - 1];
            let is_next = |piece: &Line| piece[0] == end || piece[piece.len() - 1] == end;
            if let Some(at) = pieces.iter().position(is_next) {
                let mut piece = pieces.swap_remove(at);
                if piece[0] != end {
                    piece.reverse();
                }
                line.extend(piece.into_iter().skip(1));
                continue;
            }
            let start = line[0];
            let is_before = |piece: &Line| piece[0] == start || piece[piece.len() - 1] == start;
            if pieces.iter().any(is_before) {
                line.reverse();
                continue;
            }
            break;
        }
        line.dedup();
        if line.len() > 1 {
            lines.push(line);
        }
    }
    lines
}
