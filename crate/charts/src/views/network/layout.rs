//! Where columns, cells and the strip of a deep network lie.

use crate::plot::layer_axis::LayerAxis;
use crate::plot::rect::Rect;
use gradient_flow::observe::passage::Passage;

/// The least distance of two columns whose lines can still be told apart.
const LEAST_PITCH: i32 = 44;
/// The largest distance: a network of few layers stays a network.
const MOST_PITCH: i32 = 170;
/// The largest side of a cell.
const MOST_CELL: i32 = 22;
/// The least height in which lines are drawn below a strip.
const LEAST_LENS: i32 = 64;
/// The parts of the strip, from above: activations, delta, dW; then the gap below.
pub const STRIP: [i32; 3] = [36, 14, 14];
const STRIP_GAP: i32 = 22;
/// The room for the key above and the ticks below.
const TOP: i32 = 22;
const BOTTOM: i32 = 36;
/// The room for the names of classes at the right, and for the names of the strip's parts at the left.
const NAMES: i32 = 74;

/// The layers in one picture. Column 0 are the features, column l is layer l.
pub struct Layout {
    /// Where columns are drawn.
    pub plot: Rect,
    /// The columns that are drawn, first and last.
    pub columns: (usize, usize),
    /// The middle of the first of them, and the distance to the next.
    first: i32,
    pitch: i32,
    /// The side of a cell.
    pub cell: i32,
    /// Where all layers are drawn, if not all of them have a column.
    pub strip: Option<Rect>,
    /// The number of layers.
    pub layers: usize,
    /// The shown units of each column.
    counts: Vec<usize>,
}

/// What is under a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A unit, by its column and its place among those shown.
    Unit(usize, usize),
    /// The weights from this column to the next.
    Between(usize),
    /// A layer (0-based) in the strip.
    Strip(usize),
}

impl Layout {
    /// The layout of a picture; None where there is no room. `focus` is the layer (0-based) that the columns of a deep
    /// network surround.
    pub fn new((width, height): (i32, i32), passage: &Passage, focus: usize) -> Option<Self> {
        let counts: Vec<usize> = passage.counts.iter().map(|count| *count as usize).collect();
        let layers = counts.len() - 1;
        let names = if width > 420 { NAMES } else { 30 };
        let whole = Rect {
            left: 10,
            top: TOP,
            right: width - names,
            bottom: height - BOTTOM,
        };
        if width < 120 || whole.height() < 24 {
            return None;
        }
        let image = if passage.image.is_empty() {
            0
        } else {
            IMAGE_ROOM
        };
        let room = |rect: Rect| rect.width() - 2 * MOST_CELL;
        let fits = (room(whole) - image) / LEAST_PITCH;
        if layers as i32 <= fits {
            let layout = Self::columns(whole, (0, layers), counts, image, None);
            return Some(layout);
        }
        let strip_height: i32 = STRIP.iter().sum();
        let strip = Rect {
            left: 34,
            bottom: whole.top + strip_height,
            ..whole
        };
        let plot = Rect {
            top: strip.bottom + STRIP_GAP,
            ..whole
        };
        if plot.height() < LEAST_LENS || fits < 1 {
            // The strip alone, as high as there is room.
            let strip = Rect {
                bottom: whole.bottom,
                ..strip
            };
            return Some(Layout {
                plot: Rect {
                    bottom: whole.top,
                    ..whole
                },
                columns: (0, 0),
                first: 0,
                pitch: 0,
                cell: 0,
                strip: Some(strip),
                layers,
                counts,
            });
        }
        let shown = ((room(plot) / (LEAST_PITCH + 26)) as usize).clamp(1, layers);
        let start = (focus + 1)
            .saturating_sub(shown.div_ceil(2))
            .min(layers - shown);
        let image = if start == 0 { image } else { 0 };
        let last = if image > 0 {
            (start + shown - 1).max(1)
        } else {
            start + shown
        };
        Some(Self::columns(
            plot,
            (start, last),
            counts,
            image,
            Some(strip),
        ))
    }

    fn columns(
        plot: Rect,
        columns: (usize, usize),
        counts: Vec<usize>,
        image: i32,
        strip: Option<Rect>,
    ) -> Self {
        let gaps = (columns.1 - columns.0).max(1) as i32;
        let pitch = ((plot.width() - 2 * MOST_CELL - image) / gaps).min(MOST_PITCH);
        let most = counts[columns.0..=columns.1]
            .iter()
            .max()
            .copied()
            .unwrap_or(1);
        let rows = (plot.height() / most as i32 - 2).max(3);
        let first = plot.left + MOST_CELL / 2 + image;
        // What is left over is shared by both sides.
        let spare = plot.width() - 2 * MOST_CELL - image - gaps * pitch;
        Layout {
            plot,
            columns,
            first: first + spare / 2,
            pitch,
            cell: rows.min(pitch * 2 / 5).min(MOST_CELL),
            strip,
            layers: counts.len() - 1,
            counts,
        }
    }

    /// Whether columns are drawn.
    pub fn has_columns(&self) -> bool {
        self.columns.1 > self.columns.0
    }

    /// The middle of a column that is drawn.
    pub fn x(&self, column: usize) -> i32 {
        self.first + (column - self.columns.0) as i32 * self.pitch
    }

    /// The middle of a shown unit.
    pub fn y(&self, column: usize, unit: usize) -> i32 {
        let count = self.counts[column] as i32;
        let pitch = (self.plot.height() / count).min(2 * MOST_CELL);
        let top = (self.plot.top + self.plot.bottom - count * pitch) / 2;
        top + pitch / 2 + unit as i32 * pitch
    }

    /// The cell of a shown unit.
    pub fn cell_of(&self, column: usize, unit: usize) -> Rect {
        let (x, y) = (self.x(column), self.y(column, unit));
        Rect {
            left: x - self.cell / 2,
            top: y - self.cell / 2,
            right: x - self.cell / 2 + self.cell,
            bottom: y - self.cell / 2 + self.cell,
        }
    }

    /// The shown units of a column.
    pub fn count(&self, column: usize) -> usize {
        self.counts[column]
    }

    /// Where the image of the sample lies: at the left of column 0, where that is drawn.
    pub fn image(&self) -> Rect {
        let side = IMAGE_SIDE.min(self.plot.height());
        let right = self.x(0) - self.cell / 2 - 14;
        let middle = (self.plot.top + self.plot.bottom) / 2;
        Rect {
            left: right - side,
            top: middle - side / 2,
            right,
            bottom: middle - side / 2 + side,
        }
    }

    /// What is under a point.
    pub fn at(&self, at: (f64, f64)) -> Option<Found> {
        if let Some(strip) = self.strip.filter(|strip| strip.contains(at)) {
            let layers = LayerAxis { count: self.layers };
            return layers.layer_under(strip, at).map(Found::Strip);
        }
        let (first, last) = self.columns;
        let reach = f64::from(self.cell / 2 + 3);
        for column in first..=last {
            if !self.has_columns() || !self.plot.contains((f64::from(self.x(column)), at.1)) {
                continue;
            }
            let distance = at.0 - f64::from(self.x(column));
            if distance.abs() <= reach {
                let near = |unit: &usize| (f64::from(self.y(column, *unit)) - at.1).abs();
                let units = 0..self.count(column);
                let nearest = units.min_by(|a, b| near(a).total_cmp(&near(b)))?;
                return Some(Found::Unit(column, nearest));
            }
            if column < last && distance > 0.0 && distance < f64::from(self.pitch) - reach {
                return Some(Found::Between(column));
            }
        }
        None
    }

    /// The layer (0-based) under a point. The features are none.
    pub fn layer_at(&self, at: (f64, f64)) -> Option<usize> {
        match self.at(at)? {
            Found::Strip(layer) => Some(layer),
            Found::Unit(column, _) => column.checked_sub(1),
            Found::Between(column) => Some(column),
        }
    }
}

/// The side of the sample's image, and the room that it takes.
const IMAGE_SIDE: i32 = 56;
const IMAGE_ROOM: i32 = IMAGE_SIDE + 24;
