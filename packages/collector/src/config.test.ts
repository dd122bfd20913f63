import { describe, expect, test } from 'vitest'
import { cliHelp } from './cli-help.ts'
import { ConfigError, loadConfig } from './config.ts'
import { SETTINGS } from './settings.ts'

const DEFAULTS = {
  host: '127.0.0.1',
  port: 8686,
  dbPath: './data/sojourn.db',
  trustProxy: false,
  logLevel: 'info',
  addressMode: 'truncate',
  cookieRenewal: false,
  clientRate: 200,
  sourceRate: 20_000,
  demo: false,
}

function problems(env: Record<string, string>, args: string[] = []): readonly string[] {
  try {
    loadConfig(env, args)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('nothing set: the defaults', () => {
  expect(loadConfig({}, [])).toEqual(DEFAULTS)
})

test('every setting by its variable', () => {
  expect(
    loadConfig(
      {
        SOJOURN_HOST: '::',
        SOJOURN_PORT: '0',
        SOJOURN_DB: '/srv/a b.db',
        SOJOURN_ADMIN_TOKEN: 'x'.repeat(16),
        SOJOURN_READ_TOKEN: 'y'.repeat(16),
        SOJOURN_TRUST_PROXY: 'loopback, 10.0.0.0/8',
        SOJOURN_LOG_LEVEL: 'SILENT',
        SOJOURN_IP: 'keep',
        SOJOURN_GEO: 'city.mmdb',
        SOJOURN_RENEW_COOKIE: 'Shop.example',
        SOJOURN_CLIENT_RATE: '7',
        SOJOURN_SOURCE_RATE: 'off',
        SOJOURN_RETENTION: '400d',
        SOJOURN_DEMO: '1',
      },
      [],
    ),
  ).toEqual({
    host: '::',
    port: 0,
    dbPath: '/srv/a b.db',
    adminToken: 'x'.repeat(16),
    readToken: 'y'.repeat(16),
    trustProxy: ['loopback', '10.0.0.0/8'],
    logLevel: 'silent',
    addressMode: 'keep',
    geoPath: 'city.mmdb',
    cookieRenewal: 'shop.example',
    clientRate: 7,
    sourceRate: false,
    retentionMs: 400 * 86_400_000,
    demo: true,
  })
})

test('every setting by its flag, which wins', () => {
  const env = { SOJOURN_PORT: '1', SOJOURN_DEMO: 'true' }
  expect(
    loadConfig(env, ['--port', '2', '--db=/tmp/x.db', '--trust-proxy', '1', '--demo=false', '--ip', 'drop']),
  ).toEqual({ ...DEFAULTS, port: 2, dbPath: '/tmp/x.db', trustProxy: 1, addressMode: 'drop' })
  expect(loadConfig({}, ['--demo']).demo).toBe(true)
})

test('an empty variable counts as unset', () => {
  expect(loadConfig({ SOJOURN_GEO: '', SOJOURN_PORT: ' ' }, [])).toEqual(DEFAULTS)
})

describe('what cannot be used is said at once, all of it', () => {
  test('every wrong variable and flag is in one message', () => {
    const found = problems(
      {
        SOJOURN_HOST: 'http://x/',
        SOJOURN_PORT: '70000',
        SOJOURN_ADMIN_TOKEN: 'short',
        SOJOURN_TRUST_PROXY: 'true',
        SOJOURN_LOG_LEVEL: 'loud',
        SOJOURN_IP: 'hash',
        SOJOURN_DEMO: 'maybe',
        SOJOURN_RENEW_COOKIE: 'example',
        SOJOURN_CLIENT_RATE: '0',
      },
      ['--prot', '1', '--db', 'extra'],
    )
    expect(found).toHaveLength(11)
    expect(found.join('\n')).toContain('SOJOURN_PORT="70000": write a whole number from 0 to 65535.')
    expect(found.join('\n')).toContain('"--prot" is no flag of sojourn')
  })

  test.each([
    [['--port'], '--port needs a value'],
    [['--port='], '--port needs a value'],
    [['--port', '80x'], '--port="80x": write a whole number'],
    [['serve'], '"serve" is not understood here'],
    [['--toString', 'x'], '"--toString" is no flag'],
  ])('%j', (args, message) => {
    expect(problems({}, args)[0]).toContain(message)
  })

  test('a wrong admin token is not repeated', () => {
    const env = { SOJOURN_ADMIN_TOKEN: 'hunter2', SOJOURN_READ_TOKEN: 'hunter2' }
    expect(problems(env)).toHaveLength(2)
    expect(problems(env).join()).not.toContain('hunter2')
  })
})

test('the help lists every setting with its default', () => {
  const help = cliHelp()
  for (const { flag, variable, ...rest } of Object.values(SETTINGS)) {
    expect(help).toContain(`--${flag}`)
    expect(help).toContain('default' in rest ? `${variable} (default ${rest.default})` : variable)
  }
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
})
