import type { RoomEvent } from '../Feed/RoomEvent.js';
import type { MemberRole } from '../Members/MemberRoles.js';
import { MemberRoles } from '../Members/MemberRoles.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { HoldBack } from './HoldBack.js';
import { MoneyAudiences } from './MoneyAudiences.js';
import { RoomBudget } from './RoomBudget.js';

/** The settings of a room that are in effect: its hosts' own, and the hub's defaults for the rest. */
export interface RoomSettings {
  /** Only hosts act; the others watch. */
  readonly locked: boolean;
  /** The runs of all but hosts are proposals first, which a host approves or declines. */
  readonly moderated: boolean;
  /** Viewers may send messages and react. */
  readonly viewersMayTalk: boolean;
  /** All but hosts start runs by the room's agents only. */
  readonly agentsOnly: boolean;
  /** The room is read-only. */
  readonly archived: boolean;
  /** The seconds without an event after which the room is deleted; null if it stays. */
  readonly retentionSeconds?: number;
  /** The members who see costs: one of `MoneyAudiences`. */
  readonly showMoney: string;
  /** The limits of the room's spending; undefined without any. */
  readonly budget?: RoomBudget;
  /** How texts of runs are held back; undefined where everybody gets them at once. */
  readonly holdBack?: HoldBack;
  /** The names of the settings that the room's hosts chose, in alphabetical order; the others are the hub's defaults. */
  readonly fromRoom: readonly string[];
}

export const RoomSettings = {
  /** The settings of a room whose log says nothing about them. */
  initial: {
    locked: false,
    moderated: false,
    viewersMayTalk: true,
    agentsOnly: false,
    archived: false,
    showMoney: MoneyAudiences.all,
    fromRoom: [],
  } as RoomSettings,

  /** Reads the object of an event. A field that is missing or of another type has its initial value. */
  read(settings: RoomEvent['data']): RoomSettings {
    const holdBack = PayloadFields.optionalObject(settings, 'holdBack');
    const budget = PayloadFields.optionalObject(settings, 'budget');
    return {
      locked: PayloadFields.flag(settings, 'locked') ?? RoomSettings.initial.locked,
      moderated: PayloadFields.flag(settings, 'moderated') ?? RoomSettings.initial.moderated,
      viewersMayTalk: PayloadFields.flag(settings, 'viewersMayTalk') ?? RoomSettings.initial.viewersMayTalk,
      agentsOnly: PayloadFields.flag(settings, 'agentsOnly') ?? RoomSettings.initial.agentsOnly,
      archived: PayloadFields.flag(settings, 'archived') ?? RoomSettings.initial.archived,
      ...given('retentionSeconds', PayloadFields.number(settings, 'retentionSeconds')),
      showMoney: PayloadFields.text(settings, 'showMoney') ?? RoomSettings.initial.showMoney,
      ...given('budget', budget && RoomBudget.read(budget)),
      ...given('holdBack', holdBack && HoldBack.read(holdBack)),
      fromRoom: PayloadFields.texts(settings, 'fromRoom'),
    };
  },

  /** True if members of this role see costs. */
  showsMoneyTo(settings: RoomSettings, role: MemberRole): boolean {
    if (settings.showMoney === MoneyAudiences.hosts) return role === MemberRoles.host;

    return settings.showMoney !== MoneyAudiences.participants || role !== MemberRoles.viewer;
  },
};
