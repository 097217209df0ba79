/** A table of one's own: chosen, dropped, pasted or handed over; looked at, changed, trained on, refused. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { config, eventually, pictures, ready, rebuild, settled, snapshot, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const IRIS = await readFile(new URL('../../crate/core/data/iris.csv', import.meta.url), 'utf8');
const SMALL = '#depth=3&width=8&activation=tanh';
const PHONE = { width: 390, height: 844 };

/** A table with one of everything: words, a missing cell, a broken one, a semicolon, decimal commas. */
const RIVERS = ['name;length;width;kind', ...Array.from({ length: 12 }, (_, i) => `R${i};${i * 3},5;${7 - i};${i % 2 ? 'slow' : 'quick'}`), 'Nile;;3;slow', 'Rhine;12,5;wide;slow'].join('\n');

/** @param {import('playwright-core').Page} page @param {string} csv @param {object} [reading] */
const useTable = (page, csv, reading = {}) =>
  page.evaluate(([csv, reading]) => document.querySelector('gradient-flow').useTable(csv, reading), /** @type {const} */ ([csv, reading]));

/** @param {import('playwright-core').Page} page */
async function openDialog(page) {
  await page.locator('details[data-group="data"] summary').press('Enter');
  await page.getByRole('button', { name: 'Use your own data …' }).press('Enter');
  return page.getByRole('dialog', { name: 'Use your own data' });
}

/** @param {import('playwright-core').Locator} dialog @param {string} name @param {string | Buffer} content */
const choose = (dialog, name, content) =>
  dialog.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

/** Drops a file on the laboratory. @param {import('playwright-core').Page} page @param {string} name @param {string} text */
const drop = (page, name, text) =>
  page.evaluate(([name, text]) => {
    const lab = document.querySelector('gradient-flow');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
    const send = (type) => lab.shadowRoot.querySelector('canvas').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
    const refused = send('dragover');
    const marked = lab.shadowRoot.querySelector('.lab').classList.contains('drop');
    send('drop');
    return { taken: !refused, marked };
  }, /** @type {const} */ ([name, text]));

pageTest('the table that was asked for last is taken, whichever comes last', { path: SMALL }, async (page) => {
  await ready(page);
  const dialog = await openDialog(page);
  let release = () => {};
  const released = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route('**/data/wine.csv.deflate', async (route) => {
    await released;
    await route.continue();
  });
  const asked = page.waitForRequest('**/data/wine.csv.deflate');
  await dialog.getByRole('button', { name: 'Wine' }).click();
  await asked;
  await choose(dialog, 'iris.csv', IRIS);
  await dialog.getByText('iris.csv').first().waitFor();
  const came = page.waitForResponse('**/data/wine.csv.deflate');
  release();
  await (await came).finished();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.doesNotMatch(await dialog.textContent(), /wine\.csv/);
  await dialog.getByRole('button', { name: 'Train on it' }).or(dialog.locator('.use-table')).click();
  await eventually(() => snapshot(page), ({ classes }) => assert.deepEqual(classes, ['setosa', 'versicolor', 'virginica']));
});

for (const [viewport, scheme] of /** @type {const} */ ([[undefined, 'light'], [PHONE, 'dark']])) {
  pageTest(`a file is chosen, looked at and trained on by the keyboard alone, ${scheme}`, { path: SMALL, viewport, scheme }, async (page) => {
    await ready(page);
    /** @type {string[]} */
    const sent = [];
    if (viewport) await page.getByRole('button', { name: 'Settings' }).press('Enter');
    const dialog = await openDialog(page);
    await dialog.getByText('Your table never leaves this browser').waitFor();
    await picture(page, `own-data-empty-${scheme}`);
    // Scripts of the site may come late, or for what the table makes of the run.
    const isScript = (/** @type {string} */ url) => url.startsWith(`${process.env.SITE}`) && /^[^?]+\.(js|wasm|css)$/.test(url);
    page.on('request', (request) => request.method() === 'GET' && isScript(request.url()) || sent.push(`${request.method()} ${request.url()}`));
    await choose(dialog, 'rivers.csv', RIVERS);
    const status = (/** @type {RegExp | string} */ text) => dialog.getByRole('status').first().filter({ hasText: text }).waitFor();
    await status('rivers.csv: 14 rows, 4 features, 2 classes');
    await picture(page, `own-data-broken-${scheme}`);

    const notes = await dialog.getByRole('list', { name: 'What to know' }).getByRole('listitem').allTextContents();
    assert.deepEqual(notes, [
      'Row 15, column width: “wide” does not fit the other cells and counts as missing.',
      'Left out because nearly every row has its own word or sentence: name.',
    ]);
    const kind = (/** @type {string} */ name) => dialog.getByRole('combobox', { name, exact: true });
    assert.deepEqual([await kind('name').inputValue(), await kind('width').inputValue(), await kind('kind').inputValue()], ['out', 'number', 'target']);
    await dialog.getByText('Guessed by its name.').waitFor();
    await dialog.getByRole('combobox', { name: /2 missing cells/ }).selectOption('skip');
    await status('rivers.csv: 12 rows, 2 features, 2 classes');
    await kind('width').focus();
    await kind('width').selectOption('out');
    await status('1 feature,');
    assert.ok(await kind('width').evaluate((element) => element.getRootNode().activeElement === element), 'the focus stays');
    await dialog.getByText('You left it out.').waitFor();
    await kind('width').selectOption('number');
    await status('2 features,');
    await picture(page, `own-data-good-${scheme}`);
    const across = await dialog.evaluate((element) => [element.scrollWidth - element.clientWidth, element.getBoundingClientRect().right - innerWidth]);
    assert.ok(across[0] <= 0 && across[1] <= 0, `nothing sticks out: ${across}`);

    await rebuild(page, () => dialog.getByRole('button', { name: 'Use this table' }).press('Enter'));
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await config(page)).data, 'upload');
    assert.deepEqual((await snapshot(page)).classes, ['quick', 'slow']);
    assert.deepEqual(sent, [], 'nothing was fetched or sent');
    await page.getByRole('button', { name: /rivers.csv: 12 rows/ }).waitFor();
    await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'signals boundary'));
    const { train_loss } = await step(page, 50);
    assert.ok(Number.isFinite(train_loss));
    await pictures(page);
    await picture(page, `own-data-trained-${scheme}`);
  });
}

pageTest('the same rows give the same run as the built-in set, in every number', { path: `${SMALL}&data=iris` }, async (page) => {
  await ready(page);
  await page.evaluate(() => document.querySelector('gradient-flow').setAttribute('charts', 'signals boundary'));
  // What charts ask for, once they have their sizes, is in snapshots too.
  await settled(page);
  const built = await step(page, 20);
  await rebuild(page, async () => {
    const { columns, target, task, classes } = await useTable(page, IRIS, { name: 'iris.csv' });
    assert.deepEqual([columns.length, target, task, classes.length], [5, 'species', 'classes', 3]);
  });
  const own = await step(page, 20);
  assert.deepEqual({ ...own, log: null }, { ...built, log: null });
});

pageTest('a number to predict is regression, and what is guessed can be told', { path: SMALL }, async (page) => {
  await ready(page);
  const rows = Array.from({ length: 40 }, (_, i) => `${(i * i) % 37},${(i * 7) % 11},${(i * 0.37).toFixed(2)}`).join('\n');
  await rebuild(page, async () => assert.equal((await useTable(page, rows)).task, 'regression'));
  assert.equal((await snapshot(page)).test_accuracy, null);
  const told = { target: 2, task: 'classes', without: ['column 3'] };
  const info = await useTable(page, rows, told);
  assert.deepEqual([info.task, info.columns.map(({ used }) => used)], ['classes', [true, false, false]]);
  assert.deepEqual([info.target, info.reason, info.columns[2].left_out], ['column 2', 'You chose it.', 'You left it out.']);
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.classes.length === 11);
  // Another depth is built on the same table.
  await rebuild(page, () => page.evaluate(() => (document.querySelector('gradient-flow').config = { depth: 2 })));
  assert.equal((await snapshot(page)).classes.length, 11);
});

pageTest('a dropped file is looked at first', { path: SMALL }, async (page) => {
  await ready(page);
  assert.deepEqual(await drop(page, 'iris.csv', IRIS), { taken: true, marked: true });
  const dialog = page.getByRole('dialog', { name: 'Use your own data' });
  await dialog.getByText('150 rows, 4 features, 3 classes').waitFor();
  assert.equal((await config(page)).data, 'digits', 'nothing is changed before it is wanted');
  await dialog.getByRole('combobox', { name: 'Predict' }).selectOption('petal_width');
  await dialog.getByText('150 rows, 6 features, a number to predict').waitFor();
  await dialog.getByRole('combobox', { name: 'petal_length', exact: true }).selectOption('words');
  await dialog.getByText('20 features').waitFor();
  await dialog.getByRole('combobox', { name: 'as' }).selectOption('classes');
  await dialog.getByText('22 classes').waitFor();
  await dialog.getByRole('checkbox', { name: 'The first row holds names' }).uncheck();
  await dialog.getByText(/^iris.csv: 151 rows/).waitFor();
  await dialog.getByRole('combobox', { name: 'Predict' }).selectOption('1');
  await dialog.getByRole('combobox', { name: 'column 2', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await config(page)).data, 'digits');
});

pageTest('files in other encodings are read', { path: SMALL }, async (page) => {
  await ready(page);
  const dialog = await openDialog(page);
  const text = 'größe;art\n1,5;süß\n2,5;öd\n3,5;süß\n7,5;öd\n';
  await choose(dialog, 'utf16.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  await dialog.getByText('utf16.csv').waitFor();
  await eventually(() => dialog.locator('th.feature').textContent(), (text) => assert.equal(text, 'größe'));
  await choose(dialog, 'windows.csv', Buffer.from(text, 'latin1'));
  await dialog.getByText('windows.csv').waitFor();
  await eventually(() => dialog.locator('th').allTextContents(), (names) => assert.deepEqual(names, ['größe', 'art']));
});

pageTest('cells are pasted from a spreadsheet, and what is doubtful is asked', { path: SMALL }, async (page) => {
  await ready(page);
  const dialog = await openDialog(page);
  const lines = Array.from({ length: 24 }, (_, i) => `0${(i % 9) + 1}/0${(i % 7) + 1}/2020\t${i % 3 ? 'Oslo' : 'Rome'}\t${i < 12 ? 300 + i * 50 : `1.${100 + i}`}`);
  await dialog.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, ['day\tshop\trent', ...lines].join('\n'));
  await dialog.getByText('Pasted table: 24 rows, 2 features, a number to predict').waitFor();
  const rents = () => dialog.locator('td.target').allTextContents();
  await dialog.getByText(/“1\.112” could be read in two ways/).waitFor();
  assert.deepEqual((await rents())[0], '300');
  await dialog.getByRole('combobox', { name: 'Decimal sign' }).selectOption('.');
  await eventually(() => dialog.getByText(/could be read in two ways/).count(), (count) => assert.equal(count, 0));
  // Where decimals have points, nothing tells any more that the day comes first.
  await dialog.getByText(/day and month could be exchanged/).waitFor();
  await dialog.getByRole('combobox', { name: 'In dates, first comes' }).selectOption('day_first');
  await eventually(() => dialog.getByText(/could be exchanged/).count(), (count) => assert.equal(count, 0));
  await picture(page, 'own-data-pasted');
});

pageTest('a ready table is tried with one click', { path: SMALL, viewport: PHONE }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Settings' }).press('Enter');
  const dialog = await openDialog(page);
  for (const [name, summary] of [['Wine', '178 rows, 13 features, 3 classes'], ['Cars', '398 rows, 9 features, a number to predict'], ['Penguins', '344 rows, 11 features, 3 classes']]) {
    await dialog.getByRole('button', { name }).press('Enter');
    await dialog.getByText(summary).waitFor();
  }
  await rebuild(page, () => dialog.getByRole('button', { name: 'Use this table' }).press('Enter'));
  // Missing cells have been filled: nothing is lost on the way, and it learns.
  const { test_accuracy } = await step(page, 200);
  assert.ok(test_accuracy > 0.9, `${test_accuracy}`);
});

pageTest('a table that cannot be learned from is refused, and the last good state stays', { path: SMALL }, async (page) => {
  await ready(page);
  await settled(page);
  const before = await step(page, 3);
  /** @param {string} csv @param {object} [reading] */
  const refusal = (csv, reading) =>
    page.evaluate(
      ([csv, reading]) => document.querySelector('gradient-flow').useTable(csv, reading).then(() => 'taken', (error) => ({ ...error, name: error.name, message: error.message })),
      /** @type {const} */ ([csv, reading ?? {}]),
    );
  const long = await refusal('a,b\n1,x\n2,y\n3,x,4\n');
  assert.deepEqual({ name: long.name, message: long.message }, { name: 'DataError', message: 'Row 4 has 3 cells, but the other rows have 2.' });
  const field = await refusal(IRIS, { target: 'colour' });
  assert.deepEqual([field.name, field.field, field.value], ['ConfigError', 'target', 'colour']);
  assert.match(field.allowed, /1 to 5.*petal_width/);
  assert.match((await refusal('1,2\n'.repeat(200))).message, /features cannot be 0. Allowed: 1 or more columns to learn from/);
  assert.match((await refusal(IRIS, { kinds: { species: 'colour' } })).message, /kinds cannot be .*one of number, words, flag, time/);
  assert.deepEqual({ ...(await snapshot(page)), log: null }, { ...before, log: null });
  assert.equal((await config(page)).data, 'digits');

  // A good table with a loss that does not fit it: the run before comes back, with its own data.
  await rebuild(page, () => useTable(page, IRIS, { name: 'iris.csv' }));
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { loss: 'softmax_ce' }));
  await useTable(page, '1,2.5\n2,3.5\n3,4.5\n4,1.25\n');
  await page.getByRole('alert').filter({ hasText: 'loss cannot be softmax_ce' }).waitFor();
  await rebuild(page, () => page.evaluate(() => document.querySelector('gradient-flow').reset()));
  assert.deepEqual((await snapshot(page)).classes, ['setosa', 'versicolor', 'virginica']);
  // The group of the setting is closed.
  await page.locator('.upload').filter({ hasText: /^iris.csv: 150 rows/ }).waitFor({ state: 'attached' });
});

pageTest('a link without its table says what to do, and works all the same', { path: '#depth=4&data=upload&width=8' }, async (page) => {
  await ready(page);
  const alert = page.getByRole('alert').filter({ hasText: 'which a link cannot contain' });
  await alert.waitFor();
  assert.match(await alert.textContent(), /someone.s own data, which a link cannot contain/);
  const { data, depth, width } = await config(page);
  assert.deepEqual([data, depth, width], ['digits', 4, 8], 'the rest of the link holds');
  assert.equal((await step(page, 2)).step, 2);
  await picture(page, 'own-data-link');
  await page.getByRole('button', { name: 'Choose a table …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Use your own data' });
  await choose(dialog, 'iris.csv', IRIS);
  await rebuild(page, () => dialog.getByRole('button', { name: 'Use this table' }).click());
  await alert.waitFor({ state: 'hidden' });
  assert.equal((await config(page)).data, 'upload');
});

pageTest('a link recognises its table and reads it in the same way', { path: SMALL }, async (page) => {
  await ready(page);
  await rebuild(page, () => useTable(page, IRIS, { target: 'petal_width', without: ['species'], kinds: { sepal_width: 'words' } }));
  await eventually(() => page.evaluate(() => location.hash), (hash) => assert.match(hash, /data=upload.*table=[0-9a-f]{16}/));
  await settled(page);
  const before = await step(page, 5);
  const link = await page.evaluate(() => location.hash);
  await page.reload();
  await ready(page);
  assert.equal(await page.evaluate(() => document.querySelector('gradient-flow').config.data), 'digits', link);
  await page.getByRole('button', { name: 'Choose a table …' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Use your own data' });
  await choose(dialog, 'other.csv', `${IRIS}1,2,3,4,setosa\n`);
  await dialog.getByText('Not the table of the link').waitFor();
  await choose(dialog, 'iris.csv', IRIS);
  await dialog.getByText('The same table as in the link').waitFor();
  assert.equal(await dialog.getByRole('combobox', { name: 'Predict' }).inputValue(), '4');
  // What the link says by names can be changed like everything else.
  const summary = (/** @type {string} */ text) => dialog.getByRole('status').filter({ hasText: text }).waitFor();
  await summary('22 features');
  await dialog.getByRole('combobox', { name: 'species', exact: true }).selectOption('words');
  await summary('25 features');
  await dialog.getByRole('combobox', { name: 'species', exact: true }).selectOption('out');
  await dialog.getByRole('combobox', { name: 'sepal_width', exact: true }).selectOption('number');
  await summary('3 features');
  await dialog.getByRole('combobox', { name: 'sepal_width', exact: true }).selectOption('words');
  await summary('22 features');
  await rebuild(page, () => dialog.getByRole('button', { name: 'Use this table' }).press('Enter'));
  await settled(page);
  const again = await step(page, 5);
  assert.deepEqual({ ...again, log: null }, { ...before, log: null });
  // Other data need no table.
  await page.evaluate(() => (document.querySelector('gradient-flow').config = { data: 'circle' }));
  await eventually(() => page.evaluate(() => location.hash), (hash) => assert.doesNotMatch(hash, /table=/));
});

pageTest('choosing "Your data" without one asks for it', { path: SMALL }, async (page) => {
  await ready(page);
  await page.locator('details[data-group="data"] summary').click();
  const select = page.getByRole('combobox', { name: 'Data' });
  await select.selectOption('upload');
  const dialog = page.getByRole('dialog', { name: 'Use your own data' });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
  await eventually(() => select.inputValue(), (value) => assert.equal(value, 'digits'));
  await rebuild(page, () => useTable(page, IRIS));
  await eventually(() => select.inputValue(), (value) => assert.equal(value, 'upload'));
  await rebuild(page, () => select.selectOption('digits'));
  await rebuild(page, () => select.selectOption('upload'));
  assert.equal((await snapshot(page)).classes.length, 3, 'the table is still here');
});
