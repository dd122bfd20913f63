/**
 * Sends what a page leaves where `fetch` cannot outlive it: Firefox before 133. What became of it is not told; sent twice, the
 * collector keeps it once.
 */
export const sendWithoutKeepalive = (url: string, body: string): unknown =>
  'keepalive' in Request.prototype || navigator.sendBeacon(url, body)
