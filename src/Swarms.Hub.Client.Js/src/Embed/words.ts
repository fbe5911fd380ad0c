const en = {
  run: 'Agent run',
  task: 'Task',
  states: {
    proposed: 'Proposed',
    queued: 'Waiting',
    running: 'Writing',
    done: 'Done',
    error: 'Failed',
    cancelled: 'Cancelled',
    declined: 'Declined',
    interrupted: 'Interrupted',
  } as Readonly<Record<string, string>>,
  connecting: 'Connecting…',
  lost: 'Connection lost. Trying again…',
  offline: 'Offline. The text may be older than the run.',
  hidden: 'This run is hidden at the moment.',
  removed: 'This run was removed.',
  expired: 'This view has expired or was taken back.',
  refused: 'This run cannot be shown.',
  incomplete: 'The text may be incomplete.',
  masked: '[passage removed]',
  begun: 'The run has begun.',
  ended: 'The run has ended:',
  tokens: (count: string) => `${count} tokens`,
  seconds: (count: string) => `${count} s`,
};

const de: typeof en = {
  run: 'Lauf eines Agenten',
  task: 'Aufgabe',
  states: {
    proposed: 'Vorgeschlagen',
    queued: 'Wartet',
    running: 'Schreibt',
    done: 'Fertig',
    error: 'Fehlgeschlagen',
    cancelled: 'Abgebrochen',
    declined: 'Abgelehnt',
    interrupted: 'Unterbrochen',
  },
  connecting: 'Verbindet …',
  lost: 'Verbindung verloren. Neuer Versuch …',
  offline: 'Offline. Der Text kann älter sein als der Lauf.',
  hidden: 'Dieser Lauf ist zurzeit ausgeblendet.',
  removed: 'Dieser Lauf wurde entfernt.',
  expired: 'Diese Ansicht ist abgelaufen oder wurde zurückgenommen.',
  refused: 'Dieser Lauf kann nicht gezeigt werden.',
  incomplete: 'Der Text ist vielleicht unvollständig.',
  masked: '[Stelle entfernt]',
  begun: 'Der Lauf hat begonnen.',
  ended: 'Der Lauf ist zu Ende:',
  tokens: count => `${count} Tokens`,
  seconds: count => `${count} s`,
};

export type Words = typeof en;

/** The words for the language of the page around an element, English or German. */
export function wordsFor(element: Element): { readonly words: Words; readonly language: string } {
  const language = element.closest('[lang]')?.getAttribute('lang') ?? navigator.language;
  return { words: /^de\b/i.test(language) ? de : en, language: /^de\b/i.test(language) ? 'de' : 'en' };
}
