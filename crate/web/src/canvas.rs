//! A canvas for plotters: plotters-canvas, made sharp on high-resolution screens, and faster.
//!
//! plotters-canvas draws in the canvas's own pixels, measures text by adding an element to the page, and
//! draws bitmaps pixel by pixel. This wrapper works in CSS pixels at the screen's resolution, measures text
//! with the canvas itself, and draws a bitmap in one call.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use std::error::Error;
use std::fmt;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData, window};

/// An exception that the canvas threw.
#[derive(Debug)]
pub struct CanvasError(String);

impl fmt::Display for CanvasError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "the canvas refused: {}", self.0)
    }
}

impl Error for CanvasError {}

impl From<JsValue> for CanvasError {
    fn from(error: JsValue) -> Self {
        CanvasError(format!("{error:?}"))
    }
}

type DrawResult = Result<(), DrawingErrorKind<CanvasError>>;

fn drawing_error(error: impl Into<JsValue>) -> DrawingErrorKind<CanvasError> {
    DrawingErrorKind::DrawingError(error.into().into())
}

/// Converts the result of plotters-canvas, whose error type is not public.
fn convert<E: Error + Send + Sync>(result: Result<(), DrawingErrorKind<E>>) -> DrawResult {
    result.map_err(|error| DrawingErrorKind::DrawingError(CanvasError(error.to_string())))
}

/// A canvas that is drawn on in CSS pixels.
pub struct HiDpiCanvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    scratch: HtmlCanvasElement,
}

impl HiDpiCanvas {
    /// Prepares a canvas of `size` CSS pixels with `ratio` device pixels each. `scratch` is a second canvas,
    /// through which bitmaps are drawn.
    ///
    /// # Errors
    /// A canvas without a 2-D context.
    pub fn new(
        canvas: HtmlCanvasElement,
        scratch: HtmlCanvasElement,
        size: (u32, u32),
        ratio: f64,
    ) -> Result<Self, JsValue> {
        let device = |css: u32| (f64::from(css) * ratio).round() as u32;
        // Setting a size reallocates the canvas even if it is the same.
        if (canvas.width(), canvas.height()) != (device(size.0), device(size.1)) {
            canvas.set_width(device(size.0));
            canvas.set_height(device(size.1));
        }
        let context = context(&canvas)?;
        context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)?;
        context.set_line_join("round");
        let inner = CanvasBackend::with_canvas_object(canvas).ok_or("no 2-D context")?;
        Ok(HiDpiCanvas {
            inner,
            context,
            size,
            scratch,
        })
    }
}

fn context(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d, JsValue> {
    let context = canvas.get_context("2d")?.ok_or("no 2-D context")?;
    Ok(context.dyn_into()?)
}

/// A canvas that is not in the document.
///
/// # Errors
/// In a worker, which has no document.
pub fn scratch() -> Result<HtmlCanvasElement, JsValue> {
    let document = window()
        .and_then(|window| window.document())
        .ok_or("no document")?;
    Ok(document.create_element("canvas")?.dyn_into()?)
}

impl DrawingBackend for HiDpiCanvas {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> DrawResult {
        Ok(())
    }

    fn present(&mut self) -> DrawResult {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> DrawResult {
        convert(self.inner.draw_pixel(at, color))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> DrawResult {
        convert(self.inner.draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        convert(self.inner.draw_rect(upper_left, lower_right, style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> DrawResult {
        let points: Vec<_> = path.into_iter().collect();
        // draw_line puts horizontal and vertical lines on whole pixels, which keeps them sharp.
        if let [from, to] = points[..] {
            return self.draw_line(from, to, style);
        }
        convert(self.inner.draw_path(points, style))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        convert(self.inner.draw_circle(center, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> DrawResult {
        convert(self.inner.fill_polygon(path, style))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> DrawResult {
        convert(self.inner.draw_text(text, style, at))
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<CanvasError>> {
        self.context
            .set_font(&format!("{}px {}", style.size(), style.family().as_str()));
        let metrics = self.context.measure_text(text).map_err(drawing_error)?;
        Ok((metrics.width().ceil() as u32, style.size().ceil() as u32))
    }

    fn blit_bitmap(
        &mut self,
        at: BackendCoord,
        (width, height): (u32, u32),
        rgb: &[u8],
    ) -> DrawResult {
        let pixels = rgb.as_chunks::<3>().0;
        let mut rgba = vec![255; 4 * pixels.len()];
        for (to, pixel) in rgba.as_chunks_mut::<4>().0.iter_mut().zip(pixels) {
            [to[0], to[1], to[2]] = *pixel;
        }
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&rgba), width, height);
        if self.scratch.width() < width || self.scratch.height() < height {
            self.scratch.set_width(self.scratch.width().max(width));
            self.scratch.set_height(self.scratch.height().max(height));
        }
        let scratch = context(&self.scratch).map_err(drawing_error)?;
        scratch
            .put_image_data(&image.map_err(drawing_error)?, 0.0, 0.0)
            .map_err(drawing_error)?;
        self.context.set_image_smoothing_enabled(false);
        let (x, y) = (f64::from(at.0), f64::from(at.1));
        let (width, height) = (f64::from(width), f64::from(height));
        let result = self
            .context
            .draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                &self.scratch,
                0.0,
                0.0,
                width,
                height,
                x,
                y,
                width,
                height,
            );
        result.map_err(drawing_error)
    }
}
