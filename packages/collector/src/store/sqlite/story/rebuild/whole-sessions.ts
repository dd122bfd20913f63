import type { EventBlock } from './event-block.ts'
import type { Telling } from '../../../../definition/telling.ts'

/** Sessions of `client` that make up another one, by their rows, in the order of their first events. */
export interface WholeSessions {
  readonly rows: readonly number[]
  /** Which of them has the first event that is not passive, and which the last; in passive events alone, the first and the last of any kind. */
  readonly opening: number
  readonly closing: number
  /** Each ended before the next began. */
  readonly isInTurn: boolean
}

/** The sessions of `client` that the events in these places make up wholly; undefined where they do not, or where one of them is muted. */
export type FindWholeSessions = (
  block: EventBlock,
  telling: Telling,
  places: Uint32Array,
) => WholeSessions | undefined

/** `sizes` has the number of events of each session of `client`. */
export function createFindWholeSessions(sizes: Uint32Array): FindWholeSessions {
  const seen = new Uint32Array(sizes.length)
  return (block, telling, places) => {
    const found: number[] = []
    let isWhole = true
    let isInTurn = true
    let missing = 0
    let opening = 0
    let closing = 0
    for (const place of places) {
      const session = block.session[place]!
      if (seen[session] === 0) {
        // Else the one before goes on after this one has begun.
        if (missing > 0) isInTurn = false
        found.push(session)
        missing += sizes[session]!
      }
      seen[session]!++
      missing--
      const isPassive = (block.mark[place]! & 1) === 1
      if (!isPassive) {
        opening ||= session
        closing = session
      }
      if (session === 0 || (!isPassive && telling.isActive[place] === 0)) isWhole = false
    }
    for (const session of found) seen[session] = 0
    if (!isWhole || missing !== 0) return undefined
    return { rows: found, opening: opening || found[0]!, closing: closing || found.at(-1)!, isInTurn }
  }
}
