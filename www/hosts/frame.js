// @ts-check
/**
 * In an iframe: posts the height that the laboratory needs to the parent page, whenever that changes.
 *
 * The needed height depends on the width, the charts and the controls. Parts are larger in a higher frame, so that a
 * frame which follows may be asked for more a few times; never for less because it has grown.
 */

/** Heights in CSS pixels: of the first row of charts, of another row with the gap above it, and the same in one column. */
const [FIRST_ROW, NEXT_ROW, NEXT_ROW_IN_COLUMN] = [320, 270, 302];
/** How much higher the row of a square chart is, beside others and in one column. */
const [SQUARE, SQUARE_IN_COLUMN] = [160, 130];
const SQUARE_CHARTS = '[data-chart="boundary"], [data-chart="weights"]';
/** In one column the panel of the outcome is shown from this height on (element/layout-wide.css), and so high. */
const [WITH_OUTCOME, OUTCOME] = [720, 76];

/** The height that would show everything. @param {ShadowRoot} shadow */
function desiredHeight(shadow) {
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement | null} */ (shadow.querySelector(selector));
  const height = (/** @type {string} */ selector) => part(selector)?.offsetHeight ?? 0;
  const figures = [...shadow.querySelectorAll('figure')];
  const isWide = getComputedStyle(/** @type {HTMLElement} */ (part('.grid'))).display === 'grid';
  /** Whether each row of charts has a square one, by its top. @type {Map<number, boolean>} */
  const rows = new Map();
  for (const [place, figure] of figures.entries()) {
    rows.set(figure.offsetTop, rows.get(figure.offsetTop) || (place > 0 && figure.matches(SQUARE_CHARTS)));
  }
  const squares = [...rows.values()].filter(Boolean).length;
  const next = rows.size - 1;
  const charts = rows.size === 0 ? 0 : FIRST_ROW + (isWide ? next * NEXT_ROW + squares * SQUARE : next * NEXT_ROW_IN_COLUMN + squares * SQUARE_IN_COLUMN);
  const isInLine = part('.few') !== null;
  const column = height('.status') + charts + height('.views') + (isInLine ? height('.controls') : 0) + 12;
  const controls = part('.controls');
  const last = /** @type {HTMLElement | undefined} */ (controls?.lastElementChild);
  // In a narrow frame all controls are a sheet, which needs no height of its own.
  const panel = isWide && !isInLine && controls && last ? last.offsetTop + last.offsetHeight - controls.offsetTop + 24 : 0;
  const needed = Math.ceil(height('.bar') + Math.max(column, panel));
  return !isWide && needed + OUTCOME >= WITH_OUTCOME ? needed + OUTCOME : needed;
}

/** The same, with nothing left out because the frame is low now. @param {HTMLElement} lab @param {ShadowRoot} shadow */
function fullHeight(lab, shadow) {
  lab.style.containerType = 'inline-size';
  const height = desiredHeight(shadow);
  lab.style.containerType = '';
  if (lab.getAttribute('style') === '') lab.removeAttribute('style');
  return height;
}

/** @param {import('../gradient-flow.js').GradientFlow} lab */
export function postHeight(lab) {
  const shadow = /** @type {ShadowRoot} */ (lab.shadowRoot);
  let posted = 0;
  let frame = 0;
  const post = () => {
    frame = 0;
    const height = fullHeight(lab, shadow);
    // Many charts share the height that the frame has, unless it has the one that was asked for.
    shadow.querySelector('.lab')?.classList.toggle('natural', Math.abs(innerHeight - height) < 2);
    if (height === posted) return;
    posted = height;
    parent.postMessage({ type: 'gradient-flow-height', height }, '*');
    // The form that Canvas and other LTI platforms understand.
    parent.postMessage({ subject: 'lti.frameResize', height }, '*');
  };
  const schedule = () => {
    frame ||= requestAnimationFrame(post);
  };
  const sizes = new ResizeObserver(schedule);
  const observe = () => {
    for (const part of shadow.querySelectorAll('.lab, .bar, .status, .outcome, .views, .grid, .controls, .controls > *')) sizes.observe(part);
    schedule();
  };
  // The page around may ask for a height that was posted before it listened.
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.type !== 'gradient-flow-height') return;
    posted = 0;
    schedule();
  });
  // A change of the chosen charts or controls replaces their elements.
  new MutationObserver(observe).observe(shadow, { childList: true, subtree: true });
  observe();
}
