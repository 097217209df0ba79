/** The share dialog: every form of it is put to use as it was copied. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { config, eventually, pictures, ready, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const { SITE } = process.env;
const EXPERIMENT = '#depth=6&width=16&activation=tanh&data=iris';

const open = async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Share this experiment' }).click();
  await page.getByRole('dialog', { name: 'Share this experiment' }).waitFor();
};
const pill = (page, group, name) => page.getByRole('group', { name: group }).getByRole('button', { name, exact: true });
const text = (page) => page.getByRole('textbox', { name: 'The text to copy' }).inputValue();
/** What a form of sharing gives. */
async function as(page, kind) {
  await pill(page, 'As', kind).click();
  return text(page);
}
/** Only one chart, one control, and running by itself. */
async function reduce(page) {
  for (const chart of ['history', 'histograms', 'loss']) await pill(page, 'With these charts, in this order', chart).click();
  await pill(page, 'With these controls', 'Depth').click();
  await pill(page, 'Start', 'Start automatically when visible').click();
}

pageTest('a link brings back the experiment, with the charts and controls that were chosen', { path: EXPERIMENT }, async (page) => {
  await open(page);
  assert.equal(await as(page, 'Link'), `${SITE}${EXPERIMENT}`);
  const settings = await config(page);
  await reduce(page);
  const link = await text(page);
  await picture(page, 'share');
  await page.goto('about:blank');
  await page.goto(link);
  await ready(page);
  assert.deepEqual(await config(page), settings);
  assert.deepEqual(Object.keys(await pictures(page)), ['signals']);
  await page.getByRole('slider', { name: 'Depth' }).waitFor();
  assert.equal(await page.getByRole('combobox').count(), 0);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step > 2);
});

pageTest('one button copies it', { path: EXPERIMENT }, async (page) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  const frame = await as(page, 'iframe');
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), frame);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

pageTest('the snippets work where they are put', { path: EXPERIMENT }, async (page) => {
  await open(page);
  await reduce(page);
  /** @type {Record<string, string>} */
  const snippets = {};
  for (const kind of ['iframe', 'Element', 'Markdown', 'Quarto', 'reveal.js', 'mdBook, MkDocs', 'React, MDX', 'Sphinx', 'Notebook']) snippets[kind] = await as(page, kind);
  const address = /^\[Gradient Flow: depth 6, activation tanh, init xavier_uniform\]\((.*)\)$/.exec(snippets.Markdown)?.[1];
  assert.equal(address, await as(page, 'Link'));
  assert.equal(snippets.Quarto, `\`\`\`{=html}\n${snippets.iframe}\n\`\`\``);
  assert.equal(snippets['mdBook, MkDocs'], snippets.iframe);
  assert.equal(snippets.Sphinx, `.. raw:: html\n\n   ${snippets.iframe}`);
  // Inline style stops compilers for React, where it must be an object.
  assert.doesNotMatch(snippets.iframe, /style=|<!--/);
  assert.equal(snippets['React, MDX'], snippets.iframe.replace('frameborder="0"', 'style={{ border: 0 }}').replace('></iframe>', ' />'));
  assert.match(snippets['reveal.js'], /^<section>\n {2}<iframe data-src="[^"]+"/);
  const [install, ...cell] = snippets.Notebook.split('\n');
  assert.deepEqual(cell, ['from gradient_flow import Lab', '', 'lab = Lab(depth=6, width=16, activation="tanh", data="iris", charts="signals", controls="depth", autoplay=True)', 'lab']);
  assert.match(install, new RegExp(`^%pip install ${SITE}python/gradient_flow-.*\\.whl$`));

  for (const kind of ['iframe', 'Element']) {
    await page.route(`${SITE}lesson.html`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><link rel="icon" href="icon.svg"><title>${kind}</title>${snippets[kind]}` }));
    await page.goto(`${SITE}lesson.html?${kind}`.replace('?', '#'));
    await page.reload();
    const frame = kind === 'iframe' ? await (await page.waitForSelector('iframe')).contentFrame() : page.mainFrame();
    await frame.waitForFunction(() => document.querySelector('gradient-flow')?.snapshot?.step > 2);
    const seen = await frame.evaluate(() => {
      const lab = document.querySelector('gradient-flow');
      return [lab.config.depth, lab.config.data, lab.charts, lab.controls, lab.shadowRoot.querySelectorAll('[data-field]').length];
    });
    assert.deepEqual(seen, [6, 'iris', 'signals', 'depth', 1], kind);
    await page.unroute(`${SITE}lesson.html`);
  }
});

pageTest('a frame has the chosen theme, a height for its charts, and a script that adjusts it', { path: EXPERIMENT }, async (page) => {
  await open(page);
  const frame = () => as(page, 'iframe');
  const height = async () => Number(/ height="(\d+)"/.exec(await frame())[1]);
  const usual = await height();
  await reduce(page);
  const small = await height();
  assert.ok(small >= 400 && small <= 640 && usual > small + 500, `${small} ${usual}`);
  assert.doesNotMatch(await frame(), /theme/);
  await pill(page, 'Theme', 'dark').click();
  assert.match(await frame(), /&amp;theme=dark[&"]/);
  await pill(page, 'Frame', 'Add a script that adjusts the frame').click();
  await picture(page, 'share-frame');
  const snippet = await frame();
  assert.ok(snippet.endsWith(`</iframe>\n<script src="${SITE}frames.js" async></script>`), snippet);
  // Where scripts have no place, none is offered.
  for (const [kind, offered] of [['Link', false], ['React, MDX', false], ['Sphinx', true], ['Notebook', false]]) {
    await as(page, kind);
    assert.equal(await page.getByRole('group', { name: 'Frame' }).isVisible(), offered, kind);
    assert.equal((await text(page)).includes('frames.js'), offered, kind);
  }
  await page.route(`${SITE}lesson.html`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><link rel="icon" href="icon.svg"><title>A lesson</title><body style="background: #fff; width: 700px">${snippet.replaceAll('depth=6', 'depth=7')}` }));
  await page.goto(`${SITE}lesson.html`);
  const inner = await (await page.waitForSelector('iframe')).contentFrame();
  await inner.waitForFunction(() => document.querySelector('gradient-flow')?.snapshot);
  await page.waitForFunction(() => document.querySelector('iframe').style.height !== '');
  // It may ask for several heights before it has the one that it needs.
  const heights = () => page.evaluate(() => [Number(document.querySelector('iframe').getAttribute('height')), document.querySelector('iframe').clientHeight]);
  await eventually(heights, ([asked, shown]) => assert.ok(asked - shown >= 0 && asked - shown < 160, `${asked} for ${shown}`));
});

pageTest('the experiment is downloaded as one file, which can share itself', { path: EXPERIMENT }, async (page) => {
  await open(page);
  await reduce(page);
  const download = async () => {
    await as(page, 'One file');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    assert.equal(file.suggestedFilename(), 'gradient-flow.html');
    const path = `${await file.path()}.html`;
    await file.saveAs(path);
    return path;
  };
  const first = await download();
  const settings = await config(page);
  await page.keyboard.press('Escape');
  const { layers } = await step(page, 7);
  await page.context().setOffline(true);
  await page.goto(pathToFileURL(first).href);
  await ready(page);
  assert.deepEqual(await config(page), settings);
  assert.deepEqual(Object.keys(await pictures(page)), ['signals']);
  await page.evaluate(async () => {
    const lab = document.querySelector('gradient-flow');
    lab.pause();
    lab.reset();
  });
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 0);
  assert.deepEqual((await step(page, 7)).layers, layers);
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 9 }));
  await page.getByRole('button', { name: 'Share this experiment' }).click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await page.getByRole('group', { name: 'Share as' }).getByRole('button').allTextContents(), ['Link', 'iframe', 'One file']);
  const second = await download();
  assert.ok(Math.abs((await readFile(second)).length / (await readFile(first)).length - 1) < 0.01);
  await page.goto(pathToFileURL(second).href);
  await ready(page);
  assert.equal((await config(page)).depth, 9);
});

pageTest('it says that nothing carries data of one\'s own', { path: EXPERIMENT }, async (page) => {
  await open(page);
  assert.equal(await page.getByRole('note').count(), 0);
  await page.keyboard.press('Escape');
  await page.evaluate(async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 5},${i % 2 ? 'odd' : 'even'}`);
    await document.querySelector('gradient-flow').useTable(`x,y,kind\n${rows.join('\n')}`);
  });
  await open(page);
  await page.getByRole('note').filter({ hasText: /Your own data stay in this browser\. Neither the link/ }).waitFor();
});

pageTest('on a phone one shares from the sheet', { path: EXPERIMENT, viewport: { width: 390, height: 844 }, scheme: 'dark' }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Share …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  await picture(page, 'share-phone');
  // A tap beside it.
  await page.mouse.click(2, 2);
  await dialog.waitFor({ state: 'detached' });
});
