/** The keys of a room, in the order of the list that `?` shows. */
export const roomKeys = [
  { shown: ['question'], does: 'list' },
  { shown: ['enter'], does: 'start' },
  { shown: ['shiftEnter'], does: 'newLine' },
  { shown: ['j', 'k'], does: 'move' },
  { shown: ['arrows'], does: 'tools' },
  { shown: ['escape'], does: 'stop' },
  { shown: ['t'], does: 'task' },
  { shown: ['m'], does: 'message' },
  { shown: ['slash'], does: 'search' },
  { shown: ['p'], does: 'present' },
] as const;
