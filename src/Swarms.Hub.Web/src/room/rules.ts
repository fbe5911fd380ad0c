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
    /** A race is no proposal: who must propose starts none. */
    canRace: isOpen && !mustPropose && me.role !== MemberRoles.viewer,
    /** Messages, the edits of own ones, reactions and quotes. */
    canTalk: isOpen && (settings.viewersMayTalk || me.role !== MemberRoles.viewer),
    /** Own reactions and votes can be taken back by those who may add none. */
    canUnreact: isOpen,
    canTakeBack: isOpen || isHost,
    canRemoveMessages: isHost,
    canRaiseHand: isOpen,
    canLowerHand: me !== undefined && !settings.archived,
    canLowerHands: isOpen && isHost,
    canRename: isOpen || isHost,
    canChangeAgents: isOpen && isHost,
    /** Approves and places proposals, and reveals races. */
    canDecide: isOpen && isHost,
    /** An archive is cleared up. */
    canDecline: isHost,
    canSupport: isOpen,
    canVote: isOpen,
    /** Own agents are not taken: a run names an agent of the room. */
    mustChooseAgent: settings.agentsOnly && !isHost,
    seesMoney: me !== undefined && RoomSettings.showsMoneyTo(settings, me.role),
  };
}
