import { RoomSettings, type SpendingFigures } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoomView';
import { Dialog } from '../shared/controls/Dialog';
import { amountsInWords, costInWords, tokensInWords, type SumInWords } from './spendingWords';
import './Spending.css';

/** The room's spending as the hub adds it up. Amounts are its texts: the page adds none, and reads numbers for widths only. */
export default function SpendingDialog({ view, onClose }: { view: RoomViewModel; onClose: () => void }) {
  const language = useLanguage();
  const { t, amount, number } = language;
  const { spending, names, room } = view;
  const { budget } = room?.settings ?? RoomSettings.initial;
  const person = (key: string) => names.get(key) ?? t('people.somebodyWhoLeft');
  return (
    <Dialog title={t('spending.title')} isLarge onClose={onClose}>
      {!spending && <p className="hint">{t('spending.none')}</p>}
      {spending && (
        <section className="spent" aria-label={t('spending.total')}>
          <h3>
            {t('spending.total')} <small>{t('spending.runs', { count: spending.total.runs })}</small>
          </h3>
          <Sum
            label={t('spending.cost')}
            {...costInWords(language, spending.total)}
            limit={budget?.roomCost === undefined ? undefined : amount(budget.roomCost)}
            used={Number(spending.total.cost) + Number(spending.total.heldCost)}
            most={Number(budget?.roomCost)}
          />
          <Sum
            label={t('spending.tokens')}
            parts={t('run.inAndOut', { input: spending.total.inputTokens, output: spending.total.outputTokens })}
            {...tokensInWords(language, spending.total)}
            limit={budget?.roomTokens === undefined ? undefined : number(budget.roomTokens)}
            used={spending.total.totalTokens + spending.total.heldTokens}
            most={budget?.roomTokens ?? 0}
          />
          <Held figures={spending.total} />
        </section>
      )}
      {spending && (
        <>
          <Rows
            title={t('spending.members')}
            rows={spending.members}
            nameOf={person}
            limits={amountsInWords(language, budget?.memberTokens, budget?.memberCost)}
          />
          <Rows title={t('spending.agents')} rows={spending.agents} />
          <Rows
            title={t('spending.models')}
            rows={spending.models}
            limits={amountsInWords(language, budget?.modelTokens, budget?.modelCost)}
          />
        </>
      )}
    </Dialog>
  );
}

interface SumProps extends SumInWords {
  readonly label: string;
  readonly parts?: string;
  /** The limit in words; undefined without one. */
  readonly limit: string | undefined;
  readonly used: number;
  readonly most: number;
}

function Sum({ label, parts, sum, unknown, limit, used, most }: SumProps) {
  const { t } = useLanguage();
  if (sum === '' && limit === undefined && unknown === undefined) return null;

  const text = limit === undefined ? sum : t('spending.of', { used: sum === '' ? '0' : sum, limit });
  const rest = unknown !== undefined && text !== '' ? t('spending.and', { what: unknown }) : unknown;
  return (
    <div className="sum">
      <span>
        {label} <small>{parts}</small>
      </span>
      <strong>
        {text} {rest}
      </strong>
      {limit !== undefined && (
        <meter min={0} max={most === 0 ? 1 : most} high={most * 0.8} optimum={0} value={most === 0 ? 1 : used} aria-label={label}>
          {text}
        </meter>
      )}
    </div>
  );
}

interface RowsProps {
  readonly title: string;
  readonly rows: readonly SpendingFigures[];
  readonly nameOf?: (key: string) => string;
  /** The limit of each row in words; empty without one. */
  readonly limits?: string;
}

function Rows({ title, rows, nameOf = key => key, limits = '' }: RowsProps) {
  const language = useLanguage();
  const { t } = language;
  if (rows.length === 0) return null;

  return (
    <section>
      <table className="spending">
        <caption>
          {title} {limits !== '' && <small>{t('spending.each', { limits })}</small>}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('spending.who')}</th>
            <th scope="col">{t('spending.tokens')}</th>
            <th scope="col">{t('spending.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key ?? ''}>
              <th scope="row">
                <bdi>{row.key === undefined ? t('spending.others') : nameOf(row.key)}</bdi>
                <small>{t('spending.runs', { count: row.runs })}</small>
                <Held figures={row} />
              </th>
              <Cell {...tokensInWords(language, row)} />
              <Cell {...costInWords(language, row)} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ sum, unknown }: SumInWords) {
  const { t } = useLanguage();
  return (
    <td>
      {sum}
      {unknown !== undefined && <small>{sum === '' ? unknown : t('spending.and', { what: unknown })}</small>}
    </td>
  );
}

function Held({ figures }: { figures: SpendingFigures }) {
  const language = useLanguage();
  const what = amountsInWords(language, figures.heldTokens, figures.heldCost);
  return what === '' ? null : <small className="held">{language.t('spending.held', { what })}</small>;
}
