/** A way to send events, with the code to paste. */
export interface Snippet {
  readonly key: 'script' | 'npm' | 'http'
  readonly words: string
  readonly explanation: string
  readonly code: string
}

/**
 * The code for each way to send, with the real write key and the collector's real address.
 * `collector` is its base URL without a slash at the end; `newId` makes the id of the example event.
 */
export function snippetsFor(writeKey: string, collector: string, newId: () => string): readonly Snippet[] {
  return [
    {
      key: 'script',
      words: 'Script tag',
      explanation:
        'Into the <head> of every page. It sends page views by itself, also those of single-page apps.',
      code: `<script async src="${collector}/sojourn.js" data-write-key="${writeKey}"></script>`,
    },
    {
      key: 'npm',
      words: 'npm',
      explanation: 'For apps with a build. Page views are sent by themselves here, too.',
      code: `npm install @sojourn/sdk

import { createTracker } from '@sojourn/sdk'

const tracker = createTracker({
  writeKey: '${writeKey}',
  endpoint: '${collector}',
})
tracker.track('signup_clicked', { plan: 'pro' })`,
    },
    {
      key: 'http',
      words: 'Plain HTTP',
      explanation: 'For servers, apps and anything else that can POST. Try it now in a terminal.',
      code: `curl ${collector}/v1/events \\
  -H 'Content-Type: application/json' \\
  -d '{
    "writeKey": "${writeKey}",
    "sentAt": '$(date +%s)'000,
    "events": [{
      "id": "${newId()}",
      "type": "track",
      "name": "hello",
      "time": '$(date +%s)'000,
      "visitorId": "my-first-visitor"
    }]
  }'`,
    },
  ]
}
