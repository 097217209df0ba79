/** What the laboratory says: in which language, all of it, and nothing of it clipped or covered. */
import assert from 'node:assert/strict';
import { badlyPlaced } from './boxes.mjs';
import { eventually, pictures, ready, rebuild, settled, snapshot, step, tried } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const LANGUAGES = ['en', 'de'];
const VIEWPORTS = [{ width: 1280, height: 800 }, { width: 390, height: 844 }];
const ALL_CHARTS = 'charts=signals+history+histograms+loss+factors+saturation+updates+step-line+norms+boundary+weights+fixes';

/** A text of the laboratory's shadow tree. @param {import('playwright-core').Page} page @param {string} selector */
const say = (page, selector) => page.locator(selector).first().textContent();

const germanPage = (title) => async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  await page.getByRole('slider', { name: 'Tiefe' }).waitFor();
  await settled(page);
  assert.equal(await say(page, '.headline'), 'Verschwindender Gradient');
  assert.match(await say(page, '.text'), /gibt nur 2\d % davon zurück\.$/);
  assert.match(await say(page, '[data-readout="loss"] b'), /^2,\d+$/, 'decimals have a comma');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  await eventually(() => page.title(), (found) => assert.equal(found, title));
};

pageTest('a link chooses the language, and keeps it', { path: '#lang=de&depth=20' }, async (page) => {
  await germanPage('Gradient Flow: der Gradient jeder Schicht')(page);
  await rebuild(page, () => page.getByRole('combobox', { name: 'Aktivierung', exact: true }).selectOption('tanh'));
  await page.waitForFunction(() => location.hash.includes('activation=tanh'));
  assert.match(await page.evaluate(() => location.hash), /lang=de/);
});

pageTest('the page follows the browser', { path: '#depth=20', locale: 'de-CH' }, async (page) => {
  await germanPage('Gradient Flow: der Gradient jeder Schicht')(page);
  await rebuild(page, () => page.getByRole('combobox', { name: 'Aktivierung', exact: true }).selectOption('tanh'));
  await page.waitForFunction(() => location.hash.includes('activation=tanh'));
  assert.doesNotMatch(await page.evaluate(() => location.hash), /lang/, 'a link for anybody names no language');
});

pageTest('a language that is not there is English', { locale: 'fr-FR' }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});

pageTest('another language changes every word and nothing else', { path: `#depth=20&${ALL_CHARTS}` }, async (page) => {
  await ready(page);
  await step(page, 3);
  // What trials find comes later.
  await tried(page);
  await settled(page);
  /** Everything that is said. */
  const words = () =>
    page.evaluate(() => {
      const root = document.querySelector('gradient-flow').shadowRoot;
      const texts = Array.from(root.querySelectorAll('button, label, .title, .note, .help, .headline, .text, .evidence, summary, option'), (element) => element.textContent.trim());
      const labels = Array.from(root.querySelectorAll('[title], [aria-label]'), (element) => element.getAttribute('title') ?? element.getAttribute('aria-label'));
      return [...texts, ...labels].filter((text) => /[a-z]{4}/i.test(text));
    });
  const [before, english, shown] = [await snapshot(page), await words(), await pictures(page)];
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  await settled(page);
  assert.deepEqual(await snapshot(page), before, 'the run is the same');
  // Names of functions, distributions and people, and what is the same word in both languages.
  const names = /^(Sigmoid|Tanh|ReLU|Leaky ReLU|PReLU|ELU|SELU|GELU|SiLU|Softplus|Linear|SGD|Momentum|Nesterov|RMSprop|Adam|AdamW|Iris|Orthogonal|Deutsch|English|full|Training\w*|test|Name|U\[-r.*|\W*ReLU \+ He.*|W -= .*|tanh .*|max\(.*)$/;
  await eventually(words, (german) => {
    const untold = german.filter((text) => english.includes(text) && !names.test(text));
    assert.deepEqual([...new Set(untold)], [], 'said as before');
  });
  assert.notDeepEqual(await pictures(page), shown, 'charts speak too');

  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('en');
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  await settled(page);
  await eventually(words, (now) => assert.deepEqual(now, english));
});

pageTest('a dialog that is open changes its language too', { path: '#depth=3' }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Share this experiment' }).click();
  const heading = page.locator('dialog h2');
  await eventually(() => heading.textContent(), (text) => assert.equal(text, 'Share this experiment'));
  for (const [lang, title] of [['de', 'Dieses Experiment teilen'], ['en', 'Share this experiment']]) {
    await page.evaluate((tag) => (document.querySelector('gradient-flow').lang = tag), lang);
    await eventually(() => heading.textContent(), (text) => assert.equal(text, title));
  }
});

pageTest('an element speaks the language of the page around it', {
  path: 'course.html',
  pages: {
    'course.html': `<!doctype html><html lang="de-AT" dir="rtl"><meta charset="utf-8"><title>.</title><script type="module" src="gradient-flow.js"></script>
      <gradient-flow depth="3" width="8" charts="signals" controls="depth"></gradient-flow>
      <section lang="en"><gradient-flow depth="3" width="8" charts="signals" controls="depth"></gradient-flow></section>`,
  },
}, async (page) => {
  await page.waitForFunction(() => customElements.get('gradient-flow'));
  const labels = () =>
    page.evaluate(async () => {
      const labs = [...document.querySelectorAll('gradient-flow')];
      await Promise.all(labs.map((lab) => lab.ready));
      return labs.map(({ shadowRoot }) => shadowRoot.querySelector('.field label').textContent.trim());
    });
  await eventually(labels, (found) => assert.deepEqual(found, ['Tiefe', 'Depth']));
  // On a page that is read from the right, words of ours keep their direction.
  const directions = await page.evaluate(() => Array.from(document.querySelectorAll('gradient-flow'), ({ shadowRoot }) => {
    const canvas = shadowRoot.querySelector('canvas');
    return [getComputedStyle(shadowRoot.querySelector('.lab')).direction, getComputedStyle(canvas).direction];
  }));
  assert.deepEqual(directions, [['ltr', 'ltr'], ['ltr', 'ltr']]);
  await page.evaluate(() => (document.documentElement.lang = 'en'));
  await eventually(labels, (found) => assert.deepEqual(found, ['Depth', 'Depth']));
});

pageTest('all values that are refused are told, in the language of the reader', { path: '#lang=de&depth=200&activation=foo&learning-rate=-1' }, async (page) => {
  await ready(page);
  const told = page.locator('.problem');
  await eventually(() => told.innerText(), (text) => {
    assert.match(text, /depth kann nicht 200 sein\. Erlaubt: eine ganze Zahl von 1 bis 100\./);
    assert.match(text, /activation kann nicht foo sein\. Erlaubt: eines von sigmoid, tanh/);
    assert.match(text, /learning-rate kann nicht -1 sein\. Erlaubt: eine Zahl von 0,000001 bis 100\./);
  });
});

pageTest('scripts are told in English', { path: '#lang=de' }, async (page) => {
  await ready(page);
  const messages = await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    const event = new Promise((resolve) => lab.addEventListener('gradient-flow-error', ({ detail }) => resolve(detail), { once: true }));
    lab.config = { depth: 0.5 };
    const { message, allowed } = await event;
    const thrown = await lab.step(-1).catch((error) => error.message);
    const refused = await lab.useTable('a,b\n1,2\n3,4\n', { target: 9 }).catch((error) => [error.message, error.allowed]);
    return { message, allowed, thrown, refused };
  });
  assert.equal(messages.message, 'depth kann nicht 0.5 sein. Erlaubt: eine ganze Zahl von 1 bis 100.');
  assert.equal(messages.allowed, 'eine ganze Zahl von 1 bis 100');
  assert.match(messages.thrown, /^step: count cannot be -1\. Allowed: a whole number from 0/);
  assert.match(messages.refused[0], /^target cannot be 9\. Allowed: a column: its number from 1 to 2/);
  assert.match(messages.refused[1], /^a column: its number/);
});

// ---- measured boxes ----

/** Records where charts write, as boxes in CSS pixels, by canvas. */
function recordTexts() {
  const { fillText } = CanvasRenderingContext2D.prototype;
  window.written = new Map();
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
    const metrics = this.measureText(text);
    const scale = this.getTransform().a;
    const box = {
      text,
      left: x - metrics.actualBoundingBoxLeft,
      right: x + metrics.actualBoundingBoxRight,
      top: y - metrics.actualBoundingBoxAscent,
      bottom: y + metrics.actualBoundingBoxDescent,
      size: [this.canvas.width / scale, this.canvas.height / scale],
    };
    // A chart is drawn at most once in a frame: what was written before is not there any more.
    const { currentTime } = document.timeline;
    const before = window.written.get(this.canvas);
    const boxes = before?.time === currentTime ? before : Object.assign(new Map(), { time: currentTime });
    boxes.set(`${text} ${x} ${y}`, box);
    window.written.set(this.canvas, boxes);
    return fillText.call(this, text, x, y, ...more);
  };
}

/** What is written over the edge of a chart, or over something else that is written. @param {import('playwright-core').Page} page */
const badlyWritten = (page) =>
  page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    window.written.clear();
    // Another theme has everything drawn again.
    lab.theme = lab.theme === 'dark' ? 'light' : 'dark';
    // Every chart has been drawn, and a frame has passed in which none was drawn any more.
    for (let before = -1, frames = 0; frames < 600; frames += 1) {
      await new Promise(requestAnimationFrame);
      const count = [...window.written.values()].reduce((sum, boxes) => sum + boxes.size, 0);
      if (window.written.size >= 11 && count === before) break;
      before = count;
    }
    const bad = [];
    for (const [canvas, boxes] of window.written) {
      const chart = canvas.closest('figure')?.dataset.chart;
      if (!chart) continue;
      const all = [...boxes.values()];
      const round = ({ text, left, top, right, bottom }) => `“${text}” ${[left, top, right, bottom].map(Math.round)}`;
      for (const [index, box] of all.entries()) {
        const [width, height] = box.size;
        if (box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1) bad.push(`${chart} ${width}x${height}: ${round(box)} leaves the chart`);
        for (const other of all.slice(index + 1)) {
          const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
          const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
          if (across > 1 && down > 1.5) bad.push(`${chart} ${width}x${height}: ${round(box)} covers ${round(other)}`);
        }
      }
    }
    const { size } = window.written;
    return { bad, size };
  });

/** States that say something else: the query, and what is done. */
const STATES = [
  { name: 'fresh', query: 'depth=20', act: async () => {} },
  { name: 'trained', query: 'depth=20&activation=relu&init=he_normal&learning-rate=0.04&clip=norm&weight-decay=0.001&norm=batch&residual=true', act: async (page) => {
    await step(page, 40);
    await page.evaluate(() => document.querySelector('gradient-flow').pin());
    await step(page, 5);
  } },
  { name: 'overflow', query: 'depth=10&activation=relu&init=normal&learning-rate=10', act: async (page) => void (await step(page, 5)) },
  { name: 'two features', query: 'data=spiral&depth=3&width=16&learning-rate=0.01', act: async (page) => void (await step(page, 20)) },
];

for (const lang of LANGUAGES) {
  for (const viewport of VIEWPORTS) {
    pageTest(`nothing is clipped or covered in ${lang} at ${viewport.width}`, { path: `#lang=${lang}&${ALL_CHARTS}&${STATES[0].query}`, viewport }, async (page) => {
      await ready(page);
      await page.evaluate(recordTexts);
      const bad = [];
      for (const { name, query, act } of STATES) {
        await page.evaluate((hash) => (location.hash = hash), `lang=${lang}&${ALL_CHARTS}&${query}`);
        // Once it has these settings, what is asked is meant for the network that has them.
        await page.waitForFunction((expected) => {
          const { config, schema } = document.querySelector('gradient-flow');
          return expected.every(([attribute, value]) => String(config[schema.fields.find((field) => field.attribute === attribute).name]) === value);
        }, [...new URLSearchParams(query)]);
        assert.equal((await step(page, 0)).step, 0);
        await act(page);
        await settled(page);
        const written = await badlyWritten(page);
        assert.equal(written.size >= 11, true, `${written.size} charts were drawn`);
        await settled(page);
        await page.evaluate(() => document.querySelector('gradient-flow').shadowRoot.querySelectorAll('details').forEach((group) => (group.open = true)));
        if (viewport.width < 500) await page.locator('.settings').click();
        bad.push(...[...written.bad, ...(await badlyPlaced(page))].map((text) => `${name}: ${text}`));
        await picture(page, `words ${lang} ${viewport.width} ${name}`);
        if (viewport.width < 500) await page.locator('.settings').click();
      }
      assert.deepEqual(bad, []);
    });
  }
}
