import { readFileSync } from 'node:fs'

/** The text of a statement that stands in a file beside this one, e.g. `insert-event.sql`. */
export function readStatement(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
