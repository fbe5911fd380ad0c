import { SwarmsRunElement } from './SwarmsRunElement.js';

export { SwarmsRunElement, type SwarmsRunError } from './SwarmsRunElement.js';

// A hub serves this file below its own address.
const [, hub] = /^(https?:.*\/)embed\/swarms-run\.js(?:\?.*)?$/.exec(import.meta.url) ?? [];
if (hub !== undefined) SwarmsRunElement.defaultHub = hub;

// Two scripts on one page, as from two hubs, share the first one's element.
if (customElements.get('swarms-run') === undefined) customElements.define('swarms-run', SwarmsRunElement);
