/** Where one way of working gives way to another that is faster for larger numbers. What is stored and answered is the same either way. */
export interface Tuning {
  /** With more live sessions than this, those that have ended are settled. So many are looked through faster than an index of them would pay. */
  readonly liveSessions: number
  /** Of sessions with more events the state is kept; others are folded of their events when somebody asks. */
  readonly foldedEvents: number
  /** So few matches are gathered and sorted; of more, a list's page is looked for in the order of the list. */
  readonly gatheredSessions: number
  /** So few settled sessions are summed up by an index that leads to them and no others; of more, all are read in the order of their place. */
  readonly gatheredSums: number
  /** So many groups are summed up in memory, where the visitors of some are noted in so many bytes in all; more are sorted. */
  readonly talliedGroups: number
  readonly tallyBytes: number
  /** Of so many keys a definition's telling is remembered; of others it is read again. */
  readonly storyKeys: number
  /** To find where a key stands that senders' session ids are followed of, so many of its last events are read at first. */
  readonly storyWindow: number
  /** So many sessions are remembered between transactions, at about 2 KB each; of others the row is read again. A busy site has a few thousand going on. */
  readonly rememberedSessions: number
  /** A definition that nobody has read for so long lags, by at most so many events. */
  readonly idleStoryMs: number
  readonly idleStoryEvents: number
  /** Events that are told in one transaction. */
  readonly storySlice: number
  /** Sessions that are scored again in one transaction, for which commits wait. */
  readonly rescoreSlice: number
  /** With more events to tell than this, a story that nobody reads yet is told anew in one go. */
  readonly rebuildEvents: number
}

/** As measured on a machine with two cores. */
export const TUNING: Tuning = {
  liveSessions: 1_000,
  foldedEvents: 32,
  gatheredSessions: 3_000,
  gatheredSums: 50_000,
  talliedGroups: 20_000,
  tallyBytes: 16 * 1024 * 1024,
  storyKeys: 5_000,
  storyWindow: 64,
  rememberedSessions: 10_000,
  idleStoryMs: 300_000,
  idleStoryEvents: 20_000,
  storySlice: 500,
  rescoreSlice: 100,
  rebuildEvents: 2_000,
}
