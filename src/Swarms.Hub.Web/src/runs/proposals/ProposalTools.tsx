import { useState } from 'react';
import type { Member, RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { useTask } from '../useTask';
import './ProposalTools.css';

interface ProposalToolsProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly me: Member | undefined;
  /** The proposals in their order. */
  readonly proposals: readonly Run[];
  readonly canDecide: boolean;
  readonly canDecline: boolean;
  readonly canSupport: boolean;
}

/** The place of a proposal and its support, and for hosts the decision. */
export function ProposalTools({ run, client, me, proposals, canDecide, canDecline, canSupport }: ProposalToolsProps) {
  const { t } = useLanguage();
  const [form, setForm] = useState<'edit' | 'decline'>();
  const supporters = run.supporters ?? [];
  const isSupported = me !== undefined && supporters.includes(me.id);
  const task = useTask(run, client);
  const act = useAction((action: () => Promise<unknown>) => action());
  const index = proposals.findIndex(other => other.id === run.id);
  const place = (to: number) => client.placeRun(run.id, proposals.filter(other => other.id !== run.id)[to]?.id);
  return (
    <div className="proposal">
      <div className="proposal-line">
        <span>{t('proposal.place', { place: index + 1, count: proposals.length })}</span>
        <button
          aria-pressed={isSupported}
          disabled={!canSupport || act.isBusy}
          onClick={() => void act.run(() => (isSupported ? client.unsupportRun(run.id) : client.supportRun(run.id)))}
        >
          {t('proposal.support')} · {supporters.length}
        </button>
        {canDecide && (
          <>
            <button className="primary" disabled={act.isBusy} onClick={() => void act.run(() => client.approveRun(run.id))}>
              {t('proposal.approve')}
            </button>
            <button aria-expanded={form === 'edit'} onClick={() => setForm(form === 'edit' ? undefined : 'edit')}>
              {t('proposal.edit')}
            </button>
          </>
        )}
        {canDecline && (
          <button aria-expanded={form === 'decline'} onClick={() => setForm(form === 'decline' ? undefined : 'decline')}>
            {t('proposal.decline')}
          </button>
        )}
        {canDecide && proposals.length > 1 && (
          <>
            <button
              className="quiet"
              aria-label={t('proposal.up')}
              disabled={index <= 0 || act.isBusy}
              onClick={() => void act.run(() => place(index - 1))}
            >
              ↑
            </button>
            <button
              className="quiet"
              aria-label={t('proposal.down')}
              disabled={index >= proposals.length - 1 || act.isBusy}
              onClick={() => void act.run(() => place(index + 1))}
            >
              ↓
            </button>
          </>
        )}
      </div>
      {canDecide && form === 'edit' && (
        <TextForm
          label={t('proposal.task')}
          text={task.text}
          maxLength={16_384}
          submit={t('proposal.approveEdited')}
          isRequired
          onSubmit={task => act.run(() => client.approveRun(run.id, task))}
        />
      )}
      {canDecline && form === 'decline' && (
        <TextForm
          label={t('proposal.reason')}
          text=""
          maxLength={500}
          submit={t('proposal.decline')}
          onSubmit={reason => act.run(() => client.declineRun(run.id, reason === '' ? undefined : reason))}
        />
      )}
      <Problem text={act.error} />
    </div>
  );
}

interface TextFormProps {
  readonly label: string;
  readonly text: string;
  readonly maxLength: number;
  readonly submit: string;
  readonly isRequired?: boolean;
  readonly onSubmit: (text: string) => Promise<unknown>;
}

function TextForm({ label, text, maxLength, submit, isRequired = false, onSubmit }: TextFormProps) {
  const [value, setValue] = useState(text);
  return (
    <form
      className="proposal-form"
      onSubmit={event => {
        event.preventDefault();
        void onSubmit(value.trim());
      }}
    >
      <label>
        {label}
        <textarea
          value={value}
          onChange={event => setValue(event.target.value)}
          maxLength={maxLength}
          rows={2}
          dir="auto"
          required={isRequired}
        />
      </label>
      <button className="primary" disabled={isRequired && value.trim() === ''}>
        {submit}
      </button>
    </form>
  );
}
