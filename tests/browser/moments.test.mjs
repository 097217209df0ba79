/** Going to a step, links to a moment, and reports: the same bits wherever a run is replayed. */
import assert from 'node:assert/strict';
import { eventually, ready, rebuild, settled, snapshot, step } from './lab.mjs';
import { pageTest, picture } from './site.mjs';

const { SITE } = process.env;
const SMALL = '#depth=4&width=16&activation=tanh&data=iris&optimizer=momentum';
/** Minutes long: it is to be cancelled. */
const LONG = '#depth=20&width=64&at=200000';

/** @param {import('playwright-core').Page | import('playwright-core').Frame} page @param {string} script */
const inLab = (page, script) => page.evaluate(`(async () => { const lab = document.querySelector('gradient-flow'); ${script} })()`);
/** What tells one state from another, bit by bit: all but the log, which is of the steps since the last snapshot. */
const state = async (page) => {
  const { log, ...rest } = await snapshot(page);
  return rest;
};
const line = (page) => page.getByRole('group', { name: 'Replay' });
/** Waits until the charts have their sizes: what they then ask for is in all snapshots to come. */
const begin = async (page) => {
  await ready(page);
  await settled(page);
};
/** The name of the error with which a call rejects. */
const refusal = (page, call) => inLab(page, `return ${call}.then(() => 'none', ({ name, message }) => name + ': ' + message);`);
/** Runs a person's changes: makes steps, and moves a slider between them. */
async function live(page) {
  await step(page, 7);
  await inLab(page, 'lab.config = { learning_rate: 0.03 };');
  await step(page, 5);
  await inLab(page, "lab.config = { clip: 'norm', clip_at: 0.5 };");
  await step(page, 8);
}
const CHANGES = '7:learning-rate=0.03;12:clip=norm;12:clip-at=0.5';

pageTest('goTo takes a run forward and back, with the changes that were made on the way', { path: SMALL }, async (page) => {
  await begin(page);
  await live(page);
  const there = await state(page);
  const settings = await inLab(page, 'return lab.config;');
  assert.equal((await inLab(page, 'return lab.goTo(25);')).step, 25);
  const later = await state(page);
  // Back to before the second change: its fields are as they were.
  await inLab(page, 'await lab.goTo(10);');
  assert.deepEqual(await inLab(page, 'return [lab.config.learning_rate, lab.config.clip, lab.snapshot.step];'), [0.03, 'none', 10]);
  await inLab(page, 'await lab.goTo(0);');
  assert.deepEqual(await inLab(page, 'return [lab.config.learning_rate, lab.snapshot.step];'), [0.1, 0]);
  await live(page);
  assert.deepEqual(await state(page), there);
  await inLab(page, 'await lab.goTo(25);');
  assert.deepEqual(await state(page), later);
  await inLab(page, 'await lab.goTo(20);');
  assert.deepEqual(await state(page), there);
  assert.deepEqual(await inLab(page, 'return lab.config;'), settings);
});

pageTest('goTo ends at its step, whatever runs or steps meanwhile', { path: '#depth=3&width=8&activation=tanh' }, async (page) => {
  await ready(page);
  const ends = await inLab(page, `
    const ends = [];
    for (const act of [() => lab.run(5), () => lab.step(3).catch(() => {}), () => lab.run()]) {
      lab.reset();
      await lab.step(0);
      const there = lab.goTo(40);
      // The way is planned in a few turns: in each, something comes between.
      for (let turn = 0; turn < 4; turn += 1) {
        await null;
        act();
      }
      ends.push(await there.then(({ step }) => step));
      lab.pause();
    }
    return ends;`);
  assert.deepEqual(ends, [40, 40, 40]);
});

pageTest('a link whose kept run is none is told', { path: '#depth=3&width=8&at=3&moment=kept=depth%3D999' }, async (page) => {
  await ready(page);
  await page.getByRole('alert').filter({ hasText: 'depth cannot be 999. Allowed: ' }).waitFor();
  assert.equal((await step(page, 1)).step, 1);
});

pageTest('goTo is refused, superseded, and ended by a pause, each with a named error', { path: '#depth=20&width=64' }, async (page) => {
  await ready(page);
  for (const value of ['-1', '1.5', '1e7 + 1', "'ten'"]) assert.match(await refusal(page, `lab.goTo(${value})`), /^ArgumentError: goTo: step cannot be .*0 to 10000000/);
  const superseded = await inLab(page, "const first = lab.goTo(5000).catch(({ name }) => name); const second = await lab.goTo(3); return [await first, second.step, lab.snapshot.step];");
  assert.deepEqual(superseded, ['AbortError', 3, 3]);
  for (const act of ['lab.pause()', 'lab.reset()', 'lab.config = { depth: 19 }', 'lab.remove()']) {
    assert.match(await refusal(page, `new Promise((resolve, reject) => { lab.goTo(100000).then(resolve, reject); setTimeout(() => { ${act}; }, 300); })`), /^AbortError/, act);
  }
});

pageTest('a run that overflows on the way ends there', { path: '#depth=8&width=16&activation=linear&init=normal&init-gain=100&data=iris&loss=mse&learning-rate=100' }, async (page) => {
  await ready(page);
  const { step: end } = await inLab(page, 'return lab.goTo(50);');
  assert.ok(end < 50);
  assert.ok((await snapshot(page)).first_nonfinite);
});

pageTest('`then` makes live changes exactly after their steps, in a run as in one that is taken there', { path: `${SMALL}&then=${CHANGES}` }, async (page) => {
  await begin(page);
  await inLab(page, 'await lab.goTo(20);');
  const planned = await state(page);
  assert.deepEqual(await inLab(page, 'return [lab.config.learning_rate, lab.config.clip, lab.config.clip_at, lab.startConfig.learning_rate, lab.startConfig.clip];'), [0.03, 'norm', 0.5, 0.1, 'none']);
  assert.equal(await page.getByRole('textbox', { name: 'Learning rate' }).inputValue(), '0.03', 'controls follow');
  // A restart makes them again.
  await inLab(page, 'lab.reset();');
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 0);
  assert.equal(await inLab(page, 'return lab.config.learning_rate;'), 0.1);
  await inLab(page, "lab.speed = 'max'; lab.run(20);");
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot.step === 20 && !document.querySelector('gradient-flow').running);
  assert.deepEqual(await state(page), planned);
  // Another person makes them by hand.
  await page.goto('about:blank');
  await page.goto(`${SITE}${SMALL}`);
  await begin(page);
  await live(page);
  assert.deepEqual(await state(page), planned);
});

pageTest('the address keeps the settings of the start beside `then`', { path: `${SMALL}&then=${CHANGES}` }, async (page) => {
  await ready(page);
  await inLab(page, 'await lab.goTo(20); lab.theme = "dark";');
  await page.waitForFunction(() => new URLSearchParams(location.hash).get('theme') === 'dark');
  const parameters = new URLSearchParams(await page.evaluate(() => location.hash.slice(1)));
  assert.deepEqual([parameters.get('learning-rate'), parameters.get('clip'), parameters.get('then')], [null, null, CHANGES]);
});

for (const [attributes, parts] of [
  ['at=soon', ['at', 'soon', '0 to 10000000']],
  ['at=10000001', ['at', '10000001', '0 to 10000000']],
  ['then=5:depth=3', ['then', '5:depth=3', 'learning-rate, ']],
  ['then=x:learning-rate=1', ['then', 'x:learning-rate=1']],
  ['then=5:learning-rate=1000', ['learning_rate', '1000', '100']],
]) {
  pageTest(`${attributes} is refused by name, and the page works`, { path: `${SMALL}&${attributes}` }, async (page) => {
    await ready(page);
    const alert = page.getByRole('alert').filter({ hasText: 'cannot be' });
    await eventually(() => alert.textContent(), (text) => {
      for (const part of parts) assert.ok(text.includes(part), `"${part}" in "${text}"`);
    });
    assert.equal((await step(page, 2)).step, 2);
  });
}

/** A run with two changes, a kept run and a selected layer; its state, and the link to it. */
async function moment(page) {
  await begin(page);
  await inLab(page, 'await lab.step(6); lab.config = { momentum: 0.5 }; await lab.step(4); lab.pin(); lab.config = { activation: "relu" }; await lab.step(0);');
  await live(page);
  await page.locator('figure[data-chart="signals"] canvas').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  // The worker has heard of the layer.
  await step(page, 0);
  await settled(page);
  return { link: await inLab(page, 'return lab.toLink({ moment: true });'), there: await state(page), differences: await page.locator('.differences').textContent() };
}

pageTest('a link to a moment replays it in another browser: the same bits, kept run, layer, and digest', { path: SMALL }, async (page) => {
  const { link, there, differences } = await moment(page);
  assert.ok(link.startsWith(`${SITE}#`) && link.includes('at=20') && link.includes(`then=${CHANGES}`), link);
  assert.match(differences, /Momentum|Activation/);
  const selected = await page.locator('figure[data-chart="signals"] .note').textContent();
  const other = await (await page.context().browser().newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } })).newPage();
  other.setDefaultTimeout(60_000);
  await other.goto(link);
  await ready(other);
  await line(other).filter({ hasText: /This is the same run: digest \w{10}/ }).waitFor();
  await settled(other);
  // What the charts ask for comes a moment later.
  await eventually(() => state(other), (now) => assert.deepEqual(now, there));
  await eventually(() => other.locator('.differences').textContent(), (text) => assert.equal(text, differences));
  await eventually(() => other.locator('figure[data-chart="signals"] .note').textContent(), (text) => assert.equal(text, selected));
  await picture(other, 'moment-same');
  // The address stays until the moment is left.
  assert.equal(new URL(other.url()).hash.includes('at=20'), true);
  assert.equal(await inLab(other, 'return lab.toLink({ moment: true });'), link, 'the same link again');
  // A step further it is another state: the line goes, the changes stay for a restart.
  await step(other, 1);
  await line(other).waitFor({ state: 'hidden' });
  assert.deepEqual(await inLab(other, 'return [lab.at, lab.getAttribute("moment"), lab.then];'), [null, null, CHANGES]);
  // A setting that is changed by hand ends it all.
  await inLab(other, 'lab.config = { learning_rate: 1 };');
  assert.equal(await inLab(other, 'return lab.then;'), null);
  await other.context().close();
});

pageTest('a digest is the same on every machine', { path: '#depth=4&width=16' }, async (page) => {
  await ready(page);
  await step(page, 20);
  assert.match(await inLab(page, 'return lab.toLink({ moment: true });'), /moment=digest=t7b6ayx1t3$/);
});

pageTest('a link that was changed, or made otherwise, is told', { path: SMALL }, async (page) => {
  const { link } = await moment(page);
  for (const [changed, name] of [[link.replace(/digest=\w{10}/, 'digest=0123456789'), 'digest'], [link.replace('learning-rate=0.03', 'learning-rate=0.031'), 'change']]) {
    await page.goto('about:blank');
    await page.goto(changed);
    await line(page).filter({ hasText: /^This is not the same run\. The link says digest \w{10}, and the replay ends with \w{10}\./ }).waitFor();
    await picture(page, `moment-differs-${name}`);
  }
});

pageTest('a second link in the same tab replays the second one', { path: `${SMALL}&then=3:learning-rate=0.05&at=5` }, async (page) => {
  await page.waitForFunction(() => document.querySelector('gradient-flow').snapshot?.step === 5);
  await settled(page);
  // The run of before is at step 5 as well, until that of the second link begins.
  await rebuild(page, () => page.goto(`${SITE}${SMALL}&learning-rate=0.2&then=3:learning-rate=0.05&at=5`));
  await page.waitForFunction(() => document.querySelector('gradient-flow').startConfig.learning_rate === 0.2 && document.querySelector('gradient-flow').snapshot.step === 5);
  assert.equal(await inLab(page, 'return lab.at;'), '5');
  const taken = await state(page);
  await inLab(page, 'lab.reset();');
  await page.waitForFunction(() => document.querySelector('gradient-flow').at === null);
  await step(page, 5);
  assert.deepEqual(await state(page), taken);
});

for (const [width, height, scheme] of [[1280, 800, 'light'], [390, 844, 'dark']]) {
  pageTest(`a replay shows how far it is and can be cancelled, at ${width} px`, { path: LONG, viewport: { width, height }, scheme }, async (page) => {
    await line(page).filter({ hasText: /^Replaying step [1-9]\d* of 200000/ }).waitFor();
    await picture(page, `moment-replaying-${width}`);
    await line(page).getByRole('button', { name: 'Cancel' }).click();
    await line(page).waitFor({ state: 'hidden' });
    const { step: end } = await snapshot(page);
    assert.ok(end > 0 && end < 200_000, String(end));
    assert.equal(await inLab(page, 'return lab.at;'), null);
    assert.equal((await step(page, 1)).step, (await snapshot(page)).step);
  });
}

const report = (page) => inLab(page, 'return lab.toReport();');

pageTest('a report has all of a moment, no script, and opens in a tab', { path: SMALL }, async (page) => {
  const { link } = await moment(page);
  const html = await report(page);
  assert.doesNotMatch(html, /<script|javascript:|\son\w+=/i);
  assert.equal(await report(page), html, 'nothing in it is of the time');
  const view = await (await page.context().newPage());
  await view.setContent(html);
  const text = await view.locator('body').innerText();
  const digest = /digest=(\w{10})/.exec(link)[1];
  for (const part of [await page.locator('.headline').textContent(), await page.locator('.text').textContent(), digest, link, '4 ReLU layers at step 20', 'Step 7: Learning rate 0.1 → 0.03', 'Step 12: Gradient clipping', 'Compared with the kept run', 'Depth', 'iris']) {
    assert.ok(text.toLowerCase().includes(part.toLowerCase()), `"${part}" in ${text}`);
  }
  assert.equal(await view.locator('svg').count(), 4);
  const pdf = (await view.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1, 'one page of paper');
  await picture(view, 'report');
  await view.close();
  await page.getByRole('button', { name: 'Export' }).click();
  const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Open the report in a new tab' }).click()]);
  await tab.locator('.digest').filter({ hasText: digest }).waitFor();
  assert.equal(await tab.evaluate(() => getComputedStyle(document.querySelector('.charts')).display), 'grid');
  await picture(tab, 'report-tab');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the report as an HTML file' }).click()]);
  assert.equal(download.suggestedFilename(), 'gradient-flow-report.html');
});

pageTest('names from a table are text in a report, which speaks German too', { path: '#lang=de&charts=boundary' }, async (page) => {
  await ready(page);
  await page.locator('.lab[lang="de"]').waitFor();
  await inLab(page, "await lab.useTable(Array.from({ length: 40 }, (_, i) => [i, i % 7, i % 2 ? '<script>alert(1)</script>' : 'b'].join(',')).join('\\n'), { name: '<img src=x onerror=alert(1)>' }); lab.config = { depth: 2, width: 8 }; await lab.step(10);");
  const html = await report(page);
  assert.doesNotMatch(html, /<script|<img/i);
  assert.match(html, /<html lang="de">/);
  for (const part of ['Einstellungen', 'Prüfsumme', 'Schritt 10']) assert.ok(html.includes(part), part);
});

pageTest('Share offers the moment, for links and frames', { path: SMALL }, async (page) => {
  const { link } = await moment(page);
  await page.getByRole('button', { name: 'Share this experiment' }).click();
  const text = () => page.getByRole('textbox', { name: 'The text to copy' }).inputValue();
  const settings = await text();
  assert.ok(settings.startsWith(`${SITE}#`), settings);
  assert.doesNotMatch(settings, /[#&]at=|moment=/);
  await picture(page, 'share-experiment');
  await page.getByRole('button', { name: 'This moment (step 20)' }).click();
  assert.equal(await text(), link);
  await page.getByRole('dialog').filter({ hasText: /checks that it is the same one \(digest \w{10}\)/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Notebook' }).count(), 0);
  await picture(page, 'share-moment');
  await page.getByRole('button', { name: 'Element', exact: true }).click();
  assert.match(await text(), / at="20" then="7:learning-rate=0.03;/);
});

pageTest('before the first step there is no moment to share', { path: SMALL }, async (page) => {
  await ready(page);
  await page.getByRole('button', { name: 'Share this experiment' }).click();
  await page.getByRole('dialog').waitFor();
  assert.equal(await page.getByRole('button', { name: /This moment/ }).count(), 0);
});

const COURSE = 'http://course.test/unit.html';
const frameOf = (fragment) => `<!doctype html><html lang="en"><title>Unit 3</title><link rel="icon" href="${SITE}icon.svg"><iframe src="${SITE}embed.html#${fragment}" title="Experiment" sandbox="allow-scripts" width="1000" height="600"></iframe>`;

pageTest('a moment is replayed, and reported, in an embed in a sandboxed frame', { path: SMALL, expected: /worker|blob:|sandbox|Blocked/i }, async (page) => {
  const { link, there } = await moment(page);
  const digest = /digest=(\w{10})/.exec(link)[1];
  await page.context().route(COURSE, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: frameOf(`${link.split('#')[1]}&charts=signals&controls=all`) }));
  await page.goto(COURSE);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await line(frame).filter({ hasText: `This is the same run: digest ${digest}` }).waitFor();
  const layers = await frame.evaluate(() => Array.from(document.querySelector('gradient-flow').snapshot.layers.dw_rms));
  assert.deepEqual(layers, there.layers.dw_rms);
  await picture(page, 'moment-embed');
  assert.ok((await report(frame)).includes(digest));
  assert.match(await inLab(frame, 'return lab.toLink({ moment: true });'), new RegExp(`digest=${digest}`));
  await frame.getByRole('button', { name: 'Export' }).click();
  await frame.getByRole('button', { name: 'Open the report in a new tab' }).click();
  await frame.getByText('this frame does not allow downloads').waitFor();
});

pageTest('a moment in a lesson brings back its part and the answers, which a report has', { path: '#lesson=vanishing/2' }, async (page) => {
  const card = (place) => place.locator('.lesson-card');
  const title = 'One factor per layer';
  await card(page).getByRole('button', { name: 'Skip and show' }).waitFor();
  assert.doesNotMatch(await report(page), /<svg/, 'nothing is given away before it is answered');
  await card(page).getByLabel('Your number').fill('0.5');
  await page.keyboard.press('Enter');
  await card(page).locator('.lesson-result').waitFor();
  const result = await card(page).locator('.lesson-result').textContent();
  await step(page, 5);
  await inLab(page, 'lab.config = { learning_rate: 0.2 };');
  await step(page, 5);
  const [there, link] = [await state(page), await inLab(page, 'return lab.toLink({ moment: true });')];
  const html = await report(page);
  for (const part of [title, 'Answer: 0.5', 'By what factor does each layer multiply']) assert.ok(html.includes(part), part);
  await page.goto('about:blank');
  await page.goto(link);
  await line(page).filter({ hasText: 'This is the same run' }).waitFor();
  assert.equal(await card(page).locator('.lesson-title').textContent(), title);
  assert.equal(await card(page).locator('.lesson-result').textContent(), result);
  assert.deepEqual((await state(page)).layers, there.layers);
  assert.equal(await inLab(page, 'return lab.config.learning_rate;'), 0.2);
  assert.ok((await report(page)).includes('Answer: 0.5'));
  await picture(page, 'moment-lesson');
});
