import type { Rules } from '../../../definition/compile-rules.ts'
import type { EventColumns, RuleColumn } from '../../../definition/event-columns.ts'
import { createTextReader } from '../../../definition/event-texts.ts'
import type { Words } from '../words.ts'
import type { StoredFact } from './facts-reader.ts'

/** Facts as the rules of a definition read them. Texts go by their row among the story's words. */
export type ToColumns = (facts: readonly StoredFact[]) => EventColumns

/** A function that fills the columns which the rules read. */
export function createToColumns(rules: Rules, property: string | undefined, words: Words): ToColumns {
  const readTexts = createTextReader(property)
  const needsTexts = rules.columns.some((column) => !['name', 'source', 'stamp'].includes(column))
  const number = (text: string | undefined): number => (text === undefined ? 0 : words.intern(text))

  return (facts) => {
    const length = facts.length
    const columns = Object.fromEntries(rules.columns.map((column) => [column, new Int32Array(length)])) as {
      [Column in RuleColumn]?: Int32Array
    }
    const time = new Float64Array(length)
    const passive = new Uint8Array(length)
    facts.forEach(({ fact, sourceRow }, i) => {
      const { event } = fact
      time[i] = fact.time
      passive[i] = Number(event.passive)
      if (columns.name) columns.name[i] = words.intern(event.name)
      if (columns.source) columns.source[i] = sourceRow
      if (columns.stamp) columns.stamp[i] = number(event.session?.id)
      if (!needsTexts) return
      const texts = readTexts(event)
      for (const column of ['campaign', 'referrer', 'user', 'property'] as const)
        if (columns[column]) columns[column][i] = number(texts[column])
    })
    return { length, time, passive, ...columns }
  }
}
