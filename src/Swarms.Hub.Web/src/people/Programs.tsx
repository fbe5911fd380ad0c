import { useEffect, useState } from 'react';
import type { Member, MemberRole, ProgramCreated, RoomClient, RoomProgram } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { CopyField } from '../shared/controls/CopyField';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';

const roles: readonly MemberRole[] = ['participant', 'viewer', 'host'];

const day = 86_400;
/** Lifetimes of a token to choose from, in seconds; undefined has no end. */
const lifetimes = { day, week: 7 * day, month: 30 * day, year: 365 * day, endless: undefined } as const;

type Lifetime = keyof typeof lifetimes;

interface ProgramsProps {
  readonly client: RoomClient;
  readonly members: readonly Member[];
}

/** The programs of the room, each a member with a token of its own. A token is shown once, when the program is admitted. */
export function Programs({ client, members }: ProgramsProps) {
  const { t, dateAndTime } = useLanguage();
  const [programs, setPrograms] = useState<readonly RoomProgram[]>();
  const [created, setCreated] = useState<ProgramCreated>();
  const load = useAction(async () => setPrograms(await client.listPrograms()));
  const remove = useAction(async (id: string) => {
    await client.removeMember(id);
    if (created?.member.id === id) setCreated(undefined);
    setPrograms(await client.listPrograms());
  });
  useEffect(() => {
    void load.run();
    // Once for each opening: the list is not watched.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client]);
  const admitted = async (program: ProgramCreated) => {
    setCreated(program);
    setPrograms(await client.listPrograms());
  };
  const maker = ({ by }: RoomProgram) => members.find(({ id }) => id === by)?.name ?? t('people.somebodyWhoLeft');
  return (
    <section className="invites" aria-label={t('programs.title')}>
      <h3>{t('programs.title')}</h3>
      <p className="hint">{t('programs.hint')}</p>
      <ul>
        {programs?.map(program => (
          <li key={program.id}>
            <span dir="auto">
              <strong>{program.name}</strong> {t(`people.role.${program.role}`)}, {t('invite.by', { name: maker(program) })}
              <br />
              <small>
                {t('programs.used', { time: dateAndTime(program.lastUsedAt) })}{' '}
                {program.expiresAt === null ? t('programs.endless') : t('invite.until', { time: dateAndTime(program.expiresAt) })}
              </small>
            </span>
            <button
              type="button"
              onClick={() => void remove.run(program.id)}
              disabled={remove.isBusy}
              aria-label={t('programs.removeWhich', { name: program.name })}
            >
              {t('common.remove')}
            </button>
          </li>
        ))}
      </ul>
      <Problem text={load.error ?? remove.error} />
      {created && (
        <>
          <CopyField label={t('programs.token', { name: created.member.name })} value={created.token} />
          <p className="hint">{t('programs.once')}</p>
        </>
      )}
      <NewProgram client={client} onCreated={admitted} />
    </section>
  );
}

interface NewProgramProps {
  readonly client: RoomClient;
  readonly onCreated: (program: ProgramCreated) => Promise<void>;
}

function NewProgram({ client, onCreated }: NewProgramProps) {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [role, setRole] = useState<MemberRole>('participant');
  const [lifetime, setLifetime] = useState<Lifetime>('month');
  const create = useAction(async () => {
    const expiresInSeconds = lifetimes[lifetime];
    const program = await client.createProgram({ name, role, ...(expiresInSeconds === undefined ? {} : { expiresInSeconds }) });
    setName('');
    await onCreated(program);
  });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void create.run();
      }}
    >
      <label>
        {t('programs.name')}
        <input value={name} onChange={event => setName(event.target.value)} required maxLength={100} dir="auto" autoComplete="off" />
      </label>
      <label>
        {t('programs.role')}
        <select value={role} onChange={event => setRole(event.target.value as MemberRole)}>
          {roles.map(value => (
            <option key={value} value={value}>
              {t(`invite.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('programs.lifetime')}
        <select value={lifetime} onChange={event => setLifetime(event.target.value as Lifetime)}>
          {(Object.keys(lifetimes) as Lifetime[]).map(value => (
            <option key={value} value={value}>
              {t(`programs.lifetime.${value}`)}
            </option>
          ))}
        </select>
      </label>
      <Problem text={create.error} />
      <div className="dialog-tools">
        <button disabled={create.isBusy}>{t('programs.create')}</button>
      </div>
    </form>
  );
}
