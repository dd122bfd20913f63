import { parameter } from './parameters.ts'
import type { LeadingTypes } from '../store/queries.ts'

const MOST_TYPES = 10

/** `marketing,product` or `marketing,docs,product`: the last is the one that the others lead to. */
export const pairedTypes = parameter<LeadingTypes>(
  { type: 'string', examples: ['marketing,product', 'marketing,docs,product'] },
  (given) => {
    const types = given.split(',')
    const to = types.at(-1)!
    const from = types.slice(0, -1)
    const isRight =
      from.length > 0 &&
      types.length <= MOST_TYPES &&
      !from.includes(to) &&
      types.every((type) => type !== '')
    return isRight
      ? { value: { from, to } }
      : { mend: 'must be source types and, last, another one that they lead to, such as marketing,product' }
  },
)
