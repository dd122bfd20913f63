import maxmind from 'maxmind'
import type { CityResponse } from 'maxmind'
import { isWellFormed } from '@sojourn/protocol'
import type { Geo } from '@sojourn/protocol'
import { plainAddress } from './keep-address.ts'

/** Where an address lies, as far as the file knows; undefined for unknown, private and malformed addresses. Never throws. */
export type FindPlace = (address: string | undefined) => Geo | undefined

/**
 * Opens a MaxMind DB file (GeoLite2-City, GeoLite2-Country, DB-IP in that format) and keeps it in memory.
 * Rejects where there is no such file or it has another format.
 */
export async function openGeo(path: string): Promise<FindPlace> {
  const reader = await maxmind.open<CityResponse>(path)
  return (address) => {
    const plain = plainAddress(address)
    if (plain === undefined) return undefined
    try {
      const found = reader.get(plain)
      return found ? place(found) : undefined
    } catch {
      // A record that is damaged costs the place, not the event.
      return undefined
    }
  }
}

function place(found: Partial<CityResponse>): Geo | undefined {
  const code = found.country?.iso_code
  const city = found.city?.names?.en
  const { latitude, longitude } = found.location ?? {}
  const geo: Geo = {
    ...(code && { country: { code, name: found.country?.names?.en ?? code } }),
    ...(city && isWellFormed(city) && { city }),
    ...(typeof latitude === 'number' && { latitude }),
    ...(typeof longitude === 'number' && { longitude }),
  }
  return Object.keys(geo).length === 0 ? undefined : geo
}
