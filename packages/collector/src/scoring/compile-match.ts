import type { WireEvent } from '@sojourn/protocol'
import { createPropertyReader } from '../definition/property-path.ts'
import type { Goal, Match, PropertyMatch, ScoringRule } from './match.ts'
import { compilePathPattern } from './path-pattern.ts'

type Test = (event: WireEvent) => boolean

/** A function that tells whether an event matches. Cheap tests come first, so most events cost a comparison or two. */
export function compileMatch(match: Match): (event: WireEvent) => boolean {
  const { name, type, path, tags, properties } = match
  const tests: Test[] = []
  if (type !== undefined) tests.push((event) => event.type === type)
  if (name !== undefined) tests.push((event) => event.name === name)
  if (tags !== undefined) tests.push((event) => tags.every((tag) => event.tags?.includes(tag) ?? false))
  if (properties !== undefined)
    for (const [key, wanted] of properties) {
      const read = createPropertyReader(`properties.${key}`)
      tests.push((event) => isWanted(read(event), wanted))
    }
  if (path !== undefined) {
    const fits = compilePathPattern(path)
    tests.push((event) => event.page?.path !== undefined && fits(event.page.path))
  }
  return (event) => tests.every((test) => test(event))
}

function isWanted(value: string | number | boolean | undefined, wanted: PropertyMatch): boolean {
  if (typeof wanted !== 'object') return value === wanted
  return typeof value === 'number' && value >= (wanted.min ?? -Infinity) && value <= (wanted.max ?? Infinity)
}

/** A function that gives an event its points: the sum over the rules it matches. */
export function createScorer(rules: readonly ScoringRule[]): (event: WireEvent) => number {
  const compiled = rules.map(({ match, points }) => ({ isMatch: compileMatch(match), points }))
  return (event) => compiled.reduce((sum, { isMatch, points }) => (isMatch(event) ? sum + points : sum), 0)
}

/** A function that gives the names of the goals an event reaches, in the order of the goals. */
export function createGoalFinder(goals: readonly Goal[]): (event: WireEvent) => readonly string[] {
  const compiled = goals.map(({ name, match }) => ({ name, isMatch: compileMatch(match) }))
  return (event) => compiled.filter(({ isMatch }) => isMatch(event)).map(({ name }) => name)
}
