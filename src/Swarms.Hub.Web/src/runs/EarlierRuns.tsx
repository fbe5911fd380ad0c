import { useCallback, useEffect, useState } from 'react';
import type { RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { Dialog } from '../shared/controls/Dialog';
import { SearchResults } from '../search/SearchResults';
import { useSearch } from '../search/useSearch';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { RunCard } from './RunCard';
import { moderatorOf, runName, runStateInWords } from './runWords';
import { useModeratedRuns } from './useModeratedRuns';
import { useTask } from './useTask';
import './EarlierRuns.css';

/** All runs of the room, old ones too, and the search in everything. The hub pages both; an opened run has its full text. */
export default function EarlierRuns({ client, view, onClose }: { client: RoomClient; view: RoomViewModel; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog title={t('runs.all')} isLarge onClose={onClose}>
      <RunSearch client={client} view={view} />
    </Dialog>
  );
}

function RunSearch({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const language = useLanguage();
  const { t, time } = language;
  const [query, setQuery] = useState('');
  const [searched, setSearched] = useState('');
  const [opened, setOpened] = useState<Run>();
  const { names } = view;

  const { found, list, drop } = useSearch(client);
  const open = useAction(useCallback(async (id: string) => setOpened(await client.getRun(id)), [client]));
  const { run: load } = list;
  const { run: reopen } = open;
  useModeratedRuns(
    client,
    useCallback(
      (id: string) => {
        drop(id);
        if (opened?.id === id) void reopen(id);
      },
      [drop, opened?.id, reopen],
    ),
  );
  useEffect(() => void load('', undefined), [load]);

  if (opened) {
    return (
      <div className="opened-run">
        <button className="quiet" onClick={() => setOpened(undefined)}>
          {t('runs.back')}
        </button>
        <RunCard
          run={opened}
          client={client}
          by={opened.by === undefined ? undefined : names.get(opened.by)}
          endedBy={opened.cancelledBy === undefined ? undefined : names.get(opened.cancelledBy)}
          canCancel={false}
          me={view.me}
          seesMoney={rulesFor(view.room, view.me).seesMoney}
          moderator={moderatorOf(opened, names)}
        />
      </div>
    );
  }

  return (
    <>
      <form
        role="search"
        className="search"
        onSubmit={event => {
          event.preventDefault();
          setSearched(query.trim());
          void load(query.trim(), undefined);
        }}
      >
        <input
          type="search"
          dir="auto"
          value={query}
          onChange={event => setQuery(event.target.value)}
          aria-label={t('runs.searchField')}
          placeholder={t('runs.searchField')}
        />
        <button disabled={list.isBusy}>{t('runs.searchNow')}</button>
      </form>
      <Problem text={list.error ?? open.error} />
      {found.runs.length + found.results.length === 0 && !list.isBusy && (
        <p className="hint">{t(found.isSearch ? 'search.nothing' : 'runs.noneFound')}</p>
      )}
      {!found.isComplete && <p className="hint">{t('search.incomplete')}</p>}
      {found.isSearch && <SearchResults results={found.results} names={names} isBusy={open.isBusy} onOpen={id => void open.run(id)} />}
      <ul className="run-list">
        {found.runs.map(run => (
          <li key={run.id}>
            <button onClick={() => void open.run(run.id)} disabled={open.isBusy}>
              <TaskLine run={run} client={client} />
              <small>
                <bdi>{runName(t, run)}</bdi> · {time(run.queuedAt)} · {runStateInWords(language, run)}
              </small>
            </button>
          </li>
        ))}
      </ul>
      {found.next !== null && (
        <button onClick={() => void load(searched, found.next ?? undefined)} disabled={list.isBusy}>
          {t('runs.older')}
        </button>
      )}
    </>
  );
}

function TaskLine({ run, client }: { run: Run; client: RoomClient }) {
  const { t } = useLanguage();
  const { shown } = useTask(run, client);
  return (
    <span className="task-line" dir="auto">
      {run.hiddenAt === undefined && run.removedAt === undefined ? shown : t('run.taskGone')}
    </span>
  );
}
