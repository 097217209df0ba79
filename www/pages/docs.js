// @ts-check
/** The docs page: tables made from the schema, and examples that run as they are shown. */
import '../gradient-flow.js';
import { WHEEL } from '../hosts/wheel.js';
import { siteAddress } from '../shared/assets.js';
import { el } from '../shared/dom.js';
import { load, wasm } from '../shared/wasm.js';

/** @typedef {import('../types.js').Schema} Schema */

/** The attributes of the view. */
const VIEW = [
  ['charts', 'the usual four', 'ids of charts, in order', 'What is drawn.'],
  ['controls', 'all', '`all`, `none`, or names of settings', 'What can be changed by hand. With some or none there is no Share button and no row of views to distract.'],
  ['autoplay', '', 'there or not', 'Runs when it is first seen.'],
  ['speed', '20', 'steps a second up to 1000, or `max`', 'How fast it runs.'],
  ['theme', 'auto', '`auto`, `light`, `dark`', 'Auto is as the page around it.'],
  ['lang', '', 'a language', 'The words are English for now, and are marked as such.'],
];

/** Every public member of the element's class. */
const MEMBERS = [
  ['ready', 'A promise of the element with its first snapshot. Asking for it wakes one that is out of sight.'],
  ['config', 'Every setting. Setting it changes the part that is given.'],
  ['snapshot', 'What the run shows now: `step`, `train_loss`, `test_accuracy`, …; `layers.dw_rms[0]` is layer 1’s gradient.'],
  ['schema', 'The declaration of every setting and chart, from which this page is made.'],
  ['running', 'Does it run?'],
  ['charts', 'As the attribute; `null` takes it away.'],
  ['controls', 'As the attribute.'],
  ['speed', 'As the attribute.'],
  ['theme', 'As the attribute.'],
  ['autoplay', 'As the attribute; true or false.'],
  ['step(n)', 'Makes n steps (1), many of them in slices; a promise of the snapshot after them. `pause()`, `reset()` and another network end it.'],
  ['run(limit)', 'Runs, for at most `limit` steps.'],
  ['pause()', 'Stands still.'],
  ['reset()', 'Back to the start of the same run.'],
  ['pin()', 'Keeps the run, dotted, beneath the runs to come.'],
  ['unpin()', 'Forgets it.'],
  ['useTable(csv, options)', 'Trains on a table of one’s own, which stays in the browser. Options: `header`, `target`, `task` (`classes` or `regression`), `without`, `skip`, `name`; what is not said is guessed. A promise of what it holds; what cannot be learned from is thrown.'],
  ['toCSV(onprogress)', 'A promise of the history as text: a line per step with loss, gradient norm and the RMS of every layer’s dW.'],
  ['toJSON()', 'The same with the config and the latest statistics, as an object; `JSON.stringify(lab)` works.'],
  ['toSVG(chart, width, height)', 'A chart as an SVG document.'],
  ['toPNG(chart, width, height, scale)', 'A promise of a chart as a PNG image (a Blob).'],
  ['toPyTorch()', 'A promise of the run as a PyTorch script, which prints the same numbers.'],
];

const EVENTS = [
  ['gradient-flow-snapshot', 'A snapshot is shown.'],
  ['gradient-flow-config', 'A setting has changed; the whole config.'],
  ['gradient-flow-diagnosis', 'The sentence over the charts has changed: `kind`, `text`, `evidence`, `fixes`.'],
  ['gradient-flow-error', 'Something was refused or failed: `message`, `field`, `value`, `allowed`.'],
];

const PROPERTIES = [
  ['ground', 'behind everything'],
  ['panel', 'behind the controls'],
  ['ink', 'text'],
  ['muted', 'what is secondary'],
  ['line', 'grid lines and borders'],
  ['field', 'behind inputs and buttons'],
  ['border', 'around what is chosen'],
  ['accent', 'dW, everywhere, and the run button'],
  ['accent-ink', 'text on the accent'],
  ['delta', 'delta, everywhere'],
  ['font', 'the font of all text but the charts’'],
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
    const run = el('button', { type: 'button' }, ['Run it']);
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
load().then(
  () => fillTablesOfSchema(JSON.parse(wasm.schema())),
  (error) => fillTable('settings', [''], [[`The laboratory could not start: ${error.message}`]]),
);
