import { isWellFormed } from '@sojourn/protocol'
import type { WireEvent } from '@sojourn/protocol'

const MAX_PATH_CHARS = 256
const ROOTS = ['properties', 'traits'] as const

/** True for a path into what the sender attached: `properties.order_id`, `traits.plan`, `properties.cart.id`; keys are non-empty. */
export function isPropertyPath(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_PATH_CHARS || !isWellFormed(value)) return false
  const [root, ...keys] = value.split('.')
  return (ROOTS as readonly (string | undefined)[]).includes(root) && keys.length > 0 && !keys.includes('')
}

/**
 * A function that reads a property path off an event: the text, number or truth value there; undefined where there is none (an object,
 * a list and null count as none). Reads own keys only, so `properties.constructor` is what the sender wrote or nothing.
 */
export function createPropertyReader(
  path: string,
): (event: WireEvent) => string | number | boolean | undefined {
  const [root, ...keys] = path.split('.')
  return (event) => {
    let value: unknown = root === 'traits' ? event.traits : event.properties
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
      value = (value as Record<string, unknown>)[key]
    }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : undefined
  }
}
