/** The element's own styles. The page around it sets the custom properties, and reaches the parts by `::part`. */
export const styles = `
:host {
  display: block;
  color-scheme: light dark;
  contain: content;
  --background: var(--swarms-run-background, light-dark(#fff, #16181d));
  --text: var(--swarms-run-color, light-dark(#1a1c21, #e8eaf0));
  --quiet: var(--swarms-run-quiet, light-dark(#5a6070, #a2a9ba));
  --line: var(--swarms-run-border, light-dark(#d8dbe2, #363a45));
  --accent: var(--swarms-run-accent, light-dark(#2f56c5, #9db4ff));
  --warning: var(--swarms-run-warning, light-dark(#9a3412, #fdba74));
}
:host([hidden]) { display: none; }
:host([theme='light']) { color-scheme: light; }
:host([theme='dark']) { color-scheme: dark; }
.card {
  box-sizing: border-box;
  display: flex;
  flex-direction: column;
  max-height: var(--swarms-run-max-height, none);
  overflow: hidden;
  background: var(--background);
  color: var(--text);
  border: 1px solid var(--line);
  border-radius: var(--swarms-run-radius, 10px);
  font: var(--swarms-run-font, 16px/1.55 system-ui, sans-serif);
  overflow-wrap: anywhere;
}
header, footer, .notice, .task { padding: 0.6em 1em; }
header { display: flex; gap: 0.6em; align-items: baseline; flex-wrap: wrap; border-bottom: 1px solid var(--line); }
.heading { font-weight: 600; margin: 0; font-size: 1em; flex: 1 1 8em; min-width: 0; }
.state { color: var(--quiet); font-size: 0.875em; }
.state::before {
  content: '';
  display: inline-block;
  width: 0.55em;
  height: 0.55em;
  margin-inline-end: 0.45em;
  border-radius: 50%;
  border: 1px solid currentcolor;
  background: currentcolor;
}
.state:empty, .text:empty { display: none; }
[data-live] .state { color: var(--accent); }
.task { border-bottom: 1px solid var(--line); color: var(--quiet); white-space: pre-wrap; max-height: 8em; overflow: auto; }
:is(.task, .text, pre, .table):focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.text { padding: 0.2em 1em; overflow: auto; min-height: 1.5em; flex: 1 1 auto; }
.text p, .text li { white-space: pre-wrap; }
.text h3, .text h4, .text h5, .text h6 { margin: 1em 0 0.4em; font-size: 1.05em; line-height: 1.3; }
.text h3 { font-size: 1.2em; }
.text pre { background: light-dark(#f2f3f6, #20232b); padding: 0.7em 0.9em; border-radius: 6px; overflow: auto; line-height: 1.4; }
.text code { font-family: var(--swarms-run-code-font, ui-monospace, monospace); font-size: 0.9em; }
.text blockquote { margin: 0.8em 0; padding-inline-start: 0.9em; border-inline-start: 3px solid var(--line); color: var(--quiet); }
.text a { color: var(--accent); }
.text hr { border: 0; border-top: 1px solid var(--line); }
.table { overflow: auto; margin: 0.8em 0; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 0.25em 0.6em; text-align: start; }
.agent { margin: 1em 0 0; font-size: 0.875em; font-weight: 600; color: var(--quiet); }
.notice { color: var(--warning); font-size: 0.9em; border-top: 1px solid var(--line); }
footer { color: var(--quiet); font-size: 0.875em; border-top: 1px solid var(--line); }
[hidden] { display: none !important; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { .card { max-height: none; } }
@media (forced-colors: active) { .state::before { background: CanvasText; } }
`;
