// @ts-check
/** The docs page: tables made from the schema, and examples that run as they are shown. */
import '../gradient-flow.js';
import { WHEEL } from '../hosts/wheel.js';
import { siteAddress } from '../shared/assets.js';
import { el } from '../shared/dom.js';
import { load, wasm } from '../shared/wasm.js';
import { ENGLISH } from '../shared/words.js';
import { namedNumbers, startChecker } from './lessons.js';

/** @typedef {import('../types.js').Schema} Schema */

/** The attributes of the view. */
const VIEW = [
  ['charts', 'signals history histograms loss', 'ids of charts, in order', 'Which charts are shown.'],
  ['controls', 'all', '`all`, `none`, or names of settings', 'Which settings can be changed on the screen. Anything but `all` hides the chart picker; `none` hides Share as well.'],
  ['autoplay', '', 'present or absent', 'Starts when visible.'],
  ['speed', '20', 'above 0 up to 1000, or `max`', 'Steps per second.'],
  ['theme', 'auto', '`auto`, `light`, `dark`', '`auto` follows the page around the element.'],
  ['table', '', 'set by the element', 'Which table of your own is used and how it is read: a link cannot contain a table, but recognises it when it is given again.'],
  ['keys', 'on', '`on`, `off`', '`off` leaves the letters S, R and P alone. Space, Escape and the arrow keys stay.'],
  ['map', 'init-gain:0.1..10,depth:1..50', 'two settings with their ranges; `cells:33x25`, `steps:100`, `color:verdict`', 'What the view `map` varies, from left to right and from bottom to top. A range is two numbers, or names such as `activation:tanh,relu`.'],
  ['trials', 'on', '`on`, `off`', 'Fixes are tried in the background before they are offered; `off` spares a battery, and offers them untried.'],
  ['fixes', 'on', '`on`, `off`', '`off` shows neither the verdict nor its fixes.'],
  ['lesson', '', 'an id such as `vanishing`, `vanishing/2` for its second part, or the address of a lesson file', 'The lesson that is on. Leaving it brings back what was there before. The built-in ones: `gradients`, `vanishing`, `start`, `hidden`, `saturation`, `relu`, `learning-rate`, `clipping`, `weight-decay`, `normalization`, `residual`, `edge-of-chaos`.'],
  ['predict', 'on', '`on`, `off`', 'Lessons ask before they show anything; `off` shows all at once.'],
  ['at', '', 'a step, up to 10000000', 'The run is taken there at full speed; the attribute goes away when the run leaves that step.'],
  ['then', '', '`STEP:SETTING=VALUE`, several with `;`', 'Live changes on the way of the run, each exactly after that many steps: `200:learning-rate=0.01;300:clip=norm`. A restart makes them again.'],
  ['moment', '', 'made by `toLink`', 'What else a moment brings back: the kept run, the selected layer, answers to a lesson, and the digest with which the replay is compared.'],
  ['lang', '', 'a language tag such as `de` (BCP 47)', 'The language of the laboratory: `en` or `de`. Without it, the language of the page around the element; any other language falls back to English.'],
];

/** Every public member of the element's class. */
const MEMBERS = [
  ['ready', 'Resolves to the element once its first snapshot exists. Also starts an element that is off screen.'],
  ['config', 'All settings. Assigning an object changes the settings in it.'],
  ['startConfig', 'The settings with which a restart begins: `config` without the changes that `then` has made.'],
  ['snapshot', 'The latest step: `step`, `train_loss`, `test_accuracy`, …; `layers.dw_rms[0]` is the size of layer 1’s gradient.'],
  ['schema', 'The declaration of every setting and chart. This page is made from it.'],
  ['running', 'Whether it is running.'],
  ['charts', 'Like the attribute; `null` removes it.'],
  ['controls', 'Like the attribute.'],
  ['speed', 'Like the attribute.'],
  ['theme', 'Like the attribute.'],
  ['lang', 'Like the attribute.'],
  ['keys', 'Like the attribute.'],
  ['trials', 'Like the attribute.'],
  ['fixes', 'Like the attribute.'],
  ['lesson', 'Like the attribute; `null` leaves the lesson.'],
  ['predict', 'Like the attribute.'],
  ['lessons', 'A promise of the built-in lessons: a list of `id`, `title`, `minutes`.'],
  ['at', 'Like the attribute.'],
  ['then', 'Like the attribute.'],
  ['autoplay', 'Like the attribute: true or false.'],
  ['step(n)', 'Makes n steps (default 1). Resolves to the snapshot after them. The page stays responsive; `pause()`, `reset()` or a change of the network ends it.'],
  ['goTo(step)', 'Takes the run to a step: forward by training at full speed, backward by starting again with the live changes made on the way. Resolves to the snapshot there.'],
  ['run(limit)', 'Runs, for at most `limit` steps.'],
  ['pause()', 'Pauses the run.'],
  ['reset()', 'Restarts the same run from step 0.'],
  ['pin()', 'Keeps the run for comparison: it stays, dotted, in the charts of later runs.'],
  ['unpin()', 'Removes the kept run.'],
  ['useTable(csv, options)', 'Trains on your data, which stay in the browser. Options: `target`, `task` (`classes` or `regression`), `header`, `separator`, `decimal`, `dates`, `kinds`, `with`, `without`, `missing` (`fill` or `skip`), `seed`, `name`; whatever is left out is guessed. Resolves to what the table contains; rejects if the table cannot be used.'],
  ['toLink(options)', 'Resolves to a link to the settings. With `{ moment: true }` to what is on the screen: the step, the live changes on the way, the kept run, the selected layer, the answers to a lesson. Opening it replays the run and compares a digest of its state.'],
  ['toReport()', 'Resolves to one page to print or hand in, as HTML without scripts: verdict, charts, live changes, settings, answers to a lesson, the link to the moment and its digest.'],
  ['toCSV(onprogress)', 'Resolves to the history as CSV: one line per step with loss, gradient norm and the size of every layer’s gradient.'],
  ['toJSON()', 'The history with the config and the latest statistics, as an object. `JSON.stringify(lab)` works too.'],
  ['toSVG(chart, width, height)', 'A chart as an SVG document.'],
  ['toPNG(chart, width, height, scale)', 'Resolves to a chart as a PNG image (a Blob).'],
  ['toPyTorch()', 'Resolves to the run as a PyTorch script that prints the same numbers.'],
];

const EVENTS = [
  ['gradient-flow-snapshot', 'A new snapshot is shown.'],
  ['gradient-flow-config', 'A setting changed; `detail` is the whole config.'],
  ['gradient-flow-diagnosis', 'The verdict changed, or all its fixes have been tried: `kind`, `text`, `evidence`, `fixes` (each with `label`, `patch`, and what it reached: `accuracy`, `loss`, `steps`).'],
  ['gradient-flow-lesson', 'A reader of a lesson goes on: `id`, `part` (from 1), `stage` (`asked`, `predicted`, `revealed`, `solved`), `guess` (null: skipped), `result` (`right`, `text`).'],
  ['gradient-flow-error', 'Something was refused or failed: `message`, `field`, `value`, `allowed`; of a lesson file `problems`, each `line` and `message`.'],
];

const PROPERTIES = [
  ['ground', 'background'],
  ['panel', 'background of the settings'],
  ['ink', 'text'],
  ['muted', 'secondary text'],
  ['line', 'grid lines and light borders'],
  ['field', 'background of inputs and buttons'],
  ['border', 'borders of inputs and buttons'],
  ['accent', 'the weight gradient dW, in every chart'],
  ['delta', 'the backward signal δ, in every chart'],
  ['a', 'the activations a, in every chart'],
  ['good', 'health: what learns'],
  ['bad', 'harm: what fails, and errors'],
  ['font', 'the font of all text outside the charts'],
];

/** Scripts that are shown and run. @type {Record<string, (lab: import('../gradient-flow.js').GradientFlow) => Promise<string>>} */
const SCRIPTS = {
  async compare(lab) {
    const ratios = [];
    for (const activation of /** @type {const} */ (['sigmoid', 'tanh'])) {
      lab.config = { activation };
      const { layers } = await lab.step(20);
      ratios.push(`${activation}: ${(layers.dw_rms[0] / layers.dw_rms[15]).toExponential(1)}`);
    }
    return ratios.join(', ');
  },
};

/** A text with `code`. @param {string} text */
const withCode = (text) => text.split('`').map((part, index) => (index % 2 ? el('code', {}, [part]) : part));

/**
 * Fills one of the page's tables.
 * @param {string} name @param {string[]} head
 * @param {(string | Node)[][]} rows A row of one cell spans the table.
 */
function fillTable(name, head, rows) {
  const cells = (/** @type {(string | Node)[]} */ row) => {
    if (row.length === 1) return [el('td', { class: 'group', colspan: String(head.length) }, row)];
    return row.map((cell) => el('td', {}, typeof cell === 'string' ? withCode(cell) : [cell]));
  };
  const body = rows.map((row) => el('tr', {}, cells(row)));
  const header = el('thead', {}, [el('tr', {}, head.map((text) => el('th', { scope: 'col' }, [text])))]);
  document.querySelector(`[data-table="${name}"]`)?.replaceChildren(header, el('tbody', {}, body));
}

/** @param {Schema} schema */
function fillTablesOfSchema(schema) {
  const rows = schema.groups.flatMap((group) => [
    [`${group.label}: ${group.help}`],
    ...schema.fields
      .filter((field) => field.group === group.name)
      .map((field) => {
        const allowed = field.type === 'choice' ? field.choices.map(({ name }) => `\`${name}\``).join(' ') : field.allowed;
        return [`\`${field.attribute}\``, `\`${field.default}\``, allowed, field.help];
      }),
  ]);
  fillTable('settings', ['attribute', 'default', 'allowed', 'what it does'], rows);
  fillTable('charts', ['id', 'what is seen'], schema.charts.map(({ id, title, help }) => [`\`${id}\``, el('span', {}, [el('b', {}, [`${title}. `]), help])]));
}

/** Removes the indentation that all lines have in common. @param {string} text */
function dedent(text) {
  const lines = text.split('\n').filter((line, index, all) => line.trim() !== '' || (index > 0 && index < all.length - 1));
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join('\n').trim();
}

/** Markup that is shown as code, and then lives on the page. */
function showMarkup() {
  for (const template of /** @type {NodeListOf<HTMLTemplateElement>} */ (document.querySelectorAll('template.example'))) {
    template.after(el('pre', {}, [dedent(template.innerHTML).replaceAll('=""', '')]), template.content.cloneNode(true));
  }
}

/** Scripts that are shown, with a button that runs them. */
function showScripts() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-script]'))) {
    const script = SCRIPTS[place.dataset.script ?? ''];
    const run = el('button', { type: 'button' }, ['Run this script']);
    const output = el('output');
    const lab = document.createElement('gradient-flow');
    lab.config = { depth: 15, width: 32 };
    lab.charts = 'signals';
    lab.controls = 'none';
    run.addEventListener('click', async () => {
      run.disabled = true;
      output.textContent = '…';
      output.textContent = await script(lab).catch((error) => error.message);
      run.disabled = false;
    });
    // Type annotations are for the compiler.
    const code = dedent(`    ${String(script).replace(/\/\*\* @type \{const\} \*\/ \((\[.*?\])\)/, '$1')}`);
    place.append(el('pre', {}, [code]), run, output, lab);
  }
}

/** Snippets that name this site, and a style rule that is applied on this page. */
function fillSnippets() {
  for (const pre of document.querySelectorAll('pre[data-site]')) {
    const site = (siteAddress() ?? '').replace(/\/$/, '');
    pre.textContent = (pre.textContent ?? '').replaceAll('SITE', site).replaceAll('WHEEL', WHEEL);
  }
  for (const pre of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('pre[data-style]'))) {
    const selector = `.${pre.dataset.style}`;
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const rule = rules.find((rule) => rule instanceof CSSStyleRule && rule.selectorText === selector);
    pre.textContent = rule?.cssText.replace(/([{;]) (?!\})/g, '$1\n  ').replace(/; \}$/, ';\n}') ?? '';
  }
}

function fillContents() {
  const contents = document.querySelector('nav ol');
  for (const section of document.querySelectorAll('section')) {
    contents?.append(el('li', {}, [el('a', { href: `#${section.id}` }, [section.querySelector('h2')?.textContent ?? ''])]));
  }
}

fillContents();
fillTable('view', ['attribute', 'default', 'allowed', 'what it does'], VIEW.map(([name, value, ...rest]) => [`\`${name}\``, value ? `\`${value}\`` : '', ...rest]));
fillTable('members', ['member', 'what it is'], MEMBERS.map(([name, text]) => [`\`${name}\``, text]));
fillTable('events', ['event', 'when'], EVENTS.map(([name, text]) => [`\`${name}\``, text]));
fillTable('properties', ['property', 'what it paints'], PROPERTIES.map(([name, text]) => [`\`--gradient-flow-${name}\``, text]));
showMarkup();
showScripts();
fillSnippets();
const checker = /** @type {HTMLElement} */ (document.querySelector('.lesson-checker'));
Promise.all([namedNumbers(), startChecker(checker)]).then(
  ([rows]) => fillTable('numbers', ['name', 'what it is'], rows),
  (error) => fillTable('numbers', [''], [[`Lessons cannot be checked here: ${error.message}`]]),
);
load().then(
  () => fillTablesOfSchema(JSON.parse(wasm.schema(ENGLISH.table))),
  (error) => fillTable('settings', [''], [[`The laboratory could not start: ${error.message}`]]),
);
