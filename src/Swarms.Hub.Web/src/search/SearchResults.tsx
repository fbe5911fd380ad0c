import type { SearchResult } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';

interface SearchResultsProps {
  readonly results: readonly SearchResult[];
  readonly names: ReadonlyMap<string, string>;
  readonly onOpen: (result: SearchResult) => void;
}

/** The results of a search, each with its text around the match. Runs and messages open; the others are read as they stand. */
export function SearchResults({ results, names, onOpen }: SearchResultsProps) {
  return (
    <ul className="run-list search-results">
      {results.map(result => (
        <li key={`${result.kind} ${result.id}`}>
          {result.kind === 'run' || result.kind === 'message' ? (
            <button data-found={result.id} onClick={() => onOpen(result)}>
              <Found result={result} names={names} />
            </button>
          ) : (
            <div>
              <Found result={result} names={names} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Found({ result, names }: { result: SearchResult; names: ReadonlyMap<string, string> }) {
  const { t, time } = useLanguage();
  const who = result.kind === 'run' ? result.agent?.name : result.by === undefined ? result.title : names.get(result.by);
  return (
    <>
      <span className="task-line" dir="auto">
        {result.snippet.map((piece, index) => (piece.isMatch ? <mark key={index}>{piece.text}</mark> : piece.text))}
      </span>
      <small>
        {t(`search.kind.${result.kind}`)}
        {who !== undefined && who !== null && (
          <>
            {' '}
            · <bdi>{who}</bdi>
          </>
        )}{' '}
        · {time(result.at)}
      </small>
    </>
  );
}
