import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoomView';
import { runName, runStateInWords } from '../runs/runWords';
import { useModeratedRuns } from '../runs/useModeratedRuns';
import { useTask } from '../runs/useTask';
import { Dialog } from '../shared/controls/Dialog';
import { Problem } from '../shared/Problem';
import { FoundMessage } from './FoundMessage';
import { FoundRun } from './FoundRun';
import { SearchFilters } from './SearchFilters';
import { SearchResults } from './SearchResults';
import { noFilters, useSearch, type Filters } from './useSearch';
import { wordsOf } from './findWords';
import './SearchDialog.css';

/** What was opened of a list: a run, or the message with that sequence. */
interface Opened {
  readonly kind: 'run' | 'message';
  readonly id: string;
  /** The sequence of its first event; undefined in the list of all runs, which has none. */
  readonly sequence: number | undefined;
}

interface SearchDialogProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly onClose: () => void;
}

/** All runs of the room, old ones too, and the search in everything. What is opened is there in full, its words marked. */
export default function SearchDialog({ client, view, onClose }: SearchDialogProps) {
  const { t } = useLanguage();
  const [query, setQuery] = useState('');
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [searched, setSearched] = useState({ text: '', filters: noFilters });
  const [opened, setOpened] = useState<Opened>();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { found, list, drop } = useSearch(client);
  const { run: load } = list;
  useModeratedRuns(client, drop);
  useEffect(() => void load('', noFilters, undefined), [load]);

  const search = (text: string, chosen: Filters) => {
    setSearched({ text, filters: chosen });
    void load(text, chosen, undefined);
  };
  const goBack = () => {
    const { id } = opened ?? {};
    setOpened(undefined);
    // The list is drawn by then.
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-found="${CSS.escape(id ?? '')}"]`)?.focus());
  };
  const words = wordsOf(searched.text);
  return (
    <Dialog title={t('runs.all')} isLarge first={field} onClose={onClose}>
      {opened && (
        <div className="opened-run">
          <button className="quiet" ref={button => button?.focus()} onClick={goBack}>
            {t('runs.back')}
          </button>
          {opened.kind === 'run' ? (
            <FoundRun client={client} view={view} id={opened.id} sequence={opened.sequence} words={words} onClose={onClose} />
          ) : (
            <FoundMessage client={client} view={view} sequence={Number(opened.id)} words={words} onClose={onClose} />
          )}
        </div>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between the results, which are buttons */}
      <div className="search-all" ref={box} hidden={opened !== undefined} onKeyDown={event => moveByArrows(event, box.current)}>
        <form
          role="search"
          className="search"
          onSubmit={event => {
            event.preventDefault();
            search(query.trim(), filters);
          }}
        >
          <input
            ref={field}
            type="search"
            dir="auto"
            value={query}
            onChange={event => setQuery(event.target.value)}
            aria-label={t('runs.searchField')}
            placeholder={t('runs.searchField')}
          />
          {/* Never disabled: Enter would do nothing while the list is loaded. */}
          <button>{t('runs.searchNow')}</button>
          <SearchFilters
            view={view}
            filters={filters}
            onChange={chosen => {
              setFilters(chosen);
              if (query.trim() !== '') search(query.trim(), chosen);
            }}
          />
        </form>
        <Problem text={list.error} />
        <p className="hint" role="status">
          {list.isBusy
            ? t('search.busy')
            : found.isSearch && found.results.length > 0
              ? t(found.next === null ? 'search.found' : 'search.foundSome', { count: found.results.length })
              : found.runs.length + found.results.length > 0
                ? ''
                : t(found.isSearch ? 'search.nothing' : 'runs.noneFound')}
        </p>
        {!found.isComplete && <p className="hint">{t('search.incomplete')}</p>}
        {found.isSearch && (
          <SearchResults
            results={found.results}
            names={view.names}
            onOpen={({ kind, id, sequence }) => setOpened({ kind: kind === 'run' ? 'run' : 'message', id, sequence })}
          />
        )}
        <ul className="run-list">
          {found.runs.map(run => (
            <li key={run.id}>
              <button data-found={run.id} onClick={() => setOpened({ kind: 'run', id: run.id, sequence: undefined })}>
                <RunLine run={run} client={client} />
              </button>
            </li>
          ))}
        </ul>
        {found.next !== null && (
          <button onClick={() => void load(searched.text, searched.filters, found.next ?? undefined)} disabled={list.isBusy}>
            {t('runs.older')}
          </button>
        )}
      </div>
    </Dialog>
  );
}

/** The arrows lead from the field to the first result, and from one to the next. */
function moveByArrows(event: KeyboardEvent<HTMLElement>, box: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !box || !(event.target instanceof HTMLElement) || event.target.matches('select, [type="datetime-local"], [list]'))
    return;

  const stops = [box.querySelector<HTMLElement>('[type="search"]'), ...box.querySelectorAll<HTMLElement>('[data-found]')];
  const at = stops.findIndex(stop => stop === event.target);
  if (at < 0) return;

  event.preventDefault();
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
}

function RunLine({ run, client }: { run: Run; client: RoomClient }) {
  const language = useLanguage();
  const { t, time } = language;
  const { shown } = useTask(run, client);
  return (
    <>
      <span className="task-line" dir="auto">
        {run.hiddenAt === undefined && run.removedAt === undefined ? shown : t('run.taskGone')}
      </span>
      <small>
        <bdi>{runName(t, run)}</bdi> · {time(run.queuedAt)} · {runStateInWords(language, run)}
      </small>
    </>
  );
}
