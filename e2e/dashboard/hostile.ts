import type { EventBatch, WireEvent } from '@sojourn/protocol'

const RUN = 'window.pwned=(window.pwned||0)+1'

/** Texts that a sender may put anywhere. None may run, lead away, or reach out of its place. */
export const HOSTILE_TEXTS: readonly string[] = [
  `<img src=x onerror="${RUN}">`,
  `"><script>${RUN}</script>`,
  `<svg onload=${RUN}><a href="javascript:${RUN}">x</a></svg>`,
  `javascript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `{{constructor.constructor('${RUN}')()}}`,
  `' onmouseover='${RUN}`,
  'abc\u202Egnp.exe\u2066\u200B',
  '=HYPERLINK("https://evil.example","x")',
  '__proto__',
  'constructor',
  '%E0%A4%A#/sources?x=<b>',
  '../../sources?token=1#x',
  `&lt;b&gt; &amp; </td></tr></table><h1>broken</h1>`,
]

/** A batch for each text, with it in every field that takes it, and in sessions of its own. */
export function hostileBatches(writeKey: string, now: number): readonly EventBatch[] {
  return HOSTILE_TEXTS.map((text, index) => {
    const long = text + text.repeat(Math.ceil(10_000 / text.length))
    const base = {
      // Ids take no control characters and 128 characters; nothing of these texts is lost to that.
      visitorId: text.slice(0, 128),
      userId: `${text.slice(0, 120)}-u`,
      session: {
        id: `${text.slice(0, 120)}-s`,
        number: 1,
        startReason: 'first' as const,
        startedAt: now - 60_000,
      },
      tags: [text, 'plain'],
      passive: false,
      properties: { [text]: long, nested: { [text]: [text] } },
      page: {
        url: index % 2 ? text : `https://shop.example/?q=${text}`,
        path: `/${text}`,
        title: long,
        referrer: text,
      },
      campaign: { source: text, medium: text, name: text, term: text, content: text },
      tab: text.slice(0, 128),
    }
    const events: WireEvent[] = [
      { ...base, id: `${index}-a`, type: 'page', name: 'page_view', time: now - 60_000, seq: 1 },
      { ...base, id: `${index}-b`, type: 'track', name: text, time: now - 20_000, seq: 2 },
      {
        ...base,
        id: `${index}-c`,
        type: 'identify',
        name: 'identify',
        time: now - 10_000,
        seq: 3,
        traits: { [text]: text },
      },
    ]
    return { writeKey, sentAt: now, context: { userAgent: text, locale: text, timezone: text }, events }
  })
}
