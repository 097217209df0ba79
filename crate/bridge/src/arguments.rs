//! Checks of what JavaScript passes. Any value may come: a number that wasm-bindgen turns into a `u32` would lose what
//! does not fit (2³² + 3 would be 3, NaN would be 0), so numbers come as they are.

use crate::said_error;
use gradient_flow_charts::MAX_SIDE;
use gradient_flow_words::{Message, Number, Value, message};
use js_sys::Error;

/// The most device pixels of a picture: 8192 x 8192, the least that current browsers allow.
const MAX_PIXELS: f64 = (1 << 26) as f64;
/// The device pixels per CSS pixel that are allowed: screens have from 0.25 (zoomed out) to 15 (zoomed in).
const PIXEL_RATIOS: (f64, f64) = (0.01, 100.0);

/// A picture's width and height in whole CSS pixels.
///
/// # Errors
/// A sentence that names what is refused: a size that is not a number from 1 to `MAX_SIDE`.
fn css_size(width: f64, height: f64) -> Result<(u32, u32), Message> {
    let max = f64::from(MAX_SIDE);
    for (name, side) in [("width", width), ("height", height)] {
        if !(1.0..=max).contains(&side) {
            let allowed = message!("allowed-pixels", max = MAX_SIDE);
            return Err(refused(name, number(side), allowed));
        }
    }
    Ok((width as u32, height as u32))
}

/// Checks that a browser can make a canvas of so many device pixels.
///
/// # Errors
/// Like `css_size`.
fn device_size((width, height): (u32, u32), ratio: f64) -> Result<(), Message> {
    let (least, most) = PIXEL_RATIOS;
    if !(least..=most).contains(&ratio) {
        let allowed = message!("allowed-scale", min = least, max = most);
        return Err(refused("scale", number(ratio), allowed));
    }
    let device = |side: u32| (f64::from(side) * ratio).round();
    for (name, side) in [("width", width), ("height", height)] {
        if device(side) > f64::from(MAX_SIDE) {
            let most = (f64::from(MAX_SIDE) / ratio).floor();
            let allowed = message!("allowed-side", max = most, scale = ratio, device = MAX_SIDE);
            return Err(refused(name, side, allowed));
        }
    }
    let pixels = device(width) * device(height);
    if pixels > MAX_PIXELS {
        let millions = |pixels: f64| (pixels / 1e6).round();
        let allowed = message!(
            "allowed-area",
            max = millions(MAX_PIXELS),
            scale = ratio,
            pixels = millions(pixels),
        );
        return Err(refused(
            "width × height",
            format!("{width} × {height}"),
            allowed,
        ));
    }
    Ok(())
}

/// A number as JavaScript writes it, without hundreds of digits.
fn number(x: f64) -> Number {
    let is_short = x == 0.0 || (1e-6..1e21).contains(&x.abs());
    Number::new(match x {
        f64::INFINITY => "Infinity".into(),
        f64::NEG_INFINITY => "-Infinity".into(),
        _ if is_short => x.to_string(),
        _ => format!("{x:e}"),
    })
}

fn refused(field: &'static str, value: impl Into<Value>, allowed: Message) -> Message {
    message!(
        "error-refused",
        field = field,
        value = value.into(),
        allowed = allowed
    )
}

fn range_error(message: Message) -> Error {
    said_error("RangeError", &message)
}

/// The size of a vector picture in whole CSS pixels.
///
/// # Errors
/// A RangeError.
pub fn picture(width: f64, height: f64) -> Result<(u32, u32), Error> {
    css_size(width, height).map_err(range_error)
}

/// The size of a picture on a canvas, in whole CSS pixels with `ratio` device pixels each.
///
/// # Errors
/// A RangeError.
pub fn bitmap(width: f64, height: f64, ratio: f64) -> Result<(u32, u32), Error> {
    let size = css_size(width, height).map_err(range_error)?;
    device_size(size, ratio).map_err(range_error)?;
    Ok(size)
}

/// A size as charts take it for points under a pointer, where nothing is refused: what is no size has no points.
pub fn size(width: f64, height: f64) -> (i32, i32) {
    (width as i32, height as i32)
}

/// A layer (0-based) from a number; below 0 and NaN are none.
pub fn layer(layer: f64) -> Option<usize> {
    (layer >= 0.0).then_some(layer as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn sizes_that_a_browser_can_draw_are_whole_pixels() {
        for (width, height, ratio, size) in [
            (900.0, 360.0, 2.0, (900, 360)),
            (1.0, 1.0, 0.25, (1, 1)),
            (640.7, 100.0, PI, (640, 100)),
            (16384.0, 4096.0, 1.0, (16384, 4096)),
            (8192.0, 8192.0, 1.0, (8192, 8192)),
        ] {
            assert_eq!(css_size(width, height), Ok(size));
            assert_eq!(device_size(size, ratio), Ok(()));
        }
    }

    #[test]
    fn a_size_that_no_browser_can_draw_is_refused_by_name() {
        for (bad, text) in [
            (0.0, "0"),
            (-1.0, "-1"),
            (0.5, "0.5"),
            (16385.0, "16385"),
            (1e300, "1e300"),
            (-1e-300, "-1e-300"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
            (f64::NAN, "NaN"),
        ] {
            let message = css_size(bad, 100.0).unwrap_err().to_string();
            assert_eq!(
                message,
                format!("width cannot be {text}. Allowed: 1 to 16384 CSS pixels.")
            );
            let height = css_size(100.0, bad).unwrap_err().to_string();
            assert!(height.starts_with("height cannot be"), "{height}");
        }
        for (bad, text) in [
            (0.0, "0"),
            (-2.0, "-2"),
            (1e-9, "1e-9"),
            (101.0, "101"),
            (f64::INFINITY, "Infinity"),
            (f64::NAN, "NaN"),
        ] {
            let message = device_size((100, 100), bad).unwrap_err().to_string();
            assert!(
                message.starts_with(&format!("scale cannot be {text}.")),
                "{message}"
            );
        }
        for (size, ratio, message) in [
            (
                (9000, 10),
                2.0,
                "width cannot be 9000. Allowed: at most 8192 CSS pixels at scale = 2, because browsers draw at most \
                 16384 device pixels.",
            ),
            (
                (5000, 5000),
                2.0,
                "width × height cannot be 5000 × 5000. Allowed: at most 67 million device pixels; at scale = 2 these \
                 are 100 million.",
            ),
        ] {
            assert_eq!(device_size(size, ratio).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn any_number_is_a_layer_or_none() {
        for (number, expected) in [
            (0.0, Some(0)),
            (7.9, Some(7)),
            (-0.5, None),
            (f64::NAN, None),
            (f64::NEG_INFINITY, None),
            (f64::INFINITY, Some(usize::MAX)),
        ] {
            assert_eq!(layer(number), expected, "{number}");
        }
    }
}
