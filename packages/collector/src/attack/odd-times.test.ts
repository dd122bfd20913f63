import { expect, test } from 'vitest'
import { WRITE_KEY, startTestService } from '../service.fixture.ts'

const NOW = Date.UTC(2024, 4, 30, 8)

test.each([
  ['2286-11-20', '9999999999999', 'bad_time'],
  ['nanoseconds', `${NOW}000000`, 'bad_time'],
  ['an exponent beyond numbers', '1e400', 'bad_time'],
  ['a huge exponent', '1e300', 'bad_time'],
  ['a negative exponent', '1e-300', 'bad_time'],
  ['below zero', '-1', 'bad_time'],
  ['seconds', String(NOW / 1_000), 'bad_time'],
  ['a text', '"2024-05-30"', 'bad_time'],
  ['a list', `[${NOW}]`, 'bad_time'],
])('a time of %s is refused, with its neighbours kept', async (_, time, reason) => {
  const service = await startTestService({}, () => NOW)
  const answer = await service.send(
    `{"writeKey":"${WRITE_KEY}","sentAt":${NOW},"events":[{"id":"e1","type":"page","time":${time},"visitorId":"v1"},{"id":"e2","type":"page","time":${NOW},"visitorId":"v1"}]}`,
  )
  expect(await answer.json()).toMatchObject({ accepted: 1, rejected: [{ id: 'e1', reason }] })
})

test.each(['1e400', '-1e400', '1e300', '-1', '0', '9999999999999999', '"now"'])(
  'a sentAt of %s is answered, and stores no impossible time',
  async (sentAt) => {
    const service = await startTestService({}, () => NOW)
    const answer = await service.send(
      `{"writeKey":"${WRITE_KEY}","sentAt":${sentAt},"events":[{"id":"e1","type":"page","time":${NOW},"visitorId":"v1"}]}`,
    )
    expect([200, 400]).toContain(answer.status)
    const { events } = await service.read<{ events: { correctedTime: number }[] }>('/v1/events')
    for (const { correctedTime } of events)
      expect(Math.abs(correctedTime - NOW)).toBeLessThan(10 * 365 * 86_400_000)
    expect((await service.ask('/v1/sessions')).status).toBe(200)
  },
)

test.each(['startedAt', 'number'])(
  'a session whose %s is beyond all bounds is answered and can be read',
  async (field) => {
    for (const value of ['1e300', '-1e300', '1e400', '9007199254740993', '0.5', '-1']) {
      const service = await startTestService({}, () => NOW)
      const answer = await service.send(
        `{"writeKey":"${WRITE_KEY}","sentAt":${NOW},"events":[{"id":"e1","type":"page","time":${NOW},"visitorId":"v1","session":{"id":"s1","${field}":${value}}}]}`,
      )
      expect(answer.status).toBe(200)
      expect((await service.ask('/v1/sessions')).status).toBe(200)
      expect((await service.ask('/v1/sessions/s1')).status).toBeLessThan(500)
    }
  },
)
