import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { problemOf, startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'
import { OPERATIONS } from './operations.ts'

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}
interface DescribedOperation {
  readonly security: readonly unknown[]
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly schema: { readonly enum?: readonly string[] }
  }[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

/** What Express keeps of a route or a router; see router/index.js and router/lib/layer.js. */
interface Layer {
  readonly rawPath?: unknown
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> }
  readonly handle: { readonly stack?: readonly Layer[] }
}

const NOW = Date.UTC(2024, 4, 30, 8)
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
/** Pages and their files, which are no API. */
const isPage = (path: unknown) => typeof path !== 'string'

/** Every route that Express has, as `get /v1/sessions/:id`. */
function routesOf(stack: readonly Layer[], prefix = ''): string[] {
  return stack.flatMap(({ route, rawPath, handle }) => {
    if (route) {
      if (isPage(route.path)) return []
      return Object.keys(route.methods).map((method) => `${method} ${prefix}${route.path}`)
    }
    const below = typeof rawPath === 'string' && rawPath !== '/' ? prefix + rawPath : prefix
    return handle.stack ? routesOf(handle.stack, below) : []
  })
}

async function describedBy(service: TestService): Promise<Described> {
  return service.read<Described>('/v1/openapi.json')
}

test('every route is described, and every description is of a route', async () => {
  const service = await startTestService()
  const router = service.collector.router as unknown as { readonly stack: readonly Layer[] }
  const routes = routesOf(router.stack).filter((route) => !route.startsWith('options '))
  expect(OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    [...new Set(routes)].sort(),
  )
})

test('it is valid OpenAPI 3.1', async () => {
  const service = await startTestService()
  const validator = new Validator()
  const { valid, errors } = await validator.validate(
    (await describedBy(service)) as unknown as Record<string, unknown>,
  )
  expect([errors, valid]).toEqual([undefined, true])
  expect(validator.version).toBe('3.1')
})

test('a route takes the parameters that its description names, and no other', async () => {
  const service = await startTestService({}, () => NOW)
  const { paths } = await describedBy(service)
  const asked = Object.entries(paths).filter(
    ([path, { get }]) => get && path.startsWith('/v1/') && get.parameters.some((one) => one.in === 'query'),
  )
  expect(asked.length).toBeGreaterThan(15)
  for (const [path, { get }] of asked) {
    const url = path.replace(/\{\w+\}/, 'none')
    expect((await service.ask(`${url}?colour=red`)).status).toBe(400)
    for (const parameter of get!.parameters.filter((one) => one.in === 'query')) {
      // An empty value is an error of every parameter that is known, and of none that is not.
      const { errors } = await problemOf(await service.ask(`${url}?${parameter.name}=`))
      expect(errors, `${path} ${parameter.name}`).toEqual([`${parameter.name} must not be empty.`])
      for (const value of path.endsWith('/live') ? [] : (parameter.schema.enum ?? []))
        if (parameter.name !== 'compare')
          expect(
            (await service.ask(`${url}?${parameter.name}=${value}`)).status,
            `${path} ${value}`,
          ).not.toBe(400)
    }
  }
})

test('what needs a token says so', async () => {
  const service = await startTestService()
  const { paths } = await describedBy(service)
  for (const [path, operations] of Object.entries(paths))
    for (const [method, { security }] of Object.entries(operations)) {
      if (method !== 'get' && security.length === 0) continue
      const { status } = await fetch(service.url + path.replace(/\{\w+\}/, 'none'), {
        method: method.toUpperCase(),
      })
      expect(status === 401, `${method} ${path} ${status}`).toBe(security.length > 0)
    }
})

/** An event with everything that an event can have, and others with little. */
const EVENTS = [
  {
    session: { id: 's1', number: 2, startedAt: NOW - 60_000, previousId: 's0', startReason: 'timeout' },
    page: { url: 'https://x.example/a?b', path: '/a', title: 'A', referrer: 'https://news.example/' },
    campaign: { source: 'news', medium: 'email', name: 'june', term: 't', content: 'c' },
    tab: 't1',
    seq: 3,
    tags: ['cta'],
    properties: { deep: [1, { two: null }] },
  },
  { type: 'identify', time: NOW, session: { id: 's1' }, userId: 'u', traits: { plan: 'pro' } },
  { type: 'engagement', passive: true, visitorId: 'v2', properties: { engagedMs: 5 } },
  { visitorId: 'v3', time: NOW - 9_000_000 },
  { type: 'nothing' },
].map((more, i) => ({ id: `e${i}`, type: 'page', time: NOW - 60_000, visitorId: 'v1', ...more }))

const CONTEXT = {
  userAgent: CHROME,
  userAgentData: { platform: 'Linux', mobile: false, brands: [{ brand: 'Chrome', version: '126' }] },
  locale: 'fr',
  timezone: 'Europe/Paris',
  touch: false,
  screen: { width: 1920, height: 1080, density: 2, colorDepth: 24, orientation: 'landscape-primary' },
  viewport: { width: 1200, height: 800 },
  app: { name: 'shop', version: '1' },
  sdk: { name: 'sojourn', version: '0.1.0', timeoutMs: 1_800_000 },
  automated: true,
  privacy: { gpc: true, dnt: false },
  dropped: 3,
}

test('answers are as described', async () => {
  const service = await startTestService({}, () => NOW)
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema(await describedBy(service), 'api')
  const check = (place: string, answer: unknown) => {
    const validate = ajv.compile({ $ref: `api#/${place}` })
    expect([validate(answer), validate.errors], place).toEqual([true, null])
  }
  const answerOf = (method: string, path: string, status = 200) =>
    `paths/${path.replaceAll('/', '~1')}/${method}/responses/${status}/content/application~1json/schema`

  const batch = { writeKey: 'pk_test', sentAt: NOW, context: CONTEXT, events: EVENTS }
  check('components/schemas/Batch', { ...batch, events: EVENTS.slice(0, -1) })
  check(answerOf('post', '/v1/events'), await (await service.send(batch)).json())

  const reads = OPERATIONS.filter(({ method, answer }) => method === 'get' && answer.type === undefined)
  expect(reads.length).toBeGreaterThan(15)
  for (const { path } of reads)
    check(
      answerOf('get', path.replaceAll(/:(\w+)/g, '{$1}')),
      await service.read(
        path.replace(':id', 's1').replace(':name', 'visits').replace('profiles/s1', 'profiles/u'),
      ),
    )
  for (const { path } of reads.filter(({ path }) => path.startsWith('/v1/metrics/')))
    check(answerOf('get', path), await service.read(`${path}?from=2024-05-30&compare=previous&tz=Asia/Tokyo`))

  for (const [path, schema] of [
    ['/v1/sessions.ndjson', 'Session'],
    ['/v1/events.ndjson', 'Event'],
  ]) {
    const lines = (await (await service.ask(path!)).text()).trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) check(`components/schemas/${schema}`, JSON.parse(line))
  }

  const made = await service.ask('/v1/sources', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Blog', type: 'marketing' }),
  })
  check(answerOf('post', '/v1/sources', 201), await made.json())
  check('components/schemas/Problem', await (await service.ask('/v1/sessions?x=1')).json())
})
