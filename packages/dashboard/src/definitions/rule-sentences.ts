import type { DefinitionRules } from '../api/definition.ts'
import type { Draft, DraftField } from './draft.ts'
import { linesOf } from './draft.ts'

const SPLIT_WORDS: Readonly<Record<string, string>> = {
  campaign: 'another campaign',
  referrer: 'another site',
  user: 'another user',
}

/** What a field makes of the sessions, as it is set now: one sentence in plain words. */
export function ruleSentence(field: Exclude<DraftField, 'name'>, draft: Draft): string {
  const one = draft.scope === 'visitor' ? 'A visitor' : 'A person'
  switch (field) {
    case 'scope':
      return draft.scope === 'visitor'
        ? 'Each browser has sessions of its own, also where one person uses several.'
        : 'What one person does on all browsers and sites belongs together, from the first login on and before it.'
    case 'by':
      return draft.by === 'gap'
        ? 'The rules below decide, whatever id the event came with.'
        : 'An event with a session id is in that session. The rules below are for events without one.'
    case 'timeout':
      return `${one} who has done nothing for ${draft.timeout.trim() || '30m'} or longer begins a new session.`
    case 'maxLength':
      return draft.maxLength.trim()
        ? `A session that has gone on for ${draft.maxLength.trim()} makes room for a new one.`
        : 'A session may go on for as long as there is activity.'
    case 'maxEvents':
      return draft.maxEvents.trim()
        ? `After ${draft.maxEvents.trim()} events the next one begins a new session; passive ones do not count.`
        : 'A session may hold any number of events.'
    case 'dayBoundary':
      return draft.dayBoundary.trim()
        ? `At midnight in ${draft.dayBoundary.trim()} a new session begins.`
        : 'Sessions run on over midnight.'
    case 'splitOn':
      return draft.splitOn.length > 0
        ? `A session ends where ${anyOf(draft.splitOn.map((each) => SPLIT_WORDS[each] ?? each))} begins.`
        : 'Campaigns, other sites and logins do not end a session.'
    case 'startEvents':
      return eventsSentence(
        draft.startEvents,
        'always begins a session.',
        'No event begins a session by its name.',
      )
    case 'endEvents':
      return eventsSentence(
        draft.endEvents,
        'ends the session it is in.',
        'No event ends a session by its name.',
      )
    case 'property':
      return draft.property.trim()
        ? `Another value of ${draft.property.trim()} begins a new session; an event without it goes on with the open one.`
        : 'No property tells sessions apart.'
    case 'passiveEvents':
      return eventsSentence(
        draft.passiveEvents,
        'is no activity: it neither begins nor prolongs a session.',
        'All events count as activity, but for those that were sent as passive.',
      )
    case 'sources':
      return draft.sources.length > 0 ? 'Only events of these sources take part.' : 'All sources take part.'
    case 'sourceTypes':
      return draft.sourceTypes.length > 0
        ? 'Only sites of these types take part.'
        : 'Sites of all types take part.'
  }
}

/** A definition in one line: `30m, by person, only product`. */
export function rulesInShort(rules: DefinitionRules): string {
  const parts = [
    rules.by === 'client' ? 'as the senders say, else after' : 'after',
    `${rules.timeout ?? '30m'} without activity, by ${rules.scope === 'profile' ? 'person' : 'visitor'}`,
  ].join(' ')
  const more = [
    rules.maxLength === undefined ? '' : `at most ${rules.maxLength} long`,
    rules.maxEvents === undefined ? '' : `at most ${rules.maxEvents} events`,
    rules.dayBoundary === undefined ? '' : `midnight in ${rules.dayBoundary}`,
    rules.splitOn?.length ? `split on ${rules.splitOn.join(', ')}` : '',
    rules.startEvents?.length ? `begins with ${rules.startEvents.join(', ')}` : '',
    rules.endEvents?.length ? `ends with ${rules.endEvents.join(', ')}` : '',
    rules.property === undefined ? '' : `one per ${rules.property}`,
    rules.passiveEvents?.length ? `${rules.passiveEvents.join(', ')} passive` : '',
    rules.sources?.length ? `only ${rules.sources.join(', ')}` : '',
    rules.sourceTypes?.length ? `only ${rules.sourceTypes.join(', ')}` : '',
  ]
  const text = [parts, ...more.filter(Boolean)].join('; ')
  return text[0]!.toUpperCase() + text.slice(1)
}

function eventsSentence(text: string, what: string, none: string): string {
  const names = linesOf(text)
  return names.length === 0 ? none : `${anyOf(names)} ${what}`
}

function anyOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
