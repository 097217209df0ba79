// @ts-check
/**
 * In an iframe: posts the height that the laboratory needs to the parent page, whenever that changes.
 *
 * The needed height depends on the width, the charts and the controls. Parts are larger in a higher frame, so that a
 * frame which follows may be asked for more a few times; never for less because it has grown.
 */

/** Heights in CSS pixels: of the first row of charts, of another row with the gap above it, and the same in one column. */
const [FIRST_ROW, NEXT_ROW, NEXT_ROW_IN_COLUMN] = [320, 270, 302];

/** The height that would show everything. @param {ShadowRoot} shadow */
function desiredHeight(shadow) {
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement | null} */ (shadow.querySelector(selector));
  const height = (/** @type {string} */ selector) => part(selector)?.offsetHeight ?? 0;
  const figures = [...shadow.querySelectorAll('figure')];
  const rows = new Set(figures.map((figure) => figure.offsetTop)).size;
  const isWide = getComputedStyle(/** @type {HTMLElement} */ (part('.grid'))).display === 'grid';
  const charts = rows === 0 ? 0 : FIRST_ROW + (rows - 1) * (isWide ? NEXT_ROW : NEXT_ROW_IN_COLUMN);
  // The outcome stands beside the status, or in a narrow frame below it.
  const head = isWide ? Math.max(height('.status'), height('.outcome')) : height('.status') + height('.outcome');
  const column = head + charts + height('.views') + 12;
  // A few controls stand in line below the charts; more are beside them, or in a narrow frame a sheet over them.
  const isInLine = part('.lab')?.classList.contains('few');
  const controls = part('.controls');
  const last = /** @type {HTMLElement | undefined} */ (controls?.lastElementChild);
  const panel = !isInLine && isWide && controls && last ? last.offsetTop + last.offsetHeight - controls.offsetTop + 24 : 0;
  return Math.ceil(height('.bar') + Math.max(column + (isInLine ? height('.controls') : 0), panel));
}

/** @param {import('../gradient-flow.js').GradientFlow} lab */
export function postHeight(lab) {
  const shadow = /** @type {ShadowRoot} */ (lab.shadowRoot);
  let posted = 0;
  let frame = 0;
  const post = () => {
    frame = 0;
    const height = desiredHeight(shadow);
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
