import { useId, type ChangeEvent } from 'react';
import type { SearchKind } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoomView';
import { noFilters, type Filters } from './useSearch';

const kinds: readonly SearchKind[] = ['run', 'message', 'agent', 'member'];

interface SearchFiltersProps {
  readonly view: RoomViewModel;
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** What a search finds: by kind, person, agent and time. */
export function SearchFilters({ view, filters, onChange }: SearchFiltersProps) {
  const { t, compare } = useLanguage();
  const agentsId = useId();
  const agents = [...new Set([...view.agents.map(agent => agent.name), ...view.runs.map(run => run.agent.name)])];
  const people = [...view.names].sort(([, one], [, other]) => compare(one, other));
  const count = Object.values(filters).filter(value => value !== '').length;
  const set = (name: keyof Filters) => (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
    onChange({ ...filters, [name]: event.target.value });
  return (
    <details className="search-filters">
      <summary>{count === 0 ? t('search.filters') : t('search.filtersOn', { count })}</summary>
      <div>
        <label>
          {t('search.filter.kind')}
          <select value={filters.kind} onChange={set('kind')}>
            <option value="">{t('search.filter.any')}</option>
            {kinds.map(kind => (
              <option key={kind} value={kind}>
                {t(`search.kinds.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('search.filter.by')}
          <select value={filters.by} onChange={set('by')}>
            <option value="">{t('search.filter.anybody')}</option>
            {people.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('search.filter.agent')}
          <input list={agentsId} value={filters.agent} onChange={set('agent')} dir="auto" autoComplete="off" />
          <datalist id={agentsId}>{agents.map(name => name !== null && <option key={name} value={name} />)}</datalist>
        </label>
        <label>
          {t('search.filter.from')}
          <input type="datetime-local" value={filters.from} onChange={set('from')} />
        </label>
        <label>
          {t('search.filter.to')}
          <input type="datetime-local" value={filters.to} onChange={set('to')} />
        </label>
        <button type="button" disabled={count === 0} onClick={() => onChange(noFilters)}>
          {t('search.filter.none')}
        </button>
      </div>
    </details>
  );
}
