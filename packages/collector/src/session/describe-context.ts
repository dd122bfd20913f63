import { MAX_TIMEOUT_MS, MIN_TIMEOUT_MS } from '@sojourn/protocol'
import { describeDevice } from '../ingest/describe-device.ts'
import type { Geo, SessionObject } from '@sojourn/protocol'
import type { FactContext } from '../ingest/fact.ts'

/** What a context tells of where its events came from; what it doesn't tell is undefined. */
export interface ContextDescription {
  readonly device: SessionObject['device'] | undefined
  readonly os: SessionObject['os'] | undefined
  readonly app: SessionObject['app'] | undefined
  readonly ip: string | undefined
  readonly geo: Geo | undefined
  readonly timezone: string | undefined
  readonly language: string | undefined
  /** The sender's session timeout, in ms; undefined when it is out of bounds. */
  readonly timeoutMs: number | undefined
}

const described = new WeakMap<FactContext, ContextDescription>()

/** The description of a context, worked out once per context object. Pure; never throws. */
export function describeContext(context: FactContext): ContextDescription {
  const known = described.get(context)
  if (known) return known
  const description = describe(context)
  described.set(context, description)
  return description
}

function describe({ sender, ip, geo }: FactContext): ContextDescription {
  const { device, os, app } = describeDevice(sender)
  const timeoutMs = sender.sdk?.timeoutMs
  // A sender that says nothing of its software is "server" by default: that tells nothing, so it doesn't hide a later event's browser.
  const namesApp = app.type !== 'server' || app.name !== undefined || app.bot
  return {
    device: Object.keys(device).length > 0 ? device : undefined,
    os,
    app: namesApp ? app : undefined,
    ip,
    geo,
    timezone: sender.timezone || undefined,
    language: sender.locale || undefined,
    timeoutMs:
      timeoutMs !== undefined && timeoutMs >= MIN_TIMEOUT_MS && timeoutMs <= MAX_TIMEOUT_MS
        ? timeoutMs
        : undefined,
  }
}
