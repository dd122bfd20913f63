import { crc32 } from 'node:zlib'
import type { EventType } from '@sojourn/protocol'
import { StoreDamaged } from '../store.ts'

/** What an event's checksum is over: all that its row holds but what may change, which session it is told in. */
export interface Checked {
  readonly id: string
  readonly time: number
  readonly receivedAt: number
  readonly clockOffsetMs: number
  readonly sourceRow: number
  readonly contextRow: number
  readonly type: EventType | undefined
  readonly name: string | null
  readonly passive: boolean
  /** The visitor's or user's id that is in a table of its own. */
  readonly identity: string | null
  readonly body: string
}

/** The checksum as the database keeps it: a signed number takes a byte less there. */
export function eventChecksum(event: Checked): number {
  const { id, time, receivedAt, clockOffsetMs, sourceRow, contextRow, type, name, passive, identity, body } =
    event
  const head = `${id}\n${time} ${receivedAt} ${clockOffsetMs} ${sourceRow} ${contextRow} ${type} ${passive}`
  return crc32(`${head}\n${name}\n${identity}\n${body}`) | 0
}

/** What stands between a text and its checksum; no JSON text ends with it and eight digits. */
const SEAL = '#'
const DIGITS = 8

/** The text with its checksum behind it. */
export function seal(text: string): string {
  return text + SEAL + crc32(text).toString(16).padStart(DIGITS, '0')
}

/** The text that was sealed; one that ends as JSON does is from before there were seals. Throws `StoreDamaged` where it is another. */
export function unseal(sealed: string): string {
  if (sealed.endsWith('}')) return sealed
  const text = sealed.slice(0, -DIGITS - SEAL.length)
  if (seal(text) !== sealed) throw new StoreDamaged('What is stored of a session is not what was written.')
  return text
}
