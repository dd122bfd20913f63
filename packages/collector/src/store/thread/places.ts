import type { Store } from '../store.ts'

/** The thread that does what a method of the store does: `writer` is the only one that writes events and sessions, `reader` tells stories and answers questions. */
export type Place = 'writer' | 'reader'

/** Each method and its thread; but for `close`, which ends both. */
export const PLACES = {
  commit: 'writer',
  sources: 'writer',
  addSource: 'writer',
  changeSource: 'writer',
  removeSource: 'writer',
  setting: 'writer',
  putSetting: 'writer',
  checkWritable: 'writer',
  sessions: 'reader',
  session: 'reader',
  sessionEvents: 'reader',
  sessionOfEvent: 'reader',
  events: 'reader',
  eventTail: 'reader',
  sessionSpan: 'reader',
  sessionSums: 'reader',
  sessionSumsBetween: 'reader',
  sessionDurations: 'reader',
  sessionGroups: 'reader',
  sessionPaths: 'reader',
  sessionPairs: 'reader',
  sequenceGaps: 'reader',
  storedBytes: 'reader',
  definitions: 'reader',
  putDefinition: 'reader',
  removeDefinition: 'reader',
  rebuildDefinition: 'reader',
  compareDefinitions: 'reader',
  profiles: 'reader',
  profile: 'reader',
  eraseProfile: 'reader',
  forgetBefore: 'reader',
  gapCells: 'reader',
  scoring: 'reader',
  putScoring: 'reader',
} as const satisfies Readonly<Record<Exclude<keyof Store, 'close'>, Place>>

/** What reads a great many sessions: asked with filters first, it waits its turn behind all that is answered at once. */
export const SCANS = [
  'sessionSpan',
  'sessionSums',
  'sessionSumsBetween',
  'sessionDurations',
  'sessionGroups',
  'sessionPaths',
  'sessionPairs',
] as const satisfies readonly MethodsOf<'reader'>[]

/** The methods of one thread. */
export type MethodsOf<At extends Place> = {
  [Method in keyof typeof PLACES]: (typeof PLACES)[Method] extends At ? Method : never
}[keyof typeof PLACES]

/** The names of the methods of one thread. */
export function methodsOf<At extends Place>(place: At): readonly MethodsOf<At>[] {
  return Object.entries(PLACES).flatMap(([method, at]) => (at === place ? [method as MethodsOf<At>] : []))
}

/** The methods of one thread, of a store. */
export function pickMethods<At extends Place, From extends Pick<Store, MethodsOf<At>>>(
  store: From,
  place: At,
): Pick<From, MethodsOf<At>> {
  return Object.fromEntries(methodsOf(place).map((method) => [method, store[method]])) as Pick<
    From,
    MethodsOf<At>
  >
}
