/** Texts that have run, broken out of their place or broken a reader elsewhere. Each is well-formed, so it has to come back as it was. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '<svg/onload=alert(1)>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '${alert(1)}{{7*7}}<%= 7 %>',
  '\u202egnp.exe\u202c\u200b\u200d\ufeff',
  `'; drop table events; --`,
  '" or 1=1 /*',
  '%_\\',
  '=HYPERLINK("https://evil.test")',
  '＝1+1',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../../../etc/passwd',
  '{"$ne":null}',
  'a\u2028b\u2029c',
  '💥'.repeat(10),
]

/** Texts that would forge a line of a log, or drive a terminal. Ids must not hold them; in other texts they are kept. */
export const CONTROL_TEXTS: readonly string[] = [
  'a\r\nSet-Cookie: evil=1',
  'a\n{"level":50,"msg":"forged"}',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u009b31m',
  'a\tb\bc\u007f',
]

const NOW = Date.now()

/** An event that says the same text wherever a sender may say something. */
export function hostileEvent(id: string, text: string, idText: string = text): object {
  return {
    id,
    type: 'track',
    name: text,
    time: NOW,
    visitorId: idText,
    userId: `user ${idText}`,
    session: { id: `session ${idText}`, previousId: idText, number: 1 },
    page: { url: text, path: text, title: text, referrer: text },
    campaign: { source: text, medium: text, name: text, term: text, content: text },
    tab: idText,
    seq: 1,
    tags: [text, `tag ${text}`],
    properties: { [text]: text, nested: [{ [text]: text }] },
    traits: { [text]: text },
  }
}

/** A context that does the same. */
export function hostileContext(text: string): object {
  return {
    userAgent: text,
    userAgentData: { platform: text, mobile: false, brands: [{ brand: text, version: text }] },
    locale: text,
    timezone: text,
    screen: { width: 1, height: 1, orientation: text },
    app: { name: text, version: text },
    sdk: { name: text, version: text },
  }
}
