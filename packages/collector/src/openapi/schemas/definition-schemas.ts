import { SCOPES, SPLITS, TELLERS } from '../../definition/definition.ts'
import { RULE_NAMES } from '@sojourn/protocol'
import { DEFINITION_STATUSES } from '../../store/kept-definition.ts'
import {
  ANYTHING,
  COUNT,
  FLAG,
  ISO_TIME,
  MEAN,
  NUMBER,
  TEXT,
  about,
  enumOf,
  listOf,
  record,
  ref,
} from '../schema.ts'
import type { Schema } from '../schema.ts'

const DURATION: Schema = { type: ['string', 'integer'], description: '90s, 30m, 6h, 2d, or milliseconds.' }
const SHARE: Schema = { type: 'number', minimum: 0, maximum: 1 }

const RULES = {
  scope: enumOf(SCOPES),
  by: enumOf(TELLERS),
  timeout: DURATION,
  maxLength: DURATION,
  maxEvents: COUNT,
  dayBoundary: about(TEXT, 'An IANA time zone.'),
  splitOn: listOf(enumOf(SPLITS)),
  startEvents: listOf(TEXT),
  endEvents: listOf(TEXT),
  property: about(TEXT, 'A path such as properties.order_id.'),
  passiveEvents: listOf(TEXT),
  sources: listOf(TEXT),
  sourceTypes: listOf(TEXT),
}
/** When a session began, and what it amounts to. */
const EXTENT = {
  time: ISO_TIME,
  events: about(COUNT, 'Those that are not passive.'),
  duration: about(COUNT, 'Whole seconds.'),
}
const SIDE = record({ sessions: COUNT, bounces: COUNT, duration: about(COUNT, 'Whole seconds, summed.') })
const CURVE = record({ weight: SHARE, mean: NUMBER, sd: NUMBER })

const PROFILE = {
  id: TEXT,
  firstSeen: ISO_TIME,
  lastSeen: ISO_TIME,
  sessions: COUNT,
  events: COUNT,
  duration: about(COUNT, 'Whole seconds, summed.'),
  points: about(NUMBER, 'Over all sessions; 0 without scoring rules.'),
}

/** Definitions, what-if, suggest, compare, and the profiles that they join. */
export const DEFINITION_SCHEMAS: Readonly<Record<string, Schema>> = {
  NewDefinition: about(record({}, { name: TEXT, ...RULES }), 'The rule that turns events into sessions.'),
  Definition: record(
    {
      name: TEXT,
      version: COUNT,
      isBuiltIn: FLAG,
      status: enumOf(DEFINITION_STATUSES),
      progress: about(SHARE, 'Share of the events that are told.'),
      earlier: about(
        listOf(record({ version: COUNT }, RULES)),
        'The versions before, each of which can be named as name@version.',
      ),
    },
    RULES,
  ),
  DefinitionPreview: record(
    {
      events: COUNT,
      sessions: COUNT,
      bounces: COUNT,
      bounceRate: MEAN,
      meanDuration: about(MEAN, 'Seconds.'),
      began: record({}, Object.fromEntries(RULE_NAMES.map((rule) => [rule, COUNT]))),
    },
    { from: ISO_TIME, to: ISO_TIME },
  ),
  WhatIf: record({
    timeoutMs: COUNT,
    sessions: COUNT,
    bounces: COUNT,
    bounceRate: SHARE,
    totalDurationMs: COUNT,
    meanDurationMs: NUMBER,
  }),
  Suggestion: about(
    record(
      { verdict: enumOf(['found', 'no-valley', 'too-few']), gaps: COUNT, sentence: TEXT },
      {
        timeoutMs: COUNT,
        ninetyPercentMs: COUNT,
        within: CURVE,
        between: CURVE,
        quality: NUMBER,
        valley: NUMBER,
      },
    ),
    'Means and standard deviations are in log2 of seconds.',
  ),
  ProfileSummary: record(PROFILE, { userId: TEXT }),
  Profile: record(
    {
      ...PROFILE,
      visitors: listOf(record({ id: TEXT, firstSeen: ISO_TIME, lastSeen: ISO_TIME, events: COUNT })),
      traits: ANYTHING,
    },
    { userId: TEXT },
  ),
  ComparedSession: record(
    {
      kind: enumOf(['split', 'merged']),
      session: TEXT,
      profile: record({ id: TEXT }, { userId: TEXT }),
      ...EXTENT,
      into: listOf(
        record(
          { session: TEXT, ...EXTENT },
          {
            rule: enumOf(RULE_NAMES),
            startReason: about(TEXT, 'What the sender said, where no rule began it.'),
            event: TEXT,
            name: about(TEXT, 'Of the event with which it began.'),
            path: TEXT,
            gapMs: about(COUNT, 'Since the activity before.'),
          },
        ),
      ),
    },
    { visitor: record({ id: TEXT }) },
  ),
  Comparison: record({
    first: SIDE,
    second: SIDE,
    split: COUNT,
    merged: COUNT,
    onlyFirst: COUNT,
    onlySecond: COUNT,
    examples: listOf(ref('ComparedSession')),
  }),
}
