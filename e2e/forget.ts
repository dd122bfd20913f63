/** A script that removes every cookie of this domain and all storage, for a page without a tracker. */
export const forget = (domain: string): string => `(() => {
  for (const part of document.cookie.split('; ')) {
    const name = part.split('=')[0]
    document.cookie = name + '=; Max-Age=0; Path=/'
    document.cookie = name + '=; Max-Age=0; Path=/; Domain=${domain}'
  }
  localStorage.clear()
})()`
