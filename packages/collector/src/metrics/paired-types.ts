import { parameter } from '../query/parameters.ts'
import type { PairsQuery } from '../store/queries.ts'

/** Types of sources: of the last one, and of those that lead there. */
export type PairedTypes = Pick<PairsQuery, 'from' | 'to'>

const MOST_TYPES = 10

/** `marketing,product` or `marketing,docs,product`: the last is the one that the others lead to. */
export const pairedTypes = parameter<PairedTypes>(
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
