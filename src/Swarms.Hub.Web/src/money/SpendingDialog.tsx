import { RoomSettings, type SpendingFigures } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoomView';
import { Dialog } from '../shared/controls/Dialog';
import { Meter } from './Meter';
import { metersOf, type MeterFigures } from './meters';
import { amountsInWords, costInWords, tokensInWords, type SumInWords } from './spendingWords';
import './Spending.css';

/** The room's spending as the hub adds it up, and how much of its limits is used and reserved. Amounts keep all their digits. */
export default function SpendingDialog({ view, onClose }: { view: RoomViewModel; onClose: () => void }) {
  const language = useLanguage();
  const { t } = language;
  const { spending, names, room, runs, me } = view;
  const { budget } = room?.settings ?? RoomSettings.initial;
  const own = metersOf(
    { cost: budget?.memberCost, tokens: budget?.memberTokens },
    spending?.members.find(({ key }) => key !== undefined && key === me?.id),
    runs.filter(run => run.by === me?.id),
  );
  const person = (key: string) => names.get(key) ?? t('people.somebodyWhoLeft');
  return (
    <Dialog title={t('spending.title')} isLarge onClose={onClose}>
      <section className="spent" aria-label={t('budget.title')}>
        <Meters of={t('meter.room')} meters={metersOf({ cost: budget?.roomCost, tokens: budget?.roomTokens }, spending?.total, runs)} />
        <Meters of={t('meter.own')} meters={own} />
      </section>
      {!spending && <p className="hint">{t('spending.none')}</p>}
      {spending && (
        <section className="spent" aria-label={t('spending.total')}>
          <h3>
            {t('spending.total')} <small>{t('spending.runs', { count: spending.total.runs })}</small>
          </h3>
          <Sum label={t('spending.cost')} {...costInWords(language, spending.total)} />
          <Sum
            label={t('spending.tokens')}
            parts={t('run.inAndOut', { input: spending.total.inputTokens, output: spending.total.outputTokens })}
            {...tokensInWords(language, spending.total)}
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
}

function Sum({ label, parts, sum, unknown }: SumProps) {
  const { t } = useLanguage();
  if (sum === '' && unknown === undefined) return null;

  return (
    <div className="sum">
      <span>
        {label} <small>{parts}</small>
      </span>
      <strong>
        {sum} {unknown !== undefined && sum !== '' ? t('spending.and', { what: unknown }) : unknown}
      </strong>
    </div>
  );
}

interface MetersProps {
  readonly of: string;
  readonly meters: readonly MeterFigures[];
}

/** The limits of the room or of the person at this page, each as a meter. */
function Meters({ of, meters }: MetersProps) {
  const language = useLanguage();
  const { t, amount, number } = language;
  return meters.map(figures => {
    const label = t(`meter.${figures.unit}`, { of });
    return (
      <div key={label} className="sum">
        <span>{label}</span>
        <strong>{figures.unit === 'cost' ? amount(figures.limit) : number(Number(figures.limit))}</strong>
        <Meter figures={figures} label={label} />
      </div>
    );
  });
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
