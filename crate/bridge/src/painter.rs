//! Paints pictures on canvases.

use crate::canvas::{HiDpiCanvas, scratch};
use crate::{arguments, named_error};
use gradient_flow_charts::Picture;
use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlCanvasElement;

/// What was painted last under a name.
struct Painted {
    id: &'static str,
    canvas: HtmlCanvasElement,
    pixel_ratio: f64,
    picture: Picture,
}

/// Paints pictures on canvases, each only if it is not there already.
pub struct Painter {
    /// The canvas through which bitmaps are drawn.
    scratch: HtmlCanvasElement,
    /// The pictures on the canvases.
    painted: Vec<Painted>,
}

impl Painter {
    /// A painter that has painted nothing.
    ///
    /// # Errors
    /// Where there is no document.
    pub fn new() -> Result<Self, JsValue> {
        Ok(Painter {
            scratch: scratch()?,
            painted: Vec::new(),
        })
    }

    /// Paints a picture on a canvas of `width` x `height` CSS pixels, unless it is there already.
    ///
    /// # Errors
    /// A RangeError for a size that browsers cannot draw; a TypeError for what is no canvas.
    pub fn paint(
        &mut self,
        id: &'static str,
        canvas: &JsValue,
        (width, height, pixel_ratio): (f64, f64, f64),
        picture: &dyn Fn((u32, u32)) -> Picture,
    ) -> Result<(), JsValue> {
        let size = arguments::bitmap(width, height, pixel_ratio)?;
        let canvas = canvas
            .dyn_ref::<HtmlCanvasElement>()
            .ok_or_else(|| named_error("TypeError", "canvas is not a canvas element"))?;
        let picture = picture(size);
        if let Some(at) = self.painted.iter().position(|painted| painted.id == id) {
            let there = self.painted.swap_remove(at);
            if there.canvas == *canvas
                && there.pixel_ratio == pixel_ratio
                && there.picture == picture
            {
                self.painted.push(there);
                return Ok(());
            }
        }
        let area = HiDpiCanvas::new(canvas, self.scratch.clone(), size, pixel_ratio)?;
        let painted = {
            let area = area.into_drawing_area();
            let painted = picture.paint(&area);
            painted.and_then(|()| area.present())
        };
        painted.map_err(|error| named_error("Error", &error.to_string()))?;
        self.painted.push(Painted {
            id,
            canvas: canvas.clone(),
            pixel_ratio,
            picture,
        });
        Ok(())
    }
}
