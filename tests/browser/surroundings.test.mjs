/** Whatever the reader's text size, colours, contrast, pointer or paper. */
import assert from 'node:assert/strict';
import { eventually, pictures, ready, settled, step, tried } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

/** What can be pressed and is smaller than a size: its class or name, and its box. */
const tooSmall = (page, least) =>
  page.evaluate((least) => {
    const { shadowRoot } = document.querySelector('gradient-flow');
    const targets = [...shadowRoot.querySelectorAll('button, select, input, summary')];
    return targets.flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      const isShown = target.checkVisibility({ visibilityProperty: true }) && width > 0;
      // A switch is as large as its label makes it.
      const isTarget = target.type !== 'checkbox';
      return isShown && isTarget && (width < least - 0.5 || height < least - 0.5) ? [`${target.className || target.id || target.getAttribute('aria-label')} ${width} x ${height}`] : [];
    });
  }, least);

const openGroups = async (page) => {
  for (const group of await page.locator('summary').all()) await group.click();
};

pageTest('what is pressed has 24 px', { path: '#depth=12' }, async (page) => {
  await ready(page);
  await page.evaluate(() => document.querySelector('gradient-flow').pin());
  await openGroups(page);
  await eventually(() => tooSmall(page, 24), (found) => assert.deepEqual(found, []));
});

pageTest('and 44 px on a phone', { viewport: { width: 390, height: 844 }, path: '#depth=12' }, async (page) => {
  await ready(page);
  await page.evaluate(() => document.querySelector('gradient-flow').pin());
  await page.getByRole('button', { name: 'Settings' }).click();
  await openGroups(page);
  await eventually(() => tooSmall(page, 44), (found) => assert.deepEqual(found, []));
  await picture(page, 'phone-targets');
});

pageTest('no text is under 12 px, and it grows with the size that the reader prefers', { path: '#depth=12' }, async (page) => {
  await ready(page);
  // From then on it is the same that is said.
  await tried(page);
  const sizes = () =>
    page.evaluate(() => {
      const { shadowRoot } = document.querySelector('gradient-flow');
      const texts = [...shadowRoot.querySelectorAll('*')].filter((element) => !element.closest('.unseen') && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
      return Object.fromEntries(texts.map((element) => [element.className || element.localName, Number.parseFloat(getComputedStyle(element).fontSize)]));
    });
  const usual = await sizes();
  for (const [name, size] of Object.entries(usual)) assert.ok(size >= 12, `${name} ${size}`);
  const before = (await pictures(page)).signals;
  // What a reader sets in a browser is the size of `medium`.
  const client = await page.context().newCDPSession(page);
  await client.send('Page.setFontSizes', { fontSizes: { standard: 24, fixed: 20 } });
  await eventually(sizes, (now) => {
    for (const [name, size] of Object.entries(usual)) assert.ok(Math.abs(now[name] / size - 1.5) < 0.01, `${name} ${size} → ${now[name]}`);
  });
  await eventually(() => pictures(page), ({ signals }) => assert.notEqual(signals, before));
  // A point of the enlarged chart is still the layer that is drawn there.
  const canvas = page.locator('figure[data-chart="signals"] canvas');
  const { height } = await canvas.boundingBox();
  // The axis stands at 46 px, which are 69 now.
  for (const [x, said] of [[75, /^layer 1\b/i], [63, /^$/]]) {
    const read = async () => {
      await canvas.hover({ position: { x, y: height / 2 } });
      return page.locator('figure[data-chart="signals"] .readout').textContent();
    };
    await eventually(read, (text) => assert.match(text, said));
  }
  await settled(page);
  await picture(page, 'large-text');
});

pageTest('colours are right where a canvas cannot be read', { path: 'blank.html', pages: { 'blank.html': '<!doctype html>' } }, async (page) => {
  await page.addInitScript(() => {
    const { getImageData } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.getImageData = function (...box) {
      const image = getImageData.apply(this, box);
      return new ImageData(image.data.map(() => Math.random() * 256), image.width, image.height);
    };
  });
  await page.goto(page.url().replace('blank.html', '#depth=3&width=8'));
  await ready(page);
  await eventually(() => page.evaluate(() => document.querySelector('gradient-flow').toSVG('signals')), (svg) => {
    assert.match(svg, /fill="#FFFFFF"/i);
    assert.match(svg, /#D1490C/i);
  });
});

pageTest('colours of any kind reach the charts', { path: '#depth=3&width=8' }, async (page) => {
  await ready(page);
  const drawnWith = async (colour) => {
    await page.evaluate((value) => document.documentElement.style.setProperty('--gradient-flow-ground', value), colour);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    return page.evaluate(() => document.querySelector('gradient-flow').toSVG('signals'));
  };
  for (const [colour, drawn] of [['#123456', '#123456'], ['rgb(1 2 3)', '#010203'], ['color(srgb 1 0.5 0)', '#FF8000'], ['hsl(120 100% 25%)', '#008000'], ['oklch(1 0 0)', '#FFFFFF'], ['white', '#FFFFFF']]) {
    await eventually(() => drawnWith(colour), (svg) => assert.ok(svg.includes(`fill="${drawn}"`), `${colour}: ${drawn}`));
  }
});

for (const scheme of ['light', 'dark']) {
  pageTest(`with forced colours the charts have the system's, ${scheme}`, { path: '#depth=12', scheme }, async (page) => {
    await ready(page);
    await page.emulateMedia({ forcedColors: 'active', colorScheme: scheme });
    const colours = () =>
      page.evaluate(() => {
        const probe = document.createElement('i');
        probe.style = 'color: CanvasText; background: Canvas; forced-color-adjust: none';
        document.body.append(probe);
        const hex = (colour) => `#${colour.match(/\d+/g).slice(0, 3).map((x) => Number(x).toString(16).padStart(2, '0')).join('')}`.toUpperCase();
        const { color, backgroundColor } = getComputedStyle(probe);
        probe.remove();
        const svg = document.querySelector('gradient-flow').toSVG('signals');
        return { ink: hex(color), ground: hex(backgroundColor), svg };
      });
    const { ground, svg } = await eventually(colours, ({ ink, ground, svg }) => assert.ok(svg.includes(`fill="${ground}"`) && svg.includes(ink), ink));
    // The palette of charts for such a ground: activations' green is lighter on black.
    const isDark = ground === '#000000';
    assert.equal(svg.includes('#FF8A4C'), isDark, `dW on ${ground}`);
    await page.locator('.view').first().focus();
    const outline = () => page.locator('.view').first().evaluate((element) => getComputedStyle(element).outlineWidth);
    await eventually(outline, (width) => assert.equal(width, '3px'));
    await settled(page);
    await picture(page, `forced-colours-${scheme}`);
  });
}

pageTest('more contrast when the reader asks for it', { path: '#depth=3' }, async (page) => {
  await ready(page);
  const colour = (selector, property) => page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
  const ink = await colour('.text', 'color');
  assert.notEqual(await colour('.note', 'color'), ink);
  await page.emulateMedia({ contrast: 'more' });
  await eventually(() => colour('.note', 'color'), (found) => assert.equal(found, ink));
  await eventually(() => colour('select', 'borderTopColor'), (found) => assert.equal(found, ink));
  await settled(page);
  await picture(page, 'more-contrast');
});

pageTest('paper gets all charts, light and whole', { path: '#depth=12&charts=signals+history+histograms+loss+saturation', scheme: 'dark' }, async (page) => {
  await ready(page);
  await step(page, 20);
  await settled(page);
  const [dark] = Object.values(await pictures(page));
  const pdf = await page.pdf({ format: 'A4' });
  assert.ok(pdf.length > 20_000, `${pdf.length} bytes`);
  await eventually(async () => Object.values(await pictures(page))[0], (now) => assert.equal(now, dark, 'the screen is as it was'));
  for (const width of [680, 520]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const measure = () => page.evaluate(() => {
      const { shadowRoot } = document.querySelector('gradient-flow');
      const shown = (selector) => [...shadowRoot.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
      const charts = [...shadowRoot.querySelectorAll('figure canvas')].map((canvas) => {
        const { left, right, top, bottom, width, height } = canvas.getBoundingClientRect();
        const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        copy.drawImage(canvas, -2, -2);
        const [red] = copy.getImageData(0, 0, 1, 1).data;
        return { left, right, top, bottom, stretched: width / height / (canvas.width / canvas.height), red };
      });
      const { scrollWidth, clientWidth, scrollHeight } = document.documentElement;
      return { charts, hidden: shown('.bar, .controls, .views, .fix, button, input'), scrollWidth, clientWidth, scrollHeight, host: document.querySelector('gradient-flow').getBoundingClientRect().height };
    });
    // The new size and the new medium come when the browser says so.
    await eventually(measure, (boxes) => {
      assert.equal(boxes.hidden, 0);
      assert.equal(boxes.charts.length, 5);
      assert.ok(boxes.scrollWidth <= boxes.clientWidth);
      let above = 0;
      for (const { left, right, top, bottom, stretched, red } of boxes.charts) {
        assert.ok(left >= 0 && right <= width + 0.5 && top >= above && bottom <= boxes.scrollHeight, JSON.stringify(boxes.charts));
        assert.ok(right - left > 0.9 * width);
        assert.ok(Math.abs(stretched - 1) < 0.02, `stretched by ${stretched}`);
        assert.equal(red, 255, 'white');
        above = bottom;
      }
    });
    await page.screenshot({ path: `${process.env.ARTIFACTS}/paper-${width}.png`, fullPage: true });
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await eventually(async () => Object.values(await pictures(page))[0], (now) => assert.equal(now, dark));
});
