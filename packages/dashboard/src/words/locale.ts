/**
 * The first of the candidates that `Intl` takes, else English. WebKitGTK started under the POSIX locale reports the language `C`, and then
 * even `Intl`'s own default throws.
 */
export function usableLocale(candidates: readonly string[]): string {
  return candidates.find(isUsable) ?? 'en'
}

function isUsable(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0
  } catch {
    return false
  }
}

/** The viewer's locale: numbers, dates and names of countries are told in it. */
export const VIEWER_LOCALE = usableLocale(globalThis.navigator?.languages ?? [])
