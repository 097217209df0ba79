//! The axes of a map: ticks, labels and titles, and where a config lies.

use crate::plot::layout::{axis_title, tick_label};
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::text_width::text_width;
use crate::plot::theme::{NORMAL, SMALL};
use gradient_flow::Config;
use gradient_flow::config::{FieldKind, Scale};
use gradient_flow::map::{Axis, Plan};
use gradient_flow::numeric::format::readout;
use gradient_flow_words::{Number, Value};
use plotters::style::Color;

/// Names left of the plot get up to this part of the width.
const NAMES_PART: i32 = 4;

/// A value as the screen shows it.
pub fn shown(axis: &Axis, place: usize) -> Value {
    let text = axis.values.get(place).map_or("", String::as_str);
    if let FieldKind::Choice(choices) = axis.field().kind {
        let choice = choices.iter().find(|choice| choice.name == text);
        return choice.map_or(Value::default(), |choice| choice.label().into());
    }
    match text.parse::<f64>() {
        Ok(number) => readout(number).into(),
        Err(_) => Number::new(text.to_string()).into(),
    }
}

/// The room left of the plot.
pub fn left_margin(plan: &Plan, width: i32) -> i32 {
    if !plan.y.range.is_choice() {
        return 46;
    }
    let widest = plan
        .y
        .values
        .iter()
        .map(|name| text_width(name, SMALL))
        .max();
    (widest.unwrap_or(0) + 12).clamp(46, (width / NAMES_PART).max(46))
}

/// Where the laboratory's config lies, as fractions of the width and of the height; None if it lies elsewhere.
pub fn place(plan: &Plan, config: &Config) -> Option<(f64, f64)> {
    let on = |axis: &Axis| {
        let text = config.get(axis.field());
        let count = axis.count() as f64;
        if axis.range.is_choice() {
            let place = axis.values.iter().position(|value| *value == text)?;
            return Some((place as f64 + 0.5) / count);
        }
        let fraction = axis.range.fraction(text.parse().ok()?);
        let is_inside = (-1e-9..=1.0 + 1e-9).contains(&fraction);
        is_inside.then(|| (0.5 + fraction * (count - 1.0)) / count)
    };
    belongs(plan, config).then(|| Some((on(&plan.x)?, on(&plan.y)?)))?
}

/// Whether a config differs from those of the map in its two settings at most.
pub fn belongs(plan: &Plan, config: &Config) -> bool {
    let mut other = plan.base().clone();
    for axis in [&plan.x, &plan.y] {
        if other
            .set(axis.field().name, &config.get(axis.field()))
            .is_err()
        {
            return false;
        }
    }
    other.to_query() == config.to_query()
}

/// The labelled places of an axis: fractions of its length, in the order of their importance.
fn ticks(axis: &Axis) -> Vec<(f64, Value)> {
    let count = axis.count() as f64;
    let Some((from, to)) = axis.range.ends() else {
        let tick = |place: usize| ((place as f64 + 0.5) / count, shown(axis, place));
        return (0..axis.count()).map(tick).collect();
    };
    let at = |value: f64| {
        let fraction = (0.5 + axis.range.fraction(value) * (count - 1.0)) / count;
        (fraction, Value::from(readout(value)))
    };
    let scale = match axis.field().kind {
        FieldKind::Integer { scale, .. } | FieldKind::Real { scale, .. } => scale,
        FieldKind::Choice(_) | FieldKind::Flag => Scale::Linear,
    };
    let mut values = Vec::new();
    if scale == Scale::Linear {
        // Five to ten round numbers.
        let rough = (to - from) / 5.0;
        let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
        let steps = [5.0, 2.0, 1.0].map(|step| step * power);
        let step = steps
            .into_iter()
            .find(|step| *step <= rough)
            .unwrap_or(power);
        let first = (from / step).ceil() as i64;
        let last = (to / step).floor() as i64;
        values.extend((first..=last.min(first + 100)).map(|number| number as f64 * step));
        // Layers begin with the first one.
        if !values.contains(&from) && values.first().is_some_and(|v| v - from > 0.5 * step) {
            values.insert(0, from);
        }
    } else {
        if from == 0.0 {
            values.push(0.0);
        }
        let least = if from > 0.0 {
            from
        } else {
            axis.range.at(1.5 / count.max(2.0))
        };
        let first = (libm::log10(least) - 1e-9).ceil() as i32;
        let last = (libm::log10(to) + 1e-9).floor() as i32;
        let powers = |step: f64| {
            let power = move |exponent: i32| step * libm::pow(10.0, f64::from(exponent));
            (first - 1..=last)
                .map(power)
                .filter(|x| *x >= least * (1.0 - 1e-9) && *x <= to * (1.0 + 1e-9))
        };
        values.extend(powers(1.0));
        if last - first <= 3 {
            values.extend(powers(2.0).chain(powers(5.0)));
        }
    }
    values.into_iter().map(at).collect()
}

/// Draws the labels and titles of both axes.
pub fn draw(s: &Surface, plot: Rect, plan: &Plan) {
    let mut free = plot.left - 60;
    let mut along_x = ticks(&plan.x);
    along_x.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (fraction, label) in along_x {
        let x = plot.x(fraction);
        s.line(
            vec![(x, plot.bottom), (x, plot.bottom + 4)],
            s.theme.muted,
            1,
        );
        let half = s.width(&label, SMALL) / 2;
        if x - half > free {
            let at = (x, plot.bottom + 6);
            s.text(label, at, Anchor::Top, SMALL, s.theme.muted);
            free = x + half + 8;
        }
    }
    let at = ((plot.left + plot.right) / 2, plot.bottom + 20);
    s.text(
        plan.x.field().label(),
        at,
        Anchor::Top,
        NORMAL,
        s.theme.muted,
    );
    axis_title(s, plot, plan.y.field().label());
    let mut free = plot.bottom + 20;
    let mut along_y = ticks(&plan.y);
    along_y.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (fraction, label) in along_y {
        let y = plot.y(fraction);
        s.line(
            vec![(plot.left - 4, y), (plot.left, y)],
            s.theme.muted.to_rgba(),
            1,
        );
        if y < free - SMALL {
            tick_label(s, plot, y, label);
            free = y - 4;
        }
    }
}
