// @ts-check
/**
 * For a page that frames the laboratory: `<script src="frames.js" async></script>`, once, anywhere in it. Each frame gets
 * the height that it asks for, and the light or dark theme of the page around it, whenever either changes.
 */
{
  /** The frames that have spoken. @type {Set<HTMLIFrameElement>} */
  const frames = new Set();

  const isOurs = (/** @type {HTMLIFrameElement} */ { src }) => /\/(embed|gradient-flow)\.html(#|$)/.test(src);

  /** @param {HTMLIFrameElement} frame @param {object} message */
  const send = (frame, message) => frame.contentWindow?.postMessage(message, '*');

  /** Whether a colour is dark; undefined if one sees through it. @param {string} colour As a computed style has it. */
  function isDark(colour) {
    const [red, green, blue, alpha = 1] = colour.startsWith('rgb') ? (colour.match(/[\d.]+/g) ?? []).map(Number) : [0, 0, 0, 0];
    return alpha < 0.5 ? undefined : 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  /** The theme of what surrounds an element: by its color-scheme, else by the background behind it. @param {Element | null} element */
  function themeAround(element) {
    const scheme = element ? getComputedStyle(element).colorScheme : '';
    if (scheme === 'light' || scheme === 'dark') return scheme;
    for (; element; element = element.parentElement) {
      const dark = isDark(getComputedStyle(element).backgroundColor);
      if (dark !== undefined) return dark ? 'dark' : 'light';
    }
    const declared = document.querySelector('meta[name="color-scheme"]')?.getAttribute('content') ?? '';
    return `${scheme} ${declared}`.includes('dark') ? 'auto' : 'light';
  }

  /** @param {HTMLIFrameElement} frame */
  const tellTheme = (frame) => send(frame, { type: 'gradient-flow-theme', theme: themeAround(frame.parentElement) });

  function tellAll() {
    for (const frame of frames) {
      if (frame.isConnected) tellTheme(frame);
      else frames.delete(frame);
    }
  }

  const changes = new MutationObserver(tellAll);

  /** @param {HTMLIFrameElement} frame */
  function take(frame) {
    frames.add(frame);
    // Switches of the theme are attributes of the root or of the body. Observing the same again changes nothing.
    for (const element of [document.documentElement, document.body]) changes.observe(element, { attributes: true });
    tellTheme(frame);
  }

  // A frame asks for the theme when it starts, and tells its height whenever that changes.
  addEventListener('message', ({ data, source }) => {
    if (data?.type !== 'gradient-flow-theme' && data?.type !== 'gradient-flow-height') return;
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow !== source) continue;
      if (data.height > 0) frame.style.height = `${data.height}px`;
      take(frame);
    }
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tellAll);
  // A background that fades has its colour at the end.
  addEventListener('transitionend', ({ propertyName }) => void (propertyName === 'background-color' && tellAll()), true);
  // What was there before this script has been heard by nobody.
  for (const frame of document.querySelectorAll('iframe')) {
    if (!isOurs(frame)) continue;
    take(frame);
    send(frame, { type: 'gradient-flow-height' });
  }
}
