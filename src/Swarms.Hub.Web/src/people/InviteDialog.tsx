import { useId, useRef, useState } from 'react';
import type { InviteCreated, MemberRole, RoomClient } from 'swarms-hub-client';
import { CopyField } from '../shared/CopyField';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import '../shared/dialog.css';

const roles: readonly [MemberRole, string, string][] = [
  ['participant', 'Participant', 'starts runs, and cancels own ones'],
  ['viewer', 'Viewer', 'watches, talks and raises a hand'],
  ['host', 'Host', 'may do everything, as you may'],
];

export function InviteDialog({ client }: { client: RoomClient }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [role, setRole] = useState<MemberRole>('participant');
  const [created, setCreated] = useState<InviteCreated>();
  const create = useAction(async () => setCreated(await client.createInvite({ role })));
  const revoke = useAction(async () => {
    if (created) await client.revokeInvite(created.invite.id);
    setCreated(undefined);
  });
  return (
    <>
      <button className="primary" onClick={() => dialog.current?.showModal()}>
        Invite
      </button>
      <dialog ref={dialog} aria-labelledby={title} onClose={() => setCreated(undefined)}>
        <h2 id={title}>Invite people</h2>
        {created ? (
          <>
            <p>
              Whoever has this link or code can join as a <strong>{created.invite.role}</strong>. It is shown only now.
            </p>
            <CopyField label="Link" value={created.url} />
            <CopyField label="Code" value={created.code} />
            <p className="hint">
              Works until {new Date(created.invite.expiresAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}.
            </p>
            <Problem text={revoke.error} />
            <div className="dialog-tools">
              <button onClick={() => void revoke.run()} disabled={revoke.isBusy}>
                Take it back
              </button>
              <button className="primary" onClick={() => dialog.current?.close()}>
                Done
              </button>
            </div>
          </>
        ) : (
          <form
            onSubmit={event => {
              event.preventDefault();
              void create.run();
            }}
          >
            <fieldset>
              <legend>They will be</legend>
              {roles.map(([value, name, what]) => (
                <label key={value} className="choice">
                  <input type="radio" name="role" value={value} checked={role === value} onChange={() => setRole(value)} />
                  <span>
                    <strong>{name}</strong> {what}
                  </span>
                </label>
              ))}
            </fieldset>
            <Problem text={create.error} />
            <div className="dialog-tools">
              <button type="button" onClick={() => dialog.current?.close()}>
                Close
              </button>
              <button className="primary" disabled={create.isBusy}>
                Create invite
              </button>
            </div>
          </form>
        )}
      </dialog>
    </>
  );
}
