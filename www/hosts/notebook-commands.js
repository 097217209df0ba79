// @ts-check
/**
 * What Python asks for, in order. Commands stand in the notebook's model, so that they wait for a page that is not there
 * yet. Among them are the changes of settings that were made behind commands that waited.
 *
 * @typedef {import('../types.js').Values} Values
 * @typedef {{ id: number, method: string, values: any[], heard: number }} Command `heard` is the number of the last
 *   command that was sent before Python heard of the page: those up to it are of an earlier cell.
 */

/** A change of settings; its values are the new ones and those before. */
const SET = 'set';
/** These end the steps of earlier cells. */
const STOPPING = ['pause', 'reset'];
const STEPPING = ['step', 'run', 'goTo'];

/**
 * The commands of the model that come after the one with the number `begun`.
 * @param {unknown} state @param {number} begun @returns {Command[]}
 */
export function commandsAfter(state, begun) {
  const commands = /** @type {[number, string, any[], number][]} */ (state ?? []);
  return commands.map(([id, method, values, heard]) => ({ id, method, values, heard })).filter(({ id }) => id > begun);
}

/** Whether a later command ends this one, which is of an earlier cell. @param {Command} command @param {Command[]} waiting */
export const isEnded = (command, waiting) =>
  STEPPING.includes(command.method) && waiting.some(({ method, heard }) => STOPPING.includes(method) && heard >= command.id);

/**
 * The changes that wait for commands before them. One of a later cell than all these acts at once.
 * @param {Command[]} waiting @param {Command} [current] The one that is under way.
 */
function waitingChanges(waiting, current) {
  let last = current?.id ?? 0;
  const changes = [];
  for (const command of waiting) {
    if (command.method !== SET) last = command.id;
    else if (command.heard < last) changes.push(command);
  }
  return changes;
}

/** The settings for the present, where the model has those for the end. @param {Values} settings @param {Command[]} waiting @param {Command} [current] @returns {Values} */
export const presentSettings = (settings, waiting, current) =>
  Object.assign({}, settings, ...waitingChanges(waiting, current).reverse().map(({ values: [, previous] }) => previous));

/** The settings for the end, where the page has those for the present. @param {Values} settings @param {Command[]} waiting @param {Command} [current] @returns {Values} */
export const finalSettings = (settings, waiting, current) =>
  Object.assign({}, settings, ...waitingChanges(waiting, current).map(({ values: [next] }) => next));
