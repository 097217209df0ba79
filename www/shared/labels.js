// @ts-check
/** Labels in sentences. */

/** A label as it is written within a sentence: "Depth" as "depth", but "L1 penalty" as it is. @param {string} label */
export const lowerFirst = (label) => (/^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);
