// @ts-check

/** The file of the notebook package in the site's folder `python`. */
export const WHEEL = 'gradient_flow-0.2.0-py3-none-any.whl';
