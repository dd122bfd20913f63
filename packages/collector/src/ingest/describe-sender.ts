import type { IncomingMessage } from 'node:http'
import type { BatchContext } from '@sojourn/protocol'
import { toWellFormed } from '@sojourn/protocol'
import type { FactContext } from './fact.ts'
import type { FindPlace } from './geo.ts'
import { keptAddress } from './keep-address.ts'
import type { AddressMode } from './keep-address.ts'

/** What the collector needs to know to add its own observations to a sender's context. */
export interface SenderRules {
  readonly clientAddress: (req: IncomingMessage) => string | undefined
  readonly addressMode: AddressMode
  readonly findPlace: FindPlace | undefined
}

const MAX_USER_AGENT_CHARS = 1_024

/**
 * The context all facts of a request share. The place is found from the whole address, before it is cut. A user agent in the batch stands
 * (a server relays its visitor's); else a browser's own header does. The agent of a library (curl, node) says nothing of a visitor and is left out.
 */
export function describeSender(req: IncomingMessage, context: BatchContext, rules: SenderRules): FactContext {
  const address = rules.clientAddress(req)
  const ip = keptAddress(address, rules.addressMode)
  const geo = rules.findPlace?.(address)
  const header = req.headers['user-agent']
  const borrowed = context.userAgent === undefined && header?.startsWith('Mozilla/')
  const sender = borrowed
    ? { ...context, userAgent: toWellFormed(header!.slice(0, MAX_USER_AGENT_CHARS)) }
    : context
  return { sender, ...(ip !== undefined && { ip }), ...(geo && { geo }) }
}
