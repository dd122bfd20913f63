import { chromium } from 'playwright-core'
const base = process.env.BASE ?? 'http://127.0.0.1:8712/',
  token = process.env.TOKEN ?? 'dash-token-0123456789abcdef'
const only = process.argv[2]
const b = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu'],
})
const shots = JSON.parse(
  process.env.SHOTS ?? '[["sessions","#/sessions"],["live","#/live"],["sources","#/sources"]]',
)
const sizes = { wide: [1440, 900], narrow: [360, 740], '4k': [3840, 2160] }
for (const scheme of (process.env.SCHEMES ?? 'light,dark').split(','))
  for (const size of (process.env.SIZES ?? 'wide,narrow').split(',')) {
    const [width, height] = sizes[size]
    const c = await b.newContext({ viewport: { width, height }, colorScheme: scheme })
    const p = await c.newPage()
    p.on(
      'console',
      (m) => ['error', 'warning'].includes(m.type()) && console.log(scheme, size, m.type(), m.text()),
    )
    p.on('pageerror', (e) => console.log('PAGEERROR', e.message))
    await p.goto(base + '#token=' + token)
    await p.waitForSelector('.shell', { timeout: 8000 }).catch(() => console.log('no shell', scheme, size))
    for (const [name, hash, script] of shots) {
      await p.goto(base + hash)
      await p.waitForTimeout(900)
      if (script) {
        await p.evaluate(script)
        await p.waitForTimeout(700)
      }
      await p.screenshot({
        path: `/tmp/shots/${name}-${size}-${scheme}.png`,
        fullPage: process.env.FULL === '1',
      })
    }
    await c.close()
  }
await b.close()
