import type { Definition } from './definition.ts'
import { formatDuration } from './duration.ts'

/** A definition as the read API writes it and `parseDefinition` reads it back: durations as texts, and no field that is at its empty default. */
export function definitionJson(definition: Definition): Readonly<Record<string, unknown>> {
  const { name, scope, by, timeoutMs, maxLengthMs, maxEvents, dayBoundary, property } = definition
  return {
    name,
    scope,
    by,
    timeout: formatDuration(timeoutMs),
    ...(maxLengthMs === undefined ? {} : { maxLength: formatDuration(maxLengthMs) }),
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(dayBoundary === undefined ? {} : { dayBoundary }),
    ...list('splitOn', definition.splitOn),
    ...list('startEvents', definition.startEvents),
    ...list('endEvents', definition.endEvents),
    ...(property === undefined ? {} : { property }),
    ...list('passiveEvents', definition.passiveEvents),
    ...list('sources', definition.sources),
    ...list('sourceTypes', definition.sourceTypes),
  }
}

function list(
  key: string,
  texts: readonly string[] | undefined,
): Readonly<Record<string, readonly string[]>> {
  return texts === undefined || texts.length === 0 ? {} : { [key]: texts }
}

/** True for definitions that tell the same sessions under the same name. */
export function isSameDefinition(a: Definition, b: Definition): boolean {
  return JSON.stringify(definitionJson(a)) === JSON.stringify(definitionJson(b))
}
