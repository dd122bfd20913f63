import { derivedId } from '@sojourn/protocol'

/** A UUID of 122 random bits, also on plain http, where browsers have no `crypto.randomUUID`. */
export const randomId = (): string => derivedId(crypto.getRandomValues(new Uint32Array(4)).join())
