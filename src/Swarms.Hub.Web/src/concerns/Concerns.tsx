import { useEffect, useRef } from 'react';
import type { Language } from '../language/language';
import { useLanguage } from '../language/useLanguage';
import { announce } from '../room/announce';
import type { Concern } from './concerns';
import type { Concerns as ConcernsOfRoom } from './useConcerns';
import './Concerns.css';

/** More would cover what is read. */
const mostShown = 3;

/** Quiet notices of what concerns the person at this page. Each leads there. */
export function Concerns({ concerns, names }: { concerns: ConcernsOfRoom; names: ReadonlyMap<string, string> }) {
  const language = useLanguage();
  const { t } = language;
  const { all, onShow, onDismiss, onDismissAll } = concerns;
  const said = useRef(new Set<string>());
  useEffect(() => {
    for (const concern of all) {
      const name = `${concern.kind} ${concern.key}`;
      // The page says already that a run ended, and what a message says.
      if (said.current.has(name) || concern.message !== undefined || concern.kind === 'ended') continue;

      said.current.add(name);
      announce(inWords(language, concern, names));
    }
  }, [all, language, names]);
  if (all.length === 0) return null;

  return (
    <section className="concerns" aria-label={t('concern.title')}>
      <ul>
        {all.slice(-mostShown).map(concern => (
          <li key={concern.key} data-concern={concern.kind}>
            <button className="quiet" onClick={() => onShow(concern)}>
              <strong>{inWords(language, concern, names)}</strong>
              {concern.text !== undefined && concern.text !== '' && <bdi>{concern.text}</bdi>}
            </button>
            <button className="quiet" aria-label={t('concern.dismiss')} title={t('concern.dismiss')} onClick={() => onDismiss(concern)}>
              <span aria-hidden="true">{t('concern.dismissSign')}</span>
            </button>
          </li>
        ))}
      </ul>
      {all.length > mostShown && (
        <button className="quiet" onClick={onDismissAll}>
          {t('concern.dismissAll', { count: all.length })}
        </button>
      )}
    </section>
  );
}

function inWords({ t }: Language, { kind, by }: Concern, names: ReadonlyMap<string, string>): string {
  return t(`concern.${kind}`, { name: names.get(by ?? '') ?? t('people.somebody') });
}
