import type { Definition } from '../../definition/definition.ts'

/** A definition that tells events with stamps as `client` does, so that whatever holds of its sessions has to hold of these. */
export const AS_STAMPED: Definition = {
  name: 'as-stamped',
  scope: 'visitor',
  by: 'client',
  timeoutMs: 30 * 60_000,
  splitOn: [],
  startEvents: [],
  endEvents: [],
  passiveEvents: [],
}
