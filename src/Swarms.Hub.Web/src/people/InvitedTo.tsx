import type { InviteLook } from 'swarms-hub-client';
import { Phrase } from '../language/Phrase';
import { useLanguage } from '../language/useLanguage';

/** The room and the hosts that an invite leads to, and the role in which it admits. */
export function InvitedTo({ look }: { look: InviteLook }) {
  const { t, dateAndTime } = useLanguage();
  return (
    <section className="invited-to" aria-live="polite">
      <strong dir="auto">{look.room.name}</strong>
      {look.hosts.length > 0 && <p>{t('join.hosts', { names: look.hosts.join(', ') })}</p>}
      {look.member ? (
        <p>
          <Phrase id="join.member" values={{ name: <strong dir="auto">{look.member.name}</strong> }} />
        </p>
      ) : (
        <p className="hint">
          {t('join.role', { role: t(`people.role.${look.role as 'viewer'}`) })} {t('invite.until', { time: dateAndTime(look.expiresAt) })}
        </p>
      )}
    </section>
  );
}
