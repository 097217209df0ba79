/** Where words and controls are on the screen, and whether any is cut off, covered or outside. */

/**
 * Words that are cut off, that leave the screen, or that cover each other.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export const badlyPlaced = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('gradient-flow').shadowRoot;
    const bad = [];
    const isVisible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    /** The part of a box that lies in another one. */
    const clip = (box, around) => {
      if (!around) return box;
      const [top, bottom] = [Math.max(box.top, around.top), Math.min(box.bottom, around.bottom)];
      return { left: box.left, right: box.right, width: box.width, top, bottom, height: bottom - top };
    };
    for (const part of root.querySelectorAll('.bar, .status, .outcome, .controls, .picker, .views, figcaption')) {
      const leaves = [];
      for (const element of part.querySelectorAll('*')) {
        const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim());
        if (own.length === 0 || !isVisible(element) || element.closest('option')) continue;
        const range = document.createRange();
        range.setStartBefore(own[0]);
        range.setEndAfter(own.at(-1));
        // The text of a lesson scrolls in its card.
        const box = clip(range.getBoundingClientRect(), element.closest('.lesson-body')?.getBoundingClientRect());
        if (box.width < 2 || box.height < 2) continue;
        // What is shown of it: an ancestor may clip it on purpose (a sentence whose rest opens) or scroll it.
        const name = `“${own[0].nodeValue.trim().slice(0, 40)}” in ${part.className || part.tagName}`;
        const style = getComputedStyle(element);
        const isEllipsis = [element, element.parentElement, element.parentElement?.parentElement].some((around) => {
          if (!around) return false;
          const { textOverflow, webkitLineClamp } = getComputedStyle(around);
          return textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
        });
        if (!isEllipsis && style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) bad.push(`${name} is cut off`);
        const scroller = element.closest('.picker, .views, .controls, .grid');
        const scrolls = scroller && scroller.scrollWidth > scroller.clientWidth + 1;
        const isSticky = [element, element.parentElement].some((around) => getComputedStyle(around).position === 'sticky');
        if (!scrolls && !isEllipsis && (box.left < -1 || box.right > innerWidth + 1)) bad.push(`${name} leaves the screen (${Math.round(box.left)} to ${Math.round(box.right)} of ${innerWidth})`);
        // What sticks lies over what scrolls beneath it.
        if (!isEllipsis && !isSticky) leaves.push({ name, box, element });
      }
      for (const [index, { name, box, element }] of leaves.entries()) {
        for (const other of leaves.slice(index + 1)) {
          if (element.contains(other.element) || other.element.contains(element)) continue;
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > 1 && down > 2) bad.push(`${name} covers ${other.name}`);
        }
      }
    }
    return bad;
  });

/**
 * Parts of an embed that cover each other, that are cut off by the frame or by what is around them, and a first chart that
 * nobody could read. What a reader scrolls to (charts after the first, long lists of controls) is left out.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export const badlyFramed = (page) =>
  page.evaluate(() => {
    const root = document.querySelector('gradient-flow').shadowRoot;
    const lab = root.querySelector('.lab').getBoundingClientRect();
    const figures = root.querySelector('.figures').getBoundingClientRect();
    const bad = [];
    const boxes = [];
    const selector = '.bar button, .bar input, .readouts [data-readout], .headline, .text, .fix, .why, .latest, .share-correct, .of, .curve-box, .samples-box, .few .field label, .few .field input, .few .field select, figure:first-child .plot';
    for (const element of root.querySelectorAll(selector)) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const { left, right, width, height, ...box } = element.getBoundingClientRect().toJSON();
      // Charts scroll in their own box.
      const isPlot = element.matches('.plot');
      const [top, bottom] = isPlot ? [Math.max(box.top, figures.top), Math.min(box.bottom, figures.bottom)] : [box.top, box.bottom];
      if (width < 2 || height < 2) continue;
      // A row that shows what has room leaves the others out as a whole.
      const row = element.closest('.fixes')?.getBoundingClientRect();
      if (row && top >= row.bottom - 2) continue;
      if (row && bottom > row.bottom + 1) bad.push(`${element.textContent} is cut off below`);
      const name = `${element.className || element.id || element.tagName} “${element.textContent.trim().slice(0, 24)}”`;
      if (left < lab.left - 1 || top < lab.top - 1 || right > lab.right + 1 || bottom > lab.bottom + 1) bad.push(`${name} leaves the frame: ${[left, top, right, bottom].map(Math.round)}`);
      if (element.matches('button, label, .headline, .text') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) bad.push(`${name} is cut off`);
      boxes.push({ name, element, left, top, right, bottom });
    }
    for (const [index, box] of boxes.entries()) {
      for (const other of boxes.slice(index + 1)) {
        if (box.element.contains(other.element) || other.element.contains(box.element)) continue;
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 1 && down > 2) bad.push(`${box.name} covers ${other.name} by ${Math.round(across)} x ${Math.round(down)}`);
      }
    }
    const plot = root.querySelector('figure .plot').getBoundingClientRect();
    const seen = Math.min(plot.bottom, figures.bottom) - Math.max(plot.top, figures.top);
    // Axes and lines can still be told apart.
    if (seen < 64) bad.push(`of the first chart ${Math.round(seen)} px are seen`);
    return bad;
  });
