import type { RoomSnapshot } from 'swarms-hub-client';

/** The names of a room's members by id. The same object until a name changes. */
export class Names {
  #from: Pick<RoomSnapshot, 'members' | 'formerMembers'> | undefined;
  #names: ReadonlyMap<string, string> = new Map();

  of(state: RoomSnapshot | undefined): ReadonlyMap<string, string> {
    if (!state || (this.#from?.members === state.members && this.#from.formerMembers === state.formerMembers)) return this.#names;

    this.#from = { members: state.members, formerMembers: state.formerMembers };
    return (this.#names = new Map([...state.formerMembers, ...state.members].map(({ id, name }) => [id, name])));
  }
}
