/** The collector's own base URL, without a slash at the end, as this page was loaded from it. */
export function collectorUrl(page: string = document.baseURI): string {
  return new URL('.', page).href.replace(/\/$/, '')
}
