//! `map`: trainability over two settings, each cell one short run, with theory's curve over it.

mod axes;
mod color;
mod text;

use crate::picture::Picture;
use crate::plot::rect::Rect;
use crate::plot::surface::{BackendKind, Surface};
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{SMALL, Theme};
use crate::text::Table;
use color::Shades;
pub use color::{Coloring, Outcome};
use gradient_flow::Config;
use gradient_flow::map::theory::{Field, Line};
use gradient_flow::map::{Cell, Plan, State};
use gradient_flow_words::{Message, Words, message};
use plotters::prelude::*;

/// Cells that are not measured yet have the colour of their neighbourhood, so much paler.
const PALE: f64 = 0.55;
/// Percentages need more room beside the bar than powers of ten.
const KEY_ROOM: i32 = 8;
/// Legends of names have rows of this height.
const LEGEND_ROW: i32 = 18;

/// A map to draw: what was measured so far, and what is to be seen of it.
pub struct Map<'a> {
    /// The measured cells.
    pub plan: &'a Plan,
    /// What theory says, once all of it is computed.
    pub theory: Option<&'a Field>,
    /// What the colours mean.
    pub coloring: Coloring,
    /// The cell that the keyboard or the pointer has chosen.
    pub selected: Option<usize>,
    /// The config in the laboratory, whose place is marked.
    pub here: Option<&'a Config>,
}

/// Where the parts of the picture lie.
struct Layout {
    plot: Rect,
    /// Where the key to the colours begins, for names.
    legend: i32,
}

impl Map<'_> {
    /// What it looks like in this size.
    pub fn picture(
        &self,
        theme: &Theme,
        words: &Words,
        backend: BackendKind,
        size: (u32, u32),
    ) -> Picture {
        Picture::new(theme, words, backend, size, &|surface| {
            if crate::charts::has_room(surface.size()) {
                self.draw(surface);
            }
        })
    }

    /// The map as an SVG document.
    pub fn svg(&self, theme: &Theme, words: &Words, size: (u32, u32)) -> String {
        self.picture(theme, words, BackendKind::Svg, size).svg()
    }

    fn layout(&self, s: &Surface) -> Layout {
        let rows = self.legend_rows(s).len() as i32;
        let plot = self.plot(s.size(), rows);
        Layout {
            plot,
            legend: plot.bottom + 40,
        }
    }

    fn plot(&self, (width, height): (i32, i32), legend_rows: i32) -> Rect {
        let right = if self.has_bar(width) {
            crate::plot::colorbar::WIDTH + KEY_ROOM
        } else {
            14
        };
        Rect {
            left: axes::left_margin(self.plan, width),
            top: 22,
            right: width - right,
            bottom: height - 40 - legend_rows * LEGEND_ROW,
        }
    }

    /// Whether the key to the colours is a bar beside the plot.
    fn has_bar(&self, width: i32) -> bool {
        self.coloring != Coloring::Verdict && width > 300
    }

    /// The names in the key, in rows that fit.
    fn legend_rows(&self, s: &Surface) -> Vec<Vec<Outcome>> {
        if self.coloring != Coloring::Verdict {
            return Vec::new();
        }
        let room = s.size().0 - 16;
        let mut rows: Vec<Vec<Outcome>> = vec![Vec::new()];
        let mut used = 0;
        for outcome in Outcome::ALL.iter().copied() {
            let width = 24 + s.width(&outcome.name().into(), SMALL);
            if used + width > room && used > 0 {
                rows.push(Vec::new());
                used = 0;
            }
            used += width;
            rows.last_mut().expect("a row").push(outcome);
        }
        rows
    }

    fn draw(&self, s: &Surface) {
        let Layout { plot, legend } = self.layout(s);
        if plot.width() < 40 || plot.height() < 30 {
            return;
        }
        let shades = Shades::new(&s.theme, self.coloring, self.plan);
        let color = |index: usize| self.plan.cell(index).map(|cell| shades.color(cell));
        s.heat_map(plot, self.plan.size(), |column, row| {
            let index = self.plan.index(column, row);
            color(index).or_else(|| {
                if self.plan.states()[index] == State::Refused {
                    return None;
                }
                let near = color(self.plan.neighbourhood(index)?)?;
                Some(crate::plot::theme::mix(s.theme.ground, near, 1.0 - PALE))
            })
        });
        s.outline(plot, s.theme.muted, 1);
        axes::draw(s, plot, self.plan);
        self.draw_theory(s, plot);
        self.mark_here(s, plot);
        if let Some(index) = self.selected {
            let cell = self.rect(plot, self.plan.place(index));
            let around = |by: i32| Rect {
                left: cell.left - by,
                top: cell.top - by,
                right: cell.right + by,
                bottom: cell.bottom + by,
            };
            s.outline(around(2), s.theme.ground, 2);
            s.outline(around(1), s.theme.ink, 2);
        }
        if self.coloring == Coloring::Verdict {
            self.draw_names(s, legend, &shades);
        } else {
            shades.draw_key(s, plot, self.has_bar(s.size().0));
        }
    }

    fn draw_names(&self, s: &Surface, top: i32, shades: &Shades) {
        for (row, outcomes) in (0..).zip(self.legend_rows(s)) {
            let middle = top + row * LEGEND_ROW + LEGEND_ROW / 2;
            let mut left = 8;
            for outcome in outcomes {
                let swatch = Rect {
                    left,
                    top: middle - 5,
                    right: left + 11,
                    bottom: middle + 6,
                };
                s.fill_rect(swatch, shades.outcome(outcome));
                let at = (left + 16, middle);
                s.text(outcome.name(), at, Anchor::Left, SMALL, s.theme.muted);
                left += 24 + s.width(&outcome.name().into(), SMALL);
            }
        }
    }

    fn draw_theory(&self, s: &Surface, plot: Rect) {
        let Some(theory) = self.theory else { return };
        let points = |line: &Line| -> Vec<(i32, i32)> {
            line.iter().map(|(x, y)| (plot.x(*x), plot.y(*y))).collect()
        };
        let lines = |lines: &[Line]| -> Vec<_> { lines.iter().map(points).collect() };
        let [vanished, exploded] = theory.reach().map(|reach| lines(&reach));
        for line in vanished.iter().chain(&exploded) {
            s.line(line.clone(), s.theme.ground.mix(0.75), 3);
            s.dashed_line(line, s.theme.ink);
        }
        let critical = lines(&theory.critical());
        for line in &critical {
            s.line(line.clone(), s.theme.ground.mix(0.85), 5);
            s.line(line.clone(), s.theme.ink, 2);
        }
        self.label(s, plot, &critical, message!("map-theory-critical"));
        for line in [&vanished, &exploded] {
            self.label(s, plot, line, message!("map-theory-reach"));
        }
    }

    /// Names a curve beside it, where there is room.
    fn label(&self, s: &Surface, plot: Rect, lines: &[Vec<(i32, i32)>], name: Message) {
        let longest = lines.iter().max_by_key(|line| line.len());
        let Some(line) = longest.filter(|_| plot.width() > 250) else {
            return;
        };
        let width = s.width(&name.clone().into(), SMALL);
        let mut places = Vec::new();
        for part in [8, 7, 9, 5, 3, 1] {
            let (x, y) = line[(line.len() - 1) * part / 10];
            let row = y.clamp(plot.top + 12, plot.bottom - 12);
            if x + 8 + width < plot.right {
                places.push(((x + 8, row), Anchor::Left));
            }
            if x - 8 - width > plot.left {
                places.push(((x - 8, row), Anchor::Right));
            }
        }
        s.text_on_patch(name, &places, SMALL, s.theme.ink);
    }

    /// Marks the place of the laboratory's config with a ring, where it lies on the map.
    fn mark_here(&self, s: &Surface, plot: Rect) {
        let Some((x, y)) = self.here.and_then(|config| axes::place(self.plan, config)) else {
            return;
        };
        let at = (plot.x(x), plot.y(y));
        s.disc(at, 6, s.theme.ground);
        s.disc(at, 4, s.theme.ink);
        s.disc(at, 2, s.theme.ground);
    }

    fn rect(&self, plot: Rect, (column, row): (usize, usize)) -> Rect {
        let (columns, rows) = self.plan.size();
        let x = |column: usize| plot.x(column as f64 / columns as f64);
        let y = |row: usize| plot.y(row as f64 / rows as f64);
        Rect {
            left: x(column),
            right: x(column + 1),
            top: y(row + 1),
            bottom: y(row),
        }
    }

    /// The cell at a point of a picture of `size`.
    pub fn cell_at(&self, words: &Words, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
        if !crate::charts::has_room(size) {
            return None;
        }
        let theme = Theme::default_for(false);
        let plot = self
            .layout(&Surface::new(size, theme, words, BackendKind::Svg))
            .plot;
        if !plot.contains(at) {
            return None;
        }
        let (columns, rows) = self.plan.size();
        let place = |fraction: f64, count: usize| {
            ((fraction * count as f64) as usize).min(count.saturating_sub(1))
        };
        let column = place(plot.fraction_x(at.0), columns);
        let row = place(plot.fraction_y(at.1), rows);
        Some(self.plan.index(column, row))
    }

    /// What a cell shows, in sentences.
    pub fn readout(&self, index: usize) -> Vec<Message> {
        text::readout(self.plan, index)
    }

    /// What a cell shows, in a few words.
    pub fn brief(&self, index: usize) -> Message {
        text::brief(self.plan, index)
    }

    /// What the map shows so far, in sentences.
    pub fn note(&self) -> Vec<Message> {
        let is_here = |config: &Config| axes::belongs(self.plan, config);
        text::note(self.plan, self.here.is_none_or(is_here))
    }

    /// What stands behind it, in sentences.
    pub fn details(&self) -> Vec<Message> {
        text::details(self.theory)
    }

    /// Some cells of the map as a table, evenly spread.
    pub fn table(&self) -> Table {
        text::table(self.plan, self.coloring)
    }
}

/// How the network of a cell fared.
fn outcome(cell: &Cell) -> Outcome {
    Outcome::of(cell)
}
#[cfg(test)]
mod tests;
