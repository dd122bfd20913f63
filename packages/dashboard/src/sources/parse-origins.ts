/** The origins that somebody typed, one in each line, or what to type instead. */
export type ParsedOrigins =
  { readonly ok: true; readonly origins: readonly string[] } | { readonly ok: false; readonly mend: string }

/** Reads origins; a whole URL stands for its origin, and each counts once. */
export function parseOrigins(text: string): ParsedOrigins {
  const origins = new Set<string>()
  for (const line of text.split(/[\s,]+/).filter(Boolean)) {
    const origin = originOf(line)
    if (origin === undefined)
      return {
        ok: false,
        mend: `“${line}” is no origin. Write it like https://shop.example, with the scheme.`,
      }
    origins.add(origin)
  }
  return { ok: true, origins: [...origins] }
}

function originOf(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined
  try {
    return new URL(text).origin
  } catch {
    return undefined
  }
}
