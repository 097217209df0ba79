//! Checks of what JavaScript passes. Any value may come: a number that wasm-bindgen turns into a `u32` would lose what
//! does not fit (2³² + 3 would be 3, NaN would be 0), so numbers come as they are.

use crate::named_error;
use gradient_flow_charts::MAX_SIDE;
use js_sys::Error;

/// The most device pixels of a picture: 8192 x 8192, the least that current browsers allow.
const MAX_PIXELS: f64 = (1 << 26) as f64;
/// The device pixels per CSS pixel that are allowed: screens have from 0.25 (zoomed out) to 15 (zoomed in).
const PIXEL_RATIOS: (f64, f64) = (0.01, 100.0);

/// A picture's width and height in whole CSS pixels.
///
/// # Errors
/// A sentence that names what is refused: a size that is not a number from 1 to `MAX_SIDE`.
fn css_size(width: f64, height: f64) -> Result<(u32, u32), String> {
    let max = f64::from(MAX_SIDE);
    for (name, side) in [("width", width), ("height", height)] {
        if !(1.0..=max).contains(&side) {
            return Err(format!(
                "{name} = {side} is refused; allowed: 1 to {MAX_SIDE} CSS pixels"
            ));
        }
    }
    Ok((width as u32, height as u32))
}

/// Checks that a browser can make a canvas of so many device pixels.
///
/// # Errors
/// Like `css_size`.
fn device_size((width, height): (u32, u32), ratio: f64) -> Result<(), String> {
    let (least, most) = PIXEL_RATIOS;
    if !(least..=most).contains(&ratio) {
        return Err(format!(
            "scale = {ratio} is refused; allowed: {least} to {most} device pixels per CSS pixel"
        ));
    }
    let device = |side: u32| (f64::from(side) * ratio).round();
    for (name, side) in [("width", width), ("height", height)] {
        if device(side) > f64::from(MAX_SIDE) {
            let most = (f64::from(MAX_SIDE) / ratio).floor();
            return Err(format!(
                "{name} = {side} is refused; allowed: at most {most} CSS pixels at scale = {ratio}, for browsers draw \
                 at most {MAX_SIDE} device pixels"
            ));
        }
    }
    let pixels = device(width) * device(height);
    if pixels > MAX_PIXELS {
        return Err(format!(
            "width x height = {width} x {height} is refused; allowed: at most {:.0} million device pixels, and at \
             scale = {ratio} these are {:.0} million",
            MAX_PIXELS / 1e6,
            pixels / 1e6
        ));
    }
    Ok(())
}

fn range_error(message: String) -> Error {
    named_error("RangeError", &message)
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
        for bad in [0.0, -1.0, 0.5, 16385.0, 1e9, 1e300, f64::INFINITY, f64::NAN] {
            let message = css_size(bad, 100.0).unwrap_err();
            assert_eq!(
                message,
                format!("width = {bad} is refused; allowed: 1 to 16384 CSS pixels")
            );
            assert!(css_size(100.0, bad).unwrap_err().starts_with("height = "));
        }
        for bad in [0.0, -2.0, 1e-9, 101.0, f64::INFINITY, f64::NAN] {
            let message = device_size((100, 100), bad).unwrap_err();
            assert!(
                message.starts_with(&format!("scale = {bad} is")),
                "{message}"
            );
        }
        for (size, ratio, message) in [
            (
                (9000, 10),
                2.0,
                "width = 9000 is refused; allowed: at most 8192 CSS pixels at scale = 2, for browsers draw at most \
                 16384 device pixels",
            ),
            (
                (5000, 5000),
                2.0,
                "width x height = 5000 x 5000 is refused; allowed: at most 67 million device pixels, and at scale = 2 \
                 these are 100 million",
            ),
        ] {
            assert_eq!(device_size(size, ratio), Err(message.into()));
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
