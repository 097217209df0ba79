//! The charts' default colours are those of the page's CSS, so that charts drawn without a page look the same.

use gradient_flow_charts::theme::{DARK, LIGHT, Theme};
use plotters::style::RGBColor;
use std::fs;
use std::path::Path;

/// A colour of a theme, and the CSS property that declares it.
type Token = (fn(&Theme) -> RGBColor, &'static str);

const TOKENS: [Token; 8] = [
    (|theme| theme.ground, "--gf-ground"),
    (|theme| theme.ink, "--gf-ink"),
    (|theme| theme.muted, "--gf-muted"),
    (|theme| theme.grid, "--gf-line"),
    (|theme| theme.dw, "--gf-dw"),
    (|theme| theme.delta, "--gf-delta"),
    (|theme| theme.guess, "--gf-guess"),
    (|theme| theme.a, "--gf-a"),
];

/// All declarations `property: ... light-dark(#light, #dark) ...` of a property.
fn declared(css: &str, property: &str) -> Vec<(String, String)> {
    let pair = |line: &str| {
        let value = line.trim().strip_prefix(property)?.strip_prefix(':')?;
        let (_, colors) = value.split_once("light-dark(#")?;
        let (light, dark) = (
            colors.get(..6)?,
            colors.get(6..)?.strip_prefix(", #")?.get(..6)?,
        );
        Some((light.to_string(), dark.to_string()))
    };
    css.lines().filter_map(pair).collect()
}

#[test]
fn the_charts_default_colors_are_those_of_the_css() {
    // Other sheets have other colours, for more contrast and for paper, and a page hands those to its charts.
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../www")
            .join(name);
        fs::read_to_string(path).expect("the style sheet is readable")
    };
    let css = read("shared/colours.css") + &read("lessons/drawing.css");
    for (color, property) in TOKENS {
        let hex = |theme| {
            let RGBColor(r, g, b) = color(theme);
            format!("{r:02x}{g:02x}{b:02x}")
        };
        let expected = (hex(&LIGHT), hex(&DARK));
        assert_eq!(declared(&css, property), [expected], "{property}");
    }
}
