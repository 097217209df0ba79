//! Colours and font sizes, in light and dark.
//!
//! In a page the colours that CSS also uses come from there (`Theme::with_page_colors`), so that a page can
//! set them. The values here are the CSS's defaults, for charts that are drawn without a page.

use plotters::style::RGBColor;

/// The colours of the charts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// The background.
    pub ground: RGBColor,
    /// Text and axes.
    pub ink: RGBColor,
    /// Tick labels.
    pub muted: RGBColor,
    /// Grid lines.
    pub grid: RGBColor,
    /// dW, the gradient of the weights, in every chart.
    pub dw: RGBColor,
    /// delta, the backward signal.
    pub delta: RGBColor,
    /// a, the forward signal.
    pub a: RGBColor,
    /// What the reader guesses.
    pub guess: RGBColor,
    /// The weights: among the factors, and in charts with a line per layer.
    pub weight: RGBColor,
    /// The activation's derivative, among the factors.
    pub derivative: RGBColor,
    /// Positive numbers, and the second of two classes.
    pub positive: RGBColor,
    /// Negative numbers, and the first of two classes.
    pub negative: RGBColor,
    /// A wrong answer of the network.
    pub wrong: RGBColor,
    /// A sequential colour map in dW's hue from the lowest to the highest value, in even steps of Oklab
    /// lightness.
    pub ramp: [RGBColor; 5],
}

/// Tick labels, in CSS pixels.
pub const SMALL: i32 = 12;
/// Line labels and axis titles, in CSS pixels.
pub const NORMAL: i32 = 13;
/// The font family of all text.
pub const FONT: &str = "system-ui, sans-serif";

const fn rgb(hex: u32) -> RGBColor {
    RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// On a white ground.
pub const LIGHT: Theme = Theme {
    ground: rgb(0xffffff),
    ink: rgb(0x1b1f24),
    muted: rgb(0x5c6670),
    grid: rgb(0xe3e6ea),
    dw: rgb(0xd1490c),
    delta: rgb(0x2f6fb0),
    a: rgb(0x3b7f6b),
    guess: rgb(0xb0257f),
    weight: rgb(0x7d55a8),
    derivative: rgb(0x946300),
    positive: rgb(0x6f3fa0),
    negative: rgb(0x8b9500),
    wrong: rgb(0xb3203f),
    ramp: [
        rgb(0xf6ece7),
        rgb(0xfcb8a1),
        rgb(0xf57b51),
        rgb(0xd1490c),
        rgb(0x7c2703),
    ],
};

/// On a nearly black ground.
pub const DARK: Theme = Theme {
    ground: rgb(0x15181d),
    ink: rgb(0xe6e8eb),
    muted: rgb(0x98a2ad),
    grid: rgb(0x2b3138),
    dw: rgb(0xff8a4c),
    delta: rgb(0x6fb1f0),
    a: rgb(0x6cc3a5),
    guess: rgb(0xff86d3),
    weight: rgb(0xbc98e6),
    derivative: rgb(0xdcb13f),
    positive: rgb(0xb184ea),
    negative: rgb(0xd3dc63),
    wrong: rgb(0xff8095),
    ramp: [
        rgb(0x2f241e),
        rgb(0x7d3a14),
        rgb(0xc25b1d),
        rgb(0xff8a4c),
        rgb(0xfed8c6),
    ],
};

impl Theme {
    /// The default theme, light or dark.
    pub fn default_for(dark: bool) -> &'static Theme {
        if dark { &DARK } else { &LIGHT }
    }

    /// The theme with the page's own colours, each as 0xRRGGBB: ground, ink, muted, grid, dw, delta, a.
    pub fn with_page_colors(mut self, colors: [u32; 7]) -> Theme {
        let [ground, ink, muted, grid, dw, delta, a] = colors.map(rgb);
        if (dw, ground) != (self.dw, self.ground) {
            let tint = |part| mix(ground, dw, part);
            self.ramp = [tint(0.1), tint(0.4), tint(0.7), dw, mix(dw, ink, 0.5)];
        }
        Theme {
            ground,
            ink,
            muted,
            grid,
            dw,
            delta,
            a,
            ..self
        }
    }

    /// The ramp's colour at a position from 0 to 1, in 64 shades: in an SVG, neighbouring cells of a heat
    /// map that the eye cannot tell apart become one rectangle.
    pub fn heat(&self, position: f64) -> RGBColor {
        let shade = (position.clamp(0.0, 1.0) * 63.0).round() / 63.0;
        let at = shade * (self.ramp.len() - 1) as f64;
        let low = (at as usize).min(self.ramp.len() - 2);
        mix(self.ramp[low], self.ramp[low + 1], at - low as f64)
    }

    /// The colour of a signed value from -1 to 1: from yellow-green by way of the ground to purple.
    pub fn diverging(&self, value: f64) -> RGBColor {
        let value = (value.clamp(-1.0, 1.0) * 32.0).round() / 32.0;
        let end = if value < 0.0 {
            self.negative
        } else {
            self.positive
        };
        mix(self.ground, end, value.abs())
    }

    /// The colour of a share from 0 to 1 that is not one of dW: from nearly the ground to purple.
    pub fn share(&self, share: f64) -> RGBColor {
        mix(self.ground, self.positive, 0.06 + 0.94 * share.min(1.0))
    }

    /// A share from 0 to 1 in grey.
    pub fn grey(&self, share: f64) -> RGBColor {
        mix(self.ground, self.muted, 0.08 + 0.72 * share.min(1.0))
    }

    /// The colour of one of many classes, from 0 (the first) by way of grey to 1 (the last).
    pub fn class(&self, position: f64) -> RGBColor {
        if position < 0.5 {
            mix(self.negative, self.muted, 2.0 * position)
        } else {
            mix(self.muted, self.positive, 2.0 * position - 1.0)
        }
    }

    /// The colour of a layer in charts with a line per layer: from pale (0, the first layer) to strong (1, the output
    /// layer), in the hue of the weights.
    pub fn layer(&self, position: f64) -> RGBColor {
        let pale = mix(self.ground, self.weight, 0.7);
        mix(pale, mix(self.weight, self.ink, 0.6), position)
    }
}

/// The colour between two: `from` at 0, `to` at 1.
pub fn mix(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    let mix = |a: u8, b: u8| (f64::from(a) + part * (f64::from(b) - f64::from(a))).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_sets_the_colors() {
        let own = [
            LIGHT.ground,
            LIGHT.ink,
            LIGHT.muted,
            LIGHT.grid,
            LIGHT.dw,
            LIGHT.delta,
            LIGHT.a,
        ];
        let hex = own.map(|RGBColor(r, g, b)| u32::from_be_bytes([0, r, g, b]));
        assert_eq!(LIGHT.with_page_colors(hex), LIGHT);
        let teal =
            LIGHT.with_page_colors([0xfff8e7, hex[1], hex[2], hex[3], 0x008080, hex[5], hex[6]]);
        assert_eq!((teal.ground, teal.dw), (rgb(0xfff8e7), rgb(0x008080)));
        assert_eq!(
            (teal.ramp[3], teal.heat(0.0)),
            (rgb(0x008080), teal.ramp[0])
        );
        assert_eq!(teal.a, LIGHT.a);
    }
}
