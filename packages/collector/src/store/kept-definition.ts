import type { Definition } from '../definition/definition.ts'

/**
 * How far the telling of a definition is. `idle`: nobody has asked for its sessions yet, so none are told; `building`: its events are
 * being told, while readers see the version before, if there was one; `ready`: its sessions are there and kept up to date.
 */
export const DEFINITION_STATUSES = ['idle', 'building', 'ready'] as const
export type DefinitionStatus = (typeof DEFINITION_STATUSES)[number]

/** What a definition was at a time. */
export interface DefinitionVersion {
  readonly definition: Definition
  readonly version: number
}

/** A definition, and how far its telling is. */
export interface KeptDefinition {
  readonly definition: Definition
  /** 1 at first, one more with each change. */
  readonly version: number
  /** The versions before, the oldest first; each can be named in place of a definition, as `name@version`. */
  readonly earlier: readonly DefinitionVersion[]
  readonly isBuiltIn: boolean
  readonly status: DefinitionStatus
  /** Share of the events that are told, 0 to 1. */
  readonly progress: number
}

/** There is no definition of this name. The API answers it as a 400 that names `definition`. */
export class NoSuchDefinition extends Error {}

/** The sessions of a definition are told for the first time and not all there yet. The API answers 503 with `Retry-After`. */
export class StillTelling extends Error {
  /** Share of the events that are told, 0 to 1. */
  readonly progress: number
  constructor(name: string, progress: number) {
    super(`The sessions of ${name} are being told: ${Math.floor(progress * 100)} % so far.`)
    this.progress = progress
  }
}
