//! A canvas for plotters, in CSS pixels at the screen's resolution.
//!
//! Calls out of wasm and texts that cross over are what a picture costs, so a style is set only where it changes, and
//! what is drawn in one style, one after another, becomes one path.

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::error::Error;
use std::f64::consts::TAU;
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

/// Alpha, red, green and blue.
type Paint = (f64, (u8, u8, u8));

/// What the path on the canvas will become.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Path {
    Stroke(Paint, u32),
    Fill(Paint),
}

/// Where a bitmap is drawn, its width and height, and its pixels.
type Bitmap = (BackendCoord, (u32, u32), Vec<[u8; 3]>);

/// A canvas that is drawn on in CSS pixels.
pub struct HiDpiCanvas {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    scratch: HtmlCanvasElement,
    /// The path that has been begun and is not painted yet.
    path: Option<Path>,
    /// Bitmaps that are not painted yet.
    bitmaps: Vec<Bitmap>,
    fill: Option<Paint>,
    stroke: Option<(Paint, u32)>,
    font: String,
    anchor: (&'static str, &'static str),
}

impl HiDpiCanvas {
    /// Prepares a canvas of `size` CSS pixels with `ratio` device pixels each. `scratch` is a second canvas,
    /// through which bitmaps are drawn.
    ///
    /// # Errors
    /// A canvas without a 2-D context.
    pub fn new(
        canvas: &HtmlCanvasElement,
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
        let context = context(canvas)?;
        context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)?;
        context.set_line_join("round");
        Ok(HiDpiCanvas {
            context,
            size,
            scratch,
            path: None,
            bitmaps: Vec::new(),
            fill: None,
            stroke: None,
            font: String::new(),
            anchor: ("", ""),
        })
    }

    fn set_fill(&mut self, color: Paint) {
        if self.fill != Some(color) {
            self.fill = Some(color);
            self.context.set_fill_style_str(&css(color));
        }
    }

    /// Goes on with the path, if it will be painted like this, or begins one.
    fn continue_path(&mut self, path: Path) -> DrawResult {
        if self.path == Some(path) {
            return Ok(());
        }
        self.flush()?;
        self.path = Some(path);
        match path {
            Path::Fill(color) => self.set_fill(color),
            Path::Stroke(color, width) => {
                if self.stroke != Some((color, width)) {
                    self.stroke = Some((color, width));
                    self.context.set_stroke_style_str(&css(color));
                    self.context.set_line_width(f64::from(width));
                }
            }
        }
        self.context.begin_path();
        Ok(())
    }

    /// Paints the path or the bitmaps that wait: before anything else is drawn, and at the end.
    fn flush(&mut self) -> DrawResult {
        match self.path.take() {
            Some(Path::Stroke(..)) => self.context.stroke(),
            Some(Path::Fill(_)) => self.context.fill(),
            None if self.bitmaps.is_empty() => {}
            None => return self.paint_bitmaps().map_err(drawing_error),
        }
        Ok(())
    }

    /// Takes the bitmaps out of wasm in one piece, one below another.
    fn paint_bitmaps(&mut self) -> Result<(), JsValue> {
        let bitmaps = std::mem::take(&mut self.bitmaps);
        let (mut width, mut height) = (0, 0);
        for (_, size, _) in &bitmaps {
            width = size.0.max(width);
            height += size.1;
        }
        let mut rgba = vec![255; 4 * (width * height) as usize];
        let mut rest = rgba.chunks_exact_mut(4 * width as usize);
        for (_, size, pixels) in &bitmaps {
            for row in pixels.chunks_exact(size.0 as usize) {
                let Some(to) = rest.next() else { break };
                for (to, pixel) in to.as_chunks_mut::<4>().0.iter_mut().zip(row) {
                    [to[0], to[1], to[2]] = *pixel;
                }
            }
        }
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&rgba), width, height)?;
        if self.scratch.width() < width || self.scratch.height() < height {
            self.scratch.set_width(self.scratch.width().max(width));
            self.scratch.set_height(self.scratch.height().max(height));
        }
        context(&self.scratch)?.put_image_data(&image, 0.0, 0.0)?;
        self.context.set_image_smoothing_enabled(false);
        let mut top = 0.0;
        for ((x, y), (width, height), _) in bitmaps {
            let [x, y] = [x, y].map(f64::from);
            let [width, height] = [width, height].map(f64::from);
            self.context
                .draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                    &self.scratch,
                    0.0,
                    top,
                    width,
                    height,
                    x,
                    y,
                    width,
                    height,
                )?;
            top += height;
        }
        Ok(())
    }

    fn follow(&self, points: impl IntoIterator<Item = BackendCoord>) {
        let mut is_begun = false;
        for (x, y) in points {
            let (x, y) = (f64::from(x), f64::from(y));
            if is_begun {
                self.context.line_to(x, y);
            } else {
                self.context.move_to(x, y);
            }
            is_begun = true;
        }
    }
}

impl Drop for HiDpiCanvas {
    fn drop(&mut self) {
        // Whoever wants to know of an error calls `present`.
        self.flush().ok();
    }
}

fn paint_of(color: BackendColor) -> Paint {
    (color.alpha, color.rgb)
}

fn css((alpha, (r, g, b)): Paint) -> String {
    format!("rgba({r},{g},{b},{alpha})")
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
        self.flush()
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> DrawResult {
        self.draw_rect((x, y), (x + 1, y + 1), &color, true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        if !fill {
            let corners = [(right, top), (right, bottom), (left, bottom), (left, top)];
            return self.draw_path([(left, top)].into_iter().chain(corners), style);
        }
        self.flush()?;
        self.set_fill(paint_of(style.color()));
        let (width, height) = (f64::from(right - left), f64::from(bottom - top));
        self.context
            .fill_rect(f64::from(left), f64::from(top), width, height);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> DrawResult {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> DrawResult {
        let points: Vec<_> = path.into_iter().collect();
        self.continue_path(Path::Stroke(paint_of(style.color()), style.stroke_width()))?;
        if let [from, to] = points[..] {
            // Horizontal and vertical lines stand on whole pixels, which keeps them sharp.
            let dx = if from.0 == to.0 { 0.5 } else { 0.0 };
            let dy = if from.1 == to.1 { 0.5 } else { 0.0 };
            self.context
                .move_to(f64::from(from.0) - dx, f64::from(from.1) - dy);
            self.context
                .line_to(f64::from(to.0) - dx, f64::from(to.1) - dy);
        } else {
            self.follow(points);
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        let color = paint_of(style.color());
        self.continue_path(if fill {
            Path::Fill(color)
        } else {
            Path::Stroke(color, style.stroke_width())
        })?;
        let (x, y, radius) = (f64::from(x), f64::from(y), f64::from(radius));
        self.context.move_to(x + radius, y);
        self.context
            .arc(x, y, radius, 0.0, TAU)
            .map_err(drawing_error)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> DrawResult {
        // Filled by itself: where polygons that turn differently overlap, one path of both would have holes.
        self.flush()?;
        self.continue_path(Path::Fill(paint_of(style.color())))?;
        self.follow(path);
        self.flush()
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> DrawResult {
        self.flush()?;
        self.set_fill(paint_of(style.color()));
        let anchor = style.anchor();
        let align = match anchor.h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        };
        let baseline = match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        };
        if self.anchor != (align, baseline) {
            self.anchor = (align, baseline);
            self.context.set_text_align(align);
            self.context.set_text_baseline(baseline);
        }
        let (weight, family) = (style.style(), style.family());
        let font = format!("{} {}px {}", weight.as_str(), style.size(), family.as_str());
        if self.font != font {
            self.context.set_font(&font);
            self.font = font;
        }
        self.context
            .fill_text(text, f64::from(x), f64::from(y))
            .map_err(drawing_error)
    }

    fn blit_bitmap(&mut self, at: BackendCoord, size: (u32, u32), rgb: &[u8]) -> DrawResult {
        if self.path.is_some() {
            self.flush()?;
        }
        self.bitmaps
            .push((at, size, rgb.as_chunks::<3>().0.to_vec()));
        Ok(())
    }
}
