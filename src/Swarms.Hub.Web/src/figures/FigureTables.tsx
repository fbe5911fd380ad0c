import type { RoomSpending } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { costInWords } from '../money/spendingWords';
import type { RoomViewModel } from '../room/useRoomView';
import '../money/Spending.css';
import { medianOf, others } from './lines';
import type { RunFigure } from './readFigures';

/** The newest so many runs have a line each. The file of usage has all. */
const mostRuns = 500;

interface FigureTablesProps {
  readonly figures: readonly RunFigure[];
  readonly by: 'agent' | 'member';
  readonly keys: readonly string[];
  readonly keyOf: (figure: RunFigure) => string;
  readonly nameOf: (key: string) => string;
  readonly view: RoomViewModel;
  readonly seesMoney: boolean;
}

/** The same figures as tables. Costs of several runs are the hub's own sums. */
export function FigureTables({ figures, by, keys, keyOf, nameOf, view, seesMoney }: FigureTablesProps) {
  const language = useLanguage();
  const { t, number, dollars, time } = language;
  const oneDigit = (value: number | undefined) => (value === undefined ? t('figures.unknown') : number(Math.round(value * 10) / 10));
  const seconds = (value: number | undefined) => (value === undefined ? t('figures.unknown') : number(Math.round(value / 10) / 100));
  const shown = figures.slice(-mostRuns).reverse();
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={t(`figures.table.${by}`)}>
        <table className="spending">
          <caption>{t(`figures.table.${by}`)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('spending.who')}</th>
              <th scope="col">{t('figures.runs')}</th>
              <th scope="col">{t('spending.tokens')}</th>
              {seesMoney && <th scope="col">{t('spending.cost')}</th>}
              <th scope="col">{t('figures.medianFirst')}</th>
              <th scope="col">{t('figures.medianPace')}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map(key => {
              const own = figures.filter(figure => keyOf(figure) === key);
              return (
                <tr key={key}>
                  <th scope="row">
                    <bdi>{nameOf(key)}</bdi>
                  </th>
                  <td>{number(own.length)}</td>
                  <td>{number(own.reduce((sum, figure) => sum + (figure.tokens ?? 0), 0))}</td>
                  {seesMoney && (
                    <td>{costOf(view.spending, by, key, figures => costInWords(language, figures).sum) ?? t('figures.unknown')}</td>
                  )}
                  <td>{seconds(medianOf(own.map(figure => figure.firstWordAfter)))}</td>
                  <td>{oneDigit(medianOf(own.map(figure => figure.wordsPerSecond)))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <details>
        <summary>{t('figures.everyRun')}</summary>
        <div className="table-box" tabIndex={0} role="region" aria-label={t('figures.everyRun')}>
          <table className="spending">
            <thead>
              <tr>
                <th scope="col">{t('figures.ended')}</th>
                <th scope="col">{t('composer.agent')}</th>
                <th scope="col">{t('figures.person')}</th>
                <th scope="col">{t('spending.tokens')}</th>
                {seesMoney && <th scope="col">{t('spending.cost')}</th>}
                <th scope="col">{t('figures.first')}</th>
                <th scope="col">{t('figures.paceShort')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(figure => (
                <tr key={figure.id}>
                  <th scope="row">{time(new Date(figure.endedAt).toISOString())}</th>
                  <td>
                    <bdi>{figure.agent ?? t('run.nameless')}</bdi>
                  </td>
                  <td>
                    <bdi>{view.names.get(figure.by ?? '') ?? t('people.somebodyWhoLeft')}</bdi>
                  </td>
                  <td>{figure.tokens === null ? t('figures.unknown') : number(figure.tokens)}</td>
                  {seesMoney && <td>{figure.cost === null ? t('figures.unknown') : dollars(figure.cost)}</td>}
                  <td>{seconds(figure.firstWordAfter)}</td>
                  <td>{oneDigit(figure.wordsPerSecond)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

type Row = RoomSpending['members'][number];

function costOf(
  spending: RoomSpending | undefined,
  by: 'agent' | 'member',
  key: string,
  inWords: (row: Row) => string,
): string | undefined {
  const rows = by === 'agent' ? spending?.agents : spending?.members;
  const row = key === others ? undefined : rows?.find(figures => figures.key === key);
  const words = row && inWords(row);
  return words === '' ? undefined : words;
}
