/** Where the viewer is: the page, what of it, and how it is set. All of it stands in the address, after `#`, which no server ever sees. */
export interface Place {
  /** `['sessions', '3dbd…']`; empty for the first page. */
  readonly path: readonly string[]
  readonly params: Readonly<Record<string, string>>
}

/** Reads the part of an address from `#` on. What is not ours (such as a login token) is the first page. */
export function parsePlace(hash: string): Place {
  if (!hash.startsWith('#/')) return { path: [], params: {} }
  const [path = '', query = ''] = hash.slice(2).split(/\?(.*)/s)
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    params: Object.fromEntries(new URLSearchParams(query)),
  }
}

/** The link to a place. Empty and undefined parameters are left out. */
export function placeLink(
  path: readonly string[],
  params: Readonly<Record<string, string | undefined>> = {},
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== '') query.set(name, value)
  const text = query.toString()
  return `#/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
