/** The docs page tells everything that there is, and its examples run. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const firsts = (page, table) => page.locator(`[data-table="${table}"] tbody tr td:first-child code`).allTextContents();

pageTest('it lists every setting, chart, member, event and custom property', { path: 'docs.html' }, async (page) => {
  await page.locator('[data-table="settings"] tr').nth(5).waitFor();
  const truth = await page.evaluate(async () => {
    const { GradientFlow } = await import('./gradient-flow.js');
    const { load, wasm } = await import(`${window.ASSETS}shared/wasm.js`);
    const { ENGLISH } = await import(`${window.ASSETS}shared/words.js`);
    await load();
    const { fields, charts } = JSON.parse(wasm.schema(ENGLISH.table));
    const hidden = ['constructor', 'connectedCallback', 'disconnectedCallback'];
    const members = Object.getOwnPropertyNames(GradientFlow.prototype).filter((name) => !hidden.includes(name));
    return { fields: fields.map(({ attribute }) => attribute), charts: charts.map(({ id }) => id), members };
  });
  assert.deepEqual((await firsts(page, 'settings')).sort(), truth.fields.sort());
  assert.deepEqual(await firsts(page, 'charts'), truth.charts);
  assert.deepEqual((await firsts(page, 'members')).map((name) => name.split('(')[0]).sort(), truth.members.sort());
  const css = (await Promise.all(['shared/colours.css', 'gradient-flow.css'].map((name) => readFile(join(process.env.SITE_FOLDER, process.env.ASSETS, name), 'utf8')))).join('');
  const painted = new Set(Array.from(css.matchAll(/--gradient-flow-[a-z-]+/g), ([name]) => name).filter((name) => !name.endsWith('-')));
  assert.deepEqual((await firsts(page, 'properties')).sort(), [...painted].sort());
  const declared = await readFile(join(process.env.SITE_FOLDER, 'elements.d.ts'), 'utf8');
  assert.deepEqual(await firsts(page, 'events'), Array.from(declared.matchAll(/'(gradient-flow-\w+)':/g), ([, name]) => name));
  const keys = await page.evaluate(async () => (await import(`${window.ASSETS}shared/view-attributes.js`)).VIEW_ATTRIBUTES);
  assert.deepEqual((await firsts(page, 'view')).sort(), keys.sort());
});

for (const [width, height, scheme] of [[1280, 800, 'light'], [390, 844, 'dark']]) {
  pageTest(`its examples run and its snippets name this site, at ${width} px, ${scheme}`, { path: 'docs.html', viewport: { width, height }, scheme }, async (page) => {
    await page.locator('[data-table="settings"] tr').nth(5).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    await picture(page, `docs-${width}`);
    const labs = page.locator('gradient-flow');
    for (let i = 0; i < (await labs.count()); i += 1) {
      await labs.nth(i).scrollIntoViewIfNeeded();
      await page.waitForFunction((i) => document.querySelectorAll('gradient-flow')[i].snapshot?.step === 0, i);
    }
    await page.getByRole('button', { name: 'Run this script' }).click();
    await page.locator('output').filter({ hasText: /sigmoid: \d\.\de-\d+, tanh: \d/ }).first().waitFor();
    await picture(page, `docs-script-${width}`);
    assert.match(await page.locator('pre[data-style]').textContent(), /^\.paper \{\n {2}--gradient-flow-ground: #fff8e7;\n/);
    const [tag] = await page.locator('#element pre').allTextContents();
    assert.equal(tag, '<gradient-flow depth="16" width="32" charts="signals" controls="depth activation"></gradient-flow>');
    // Whatever address of this site a snippet names is there.
    const named = (await page.locator('pre[data-site]').allTextContents()).flatMap((text) => [...text.matchAll(/https?:[^"#)\s]+/g)].map(([address]) => address));
    assert.ok(named.length >= 4);
    for (const address of new Set(named)) assert.equal((await page.request.get(address)).status(), 200, address);
    await page.locator('#looks gradient-flow').scrollIntoViewIfNeeded();
    await picture(page, `docs-looks-${width}`);
    await page.evaluate(() => scrollTo(0, document.querySelector('#settings').offsetTop));
    await picture(page, `docs-settings-${width}`);
  });
}

pageTest('a lesson is checked while it is written, in the template and in a built-in one', { path: 'docs.html' }, async (page) => {
  const file = page.getByLabel('Your lesson, checked while you write');
  const output = page.locator('.lesson-checker output');
  await output.getByText('No mistakes').waitFor();
  assert.deepEqual(await output.locator('li b').allTextContents(), ['Ten layers of sigmoid', 'Does it learn?']);
  assert.match(await output.textContent(), /draw dW\..*choose among 2 answers, run to step 300, puzzle: test_accuracy >= 90 % within 600 steps/);
  assert.equal(await output.getByRole('link').first().getAttribute('href'), './#width=32');
  const show = (selector) => page.evaluate((selector) => scrollTo(0, document.querySelector(selector).getBoundingClientRect().top + scrollY - 20), selector);
  await show('#lessons');
  await picture(page, 'docs-lesson');
  await show('.lesson-checker output');
  await picture(page, 'docs-lesson-result');
  await page.setViewportSize({ width: 390, height: 844 });
  const size = () => page.evaluate(() => [innerWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]);
  await eventually(size, (found) => assert.deepEqual(found, [390, 0]));
  await show('.lesson-checker');
  await picture(page, 'docs-lesson-390');
  await page.setViewportSize({ width: 1280, height: 800 });

  // A mistake is told with its line, and goes away when it is mended.
  const template = await file.inputValue();
  await file.fill(template.replace('charts = signals', 'charts = signal').replace('{step}', '{stap}'));
  const line = (text) => template.slice(0, template.indexOf(text)).split('\n').length;
  await output.getByText(`Line ${line('charts = signals')}. There is no chart “signal”.`).waitFor();
  await output.getByText(`Line ${line('{step}')}. There is no number “stap”.`).waitFor();
  await output.scrollIntoViewIfNeeded();
  await picture(page, 'docs-lesson-wrong');
  await file.fill(template);
  await output.getByText('No mistakes').waitFor();

  const choice = page.getByLabel('Start from');
  const lessons = (await choice.locator('option').allTextContents()).slice(1);
  assert.equal(lessons.length, 12);
  for (const title of lessons) {
    await choice.selectOption({ label: title });
    await output.locator('p b').getByText(title, { exact: true }).waitFor();
  }
  await choice.selectOption('');
  assert.equal(await file.inputValue(), template);
  assert.ok((await firsts(page, 'numbers')).includes('dw_first_over_last'));
});

pageTest('the second module grades drawings, answers and puzzles on snapshots of the page', { path: 'docs.html' }, async (page) => {
  await page.locator('.lesson-checker output').getByText('No mistakes').waitFor();
  const results = await page.evaluate(async () => {
    const { tools } = await import(`${window.ASSETS}shared/tools.js`);
    const { ENGLISH } = await import(`${window.ASSETS}shared/words.js`);
    const { GradientFlow } = await import('./gradient-flow.js');
    const lab = new GradientFlow();
    document.body.append(lab);
    lab.config = { depth: 2, width: 8, data: 'gauss', activation: 'tanh', learning_rate: 0.3 };
    lab.scrollIntoView();
    await lab.ready;
    const snapshot = await lab.step(60);
    const config = JSON.stringify(lab.config);
    const text = (config) => `title = a\nminutes = 1\n# P\nconfig = ${config}\n## Ask: number\nanswer = test_accuracy\ntolerance = 0.2\n\nx\n## Goal: test_accuracy >= 90 % within 60 steps\nfixed = depth\n\ny`;
    const lesson = new tools.Lesson(text('data=gauss&depth=2&width=8&activation=tanh'));
    const other = new tools.Lesson(text('data=gauss&depth=3'));
    const numbers = JSON.parse(tools.lessonNumbers(config, snapshot));
    const drawn = JSON.parse(tools.gradeDrawing(new Float64Array([3, 3]), snapshot.layers.dw_rms));
    const refused = (() => {
      try {
        return tools.lessonNumbers(config, {});
      } catch (error) {
        return error.name;
      }
    })();
    return {
      step: numbers.step.number,
      accuracy: numbers.test_accuracy.number,
      truth: snapshot.test_accuracy,
      progress: JSON.parse(lesson.progress(0, config, snapshot)),
      against: JSON.parse(other.progress(0, config, snapshot)),
      answer: JSON.parse(lesson.answer(0, 0.95, config, snapshot)),
      drawn: [drawn.close, ENGLISH.retell(drawn.said)],
      refused,
    };
  });
  assert.equal(results.step, '60');
  assert.equal(results.accuracy, `${Math.round(results.truth * 100)} %`);
  assert.deepEqual([results.progress.reached, results.progress.left, results.progress.violations], [true, 0, []]);
  assert.equal(results.progress.conditions[0].value.number, results.accuracy);
  assert.deepEqual([results.against.reached, results.against.violations], [false, ['depth']]);
  assert.deepEqual(results.answer, { right: true, truth: { number: results.accuracy } });
  assert.match(results.drawn.join(': '), /^false: The shape is right, but all of it lies 10.* times too high\.$/);
  assert.equal(results.refused, 'TypeError');
});
