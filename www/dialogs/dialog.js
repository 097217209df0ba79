// @ts-check
/** Dialogs, with their style: neither is needed for the first picture. */
import { el } from '../shared/dom.js';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
.dialog {
  width: min(560px, calc(100vw - 16px));
  max-height: calc(100vh - 16px);
  max-height: calc(100dvh - 16px);
  padding: 14px 18px 16px;
  overflow: auto;
  border: 1px solid var(--gf-line);
  border-radius: 10px;
  background: var(--gf-ground);
  color: var(--gf-ink);
  box-shadow: 0 12px 40px rgb(0 0 0 / 24%);
}

.dialog::backdrop {
  background: rgb(0 0 0 / 32%);
}

.dialog-head {
  display: flex;
  align-items: center;
  gap: 12px;
  margin-bottom: 6px;
}

.dialog-head h2 {
  flex: 1;
  margin: 0;
  font-size: 16px;
  font-weight: 650;
}

.dialog-head .small {
  font-size: 18px;
}

.dialog button:not(.small) {
  min-height: 34px;
}

.dialog a {
  color: var(--gf-accent);
}

.dialog button:disabled {
  border-color: var(--gf-line);
  background: var(--gf-panel);
  color: var(--gf-muted);
  cursor: default;
}

.hint {
  color: var(--gf-muted);
  font-size: 12.5px;
}

/* ---- taking along ---- */

.take-row {
  display: flex;
  align-items: center;
  gap: 6px 14px;
  padding: 10px 0;
}

.take-row + .take-row {
  border-top: 1px solid var(--gf-line);
}

.take-row > :first-child {
  flex: 1;
  min-width: 0;
}

.take-row label {
  display: flex;
  align-items: center;
  gap: 10px;
  margin-bottom: 4px;
}

.take-row select {
  flex: 1;
  min-width: 0;
  padding: 0 6px;
}

.take-buttons {
  display: flex;
  flex: none;
  gap: 6px;
}

.take-buttons button {
  min-width: 64px;
}

.said:not(:empty) {
  margin-top: 8px;
  color: var(--gf-accent);
}

/* ---- a table of one's own ---- */

.drop-place {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 14px;
  margin: 10px 0 6px;
  padding: 12px 14px;
  border: 1px dashed var(--gf-border);
  border-radius: 8px;
  background: var(--gf-panel);
}

.drop-place.over {
  border-color: var(--gf-delta);
  border-style: solid;
}

.drop-place label {
  font-weight: 600;
}

.drop-place input {
  max-width: 100%;
  color: var(--gf-muted);
}

.drop-place ::file-selector-button {
  min-height: 34px;
  margin-inline-end: 10px;
  padding: 0 12px;
  border: 1px solid var(--gf-border);
  border-radius: 6px;
  background: var(--gf-field);
  color: var(--gf-ink);
  font: inherit;
  cursor: pointer;
}

.found {
  display: grid;
  gap: 10px;
  margin-top: 12px;
  padding-top: 12px;
  border-top: 1px solid var(--gf-line);
}

.preview {
  max-width: 100%;
  overflow: auto;
  border: 1px solid var(--gf-line);
  border-radius: 8px;
  font-size: 12.5px;
}

.preview .target {
  color: var(--gf-accent);
  font-weight: 600;
}

.preview :is(.unused, .words) {
  color: var(--gf-muted);
}

.check {
  display: flex;
  align-items: center;
}

.pair {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 14px;
}

.pair .field {
  padding: 0;
}

.pair select {
  width: 100%;
  min-height: 34px;
  padding: 0 6px;
}

.features {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px;
  max-height: 112px;
  /* Room for the ring around what has the focus. */
  margin: -4px;
  padding: 4px;
  overflow: auto;
}

.features span {
  margin-inline-end: 4px;
}

.features .view:disabled {
  border-style: dashed;
  text-decoration: line-through;
}

.broken {
  padding: 8px 12px;
  border: 1px solid var(--gf-accent);
  border-radius: 8px;
}

.broken ul {
  margin: 4px 0 8px;
  padding-inline-start: 20px;
  overflow-wrap: anywhere;
  font-size: 12.5px;
}

/* In sight, however long the table's story is. */
.foot {
  display: flex;
  position: sticky;
  bottom: -16px;
  align-items: center;
  gap: 14px;
  margin-bottom: -16px;
  padding: 12px 0 16px;
  background: var(--gf-ground);
}

.table-problem {
  flex: 1;
  min-width: 0;
  color: var(--gf-accent);
  overflow-wrap: anywhere;
}

.use:not(:disabled) {
  border-color: var(--gf-accent);
  background: var(--gf-accent);
  color: var(--gf-accent-ink);
  font-weight: 600;
}

@media (max-width: 520px) {
  .dialog {
    padding: 10px 12px 12px;
  }

  .dialog button:not(.small),
  .pair select,
  .take-row select {
    min-height: 40px;
  }

  .take-row {
    flex-wrap: wrap;
  }

  .take-row > :first-child {
    flex: 1 0 100%;
  }
}
`);

/**
 * Opens a modal dialog; it is gone once it is closed.
 * @param {ShadowRoot} shadow
 * @param {string} title
 * @param {string} name Its class.
 * @param {(Node | string)[]} children
 * @param {Node[]} [beside] What stands beside the title.
 */
export function open(shadow, title, name, children, beside = []) {
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets.push(sheet);
  const close = el('button', { type: 'button', class: 'small', 'aria-label': 'Close', title: 'Close' }, ['×']);
  const head = el('div', { class: 'dialog-head' }, [el('h2', {}, [title]), ...beside, close]);
  const dialog = el('dialog', { class: `dialog ${name}`, 'aria-label': title }, [head, ...children]);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  // A click on what is behind it.
  dialog.addEventListener('pointerdown', (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const { clientX: x, clientY: y } = event;
    if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
  });
  // The laboratory's keys are not the dialog's.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  (shadow.querySelector('.lab') ?? shadow).append(dialog);
  dialog.showModal();
  return dialog;
}
