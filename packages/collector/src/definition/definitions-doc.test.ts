import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { firstIdentity, identityIn, profileKeyOf } from '../profile/identity.ts'
import type { Identity } from '../profile/identity.ts'
import { compileRules } from './compile-rules.ts'
import type { EventColumns } from './event-columns.ts'
import { createTextReader } from './event-texts.ts'
import { parseDefinition } from './parse-definition.ts'
import { RULE_NAMES } from '@sojourn/protocol'
import { ruleName } from './rule-name.ts'
import { tellKeys } from './tell.ts'

const DOC = readFileSync(new URL('../../../../docs/definitions.md', import.meta.url), 'utf8')

type Row = Readonly<Record<string, string>>

/** Each example: its title, its definition and the table below it. */
const EXAMPLES = DOC.split('\n### ')
  .slice(1)
  .map((part) => {
    const [heading, ...cells] = [...part.matchAll(/^\| (.*) \|$/gm)].map(([, row]) =>
      row!.split('|').map((cell) => cell.trim()),
    )
    return {
      title: part.split('\n')[0]!,
      definition: JSON.parse(/^```json definition\n(.*?)^```/ms.exec(part)![1]!) as unknown,
      rows: cells
        .slice(1)
        .map((row): Row => Object.fromEntries(heading!.map((name, i) => [name, row[i] ?? '']))),
    }
  })

function numbered(texts: readonly (string | undefined)[], numbers = new Map<string, number>()): Int32Array {
  return Int32Array.from(texts, (text) => {
    if (!text) return 0
    if (!numbers.has(text)) numbers.set(text, numbers.size + 1)
    return numbers.get(text)!
  })
}

describe('docs/definitions.md', () => {
  test('has the examples that it was asked for', () => {
    expect(EXAMPLES.map(({ title }) => title)).toHaveLength(10)
    for (const { rows } of EXAMPLES) expect(rows.length).toBeGreaterThan(3)
  })

  test.each(EXAMPLES)('$title', ({ definition: written, rows }) => {
    const parsed = parseDefinition(written)
    if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
    const { definition } = parsed
    const events = rows.map((row, i) => ({
      id: String(i),
      type: 'track' as const,
      name: row['event']!,
      time: Date.parse(`${row['time']!.replace(' ', 'T')}Z`),
      passive: false,
      visitorId: row['visitor'] ?? 'v1',
      ...(row['user'] ? { userId: row['user'] } : {}),
      ...(row['campaign'] ? { campaign: { name: row['campaign'] } } : {}),
      ...(row['order_id'] ? { properties: { order_id: row['order_id'] } } : {}),
    }))
    const identities = new Map<string, Identity | undefined>()
    for (const event of events)
      identities.set(
        event.visitorId,
        firstIdentity(identities.get(event.visitorId), identityIn(event, event.time)),
      )
    const keys = numbered(
      events.map((event) => {
        const key = profileKeyOf(event, identities.get(event.visitorId))
        return definition.scope === 'profile' ? `${key.kind} ${key.id}` : event.visitorId
      }),
    )
    const names = new Map<string, number>()
    const types = new Map<string, number>()
    const texts = events.map(createTextReader(definition.property))
    const columns: EventColumns = {
      length: events.length,
      time: Float64Array.from(events, ({ time }) => time),
      passive: new Uint8Array(events.length),
      name: numbered(
        events.map(({ name }) => name),
        names,
      ),
      source: numbered(
        rows.map((row) => row['source type']),
        types,
      ),
      stamp: numbered(rows.map((row) => row['stamp'])),
      campaign: numbered(texts.map(({ campaign }) => campaign)),
      referrer: numbered(texts.map(({ referrer }) => referrer)),
      user: numbered(texts.map(({ user }) => user)),
      property: numbered(texts.map(({ property }) => property)),
    }
    const rules = compileRules(definition, {
      nameNumber: (name) => names.get(name) ?? -1,
      sourceNumbers: ({ sourceTypes = [] }) => sourceTypes.map((type) => types.get(type)!),
    })
    const telling = tellKeys(rules, columns, keys)
    const letters = [...'ABCDEF']
    expect(
      rows.map((_, row) => {
        const session = telling.sessionOf[row]!
        const isFirst = session !== -1 && telling.firstRow[session] === row
        return [letters[session] ?? '', isFirst ? ruleName(telling.startRule[session]!) : '']
      }),
    ).toEqual(rows.map((row) => [row['session'], row['began']]))
  })

  test('names every reason', () => {
    const section = DOC.split('## Why a session began')[1]!.split('\n## ')[0]!
    const named = [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [
      ...cell!.matchAll(/`([\w-]+)`/g),
    ])
    expect(named.map(([, name]) => name)).toEqual([...RULE_NAMES])
  })

  test('names every field', () => {
    const table = DOC.split('| field | meaning | default |')[1]!.split('\n\n')[0]!
    const named = [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [
      ...cell!.matchAll(/`(\w+)`/g),
    ])
    const refused = parseDefinition({
      name: 'x',
      ...Object.fromEntries(named.map(([, name]) => [name, 'no'])),
      extra: 1,
    })
    expect(refused.ok || refused.problems.filter((each) => each.includes('is no field'))).toEqual([
      '"extra" is no field of it.',
    ])
    expect(named).toHaveLength(14)
  })
})
