import type { EpochMs } from '@sojourn/protocol'
import type { Definition } from './definition.ts'
import type { RuleColumn } from './event-columns.ts'
import { columnsRead } from './event-columns.ts'
import { createLocalDay } from './local-day.ts'

/** What turns the texts of a definition into the numbers of event columns. */
export interface Dictionary {
  /** The number of an event name; a name that no event has had yet must be given one too, to hold when it comes. */
  nameNumber(name: string): number
  /** The numbers of all sources that the definition admits. Called only when it names sources or types. */
  sourceNumbers(definition: Definition): Iterable<number>
}

/** A definition made ready for `step`. */
export interface Rules {
  /** The columns that `step` reads beside `time` and `passive`. */
  readonly columns: readonly RuleColumn[]
  readonly timeoutMs: number
  /** Infinity: none. */
  readonly maxLengthMs: number
  /** Infinity: none. */
  readonly maxEvents: number
  readonly localDay: ((time: EpochMs) => number) | undefined
  readonly byClient: boolean
  readonly splitOnUser: boolean
  readonly splitOnCampaign: boolean
  readonly splitOnReferrer: boolean
  readonly splitOnProperty: boolean
  readonly usesNames: boolean
  readonly startNames: ReadonlySet<number>
  readonly endNames: ReadonlySet<number>
  readonly passiveNames: ReadonlySet<number>
  /** Undefined: all sources. */
  readonly sources: ReadonlySet<number> | undefined
}

/** Makes a definition ready for `step`. The result holds for as long as the sources and their types do not change. */
export function compileRules(definition: Definition, dictionary: Dictionary): Rules {
  const numbers = (names: readonly string[]) => new Set(names.map((name) => dictionary.nameNumber(name)))
  const columns = columnsRead(definition)
  return {
    columns,
    timeoutMs: definition.timeoutMs,
    maxLengthMs: definition.maxLengthMs ?? Infinity,
    maxEvents: definition.maxEvents ?? Infinity,
    localDay: definition.dayBoundary === undefined ? undefined : createLocalDay(definition.dayBoundary),
    byClient: definition.by === 'client',
    splitOnUser: definition.splitOn.includes('user'),
    splitOnCampaign: definition.splitOn.includes('campaign'),
    splitOnReferrer: definition.splitOn.includes('referrer'),
    splitOnProperty: definition.property !== undefined,
    usesNames: columns.includes('name'),
    startNames: numbers(definition.startEvents),
    endNames: numbers(definition.endEvents),
    passiveNames: numbers(definition.passiveEvents),
    sources: columns.includes('source') ? new Set(dictionary.sourceNumbers(definition)) : undefined,
  }
}
