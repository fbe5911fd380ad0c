import { type Member, MemberRoles, type Room, RoomSettings } from 'swarms-hub-client';

/** What the room's settings let this member do. The hub asks again; the page only offers what it would take. */
export function rulesFor(room: Room | undefined, me: Member | undefined) {
  const settings = room?.settings ?? RoomSettings.initial;
  const isHost = me?.role === MemberRoles.host;
  const isOpen = me !== undefined && !settings.archived && (isHost || !settings.locked);
  const mustPropose = settings.moderated && !isHost && me?.unmoderated !== true;
  return {
    /** Why nobody, or nobody but hosts, acts; undefined while everybody may. */
    closedBy: settings.archived ? ('archived' as const) : settings.locked ? ('locked' as const) : undefined,
    canStart: isOpen && (mustPropose || me.role !== MemberRoles.viewer),
    mustPropose,
    canTalk: isOpen && (settings.viewersMayTalk || me.role !== MemberRoles.viewer),
    canDecide: isOpen && isHost,
    canSupport: isOpen,
    canVote: isOpen,
    /** Own agents are not taken: a run names an agent of the room. */
    mustChooseAgent: settings.agentsOnly && !isHost,
    seesMoney: me !== undefined && RoomSettings.showsMoneyTo(settings, me.role),
  };
}
