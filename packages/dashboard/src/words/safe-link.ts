/** The URL when it is an absolute http(s) one, else undefined: `javascript:`, `data:` and the like are never made into links. */
export function safeLink(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    const url = new URL(text)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
  } catch {
    return undefined
  }
}
