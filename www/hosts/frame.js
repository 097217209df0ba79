// @ts-check
/**
 * In an iframe: tells the page around how high the laboratory would like to be, whenever that changes.
 *
 * The wish depends on the width, the charts and the controls, never on the height that the frame has got,
 * so that the two do not chase each other.
 */

/** The first chart's height, and the others' with the gap above them, side by side or one below the other. */
const [HERO, BESIDE, BELOW] = [320, 270, 302];

/** @param {ShadowRoot} shadow */
function wish(shadow) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (shadow.querySelector(name));
  const height = (/** @type {string} */ name) => part(name)?.offsetHeight ?? 0;
  const figures = [...shadow.querySelectorAll('figure')];
  const rows = new Set(figures.map((figure) => figure.offsetTop)).size;
  const beside = getComputedStyle(/** @type {HTMLElement} */ (part('.grid'))).display === 'grid';
  const charts = rows === 0 ? 0 : HERO + (rows - 1) * (beside ? BESIDE : BELOW);
  const column = height('.status') + charts + height('.views') + 12;
  const controls = part('.controls');
  const last = /** @type {HTMLElement | undefined} */ (controls?.lastElementChild);
  // In a narrow frame the controls are a sheet over the charts.
  const panel = beside && controls && last ? last.offsetTop + last.offsetHeight - controls.offsetTop + 24 : 0;
  return Math.ceil(height('.bar') + Math.max(column, panel));
}

/** @param {import('../gradient-flow.js').GradientFlow} lab */
export function tellHeight(lab) {
  const shadow = /** @type {ShadowRoot} */ (lab.shadowRoot);
  let told = 0;
  let frame = 0;
  const tell = () => {
    frame = 0;
    const height = wish(shadow);
    // Many charts fill the frame that they have, unless it is as high as they wish.
    shadow.querySelector('.lab')?.classList.toggle('natural', Math.abs(innerHeight - height) < 2);
    if (height === told) return;
    told = height;
    parent.postMessage({ type: 'gradient-flow-height', height }, '*');
    // Canvas, and whatever else speaks LTI.
    parent.postMessage({ subject: 'lti.frameResize', height }, '*');
  };
  const look = () => {
    frame ||= requestAnimationFrame(tell);
  };
  const sizes = new ResizeObserver(look);
  const watch = () => {
    for (const part of shadow.querySelectorAll('.lab, .bar, .status, .views, .grid, .controls, .controls > *')) sizes.observe(part);
    look();
  };
  // Charts and controls are made anew when they are chosen anew.
  new MutationObserver(watch).observe(shadow, { childList: true, subtree: true });
  watch();
}
