import type { Goal, Match, PropertyMatch, ScoringRule } from '../api/scoring.ts'

/** A rule or a goal as the form holds it: each field as it is typed. */
export interface RuleDraft {
  /** Tells drafts apart while they are edited. */
  readonly key: number
  /** Points of a rule, name of a goal. */
  readonly head: string
  readonly name: string
  readonly path: string
  readonly tags: string
  /** `plan=pro, value>=50`. */
  readonly properties: string
}

/** A draft without anything in it. */
export function emptyDraft(key: number): RuleDraft {
  return { key, head: '', name: '', path: '', tags: '', properties: '' }
}

/** A stored rule or goal as the form holds it. */
export function ruleDraftOf(stored: ScoringRule | Goal, key: number): RuleDraft {
  const { name = '', path = '', tags = [], properties = {} } = stored.match
  return {
    key,
    head: 'points' in stored ? String(stored.points) : stored.name,
    name,
    path,
    tags: tags.join(', '),
    properties: Object.entries(properties).map(propertyText).join(', '),
  }
}

/** The match that the API is sent for a draft; what is not set is left out. `type` is kept as it was stored. */
export function matchOf({ name, path, tags, properties }: RuleDraft, type?: string): Match {
  const tagList = parts(tags)
  const wanted = parts(properties).map(propertyOf)
  return {
    ...(type === undefined ? {} : { type }),
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...(path.trim() === '' ? {} : { path: path.trim() }),
    ...(tagList.length === 0 ? {} : { tags: tagList }),
    ...(wanted.length === 0 ? {} : { properties: Object.fromEntries(mergeBounds(wanted)) }),
  }
}

/** The points that are typed, as a number where they are one: the API says what is wrong with anything else. */
export function pointsOf({ head }: RuleDraft): number | string {
  const typed = head.trim()
  return /^[-+]?\d{1,15}$/.test(typed) ? Number(typed) : typed
}

function parts(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

function propertyText([key, wanted]: [string, PropertyMatch]): string {
  if (typeof wanted !== 'object')
    return `${key}=${typeof wanted === 'string' ? quoted(wanted) : String(wanted)}`
  const { min, max } = wanted
  return [min === undefined ? '' : `${key}>=${min}`, max === undefined ? '' : `${key}<=${max}`]
    .filter(Boolean)
    .join(', ')
}

/** A text that looks like a number or a truth is told apart from one by quotes. */
function quoted(text: string): string {
  return typeof plain(text) === 'string' && !/[,"]/.test(text) ? text : JSON.stringify(text)
}

function propertyOf(part: string): [string, PropertyMatch] {
  const found = /^(.*?)\s*(>=|<=|=)\s*(.*)$/.exec(part)
  if (!found) return [part, true]
  const [, key = '', sign, value = ''] = found
  if (sign === '=') return [key, plain(value)]
  return [key, { [sign === '>=' ? 'min' : 'max']: Number(value) }]
}

function plain(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^"[^"]*"$/.test(text)) return text.slice(1, -1)
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

/** `value>=10, value<=20` are two bounds of one property. */
function mergeBounds(wanted: readonly (readonly [string, PropertyMatch])[]): Map<string, PropertyMatch> {
  const merged = new Map<string, PropertyMatch>()
  for (const [key, value] of wanted) {
    const before = merged.get(key)
    const isBoth = typeof before === 'object' && typeof value === 'object'
    merged.set(key, isBoth ? { ...before, ...value } : value)
  }
  return merged
}
