import { useCallback, useEffect, useState } from 'react';
import { isRole, type MemberAttendance, type RoomAttendance, type RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Dialog } from '../shared/controls/Dialog';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { spanOf, timeInWords } from './spans';
import './Attendance.css';

/** Who had the room open, from when until when, as the hub recorded it. Hosts. */
export default function AttendanceDialog({ client, onClose }: { client: RoomClient; onClose: () => void }) {
  const { t } = useLanguage();
  const [attendance, setAttendance] = useState<RoomAttendance>();
  const read = useAction(useCallback(async () => setAttendance(await client.getAttendance()), [client]));
  const { run: load } = read;
  useEffect(() => void load(), [load]);
  return (
    <Dialog title={t('attendance.title')} isLarge onClose={onClose}>
      <p className="hint">{t('attendance.hint')}</p>
      <div className="attendance-tools">
        <a className="button" href={client.getAttendanceCsvUrl()} download>
          {t('attendance.csv')}
        </a>
        <button onClick={() => void load()} disabled={read.isBusy}>
          {t('attendance.again')}
        </button>
      </div>
      <Problem text={read.error} />
      {attendance?.isWhole === false && <p className="hint">{t('attendance.cut')}</p>}
      {attendance && (attendance.members.length === 0 ? <p>{t('attendance.none')}</p> : <List members={attendance.members} />)}
    </Dialog>
  );
}

function List({ members }: { members: readonly MemberAttendance[] }) {
  const { t, time } = useLanguage();
  const span = spanOf(members);
  return (
    <div className="table-box prints" tabIndex={0} role="region" aria-label={t('attendance.title')}>
      <table className="attendance">
        <thead>
          <tr>
            <th scope="col">{t('attendance.name')}</th>
            <th scope="col">{t('attendance.came')}</th>
            <th scope="col">{t('attendance.went')}</th>
            <th scope="col">{t('attendance.time')}</th>
            <th scope="col">
              {t('attendance.times')} <small>{t('attendance.axis', { from: time(span.from), to: time(span.until) })}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map(member => (
            <Row key={member.id} member={member} span={span} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ member, span }: { member: MemberAttendance; span: ReturnType<typeof spanOf> }) {
  const language = useLanguage();
  const { t, time } = language;
  const [first, last] = [member.times[0], member.times.at(-1)];
  return (
    <tr>
      <th scope="row">
        <bdi>{member.name}</bdi> <small>{isRole(member.role) && t(`people.role.${member.role}`)}</small>
      </th>
      <td>{first && time(first.from)}</td>
      <td>{member.isHere ? t('attendance.here') : last && time(last.until)}</td>
      <td>{timeInWords(language, member.seconds)}</td>
      <td>
        <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
          {member.times.map(({ from, until }) => (
            <rect key={from} x={span.place(from)} width={Math.max(4, span.place(until) - span.place(from))} height="10" />
          ))}
        </svg>
        <details>
          <summary>{t('attendance.timesOf', { count: member.times.length })}</summary>
          <ul>
            {member.times.map(({ from, until }) => (
              <li key={from}>{t('attendance.fromTo', { from: time(from), to: time(until) })}</li>
            ))}
          </ul>
        </details>
      </td>
    </tr>
  );
}
